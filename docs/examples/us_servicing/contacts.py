"""Early contact and the hold before foreclosure: 12 CFR 1024.39 and 1024.41 (Regulation X)."""

from __future__ import annotations

from known import APPLICATION_ON, APPLIED, DAYS_TO_SALE, HELP_HAS_ENDED, IS_COMPLETE, IS_LATE, LAST_MISSED_ON, MISSED_AGAIN, NOTIFIED, SALE_IS_SET, UNPAID_SINCE
from words import Duty, Step

from revisit_policy import Citation, Fact, Label, Obligation, Rule, Table, Within, facts, unordered


def regulation_x(article: str) -> Citation:
    """An article of Regulation X."""
    return Citation(document=Label(en="12 CFR part 1024 (Regulation X)"), article=article, in_force_from="2014-01-10", standing="regulation")


def _contact(since: Fact) -> Obligation:
    return Obligation(Duty.LIVE_CONTACT, Within(days=36), since=since)


CONTACT, CONTACT_AGAIN = _contact(UNPAID_SINCE), _contact(LAST_MISSED_ON)
NOTICE = Obligation(Duty.WRITTEN_NOTICE, Within(days=45), since=UNPAID_SINCE)
ACKNOWLEDGE = Obligation(Duty.ACKNOWLEDGEMENT, Within(working_days=5), since=APPLICATION_ON)
DUTIES = (CONTACT, CONTACT_AGAIN, NOTICE, ACKNOWLEDGE)

RULES = (
    Rule("contact", when=IS_LATE, then=CONTACT, because=Label(en="live contact by day 36 of a delinquency"), source=regulation_x("1024.39(a)")),
    Rule(
        "contact-again", when=IS_LATE & MISSED_AGAIN.is_true(), then=CONTACT_AGAIN,
        because=Label(en="and within 36 days of each further payment that is missed"), source=regulation_x("1024.39(a)"),
    ),
    Rule(
        "notice", when=IS_LATE & NOTIFIED.is_false(), then=NOTICE,
        because=Label(en="in writing by day 45, though not twice within 180 days"), source=regulation_x("1024.39(b)(1)"),
    ),
    Rule(
        "acknowledge", when=APPLIED.is_true(), then=ACKNOWLEDGE,
        because=Label(en="an application is acknowledged within 5 days, weekends and holidays aside"), source=regulation_x("1024.41(b)(2)(i)(B)"),
    ),
)

measures = Table(
    "measures", outcomes=unordered(Step), fold="every", label=Label(en="what is done"),
    rules=(
        Rule(
            "refer", when=facts.days_past_due >= 90, then=Step.FIRST_FILING, because=Label(en="seriously late: the usual course"),
            source=Citation(standing="proposal"),
        ),
        Rule(
            "sell", when=SALE_IS_SET.is_true(), then=Step.SALE, because=Label(en="a sale is scheduled: the usual course"), source=Citation(standing="proposal"),
        ),
    ),
)

barred = Table(
    "barred", outcomes=unordered(Step), fold="every", label=Label(en="what is not done yet"),
    rules=(
        Rule(
            "hold-120", when=facts.days_past_due <= 120, then=Step.FIRST_FILING,
            because=Label(en="no first filing before the loan is more than 120 days delinquent"), source=regulation_x("1024.41(f)(1)(i)"),
        ),
        Rule(
            "hold-37", when=IS_COMPLETE.is_true() & (DAYS_TO_SALE > 37) & HELP_HAS_ENDED.is_false(), then=Step.SALE,
            because=Label(en="an application was complete more than 37 days before the sale, and what it asks for is still open"),
            source=regulation_x("1024.41(g)"),
        ),
    ),
)

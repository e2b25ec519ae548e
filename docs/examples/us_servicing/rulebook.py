"""The servicer's rulebook: one edition for each version of the guide, the same regulation in all of them."""

from __future__ import annotations

from contacts import DUTIES, RULES, barred, measures
from federal_holidays import US
from inspections import BEFORE_2019, FINAL, TOPIC_2018, TOPIC_2021, TOPIC_2023, VERSIONS, Inspections, tables
from words import US_WORDS, Delinquency, Duty, Means

from revisit_policy import Citation, Edition, Label, RevisitPolicy, Rule, Rulebook, Table, facts, unordered

_OURS = Citation(standing="proposal")
_LIMITS = ((1, Delinquency.LATE), (30, Delinquency.DAYS_30), (60, Delinquency.DAYS_60), (90, Delinquency.DAYS_90), (121, Delinquency.SERIOUS))
_LOOKED_AT = US_WORDS.visit_kind.is_in(Duty.INITIAL_INSPECTION, Duty.REINSPECTION, Duty.FINAL_INSPECTION)
_SPOKEN_TO = US_WORDS.visit_kind.is_in(Duty.LIVE_CONTACT)

grade = Table(
    "grade", outcomes=Delinquency, fold="worst", otherwise=Delinquency.CURRENT, label=Label(en="delinquency"),
    rules=[
        Rule(f"late-{days}", when=facts.days_past_due >= days, then=then, because=Label(en=f"late since day {days} or longer"), source=_OURS)
        for days, then in _LIMITS
    ],
)
method = Table(
    "method", outcomes=Means, fold="worst", otherwise=Means.LETTER, label=Label(en="by which means"),
    rules=(
        Rule("from-outside", when=_LOOKED_AT, then=Means.EXTERIOR, because=Label(en="the home is looked at from outside"), source=_OURS),
        Rule("by-voice", when=_SPOKEN_TO, then=Means.CALL, because=Label(en="live contact is by voice, or in person"), source=_OURS),
    ),
)
#: What any version can say, in one order, so that one version can be held against another.
OWED = unordered(dict.fromkeys((*(version.first for version in VERSIONS), *(version.further for version in VERSIONS), FINAL, *DUTIES)))


def policy(version: Inspections, *, name: str) -> RevisitPolicy:
    """The policy under one version of the guide."""
    may_order, inspection, inspect = tables(version)
    owed = Table("obligations", outcomes=OWED, fold="every", rules=(*inspect, *RULES), label=Label(en="what falls due"))
    return RevisitPolicy(
        f"us-servicing-{name}", version="1", label=Label(en=f"US servicing, D2-2-10 {version.topic}"), vocabulary=US_WORDS, calendar=US,
        tables=(grade, may_order, inspection, owed, measures, barred, method),
    )


_UNKNOWN = "its effective date was not stated in what we read: that of its topic is taken"
rulebook = Rulebook(
    "us-servicing",
    editions=[
        Edition(
            id="D2-2-10-2015", policy=policy(BEFORE_2019, name="2015"), since="2015-01-01", until="2019-03-01", source=BEFORE_2019.source,
            label=Label(en="before 1 March 2019 (since when it held, we did not read: this rulebook begins in 2015)"),
        ),
        Edition(
            id="D2-2-10-2019", policy=policy(TOPIC_2018, name="2019"), since="2019-03-01", until="2021-11-17", source=TOPIC_2018.source,
            label=Label(en="from 1 March 2019"),
        ),
        Edition(
            id="D2-2-10-2021", policy=policy(TOPIC_2021, name="2021"), since="2021-11-17", until="2023-05-10", source=TOPIC_2021.source,
            label=Label(en=f"topic of 17 November 2021 ({_UNKNOWN})"),
        ),
        Edition(
            id="D2-2-10-2023", policy=policy(TOPIC_2023, name="2023"), since="2023-05-10", source=TOPIC_2023.source, label=Label(en="topic of 10 May 2023"),
        ),
    ],
)

"""Policies that owe what another bank owes: kinds of its own, some at a desk, with whatever holds of them; and loans that have to do with their days."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any, Final

import attrs
from tests.policy.small_policy import CASE, LATE, POORER, SEIZED, THIN, VERY_LATE, rule, small_policy, table

from revisit_policy import (
    AtNextVisit,
    Between,
    CaseFile,
    Determination,
    Event,
    Every,
    Fact,
    Label,
    Obligation,
    ObligationKind,
    RevisitPolicy,
    Visit,
    VisitMethod,
    Vocabulary,
    Within,
    facts,
    unordered,
)
from revisit_policy.casefile import own_fact
from revisit_policy.language import Days, Field
from revisit_policy.language.condition import ALWAYS
from revisit_policy.outcomes.obligations.timing import When
from revisit_policy.outcomes.signal import SignalCode
from revisit_policy.values.labels import Labelled


class Work(Labelled):
    """What another bank does about a loan."""

    SEEN = "seen", "上门", "visit on site"
    CHECKED = "checked", "核对", "check off site"
    SOURCE = "source", "还款来源", "check of the source of repayment"
    DATA = "data", "数据", "check of data"
    LETTER = "letter", "函件", "letter"


AGREED: Final = own_fact("agreed_on", Days(), Label("约定日", "day that was agreed on"))
SENT: Final = own_fact("sent_on", Days(), Label("寄出日", "day on which it was sent"))
MATURES: Final = Fact.day("matures_on", label=Label("到期日", "day of maturity"), derived=Field("loan.matures_on"))
DAYS: Final = (facts.disbursed_on, AGREED, MATURES, Fact.day("valued_on", label=Label("估值日", "valued on"), derived=Field("collateral.valued_on")))
WHENS: Final[tuple[When, ...]] = (
    Within(working_days=3), Within(days=30), Within(months=2), Within(working_days=8, same_month=True), Within(same_month=True), Between(0, 7),
    Between(-35, -1), Between(30, 90), Between(20, 400), Every(months=3, lead_days=20), Every(months=1), Every(days=(20, 35)),
    Every(days=90, lead_days=10), AtNextVisit(), Between(-10, 5),
)  # fmt: skip
WHENEVER: Final = (ALWAYS, facts.days_past_due > 0, facts.days_past_due >= 31, facts.ltv_now >= "0.80", facts.seized.is_true())


def random_kind(random: Random, kind: Labelled, *, others: tuple[Labelled, ...]) -> ObligationKind:
    """What may hold of all of a *kind*."""
    met_by: Any = random.choice([(), (), (kind,), tuple(random.sample(others, 2)), SENT])
    return ObligationKind(
        kind,
        met_by=met_by,
        served_by=random.choice(["visit", "visit", "visit", "desk"]),
        joins=random.random() < 0.8,
        after=random.choice([None, None, *others]),
        alone=random.random() < 0.3,
        at_maturity=random.choice(["cut", "dropped", "kept"]),
        order=random.choice([0, 0, 1, 2]),
        at_worst=random.random() < 0.3,
    )


def random_owed(random: Random, kind: Labelled, interval: Fact) -> Obligation:
    """Something of a *kind* that is owed at one of all times, from one of all days."""
    when: When = random.choice([*WHENS, Every(months=interval, lead_days=30, catch_up_days=random.choice([None, None, 20])), Within(months=interval)])
    signals = () if isinstance(when, Between | Every) else (LATE, VERY_LATE, SEIZED, THIN, POORER)
    return Obligation(kind, when, since=random.choice([None, *DAYS, *signals, SignalCode.SEIZURE]))


def random_policy(seed: int) -> RevisitPolicy:
    """The small policy, which owes what it draws."""
    random, base = Random(seed), small_policy()  # noqa: S311 - made-up policies
    kinds = [random_kind(random, kind, others=tuple(other for other in Work if other is not kind)) for kind in Work]
    owed = [random_owed(random, kind, base.graph.by_id["interval"].outcome) for kind in random.choices(tuple(Work), k=random.randint(2, 9))]
    rules = [rule(f"owed-{at}", random.choice(WHENEVER), each) for at, each in enumerate(owed)]
    left = [each for each in base.tables if each.id not in {"first_window", "triggers", "revaluation"}]
    obligations = table("obligations", unordered(dict.fromkeys(owed)), "every", *rules)
    return attrs.evolve(base, tables=(*left, obligations), vocabulary=Vocabulary(kinds=(*base.words.kinds, *kinds)))


def agreed(*owed: Obligation) -> RevisitPolicy:
    """The small policy, which owes this and nothing else; checks of data are made at a desk."""
    base = small_policy()
    kinds = [ObligationKind(kind, served_by="desk" if kind is Work.DATA else "visit") for kind in Work]
    left = [each for each in base.tables if each.id not in {"first_window", "triggers", "revaluation"}]
    obligations = table("obligations", unordered(owed), "every", *(rule(f"owed-{at}", ALWAYS, each) for at, each in enumerate(owed)))
    return attrs.evolve(base, tables=(*left, obligations), vocabulary=Vocabulary(kinds=(*base.words.kinds, *kinds)))


def random_case(random: Random, on: dt.date, *, kinds: tuple[Labelled, ...] = tuple(Work)) -> CaseFile:
    """A loan that has to do with the day *on*."""

    def ago(*least: int) -> dt.date:
        return on - dt.timedelta(days=random.choice([*range(12), 29, 30, 31, 45, 60, 61, 90, 91, 92, 180, 365, 400, *least]))

    def perhaps(day: dt.date) -> str | None:
        return random.choice([None, day.isoformat()])

    disbursed = ago(800, 1200, 1201)
    loan = attrs.evolve(
        CASE.loan, disbursed_on=disbursed, term_months=random.choice([1, 6, 13, 24, 360]), extended_to=None,
        days_past_due=random.choice([0, 0, 1, 7, 31, 38, 95]),
    )  # fmt: skip
    days = sorted(max(ago(), disbursed) for _ in range(random.randint(0, 3)))
    made = [(day, random.choice(kinds), random.choice(tuple(VisitMethod))) for day in days]
    return attrs.evolve(
        CASE,
        loan=loan,
        collateral=attrs.evolve(CASE.collateral, valued_on=perhaps(ago())),
        determination=Determination(CASE.determination.grade, on=None),
        borrower=attrs.evolve(CASE.borrower, reviewed_on=perhaps(ago())),
        visits=[Visit(kind=kind, method=method, completed_on=day, finding="satisfactory") for day, kind, method in made],
        events=[Event(code, since=ago()) for code in ("seizure", "arrears") if random.random() < 0.4],
        own={"agreed_on": random.choice([None, ago().isoformat(), (on + dt.timedelta(days=20)).isoformat()]), "sent_on": perhaps(ago())},
    )

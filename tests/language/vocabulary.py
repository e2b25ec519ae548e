"""A small vocabulary of facts of every kind, with the values at which its rules change their minds."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, Final

from revisit_policy.language.fact import Fact, Unit
from revisit_policy.language.period import DECISION_DAY, Period
from revisit_policy.values.citation import Citation, Standing
from revisit_policy.values.labels import Label, OrderedLabelled
from revisit_policy.values.money import cny

PRACTICE: Final = Citation(document=Label("内部规定", "house rule"), article="3", standing=Standing.BANK_PRACTICE)
REASON: Final = Label("理由", "a reason")


class Level(OrderedLabelled):
    """A scale of the tests, mild to severe."""

    CALM = "calm", "平静", "calm"
    WATCH = "watch", "关注", "watch"
    ALARM = "alarm", "警报", "alarm"


overdue = Fact.count("overdue", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
delays = Fact.count("delays", low=0, high=9, unit=Unit.TIMES, label=Label("迟延次数", "delays"), register=Label("台账", "kept by the branch"))
ltv = Fact.ratio("ltv", low="0", high="2", label=Label("抵押率", "loan to value"))
balance = Fact.money("balance", low=cny(0), high=cny(10_000_000), label=Label("余额", "balance"))
seized = Fact.flag("seized", label=Label("已被查封", "seized"), register=Label("台账", "kept by the court desk"))
reachable = Fact.flag("reachable", label=Label("可联系", "reachable"))
work = Fact.choice("work", ("salaried", "trader", "retired"), label=Label("职业", "employment"))
mood = Fact.choice("mood", Level, ordered=True, label=Label("情绪", "mood"))
signed_on = Fact.day("signed_on", label=Label("签约日", "signing day"))

FACTS: Final = (overdue, delays, ltv, balance, seized, reachable, work, mood, signed_on, DECISION_DAY)

LIMITS: Final[dict[Fact, tuple[Any, ...]]] = {
    overdue: (30, 60, 90),
    delays: (1, 2),
    ltv: ("0.70", "0.80", "1/3"),
    balance: (cny(1_000_000), cny("1000000.01")),
    mood: (Level.WATCH,),
    signed_on: ("2025-06-01",),
    DECISION_DAY: ("2026-01-01", "2027-01-01"),
}

VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "overdue": (0, 30, 31, 60, 61, 90, 91, 3650),
    "delays": (0, 1, 2, 3, 9),
    "ltv": ("0", "1/3", Fraction(33333333333, 10**11), "0.69999", "0.70", "0.80", Fraction(80000000001, 10**11), "2"),
    "balance": (cny(0), cny("999999.99"), cny(1_000_000), cny("1000000.01"), cny(10_000_000)),
    "seized": (False, True),
    "reachable": (False, True),
    "work": ("salaried", "trader", "retired"),
    "mood": tuple(Level),
    "signed_on": ("2025-05-31", "2025-06-01", "2025-06-02"),
    "on": ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"),
}

PERIODS: Final = (
    Period(since="2026-01-01"),
    Period(until="2027-01-01"),
    Period(since="2026-01-01", until="2027-01-01"),
    Period(since="2025-06-01", of=signed_on),
)

#: How an unknown value comes: not measured, or measured to be nothing.
UNKNOWNS: Final = (None, math.nan)

NAMESPACE: Final = {fact.name: fact for fact in FACTS}

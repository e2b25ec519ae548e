"""Property inspections of loans that are late: Fannie Mae's Servicing Guide D2-2-10 in four dated versions, as far as we read of them.

Thresholds are facts and stand here in our own words. We read them in mirrors and summaries, so no source is marked as verified.
"""

from __future__ import annotations

from attrs import evolve, frozen
from known import BANKRUPTCY_PLAN_PERFORMS, CONTACTED, OCCUPANCY, PAID, PLAN_PERFORMS, SALE_IS_SET, SALE_ON, UNPAID_SINCE, WORKOUT_PERFORMS
from words import Duty

from revisit_policy import Between, Citation, Every, Label, Obligation, Rule, Table, facts
from revisit_policy.language import Condition

_MONTH = 30


@frozen(kw_only=True)
class Inspections:
    """What one version asks for.

    Args:
        topic: What the version is called.
        order_from: Days past due from which an inspection is ordered, and repeated while the loan is as late.
        complete_by: Days past due by which the first one is done; ``None`` where we found it nowhere.
        again: How often it is repeated.
        occupants: Who may live in the home for the borrower's efforts to count.
        counts_other_workouts: Whether any approved way out counts while it is kept to, and not a repayment or trial plan alone.
    """

    topic: str
    order_from: int
    complete_by: int | None
    again: Every
    occupants: tuple[str, ...]
    counts_other_workouts: bool = False

    @property
    def source(self) -> Citation:
        """The guide in this version."""
        return Citation(document=Label(en="Fannie Mae Servicing Guide"), article=f"D2-2-10, {self.topic}", standing="bank_practice")

    @property
    def is_late_enough(self) -> Condition:
        """From which day an inspection is ordered."""
        return facts.days_past_due >= self.order_from

    @property
    def relief(self) -> Condition:
        """The home is lived in, and the borrower is in touch, pays, or keeps to what was agreed."""
        efforts = CONTACTED.is_true() | PAID.is_true() | PLAN_PERFORMS.is_true() | BANKRUPTCY_PLAN_PERFORMS.is_true()
        if self.counts_other_workouts:
            efforts = efforts | WORKOUT_PERFORMS.is_true()
        return OCCUPANCY.is_in(*self.occupants) & efforts

    @property
    def first(self) -> Obligation:
        """The first inspection."""
        return first_between(self.order_from, self.order_from + _MONTH if self.complete_by is None else self.complete_by)

    @property
    def further(self) -> Obligation:
        """The inspections after it."""
        return Obligation(Duty.REINSPECTION, self.again)


FINAL = Obligation(Duty.FINAL_INSPECTION, Between(-35, -1), since=SALE_ON)
"""Before a sale and not more than 35 days before it: the days count back from a day to come."""


def first_between(first: int, last: int) -> Obligation:
    """The first inspection between two days past due."""
    return Obligation(Duty.INITIAL_INSPECTION, Between(first, last), since=UNPAID_SINCE)


#: Once in a calendar month. From 2019 on it is also told how many days lie between two of them.
MONTHLY, APART = Every(months=1), Every(days=(20, 35))

BEFORE_2019 = Inspections(topic="before 1 March 2019", order_from=45, complete_by=None, again=MONTHLY, occupants=("borrower",))
TOPIC_2018 = Inspections(topic="SVC-2018-08, topic of 14 November 2018", order_from=60, complete_by=75, again=APART, occupants=("borrower",))
TOPIC_2021 = Inspections(
    topic="topic of 17 November 2021", order_from=90, complete_by=120, again=APART, occupants=("borrower", "tenant"), counts_other_workouts=True
)
TOPIC_2023 = evolve(TOPIC_2021, topic="topic of 10 May 2023")
VERSIONS = (BEFORE_2019, TOPIC_2018, TOPIC_2021, TOPIC_2023)


def tables(version: Inspections) -> tuple[Table, Table, tuple[Rule, ...]]:
    """Whether an inspection may be ordered, whether it is required, and the rules of what is owed."""
    late = Label(en=f"{version.order_from} days past due or more")
    may = Rule("may-order", when=version.is_late_enough, then="yes", because=late, source=version.source)
    may_order = Table("may_order", outcomes=("no", "yes"), fold="worst", rules=(may,), otherwise="no", label=Label(en="may an inspection be ordered"))
    must = Rule(
        "must-inspect", when=version.is_late_enough & ~version.relief, then="required",
        because=Label(en=f"{version.order_from} days past due or more, and nothing that spares the inspection"), source=version.source,
    )
    inspection = Table(
        "inspection", outcomes=("not_required", "required"), fold="worst", rules=(must,), otherwise="not_required", label=Label(en="inspection of the home")
    )
    required = inspection.outcome.is_in("required")
    by = "no day of completion was found: a month is taken" if version.complete_by is None else f"done by day {version.complete_by}"
    owed = (
        Rule("inspect-first", when=required, then=version.first, because=Label(en=f"ordered from day {version.order_from}; {by}"), source=version.source),
        Rule("inspect-before-sale", when=SALE_IS_SET.is_true(), then=FINAL, because=Label(en="before a sale, within the last 35 days"), source=version.source),
        Rule("inspect-again", when=required, then=version.further, because=Label(en="once a calendar month while it is required"), source=version.source),
    )
    return may_order, inspection, owed

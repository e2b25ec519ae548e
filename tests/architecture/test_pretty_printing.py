"""Every public value is seen at once, however much stands behind it: printed by `rich`, and by Python itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, Final

import attrs
from rich.pretty import pretty_repr
from tests.architecture.test_wrong_arguments import DIFF, FLOOR, GRAPH, HOUSE, OWED, RECOMMENDED, VISIT, WHY
from tests.policy.small_policy import CASE

import revisit_policy as rp
from revisit_policy import analysis, facts, workload
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values.brief import LONGEST, MOST, Words, few
from revisit_policy.values.cn_notices import CHINA

POLICY: Final = cn_housing.policy()
LATE: Final = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=200, missed_consecutive=6, missed_total_24m=6), visits=(VISIT,) * 20)
DECISION: Final = cn_housing.rulebook.decide(LATE, on="2026-06-01")
CHANGED: Final = analysis.diff(POLICY, POLICY.without("overdue-90"))
UPGRADE: Final = cn_housing.rulebook.decide(attrs.evolve(CASE, determination=rp.Determination("special_mention")), on="2026-06-01").upgrade
VERDICT: Final = DECISION.verdicts["measures"]

VALUES: Final[tuple[Any, ...]] = (
    cn_housing.rulebook.glance(LATE, on="2026-06-01"),
    UPGRADE, DECISION, DECISION.schedule, DECISION.schedule.next, DECISION.measures[0], DECISION.signals[0], DECISION.verdicts, VERDICT,
    DECISION.schedule.next.window, DECISION.schedule.next.result, DECISION.schedule.next.result.told,  # type: ignore[union-attr] # a loan this late is visited
    rp.Refusal(case=LATE, error=rp.InvalidPolicyError(subject="a", problem="b")),
    LATE, LATE.loan, LATE.borrower, LATE.collateral, LATE.market, LATE.determination, VISIT, rp.Event("arrears", since="2025-01-01"),
    rp.Action("remind", state="done", on="2025-01-02"),
    cn_housing.rulebook, cn_housing.rulebook.editions[0], POLICY, POLICY.graph, GRAPH, POLICY.grade, POLICY.signals.table, POLICY.rule("overdue-90"),
    *(rule for table in POLICY.tables for rule in table.rules), *(rule.when for table in POLICY.tables for rule in table.rules),
    *facts.CATALOGUE, POLICY.signals.outcome, POLICY.signals.table.outcomes, rp.Score(), facts.days_past_due.assume(3, because=HOUSE),
    rp.Period(since="2024-01-01"), rp.Conventions(), rp.Addition(table="grade", rules=(POLICY.rule("overdue-90"),) * 20), rp.Overlay(id="city", additions=()),
    rp.DayWindow(1, 3), rp.Deadline(3), rp.Trigger("arrears", "red", rp.Deadline(2)), rp.TurnaroundPart(WHY, 3), RECOMMENDED, HOUSE, WHY, rp.cny(1),
    OWED, OWED.when, rp.ObligationKind(rp.VisitKind.TRIGGERED), rp.Between(1, 3), rp.Every(months=3), rp.AtNextVisit(),
    POLICY.words, rp.MethodNote("phone", hours="0.5"),
    CHINA, cn_housing.DEFAULTS, FLOOR, CHANGED, CHANGED.changes[0], CHANGED.changes[0].witness, DIFF, analysis.gaps(POLICY.grade), analysis.check(POLICY.grade),
)  # fmt: skip


def _public_classes() -> Iterator[type]:
    for name in rp.__all__:
        value = getattr(rp, name)
        if inspect.isclass(value) and attrs.has(value):
            yield value


def test_every_public_class_of_values_is_looked_at() -> None:
    assert {cls.__name__ for cls in _public_classes()} - {type(value).__name__ for value in VALUES} == set()


def test_every_public_value_prints_in_under_sixty_lines() -> None:
    for value in VALUES:
        told = pretty_repr(value, max_width=80)
        assert len(told.splitlines()) < 60, told[:200]
        assert len(repr(value).splitlines()) < 60


NUMBERS: Final = [f"L-{at:05}" for at in range(2_000)]
DUE: Final = [workload.DueVisit(each, opens="2026-12-07", closes="2026-12-11", office=each[-2:]) for each in NUMBERS]
CHOSEN: Final = [workload.Candidate(each, points=at % 9, since="2026-01-15", must=not at % 2) for at, each in enumerate(NUMBERS)]
SPREAD: Final = workload.spread(DUE, calendar=CHINA, capacity=3)
SAMPLE: Final = workload.draw(dict.fromkeys(NUMBERS, "Foshan"), rate="0.5", period="2027", seed="committee")
OF_A_BOOK: Final = (SPREAD, SPREAD.of("07"), SAMPLE, SAMPLE.strata[0], workload.admit(CHOSEN, on="2027-01-01", until="2027-03-31", capacity=1_500))


def test_what_is_said_of_a_book_prints_short_however_many_loans_it_has() -> None:
    for value in OF_A_BOOK:
        told = pretty_repr(value, max_width=80)
        assert len(told.splitlines()) < 60, told[:200]
        assert len(repr(value)) < 2 * MOST * (LONGEST + 9) + 500
        assert " more" in repr(value)


def test_a_decision_is_shown_with_what_is_looked_for() -> None:
    told = pretty_repr(DECISION, max_width=80)
    for said in ("L-1", "Grade.DOUBTFUL" if DECISION.grade is rp.Grade.DOUBTFUL else repr(DECISION.grade), repr(DECISION.level), "overdue=", "measures="):
        assert said in told


def test_of_many_the_first_are_shown_and_the_others_counted() -> None:
    assert repr(few(range(MOST + 2))) == "(0, 1, 2, 3, 4, 5, … 2 more)"
    assert few(range(MOST)) == tuple(Words(str(number)) for number in range(MOST))


def test_a_text_without_end_is_cut() -> None:
    assert len(repr(Words("a" * 1_000))) == LONGEST + 1


def test_nothing_of_a_printer_is_imported_for_it() -> None:
    assert not [name for name in vars(rp) if "rich" in name]


def test_of_parameters_those_that_were_changed_are_shown() -> None:
    assert pretty_repr(cn_housing.DEFAULTS) == "Parameters()"
    assert pretty_repr(attrs.evolve(cn_housing.DEFAULTS, phone_days=9)) == "Parameters(phone_days=9)"

"""Bugs planted in the shipped rulebook are found by our own strategies, as often as the profile of the continuous run tries.

Each bug is one that somebody could make; each is looked for by a law that nobody wrote for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import attrs
import pytest

from revisit_policy import Grade, LawBrokenError, Rule
from revisit_policy import facts as catalogue
from revisit_policy.language.fold import Folding
from revisit_policy.language.readers.generated import GeneratedReader, Resolution
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import check_learning, check_monotone, check_readers_agree, check_total
from revisit_policy.testing.laws.sampling import without_shrinking

POLICY: Final = cn_housing.policy()

#: As many cases as the profile `ci` tries.
CI: Final = 200


def changed(rule_id: str, **parts: Any) -> RevisitPolicy:
    """The shipped policy with one rule written otherwise."""
    rule: Rule = POLICY.rule(rule_id)
    return POLICY.replacing(attrs.evolve(rule, **parts))


def part(policy: RevisitPolicy, *tables: str) -> DecisionGraph:
    """Some tables of *policy*; what they read of others is given."""
    chosen = tuple(policy.graph.by_id[name] for name in tables)
    return DecisionGraph(chosen, given=tuple({name for table in chosen for name in table.reads} - set(tables)))


MONOTONE: Final[dict[str, tuple[Callable[[], RevisitPolicy], str, str, str]]] = {
    "an upper bound that ends too early": (
        lambda: changed("overdue-90", when=catalogue.days_past_due.between(91, 181)), "days_past_due", "grade", "higher"
    ),
    "a comparison turned round": (lambda: changed("overdue-270", when=catalogue.days_past_due < 270), "days_past_due", "grade", "higher"),
    "an outcome too severe for its place": (
        lambda: changed("overdue", then=Grade.LOSS, when=catalogue.days_past_due.between(8, 91)), "days_past_due", "grade", "higher"
    ),
    "a flag asked the wrong way": (lambda: changed("debt-evasion", when=catalogue.debt_evasion.is_false()), "debt_evasion", "grade", "higher"),
    "a point that is taken back": (lambda: changed("points-ltv-2", when=catalogue.ltv_now.between("0.80", "0.95")), "ltv_now", "points", "higher"),
    "a fall of prices read as a rise": (
        lambda: changed("points-prices-1", when=catalogue.price_change_12m >= "-0.05"), "price_change_12m", "points", "lower"
    ),
}


@pytest.mark.parametrize("name", MONOTONE)
def test_a_rule_that_rewards_what_is_worse_is_found(name: str) -> None:
    plant, fact, outcome, worse = MONOTONE[name]
    check_monotone(part(POLICY, outcome), fact=fact, outcome=outcome, worse=worse, examples=CI)  # type: ignore[arg-type] # a table of cases
    with without_shrinking(), pytest.raises(LawBrokenError, match="the policy is not monotone"):
        check_monotone(part(plant(), outcome), fact=fact, outcome=outcome, worse=worse, examples=4 * CI)  # type: ignore[arg-type]


@pytest.mark.parametrize("table", ["grade", "level", "method"])
def test_a_default_that_was_forgotten_is_found(table: str) -> None:
    gappy = attrs.evolve(POLICY.graph.by_id[table], otherwise=None)
    with without_shrinking(), pytest.raises(LawBrokenError, match=f"expected a verdict of `{table}`, got gap"):
        check_total(gappy, examples=CI)


resolve = GeneratedReader.resolve_values


def off_by_one(name: str, at: int) -> Callable[..., Resolution]:
    """A reader that takes one value of one fact for the next."""

    def read(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:
        wrong = tuple(at + 1 if fact.name == name and value == at else value for fact, value in zip(reader.facts, values, strict=True))
        return resolve(reader, wrong, unknown)

    return read


@pytest.mark.parametrize(("table", "name", "at"), [("grade", "days_past_due", 90), ("grade", "days_past_due", 360), ("signals", "failed_contacts", 2)])
def test_a_reader_that_is_one_off_at_one_limit_is_found(table: str, name: str, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GeneratedReader, "resolve_values", off_by_one(name, at))
    with without_shrinking(), pytest.raises(LawBrokenError, match="the policy is not read alike"):
        check_readers_agree(POLICY.graph.by_id[table], examples=CI)


def test_a_reader_that_takes_the_unknown_for_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:
        known = [fact.encode(fact.when_absent) if value is None else value for fact, value in zip(reader.facts, values, strict=True)]
        return resolve(reader, tuple(known), tuple(place for place in unknown if known[place] is None))

    monkeypatch.setattr(GeneratedReader, "resolve_values", careless)
    with without_shrinking(), pytest.raises(LawBrokenError):
        check_readers_agree(POLICY.graph.by_id["grade"], examples=CI)


def test_a_fold_that_forgets_what_is_open_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    ruling = Folding.ruling
    monkeypatch.setattr(Folding, "ruling", lambda folding, fired, _open: ruling(folding, fired, 0))
    with without_shrinking(), pytest.raises(LawBrokenError, match="the policy is not cautious"):
        check_learning(POLICY.graph.by_id["grade"], examples=CI)

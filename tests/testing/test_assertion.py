"""A test that holds two policies to be equal, and fails, is told what they say differently."""

from __future__ import annotations

import attrs
import pytest
from tests.policy.small_policy import small_policy, small_rulebook

from revisit_policy import facts
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.testing.snapshots import assertion
from revisit_policy.testing.snapshots.assertion import told_apart

pytest_plugins = ["pytester"]

OLD = small_policy()
RULE = OLD.grade.table.rules[0]
NEW = OLD.replacing(attrs.evolve(RULE, when=facts.days_past_due > 100))


def test_two_policies_are_told_apart_in_the_sentences_of_the_diff() -> None:
    lines = told_apart(OLD, NEW)
    assert lines is not None
    assert lines[0] == f"{OLD!r} == {NEW!r}"
    told = "\n".join(lines)
    assert "`grade`" in told
    assert "days past due" in told


def test_two_rulebooks_are_told_apart_edition_by_edition() -> None:
    old = small_rulebook()
    last = old.editions[-1]
    new = attrs.evolve(old, editions=(*old.editions[:-1], attrs.evolve(last, policy=last.policy.without(last.policy.grade.table.rules[0].id))))
    lines = told_apart(old, new)
    assert lines is not None
    assert f"edition {last.id}:" in lines
    assert not any(line.startswith(f"edition {old.editions[0].id}") for line in lines)


def test_an_edition_that_only_one_rulebook_has_is_named() -> None:
    old = small_rulebook()
    lines = told_apart(old, Rulebook(old.id, editions=(attrs.evolve(old.editions[0], until=None, stock_until=None),)))
    assert lines is not None
    assert f"edition {old.editions[-1].id} is only on the left" in lines


def test_policies_that_decide_alike_are_told_apart_by_what_stands_beside_the_tables() -> None:
    lines = told_apart(OLD, small_policy("other"))
    assert lines is not None
    assert len(lines) > 1


def test_a_search_that_would_take_too_long_says_what_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assertion, "_BUDGET", 1)
    lines = told_apart(OLD, NEW)
    assert lines is not None
    assert any(line.startswith("and perhaps more: expected to answer within 1 steps") for line in lines)


@pytest.mark.parametrize("other", [5, None, small_rulebook()], ids=["a number", "nothing", "a rulebook"])
def test_what_is_no_pair_of_policies_is_left_to_pytest(other: object) -> None:
    assert told_apart(OLD, other) is None


def test_pytest_shows_the_sentences_where_two_policies_are_held_to_be_equal(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import attrs
        from revisit_policy import facts
        from revisit_policy.rulebooks import cn_housing

        def test_nothing_has_changed():
            old = cn_housing.policy()
            rule = old.rule("overdue-90")
            assert old.replacing(attrs.evolve(rule, when=facts.days_past_due > 100)) == old
        """
    )
    result = pytester.runpytest("-p", "pytest_revisit_policy", "-p", "no:cacheprovider")
    result.stdout.fnmatch_lines(["*assert <RevisitPolicy cn-housing*== <RevisitPolicy cn-housing*", "*days past due*"])

"""The difference of two snapshots is a value: what moved, what is new, what is gone, and by which rules."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from revisit_policy.errors import InvalidInputError, SnapshotUnreadableError
from revisit_policy.testing import SnapshotChange, SnapshotDiff, signed_snapshot, snapshot, snapshot_diff
from revisit_policy.testing.example import grade

CASES = [{"overdue": 91}, {"overdue": 0, "impaired": True}, {"overdue": 0, "impaired": False}]
BEFORE = signed_snapshot(grade, CASES)
LATER = attrs.evolve(grade, rules=(attrs.evolve(grade.rules[0], then="special_mention"), *grade.rules[1:]))
AFTER = signed_snapshot(LATER, [CASES[0], CASES[1], {"overdue": 5}])
FOUND = snapshot_diff(BEFORE, AFTER)


def test_it_says_what_moved_what_is_new_and_what_is_gone() -> None:
    assert FOUND.moves == (
        SnapshotChange(of="overdue=91", part="grade", before="substandard by overdue-90", after="special_mention by overdue-90"),
    )
    assert (FOUND.new, FOUND.gone) == (("overdue=5",), ("overdue=0, impaired=False",))
    assert FOUND.changed == 3


def test_it_names_the_rules_that_differ_where_both_are_signed() -> None:
    assert FOUND.rules is not None
    assert [(each.of, each.part) for each in FOUND.rules] == [("grade", "overdue-90")]
    assert snapshot_diff(snapshot(grade, CASES), AFTER).rules is None


def test_rules_in_another_order_are_told() -> None:
    turned = attrs.evolve(grade, rules=tuple(reversed(grade.rules)))
    rules = snapshot_diff(BEFORE, signed_snapshot(turned, CASES)).rules
    assert rules is not None
    assert [(each.part, each.before, each.after) for each in rules] == [("(order)", "overdue-90, impaired", "impaired, overdue-90")]


def test_nothing_differs_from_itself() -> None:
    same = snapshot_diff(BEFORE, BEFORE)
    assert not same
    assert same == SnapshotDiff(rules=())
    assert same.explain() == "cases decided otherwise, new or gone: 0"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_html_has_the_sentences_of_its_text(lang: str) -> None:
    assert FOUND.changed
    for title, lines in FOUND.sections(lang):
        for text in (title, *lines):
            assert text in FOUND.explain(lang)
            assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in FOUND.to_html(lang)
            assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in FOUND._repr_html_()


def test_it_is_a_value() -> None:
    again = snapshot_diff(BEFORE, AFTER)
    for twin in (again, pickle.loads(pickle.dumps(FOUND)), copy.deepcopy(FOUND), attrs.evolve(FOUND)):
        assert (twin, hash(twin)) == (FOUND, hash(FOUND))
    assert repr(FOUND) == f"<SnapshotDiff {FOUND.changed} cases>"


def test_a_text_that_is_no_snapshot_is_refused_with_its_line() -> None:
    with pytest.raises(SnapshotUnreadableError, match="after"):
        snapshot_diff(BEFORE, "  grade: normal\n")


def test_a_change_on_two_lines_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"SnapshotChange\.part"):
        SnapshotChange(of="overdue=91", part="grade\nlevel", before="a", after="b")

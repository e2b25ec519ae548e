"""English agrees in number: no "1 days", no "table include"."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import WHY

from revisit_policy import Deadline, Fact, Label, Unit
from revisit_policy.language.words.wording import condition_text, value_text
from revisit_policy.rulebooks import cn_housing
from revisit_policy.speech.english import agreeing, counted, is_plural
from revisit_policy.values.labels import Lang

ONE_OF_SEVERAL = re.compile(r"(?<![\d.,])1 (working )?(days|months|periods|times|points|homes|loans)\b")


@given(st.sampled_from(Unit), st.integers(-40, 40))
def test_one_is_singular_and_all_else_plural(unit: Unit, number: int) -> None:
    fact = Fact.count("n", low=-99, high=99, unit=unit, label=WHY)
    shown = value_text(fact, number, Lang.EN)
    assert shown == f"{number} {unit.label('en').removesuffix('s') if abs(number) == 1 else unit.label('en')}"
    assert shown in condition_text(fact >= number, Lang.EN)
    assert value_text(fact, number, Lang.ZH) == f"{number}{unit.label('zh')}"


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("signals", True), ("warning signals", True), ("measures that are barred", True),
        ("table", False), ("status of loans", False), ("basis", False), ("loss", False),
    ],
)
def test_a_name_is_told_to_be_plural_by_its_noun(name: str, several: bool) -> None:
    assert is_plural(name) is several
    assert agreeing(name, one="is", several="are") == f"{name} {'are' if several else 'is'}"


def test_a_set_with_a_plural_label_includes_in_the_plural() -> None:
    policy = cn_housing.policy()
    (asked, *_) = [rule.when for rule in policy.level.rules]
    assert condition_text(asked, Lang.EN).startswith("warning signals include ")
    assert condition_text(~asked, Lang.EN).startswith("warning signals do not include ")


def test_a_choice_with_a_plural_label_is_said_in_the_plural() -> None:
    bills = Fact.choice("bills", ("paid", "owed"), label=Label("账单", "bills of the month"))
    assert condition_text(bills.is_in("owed"), Lang.EN) == "bills of the month are owed"


def test_nothing_that_the_shipped_rulebook_signs_has_one_of_several() -> None:
    for edition in cn_housing.rulebook.editions:
        found = ONE_OF_SEVERAL.search(edition.policy.to_markdown("en"))
        assert found is None, found


def test_a_deadline_of_one_day_is_one_working_day() -> None:
    assert [Deadline(days).label("en") for days in (1, 2)] == ["within 1 working day", "within 2 working days"]
    assert counted("0", "days") == "0 days"

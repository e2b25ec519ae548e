"""One page: within its bounds whatever is decided, in its order, and with its reasons at the foot."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from tests.policy.small_policy import CASE as SMALL_CASE
from tests.policy.small_policy import small_policy
from tests.policy.test_result_of import SEIZED, case

from revisit_policy import CaseFile, Collateral, Decision, Event, Label, Loan, Visit, cny
from revisit_policy.decision.page.one_page import MOST_CHARACTERS, MOST_LINES, OTHERS_TAKE
from revisit_policy.errors import UnknownNameError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files

POLICY = cn_housing.rulebook.in_force("2026-11-23")
LATE: dict[str, object] = {"days_past_due": 200, "missed_consecutive": 7, "missed_total_24m": 7, "arrears_as_of": "2026-11-23"}


def decided(file: CaseFile) -> Decision:
    return cn_housing.rulebook.decide(file, on="2026-11-23")


@settings(max_examples=40)
@given(case_files(on="2026-06-30"))
def test_a_page_has_at_most_thirty_lines_and_seven_hundred_characters(file: CaseFile) -> None:
    decision = cn_housing.rulebook.decide(file, on="2026-06-30")
    zh, en = decision.one_page("zh"), decision.one_page("en")
    assert len(zh) <= MOST_CHARACTERS == 700
    assert len(en) <= MOST_CHARACTERS * OTHERS_TAKE
    for page in (zh, en):
        assert len(page.splitlines()) <= MOST_LINES == 30
        assert file.loan.loan_no in page.splitlines()[0]
        assert page.splitlines()[-1].startswith(("经办", "Prepared"))


def test_a_page_is_cut_rather_than_too_long() -> None:
    wordy = Label("词" * 400, "word " * 399 + "word")
    rule = POLICY.rule("overdue-90")
    policy = POLICY.replacing(attrs.evolve(rule, because=wordy))
    decision = policy.decide(case(loan=LATE), on="2026-11-23")
    for lang, most in (("zh", MOST_CHARACTERS), ("en", MOST_CHARACTERS * OTHERS_TAKE)):
        page = decision.one_page(lang)
        assert len(page) <= most
        assert "…" in page


def test_a_page_is_in_the_order_in_which_it_is_read() -> None:
    lines = decided(case(loan=LATE)).one_page("zh").splitlines()
    headings = [line.split("：")[0] for line in lines if not re.match(r"\d|\[|另有", line)]
    assert headings == [lines[0], "结论", "预警", "下一步", "建议措施", *(["尚缺信息"] if "尚缺信息" in headings else []), "结果时间", "依据", "经办"]
    assert "系统建议，须认定" in lines[0]
    measures = [line for line in lines if re.match(r"\d\.", line)]
    assert 1 <= len(measures) <= 5
    assert [int(line[0]) for line in measures] == list(range(1, len(measures) + 1))


def test_every_number_in_the_text_stands_at_the_foot_and_no_rule_is_named() -> None:
    for lang in ("zh", "en"):
        decision = decided(case(loan=LATE))
        body, foot = re.split("\n(?:依据|Basis)\n", decision.one_page(lang))
        assert set(re.findall(r"\[(\d)\]", body)) == set(re.findall(r"(?m)^\[(\d)\]", foot))
        assert not any(rule in body + foot for verdict in decision.verdicts.values() for rule in verdict.fired if "-" in rule)
        assert decision.digest[:12] not in body + foot


def test_a_quiet_loan_has_a_short_page() -> None:
    file = case(collateral=Collateral(value=cny(1_600_000), valued_on="2026-10-02", registration="registered"))
    assert len(decided(file).one_page("zh").splitlines()) < 14
    assert "预警：无" in decided(file).one_page("zh")


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        pytest.param({}, "由后台进行，不派人员", "made by the desk and by no officer", id="a check of data"),
        pytest.param({"drawn_for_visit": True}, "电话，由1人进行", "made by a person (officers: 1)", id="a call"),
        pytest.param({"days_past_due": 75, "arrears_as_of": "2026-11-23"}, "由2人进行", "made by a person (officers: 2)", id="two on site"),
    ],
)  # fmt: skip
def test_the_next_step_says_who_takes_it(fields: dict[str, Any], zh: str, en: str) -> None:
    valued = Collateral(value=cny(1_600_000), valued_on="2026-10-02", registration="registered")
    seen = [Visit(kind=kind, method="phone", completed_on=day, finding="satisfactory") for kind, day in (("first", "2023-11-20"), ("periodic", "2026-08-18"))]
    decision = decided(case(*seen, loan=fields, collateral=valued))
    for lang, heading, said in (("zh", "下一步", zh), ("en", "Next step", en)):
        (line,) = [line for line in decision.one_page(lang).splitlines() if line.startswith(heading)]
        assert said in line


def test_nothing_is_asked_of_a_loan_on_which_nothing_is_owed() -> None:
    paid = decided(case(loan={"balance": cny(0)}))
    assert "Nothing is owed" in paid.one_page()
    assert "Next step" not in paid.one_page()


def test_the_days_of_the_result_are_the_limits_of_the_next_visit() -> None:
    decision = decided(case(**SEIZED, events=(Event("seizure", since="2026-11-20"),)))
    assert decision.schedule.next is not None
    for stage in decision.schedule.next.result.stages:
        assert f"{stage.day.label('zh')}不晚于{stage.latest.year}年{stage.latest.month}月{stage.latest.day}日" in decision.one_page("zh")


def test_measures_that_one_chooses_among_stand_on_one_line() -> None:
    decision = decided(case(loan=LATE))
    chosen = [step for step in decision.measures if step.instead_of]
    for step in chosen:
        line = next((line for line in decision.one_page("zh").splitlines() if step.measure.label("zh") in line and line[0].isdigit()), None)
        assert line is None or all(other.label("zh") in line for other in step.instead_of)


def test_a_page_of_a_policy_without_measures_or_visits_still_concludes() -> None:
    policy = small_policy()
    bare = attrs.evolve(policy, tables=tuple(table for table in policy.tables if table.id == "grade"), measure_notes=(), checklists=())
    page = bare.decide(SMALL_CASE, on="2026-06-01").one_page("en")
    assert "Conclusion: grade" in page
    assert "Measures" not in page


def test_a_page_in_no_language_of_ours_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        decided(case()).one_page("tlh")


def test_a_loan_of_the_file_is_named() -> None:
    assert isinstance(case().loan, Loan)
    assert "L-1" in decided(case()).one_page("zh").splitlines()[0]

"""What the book teaches those who grant is told of groups by their numbers, in both languages; a small group is counted and not judged."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from revisit_policy import Grade, InvalidInputError, Label, Product, UnknownNameError
from revisit_policy.outcomes import OriginationFinding
from revisit_policy.reports import Counted, EarlyArrears, GrantGroup, GrantingReport, GrantTally
from revisit_policy.values import to_date

WORDS = {"channel": Label("渠道", "channel"), "web": Label("线上", "online"), "broker": Label("中介", "broker")}


def group(channel: str | None, loans: int, *, worse: int = 0, early: tuple[int, int, int] = (0, 0, 0), found: int = 0) -> GrantGroup:
    return GrantGroup(
        granted=(Product.FIRST_HOME, channel),
        loans=loans,
        refused=0,
        grades=(Counted(what=Grade.NORMAL, loans=loans - worse), Counted(what=Grade.LOSS, loans=worse)),
        warned=worse,
        faulty=found,
        found=(Counted(what=OriginationFinding.TERM_TOO_LONG, loans=found),) if found else (),
        early=EarlyArrears(loans=early[0], in_arrears=early[1], unknown=early[2]),
    )


TALLY = GrantTally(
    on=to_date(date(2026, 11, 26)),
    by=("loan.product", "channel"),
    groups=(group("broker", 400, worse=40, early=(130, 26, 30), found=3), group("web", 1000, worse=10, early=(200, 2, 0)), group(None, 7, worse=3)),
)
REPORT = GrantingReport(TALLY, words=WORDS)

SAID: list[tuple[str, str, str]] = [
    ("how many", "已判定1407笔贷款，分为3组", "loans decided: 1407, groups: 3"),
    ("product and channel", "贷款品种 | 渠道 | 笔数", "product | channel | loans"),
    ("grades", "首套住房贷款 | 中介 | 360 | 40", "first home | broker | 360 | 40"),
    ("a share", "400笔中40笔（10%）", "40 of 400 (10.0 %)"),
    ("worse than the others", "首套住房贷款、中介：劣于最好一级400笔中40笔（10%），其余", "broker: below the best grade 40 of 400 (10.0 %), the others"),
    ("early arrears", "中介：早期逾期100笔中26笔（26%），其余200笔中2笔（1%）", "broker: early arrears 26 of 100 (26.0 %), the others 2 of 200 (1.0 %)"),
    ("arrears nobody knows", "新发放贷款中逾期情况不明30笔，未计入", "the arrears of 30 are unknown"),
    ("too few to judge", "首套住房贷款 | 未注明 | 7 | 7笔中3笔（笔数太少，不作判断）", "first home | not told | 7 | 3 of 7 (too few to judge)"),
    ("what few is", "不足30笔的", "fewer than 30 loans"),
    ("found of the grant", "首套住房贷款、中介：期限过长 3", "first home, broker: term too long 3"),
]


@pytest.mark.parametrize(("zh", "en"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_the_page_says_it_in_both_languages_and_in_every_form(zh: str, en: str) -> None:
    assert zh in REPORT.page("zh").to_text()
    assert en in REPORT.page("en").to_text()
    cell = zh.split(" | ", maxsplit=1)[0]
    assert all(cell in form for form in (REPORT.page("zh").to_markdown(), REPORT.page("zh").to_html()))


def test_a_small_group_is_never_among_the_lessons_however_bad_it_is() -> None:
    lessons = next(section for section in REPORT.page("en").sections if section.heading == "Worse than the others").lines
    assert {line.partition(":")[0] for line in lessons} == {"first home, broker"}
    alone = attrs.evolve(TALLY, groups=TALLY.groups[2:])
    assert "no group is worse than the others beyond chance" in GrantingReport(alone).page("en").to_text()


STANDS_OUT: list[tuple[str, tuple[int, int], tuple[int, int], bool]] = [
    ("a tenth against a hundredth", (40, 400), (10, 1000), True),
    ("the same share", (10, 100), (100, 1000), False),
    ("better than the others", (1, 100), (100, 1000), False),
    ("within three standard errors", (8, 100), (40, 1000), False),
    ("beyond three standard errors", (12, 100), (40, 1000), True),
    ("nobody at all", (0, 100), (0, 1000), False),
    ("everybody", (100, 100), (1000, 1000), False),
]


@pytest.mark.parametrize(("one", "others", "expected"), [row[1:] for row in STANDS_OUT], ids=[row[0] for row in STANDS_OUT])
def test_a_group_stands_out_beyond_three_standard_errors(one: tuple[int, int], others: tuple[int, int], expected: bool) -> None:
    tally = attrs.evolve(TALLY, groups=(group("broker", one[1], worse=one[0]), group("web", others[1], worse=others[0])))
    told = GrantingReport(tally).page("en").sections[1].lines
    assert any(line.startswith("first home, broker: below the best grade") for line in told) is expected


def test_the_page_of_html_fetches_nothing_and_has_the_same_bytes_every_time() -> None:
    document = REPORT.page("zh").to_html()
    assert document.startswith("<!doctype html>")
    assert not [mark for mark in ("<script", "<link", "src=", "http") if mark in document]
    assert document == GrantingReport(attrs.evolve(TALLY), words=dict(reversed(WORDS.items()))).page("zh").to_html()


def test_markup_in_the_name_of_a_channel_is_shown_as_it_is() -> None:
    wicked = GrantingReport(attrs.evolve(TALLY, groups=(group("<script>|*a*", 40),))).page("en")
    assert "<script" not in wicked.to_html()
    assert "\\<script>\\|\\*a\\*" in wicked.to_markdown()


def test_a_portfolio_of_nothing_says_so() -> None:
    told = GrantingReport(attrs.evolve(TALLY, groups=())).page("zh").to_text()
    assert "已判定0笔贷款，分为0组" in told
    assert "各组情况" not in told


def test_a_language_that_the_policy_has_not_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        REPORT.page("fr")


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("tally", {"tally": 5}),
    ("least", {"least": 0}),
    ("words", {"words": {"web": "online"}}),
    ("words", {"words": "ab"}),
]


@pytest.mark.parametrize(("field", "given"), WRONG)
def test_what_a_granting_report_cannot_hold_is_refused(field: str, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match=f"`GrantingReport.{field}` must be"):
        attrs.evolve(REPORT, **given)

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

from revisit_policy import errors
from revisit_policy.errors import (
    AnalysisLimitError,
    ConditionTruthError,
    InvalidInputError,
    InvalidPolicyError,
    InvalidValueError,
    LawBrokenError,
    MissingExtraError,
    OutsideCalendarError,
    RevisitPolicyError,
    SnapshotChangedError,
    SnapshotUnreadableError,
    UnexpectedOutcomeError,
    UnknownNameError,
)
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values import Labelled

FLOAT_PRINCIPAL = InvalidValueError(owner="Loan", field="principal", value=1.5, expected="money")
LATE_TERM = InvalidValueError(owner="Loan", field="term_months", value=0, expected="at least 1")

ONE_OF_EACH = [
    pytest.param(FLOAT_PRINCIPAL, ("owner", "field", "value", "expected"), ValueError, id="invalid value"),
    pytest.param(InvalidInputError.of("Loan", (FLOAT_PRINCIPAL, LATE_TERM)), ("owner",), ExceptionGroup, id="invalid input"),
    pytest.param(InvalidPolicyError(subject="overdue-90", problem="fires never"), ("subject", "problem"), ValueError, id="invalid policy"),
    pytest.param(UnknownNameError(kind="fact", name="ltv", known=("ltv_now",)), ("kind", "name", "known"), LookupError, id="unknown name"),
    pytest.param(ConditionTruthError(text="(ltv > 1)"), ("written",), TypeError, id="condition as truth"),
    pytest.param(
        OutsideCalendarError(day=date(2027, 5, 1), first=date(2004, 1, 1), last=date(2026, 12, 28)),
        ("day", "first", "last"),
        LookupError,
        id="outside the calendar",
    ),
]


@pytest.mark.parametrize(("error", "parts", "builtin"), ONE_OF_EACH)
def test_an_error_is_ours_and_the_standard_one_it_resembles(error: RevisitPolicyError, parts: tuple[str, ...], builtin: type) -> None:
    assert isinstance(error, RevisitPolicyError)
    assert isinstance(error, builtin)
    assert all(hasattr(error, part) for part in parts)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(("error", "parts", "builtin"), ONE_OF_EACH)
def test_an_error_survives_pickling_with_its_parts_and_message(error: RevisitPolicyError, parts: tuple[str, ...], builtin: type, protocol: int) -> None:
    back = pickle.loads(pickle.dumps(error, protocol))
    assert type(back) is type(error)
    assert isinstance(back, builtin)
    assert str(back) == str(error)
    assert [getattr(back, part) for part in parts] == [getattr(error, part) for part in parts]


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
@pytest.mark.parametrize(("error", "parts", "builtin"), ONE_OF_EACH)
def test_an_error_survives_copying(error: RevisitPolicyError, parts: tuple[str, ...], builtin: type, duplicate: object) -> None:
    back = duplicate(error)  # type: ignore[operator]
    assert isinstance(back, builtin)
    assert (type(back), str(back)) == (type(error), str(error))
    assert [getattr(back, part) for part in parts] == [getattr(error, part) for part in parts]


@pytest.mark.parametrize(("error", "parts", "builtin"), ONE_OF_EACH)
def test_an_error_that_is_handled_is_made_anew_from_its_text_as_newer_pythons_do(error: RevisitPolicyError, parts: tuple[str, ...], builtin: type) -> None:
    try:
        raise error
    except RevisitPolicyError as handled:
        back = type(handled)(str(handled))
    assert isinstance(back, builtin)
    assert (type(back), str(back), back.text("zh")) == (type(error), str(error), error.text("zh"))
    assert [getattr(back, part) for part in parts] == [getattr(error, part) for part in parts]


def test_a_member_that_cannot_be_is_refused_in_our_words_whatever_python_makes_of_the_class() -> None:
    with pytest.raises(InvalidInputError, match=r"`Label\.zh`"):

        class Empty(Labelled):
            NOTHING = "nothing", "", "nothing"

    with pytest.raises(InvalidValueError, match="must be text"):

        class Number(Labelled):
            THREE = 3, "三", "three"


@pytest.mark.parametrize(("error", "parts", "builtin"), ONE_OF_EACH)
def test_a_message_is_one_line_without_a_full_stop(error: RevisitPolicyError, parts: tuple[str, ...], builtin: type) -> None:
    del parts, builtin
    assert "\n" not in str(error)
    assert not str(error).endswith(".")


def test_every_public_error_says_when_it_occurs_and_how_to_fix_it() -> None:
    classes = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, RevisitPolicyError)]
    assert len(classes) >= 7
    for found in classes:
        assert "When it occurs" in (found.__doc__ or ""), found
        assert "How to fix it" in (found.__doc__ or ""), found


def test_a_refused_value_names_the_field_what_was_expected_and_what_came() -> None:
    assert str(FLOAT_PRINCIPAL) == "`Loan.principal` must be money, got `1.5` (float)"


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(None, "`None`", id="absence needs no type"),
        pytest.param(True, "`True` (bool)", id="a bool is told from a count"),
        pytest.param("two\nlines", r"`'two\nlines'`", id="text stays on one line"),
        pytest.param("", "`''`", id="empty text is visible"),
        pytest.param(Unprintable(), "`<Unprintable>` (Unprintable)", id="a value that cannot be printed hides nothing"),
    ],
)
def test_the_value_is_shown_so_that_it_can_be_recognised(value: object, shown: str) -> None:
    assert str(InvalidValueError(owner="", field="x", value=value, expected="y")) == f"`x` must be y, got {shown}"


def test_a_long_value_is_cut() -> None:
    assert len(str(InvalidValueError(owner="", field="x", value="9" * 10_000, expected="y"))) < 120


def test_all_faults_of_an_object_are_in_one_message_in_their_order() -> None:
    found = InvalidInputError.of("Loan", (FLOAT_PRINCIPAL, LATE_TERM))
    assert str(found) == f"{FLOAT_PRINCIPAL}; {LATE_TERM}"
    assert found.exceptions == (FLOAT_PRINCIPAL, LATE_TERM)
    assert found.owner == "Loan"


def test_faults_can_be_handled_one_by_one_with_except_star() -> None:
    caught: list[Exception] = []
    try:
        raise InvalidInputError.of("Loan", (FLOAT_PRINCIPAL, LATE_TERM))
    except* InvalidValueError as group:
        caught.extend(group.exceptions)
    assert caught == [FLOAT_PRINCIPAL, LATE_TERM]


def test_a_part_of_the_faults_is_the_same_kind_of_error_with_its_own_message() -> None:
    found = InvalidInputError.of("Loan", (FLOAT_PRINCIPAL, LATE_TERM))
    late, rest = found.split(lambda error: getattr(error, "field", "") == "term_months")
    assert isinstance(late, InvalidInputError)
    assert (str(late), late.owner, str(rest)) == (str(LATE_TERM), "Loan", str(FLOAT_PRINCIPAL))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        pytest.param("days_pastdue", "days_past_due", id="a letter short"),
        pytest.param("DAYS_PAST_DUE", "days_past_due", id="in capitals"),
        pytest.param("zzz", None, id="nothing like it"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_one(name: str, nearest: str | None) -> None:
    error = UnknownNameError(kind="fact", name=name, known=("balance", "days_past_due"))
    assert error.nearest == nearest
    assert f"`{nearest or 'balance'}`" in str(error)


def test_a_condition_without_a_truth_value_says_what_to_write() -> None:
    message = str(ConditionTruthError(text="(ltv > 0.8)"))
    assert "`(ltv > 0.8)`" in message
    assert all(part in message for part in ("`&`", "`|`", "`~`", ".between(", ".is_true()"))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        pytest.param(date(2027, 5, 1), 2027, id="a later year waits for its own notice"),
        pytest.param(date(2026, 12, 29), 2027, id="the last days of December wait for the next notice"),
        pytest.param(date(2003, 6, 1), 2003, id="an earlier year needs its own notice"),
        pytest.param(date(2003, 12, 31), 2003, id="the last days before the first notice need the notice before it"),
    ],
)
def test_a_day_outside_the_calendar_names_the_year_whose_notice_is_missing(day: date, year: int) -> None:
    error = OutsideCalendarError(day=day, first=date(2004, 1, 1), last=date(2026, 12, 28))
    assert error.year == year
    assert f"notice of {year}" in str(error)
    assert "with_notice" in str(error)
    assert ("provisional()" in str(error)) == (day > error.last)


MONEY = Phrase("金额", "money")
SMALL = InvalidValueError(owner="Loan", field="term_months", value=0, expected=Phrase("至少为{low}", "at least {low}", low=1))

IN_CHINESE = [
    pytest.param(SMALL, "`Loan.term_months` 要求：至少为1；实际为 `0`（int）", id="a value"),
    pytest.param(InvalidValueError(owner="", field="", value="x", expected=MONEY), "`值` 要求：金额；实际为 `'x'`", id="a value without a place"),
    pytest.param(InvalidValueError(owner="", field="x", value="f` (a)", expected=MONEY), "`x` 要求：金额；实际为 `'f` (a)'`", id="text like a type"),
    pytest.param(
        InvalidInputError.of("Loan", (SMALL, InvalidValueError(owner="Loan", field="principal", value=None, expected=MONEY))),
        "`Loan.term_months` 要求：至少为1；实际为 `0`（int）；`Loan.principal` 要求：金额；实际为 `None`",
        id="several values",
    ),
    pytest.param(InvalidPolicyError(subject="overdue-90", problem=Phrase("从不触发", "fires never")), "`overdue-90`：从不触发", id="a policy"),
    pytest.param(
        UnknownNameError(kind=Phrase("事实", "fact"), name="ltv", known=("ltv_now",)), "未知的事实 `ltv`，是否指 `ltv_now`？", id="a name with one like it"
    ),
    pytest.param(UnknownNameError(kind=Phrase("事实", "fact"), name=5, known=("a", "b")), "未知的事实 `5`（int），应为 `a`, `b`", id="a name like none"),
    pytest.param(UnknownNameError(kind=Phrase("事实", "fact"), name="a", known=()), "未知的事实 `a`，应为 无", id="a name where there is none"),
    pytest.param(
        ConditionTruthError(text="(ltv > 1)"),
        "`(ltv > 1)` 在判定案件之前既非真也非假；请以 `&`、`|`、`~` 代替 `and`、`or`、`not`，以 `.between(a, b)` 代替连续比较，以 `.is_true()` 判断标志",
        id="a condition",
    ),
    pytest.param(
        MissingExtraError(extra="frames", package="narwhals"),
        '`revisit_policy.frames` 需要 `narwhals`；请以 `pip install "revisit-policy[frames]"` 安装',
        id="a package",
    ),
    pytest.param(
        OutsideCalendarError(day=date(2027, 5, 1), first=date(2004, 1, 1), last=date(2026, 12, 28)),
        "工作日问题应在2004-01-01至2026-12-28之间，实际为 `2027-05-01`；请以 `with_notice(...)` 补充2027年的放假通知，或采用 `provisional()`",
        id="a day",
    ),
    pytest.param(AnalysisLimitError(budget=5), "应在5步之内作答，实际需要更多；迄今尚无证明", id="a limit with nothing proved"),
    pytest.param(
        AnalysisLimitError(budget=5, proved=[Phrase(f"表{at}无遗漏", f"no gap in {at}") for at in "abcd"]),
        "应在5步之内作答，实际需要更多；迄今已证明：表a无遗漏；表b无遗漏；表c无遗漏；……另有1条",
        id="a limit with much proved",
    ),
    pytest.param(
        LawBrokenError(law=Phrase("单调", "monotone"), expected=Phrase("`grade` 不更轻", "`grade` no milder"), got="normal"),
        "政策不符合规律“单调”：应为 `grade` 不更轻，实际为 normal",
        id="a law",
    ),
    pytest.param(
        UnexpectedOutcomeError(outcome="grade", because="一天也算逾期", expected="watch", got="normal"),
        "`grade` 应为 watch，理由：一天也算逾期；实际为 normal",
        id="an outcome",
    ),
    pytest.param(SnapshotChangedError(name="a.txt", changed=2), "每个案件应与 `a.txt` 所载一致，实际有2个不同", id="a snapshot that changed"),
    pytest.param(
        SnapshotUnreadableError(name="a.txt", line=7, expected=Phrase("其上的案件", "a case above it"), got="x"),
        "无法读取 `a.txt` 第7行：应为其上的案件，实际为 `'x'`",
        id="a snapshot that cannot be read",
    ),
]


@pytest.mark.parametrize(("error", "text"), IN_CHINESE)
def test_a_message_says_field_rule_and_value_in_chinese(error: RevisitPolicyError, text: str) -> None:
    assert error.text("zh") == text
    assert error.text("zh-CN") == text


@pytest.mark.parametrize(("error", "text"), IN_CHINESE)
def test_a_message_in_english_is_the_error_as_text(error: RevisitPolicyError, text: str) -> None:
    assert error.text() == error.text("en") == str(error)
    assert str(error) != text


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(("error", "text"), IN_CHINESE)
def test_a_message_is_chinese_after_pickling_too(error: RevisitPolicyError, text: str, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(error, protocol)).text("zh") == text


def test_every_public_error_is_among_those_told_in_chinese() -> None:
    classes = {found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, RevisitPolicyError)}
    assert classes - {type(case.values[0]) for case in IN_CHINESE} == {RevisitPolicyError}


def test_a_fault_is_chinese_wherever_it_is_found_and_whatever_part_of_the_faults_is_asked() -> None:
    found = InvalidInputError.of("Loan", (SMALL.located(owner="", field=""), FLOAT_PRINCIPAL))
    small, _ = found.split(lambda error: getattr(error, "field", "") == "term_months")
    assert small is not None
    assert small.text("zh") == SMALL.text("zh")  # type: ignore[attr-defined] # `split` gives one of ours


def test_a_plain_text_of_ones_own_reads_the_same_in_each_language() -> None:
    assert FLOAT_PRINCIPAL.text("zh") == "`Loan.principal` 要求：money；实际为 `1.5`（float）"


def test_a_message_in_no_language_of_ours_is_refused_in_words() -> None:
    with pytest.raises(UnknownNameError, match="unknown language `fr`, expected `zh`, `en`") as found:
        SMALL.text("fr")
    assert found.value.text("zh") == "未知的语言 `fr`，应为 `zh`, `en`"

from __future__ import annotations

import copy
import pickle

import pytest
from attrs.exceptions import FrozenInstanceError

from revisit_policy.errors import InvalidInputError, RevisitPolicyError
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date
from revisit_policy.values.notices import Notice, Overlay, StatutoryDay


def test_the_short_way_of_writing_gives_the_same_notice() -> None:
    short = Notice.of(2027, off="2026-12-31/01-02 02-05/11 04-05 04-29/05-03", work="2027-01-03 01-30")
    assert short == Notice(
        2027,
        off=[("2026-12-31", "2027-01-02"), ("2027-02-05", "2027-02-11"), "2027-04-05", ("2027-04-29", "2027-05-03")],
        work=["2027-01-03", "2027-01-30"],
    )


def test_a_run_within_the_previous_december_is_written_short_too() -> None:
    assert Notice.of(2027, off="2026-12-30/31").off == ((Date(2026, 12, 30), Date(2026, 12, 31)),)


def test_the_order_in_which_days_are_given_does_not_matter() -> None:
    assert Notice.of(2024, off="10-01/07 01-01 01-01", work="09-29 02-04") == Notice.of(2024, off="01-01 10-01/07", work="02-04 09-29")


@pytest.mark.parametrize(
    ("off", "work", "expected"),
    [
        pytest.param("05-01/05", "05-02", "`Notice.work` must be days that are not off as well, got `'2027-05-02'`", id="a day both off and made up"),
        pytest.param("05-01/05", "05-06", "`Notice.work` must be Saturdays and Sundays.*`'2027-05-06'`", id="a Thursday made up"),
        pytest.param("05-05/01", "", "`Notice.off` must be a run that ends no earlier.*`'2027-05-05/2027-05-01'`", id="a run reversed"),
        pytest.param("12-31/01-02", "", "`Notice.off` must be a run that ends no earlier", id="a run over the year's end without its year"),
        pytest.param("2026-12-28/01-01", "", "`Notice.off` must be within 2026-12-29 and 2027-12-31", id="a run into days already confirmed"),
        pytest.param("12-30/2028-01-02", "", "`Notice.off` must be within", id="a run into the next year"),
        pytest.param("05-01/05", "2025-05-10", "`Notice.work` must be within", id="a make-up day of another year"),
        pytest.param("02-29", "", "`Notice.off` must be a day that exists", id="a day that the year does not have"),
    ],
)
def test_a_notice_that_contradicts_itself_is_one_clear_error(off: str, work: str, expected: str) -> None:
    with pytest.raises(InvalidInputError, match=expected):
        Notice.of(2027, off=off, work=work)


def test_several_contradictions_come_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Notice.of(2027, off="2025-05-01/05", work="05-06 2028-01-01")
    assert [getattr(error, "field", None) for error in found.value.exceptions] == ["off", "work", "work"]


@pytest.mark.parametrize("text", ["5-1", "0501", "05-01..05-05", "05-01/", "05-01/5", "05.01", "/05-01"])
def test_a_run_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(RevisitPolicyError, match="must be days like 01-04"):
        Notice.of(2027, off=text)


@pytest.mark.parametrize("year", [0, 1, 9999, 2027.0, "2027", True, None], ids=repr)
def test_a_year_is_a_whole_number(year: object) -> None:
    with pytest.raises(RevisitPolicyError, match="must be a whole number"):
        Notice.of(year, off="01-01")  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match=r"`Notice\.year`"):
        Notice(year, off=())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "off",
    ["2027-01-01", 5, None, [("2027-01-01",)], [("2027-01-01", "2027-01-02", "2027-01-03")], [5]],
    ids=["one text", "a number", "none", "a run of one end", "a run of three ends", "numbers"],
)
def test_days_off_are_several_days_or_runs(off: object) -> None:
    with pytest.raises(InvalidInputError, match=r"`Notice\.off` must be"):
        Notice(2027, off=off)  # type: ignore[arg-type]


def test_a_notice_speaks_of_its_year_and_the_three_days_before_it_bounds_included() -> None:
    notice = Notice.of(2024, off="2023-12-29 12-31", work="2023-12-30 12-29")
    assert notice.off == ((Date(2023, 12, 29),) * 2, (Date(2024, 12, 31),) * 2)
    assert notice.work == (Date(2023, 12, 30), Date(2024, 12, 29))


def test_the_first_and_the_last_year_that_can_have_a_notice() -> None:
    assert [Notice(year, off=()).year for year in (2, 9998)] == [2, 9998]


def test_a_notice_keeps_the_reference_it_is_given_and_has_none_otherwise() -> None:
    assert Notice.of(2027, off="01-01", reference="国办发明电〔2026〕1号").reference == "国办发明电〔2026〕1号"
    assert Notice.of(2027, off="01-01").reference == Notice(2027, off=()).reference == ""


def test_a_statutory_day_may_lie_at_either_end_of_the_year_and_begin_in_any_year() -> None:
    assert [(day.month, day.day, day.since) for day in (StatutoryDay(1, 1), StatutoryDay(12, 28, since=9998))] == [(1, 1, 1), (12, 28, 9998)]


@pytest.mark.parametrize("since", [0, 9999], ids=repr)
def test_a_statutory_day_begins_in_a_year_that_exists(since: int) -> None:
    with pytest.raises(InvalidInputError, match=rf"`StatutoryDay\.since` must be a whole number at least 1 and at most 9998, got `{since}` \(int\)"):
        StatutoryDay(5, 2, since=since)


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (2, 29), (True, 1)])
def test_a_statutory_day_exists_in_every_year(month: int, day: int) -> None:
    with pytest.raises(InvalidInputError, match="StatutoryDay"):
        StatutoryDay(month, day)


@pytest.mark.parametrize(
    "value",
    [CHINA.notices[-1], Overlay(edition="HILLS", off=["2026-03-20"]), StatutoryDay(5, 2, since=2025)],
    ids=["a notice", "an overlay", "a statutory day"],
)
def test_what_is_announced_is_a_value(value: Notice | Overlay | StatutoryDay) -> None:
    for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert (twin, hash(twin)) == (value, hash(value))
    with pytest.raises(FrozenInstanceError):
        value.off = ()  # type: ignore[misc, union-attr]
    assert eval(repr(value)) == value  # noqa: S307 - the law is about evaluating it

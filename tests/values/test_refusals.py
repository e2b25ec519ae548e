"""What a refusal says, word for word: the field, what was expected, what came."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest
from tests.speech.chinese import left_in_english

from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values import dates
from revisit_policy.values.citation import Citation, Standing, to_label
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.dates import Date, add_months, cutoff_begun, cutoff_elapsed, from_ordinal, month_end, months_begun, months_elapsed, to_date
from revisit_policy.values.labels import Labelled, to_lang
from revisit_policy.values.money import Money, cny, to_money
from revisit_policy.values.notices import Notice, Overlay, StatutoryDay
from revisit_policy.values.ratio import exact_ratio, percent_text
from revisit_policy.values.validation import checked, found_in, several, to_flag, to_text, to_tuple_of, to_whole
from revisit_policy.values.working_days import NoticeCalendar

WRONG: Any = 1.5
"""A float, which none of these takes."""
DAY = Date(2026, 1, 31)
NO_DAY: Any = "2026-01-31"
"""Text, which the reckoning of months leaves to `to_date`."""
STANDINGS = ", ".join(f"`{each.value}`" for each in Standing)
PROPOSED: Any = {"document": ("草案", "draft"), "standing": "proposal"}

REFUSALS = [
    # ------------------------------------------------------------------------------------------------- money
    (
        "a float is no amount of yuan",
        lambda: cny(WRONG),
        "`amount` must be exact money (text, int or Decimal, at most 2 decimals and 24 digits before them), got `1.5` (float)",
    ),
    (
        "yen have no decimals",
        lambda: Money.of("1.5", "JPY"),
        "`amount` must be exact money (text, int or Decimal, at most 0 decimals and 24 digits before them), got `'1.5'`",
    ),
    (
        "an amount of twenty-five digits",
        lambda: cny(Decimal("1E+24")),
        "`amount` must be exact money (text, int or Decimal, at most 2 decimals and 24 digits before them), got `Decimal('1E+24')` (Decimal)",
    ),
    (
        "a currency in small letters",
        lambda: Money.of("1", "cny"),
        "`currency` must be a currency code of three capitals, such as CNY, got `'cny'`",
    ),
    (
        "money of nothing sensible",
        lambda: Money(WRONG, "yuan"),
        (
            "`Money.minor` must be a whole number of minor units, got `1.5` (float); "
            "`Money.currency` must be a currency code of three capitals, such as CNY, got `'yuan'`"
        ),
    ),
    ("two currencies", lambda: cny("1") + Money(5, "USD"), '`Money.currency` must be `CNY` on both sides, got `Money.of("0.05", "USD")` (Money)'),
    ("a bare number where money is wanted", lambda: to_money(WRONG), '`value` must be money, such as cny("1800000.00"), got `1.5` (float)'),
    # ------------------------------------------------------------------------------------------------ ratios
    (
        "a float is no exact ratio",
        lambda: exact_ratio(WRONG),
        '`value` must be an exact ratio, such as "0.70", "7/10", a Decimal, a Fraction or an int, got `1.5` (float)',
    ),
    (
        "a ratio of thirty-one digits",
        lambda: exact_ratio(Decimal("1E+30")),
        '`value` must be an exact ratio, such as "0.70", "7/10", a Decimal, a Fraction or an int, got `Decimal(\'1E+30\')` (Decimal)',
    ),
    ("a ratio to nothing", lambda: exact_ratio("1/0"), "`value` must be a ratio whose denominator is not 0, got `'1/0'`"),
    ("a percentage without end", lambda: percent_text(float("inf")), "`value` must be a finite number, got `inf` (float)"),
    ("a flag for a percentage", lambda: percent_text(True), "`value` must be a finite number, got `True` (bool)"),
    ("a text for a percentage", lambda: percent_text(cast("Any", "0.7")), "`value` must be a finite number, got `'0.7'`"),
    ("half a decimal", lambda: percent_text(1, WRONG), "`places` must be a whole number at least 0 and at most 30, got `1.5` (float)"),
    ("a decimal less than none", lambda: percent_text(1, -1), "`places` must be a whole number at least 0 and at most 30, got `-1` (int)"),
    ("thirty-one decimals", lambda: percent_text(1, 31), "`places` must be a whole number at least 0 and at most 30, got `31` (int)"),
    # -------------------------------------------------------------------------------------------------- days
    ("a float is no day", lambda: to_date(WRONG), "`value` must be a day, as a date or as text like 2026-01-31, got `1.5` (float)"),
    ("a clock is no day", lambda: to_date("now", field="on"), "`on` must be a day, as a date or as text like 2026-01-31, got `'now'`"),
    ("the thirtieth of February", lambda: to_date("2026-02-30"), "`value` must be a day that exists, got `'2026-02-30'`"),
    ("the day before the first", lambda: from_ordinal(0), "`ordinal` must be a day of the years 1 to 9999, got `0` (int)"),
    (
        "months past the year 9999",
        lambda: add_months(Date(9999, 12, 1), 1),
        "`months` must be steps that stay within the years 1 to 9999, got `'10000-01'`",
    ),
    (
        "months back before the year 1",
        lambda: cutoff_begun(1, Date(1, 1, 2)),
        "`months` must be steps that stay within the years 1 to 9999, got `'0-12'`",
    ),
    ("half a month ahead", lambda: add_months(DAY, WRONG), "`months` must be a whole number of months, got `1.5` (float)"),
    ("half a month back", lambda: cutoff_elapsed(WRONG, DAY), "`months` must be a whole number of months, got `1.5` (float)"),
    ("months after no day", lambda: add_months(NO_DAY, 1), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("months elapsed since no day", lambda: months_elapsed(NO_DAY, DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("months elapsed until no day", lambda: months_elapsed(DAY, NO_DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("months begun since no day", lambda: months_begun(NO_DAY, DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("months begun until no day", lambda: months_begun(DAY, NO_DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("the day months before no day", lambda: cutoff_elapsed(1, NO_DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("the day begun months before no day", lambda: cutoff_begun(1, NO_DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("the end of the month of no day", lambda: month_end(NO_DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("text for no day", lambda: dates.text(NO_DAY), "`day` must be a Date, as `to_date` makes it, got `'2026-01-31'`"),
    ("the day of no number", lambda: from_ordinal(WRONG), "`ordinal` must be a day of the years 1 to 9999, got `1.5` (float)"),
    # ----------------------------------------------------------------------------------------------- notices
    (
        "a year that is no number",
        lambda: Notice(WRONG, off=()),
        "`Notice.year` must be a whole number at least 2 and at most 9998, got `1.5` (float)",
    ),
    (
        "a year of the short way that is no number",
        lambda: Notice.of(WRONG, off="01-01"),
        "`value` must be a whole number at least 1 and at most 9998, got `1.5` (float)",
    ),
    ("one text for several days", lambda: Notice(2027, off="05-01"), "`Notice.off` must be several days, got `'05-01'`"),
    (
        "a run that is neither a day nor two",
        lambda: Notice(2027, off=[WRONG]),
        "`Notice.off` must be a day or a (first, last) pair, got `1.5` (float)",
    ),
    (
        "a run reversed",
        lambda: Notice.of(2027, off="05-05/01"),
        "`Notice.off` must be a run that ends no earlier than it begins, got `'2027-05-05/2027-05-01'`",
    ),
    ("a day without its zeros", lambda: Notice.of(2027, off="5-1"), "`work` must be days like 01-04, spaces between, got `'5-1'`"),
    (
        "days off before the last three of the year before",
        lambda: Notice.of(2027, off="2026-12-28/01-01"),
        "`Notice.off` must be within 2026-12-29 and 2027-12-31, got `'2026-12-28'`",
    ),
    (
        "a make-up day of another year",
        lambda: Notice.of(2027, off="", work="2028-01-01"),
        "`Notice.work` must be within 2026-12-29 and 2027-12-31, got `'2028-01-01'`",
    ),
    (
        "a Monday made up",
        lambda: Notice.of(2027, off="", work="05-10"),
        "`Notice.work` must be Saturdays and Sundays: other days are worked anyway, got `'2027-05-10'`",
    ),
    (
        "a Friday made up",
        lambda: Notice.of(2027, off="", work="05-14"),
        "`Notice.work` must be Saturdays and Sundays: other days are worked anyway, got `'2027-05-14'`",
    ),
    (
        "a day both off and made up",
        lambda: Overlay(edition="HILLS", off=["2026-03-22"], work=["2026-03-22"]),
        "`Overlay.work` must be days that are not off as well, got `'2026-03-22'`",
    ),
    (
        "the thirteenth month",
        lambda: StatutoryDay(13, 29),
        (
            "`StatutoryDay.month` must be a whole number at least 1 and at most 12, got `13` (int); "
            "`StatutoryDay.day` must be a whole number at least 1 and at most 28, got `29` (int)"
        ),
    ),
    # ---------------------------------------------------------------------------------------- working days
    (
        "counting backwards",
        lambda: CHINA.add_working_days("2026-01-05", -1),
        "`days` must be a whole number of working days, at least 0, got `-1` (int)",
    ),
    (
        "a year left out",
        lambda: NoticeCalendar("CN", notices=[CHINA.notices[0], CHINA.notices[2]]),
        "`NoticeCalendar.notices` must be one notice for each of consecutive years, at least one, got `[2004, 2006]` (list)",
    ),
    ("a year added without its notice", lambda: CHINA.with_notice(cast("Any", 2027)), "`notice` must be a Notice, got `2027` (int)"),
    (
        "an overlay before the first notice",
        lambda: CHINA.overlay(edition="HILLS", off=["2003-12-31"]),
        "`NoticeCalendar.overlays` must be within 2004-01-01 and 2199-12-31, got `'2003-12-31'`",
    ),
    (
        "a day that no notice has settled",
        lambda: CHINA.is_working("2026-12-29"),
        (
            "expected a working-day question from 2004-01-01 to 2026-12-28, got `2026-12-29`; "
            "add the notice of 2027 with `with_notice(...)` or take `provisional()`"
        ),
    ),
    # ---------------------------------------------------------------------------------- labels and citations
    ("a language that is not ours", lambda: to_lang("fr"), "unknown language `fr`, expected `zh`, `en`"),
    ("text for a day in no language of ours", lambda: dates.text(Date(2026, 1, 31), "fr"), "unknown language `fr`, expected `zh`, `en`"),
    ("a number for a label", lambda: to_label(WRONG), "`value` must be a Label or a (zh, en) pair, got `1.5` (float)"),
    (
        "a regulation nobody can look up",
        lambda: Citation(standing="regulation"),
        "`Citation.document` must be given for a regulation, unless its number is, got `None`",
    ),
    (
        "a proposal that claims to be verified",
        lambda: Citation(**PROPOSED, verified=True),
        "`Citation.verified` must be left out for a proposal: there is no source to verify it against, got `(Verified.FIGURE,)` (tuple)",
    ),
    (
        "days in force in the wrong order",
        lambda: Citation(**PROPOSED, in_force_from="2023-07-01", in_force_to="2023-06-30"),
        "`Citation.in_force_to` must be after `in_force_from` (2023-07-01), got `Date(2023, 6, 30)` (Date)",
    ),
    (
        "a standing that is none",
        lambda: Citation(document=("草案", "draft"), standing="proposel"),
        f"`Citation.standing` must be one of {STANDINGS}, perhaps `proposal`, got `'proposel'`",
    ),
    (
        "a standing like none",
        lambda: Citation(document=("草案", "draft"), standing="zzz"),
        f"`Citation.standing` must be one of {STANDINGS}, got `'zzz'`",
    ),
    # --------------------------------------------------------------------------------------- plain converters
    ("padded text", lambda: to_text(" a"), "`value` must be text with no space around it, got `' a'`"),
    ("a number for a flag", lambda: to_flag(WRONG), "`value` must be True or False, got `1.5` (float)"),
    ("a number below nothing", lambda: to_whole(-1), "`value` must be a whole number at least 0, got `-1` (int)"),
    ("a number above its bound", lambda: to_whole(4, low=None, high=3), "`value` must be a whole number at most 3, got `4` (int)"),
    ("a float without bounds", lambda: to_whole(WRONG, low=None), "`value` must be a whole number, got `1.5` (float)"),
    ("a list of something else", lambda: to_tuple_of(Money, [1]), "`value` must be a tuple of Money, got `[1]` (list)"),
    ("a parameter that is no flag", lambda: to_flag(WRONG, field="visits"), "`visits` must be True or False, got `1.5` (float)"),
    ("a parameter that is no whole number", lambda: to_whole(WRONG, field="rounds"), "`rounds` must be a whole number at least 0, got `1.5` (float)"),
    ("a parameter of another kind", lambda: checked(WRONG, Money, field="least", expected="money"), "`least` must be money, got `1.5` (float)"),
    (
        "one text for several",
        lambda: several("grade", field="tables", expected=Phrase("若干表", "several tables")),
        "`tables` must be several tables, got `'grade'`",
    ),
    (
        "bytes for several",
        lambda: several(b"grade", field="tables", expected=Phrase("若干表", "several tables")),
        "`tables` must be several tables, got `b'grade'` (bytes)",
    ),
    (
        "a number for several",
        lambda: several(WRONG, field="tables", expected=Phrase("若干表", "several tables")),
        "`tables` must be several tables, got `1.5` (float)",
    ),
    ("a name that nothing goes by", lambda: found_in({"grade": 1}, "grad", kind="table"), "unknown table `grad`, did you mean `grade`?"),
    ("a name that is no text", lambda: found_in({"grade": 1}, WRONG, kind="table"), "unknown table `1.5` (float), expected `grade`"),
    (
        "a source in force on no day",
        lambda: Citation(**PROPOSED).is_in_force(WRONG),
        "`on` must be a day, as a date or as text like 2026-01-31, got `1.5` (float)",
    ),
]


@pytest.mark.parametrize(("refused", "text"), [pytest.param(refused, text, id=sentence) for sentence, refused, text in REFUSALS])
def test_a_refusal_names_the_field_what_was_expected_and_what_came(refused: Callable[[], object], text: str) -> None:
    with pytest.raises(RevisitPolicyError) as found:
        refused()
    assert str(found.value) == text
    assert left_in_english(found.value.text("zh")) == []
    assert re.search(r"[\u4e00-\u9fff]", found.value.text("zh"))


@pytest.mark.parametrize("refused", [pytest.param(refused, id=sentence) for sentence, refused, _ in REFUSALS])
def test_the_parts_of_a_refusal_are_text_and_empty_where_there_is_nothing_to_name(refused: Callable[[], object]) -> None:
    with pytest.raises(RevisitPolicyError) as found:
        refused()
    faults = found.value.exceptions if isinstance(found.value, InvalidInputError) else (found.value,)
    for fault in faults:
        if isinstance(fault, InvalidValueError):
            assert fault.owner or fault.owner == ""
            assert fault.field or fault.field == ""
            assert f"`{'.'.join(filter(None, (fault.owner, fault.field))) or 'value'}` must be {fault.expected}, got" in str(found.value)


def test_two_members_with_one_code_are_named_with_their_class() -> None:
    with pytest.raises(RevisitPolicyError) as found:

        class Twice(Labelled):
            ONE = "same", "一", "one"
            TWO = "same", "二", "two"

    assert str(found.value) == "`Twice`: `TWO` and `ONE` have the same code `same`"

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping

import attrs
import pytest

from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.money import Money, cny, to_money
from revisit_policy.values.validation import checked, fault, found_in, gather, gathering, several, to_flag, to_text, to_tuple, to_tuple_of, to_whole


class Method(Labelled):
    PHONE = "phone", "电话", "by phone"
    ON_SITE = "on_site", "实地", "on site"


def to_method(value: Method | str) -> Method:
    return Method.parse(value)


@attrs.frozen(field_transformer=gathering)
class Note:
    text: str = attrs.field(converter=to_text)

    def __attrs_post_init__(self) -> None:
        gather(self)


def to_note(value: str) -> Note:
    return Note(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Visit:
    opens_on: Date = attrs.field(converter=to_date)
    closes_on: Date = attrs.field(converter=to_date)
    method: Method = attrs.field(default=Method.PHONE, converter=to_method)
    done_on: Date | None = attrs.field(default=None, converter=attrs.converters.optional(to_date))
    note: Note | None = attrs.field(default=None, converter=attrs.converters.optional(to_note))
    officers: int = attrs.field(default=1, converter=to_whole)
    plain: object = None

    def __attrs_post_init__(self) -> None:
        gather(self, _closes_after_opening, _done_after_opening, _two_officers_on_site)

    @property
    def length(self) -> int:
        return self.closes_on.toordinal() - self.opens_on.toordinal()


def _closes_after_opening(visit: Visit) -> InvalidValueError | None:
    return None if visit.opens_on <= visit.closes_on else fault("closes_on", visit.closes_on, f"from `opens_on` ({visit.opens_on})")


def _done_after_opening(visit: Visit) -> InvalidValueError | None:
    if visit.done_on is None or visit.opens_on <= visit.done_on:
        return None
    return fault("done_on", visit.done_on, "from `opens_on`")


def _two_officers_on_site(visit: Visit) -> InvalidValueError | None:
    if visit.method is Method.ON_SITE and visit.officers < 2:
        return fault("officers", visit.officers, "two on site")
    return None


def faults_of(**fields: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInputError) as found:
        Visit(**fields)  # type: ignore[arg-type]
    return [(error.owner, error.field) for error in found.value.exceptions if isinstance(error, InvalidValueError)]


def test_sound_fields_are_converted() -> None:
    visit = Visit(opens_on="2026-01-05", closes_on="2026-01-09", method="on_site", officers=2, note="call first")
    assert (visit.opens_on, visit.method, visit.note) == (Date(2026, 1, 5), Method.ON_SITE, Note("call first"))


def test_every_faulty_field_is_reported_in_the_order_of_the_fields() -> None:
    found = faults_of(opens_on="2026-1-5", closes_on=5, method="fone", done_on="now", officers=-1)
    assert found == [("Visit", name) for name in ("opens_on", "closes_on", "method", "done_on", "officers")]


def test_fields_that_do_not_fit_together_are_reported_together() -> None:
    found = faults_of(opens_on="2026-01-05", closes_on="2026-01-04", done_on="2026-01-01", method="on_site")
    assert found == [("Visit", "closes_on"), ("Visit", "done_on"), ("Visit", "officers")]


def test_a_check_that_reads_a_faulty_field_is_left_out_and_the_others_are_made() -> None:
    found = faults_of(opens_on="someday", closes_on="2026-01-04", done_on="2026-01-01", method="on_site")
    assert found == [("Visit", "opens_on"), ("Visit", "officers")]


def test_an_absent_optional_field_is_sound() -> None:
    assert Visit(opens_on="2026-01-05", closes_on="2026-01-09").done_on is None


def test_an_unknown_code_is_reported_with_the_field_and_the_nearest_code() -> None:
    with pytest.raises(InvalidInputError, match=r"`Visit\.method` must be one of `phone`, `on_site`.*`on_site`.*got `'onsite'`"):
        Visit(opens_on="2026-01-05", closes_on="2026-01-09", method="onsite")


def test_the_fault_keeps_the_value_that_was_given() -> None:
    given = object()
    with pytest.raises(InvalidInputError) as found:
        Visit(opens_on=given, closes_on="2026-01-09")  # type: ignore[arg-type]
    error = found.value.exceptions[0]
    assert isinstance(error, InvalidValueError)
    assert error.value is given


def test_a_fault_inside_a_field_names_the_field() -> None:
    with pytest.raises(InvalidInputError) as found:
        Visit(opens_on="2026-01-05", closes_on="2026-01-09", note="")
    assert str(found.value) == "`Visit.note` must be sound (`Note.text` must be text with no space around it, got `''`), got `''`"


def test_a_changed_copy_is_checked_again() -> None:
    visit = Visit(opens_on="2026-01-05", closes_on="2026-01-09")
    assert attrs.evolve(visit, closes_on="2026-01-12").length == 7
    with pytest.raises(InvalidInputError, match="closes_on"):
        attrs.evolve(visit, closes_on="2026-01-01")


def test_an_error_that_is_none_of_ours_is_not_swallowed() -> None:
    def broken(_value: object) -> int:
        message = "a bug"
        raise RuntimeError(message)

    @attrs.frozen(field_transformer=gathering)
    class Broken:
        field: int = attrs.field(converter=broken)

        def __attrs_post_init__(self) -> None:
            gather(self)

    with pytest.raises(RuntimeError, match="a bug"):
        Broken(1)


def to_total(values: list[Money]) -> Money:
    return sum(values[1:], values[0])


def test_fields_with_a_converter_gather_faults_and_the_others_are_left_alone() -> None:
    @attrs.frozen(kw_only=True, field_transformer=gathering)
    class Receipt:
        total: Money = attrs.field(converter=to_total)
        day: Date = attrs.field(converter=to_date)
        note: object = None

        def __attrs_post_init__(self) -> None:
            gather(self, place="")

    receipt = Receipt(total=[cny("1"), cny("2")], day="2026-01-05", note=1.5)
    assert (receipt.total, receipt.day, receipt.note) == (cny("3"), Date(2026, 1, 5), 1.5)
    with pytest.raises(InvalidInputError) as found:
        Receipt(total=[cny("1"), Money(2, "USD")], day="now")
    assert found.value.owner == "Receipt"
    assert str(found.value) == (
        '`Money.currency` must be `CNY` on both sides, got `Money.of("0.02", "USD")` (Money); '
        "`day` must be a day, as a date or as text like 2026-01-31, got `'now'`"
    )


def test_in_an_object_a_field_is_named_and_not_the_parameter_of_the_function_that_refused_it() -> None:
    @attrs.frozen(field_transformer=gathering)
    class Bill:
        price: Money = attrs.field(converter=cny)

        def __attrs_post_init__(self) -> None:
            gather(self)

    with pytest.raises(InvalidInputError, match=r"^`Bill\.price` must be exact money "):
        Bill(0.1)  # type: ignore[arg-type] # it is to be refused


def test_a_finding_names_no_owner_until_it_is_gathered() -> None:
    found = fault("officers", 1, "two on site")
    assert (found.owner, found.field, found.value, found.expected) == ("", "officers", 1, "two on site")


def test_a_class_that_would_keep_its_faults_is_refused() -> None:
    with pytest.raises(TypeError, match="__attrs_post_init__"):

        @attrs.frozen(field_transformer=gathering)
        class Careless:
            day: Date = attrs.field(converter=to_date)


def test_the_refusal_of_an_object_survives_pickling() -> None:
    with pytest.raises(InvalidInputError) as found:
        Visit(opens_on="someday", closes_on="now", method="fone")
    for back in (pickle.loads(pickle.dumps(found.value)), copy.copy(found.value), copy.deepcopy(found.value)):
        assert str(back) == str(found.value)
        assert [getattr(error, "field", None) for error in back.exceptions] == ["opens_on", "closes_on", "method"]


@pytest.mark.parametrize("value", ["", " ", "\n", " padded", "padded ", None, 5, b"text", ["text"]], ids=repr)
def test_text_says_something_and_has_no_space_around_it(value: object) -> None:
    with pytest.raises(InvalidValueError):
        to_text(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [0, 1, None, "True", "", 1.0], ids=repr)
def test_a_flag_is_true_or_false_and_nothing_like_it(value: object) -> None:
    assert to_flag(True) is True
    assert to_flag(False) is False
    with pytest.raises(InvalidValueError, match="True or False"):
        to_flag(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [True, 1.0, "1", None, -1, float("nan")], ids=repr)
def test_a_whole_number_is_an_int_within_its_bounds(value: object) -> None:
    with pytest.raises(InvalidValueError, match="a whole number"):
        to_whole(value)  # type: ignore[arg-type]


def test_the_bounds_of_a_whole_number_are_inclusive() -> None:
    assert [to_whole(value, low=1, high=3) for value in (1, 2, 3)] == [1, 2, 3]
    for outside in (0, 4):
        with pytest.raises(InvalidValueError, match="at least 1 and at most 3"):
            to_whole(outside, low=1, high=3)
    assert to_whole(-5, low=None) == -5
    assert to_whole(0) == 0


def test_a_collection_becomes_a_tuple_of_one_kind() -> None:
    money = Money(1, "CNY")
    assert to_tuple_of(Money, [money]) == to_tuple_of(Money, (money,)) == (to_money(money),)
    for other in ([1], "abc", {money}, None, 5):
        with pytest.raises(InvalidValueError, match="a tuple of Money"):
            to_tuple_of(Money, other)


def test_the_items_of_a_field_whose_checks_follow_are_taken_as_they_are() -> None:
    assert to_tuple(iter([1, "a", None])) == (1, "a", None)


@pytest.mark.parametrize("value", ["90", b"90", 90, None], ids=["text", "bytes", "a number", "nothing"])
def test_what_has_no_items_is_one_item_for_the_checks_that_follow(value: object) -> None:
    assert to_tuple(value) == (value,)


def test_what_is_right_is_handed_back_as_it_is() -> None:
    known, names = {"grade": [1]}, ["a", "b"]
    assert checked(known, Mapping, field="known", expected="a mapping") is known
    assert several(names, field="names", expected="several names") is names
    assert found_in(known, "grade", kind="table") is known["grade"]



def test_a_code_outside_an_object_is_an_unknown_name() -> None:
    with pytest.raises(UnknownNameError):
        to_method("fone")

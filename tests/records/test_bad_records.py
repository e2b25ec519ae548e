"""What cannot be read is refused with its path, and with nothing of what stood there."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.small_policy import CASE, small_policy

from revisit_policy import CaseFile, Grade, InvalidInputError, InvalidValueError, Label, Loan, cny
from revisit_policy.records import from_dict, from_json, to_dict, to_json

RECORD = to_dict(CASE)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The record of the case with *value* at *path*; without it if that is an ellipsis."""
    whole: dict[str, Any] = from_json_again(RECORD)
    *steps, last = path.split(".")
    place = whole
    for step in steps:
        place = place[step]
    place[last] = value
    if value is ...:
        del place[last]
    return whole


def from_json_again(record: dict[str, Any]) -> dict[str, Any]:
    return {name: from_json_again(part) if isinstance(part, dict) else part for name, part in record.items()}


BAD = {
    "an unknown number of the form": ("schema", 9, "`record.schema` must be a form that is known here (1), got `9` (int)"),
    "no number of the form": ("schema", ..., "`record.schema` must be a form that is known here (1), got `None`"),
    "a class that nobody knows": ("is", "CaseFlie", "`record.is` must be a class that is known here (did you mean `CaseFile`?)"),
    "no content": ("value", ..., "`record.value` must be there"),
    "a part that a record does not have": ("signed_by", "Li", "`record.signed_by` must be left out, because a record has no such part"),
    "a field that is missing": ("value.loan.term_months", ..., "`record.loan.term_months` must be there"),
    "a field with a default that is missing": ("value.loan.refinanced", ..., "`record.loan.refinanced` must be there"),
    "an unknown field": ("value.loan.days_pastdue", 5, "`record.loan.days_pastdue` must be left out, because there is no such field, perhaps `days_past_due`"),
    "a number where text belongs": ("value.loan.loan_no", 5, "`record.loan.loan_no` must be text, got `a value of type int` (Withheld)"),
    "text where a number belongs": ("value.loan.days_past_due", "5", "`record.loan.days_past_due` must be a whole number"),
    "true where a number belongs": ("value.loan.days_past_due", True, "`record.loan.days_past_due` must be a whole number"),
    "a number where true or false belongs": ("value.loan.refinanced", 1, "`record.loan.refinanced` must be true or false"),
    "an unknown code": ("value.loan.product", "firsthome", "perhaps `first_home`, got `a text of 9 signs`"),
    "an amount without a currency": ("value.loan.balance", "1455000.00", "`record.loan.balance` must be an amount as text, such as `CNY 1800000.00`"),
    "a rate as a number": ("value.loan.annual_rate", 3, "`record.loan.annual_rate` must be an exact ratio as text"),
    "a ratio over zero": ("value.loan.annual_rate", "1/0", "`record.loan.annual_rate` must be an exact ratio as text"),
    "a day that there is not": ("value.loan.disbursed_on", "2026-02-30", "`record.loan.disbursed_on` must be a day as text"),
    "a list where an object belongs": ("value.loan", [], "`record.loan` must be an object, got `a list of 0`"),
    "an object where a list belongs": ("value.visits", {}, "`record.visits` must be a list"),
    "a fault in a list": ("value.visits", [{}], "`record.visits[0].kind` must be there"),
    "what the constructor refuses": ("value.loan.term_months", 0, "`record.loan.term_months` must be a whole number at least 1"),
    "fields that contradict one another": ("value.loan.balance", "CNY 900000000.00", "`record.loan.balance` must be at most"),
}


@pytest.mark.parametrize(("path", "value", "because"), BAD.values(), ids=BAD.keys())
def test_a_record_that_was_spoilt_is_refused_at_its_place(path, value, because) -> None:
    with pytest.raises(InvalidInputError) as caught:
        from_dict(changed(path, value))
    assert because in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("path", "value", "because"), BAD.values(), ids=BAD.keys())
def test_a_message_says_nothing_of_the_person(path, value, because) -> None:
    with pytest.raises(InvalidInputError) as caught:
        from_dict(changed(path, value))
    for told in (CASE.loan.loan_no, CASE.borrower.id, "Li"):
        assert f"`{told}`" not in str(caught.value)
        assert f"'{told}'" not in str(caught.value)


def test_all_faults_are_told_together() -> None:
    spoilt = changed("value.loan.product", "house")
    spoilt["value"]["borrower"]["id"] = 7
    with pytest.raises(InvalidInputError) as caught:
        from_dict(spoilt)
    assert [fault.field for fault in caught.value.exceptions if isinstance(fault, InvalidValueError)] == ["loan.product", "borrower.id"]


def test_a_record_of_another_class_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"`record.is` must be `Loan`, got `CaseFile`"):
        from_dict(RECORD, Loan)


def test_null_stands_for_a_field_that_is_left_out() -> None:
    assert from_dict(changed("value.loan.price", None)) == attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, price=None))


def test_a_fact_that_stands_nowhere_is_refused() -> None:
    record = to_dict(small_policy().table("grade").table)
    with pytest.raises(InvalidInputError, match="must be a name that stands in `facts` of the record"):
        from_dict(record | {"facts": {}})


def test_a_fact_that_is_spoilt_is_refused_once_however_often_it_is_named() -> None:
    record = to_dict(small_policy())
    name, fact = next(iter(record["facts"].items()))
    with pytest.raises(InvalidInputError) as caught:
        from_dict(record | {"facts": record["facts"] | {name: fact | {"label": None}}})
    assert [fault.field for fault in caught.value.exceptions if isinstance(fault, InvalidValueError)] == [f"facts.{name}.label"]


NOT_WRITTEN = {
    "an object": object(),
    "a list": [1],
    "an error": InvalidValueError(owner="", field="", value=1, expected="2"),
}


@pytest.mark.parametrize("value", NOT_WRITTEN.values(), ids=NOT_WRITTEN.keys())
def test_what_has_no_form_is_refused(value) -> None:
    with pytest.raises(InvalidInputError, match="must be text, a number, a day, a member of an enumeration or a frozen value of fields"):
        to_dict(value)


@attrs.frozen(kw_only=True)
class BankLoan(Loan):
    """A loan of a bank's own, with a field more."""

    branch: str = "Tianhe"


def test_a_class_of_the_banks_own_in_a_case_file_is_refused_because_its_fields_would_be_lost() -> None:
    fields = {field.name: getattr(CASE.loan, field.name) for field in attrs.fields(Loan)}
    case = attrs.evolve(CASE, loan=BankLoan(fields.pop("loan_no"), **fields))
    with pytest.raises(InvalidInputError, match=r"`record.loan` must be a Loan itself, because what another class adds would be lost"):
        to_dict(case)


def test_what_is_written_of_values_that_are_no_objects() -> None:
    assert to_json(cny("12.50")) == '{"is":"Money","schema":1,"value":"CNY 12.50"}'
    assert from_json('{"is":"Grade","schema":1,"value":"loss"}', Grade) is Grade.LOSS
    assert from_json(to_json(Label("正常", "pass")), Label) == Label("正常", "pass")
    assert from_dict(RECORD, CaseFile) == CASE

"""JSON Schema: every record keeps it, and what is spoilt does not."""

from __future__ import annotations

from typing import Any, Final

import attrs
import cattrs
import jsonschema
import pytest
from hypothesis import given, settings
from tests.policy.small_policy import CASE, small_policy

from revisit_policy import CaseFile, Decision, Grade, InvalidInputError, InvalidValueError, Money, RevisitPolicy, RevisitSchedule, UnknownNameError, cny
from revisit_policy.records import DecisionRecord, json_text, register, schema, to_dict
from revisit_policy.records.codecs.kinds import KINDS
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import case_files

ON: Final = "2026-06-30"


def keeps(value: Any, kind: Any = None) -> None:
    validator(type(value) if kind is None else kind).validate(to_dict(value))


def validator(kind: Any) -> Any:
    found = schema(kind)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


CASES: Final = validator(CaseFile)
DECISIONS: Final = validator(Decision)


@settings(max_examples=15)  # a validator takes longer than a decision
@given(case_files(on=ON))
def test_every_case_file_and_every_decision_keeps_its_schema(case) -> None:
    CASES.validate(to_dict(case))
    DECISIONS.validate(to_dict(cn_housing.rulebook.decide(case, on=ON)))


def test_a_policy_a_rulebook_and_single_values_keep_theirs() -> None:
    keeps(small_policy())
    keeps(cn_housing.policy(), RevisitPolicy)
    keeps(cn_housing.rulebook.decide(CASE, on=ON).schedule, RevisitSchedule)
    keeps(cny("12.50"), Money)
    keeps(Grade.LOSS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_class_has_a_schema_of_its_own_dialect(kind) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    assert json_text(schema(kind)) == json_text(schema(kind))


SPOILT: Final = {
    "a number of another form": lambda record: record | {"schema": 2},
    "a field too many": lambda record: record | {"value": record["value"] | {"branch": "Tianhe"}},
    "a field too few": lambda record: record | {"value": {name: part for name, part in record["value"].items() if name != "loan"}},
    "an unknown code": lambda record: record | {"value": record["value"] | {"loan": record["value"]["loan"] | {"product": "house"}}},
    "an amount as a number": lambda record: record | {"value": record["value"] | {"loan": record["value"]["loan"] | {"balance": 5}}},
    "a day that there is not": lambda record: record | {"value": record["value"] | {"loan": record["value"]["loan"] | {"disbursed_on": "2026-02-30"}}},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_what_is_spoilt_does_not_keep_it(spoil) -> None:
    with pytest.raises(jsonschema.ValidationError):
        CASES.validate(spoil(to_dict(CASE)))


def test_every_field_of_a_stored_decision_is_said_in_both_languages() -> None:
    parts = schema(DecisionRecord)["$defs"]
    untold = {
        f"{name}.{field}"
        for name in ("DecisionRecord", "CaseFile", "Loan", "BorrowerProfile", "Collateral", "MarketConditions", "Visit", "Event")
        for field, told in parts[name]["properties"].items()
        if field != "is" and " · " not in told.get("title", "")
    }
    assert untold == set()


def test_units_and_the_texts_of_codes_stand_there() -> None:
    loan = schema(CaseFile)["$defs"]["Loan"]["properties"]
    assert loan["days_past_due"]["x-unit"] == "天 · days"
    assert {"const": "first_home", "title": "首套住房贷款 · first home"} in loan["product"]["oneOf"]


def test_of_what_is_not_recorded_there_is_no_schema() -> None:
    with pytest.raises(UnknownNameError, match="unknown class `object`"):
        schema(object)


# -- cattrs ----------------------------------------------------------------------------------------------------------


@attrs.frozen
class Offer:
    """A class of an application, with values of ours in it."""

    case: CaseFile
    amount: Money
    grades: tuple[Grade, ...]


OFFER: Final = Offer(CASE, cny("12.50"), (Grade.LOSS, Grade.NORMAL))


def test_a_converter_of_cattrs_writes_and_reads_values_of_ours() -> None:
    converter = cattrs.Converter()
    register(converter)
    plain = converter.unstructure(OFFER)
    assert plain["case"] == to_dict(CASE)
    assert converter.structure(plain, Offer) == OFFER


def test_a_converter_of_cattrs_refuses_what_from_dict_refuses() -> None:
    converter = cattrs.Converter(detailed_validation=False)
    register(converter)
    with pytest.raises(InvalidInputError, match=r"`record.is` must be `Money`"):
        converter.structure(converter.unstructure(OFFER) | {"amount": to_dict(Grade.LOSS)}, Offer)


def test_what_is_no_converter_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="`converter` must be a converter of cattrs"):
        register(object())  # type: ignore[arg-type] # the mistake under test

"""Every field of every public value that holds text holds one line of it, with nothing in it that is not seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.architecture.test_wrong_arguments import DECISION, FIELDS, HOUSE, WHY, Call, fields_of, refusal_of
from tests.policy.small_policy import CASE

import revisit_policy as rp
from revisit_policy.decision.replan import Change, Replan
from revisit_policy.values.one_line import flaw_of
from revisit_policy.values.validation import to_text

HIDDEN: Final = {
    "a line break": "\n",
    "a return": "\r",
    "a tab": "\t",
    "a next line": "\x85",
    "a line separator": "\u2028",
    "a nothing": "\x00",
    "an escape": "\x1b",
    "a space of no width": "\u200b",
    "a byte order mark": "\ufeff",
    "a soft hyphen": "\xad",
    "an override of direction": "\u202e",
    "an isolate": "\u2066",
    "a mark of direction": "\u200f",
    "an invisible tag": "\U000e0041",
    "half of a character": "\ud800",
}
CLEAN: Final = "清洁 text"


def _rows(name: str, value: Any, *fields: str) -> dict[str, Call]:
    names = {field.name for field in attrs.fields(type(value))}
    assert names >= set(fields)
    return fields_of(name, value, but=tuple(names - set(fields)))


#: What the library hands out: its other fields hold what the library has made itself.
HANDED_OUT: Final = {
    **_rows("a decision", DECISION, "policy", "version", "digest", "edition", "calendar"),
    **_rows("a visit to come", DECISION.schedule.next, "reasons", "triggers"),
    **_rows("what re-planning did", Replan(before="a", after="b", labels=(WHY, WHY), changes=(), source=HOUSE), "before", "after"),
    **_rows("what re-planning changed", Change(what=WHY, before=None, after=None, rules=()), "rules"),
}


def _in_a_tuple(call: Call) -> Call:
    return lambda text: call((text,))


def _alone_and_among_others() -> Iterator[tuple[str, Call]]:
    for row, call in {**FIELDS, **HANDED_OUT}.items():
        yield row, call
        yield f"{row}, in a tuple", _in_a_tuple(call)


EVERY: Final = dict(_alone_and_among_others())
FREE: Final = {row: call for row, call in EVERY.items() if refusal_of(call, CLEAN) is None}


def test_the_texts_that_a_person_writes_are_among_those_asked_about() -> None:
    written = {"`loan_no` of a loan", "`id` of a borrower", "`region` of a market", "`number` of a citation", "`zh` of a label"}
    handed_out = {"`reasons` of a visit to come, in a tuple", "`calendar` of a decision", "`rules` of a recommendation, in a tuple"}
    assert set(FREE) >= written | handed_out
    assert len(FREE) > 20


@pytest.mark.parametrize("call", EVERY.values(), ids=EVERY.keys())
def test_a_text_with_something_hidden_in_it_is_refused_in_a_line_that_can_be_read(call: Call) -> None:
    for name, sign in HIDDEN.items():
        refused = refusal_of(call, f"a{sign}b")
        assert refused is not None, name
        assert str(refused).isprintable(), name


@pytest.mark.parametrize("call", FREE.values(), ids=FREE.keys())
def test_what_is_hidden_in_a_free_text_is_named_by_its_code(call: Call) -> None:
    for name, sign in HIDDEN.items():
        assert f"U+{ord(sign):04X}" in str(refusal_of(call, f"清洁{sign}text")), name


@pytest.mark.parametrize("call", FREE.values(), ids=FREE.keys())
@pytest.mark.parametrize("text", ["", " ", "a ", "\u3000a"], ids=["no text", "a space", "a space at the end", "a wide space before it"])
def test_a_text_of_nothing_or_with_space_around_it_is_refused(call: Call, text: str) -> None:
    refused = refusal_of(call, text)
    assert refused is not None or call is FREE.get("`reference` of a notice")  # a notice may have none
    assert refused is None or "text with no space around it" in str(refused)


@pytest.mark.parametrize("text", ["欧阳\u3000锋", "می\u200cخواهم", "葛\U000e0100飾", "\ue000", "𠮷野家"])
def test_how_names_are_really_written_is_no_fault(text: str) -> None:
    assert to_text(text) == text


@given(st.text(max_size=8))
def test_a_text_that_is_taken_stays_one_line_wherever_it_is_printed(text: str) -> None:
    if flaw_of(text) is None:
        assert text.splitlines() == [text]
        assert text.encode().decode() == text.strip() == text


def test_a_line_break_in_a_loan_number_forges_no_line_of_an_explanation() -> None:
    with pytest.raises(rp.InvalidInputError, match=r"`Loan\.loan_no` must be text on one line without hidden characters, which U\+000A is"):
        attrs.evolve(CASE.loan, loan_no="GZ-1\nGrade: pass")


@pytest.mark.parametrize("codes", [("a\nb", "c"), ("", "c"), (" a", "c")], ids=["two lines", "nothing", "a space before it"])
def test_a_choice_is_text_on_one_line_as_well(codes: tuple[str, str]) -> None:
    for made in (lambda: rp.Fact.choice("job", codes, label=WHY), lambda: rp.Scale(codes)):
        with pytest.raises(rp.InvalidPolicyError, match="a choice must be text"):
            made()

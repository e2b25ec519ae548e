"""JSON in its canonical form, and read strictly."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy import InvalidValueError
from revisit_policy.records import json_text, read_json

TEXTS = st.text(max_size=20)  # hypothesis draws no half of a character unless asked
NAMES = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=8)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
PLAIN = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS, lambda part: st.lists(part, max_size=4) | st.dictionaries(NAMES, part, max_size=4), max_leaves=12
)


@given(PLAIN)
def test_the_text_is_that_of_rfc_8785(plain) -> None:
    assert json_text(plain).encode() == rfc8785.dumps(plain)


@given(PLAIN)
def test_what_is_written_is_read_back(plain) -> None:
    assert read_json(json_text(plain)) == plain


HALF = chr(0xD800)
NOT_HELD = {
    "a float": 1.0,
    "a whole number that JSON does not hold exactly": 2**53,
    "half of a character": HALF,
    "half of a character in a list of a mapping": {"a": [HALF]},
    "a name with a character that others sort elsewhere": {chr(0x1F600): 1},
    "a name that is no text": {1: 1},
    "an object": object(),
}


@pytest.mark.parametrize("plain", NOT_HELD.values(), ids=NOT_HELD.keys())
def test_what_json_does_not_hold_is_refused(plain) -> None:
    with pytest.raises(InvalidValueError, match="`text` must be"):
        json_text(plain)


UNREADABLE = {
    "a name that stands twice": ('{"a": {"b": 1, "b": 1}}', "each name once in an object, got `'b'`"),
    "a fraction": ("[0.1]", "numbers are whole; decimals are text"),
    "a number written with an exponent": ("1e3", "numbers are whole"),
    "a number that is none": ("[NaN]", "numbers are whole"),
    "infinity": ("-Infinity", "numbers are whole"),
    "a number that is not held exactly": ("9007199254740993", "which it holds exactly"),
    "a number of more digits than Python reads": ("9" * 5000, "which it holds exactly"),
    "half of a character, written out": (r'["\ud83d"]', "whole characters"),
    "half of a character in a name": (r'{"\udc00": 1}', "whole characters"),
    "half of a character as it is": (f'"{HALF}"', "whole characters"),
    "text that breaks off": ('{"a": [1', "must be JSON, got `'a fault at sign 8'`"),
    "what nests deeper than can be read": ("[" * 100_000, "must be JSON"),
    "bytes": (b"{}", "JSON as text"),
}


@pytest.mark.parametrize(("text", "because"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_exactly_is_refused(text, because) -> None:
    with pytest.raises(InvalidValueError) as caught:
        read_json(text)
    assert because in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_whole_character_that_is_written_as_a_pair_is_read() -> None:
    assert read_json(r'"\ud83d\ude00"') == chr(0x1F600)

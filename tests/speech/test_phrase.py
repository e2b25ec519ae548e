"""A phrase is its English text, and knows its Chinese one whatever happens to it."""

from __future__ import annotations

import copy
import pickle

import pytest

from revisit_policy.speech.joining import listed
from revisit_policy.speech.phrase import Phrase, check_slots, joined, slots_of, told
from revisit_policy.values.labels import Label, Lang

LATE = Phrase("不早于{day}", "on or after {day}", day="2026-03-02")


def test_a_phrase_is_its_english_text() -> None:
    assert LATE == "on or after 2026-03-02"
    assert hash(LATE) == hash("on or after 2026-03-02")
    assert f"{LATE}, please" == "on or after 2026-03-02, please"
    assert type(str(LATE)) is str


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
def test_a_phrase_keeps_its_chinese_text_through_copying(again) -> None:
    assert (type(again(LATE)), again(LATE), again(LATE).text("zh")) == (Phrase, "on or after 2026-03-02", "不早于2026-03-02")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_phrase_keeps_its_chinese_text_through_pickling(protocol: int) -> None:
    back = pickle.loads(pickle.dumps(LATE, protocol))
    assert (type(back), back, back.text("zh")) == (Phrase, "on or after 2026-03-02", "不早于2026-03-02")


@pytest.mark.parametrize(
    ("part", "zh", "en"),
    [
        pytest.param(LATE, "不早于2026-03-02", "on or after 2026-03-02", id="a phrase"),
        pytest.param(Label("正常", "pass"), "正常", "pass", id="a label"),
        pytest.param("a {brace}", "a {brace}", "a {brace}", id="a text with braces"),
        pytest.param(5, "5", "5", id="a number"),
    ],
)
def test_what_stands_in_a_slot_speaks_the_language_of_the_text(part: object, zh: str, en: str) -> None:
    phrase = Phrase("须{part}", "must {part}", part=part)
    assert (phrase.text("zh"), phrase.text("en")) == (f"须{zh}", f"must {en}")


def test_a_phrase_without_parts_takes_its_braces_as_they_are() -> None:
    assert Phrase("写 {a: 1}", "write {a: 1}").text("zh") == "写 {a: 1}"


@pytest.mark.parametrize(
    ("zh", "en", "parts"),
    [
        pytest.param("至{high}", "from {low} to {high}", {"low": 1, "high": 2}, id="a slot is missing in Chinese"),
        pytest.param("{low}至{high}", "to {high}", {"low": 1, "high": 2}, id="a slot is missing in English"),
        pytest.param("{low}", "{low}", {"low": 1, "high": 2}, id="a part is left over"),
        pytest.param("{low}{high}", "{low}{high}", {"low": 1}, id="a part is missing"),
    ],
)
def test_texts_with_other_slots_than_parts_are_refused(zh: str, en: str, parts: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="has the slots"):
        Phrase(zh, en, **parts)


def test_slots_are_found_with_their_formats_and_odd_braces_are_none() -> None:
    assert slots_of("{a:,} of {b!r} and {{c}}") == {"a", "b"}
    assert slots_of("an { alone") == slots_of("{}") == slots_of("{0}") == frozenset()
    check_slots(("{a}", "of {a}"), ("a",))


def test_phrases_are_joined_in_each_language() -> None:
    both = joined([Phrase("甲", "a"), "b"], listed)
    assert (both, both.text("zh")) == ("a, b", "甲、b")


def test_what_has_no_texts_is_told_as_it_is() -> None:
    assert told(5, Lang.ZH) == 5
    assert told(LATE, Lang.ZH) == "不早于2026-03-02"

from __future__ import annotations

import copy
import itertools
import pickle

import pytest
from attrs.exceptions import FrozenInstanceError

from revisit_policy.errors import InvalidInputError, InvalidPolicyError, InvalidValueError, UnknownNameError
from revisit_policy.values.labels import Label, Labelled, Lang, OrderedLabelled, to_lang


class Grade(OrderedLabelled):
    NORMAL = "normal", "正常", "pass"
    SPECIAL_MENTION = "special_mention", "关注", "special mention"
    LOSS = "loss", "损失", "loss"


class Level(OrderedLabelled):
    BLUE = "blue", "蓝色", "blue"
    RED = "red", "红色", "red"


class VisitMethod(Labelled):
    PHONE = "phone", "电话", "by phone"
    ON_SITE = "on_site", "实地", "on site"


MEMBERS: list[Labelled] = [*Grade, *Level, *VisitMethod]


def test_a_label_reads_in_the_language_asked_for() -> None:
    label = Label("正常", "pass")
    assert (label.text("zh"), label.text("en"), label.text(Lang.ZH)) == ("正常", "pass", "正常")


@pytest.mark.parametrize("text", ["", " ", 5, b"pass"], ids=["empty", "blank", "a number", "bytes"])
def test_a_label_without_text_in_a_language_is_refused(text: object) -> None:
    with pytest.raises(InvalidInputError, match=r"`Label\.en` must be"):
        Label("正常", text)  # type: ignore[arg-type]


def test_a_label_reports_both_missing_texts_together() -> None:
    with pytest.raises(InvalidInputError) as found:
        Label("", "")
    assert [getattr(fault, "field", None) for fault in found.value.exceptions] == ["zh", "en"]


@pytest.mark.parametrize("spelling", ["zh", "zh-CN", "zh_CN", "ZH", "zh-Hans", "zh_Hans_CN", "zh_CN.UTF-8", "zh-SG"])
def test_chinese_is_known_by_its_common_spellings(spelling) -> None:
    assert to_lang(spelling) is Lang.ZH
    assert Label("正常", "pass").text(spelling) == "正常"


@pytest.mark.parametrize("spelling", ["en", "en-US", "en_GB", "EN", "en_US.utf8"])
def test_english_is_known_by_its_common_spellings(spelling) -> None:
    assert to_lang(spelling) is Lang.EN


@pytest.mark.parametrize("member", MEMBERS, ids=repr)
@pytest.mark.parametrize("lang", ["zh", "en", "zh-CN"])
def test_a_member_is_found_by_its_label_where_the_language_is_said(member, lang) -> None:
    assert type(member).parse(member.label(lang), lang=lang) is member
    assert type(member).parse(member, lang=lang) is member


def test_a_label_is_no_code_and_a_code_no_label() -> None:
    with pytest.raises(UnknownNameError, match="unknown grade `正常`"):
        Grade.parse("正常")
    with pytest.raises(UnknownNameError, match="unknown grade `special_mention`, did you mean `special mention`"):
        Grade.parse("special_mention", lang="en")


def test_a_label_of_two_members_names_neither() -> None:
    class Twice(Labelled):
        FIRST = "first", "同", "one"
        SECOND = "second", "同", "two"

    assert Twice.parse("two", lang="en") is Twice.SECOND
    with pytest.raises(InvalidValueError, match="must be a code, because this is the label of `first` and `second`, got `'同'`"):
        Twice.parse("同", lang="zh")


@pytest.mark.parametrize("lang", ["zh-TW", "zh_Hant", "fr", "", "english", None], ids=["traditional", "its script", "another", "none given", "a name", "none"])
def test_any_other_language_is_an_unknown_name(lang: object) -> None:
    with pytest.raises(UnknownNameError):
        to_lang(lang)  # type: ignore[arg-type]


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_has_a_code_and_a_label_in_each_language(member: Labelled) -> None:
    assert type(member.value) is str
    assert [member.label(lang) for lang in Lang] == [member.labels.zh, member.labels.en]


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_is_found_by_itself_and_by_its_code(member: Labelled) -> None:
    assert type(member).parse(member) is member
    assert type(member).parse(member.value) is member


@pytest.mark.parametrize("member", MEMBERS)
def test_the_repr_of_a_member_pastes_back(member: Labelled) -> None:
    assert eval(repr(member)) is member  # noqa: S307 - the law is about evaluating it


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_stays_itself_through_pickle_and_copy(member: Labelled) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(member, protocol)) is member
    assert copy.copy(member) is copy.deepcopy(member) is member
    assert {member: 1}[member] == 1


def test_an_unknown_code_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match="`special_mention`") as found:
        Grade.parse("special_mentoin")
    assert found.value.known == ("normal", "special_mention", "loss")


@pytest.mark.parametrize("value", ["NORMAL", "正常", 1, None, ["normal"], Level.RED], ids=repr)
def test_only_members_and_codes_are_parsed(value: object) -> None:
    with pytest.raises(UnknownNameError):
        Grade.parse(value)  # type: ignore[arg-type]


def test_a_code_used_twice_is_refused_instead_of_becoming_an_alias() -> None:
    with pytest.raises(InvalidPolicyError, match="`same`"):

        class Twice(Labelled):
            ONE = "same", "一", "one"
            TWO = "same", "二", "two"


def test_members_compare_in_the_order_of_their_declaration() -> None:
    assert sorted([Grade.LOSS, Grade.NORMAL, Grade.SPECIAL_MENTION]) == list(Grade)
    for (low, mild), (high, severe) in itertools.product(enumerate(Grade), repeat=2):
        assert (mild < severe, mild <= severe, mild > severe, mild >= severe) == (low < high, low <= high, low > high, low >= high)
        assert mild.severity == low


@pytest.mark.parametrize(
    ("comparison", "holds"),
    [
        ("__lt__", [True, False, False]),
        ("__le__", [True, True, False]),
        ("__gt__", [False, False, True]),
        ("__ge__", [False, True, True]),
    ],
)
def test_each_comparison_is_answered_by_the_member_on_its_left(comparison: str, holds: list[bool]) -> None:
    assert [getattr(Grade.SPECIAL_MENTION, comparison)(other) for other in (Grade.LOSS, Grade.SPECIAL_MENTION, Grade.NORMAL)] == holds


@pytest.mark.parametrize("other", [Level.RED, "loss", 2, None, VisitMethod.PHONE], ids=repr)
def test_members_of_different_enumerations_do_not_compare(other: object) -> None:
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(Grade.NORMAL, compare)(other) is NotImplemented
    with pytest.raises(TypeError):
        _ = other > Grade.NORMAL
    assert other != Grade.NORMAL


def test_an_unordered_enumeration_does_not_compare() -> None:
    with pytest.raises(TypeError):
        _ = VisitMethod.PHONE < VisitMethod.ON_SITE  # type: ignore[operator] # it is to fail


def test_a_member_is_not_its_code() -> None:
    for member in MEMBERS:
        code: object = member.value
        assert member != code


def test_a_label_is_a_value() -> None:
    label = Label("正常", "pass")
    for twin in (pickle.loads(pickle.dumps(label)), copy.copy(label), copy.deepcopy(label), eval(repr(label))):  # noqa: S307 - the law is about it
        assert (twin, hash(twin)) == (label, hash(label))
    with pytest.raises(FrozenInstanceError):
        label.zh = "关注"  # type: ignore[misc]


SENTENCE = Label("{loan}自{day}起{grade}", "{loan} has been {grade} since {day}")


def test_a_sentence_is_filled_in_each_language_with_what_its_parts_are_called_there() -> None:
    parts = {"loan": "L-1", "day": "2026-03-02", "grade": Label("正常", "pass")}
    assert SENTENCE.filled("zh-CN", **parts) == "L-1自2026-03-02起正常"
    assert SENTENCE.filled("en", **parts) == "L-1 has been pass since 2026-03-02"
    assert SENTENCE.with_parts(**parts) == Label("L-1自2026-03-02起正常", "L-1 has been pass since 2026-03-02")


@pytest.mark.parametrize(("zh", "en"), [("{a}", "none"), ("无", "{a}"), ("{a}和{b}", "{a} and {c}")], ids=["English lacks it", "Chinese lacks it", "others"])
def test_a_label_whose_texts_have_other_slots_is_refused_when_it_is_made(zh: str, en: str) -> None:
    with pytest.raises(InvalidInputError, match=r"`Label\.en` must be with the same slots as the Chinese, not `\{"):
        Label(zh, en)


def test_braces_that_are_no_slots_are_text() -> None:
    assert Label("集合 {1, 2}", "a set {").text("en") == "a set {"


def test_a_slot_without_a_part_is_named() -> None:
    with pytest.raises(UnknownNameError, match="unknown part of a slot `day`, expected `loan`, `grade`"):
        SENTENCE.filled("en", loan="L-1", grade="pass")

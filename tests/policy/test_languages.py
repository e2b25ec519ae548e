"""A policy is read in the languages that its bank writes: three of them, or English alone."""

from __future__ import annotations

import pickle
from typing import Any, Final

import attrs
import pytest
from tests.policy.small_policy import CASE, case_with

from revisit_policy import (
    Citation,
    Label,
    Lang,
    MethodNote,
    Obligation,
    RevisitPolicy,
    Rule,
    Signal,
    Table,
    UnknownNameError,
    Vocabulary,
    Within,
    analysis,
    facts,
    frames,
    records,
    unordered,
)
from revisit_policy.errors import InvalidInputError
from revisit_policy.outcomes import Checklist
from revisit_policy.values.cn_notices import CHINA
from revisit_policy.values.labels import Labelled, OrderedLabelled

ON: Final = "2026-06-01"


def said(zh: str, en: str, indonesian: str) -> Label:
    return Label(zh, en, others={"id": indonesian})


class Quality(OrderedLabelled):
    """Grades in three languages."""

    CURRENT = "current", said("正常", "current", "lancar")
    BAD = "bad", said("不良", "bad", "macet")


class Loud(OrderedLabelled):
    """Levels in three languages."""

    QUIET = "quiet", said("无", "quiet", "tenang")
    LOUD = "loud", said("响", "loud", "nyaring")


class Topic(Labelled):
    """What warnings are about."""

    LATE = "late", said("迟付", "late payment", "terlambat bayar")


class Purpose(Labelled):
    """Why somebody calls."""

    SEE = "see", said("查看房屋", "see the home", "kunjungi rumah")


class Means(OrderedLabelled):
    """By which means."""

    CAR = "car", said("驾车", "by car", "dengan mobil")


LATE: Final = Signal(Topic.LATE, level=Loud.LOUD)
SOURCE: Final = Citation(document=said("手册", "handbook", "buku pedoman"), standing="bank_practice")
SEE: Final = Obligation(Purpose.SEE, Within(days=30), since=LATE)


def _rule(rule_id: str, when: Any, then: Any) -> Rule:
    return Rule(rule_id, when=when, then=then, because=said("已逾期", "it is late", "sudah terlambat"), source=SOURCE)


def _table(table_id: str, outcomes: Any, fold: str, *rules: Rule, otherwise: Any = None) -> Table:
    return Table(table_id, outcomes=outcomes, fold=fold, rules=rules, otherwise=otherwise, label=said(f"表{table_id}", table_id, f"tabel {table_id}"))


def three_languages() -> RevisitPolicy:
    late = facts.days_past_due > 0
    return RevisitPolicy(
        "three",
        version="1",
        label=said("三语政策", "three languages", "tiga bahasa"),
        tables=(
            _table("grade", Quality, "worst", _rule("bad", facts.days_past_due > 90, Quality.BAD), otherwise=Quality.CURRENT),
            _table("signals", unordered((LATE,)), "every", _rule("late", late, LATE)),
            _table("obligations", unordered((SEE,)), "every", _rule("see", late, SEE)),
        ),
        vocabulary=Vocabulary(
            levels=Loud, methods=[MethodNote(Means.CAR, hours=1)],
            checklists=[Checklist(Purpose.SEE, [said("有无人居住", "does anybody live there", "apakah ada penghuni"), Label(en="photograph it")])],
        ),
        calendar=CHINA,
    )  # fmt: skip


POLICY: Final = three_languages()
UNVISITED: Final = attrs.evolve(CASE, visits=())
DECISION: Final = POLICY.decide(case_with(UNVISITED, days_past_due=95), on=ON)


def test_the_languages_of_a_policy_are_those_of_its_label_or_of_its_vocabulary() -> None:
    assert POLICY.words.languages == DECISION.languages == ("zh", "en", "id")
    fewer = attrs.evolve(POLICY, vocabulary=attrs.evolve(POLICY.words, languages=("id", "en")))
    assert fewer.words.languages == ("id", "en")
    with pytest.raises(UnknownNameError, match="unknown language `zh`, expected `id`, `en`"):
        fewer.decide(UNVISITED, on=ON).explain("zh")


def test_a_decision_is_explained_in_the_third_language_and_marks_what_is_not_said_in_it() -> None:
    told = DECISION.explain("id")
    for words in ("macet", "terlambat bayar (nyaring", "sudah terlambat", "buku pedoman", "kunjungi rumah", "apakah ada penghuni", "photograph it [en]"):
        assert words in told
    assert "days past due [en] more than 90 days" in told  # the fact is ours and has no label in it; what we say of it is not marked
    assert "late payment" not in told
    assert all(words in DECISION.to_html("id") for words in ("sudah terlambat", "photograph it [en]"))


def test_answers_of_analysis_in_a_third_language_mark_what_is_not_said_in_it() -> None:
    lang = Lang.of("id")
    assert facts.days_past_due.label.text(lang) == "days past due [en]"
    assert analysis.check(POLICY).explain(lang).endswith("[en]")
    told = analysis.diff(POLICY, POLICY.without("bad")).explain(lang)
    for words in ("macet", "lancar", "days past due [en]", "where [en]"):
        assert words in told
    with pytest.raises(UnknownNameError, match="unknown language `id`, expected `zh`, `en`"):
        analysis.check(POLICY).explain("id")


def test_what_is_said_in_english_alone_is_marked_in_chinese_and_not_in_english() -> None:
    assert "photograph it [en]" in DECISION.explain("zh")
    assert "photograph it [en]" not in DECISION.explain("en")
    assert "photograph it" in DECISION.explain("en")


def test_tables_are_rendered_and_checklists_kept_in_the_third_language() -> None:
    text = POLICY.to_markdown("id")
    for words in ("tiga bahasa", "tabel grade", "lancar → macet", "apakah ada penghuni", "sudah terlambat"):
        assert words in text
    assert "kunjungi rumah" in POLICY.to_html("id")
    assert 'lang="id"' in POLICY._repr_html_()
    (row, *_) = DECISION.schedule.to_rows(lang="id")
    assert (row["visit_text"], row["method_text"]) == ("kunjungi rumah", "dengan mobil")


def test_a_frame_is_labelled_in_the_third_language() -> None:
    book = frames.from_cases([DECISION.case], vocabulary=POLICY.words)
    decided = frames.decide(POLICY, book, on=ON)
    assert frames.label(POLICY, decided, lang="id")["grade"].to_list() == ["macet"]
    assert frames.label(POLICY, decided, lang="id")["signals"].to_list() == ["terlambat bayar (nyaring)"]


@pytest.mark.parametrize(
    "ask",
    [
        DECISION.explain,
        DECISION.to_html,
        POLICY.to_markdown,
        POLICY.to_html,
        lambda lang: frames.label(POLICY, frames.decide(POLICY, frames.from_cases([DECISION.case], vocabulary=POLICY.words), on=ON), lang=lang),
    ],
    ids=["explain", "html of a decision", "markdown", "html", "labels"],
)
def test_a_language_that_the_policy_lacks_is_refused_with_those_it_has(ask: Any) -> None:
    with pytest.raises(UnknownNameError, match="unknown language `fr`, expected `zh`, `en`, `id`") as refused:
        ask("fr")
    assert len(str(refused.value).splitlines()) == 1


def test_a_verdict_and_an_obligation_speak_the_languages_of_their_labels() -> None:
    assert "macet" in DECISION.verdicts["grade"].explain("id")
    assert SEE.label("id").startswith("kunjungi rumah: within 30 days")
    assert LATE.label("id") == "terlambat bayar (nyaring)"


def test_a_policy_in_three_languages_comes_back_from_its_record_with_the_same_digest() -> None:
    again = records.from_json(
        records.to_json(POLICY), vocabulary=(Quality, Loud, Topic, Purpose, Means)
    )
    assert again.digest == POLICY.digest
    other = attrs.evolve(POLICY, label=said("三语政策", "three languages", "bahasa lain"))
    assert other.digest != POLICY.digest


def test_a_label_in_one_language_is_its_mark_in_the_others() -> None:
    label = Label(en="late")
    assert (label.text("zh"), label.text("en"), label.text(Lang.of("fr")), label.languages) == ("late [en]", "late", "late [en]", ("en",))
    assert Label(others={"id": "lancar"}).text("en") == "lancar [id]"
    assert Label(others={"id": "lancar"}).languages == ("id",)
    assert label == Label("late [en]", "late")
    assert pickle.loads(pickle.dumps(Lang.of("pt-BR"))) == "pt-br"


def test_a_label_made_of_parts_is_in_the_languages_of_either() -> None:
    whole = Label("对{what}", "of {what}").with_parts(what=said("甲", "a", "b"))
    assert (whole.zh, whole.en, whole.text("id")) == ("对甲", "of a", "of b")
    assert Label(en="{what} x").with_parts(what=Label(en="a")).languages == ("en",)


REFUSED: Final[dict[str, tuple[Any, str]]] = {
    "no language at all": (Label, "`Label.en` must be a text in one language at least, got `None`"),
    "no code": (lambda: Label(en="a", others={"x": "b"}), "`Label.others` must be texts by the codes of their languages, such as {'id': 'lancar'}"),
    "no text": (lambda: Label(en="a", others={"id": ""}), "`Label.others` must be text"),
    "english twice": (lambda: Label(en="a", others={"en-GB": "b"}), "`Label.others` must be of other languages: `en` has an argument of its own"),
    "a slot in one alone": (lambda: Label(en="{a}", others={"id": "b"}), "`Label.others` must be with the same slots as the `en`, not `{a}` in one alone"),
    "languages of none": (lambda: Vocabulary(languages=()), "`Vocabulary.languages` must be codes of languages"),
    "a language that is none": (lambda: Vocabulary(languages=("english!",)), "`Vocabulary.languages` must be codes of languages"),
}


@pytest.mark.parametrize(("make", "told"), REFUSED.values(), ids=REFUSED)
def test_a_label_and_languages_that_cannot_be_meant_are_refused(make: Any, told: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        make()
    assert told in str(refused.value)

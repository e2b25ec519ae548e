"""Wording: the vocabulary of a policy, complete: what was given, and what is left out taken from the tables."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.seats.in_figures import OBLIGATIONS, PLANNED
from revisit_policy.decision.seats.scale_check import shown
from revisit_policy.errors import InvalidPolicyError, UnknownNameError
from revisit_policy.language.scale import Scale
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.outcomes.checklist import Checklist, to_checklists
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind
from revisit_policy.outcomes.signal import Level, Signal, SignalCode
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.words.method_note import MethodNote
from revisit_policy.outcomes.words.vocabulary import VISIT_KIND, Vocabulary
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Labelled

_NAMES: Final[Mapping[str, Phrase]] = {
    "grades": Phrase("分类", "grades"),
    "levels": Phrase("级别", "levels"),
    "signals": Phrase("信号", "signals"),
    "measures": Phrase("措施", "measures"),
    "kinds": Phrase("类型", "kinds"),
    "methods": Phrase("方式", "methods"),
    "currency": Phrase("货币", "currency"),
}

#: The parts of a vocabulary that say more of each word than the word.
_PARTS: Final = {"kinds": "purposes", "methods": "means"}


@attrs.frozen(kw_only=True)
class Wording:
    """What the vocabulary of a policy is made from.

    Args:
        given: What the policy was given; ``None`` for nothing.
        label: What the policy is called, in the languages that people read unless it says others.
        tables: Its tables by id.
        conventions: Its figures.
        measure_notes: What it says of measures beside the vocabulary.
        checklists: What it finds out on visits beside the vocabulary.
    """

    given: Vocabulary | None
    label: Label
    tables: Mapping[str, Table]
    conventions: Conventions
    measure_notes: tuple[MeasureNote, ...]
    checklists: tuple[Checklist, ...]

    def check(self, *, policy_id: str) -> None:
        """Do nothing if the tables speak in the words that were given.

        Raises:
            InvalidPolicyError: If an outcome is not in the vocabulary, with the nearest word, or not in its order; or a measure
                or a kind of visit is described both in it and beside it.
        """
        if self.given is None:
            return
        said = {each.measure for each in self.given.measures if each != MeasureNote(each.measure)}
        for twice in [*(note.measure for note in self.measure_notes if note.measure in said), *self._listed_twice()]:
            told_twice = Phrase(
                "在词汇内外都说明了 `{word}`；请只说一次", "says of `{word}` in its vocabulary and beside it; say it once", word=twice.value
            )
            raise InvalidPolicyError(subject=policy_id, problem=told_twice)
        for table_id, part, word, words in self._spoken():
            if words and word not in words:
                raise InvalidPolicyError(subject=table_id, problem=_not_among(part, shown(word), tuple(map(shown, words))))
        self._check_order()

    def check_notes(self, *, policy_id: str) -> None:
        """Do nothing if what the notes say of other measures and of facts can be meant.

        Raises:
            InvalidInputError: If they name a measure that is not there, or come after one another in a circle.
            InvalidPolicyError: If a measure waits for a fact that no rule reads.
        """
        notes = (*self.measure_notes, *(() if self.given is None else self.given.measures))
        if any(note.after or note.instead_of for note in notes):
            self.complete()
        read = {fact for table in self.tables.values() for fact in table.facts}
        for note in notes:
            for fact in note.needs:
                if fact not in read or fact.table is not None or fact.name == VISIT_KIND:
                    raise InvalidPolicyError(subject=policy_id, problem=Phrase(
                        "措施 `{measure}` 须先查明 `{fact}`，而没有规则读取该事实", "has `{measure}` wait for `{fact}`, which no rule reads",
                        measure=note.measure.value, fact=fact.name,
                    ))

    def _listed_twice(self) -> Iterator[Labelled]:
        listed = {each.kind for each in self.given.checklists} if self.given is not None else set()
        yield from (each.kind for each in self.checklists if each.kind in listed)

    def _check_order(self) -> None:
        grades, said = (() if self.given is None else self.given.grades), _outcomes(self.tables.get("grade"))
        places = [grades.index(grade) for grade in said] if grades else []
        if places != sorted(places):
            problem = Phrase("结论的次序与词汇的分类不同", "has its outcomes in another order than the grades of the vocabulary")
            raise InvalidPolicyError(subject="grade", problem=problem)

    def _spoken(self) -> Iterator[tuple[str, str, Hashable, tuple[Any, ...]]]:
        """Every word of the tables: the table, the part of the vocabulary that it belongs to, the word, and the words there are."""
        given = self.given or Vocabulary()
        measures = tuple(note.measure for note in given.measures)
        methods = tuple(note.method for note in given.methods)
        yield from (("grade", "grades", grade, given.grades) for grade in _outcomes(self.tables.get("grade")))
        yield from (("level", "levels", level, given.levels) for level in _outcomes(self.tables.get("level")))
        for table_id in ("signals", "triggers"):
            for each in _outcomes(self.tables.get(table_id)):
                yield table_id, "signals", each.code, given.signals
                yield table_id, "levels", each.level, given.levels
        yield from ((name, "measures", each, measures) for name in ("measures", "barred") for each in _outcomes(self.tables.get(name)))
        yield from (("method", "methods", method, methods) for method in _outcomes(self.tables.get("method")))
        codes = {*given.signals, *(each.code for name in ("signals", "triggers") for each in _outcomes(self.tables.get(name)))}
        for each in (*given.checklists, *self.checklists):
            yield "checklists", *(("signals", each.kind, given.signals) if each.kind in codes else ("kinds", each.kind, given.purposes))
        yield from (("measure_notes", "measures", note.measure, measures) for note in self.measure_notes)
        kinds = self._kinds_asked()
        yield from (("method", "kinds", kind, given.purposes) for kind in kinds)
        yield from self._owed(given)

    def _owed(self, given: Vocabulary) -> Iterator[tuple[str, str, Hashable, tuple[Any, ...]]]:
        """The words of what can fall due: its kind, and the signal or the event that it is counted from."""
        for each in _outcomes(self.tables.get(OBLIGATIONS)):
            yield OBLIGATIONS, "kinds", each.kind, given.purposes
            since = each.since
            if isinstance(since, Signal):
                yield OBLIGATIONS, "levels", since.level, given.levels
            if isinstance(since, Signal | Labelled):
                yield OBLIGATIONS, "signals", since.code if isinstance(since, Signal) else since, given.signals

    def _kinds_asked(self) -> tuple[Any, ...]:
        """The kinds of visits that the tables of visits tell apart."""
        facts = (fact for table in self.tables.values() for fact in table.facts if fact.name == VISIT_KIND)
        return tuple(dict.fromkeys(kind for fact in facts for kind in getattr(fact.domain, "items", ())))

    def complete(self) -> Vocabulary:
        """The vocabulary with nothing left out but the currency of a policy that compares no amounts."""
        words: dict[str, dict[Any, None]] = {}
        for _, part, word, _ in self._spoken():
            words.setdefault(part, {})[word] = None
        given = self.given or Vocabulary()
        return Vocabulary(
            grades=given.grades or tuple(words["grades"]),
            levels=given.levels or _whole(words.get("levels", ()), Level),
            signals=self._signals(given.signals or _whole(words.get("signals", ()), SignalCode)),
            measures=self._measures(given.measures, words.get("measures", ())),
            kinds=given.kinds or self._kinds(words.get("kinds", ())),
            methods=given.methods or self._methods(words.get("methods", ())),
            checklists=to_checklists((*given.checklists, *self.checklists)),
            languages=given.languages or self.label.languages,
            act_within=given.act_within,
            currency=DecisionGraph(tuple(self.tables.values()), currency=given.currency).currency,
        )

    def _signals(self, codes: tuple[Any, ...]) -> tuple[Any, ...]:
        """The *codes*, and the one under which the duty to value the collateral stands where there is a table of it."""
        due = SignalCode.REVALUATION_DUE
        return codes if due in codes or "revaluation" not in self.tables else (*codes, due)

    def _measures(self, given: tuple[MeasureNote, ...], said: Iterable[Any]) -> tuple[MeasureNote, ...]:
        described = {note.measure: note for note in self.measure_notes}
        notes = given or tuple(MeasureNote(each) for each in _whole(said, Measure))
        return tuple(described.get(note.measure, note) for note in notes)

    def _kinds(self, asked: Iterable[Any]) -> tuple[ObligationKind, ...]:
        """The kinds that the tables of visits tell apart, ours if they tell none, and those that are owed or listed besides."""
        kinds = _whole(self._kinds_asked(), VisitKind)
        is_planned = VisitKind.FIRST not in kinds and not PLANNED.isdisjoint(self.tables)
        told = (*VisitKind, *kinds) if is_planned else kinds
        return tuple(map(ObligationKind, dict.fromkeys((*told, *_whole(asked, VisitKind)))))

    def _methods(self, said: Iterable[Any]) -> tuple[MethodNote, ...]:
        several = {VisitMethod.ON_SITE: self.conventions.on_site_officers}
        return tuple(MethodNote(each, hours=None, officers=several.get(each, 1)) for each in _whole(said, VisitMethod))


def _whole(words: Iterable[Any], usual: type[Labelled]) -> tuple[Any, ...]:
    """All members of the enumerations that *words* are of; those of the *usual* one if there is no word."""
    kinds = dict.fromkeys(type(word) for word in words) or {usual: None}
    return tuple(member for kind in kinds for member in kind)


def _outcomes(table: Table | None) -> tuple[Any, ...]:
    return table.outcomes.outcomes if table is not None and isinstance(table.outcomes, Scale) else ()


def check_one_wording(vocabularies: Mapping[str, Vocabulary]) -> None:
    """Do nothing if the *vocabularies* of several editions, by the names of these, are of the same words and one currency.

    Raises:
        InvalidPolicyError: If two of them differ, in what and how to make them fit.
    """
    (first, one), *others = vocabularies.items()
    for name, other in others:
        for part in ("levels", "signals", "kinds", "methods", "currency"):
            before, after = (_codes(getattr(each, _PARTS.get(part, part))) for each in (one, other))
            if before != after:
                raise InvalidPolicyError(subject=name, problem=Phrase(
                    "{part}与版本 `{first}` 不同：{after}，彼处为 {before}；{how}",
                    "has other {part} than edition `{first}`: {after}, got {before} there; {how}",
                    part=_NAMES[part], first=first, after=after, before=before, how=_ONE_CURRENCY if part == "currency" else _BOTH_WORDS,
                ))


_ONE_CURRENCY: Final = Phrase("请在两者的 Vocabulary 中写明", "say it in a Vocabulary of both")
_BOTH_WORDS: Final = Phrase("请给两者含双方用语的 Vocabulary", "give both a Vocabulary with the words of either")


def _not_among(part: str, word: str, words: tuple[str, ...]) -> Phrase:  # noqa: PLR0917 - read in order
    """That a *word* is not among those of a part of the vocabulary, with the nearest."""
    near = UnknownNameError(kind=_NAMES[part], name=word, known=words).nearest
    advice = (
        Phrase("是否指 `{near}`？", "did you mean `{near}`?", near=near) if near else Phrase("应为 {words}", "expected {words}", words=", ".join(words))
    )
    return Phrase(
        "给出 `{word}`，词汇的{part}中没有；{advice}", "says `{word}`, which is not among the {part} of the vocabulary; {advice}",
        word=word, part=_NAMES[part], advice=advice,
    )  # fmt: skip


def _codes(words: Any) -> Any:  # noqa: ANN401 - the words of any part
    return tuple(map(shown, words)) if isinstance(words, tuple) else words

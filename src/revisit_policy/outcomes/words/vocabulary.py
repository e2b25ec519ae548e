"""The vocabulary of one bank: the words that its policy grades, warns, acts and visits in, each scale from mild to severe."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, Final, TypeVar

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.checklist import Checklist, to_checklists
from revisit_policy.outcomes.grade import Grade
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.obligation_kind import ObligationKind, ServedBy
from revisit_policy.outcomes.obligations.usual import as_told
from revisit_policy.outcomes.signal import Level, SignalCode
from revisit_policy.outcomes.visit import VisitKind, VisitMethod
from revisit_policy.outcomes.words.measure_order import order_fault
from revisit_policy.outcomes.words.method_note import MethodNote
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.labels import Label, Labelled, Lang, OrderedLabelled, lang_among
from revisit_policy.values.money import Money, to_currency
from revisit_policy.values.validation import fault, found_in, gather, gathering, has_items, refused, to_whole

Word = TypeVar("Word", bound=Labelled)

VISIT_KIND: Final = "visit_kind"
"""The name of the fact that says for which kind of visit a table is asked."""


_MEASURES: Final = Phrase("措施，各为 MeasureNote 或枚举的成员", "measures, each a MeasureNote or a member of a labelled enumeration")
_LANGUAGES: Final = Phrase("至少一种语言的代码", "codes of languages, such as `id`, one at least")
_ACT_WITHIN: Final = Phrase("各级别的工作日数", "working days by level, such as {Level.RED: 1}")
_LONGEST: Final = 1_200
_KINDS: Final = Phrase("类型，各为 ObligationKind 或枚举的成员", "kinds, each an ObligationKind or a member of a labelled enumeration")
_METHODS: Final = Phrase(
    '说明所需工时的方式，如 MethodNote("phone", hours="0.5")', 'a method that says what it takes, such as MethodNote("phone", hours="0.5")'
)


def _items(values: object) -> tuple[Any, ...]:
    """The members of an enumeration, or the items of a list or tuple; none is what is left out."""
    if has_items(values):
        return tuple(values)
    raise refused(values, Phrase("枚举，或成员的元组", "an enumeration, or a tuple of members"))


def _members(values: object, kind: type[Word], expected: Phrase) -> tuple[Word, ...]:  # noqa: PLR0917 - read in order
    """The members of an enumeration, or those of a list or tuple: each a *kind*, and no two of one code."""
    items = _items(values)
    if not all(isinstance(item, kind) for item in items):
        raise refused(values, expected)
    if len({item.value for item in items}) < len(items):
        raise refused(values, Phrase("代码各不相同的成员", "members of different codes"))
    return items


def _scale(values: object, what: Phrase) -> tuple[OrderedLabelled, ...]:
    expected = Phrase("同一有序枚举的{what}，最轻者在前", "{what} of one ordered enumeration, the least first", what=what)
    items = _members(values, OrderedLabelled, expected)
    if len(set(map(type, items))) > 1 or list(items) != sorted(items):
        raise refused(values, expected)
    return items


def _to_grades(values: Iterable[Hashable]) -> tuple[Hashable, ...]:
    grades = _items(values)
    return Choices(grades, ordered=True).items if grades else ()


def _to_levels(values: Iterable[OrderedLabelled]) -> tuple[OrderedLabelled, ...]:
    return _scale(values, Phrase("级别", "levels"))


def _to_signals(values: Iterable[Labelled]) -> tuple[Labelled, ...]:
    return _members(values, Labelled, Phrase("信号代码，枚举的成员", "codes of signals, members of labelled enumerations"))


def _to_measures(values: Iterable[MeasureNote | Labelled]) -> tuple[MeasureNote, ...]:
    notes = tuple(MeasureNote(each) if isinstance(each, Labelled) else each for each in _items(values))
    if not all(isinstance(note, MeasureNote) for note in notes):
        raise refused(values, _MEASURES)
    _members([note.measure for note in notes], Labelled, _MEASURES)
    return notes


def _to_kinds(values: Iterable[ObligationKind | Labelled]) -> tuple[ObligationKind, ...]:
    kinds = tuple(ObligationKind(each) if isinstance(each, Labelled) else each for each in _items(values))
    if not all(isinstance(kind, ObligationKind) for kind in kinds):
        raise refused(values, _KINDS)
    _members([each.kind for each in kinds], Labelled, _KINDS)
    return kinds


def _to_methods(values: Iterable[MethodNote]) -> tuple[MethodNote, ...]:
    notes: tuple[MethodNote, ...] = _items(values)
    for note in notes:
        if not isinstance(note, MethodNote):
            raise refused(note, _METHODS)
    _scale([note.method for note in notes], Phrase("方式", "methods"))
    return notes


def _to_lists(values: Iterable[Checklist]) -> tuple[Checklist, ...]:
    return to_checklists(values)


def _to_act_within(values: Mapping[Any, int] | Iterable[tuple[OrderedLabelled, int]] | None) -> tuple[tuple[OrderedLabelled, int], ...] | None:
    if values is None:
        return None
    try:
        given = dict(values)
    except (TypeError, ValueError):
        raise refused(values, _ACT_WITHIN) from None
    if not given or not all(isinstance(level, OrderedLabelled) for level in given):
        raise refused(values, _ACT_WITHIN)
    return tuple((level, to_whole(days, low=1, high=_LONGEST)) for level, days in given.items())


def _to_languages(value: Iterable[str] | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    try:
        codes = tuple(dict.fromkeys(str(Lang.of(code)) for code in _items(value)))
    except ValueError as error:
        raise refused(value, _LANGUAGES) from error
    if codes:
        return codes
    raise refused(value, _LANGUAGES)


def _to_currency(value: str | None) -> str | None:
    return None if value is None else to_currency(value)


@attrs.frozen(kw_only=True, field_transformer=gathering, cache_hash=True)  # columns are remembered by it
class Vocabulary:
    """What a policy can say, in the words of one bank. What is left out is taken from the policy's tables.

    A word is a member of a labelled enumeration, the bank's own or one of ours. Two are the same if they are equal; which of
    two is more is said by their places here. A case file may use any; a policy refuses those that it has not.

    Args:
        grades: The grades from mild to severe: an enumeration, or members of one. A finer scale maps onto a coarser one if
            its members say in which coarse grade they lie (`OrderedLabelled.coarser`).
        levels: How loud a warning can be, mildest first; the first is the level of a loan without warnings.
        act_within: By level the working days within which a measure is taken, from the least count 1: ``{Alarm.LOUD: 2}``; at a level that
            is not there a measure waits for the next visit. Left out, the conventions say it of our levels.
        signals: What warnings can be about.
        measures: What can be recommended, each as a member or as a `MeasureNote` that says who does it and on what condition.
        kinds: Why somebody is visited, or what else is owed, each as a member or as an `ObligationKind` that says what holds of it.
        methods: By which means, least thorough first, each with the hours and the officers that it takes.
        checklists: What a visit of each kind finds out, at most one a kind.
        languages: The codes of the languages that people read, such as ``("id", "en")``; left out, those of the label of the policy. What is
            not said in one of them is told in English, or in what there is, and marked.
        currency: ISO 4217 code of all amounts that the policy reads; left out, the one of the limits in its rules, and of a
            policy without such limits any.

    Raises:
        InvalidInputError: If fields are malformed, all of them together: two words of one code, a scale of two
            enumerations, grades that do not map in order, a method without hours, a checklist of an unknown kind, notes that name a measure that
            is not there, or measures that come after one another in a circle.

    Examples:
        >>> from revisit_policy.values.labels import OrderedLabelled
        >>> class Means(OrderedLabelled):
        ...     DRIVE_BY = "drive_by", "驾车查看", "drive-by"
        ...     INTERIOR = "interior", "入户", "interior inspection"
        >>> own = Vocabulary(currency="USD", methods=[MethodNote(Means.DRIVE_BY, hours="0.5"), MethodNote(Means.INTERIOR, hours=2)])
        >>> own.method("interior").hours
        Fraction(2, 1)
    """

    grades: tuple[Hashable, ...] = attrs.field(default=(), converter=_to_grades)
    levels: tuple[OrderedLabelled, ...] = attrs.field(default=(), converter=_to_levels)
    signals: tuple[Labelled, ...] = attrs.field(default=(), converter=_to_signals)
    measures: tuple[MeasureNote, ...] = attrs.field(default=(), converter=_to_measures)
    kinds: tuple[ObligationKind, ...] = attrs.field(default=(), converter=_to_kinds)
    methods: tuple[MethodNote, ...] = attrs.field(default=(), converter=_to_methods)
    checklists: tuple[Checklist, ...] = attrs.field(default=(), converter=_to_lists)
    currency: str | None = attrs.field(default=None, converter=_to_currency)
    languages: tuple[str, ...] | None = attrs.field(default=None, converter=_to_languages)
    act_within: tuple[tuple[OrderedLabelled, int], ...] | None = attrs.field(default=None, converter=_to_act_within)

    def __attrs_post_init__(self) -> None:
        gather(self, _lists_are_of_kinds, _measures_are_in_order, _acts_at_its_levels)

    @cached_property
    def visit_kind(self) -> Fact:
        """The fact by which the tables of visits ask for which kind they are asked; the kinds of ours if none are said."""
        return Fact.choice(VISIT_KIND, self.purposes or tuple(VisitKind), label=Label("回访类型", "kind of the visit"))

    @cached_property
    def purposes(self) -> tuple[Labelled, ...]:
        """The kinds alone."""
        return tuple(each.kind for each in self.kinds)

    @cached_property
    def visited(self) -> tuple[Labelled, ...]:
        """Those of the kinds that no desk serves: of which a visit can be."""
        return tuple(each.kind for each in self.kinds if as_told(each).served_by is ServedBy.VISIT)

    @cached_property
    def at_desk(self) -> tuple[Labelled, ...]:
        """Those of the kinds that a desk serves."""
        return tuple(each.kind for each in self.kinds if as_told(each).served_by is ServedBy.DESK)

    @cached_property
    def means(self) -> tuple[OrderedLabelled, ...]:
        """The methods alone, least thorough first."""
        return tuple(note.method for note in self.methods)

    def officers_of(self, method: OrderedLabelled) -> int:
        """How many officers a visit by *method* takes; one by a method that is not among these."""
        return next((note.officers for note in self.methods if note.method == method), 1)

    @property
    def quiet(self) -> OrderedLabelled:
        """How loud a loan without warnings is."""
        return self.levels[0] if self.levels else Level.NONE

    def lang(self, lang: str) -> Lang:
        """The language of a code, which has to be one that people read here, or a `Lang` as it is.

        Raises:
            UnknownNameError: If it is none of them.
        """
        return lang_among(lang, ("zh", "en") if self.languages is None else self.languages)

    def days_to_act(self, level: OrderedLabelled, *, usual: int | None) -> int | None:
        """Working days within which a measure of a loan at *level* is taken, *usual* where nothing is said of levels; ``None`` for the next visit."""
        return usual if self.act_within is None else next((days for one, days in self.act_within if one == level), None)

    def is_in_currency(self, amount: Money) -> bool:
        """Whether *amount* is in the currency of the policy; any is where it has none."""
        return self.currency is None or amount.currency == self.currency

    def method(self, code: str) -> MethodNote:
        """The method of this code, with what it takes.

        Raises:
            UnknownNameError: If there is none, with the nearest code.
        """
        return found_in({note.method.value: note for note in self.methods}, code, kind=Phrase("方式", "method"))

    def __rich_repr__(self) -> Shown:
        for name in ("grades", "levels", "signals"):
            yield name, few(map(choice_code, getattr(self, name))), ()
        yield "kinds", few(each.value for each in self.purposes), ()
        yield "measures", few(note.measure.value for note in self.measures), ()
        yield "methods", few(note.method.value for note in self.methods), ()
        yield "checklists", Words(", ".join(each.kind.value for each in self.checklists)), Words("")
        yield "currency", Words(str(self.currency)), Words("None")
        yield "languages", Words(", ".join(self.languages or ())), Words("")


def _lists_are_of_kinds(vocabulary: Vocabulary) -> InvalidValueError | None:
    for each in vocabulary.checklists:
        known = [kind.kind for kind in vocabulary.kinds]
        if known and each.kind not in (*known, *vocabulary.signals):
            kinds = ", ".join(str(kind.value) for kind in (*known, *vocabulary.signals))
            return fault("checklists", each.kind.value, Phrase("属于回访类型或预警：{kinds}", "of the kinds of visits or the warnings: {kinds}", kinds=kinds))
    return None


def _measures_are_in_order(vocabulary: Vocabulary) -> InvalidValueError | None:
    return order_fault(vocabulary.measures)


def _acts_at_its_levels(vocabulary: Vocabulary) -> InvalidValueError | None:
    strange = [level for level, _ in vocabulary.act_within or () if vocabulary.levels and level not in vocabulary.levels]
    if not strange:
        return None
    levels = ", ".join(str(level.value) for level in vocabulary.levels)
    return fault("act_within", strange[0].value, Phrase("属于级别：{levels}", "of the levels: {levels}", levels=levels))


#: The words that the library brings.
OURS: Final = Vocabulary(
    grades=tuple(Grade),
    levels=tuple(Level),
    signals=tuple(SignalCode),
    measures=tuple(map(MeasureNote, Measure)),
    kinds=tuple(map(ObligationKind, VisitKind)),
    methods=tuple(MethodNote(method, hours=None) for method in VisitMethod),
)


def beside_ours(vocabulary: Vocabulary | None) -> Vocabulary:
    """The *vocabulary*, with our words for what it leaves out: where no policy says its own."""
    if vocabulary is None:
        return OURS
    left_out = {field.name: getattr(OURS, field.name) for field in attrs.fields(Vocabulary) if not getattr(vocabulary, field.name)}
    return attrs.evolve(vocabulary, **left_out)

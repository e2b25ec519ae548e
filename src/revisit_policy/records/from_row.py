"""Rows as case files: of a cursor, of a reader of CSV, or of whatever hands out values by the names of columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypedDict, Unpack

import attrs

from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.event import Event
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.own.own_fact import is_value, own_names
from revisit_policy.casefile.people.action import Action
from revisit_policy.casefile.rows.cell import plain_value
from revisit_policy.casefile.rows.cell_unit import CellUnit, StatedUnits
from revisit_policy.casefile.rows.row_reader import RowReader
from revisit_policy.casefile.rows.word_columns import WordColumns, columns_in
from revisit_policy.casefile.visit import Visit
from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError, UnknownNameError
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.fact import Fact
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.outcomes.words.vocabulary import Vocabulary, beside_ours
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import checked, several


class RowForm(TypedDict, total=False):
    """How a row is written, for whoever reads it.

    Args:
        units: What one of the numbers of a column is, where neither its type nor its text can tell: ``[percent("loan.annual_rate"),
            major_units()]``.
        denominators: What the whole numbers of a column of ratios are divided by, by path.
        without: Paths, or whole parts such as ``"events"``, that are not read although the row has them.
        currency: ISO 4217 code of all amounts of a row that has none of its own in ``loan.currency``, as for frames.
        codes: What the bank's own codes mean, by path: ``{"loan.product": {"01": "first_home"}}``; of flags ``{"是": True}``.
        lang: The language of labels, ``"zh"`` or ``"en"``, where a row has these in place of codes.
    """

    units: Collection[CellUnit]
    denominators: Mapping[str, int]
    without: Collection[str]
    currency: str
    codes: Mapping[str, Mapping[Any, Any]]
    lang: str


_STATES: Final = tuple(str(state.value) for state in ActionState)
_WHOLE: Final = re.compile(r"-?\d{1,18}", re.ASCII)
_FLAGS: Final = {"true": True, "false": False}


def from_row(  # noqa: PLR0913 - the row, its names, and what it does not hold itself
    row: Mapping[str, Any],
    *,
    columns: Mapping[str, str] | None = None,
    visits: Sequence[Visit] | None = None,
    events: Sequence[Event] | None = None,
    actions: Sequence[Action] | None = None,
    vocabulary: Vocabulary | None = None,
    own: Iterable[Fact] = (),
    **form: Unpack[RowForm],
) -> CaseFile:
    """The case file of one *row*, every cell read exactly or refused.

    Columns are called by path (``loan.balance``), as in frames; those of anything else are passed over. Money is whole minor units and a
    ratio is a decimal, unless *form* says otherwise. A row may be all text, as from a file of CSV: whole numbers in digits, days as
    ``2026-01-31``, flags as ``true`` and ``false``, nothing as empty text.

    A history that was not loaded is not a loan that nobody visited: the row has the last visit of each kind (``visits.first``, ``None``
    where there was none), or *visits* says what there was, ``()`` if nothing.

    Args:
        row: Values by the names of columns.
        columns: Names of columns by path, for those that are called otherwise: ``{"loan.balance": "outstanding"}``.
        visits: The visits completed so far, in place of what the row has of them.
        events: The first days of signals, in place of what the row has of them.
        actions: What has been done, in place of what the row has of it (``actions.litigate.state`` and ``actions.litigate.on``).
        vocabulary: The words of the policy that is to decide, ``policy.words``, of which visits and events have columns, and in which
            grades and languages are; ours if left out.
        own: The bank's own facts, ``policy.own_facts``: what a row says of them as text (``own.rooms``) is read by what they can be, and they may
            be called otherwise and have codes of the bank's. Left out, their cells are taken as they are.
        form: How the row is written; see `RowForm`.

    Raises:
        InvalidInputError: If cells cannot be read, a column is missing that every case file needs, one is named as none of a case file is,
            fields contradict one another, or nothing says which visits there were; all of it together.
        InvalidValueError: If *row* or a part of *form* is of another kind.
        UnknownNameError: If a path of *columns* or *codes* is none, with the nearest one.

    Examples:
        >>> from revisit_policy.casefile import major_units, percent
        >>> case = from_row(
        ...     {
        ...         "loan.loan_no": "L-1", "loan.product": "首套住房贷款", "loan.principal": "1800000.00", "loan.balance": "1455000.00",
        ...         "rate": "3.35", "loan.repayment": "等额本息", "loan.disbursed_on": "2024-03-15", "loan.term_months": "360",
        ...         "loan.days_past_due": "45", "borrower.id": "B-1",
        ...     },
        ...     columns={"loan.annual_rate": "rate"}, visits=(), units=[percent(), major_units()], lang="zh",
        ... )
        >>> case.loan.product, case.loan.balance, case.loan.annual_rate, case.loan.days_past_due
        (Product.FIRST_HOME, cny("1455000.00"), Fraction(67, 2000), 45)
    """
    given = checked(row, Mapping, field="row", expected=Phrase("一行，为列到值的映射", "one row as a mapping from column to value"))
    named = columns_in(beside_ours(vocabulary))
    facts = several(own, field="own", expected=Phrase("若干自有事实，如 `policy.own_facts`", "own facts, such as `policy.own_facts`"))
    kinds = {f"own.{name}": fact for fact in facts for name in own_names(checked(fact, Fact, field="own", expected=Phrase("自有事实", "own facts")))}
    names = _paths(columns, field="columns", known=(*named.paths, *named.former.values(), *kinds))
    reader = _reader(names, form, named=named)
    cells, faults = _Cells(names, form, named=named, own=kinds).read(given)
    faults += [] if visits is not None or "visits" in reader.without else _history(given, names, named=named)
    try:
        case = reader.case(cells)
    except InvalidInputError as error:
        raise InvalidInputError.of("row", [*faults, *_not_told(error, faults)]) from None
    if faults:
        raise InvalidInputError.of("row", faults)
    told: dict[str, Any] = {name: value for name, value in (("visits", visits), ("events", events), ("actions", actions)) if value is not None}
    return attrs.evolve(case, **told) if told else case


def _not_told(error: InvalidInputError, faults: Collection[InvalidValueError]) -> Iterator[InvalidValueError]:
    """What the reader refuses, without the cells that were refused already."""
    told = {name for fault in faults for name in (fault.field, fault.field.rpartition(".")[2])}
    yield from (each for each in error.exceptions if isinstance(each, InvalidValueError) and each.field not in told)


def _paths(given: Mapping[str, Any] | None, *, field: str, known: Sequence[str]) -> Mapping[str, Any]:
    by_path = checked({} if given is None else given, Mapping, field=field, expected=Phrase("按路径的映射", "a mapping by path"))
    for path in by_path:
        if path not in known:
            raise UnknownNameError(kind=Phrase("列", "column"), name=path, known=known)
    return by_path


def _reader(names: Mapping[str, str], form: RowForm, *, named: WordColumns) -> RowReader:
    for name in form:
        if name not in RowForm.__annotations__:
            raise UnknownNameError(kind=Phrase("参数", "parameter"), name=name, known=tuple(RowForm.__annotations__))
    reader = RowReader(
        named=named,
        columns=names,
        without=tuple(form.get("without", ())),
        units=StatedUnits.of(form.get("units", ()), form.get("denominators", {})),
    )
    return attrs.evolve(reader, currency=form["currency"]) if "currency" in form else reader


def _history(row: Mapping[str, Any], names: Mapping[str, str], *, named: WordColumns) -> list[InvalidValueError]:
    """What is missing of the history, where nobody says what there was."""
    expected = Phrase(
        "行中的一列（从未回访则为 None），或由 `visits=` 给出回访，从未回访则为 `visits=()`",
        "a column of it (None if there was none), or the visits given as `visits=`, `visits=()` if there was none",
    )
    missing = [path for path in named.kinds if names.get(path, path) not in row]
    return [InvalidValueError(owner="row", field=path, value=None, expected=expected) for path in missing]


class _Cells:
    """Makes of the cells of a row what the strict reader takes: codes of ours, and what text of digits and days says."""

    def __init__(self, names: Mapping[str, str], form: RowForm, *, named: WordColumns, own: Mapping[str, Fact]) -> None:
        self._names = names
        self._named = named
        self._own = own
        self._paths = (*named.paths, *named.former.values(), *own)
        self._codes = _paths(form.get("codes"), field="codes", known=self._paths)
        self._lang = None if "lang" not in form else named.words.lang(form["lang"])

    def read(self, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[InvalidValueError]]:
        """The row with such cells, and what is wrong with it."""
        made, faults = dict(row), list[InvalidValueError]()
        for path in self._paths:
            name = self._names.get(path, path)
            if name in made:
                try:
                    made[name] = self._cell(made[name], path)
                except RevisitPolicyError as error:
                    faults.append(_placed(error, path, value=made[name]))
                    made[name] = None
        return made, faults

    def _cell(self, value: Any, path: str) -> Any:  # noqa: ANN401 - of the kind of its column
        known = plain_value(value)
        if known is None or known == "":
            return None
        if path in self._codes:
            return _meant(known, self._codes[path])
        if path in self._own:
            return _own_cell(known, self._own[path], path.partition(".")[2], lang=self._lang) if isinstance(known, str) else value
        is_day = path in self._named.days or path in self._named.former.values()
        holds = FIELDS[path].holds if path in FIELDS else Holding.DAY if is_day else self._named.holds(path)
        if holds is Holding.CODE and self._lang is not None:
            return self._coded(known, path, lang=self._lang)
        return _FROM_TEXT[holds](known) if isinstance(known, str) and holds in _FROM_TEXT else value


    def _coded(self, value: Any, path: str, *, lang: str) -> Any:  # noqa: ANN401 - a code, or the label of one
        codes, kinds = (FIELDS[path].codes, FIELDS[path].kinds) if path in FIELDS else (_STATES, (ActionState,))
        own = self._named.grades if path == "determination.grade" else {}
        if value in codes or value in own:
            return value
        known: dict[str, Any] = {member.label(lang): member for kind in kinds for member in kind if isinstance(member, Labelled)}
        known |= {member.label(lang): str(member.value) for member in own.values()}
        if isinstance(value, str) and value in known:
            return known[value]
        raise UnknownNameError(kind=Phrase("代码", "code"), name=value, known=(*known, *codes))


def _own_cell(text: str, fact: Fact, name: str, *, lang: str | None) -> object:  # noqa: PLR0917 - what stands in the cell of what
    """What a *text* under *name* says: the value of an own *fact*, or the day that it is of or counted from."""
    if not is_value(fact, name):
        return _day(text)
    match fact.domain:
        case Counts():
            return _count(text)
        case Flags():
            return _flag(text)
        case Days():
            return _day(text)
        case Choices(items) if lang is not None:
            return next((choice_code(item) for item in items if isinstance(item, Labelled) and item.label(lang) == text), text)
        case _:
            return text


def _meant(value: Any, codes: Mapping[Any, Any]) -> Any:  # noqa: ANN401 - a code of the bank's
    if value in codes:
        return codes[value]
    raise UnknownNameError(kind=Phrase("代码", "code"), name=value, known=tuple(map(str, codes)))


def _placed(error: RevisitPolicyError, path: str, *, value: object) -> InvalidValueError:
    if isinstance(error, UnknownNameError):
        names = ", ".join(f"`{name}`" for name in error.known)
        expected = Phrase("{names} 之一", "one of {names}", names=names)
        if error.nearest:
            expected = Phrase("{names} 之一，或许是 `{near}`", "one of {names}, perhaps `{near}`", names=names, near=error.nearest)
        return InvalidValueError(owner="row", field=path, value=value, expected=expected)
    if isinstance(error, InvalidValueError):
        return InvalidValueError(owner="row", field=path, value=value, expected=error.expected)
    return InvalidValueError(owner="row", field=path, value=value, expected=Phrase("正确（{error}）", "sound ({error})", error=error))


def _count(text: str) -> object:
    return int(text) if _WHOLE.fullmatch(text) else text


def _flag(text: str) -> object:
    return _FLAGS.get(text, text)


def _day(text: str) -> object:
    try:
        return dt.date.fromisoformat(text) if len(text) == len("2026-01-31") else text
    except ValueError:
        return text


_FROM_TEXT: Final[Mapping[Holding | None, Callable[[str], object]]] = {Holding.COUNT: _count, Holding.FLAG: _flag, Holding.DAY: _day}

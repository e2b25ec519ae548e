"""The schema of a policy: every column that it needs, derived from its facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar, Unpack

import attrs

from revisit_policy.casefile.case_columns import FIELDS, ROOTS, SETTLED_BY
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.relations import RELATIONS
from revisit_policy.casefile.rows.field_label import FIELD_LABELS
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS, WordColumns
from revisit_policy.errors import InvalidPolicyError
from revisit_policy.frames.columns.column import Column
from revisit_policy.frames.columns.said_days import SAID_DAYS, day_path, days_counted
from revisit_policy.frames.columns.sources import FOR, anchors_of, columns_of
from revisit_policy.frames.subject import Subject
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.outcomes.measure import ActionState
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import to_tuple

if TYPE_CHECKING:
    from revisit_policy.frames.columns.binding import Layout

Frame = TypeVar("Frame")

_HEADINGS = (
    Label("列", "column"), Label("类型", "dtype"), Label("可缺失", "may be missing"), Label("单位", "unit"), Label("含义", "meaning")
)  # fmt: skip


@attrs.frozen(repr=False)
class Schema:
    """The columns that a policy needs, in the order in which its facts are first read.

    Print it for a table that people can read; iterate over it for the columns.
    """

    columns: tuple[Column, ...] = attrs.field(converter=to_tuple)
    _beside: tuple[Column, ...] = attrs.field(default=(), kw_only=True)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def rows(self, lang: str | Lang = Lang.EN) -> tuple[tuple[str, ...], ...]:
        """One row of text a column: path, dtype, may be missing, unit, meaning; codes stand with the meaning."""
        return tuple(_row(column, to_lang(lang)) for column in self)

    def text(self, lang: str | Lang = Lang.EN) -> str:
        """The rows as a table for people, with a line of headings."""
        rows = [tuple(heading.text(lang) for heading in _HEADINGS), *self.rows(lang)]
        widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
        return "\n".join("  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)

    def cast(self, frame: Frame, **layout: Unpack[Layout]) -> Frame:
        """*frame* with the columns that do not fit made to fit exactly: for one that was read from CSV or JSON.

        A file has no types. Days, numbers and flags that came back as text, floats that were decimals of at most fifteen digits,
        and columns of nothing but nulls become what the schema needs; empty text is unknown. So do the days that counts are of,
        where the frame has them (``loan.arrears_as_of``, ``loan.unpaid_since``). Columns that fit, and those that the schema
        does not name, stay as they are; one that is missing is for `check` to tell. Nothing is rounded or guessed: an
        amount with a decimal point, or a whole number in a column of ratios, needs its unit named in `units`, and a column of
        which the unit is named comes out in minor units or as a decimal, to be decided without.

        Args:
            frame: A frame in memory, of polars, pandas or pyarrow.
            layout: How it is written, as for `decide`.

        Raises:
            InvalidInputError: If a cell cannot be read exactly: one fault a column, all of them together.
            InvalidValueError: If it is no frame in memory.

        Examples:
            >>> import polars as pl
            >>> from revisit_policy import frames
            >>> from revisit_policy.rulebooks import cn_housing
            >>> read = pl.DataFrame({"loan.disbursed_on": ["2024-03-15"], "loan.balance": ["1455000.00"], "market.price_change_12m": [-0.02]})
            >>> frames.schema(cn_housing.rulebook).cast(read, units=[frames.major_units()]).row(0)
            (datetime.date(2024, 3, 15), 145500000, Decimal('-0.02000000000'))
        """
        from revisit_policy.frames.casting import cast_to  # noqa: PLC0415 - that module needs this one

        made: Frame = cast_to((*self.columns, *self._beside), frame, layout=layout)
        return made

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Schema of {len(self)} columns>"


#: Of how many subjects the schema is kept.
_MEMORY: Final = 64


@lru_cache(maxsize=_MEMORY)
def schema_of(subject: Subject) -> Schema:
    """The columns that the facts of *subject* are made from, and what a policy reads of a case file besides."""
    given = next((name for edited in subject.editions for name in edited.graph.given), None)
    if given is not None:
        problem = Phrase(
            "外部给出的结论无法从数据框读取；请将相应的表放入图中",
            "outcomes that are given from outside cannot be read from a frame; put the tables into the graph",
        )
        raise InvalidPolicyError(subject=given, problem=problem)
    met: dict[str, Column] = {}
    needed = [fact for fact, is_rare in days_counted(subject) if not is_rare and day_path(fact) not in SAID_DAYS] if subject.plans_visits else ()
    for fact in (*subject.facts, *needed):
        if fact != DECISION_DAY:
            for column in columns_of(fact):
                met[column.path] = _merged(met[column.path], column) if column.path in met else column
    if subject.is_policy:
        met = dict(_without_derived(met))
        for path in _besides(subject):
            met.setdefault(path, case_column(path, subject.named))
        met = {path: _with_need(column) for path, column in met.items()}
    return Schema(tuple(met.values()), beside=tuple(column for fact in subject.facts for column in anchors_of(fact) if column.path not in met))


def _without_derived(met: Mapping[str, Column]) -> Iterator[tuple[str, Column]]:
    """The columns *met* by path, with those that tell it in place of one that a case file derives."""
    for path, column in met.items():
        if path not in ROOTS:
            yield path, column
            continue
        name = FOR.with_parts(what=column.meaning)
        for root in ROOTS[path]:
            if root not in met:
                yield root, attrs.evolve(case_column(root, OUR_COLUMNS), meaning=name, facts=column.facts)


def _besides(subject: Subject) -> Iterator[str]:
    """What a policy reads of a row beside its facts."""
    yield "loan.disbursed_on"
    yield from SETTLED_BY
    if any(edited.edition and edited.edition.stock_until for edited in subject.editions):
        yield "loan.reclassified_on"
    if subject.horizon is not None:
        yield from subject.named.planned_by


#: What is bad of a row whose actions are.
ACTIONS: Final = "actions"


@lru_cache(maxsize=_MEMORY)
def checked_besides(subject: Subject) -> tuple[Column, ...]:
    """The columns that a frame need not have, but that are read where it has them.

    They are the days that counts are of, and what the relations of a case file are checked by.
    """
    asked = {column.path for column in schema_of(subject)}
    found = {column.path: column for fact in subject.facts for column in anchors_of(fact) if column.path not in asked}
    if subject.is_policy:
        named = (path for relation in RELATIONS for path in relation.paths if path in FIELDS)
        found |= {path: case_column(path, subject.named) for path in named if path not in asked and path not in found}
        found |= {path: case_column(path, subject.named) for path in subject.named.actions}
    if subject.plans_visits:
        days = [path for fact, _ in days_counted(subject) for path in SAID_DAYS.get(day_path(fact), (day_path(fact),))]
        found |= {path: case_column(path, subject.named) for path in (*days, *subject.named.desk) if path not in asked and path not in found}
    return tuple(found.values())


def case_column(path: str, named: WordColumns) -> Column:
    """A field of a case file as a column, or what it says beside its fields, its visits and events as *named*; no fact reads it."""
    field, words = FIELDS.get(path), path.rpartition(".")[2].replace("_", " ")
    meaning = named.meaning(path) or FIELD_LABELS.get(path) or Label(path, words)
    if path in named.actions:  # of which one that is not read would be passed over
        codes = tuple(state.value for state in ActionState) if path in named.action_states else ()
        return Column(path=path, holds=named.holds(path), codes=codes, meaning=meaning, facts=(ACTIONS,))
    return Column(path=path, holds=named.holds(path), codes=() if field is None else field.codes, meaning=meaning, facts=())


def _with_need(column: Column) -> Column:
    field = FIELDS.get(column.path)
    return column if field is None else attrs.evolve(column, may_be_missing=not field.is_required)


def _merged(one: Column, other: Column) -> Column:
    """What two facts say of the column that both are made from."""
    if one.is_summed != other.is_summed and {one.holds, other.holds} <= {Holding.COUNT, Holding.AMOUNT}:
        one, other = (other, one) if one.is_summed else (one, other)  # the fact that is the column itself names it
    elif one.holds is not other.holds:
        problem = Phrase(
            "该列既作{holds}又作{holds_2}读取", "the column is read as {holds} and as {holds_2}", holds=one.holds.labels, holds_2=other.holds.labels
        )
        raise InvalidPolicyError(subject=one.path, problem=problem)
    return attrs.evolve(
        one,
        codes=dict.fromkeys((*one.codes, *other.codes)),
        facts=dict.fromkeys((*one.facts, *other.facts)),
        is_summed=one.is_summed or other.is_summed,
    )


def _row(column: Column, lang: Lang) -> tuple[str, ...]:
    meaning = column.meaning.text(lang) + (f": {' | '.join(column.codes)}" if column.codes else "")
    missing = (Label("是", "yes") if column.may_be_missing else Label("否", "no")).text(lang)
    return column.path, column.holds.dtype, missing, column.unit.text(lang) if column.unit else "", meaning


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese sign takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)  # noqa: PLR2004 - where the East Asian scripts begin


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))

"""A decision as one query, for a warehouse that is asked in SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Unpack, cast

from revisit_policy.casefile.case_columns import CURRENCY
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.row_reader import is_left_out
from revisit_policy.errors import InvalidValueError
from revisit_policy.frames.columns.binding import Layout, check_layout, to_name
from revisit_policy.frames.columns.column import Column
from revisit_policy.frames.columns.schema import checked_besides, schema_of
from revisit_policy.frames.columns.sources import currencies_of
from revisit_policy.frames.deciding import asked_of, decided
from revisit_policy.frames.engines.opened import needed_packages
from revisit_policy.frames.outputs.output import Trace
from revisit_policy.frames.subject import Policy, Subject
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import several
from revisit_policy.values.working_days import WorkCalendar

_TEXT: Final = "VARCHAR"
_WHOLE: Final = "BIGINT"
_TYPES: Final[dict[Holding, str]] = {
    Holding.COUNT: _WHOLE,
    Holding.AMOUNT: _WHOLE,
    Holding.RATIO: "DECIMAL(38, 11)",
    Holding.FLAG: "BOOLEAN",
    Holding.CODE: _TEXT,
    Holding.DAY: "DATE",
    Holding.TEXT: _TEXT,
}


def to_sql(  # noqa: PLR0913 - what `decide` takes
    policy: Policy,
    *,
    on: str | dt.date,
    table: str = "loans",
    keys: Collection[str] = (),
    trace: Trace | str = Trace.MASKS,
    visits: bool = False,
    until: str | dt.date | None = None,
    calendar: WorkCalendar | None = None,
    duties: bool = False,
    prefix: str = "",
    **layout: Unpack[Layout],
) -> str:
    """The query, in the SQL of DuckDB, that decides every row of *table* as `decide` does.

    It selects *keys*, the columns that the policy reads, and the columns that `decide` adds. Of the types of a warehouse
    nothing is known: the columns have to be of the types that `schema` says. Nor is it known which other columns of a case
    file the table has, by which a row can contradict itself, be in another currency, or say since when it is late: a row is read and checked
    by those that *keys* names, such as ``"loan.unpaid_since"`` where that tells the days past due, and a comment at the head of the query
    names the others, which `decide` would heed in a frame that has them.
    The text is tested on DuckDB; for another warehouse a translator such as sqlglot rewrites it, and what it makes has to be tested there.

    Args:
        policy: What decides.
        on: The decision day: it stands in the query as a constant.
        table: The name of the table.
        keys: Further columns that are passed through, such as the number of the loan; one of a case file, such as
            ``"loan.currency"``, is checked too.
        trace: As for `decide`.
        visits: As for `decide`.
        until: As for `decide`.
        calendar: As for `decide`.
        duties: As for `decide`.
        prefix: As for `decide`.
        layout: How the table is written, as for `decide`.

    Raises:
        InvalidValueError: If *keys* is one text and not several, or one of them is a column that is selected anyway, in
            whatever case.
        InvalidInputError: If one of them has a name that the decision adds, in whatever case: DuckDB passes over it.
        MissingExtraError: If DuckDB, which writes the text, is not installed.
    """
    columns = Phrase('若干列，如 `("loan.loan_no",)`', 'several columns, such as `("loan.loan_no",)`')
    for key in several(keys, field="keys", expected=columns):
        if not to_name(key, field="keys", expected=columns):
            raise InvalidValueError(owner="", field="keys", value=key, expected=Phrase("非空的名称", "names that are not empty"))
    if not to_name(table, field="table", expected=Phrase("表名", "the name of a table")):
        raise InvalidValueError(owner="", field="table", value=table, expected=Phrase("表名", "the name of a table"))
    check_layout(layout)
    subject = asked_of(policy, visits=visits, on=on, until=until, calendar=calendar, duties=duties)
    names, denominators = layout.get("columns", {}), layout.get("denominators", {})
    read = [column for column in schema_of(subject) if not is_left_out(column.path, layout.get("without", ()))]
    types = {names.get(column.path, column.path): _type(column, is_stated=column.path in denominators) for column in read}
    _check_names(keys, types)
    besides = {names.get(path, path): kind for path, kind in _checked_besides(subject).items() if not is_left_out(path, layout.get("without", ()))}
    connection = _in_memory()  # held on to until the text is there: DuckDB before 2 closes it, and all that came of it, with its last name
    empty = _empty_table(connection, table, {**{key: besides.get(key, _TEXT) for key in keys}, **types})
    relation: Any = decided(subject, empty, on=on, trace=trace, prefix=prefix, layout=layout)
    return _unchecked(name for name in besides if name not in keys) + cast("str", relation.sql_query())


def _checked_besides(subject: Subject) -> dict[str, str]:
    """The columns that a row is checked by where a frame has them, and their types, by path."""
    found = {column.path: _type(column, is_stated=False) for column in checked_besides(subject)}
    return {**found, CURRENCY: _TEXT} if subject.is_policy and len(currencies_of(subject)) == 1 else found


def _unchecked(names: Iterable[str]) -> str:
    """The comment that names what no row is checked by, on one line and without an end of its own; nothing if there is none."""
    told = ", ".join(" ".join(name.replace("*", "?").split()) for name in names)  # no name can end the comment
    return f"/* neither read nor checked, because `keys` does not name them: {told} */ " if told else ""


def _check_names(keys: Collection[str], read: Iterable[str]) -> None:
    """Refuse columns that DuckDB cannot tell apart: it passes over the case of names."""
    met = {name.lower(): name for name in read}
    if len(met) < len(set(read)):
        name = next(name for name in read if met[name.lower()] != name)
        raise InvalidValueError(
            owner="",
            field="columns",
            value=name,
            expected=Phrase("与 `{met}` 的区别不止于大小写", "told from `{met}` by more than its case", met=met[name.lower()]),
        )
    for key in dict.fromkeys(keys):
        other = met.setdefault(key.lower(), key)
        if other in read:
            raise InvalidValueError(
                owner="",
                field="keys",
                value=key,
                expected=Phrase("政策本身不读取的列，不论大小写", "columns that the policy does not read itself, in whatever case"),
            )
        if other != key:
            raise InvalidValueError(
                owner="", field="keys", value=key, expected=Phrase("与 `{other}` 的区别不止于大小写", "told from `{other}` by more than its case", other=other)
            )


def _in_memory() -> Any:
    """A connection of its own to a database in memory; names can be used again in the next."""
    with needed_packages():
        from narwhals.sql import CONN  # noqa: PLC0415 - needs DuckDB, which only this asks for

    return CONN.cursor()


def _empty_table(connection: Any, name: str, types: Mapping[str, str]) -> Any:
    """A table without rows, for this *connection* alone."""
    columns = ", ".join(f"{_quoted(column)} {kind}" for column, kind in types.items())
    connection.execute(f"CREATE TEMP TABLE {_quoted(name)} ({columns})")
    return connection.table(_quoted(name))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _type(column: Column, *, is_stated: bool) -> str:
    return _WHOLE if is_stated else _TYPES[column.holds]

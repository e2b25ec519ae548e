"""Counting a decided frame by how its loans were granted: product, channel, or whatever else a column says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import narwhals as nw

from revisit_policy.casefile.case_columns import FIELDS
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS
from revisit_policy.frames.columns.binding import BoundColumn, Form, Wanted, bound
from revisit_policy.frames.columns.schema import case_column
from revisit_policy.frames.engines.opened import dtypes_of, engine_of, names_of, opened
from revisit_policy.frames.subject import Policy, Subject, subject_of
from revisit_policy.frames.tallies.counting import LOANS, Counting, check_decided, columns_of_set, kinds_of
from revisit_policy.reports.grant_tally import EarlyArrears, GrantGroup, GrantTally
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, to_date
from revisit_policy.values.labels import Labelled, Lang
from revisit_policy.values.validation import fault, found_in, several, to_whole

_DISBURSED: Final = "loan.disbursed_on"
_COUNT: Final = "loan.days_past_due"
_SINCE: Final = "loan.unpaid_since"
_YOUNG: Final = "young"
_LATE: Final = ("late by count", "late by day")
_SETS: Final = ("signals", "origination")
_LONGEST: Final = 600
_KIND: Final = Phrase("列", "column")
_BY: Final = Phrase("若干列名，如 `loan.product`", "some names of columns, such as `loan.product`")


def tally_grants(policy: Policy, result: object, *, on: str | dt.date, by: Sequence[str] = ("loan.product",), early_months: int = 12) -> GrantTally:
    """*result*, a frame that `decide` has made, as numbers by how its loans were granted: what `reports.GrantingReport` prints.

    The engine counts the rows of each kind; no case file is made. A lazy frame is collected once it is counted. Whether a loan is in arrears
    is told by ``loan.days_past_due`` and ``loan.unpaid_since``, whether it was paid out lately by ``loan.disbursed_on``.

    Args:
        policy: The policy or rulebook that decided.
        result: The frame, not labelled.
        on: The decision day that it was decided for.
        by: The columns by which loans are told apart, each with few different cells, such as the product and the channel. Any column
            of the frame will do, whether the policy reads it or not.
        early_months: A loan was paid out lately if that was less than so many months before *on*, 1 to 600.

    Raises:
        InvalidInputError: If it is no frame that `decide` has made, or has one of these three columns in a type that none can be of.
        UnknownNameError: If the frame has no such column as one of *by*.
        InvalidValueError: If *policy* is none, *on* no day, or another argument is malformed.

    Examples:
        >>> import polars as pl
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny, frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2026-03-15", term_months=360, days_past_due=45,
        ... )
        >>> book = frames.from_cases([CaseFile(loan=loan, borrower=BorrowerProfile("B-1"))]).with_columns(pl.lit("broker").alias("channel"))
        >>> decided = frames.decide(cn_housing.rulebook, book, on="2026-11-24")
        >>> group, = tally_grants(cn_housing.rulebook, decided, on="2026-11-24", by=["loan.product", "channel"]).groups
        >>> group.granted, group.worse, group.early
        ((Product.FIRST_HOME, 'broker'), 1, EarlyArrears(loans=1, in_arrears=1, unknown=0))
    """
    subject, day, given = subject_of(policy), to_date(on, field="on"), opened(result)
    months = to_whole(early_months, low=1, high=_LONGEST, field="early_months")
    there = names_of(given)
    check_decided(there, subject)
    apart = _told_apart(by, there)
    frame, early = _read(given, day=day, months=months)
    wanted = [name for name in ("bad_input", "grade", *(column for name in _SETS for column in columns_of_set(name, there))) if name in there]
    told = {**{_group(at): nw.col(name) for at, name in enumerate(apart)}, **{name: nw.col(name) for name in wanted}, **early}
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in kinds_of(frame, told):
        groups.setdefault(tuple(_cell(row[_group(at)], name) for at, name in enumerate(apart)), []).append(row)
    ordered = sorted(groups.items(), key=lambda item: tuple(_order(each) for each in item[0]))
    counted = tuple(_counted(subject, wanted, rows, granted=granted) for granted, rows in ordered)
    return GrantTally(on=day, by=apart, groups=counted, early_months=months, languages=tuple(subject.words.languages or Lang))


def _told_apart(by: Iterable[str], there: Sequence[str]) -> tuple[str, ...]:
    known = dict(zip(there, there, strict=True))
    apart = tuple(found_in(known, name, kind=_KIND) for name in several(by, field="by", expected=_BY))
    if not apart or len(set(apart)) < len(apart):
        raise fault("by", apart, _BY)
    return apart


def _group(at: int) -> str:
    return f"group {at}"


def _read(given: Any, *, day: Date, months: int) -> tuple[Any, dict[str, nw.Expr]]:
    """The frame with its days in a form that can be compared, and what tells of early arrears; nothing where no column does."""
    engine = engine_of(given)
    there = set(names_of(given))
    wanted = Wanted(needed=tuple(case_column(path, OUR_COLUMNS) for path in (_DISBURSED, _COUNT, _SINCE) if path in there))
    binding, frame = bound(wanted, dtypes_of(given), layout={}, is_pandas=engine.is_loosely_typed), given
    if engine.is_loosely_typed:
        ready = engine.prepare(nw.to_native(given), binding)
        frame = given.with_columns(*(ready.frame[source.name].alias(source.name) for source in binding.columns if source.form is not Form.EMPTY))
        binding = ready.binding
    columns = {source.column.path: source for source in binding.columns if source.form is not Form.EMPTY}
    if _DISBURSED not in columns or not {_COUNT, _SINCE} & set(columns):
        return frame, {}
    late = {
        _LATE[0]: nw.col(_COUNT) > 0 if _COUNT in columns else nw.lit(None),
        _LATE[1]: nw.col(_SINCE) < _as_told(day, columns[_SINCE]) if _SINCE in columns else nw.lit(None),
    }
    return frame, {_YOUNG: nw.col(_DISBURSED) > _as_told(add_months(day, -months), columns[_DISBURSED]), **late}


def _as_told(day: Date, source: BoundColumn) -> Any:
    """*day* as a column compares it."""
    plain = dt.date(day.year, day.month, day.day)
    return (plain - dt.date(1970, 1, 1)).days if source.form is Form.DAY_NUMBER else plain


def _cell(value: Any, name: str) -> Labelled | str | None:
    """What a cell says of the grant: the member that it is the code of, if the column is a field of a case file, else its text."""
    if value is None:
        return None
    code = str(value)
    for kind in FIELDS[name].kinds if name in FIELDS else ():
        with suppress(ValueError):
            member = kind(code)
            return member if isinstance(member, Labelled) else code
    return code


def _order(value: Labelled | str | None) -> tuple[int, int, str]:
    """Members as they are declared, then texts by their signs, then what is not told."""
    if value is None:
        return 2, 0, ""
    if isinstance(value, Labelled):
        return 0, list(type(value)).index(value), ""
    return 1, 0, value


def _counted(subject: Subject, wanted: Sequence[str], rows: Sequence[Mapping[str, Any]], *, granted: tuple[Labelled | str | None, ...]) -> GrantGroup:
    counting = Counting(subject, wanted, rows)
    return GrantGroup(
        granted=granted,
        loans=counting.loans,
        refused=counting.refused,
        grades=counting.places("grade"),
        warned=counting.with_any("signals"),
        signals=counting.members("signals"),
        faulty=counting.with_any("origination"),
        found=counting.members("origination"),
        early=_early(counting.decided) if _YOUNG in rows[0] else None,
    )


def _early(rows: Sequence[Mapping[str, Any]]) -> EarlyArrears:
    young = [row for row in rows if row[_YOUNG]]
    late = [row for row in young if any(row[name] for name in _LATE)]
    unknown = [row for row in young if all(row[name] is None for name in _LATE)]
    return EarlyArrears(**{name: sum(row[LOANS] for row in kept) for name, kept in (("loans", young), ("in_arrears", late), ("unknown", unknown))})

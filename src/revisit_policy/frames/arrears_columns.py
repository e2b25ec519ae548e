"""Arrears of a whole book: what `servicing.arrears` counts of one loan, from a table of instalments and one of payments.

Under an order of payment that goes from the oldest instalment to the youngest, what is paid is always a beginning of all that
is due. So no payment has to be followed: an instalment is unpaid where the sum of all dues up to it is above the sum of all
payments, and was late where it was above what had been paid by the end of its last day. One sum over each table in order of days
answers for every instalment at once.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.engines.opened import engine_of, names_of, opened
from revisit_policy.servicing.arrears.arrears import DELAY_MONTHS, MISSED_MONTHS
from revisit_policy.servicing.arrears.arrears_convention import DAYS_OF_A_MONTH, AfterGrace, Allocation, ArrearsConvention, DayCount, DueDayShift, GraceFor
from revisit_policy.servicing.arrears.claim import LATE_DAYS
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months, cutoff_elapsed, month_end, to_date
from revisit_policy.values.validation import checked, fault, to_text

_EPOCH: Final = dt.date(1970, 1, 1)
_ANY: Final = nw.col("day")
_FIRST: Final = {Allocation.OLDEST_INTEREST_FIRST: "interest", Allocation.OLDEST_PRINCIPAL_FIRST: "principal"}
_PAYMENT, _DUE, _LATE = 0, 1, 2
"""What a row of the tables put together is; on one day payments come first."""

#: What is computed of a loan, with the field of the case file that it is.
COLUMNS: Final = {
    "days_past_due": "loan.days_past_due",
    "balance": "loan.balance",
    "missed_consecutive": "loan.missed_consecutive",
    "missed_total_24m": "loan.missed_total_24m",
    "delays_over_5_days_12m": "loan.delays_over_5_days_12m",
}
_AS_OF: Final = "loan.arrears_as_of"
_BESIDE: Final = ("principal_days", "interest_days", "unpaid_since", "overdue_principal", "overdue_interest", "overdue_balance", "missed_total")


def arrears(instalments: Any, payments: Any, convention: ArrearsConvention, *, on: str | Date, key: str = "loan_no") -> Any:
    """What every loan of a book is behind with at the end of a day, as `servicing.arrears` has it for one.

    It stays on the engine and stays lazy. Pauses, tolerance, days off, grace for the first instalment alone and orders of payment
    that go by kind are for the single question.

    Args:
        instalments: A polars frame or a DuckDB relation, a row an instalment, future ones included: *key*, ``due_on`` (the day from
            which it is counted), and ``principal`` and ``interest`` in minor units.
        payments: The same engine, a row a payment: *key*, ``paid_on``, and ``amount`` in minor units.
        convention: How days are counted.
        on: The day, its payments included; what was paid after it plays no part.
        key: The column that tells loans apart.

    Returns:
        A row a loan that either table names, in no order: *key*; ``loan.days_past_due``, ``loan.balance``,
        ``loan.missed_consecutive``, ``loan.missed_total_24m`` and ``loan.delays_over_5_days_12m``, as `frames.decide` reads them, and
        ``loan.arrears_as_of``, which is *on*;
        ``principal_days``, ``interest_days``, ``unpaid_since``, ``overdue_principal``, ``overdue_interest``, ``overdue_balance``,
        ``missed_total``; and ``refused``, true where an amount, a day or a loan's instalments are missing, an amount is below 0 or
        comes to nothing, or two instalments share a day: all else is null there.

    Raises:
        InvalidValueError: If a frame is of another engine, they are of two, or the convention has what columns cannot count.
        InvalidInputError: If columns are missing.

    Examples:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from revisit_policy import frames
        >>> from revisit_policy.rulebooks import cn_housing
        >>> days = [dt.date(2025, 3, 20), dt.date(2025, 4, 20)]
        >>> due = pl.DataFrame({"loan_no": ["A", "A"], "due_on": days, "principal": [150000] * 2, "interest": [85000] * 2})
        >>> paid = pl.DataFrame({"loan_no": ["A"], "paid_on": [dt.date(2025, 4, 1)], "amount": [235000]})
        >>> found = frames.arrears(due, paid, cn_housing.ARREARS_CONVENTION, on="2025-05-01")
        >>> found.select("loan_no", "loan.days_past_due", "loan.missed_total_24m", "overdue_principal").row(0)
        ('A', 11, 2, 150000)
    """
    day = to_date(on, field="on")
    name = _to_key(key)
    count = _Count(convention=_countable(convention), on=day, key=name)
    dues, paid = _tables(instalments, payments, name)
    return nw.to_native(count.of(dues, paid))


def _to_key(key: str) -> str:
    try:
        return to_text(key)
    except InvalidValueError as error:
        raise error.located(owner="", field="key") from None


def _tables(instalments: Any, payments: Any, key: str) -> tuple[Any, Any]:
    """Both tables with days as numbers and amounts as whole numbers.

    Raises:
        InvalidValueError: If they are not both of polars or both of DuckDB.
        InvalidInputError: If columns are missing.
    """
    dues, paid = opened(instalments), opened(payments)
    for field, frame in (("instalments", dues), ("payments", paid)):
        if engine_of(frame).day_number(_ANY) is None:
            raise fault(field, type(nw.to_native(frame)).__name__, Phrase("polars 数据框或 DuckDB 关系", "a polars frame or a DuckDB relation"))
    if engine_of(dues) is not engine_of(paid):
        raise fault("payments", type(nw.to_native(paid)).__name__, Phrase("与 `instalments` 同一引擎", "of the engine of `instalments`"))
    for field, frame, needed in (("instalments", dues, ("due_on", "principal", "interest")), ("payments", paid, ("paid_on", "amount"))):
        there = names_of(frame)
        faults = [InvalidValueError(owner=field, field=name, value=None, expected=Phrase("一列", "a column")) for name in (key, *needed) if name not in there]
        if faults:
            raise InvalidInputError.of(field, faults)
    return dues, paid


def _countable(convention: ArrearsConvention) -> ArrearsConvention:
    checked(convention, ArrearsConvention, field="convention", expected=Phrase("ArrearsConvention", "an ArrearsConvention"))
    has_grace = convention.grace_days > 0
    cannot = {
        "pays by the oldest instalment": convention.allocation not in _FIRST,
        "tolerates nothing": convention.tolerance is not None,
        "moves no due days": convention.shift is not DueDayShift.NONE,
        "has grace for every instalment": has_grace and convention.grace_for is not GraceFor.EVERY_PERIOD,
        "counts months from the due day": has_grace and convention.count is DayCount.MONTHS_OF_30 and convention.after_grace is AfterGrace.FROM_ITS_END,
    }
    for expected, is_not in cannot.items():
        if is_not:
            raise fault("convention", convention.name.en, Phrase(
                "{expected}的口径，方可按列计算", "one that {expected}, to be counted in columns", expected=expected
            ))
    return convention


def _of_day(frame: Any, name: str) -> Any:
    """A column of days as days since 1970."""
    return engine_of(frame).day_number(nw.col(name))


def _number(day: dt.date) -> int:
    return (day - _EPOCH).days


def _within(amount: Any, most: Any) -> Any:
    """*amount*, but not below 0 nor above *most*."""
    return nw.min_horizontal(nw.max_horizontal(amount, nw.lit(0)), most)


@attrs.frozen(kw_only=True)
class _Count:
    """One convention on one day, as columns."""

    convention: ArrearsConvention
    on: Date
    key: str

    def of(self, instalments: Any, payments: Any) -> Any:
        """A row a loan."""
        rows = nw.concat([self._payments(payments), *self._instalments(instalments)])
        # payments of the day come before what is due on it is asked for
        paid_by = nw.col("amount").cum_sum().over(self.key, order_by=["day", "kind"]).cast(nw.Int64)
        paid = nw.col("amount").sum().over(self.key).cast(nw.Int64)
        found = self._unpaid(rows.with_columns(paid_by=paid_by, paid=paid))
        return self._told(self._of_loans(found))

    def _payments(self, payments: Any) -> Any:
        day, amount = _of_day(payments, "paid_on"), nw.col("amount").cast(nw.Int64)
        is_wrong = nw.col("paid_on").is_null() | amount.is_null() | (amount <= 0).fill_null(value=False)
        none = nw.lit(0).cast(nw.Int64)
        made = payments.select(
            nw.col(self.key), day=day, amount=amount, is_wrong=is_wrong, kind=nw.lit(_PAYMENT).cast(nw.Int64), due=day, due_on=nw.col("paid_on").cast(nw.Date),
            up_to=none, principal=none, interest=none,
        )  # fmt: skip
        return made.filter(nw.col("is_wrong") | (nw.col("day") <= _number(self.on)))

    def _instalments(self, instalments: Any) -> tuple[Any, Any]:
        """A row an instalment on the last day on which it could be paid in time, and one on the last on which it was not yet very late."""
        principal, interest = nw.col("principal").cast(nw.Int64), nw.col("interest").cast(nw.Int64)
        is_sound = (principal >= 0) & (interest >= 0) & (principal + interest > 0)
        dues = instalments.select(
            nw.col(self.key),
            due=_of_day(instalments, "due_on"),
            due_on=nw.col("due_on").cast(nw.Date),
            principal=principal,
            interest=interest,
            is_wrong=nw.col("due_on").is_null() | ~is_sound.fill_null(value=False),
        )
        in_order = {"order_by": ["due"]}
        dues = dues.with_columns(
            up_to=(nw.col("principal") + nw.col("interest")).cum_sum().over(self.key, **in_order).cast(nw.Int64),
            is_wrong=nw.col("is_wrong") | (nw.col("due").shift(1).over(self.key, **in_order) == nw.col("due")).fill_null(value=False),
        )
        grace = self.convention.grace_days
        counted = grace if self.convention.after_grace is AfterGrace.FROM_ITS_END else 0
        very_late = max(grace, counted + LATE_DAYS)
        recent = _number(cutoff_elapsed(DELAY_MONTHS, self.on)) - very_late - 1
        names = (self.key, "day", "amount", "is_wrong", "kind", "due", "due_on", "up_to", "principal", "interest")
        last_days = ((_DUE, grace, dues), (_LATE, very_late, dues.filter(nw.col("due") > recent, nw.col("due") <= _number(self.on))))
        none = nw.lit(0).cast(nw.Int64)
        due, late = (
            frame.with_columns(day=nw.col("due") + after, amount=none, kind=nw.lit(kind).cast(nw.Int64)).select(*names) for kind, after, frame in last_days
        )
        return due, late

    def _unpaid(self, rows: Any) -> Any:
        """With what of each instalment is unpaid now, and whether it is past due and has been late."""
        first = _FIRST[self.convention.allocation]
        second = "principal" if first == "interest" else "interest"
        # the first day after its last one; where the due day counts, the last day itself
        marked = nw.col("day") + 1 - self.convention.due_day
        is_due = (nw.col("kind") == _DUE) & (nw.col("due") <= _number(self.on))
        owed = nw.col("up_to") - nw.col("paid")
        return rows.with_columns(
            **{second: nw.col(second), f"unpaid_{second}": _within(owed, nw.col(second)), f"unpaid_{first}": _within(owed - nw.col(second), nw.col(first))},
            marked=marked,
            is_due=is_due,
            is_past_due=is_due & (marked <= _number(self.on)),
            was_late=(nw.col("paid_by") < nw.col("up_to")) & (marked <= _number(self.on)),
        )

    def _of_loans(self, rows: Any) -> Any:
        past_due, instalment = nw.col("is_past_due"), nw.col("kind") == _DUE
        unpaid = {kind: past_due & (nw.col(f"unpaid_{kind}") > 0) for kind in ("principal", "interest")}
        late, within = nw.col("was_late"), {months: nw.col("marked") > _number(cutoff_elapsed(months, self.on)) for months in (MISSED_MONTHS, DELAY_MONTHS)}
        counts = {
            "missed_consecutive": unpaid["principal"] | unpaid["interest"],
            "missed_total": instalment & late,
            "missed_total_24m": instalment & late & within[MISSED_MONTHS],
            "delays_over_5_days_12m": (nw.col("kind") == _LATE) & late & within[DELAY_MONTHS],
            "wrong": nw.col("is_wrong"),
            "instalments": instalment,
        }
        amounts = {
            "overdue_principal": nw.when(past_due).then(nw.col("unpaid_principal")).otherwise(0),
            "overdue_interest": nw.when(past_due).then(nw.col("unpaid_interest")).otherwise(0),
            "balance": nw.when(nw.col("is_due")).then(nw.col("unpaid_principal")).when(instalment).then(nw.col("principal")).otherwise(0),
        }
        since = {f"{kind}_since": nw.when(is_unpaid).then(nw.col("due_on")) for kind, is_unpaid in unpaid.items()}
        made = rows.select(
            self.key,
            **{name: flag.cast(nw.Int64).fill_null(0) for name, flag in counts.items()},
            **{name: amount.cast(nw.Int64) for name, amount in amounts.items()},
            **since,
        )
        return made.group_by(self.key).agg(
            *(nw.col(name).sum().cast(nw.Int64) for name in (*counts, *amounts)),
            *(nw.col(name).min() for name in since),
        )

    def _told(self, loans: Any) -> Any:
        """The columns that are handed out."""
        counted = {f"{kind}_days": self._days(loans, f"{kind}_since").fill_null(0) for kind in ("principal", "interest")}
        made = loans.with_columns(**counted, refused=(nw.col("wrong") > 0) | (nw.col("instalments") == 0))
        longer = nw.max_horizontal("principal_days", "interest_days")
        made = made.with_columns(days_past_due=longer, unpaid_since=nw.min_horizontal("principal_since", "interest_since"))
        whole = self.convention.whole_balance_from
        is_whole = nw.lit(value=False) if whole is None else nw.col("days_past_due") >= whole
        made = made.with_columns(overdue_balance=nw.when(is_whole).then(nw.col("balance")).otherwise(nw.col("overdue_principal")))
        told = {path: name for name, path in COLUMNS.items()} | {name: name for name in _BESIDE}
        is_told, as_of = ~nw.col("refused"), dt.date(self.on.year, self.on.month, self.on.day)
        columns = {path: nw.when(is_told).then(nw.col(name)) for path, name in told.items()}
        return made.select(self.key, **columns, **{_AS_OF: nw.when(is_told).then(nw.lit(as_of, nw.Date))}, refused=nw.col("refused"))

    def _days(self, frame: Any, name: str) -> Any:
        """Days past due since the day of a column; null where it is null."""
        convention, since = self.convention, nw.col(name)
        if convention.count is DayCount.CALENDAR_DAYS:
            grace = convention.grace_days if convention.after_grace is AfterGrace.FROM_ITS_END else 0
            return _number(self.on) + convention.due_day - grace - _of_day(frame, name)
        end = self.on + dt.timedelta(days=convention.due_day)
        months = (end.year - since.dt.year()) * 12 + end.month - since.dt.month()
        this, before = month_end(end).day, month_end(add_months(end, -1)).day
        is_whole = (since.dt.day() <= end.day) | nw.lit(end.day == this)
        begun = nw.when(is_whole).then(end.day - nw.min_horizontal(since.dt.day(), nw.lit(this))).otherwise(
            end.day + before - nw.min_horizontal(since.dt.day(), nw.lit(before))
        )
        whole = nw.when(is_whole).then(months).otherwise(months - 1)
        return DAYS_OF_A_MONTH * whole + nw.min_horizontal(begun, nw.lit(DAYS_OF_A_MONTH - 1))

"""Rows of loans as a bank holds them, dense in the values at which a policy changes its mind, some of them unsound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st
from tests.frames.engines import Columns

from revisit_policy import CaseFile, InvalidInputError, cny, frames
from revisit_policy.casefile.case_columns import FIELDS, SAID
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS

MOST: Final = cny("1000000.00").minor
DAYS: Final = (
    "2022-05-10", "2023-06-30", "2023-07-01", "2024-01-31", "2024-02-28", "2024-02-29", "2024-03-31", "2024-08-31", "2025-01-26", "2025-01-27",
    "2025-02-28", "2025-05-02", "2025-09-28", "2025-10-08", "2025-11-28", "2025-12-31", "2026-01-01", "2026-01-04", "2026-02-14", "2026-02-15",
)  # fmt: skip
ON: Final = ("2024-02-29", "2025-01-26", "2025-12-31", "2026-01-01", "2026-02-14", "2026-02-28")
AMOUNTS: Final = (0, 1, 799_999_99, 80_000_000, 80_000_001, MOST)
COUNTS: Final = (0, 1, 3, 6, 12)

VALUES: Final[Mapping[str, tuple[Any, ...]]] = {
    "loan.principal": (MOST,),
    "loan.balance": (70_000_000, MOST, 0, 56_000_000),
    "loan.term_months": (360, 361, 12, 24),
    "loan.days_past_due": (0, 0, 0, 1, 30, 31, 37, 38, 90, 91, 36_500),
    "loan.ecl": (0, 35_000_000, 34_999_999),
    "loan.carrying_amount": (70_000_000,),
    "collateral.value": (100_000_000, 87_500_000, 87_500_001, 0),
    "borrower.monthly_income": (2_000_000, 1_600_000, 1_600_001, 0),
    "borrower.income_at_last_review": (2_000_000, 0),
    "borrower.monthly_debt_service": (900_000, 2_000_000),
    "borrower.property_fee": (10_000, 0),
    "loan.price": (125_000_000, MOST),
    "loan.down_payment": (25_000_000, 20_000_000),
}
UNSOUND: Final[Mapping[Holding, tuple[Any, ...]]] = {
    Holding.AMOUNT: (-1, 10**11 + 1),
    Holding.COUNT: (-1, 36_501),
    Holding.CODE: ("Nonsense",),
    Holding.DAY: (dt.date(1899, 12, 31), dt.date(2199, 12, 31)),
}


def _sound(path: str, holds: Holding) -> st.SearchStrategy[Any]:
    field = FIELDS.get(path)
    if path in VALUES:
        values: tuple[Any, ...] = VALUES[path]
    elif holds is Holding.AMOUNT:
        values = AMOUNTS
    elif holds is Holding.COUNT:
        values = COUNTS
    elif holds is Holding.FLAG:
        values = (False, False, True)
    elif holds is Holding.CODE and field is not None:
        values = field.codes
    elif holds is Holding.DAY:
        values = tuple(map(dt.date.fromisoformat, DAYS))
    else:
        values = ("x",)
    return st.sampled_from(values) if field is not None and field.is_required else st.sampled_from((*values, *values, None))


def _rows(paths: Mapping[str, Holding]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({path: _sound(path, holds) for path, holds in paths.items()})


PATHS: Final = {path: column.holds for path, column in FIELDS.items() if column.holds is not Holding.RATIO}
RATIOS: Final = {"loan.annual_rate": (335,), "market.price_change_12m": (-1000, -999, -1500, 0, None), "market.price_volatility": (0, 999, 1000, None)}
DENOMINATORS: Final = dict.fromkeys(RATIOS, 10_000)


#: A loan of which nothing but what a case file needs is known.
BARE: Final[Mapping[str, Any]] = dict.fromkeys(PATHS) | {
    "loan.loan_no": "L", "loan.product": "first_home", "loan.principal": MOST, "loan.balance": MOST, "loan.repayment": "level_payment",
    "loan.disbursed_on": dt.date(2024, 1, 31), "loan.term_months": 360, "loan.days_past_due": 0, "borrower.id": "B",
}  # fmt: skip


@st.composite
def rows(draw: st.DrawFn, policy: Any, *, visits: bool = False) -> dict[str, Any]:
    """One row; whatever *policy* does not read is bare, and days that must not lie ahead are past more often than not."""
    read = {column.path for column in frames.schema(policy, visits=visits)}
    row = dict(BARE) | draw(_rows({path: holds for path, holds in PATHS.items() if path in read}))
    row |= {path: draw(st.sampled_from(values)) if path in read else values[-1] for path, values in RATIOS.items()}
    row["loan.disbursed_on"] = draw(st.sampled_from([dt.date.fromisoformat(day) for day in DAYS[:8]]))
    if "loan.extended_to" in read:
        row["loan.extended_to"] = draw(st.sampled_from((None, None, dt.date(2060, 2, 29))))
    if "loan.signed_on" in read:
        row["loan.signed_on"] = draw(st.sampled_from((None, row["loan.disbursed_on"])))
    events = st.sampled_from((None, None, None, *map(dt.date.fromisoformat, DAYS[6:12])))
    row |= {path: draw(events) if path in read else None for path in OUR_COLUMNS.events}
    row |= visit_days(draw(st.lists(st.tuples(*_VISIT), max_size=4)) if "visits.first" in read else [])
    if draw(st.integers(0, 4)):
        row |= _as_a_bank_can_have(row)
    if draw(st.integers(0, 9)) == 0:
        path = draw(st.sampled_from([path for path, holds in PATHS.items() if holds in UNSOUND and path in read]))
        row[path] = draw(st.sampled_from(UNSOUND[PATHS[path]]))
    return row


def _as_a_bank_can_have(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is different in the row if its payment record and its visits are not to contradict the loan."""
    overdue, missed, total = (row[f"loan.{name}"] for name in ("days_past_due", "missed_consecutive", "missed_total_24m"))
    overdue = overdue or 0  # a row that does not say it is refused, whatever else it says
    if missed is not None:
        missed = min(missed, 3) if overdue > 31 else 0
        missed = max(missed, 1) if overdue > 31 else missed
    clean = row["loan.months_clean_since_cure"]
    days = {path: max(row[path], row["loan.disbursed_on"]) for path in OUR_COLUMNS.visits if row[path] is not None}
    return days | {
        "loan.missed_consecutive": missed,
        "loan.missed_total_24m": total if total is None else max(total, missed or 0),
        "loan.months_clean_since_cure": clean if clean is None or overdue <= 31 else 0,
    }


_VISIT: Final = (
    st.sampled_from(("first", "periodic", "triggered", "revaluation")),
    st.sampled_from(("off_site", "sms", "phone", "video", "on_site")),
    st.sampled_from([dt.date.fromisoformat(day) for day in DAYS[4:14]]),
)


def visit_days(visits: list[tuple[str, str, dt.date]]) -> dict[str, dt.date | None]:
    found: dict[str, dt.date | None] = dict.fromkeys(OUR_COLUMNS.visits)
    methods = ("off_site", "sms", "phone", "video", "on_site")
    for kind, method, day in visits:
        lesser = () if kind == "revaluation" else methods[: methods.index(method) + 1]
        for path in (f"visits.{kind}", *(f"visits.by.{name}" for name in lesser)):
            last = found[path]
            found[path] = day if last is None else max(last, day)
    return found


def with_said(row: dict[str, Any]) -> tuple[dict[str, Any], CaseFile | InvalidInputError]:
    """The row with what its case file says of itself, and the case file, or why there is none."""
    try:
        case = frames.to_case(row, denominators=DENOMINATORS)
    except InvalidInputError as error:
        return row | dict.fromkeys(SAID), error
    said = {"loan.matures_on": case.loan.matures_on, "loan.extended": case.loan.extended, "loan.restructured": case.loan.restructured}
    return row | said, case


def as_columns(book: list[dict[str, Any]]) -> Columns:
    holds = {**PATHS, **dict.fromkeys(RATIOS, Holding.RATIO), **SAID, **dict.fromkeys((*OUR_COLUMNS.visits, *OUR_COLUMNS.events), Holding.DAY)}
    told = {path for row in book for path in row}
    holds |= {path: OUR_COLUMNS.holds(path) for path in OUR_COLUMNS.actions if path in told}
    return {path: (Holding.CODE if holding is Holding.TEXT else holding, [row.get(path) for row in book]) for path, holding in holds.items()}

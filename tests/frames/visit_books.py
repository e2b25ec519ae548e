"""Rows of loans about which something is to be done: dense in days on which a plan of visits changes its mind."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from hypothesis import strategies as st
from tests.frames.books import BARE, DAYS, rows, visit_days

from revisit_policy import ActionState, Measure, frames
from revisit_policy.casefile.case_columns import FIELDS, action_paths
from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.word_columns import OUR_COLUMNS

#: The days of plans: an ordinary one, month ends, 29 February, holidays, make-up days, the end of what is confirmed, and after it.
ON: Final = (
    "2026-11-24", "2026-02-28", "2024-02-29", "2025-01-26", "2025-12-31", "2026-01-01", "2026-02-14", "2026-12-27", "2027-03-06", "2025-10-03",
)  # fmt: skip

#: How long ago things happened: around deadlines of some working days, the lead, the first window, and whole months.
AGO: Final = (*range(16), 29, 30, 31, 32, 61, 62, 89, 90, 91, 92, 93, 120, 180, 181, 182, 183, 184, 335, 365, 366, 367, 700, 3650)

_VISIT: Final = (
    st.sampled_from(("first", "periodic", "periodic", "triggered", "revaluation")),
    st.sampled_from(("off_site", "sms", "phone", "video", "on_site")),
)


@st.composite
def planned_rows(draw: st.DrawFn, policy: Any, *, on: str) -> dict[str, Any]:
    """One row that has to do with the day *on*; as `rows`, it may be unsound."""
    today = dt.date.fromisoformat(on)
    fixed = st.sampled_from([dt.date.fromisoformat(day) for day in DAYS if day <= on])
    past = st.one_of(st.sampled_from(AGO).map(lambda days: today - dt.timedelta(days=days)), fixed)
    read = {column.path for column in frames.schema(policy, visits=True)}
    row = draw(rows(policy, visits=True))
    row |= {"loan.disbursed_on": draw(past), "loan.signed_on": None, "loan.days_past_due": draw(st.sampled_from((0, 0, 0, 0, 1, 7, 8, 31, 61, 91)))}
    row["loan.term_months"] = draw(st.sampled_from((360, 360, 12, 6, 13, 24, 1)))
    row["loan.extended_to"] = draw(st.one_of(st.none(), st.none(), st.integers(-5, 200).map(lambda days: today + dt.timedelta(days=days))))
    for path in sorted(read):
        field = FIELDS.get(path)
        if path in OUR_COLUMNS.events:
            row[path] = draw(st.one_of(st.none(), st.none(), past))
        elif field is not None and field.holds is Holding.DAY and not field.is_required and path not in {"loan.extended_to", "loan.signed_on"}:
            row[path] = draw(st.one_of(past, st.none()))
        elif field is not None and field.holds is Holding.FLAG and draw(st.integers(0, 3)):
            row[path] = BARE.get(path) or False  # most registers are empty, or every loan would have every signal
    made = draw(st.lists(st.tuples(*_VISIT, past), max_size=4))
    return row | visit_days(made) | draw(actions(past))


#: Measures that are recommended often, that come after one another, or that take one another's place.
ACTED: Final = tuple(map(Measure, ("monitor", "remind", "litigate", "payment_order", "accelerate", "restructure", "demand_restoration", "lawyer_letter")))


@st.composite
def actions(draw: st.DrawFn, past: st.SearchStrategy[dt.date]) -> dict[str, Any]:
    """The columns of what has been done about some measures; one in many is told by halves."""
    found: dict[str, Any] = {}
    for measure in draw(st.lists(st.sampled_from(ACTED), max_size=4, unique=True)):
        state, day = draw(st.sampled_from(ActionState)).value, draw(past)
        halves = draw(st.integers(0, 40))
        found |= dict(zip(action_paths(measure), (None if halves == 1 else state, None if halves == 2 else day), strict=True))
    return found

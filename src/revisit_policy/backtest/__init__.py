"""Backtests: what a policy would have done on the way to what became of loans, and whether it would have been there in time.

Needs the extra `backtest`, which brings polars and Narwhals.

Which door: a `Panel` holds one row a loan and decision day, and what became of the loan, which no policy ever sees. Plans are frozen values:
`Flat` months, the `Intervals` of a policy, its visits as `Planned`, worst first as `Ranked`, and the same answers `Dealt` to other loans. ``run``
replays one and counts, ``compare`` several beside one another at equal spend, and ``review`` says what the worst percent of a ranking hold.
Results add up: a book may be cut by loans.
"""

from revisit_policy.errors import MissingExtraError

try:
    import polars as _polars  # noqa: F401, ICN001 - looked for here, so that its absence has one clear message
except ModuleNotFoundError as error:
    raise MissingExtraError(extra="backtest", package="polars") from error
try:
    import narwhals as _narwhals  # noqa: F401 - as above
except ModuleNotFoundError as error:
    raise MissingExtraError(extra="backtest", package="narwhals") from error

from revisit_policy.backtest.comparison import Comparison, Lift, compare
from revisit_policy.backtest.estimate import Estimate
from revisit_policy.backtest.panel import Panel
from revisit_policy.backtest.plans import Dealt, Flat, Intervals, Plan, Planned, Ranked
from revisit_policy.backtest.result import Beside, Result, WindowRow
from revisit_policy.backtest.review import Reviewed, review
from revisit_policy.backtest.running import run
from revisit_policy.backtest.tally import PeriodSpend, Tally
from revisit_policy.backtest.window import Window

__all__ = [
    "Beside",
    "Comparison",
    "Dealt",
    "Estimate",
    "Flat",
    "Intervals",
    "Lift",
    "Panel",
    "PeriodSpend",
    "Plan",
    "Planned",
    "Ranked",
    "Result",
    "Reviewed",
    "Tally",
    "Window",
    "WindowRow",
    "compare",
    "review",
    "run",
]

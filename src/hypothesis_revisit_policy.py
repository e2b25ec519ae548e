"""Tells hypothesis how the types of revisit_policy are drawn, so that ``st.builds`` and ``st.from_type`` work.

Hypothesis calls `register` in every project of the environment as soon as it is imported. It is therefore kept small:
it brings in the types alone, and a strategy is made when it is first asked for. ``HYPOTHESIS_NO_PLUGINS`` turns it
off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy


def register() -> None:
    """Register days, amounts, and case files with their parts."""
    from hypothesis import strategies as st  # noqa: PLC0415 - hypothesis is being imported when this is called

    from revisit_policy.casefile.borrower import BorrowerProfile  # noqa: PLC0415 - and everything else waits for it
    from revisit_policy.casefile.case_file import CaseFile  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.casefile.collateral import Collateral  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.casefile.loan import Loan  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.casefile.market import MarketConditions  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.casefile.visit import Visit  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.values.dates import Date, to_date  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.values.money import Money, cny  # noqa: PLC0415 - the package is not loaded before it is wanted

    st.register_type_strategy(Date, lambda _: st.dates(Date(1990, 1, 1), Date(2060, 12, 31)).map(to_date))
    st.register_type_strategy(Money, lambda _: st.integers(0, 10_000_000).map(cny))
    parts = {
        Loan: "loans",
        BorrowerProfile: "borrowers",
        Collateral: "collaterals",
        MarketConditions: "markets",
        Visit: "visits",
        CaseFile: "case_files",
    }
    for kind, name in parts.items():
        st.register_type_strategy(kind, _later(name))


def _later(name: str) -> Callable[[type], SearchStrategy[Any]]:
    """Makes the strategy that the testing room has under *name*, once it is asked for."""

    def strategy(_: type) -> SearchStrategy[Any]:
        from revisit_policy import testing  # noqa: PLC0415 - the room is large, and most projects draw no loan

        made: SearchStrategy[Any] = getattr(testing, name)()
        return made

    return strategy

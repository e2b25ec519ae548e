"""Tells hypothesis how the types of revisit_policy are drawn, so that ``st.builds`` and ``st.from_type`` work.

Hypothesis calls `register` in every project of the environment as soon as it is imported. It is therefore kept small:
it brings in the types alone, and a strategy is made when it is first asked for. ``HYPOTHESIS_NO_PLUGINS`` turns it
off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def register() -> None:
    """Register the classes of the front door that are values, days, and what the fields of a case file let through."""
    import attrs  # noqa: PLC0415 - hypothesis is being imported when this is called
    from hypothesis import strategies as st  # noqa: PLC0415 - the same

    import revisit_policy  # noqa: PLC0415 - the package is not loaded before it is wanted
    from revisit_policy.casefile.fields import YearlyRate  # noqa: PLC0415 - the same
    from revisit_policy.casefile.loan import DaysPastDue, Principal, TermMonths  # noqa: PLC0415 - the same
    from revisit_policy.values.dates import Date  # noqa: PLC0415 - the same
    from revisit_policy.values.labels import Labelled, OrderedLabelled  # noqa: PLC0415 - the same
    from revisit_policy.values.validation import Text  # noqa: PLC0415 - the same

    shown = (getattr(revisit_policy, name) for name in revisit_policy.__all__)
    values = (kind for kind in shown if isinstance(kind, type) and attrs.has(kind))
    for kind in (Date, Text, YearlyRate, Principal, TermMonths, DaysPastDue, Labelled, OrderedLabelled, *values):
        st.register_type_strategy(kind, _later)


def _later(kind: type) -> SearchStrategy[Any]:
    """The strategy that the testing room has for *kind*, made once it is asked for."""
    from revisit_policy.testing.strategies.public_values import values_of  # noqa: PLC0415 - the room is large, and most projects draw no loan

    return values_of(kind)

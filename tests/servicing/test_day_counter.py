"""The day on which an instalment is so many days past due is found without going over all days, and is the first such day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.servicing.arrears.arrears_convention import DayCount
from revisit_policy.servicing.arrears.day_counter import DayCounter
from revisit_policy.values import Date

BEGIN = Date(2023, 11, 28).toordinal()
offsets = st.integers(0, 500)


@st.composite
def counters(draw: st.DrawFn) -> DayCounter:
    ends = sorted(draw(st.lists(offsets, max_size=6, unique=True)))
    pauses = tuple((BEGIN + first, BEGIN + last) for first, last in zip(ends[::2], ends[1::2], strict=False))
    until = BEGIN + draw(st.integers(0, 700))
    if len(ends) % 2:
        pauses = (*pauses, (BEGIN + ends[-1], until + 1))  # one without end, which may begin after the day that is asked about
    return DayCounter(count=draw(st.sampled_from(DayCount)), due_day=draw(st.integers(0, 1)), pauses=pauses, until=until)


@given(counter=counters(), due=offsets.map(lambda days: BEGIN + days), days=st.integers(1, 400))
def test_it_is_the_first_day_on_which_it_is_so_many(counter: DayCounter, due: int, days: int) -> None:
    on_each = [on for on in range(due, counter.until + 1) if counter.days(due, on) >= days]
    after = max(due, counter.until + 1)
    assert counter.reaching(due, days) == min(on_each, default=after)

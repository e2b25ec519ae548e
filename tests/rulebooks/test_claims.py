"""Until when a claim can be sued for, and a guarantor held: worked cases, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy import InvalidValueError
from revisit_policy.rulebooks import cn_housing
from revisit_policy.rulebooks.cn_housing import guarantee_until, limitation_until
from revisit_policy.values import add_months, from_ordinal, to_date

LIMITATION: Final = {
    "three years from the last instalment": ("2040-01-20", [], "2043-01-20"),
    "recalled: from the day to which it was recalled": ("2026-03-31", [], "2029-03-31"),
    "from 29 February": ("2028-02-29", [], "2031-02-28"),
    "a demand begins it anew": ("2040-01-20", ["2042-12-31"], "2045-12-31"),
    "on the last day as well": ("2040-01-20", ["2043-01-20"], "2046-01-20"),
    "a day later it revives nothing": ("2040-01-20", ["2043-01-21"], "2043-01-20"),
    "each demand begins it anew, in any order": ("2040-01-20", ["2045-06-01", "2042-12-31"], "2048-06-01"),
    "after a gap that was too long no later one counts": ("2040-01-20", ["2042-01-01", "2046-01-01"], "2045-01-01"),
    "a demand while instalments still fall due plays no part": ("2040-01-20", ["2026-11-23"], "2043-01-20"),
}


@pytest.mark.parametrize(("due", "interrupted", "until"), LIMITATION.values(), ids=LIMITATION)
def test_until_when_a_debt_in_instalments_can_be_sued_for(due: str, interrupted: list[str], until: str) -> None:
    assert str(limitation_until(due, interrupted_on=interrupted)) == until


GUARANTEE: Final[dict[str, tuple[str, Mapping[str, Any], str]]] = {
    "nothing agreed: six months": ("2040-01-20", {}, "2040-07-20"),
    "six months from a month's end": ("2040-08-31", {}, "2041-02-28"),
    "as agreed": ("2040-01-20", {"agreed_until": "2042-01-20"}, "2042-01-20"),
    "agreed for the due day itself counts as nothing agreed": ("2040-01-20", {"agreed_until": "2040-01-20"}, "2040-07-20"),
    "extended without his consent: as before": ("2040-01-20", {"extended_to": "2045-01-20"}, "2040-07-20"),
    "extended with his consent: from the new day": ("2040-01-20", {"extended_to": "2045-01-20", "has_consented": True}, "2045-07-20"),
    "what was agreed stays where he did not consent": ("2040-01-20", {"agreed_until": "2042-01-20", "extended_to": "2045-01-20"}, "2042-01-20"),
    "agreed before the new day he has consented to": (
        "2040-01-20", {"agreed_until": "2042-01-20", "extended_to": "2045-01-20", "has_consented": True}, "2045-07-20"),
}  # fmt: skip


@pytest.mark.parametrize(("due", "fields", "until"), GUARANTEE.values(), ids=GUARANTEE)
def test_until_when_a_guarantor_can_be_held(due: str, fields: Mapping[str, Any], until: str) -> None:
    assert str(guarantee_until(due, **fields)) == until


def test_a_loan_of_25_years_is_extended_by_three_and_without_the_guarantors_consent_he_is_free_three_years_earlier() -> None:
    longest = cn_housing.longest_extension(300)
    assert longest == 36
    due = to_date("2040-01-20")
    moved = add_months(due, longest)
    held, free = (guarantee_until(due, extended_to=moved, has_consented=consented) for consented in (True, False))
    assert add_months(free, longest) == held
    assert limitation_until(moved) == add_months(limitation_until(due), longest)


days = st.integers(to_date("2024-01-01").toordinal(), to_date("2032-12-31").toordinal()).map(from_ordinal)


@given(due=days, interrupted=st.lists(days, max_size=4), more=days)
def test_a_demand_more_never_shortens_the_time(due, interrupted, more) -> None:
    before = limitation_until(due, interrupted_on=interrupted)
    after = limitation_until(due, interrupted_on=[more, *interrupted])
    assert add_months(due, 36) <= before <= after
    assert after == before or due <= more


@given(due=days, moved=days, agreed=st.none() | days)
def test_without_consent_an_extension_changes_nothing(due, moved, agreed) -> None:
    if moved >= due:
        assert guarantee_until(due, agreed_until=agreed, extended_to=moved) == guarantee_until(due, agreed_until=agreed)
        assert guarantee_until(due, agreed_until=agreed, extended_to=moved, has_consented=True) > moved


WRONG: Final[dict[str, tuple[Callable[[], object], str]]] = {
    "a day that is none": (lambda: limitation_until("2040-1-20"), "`last_due_on` must be a day"),
    "one demand as text": (lambda: limitation_until("2040-01-20", interrupted_on="2041-01-20"), "`interrupted_on` must be several days"),
    "a demand that is none": (lambda: limitation_until("2040-01-20", interrupted_on=["soon"]), "`interrupted_on` must be a day"),
    "a due day that is none": (lambda: guarantee_until(None), "`due_on` must be a day"),  # type: ignore[arg-type] # on purpose
    "an extension that ends before": (
        lambda: guarantee_until("2040-01-20", extended_to="2040-01-19"), r"`extended_to` must be on or after `due_on` \(2040-01-20\), got `'2040-01-19'`"),
    "a consent that is none": (
        lambda: guarantee_until("2040-01-20", extended_to="2041-01-20", has_consented="yes"),  # type: ignore[arg-type] # on purpose
        "`has_consented` must be True or False"),
    "an agreement that is none": (lambda: guarantee_until("2040-01-20", agreed_until="later"), "`agreed_until` must be a day"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_by_its_name(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        call()

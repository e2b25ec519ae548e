"""The cases the team agreed on, and the laws the policy keeps."""

from collections.abc import Callable

import pytest
from team_policy import policy

from revisit_policy.testing import PolicyCase, boundary_cases, check_all, check_monotone, policy_cases


@policy_cases(
    PolicyCase(given={"overdue": 0}, expect={"grade": "normal", "interval": 12}, because="a loan in order is seen once a year"),
    PolicyCase(given={"overdue": 1}, expect={"grade": "special_mention", "interval": 6}, because="one day late is special mention"),
    PolicyCase(given={"overdue": 90}, expect={"grade": "special_mention"}, because="90 days is not more than 90 days"),
    PolicyCase(given={"overdue": 91}, expect={"grade": "substandard", "interval": 3}, because="91 days is substandard"),
    PolicyCase(given={"overdue": 0, "seized": True}, expect={"grade": "special_mention", "interval": 6}, because="a seizure is special mention"),
    PolicyCase(given={"overdue": 0, "ltv": "0.80"}, expect={"interval": 6}, because="80 per cent of the value is a thin margin"),
    PolicyCase(given={"overdue": 0, "ltv": "0.7999"}, expect={"interval": 12}, because="just below 80 per cent is margin enough"),
    PolicyCase(given={"overdue": 0, "ltv": "0.8001"}, expect={"interval": 6}, because="just above 80 per cent is a thin margin too"),
    PolicyCase(given={"overdue": 0, "ltv": None}, expect={"interval": 6}, because="a home that nobody valued is seen as if it were worth little"),
    PolicyCase(given={}, expect={"grade.at_worst": "substandard", "interval.at_worst": 3}, because="arrears that nobody knows may be bad ones"),
    base={"ltv": "0.60", "seized": False},
)
def test_the_policy_decides_as_agreed(case: PolicyCase) -> None:
    case.check(policy)


def test_the_policy_keeps_every_law() -> None:
    check_all(policy)


@pytest.mark.parametrize("outcome", ["grade", "interval"])
@pytest.mark.parametrize("fact", ["overdue", "ltv"])
def test_a_worse_fact_never_gives_a_milder_outcome(fact: str, outcome: str) -> None:
    if (fact, outcome) != ("ltv", "grade"):  # the grade does not read the value of the home
        check_monotone(policy, fact=fact, outcome=outcome)


def test_nothing_changed_that_nobody_signed(policy_snapshot: Callable[..., None]) -> None:
    """To sign a change: ``pytest --policy-snapshot-update``, and let a colleague read the difference."""
    policy_snapshot("boundaries.txt", policy, boundary_cases(policy))

"""One late loan as the servicer sees it: ``python docs/examples/us_servicing``."""

from __future__ import annotations

from cases import late_loan
from rulebook import rulebook


def main() -> None:
    """Print the decision on the loan."""
    print(rulebook.decide(late_loan("2023-01-01", occupancy="tenant", workout_performs=True), on="2023-04-14").explain())


if __name__ == "__main__":
    main()

"""Would it have caught them: plans replayed over real histories, each decision day with what was known on it.

Run it as ``python docs/examples/revisits/caught.py --performance FILE --acquisition FILE`` with the files of a quarter of Fannie Mae's
single-family loan performance data in its older form. Nothing but counts is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

import polars as pl
from fannie_mae import RealLoan, read_loans
from rebuilt import Rebuilt
from replay import SERIOUS

from revisit_policy import CaseFile, frames
from revisit_policy.backtest import Intervals, Panel, Plan, Planned, Ranked, compare, review
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date

FIRST_EDITION = Date(2007, 7, 3)
RANKED = Ranked(cn_housing.rulebook, by="points_at_worst", capacity=1, cooldown_months=9)
PLANS: dict[str, Plan] = {
    "points, 0.536": Ranked(cn_housing.rulebook, by="points_at_worst", capacity="0.536", cooldown_months=9),
    "points, 0.724": Ranked(cn_housing.rulebook, by="points_at_worst", capacity="0.724", cooldown_months=9),
    "points, 1.055": Ranked(cn_housing.rulebook, by="points_at_worst", capacity="1.055", cooldown_months=9),
    "points, 1.055, no gap over 36 months": Ranked(
        cn_housing.rulebook, by="points_at_worst", capacity="1.055", cooldown_months=9, longest_months=36
    ),
    "intervals of the rulebook": Intervals(cn_housing.rulebook),
    "visits as planned": Planned(cn_housing.rulebook),
}


def panel_of(loans: Iterable[RealLoan]) -> Panel:
    """One row a loan and quarter's end until it is 90 days past due, has ended, or has a month that no payment explains."""
    cases, days, events = [], [], []
    for loan in loans:
        event = next((month.ends_on for month in loan.months if (month.status or 0) >= SERIOUS), None)
        for day, case in _quarters(Rebuilt.of(loan).under(cn_housing.ARREARS_CONVENTION), before=event):
            cases.append(case)
            days.append(day)
            events.append(event)
    rows = frames.from_cases(cases).with_columns(pl.Series("on", days, dtype=pl.Date), pl.Series("serious_on", events, dtype=pl.Date))
    return Panel(rows, event="serious_on")


def _quarters(loan: Rebuilt, *, before: Date | None) -> Iterator[tuple[Date, CaseFile]]:
    for month in loan.loan.months:
        if month.ends_on.month % 3 or month.ends_on < FIRST_EDITION:
            continue
        if month.has_ended or month not in loan.explained or (before is not None and month.ends_on >= before):
            return
        yield month.ends_on, loan.case(month, determination=None)


def print_backtest(panel: Panel) -> None:
    """Print what each plan would have done, and what the worst of the ranking hold."""
    print(f"{panel.loans} loans, {panel.events} of them 90 days past due, {sum(map(len, (panel.frame,))):,} loan-quarters, {len(panel.days)} decision days\n")
    found = compare(PLANS, panel, dealt=5)
    print(found.text())
    for name, result in found.results.items():
        print(f"\n{name}: {result.text()}\n\nmonths ahead: {dict(result.leads)}")
    print()
    for each in review(RANKED, panel):
        lead = "-" if each.mean_lead_months is None else f"{float(each.mean_lead_months):.1f}"
        print(f"worst {float(each.share):.0%}: recall {each.recall}; precision {each.precision}; months ahead {lead}")


def main(words: list[str]) -> None:
    """Run the command that *words* spell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--performance", metavar="FILE", required=True, help="a Fannie Mae performance file, plain or .zst")
    parser.add_argument("--acquisition", metavar="FILE", required=True, help="the acquisition file of the same quarter, plain or .zst")
    options = parser.parse_args(words)
    print_backtest(panel_of(read_loans(options.performance, options.acquisition)))


if __name__ == "__main__":
    main(sys.argv[1:])

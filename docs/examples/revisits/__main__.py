"""Runs the Chinese housing rulebook over a book of loans. ``python docs/examples/revisits --help`` tells what it takes.

Without arguments the book is made up here: no row of it is a real loan. With the paths of a Fannie Mae performance and
acquisition file it replays those real histories month by month instead.
"""

from __future__ import annotations

import argparse
import sys
import time

from fannie_mae import read_loans
from head_of_post_loan import print_report
from made_up_book import made_up_book
from replay import print_replay

from revisit_policy import Decision, Refusal
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import to_date


def main(words: list[str]) -> None:
    """Run the command that *words* spell."""
    options = _options(words)
    if options.performance:
        print_replay(read_loans(options.performance, options.acquisition))
    else:
        _report(options.loans, options.on)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="revisits", description=__doc__.splitlines()[0])
    parser.add_argument("--loans", type=int, default=2_000, metavar="N", help="how many loans to make up (default: %(default)s)")
    parser.add_argument("--on", default="2026-11-23", metavar="DAY", help="the decision day (default: %(default)s)")
    parser.add_argument("--performance", metavar="FILE", help="a Fannie Mae performance file to replay, plain or .zst")
    parser.add_argument("--acquisition", metavar="FILE", help="the acquisition file of the same quarter, plain or .zst")
    options = parser.parse_args(words)
    if bool(options.performance) != bool(options.acquisition):
        parser.error("--performance and --acquisition go together")
    return options


def _report(loans: int, on: str) -> None:
    day = to_date(on)
    book = tuple(made_up_book(loans, on=day))
    began = time.perf_counter()
    results = list(cn_housing.rulebook.iter_decide(book, on=day))
    seconds = time.perf_counter() - began
    decisions = [result for result in results if isinstance(result, Decision)]
    refusals = [result for result in results if isinstance(result, Refusal)]
    print(f"{len(book):,} loans, made up by this example, decided for {day} in {seconds:.1f} s\n")
    print_report(decisions, refusals, on=day)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a console may not speak Chinese by itself
    main(sys.argv[1:])

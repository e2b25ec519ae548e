"""Runs the Chinese housing rulebook over a book of loans: the book in a dozen lines, and its worst loan on one page.

Without arguments the book is made up here: no row of it is a real loan. With the paths of a Fannie Mae performance and acquisition file it
replays those real histories month by month instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from made_up_book import made_up_book
from monday import MondaysList
from reported import with_reports
from story import story
from summary import badness, summary

from revisit_policy import CaseFile, Decision, Refusal
from revisit_policy.reports import Page, Section
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date, Label, add_months, to_date

TITLE: Final = Label("贷后管理一览", "Post-loan work at a glance")
THE_BOOK: Final = Label("全部贷款", "The book")
ONE_LOAN: Final = Label("其中最差的一笔", "The worst of them")
VISITS: Final = Label("回访安排", "Its visits")
MORE: Final = Label(
    "全部理由：--explain {loan}　一个借款人的全过程：--story　网页：--html FILE　In English: --lang en",
    "all its reasons: --explain {loan}; one borrower once around: --story; as a page: --html FILE; 中文：--lang zh",
)
SHOWN_EACH: Final = 50
"""Loans decided between two signs of life."""


def main(words: list[str]) -> None:
    """Run the command that *words* spell."""
    parser = _parser()
    options = parser.parse_args(words)
    if bool(options.performance) != bool(options.acquisition):
        parser.error("--performance and --acquisition go together")
    if options.performance:
        from fannie_mae import read_loans  # noqa: PLC0415 - the replay alone wants it
        from replay import print_replay  # noqa: PLC0415

        print_replay(read_loans(options.performance, options.acquisition))
    elif options.story:
        print("\n".join(story(options.lang)))
    else:
        _report(parser, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 run.py demo",
        description=f"{(__doc__ or '').splitlines()[0]}",
        epilog="For example: python3 run.py demo --lang zh; python3 run.py demo --explain MU-0000908; python3 run.py demo --story --lang zh",
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="en", help="the language, 中文 or English (default: %(default)s)")
    parser.add_argument("--explain", metavar="LOAN", help="explain one loan of the book to the end, such as MU-0000908, and nothing else")
    parser.add_argument("--story", action="store_true", help="tell of one borrower instead: plan, visit, report, what it moves, measures, record, next plan")
    parser.add_argument("--html", metavar="FILE", type=Path, help="write the same as a page for a browser, with a picture of the visits")
    parser.add_argument("--loans", type=int, default=1_000, metavar="N", help="how many loans to make up (default: %(default)s)")
    parser.add_argument("--on", type=to_date, default="2026-11-23", metavar="DAY", help="the decision day (default: %(default)s)")
    parser.add_argument("--performance", metavar="FILE", help="a Fannie Mae performance file to replay, plain or .zst")
    parser.add_argument("--acquisition", metavar="FILE", help="the acquisition file of the same quarter, plain or .zst")
    return parser


def _report(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    book = [with_reports(case, on=options.on) for case in made_up_book(options.loans, on=options.on)]
    if options.explain:
        book = [case for case in book if case.loan.loan_no == options.explain]
        if not book:
            parser.error(f"no loan `{options.explain}` in this book: they are MU-0000001 to MU-{options.loans:07}")
    results = list(_with_signs_of_life(book, on=options.on))
    decisions = [result for result in results if isinstance(result, Decision)]
    refusals = [result for result in results if isinstance(result, Refusal)]
    if options.explain:
        print(decisions[0].explain(options.lang) if decisions else refusals[0].error)
        return
    page = _page(decisions, refusals, on=options.on, lang=options.lang)
    if options.html:
        options.html.write_text(page.to_html(), encoding="utf-8")
        print(options.html)
        return
    for section in page.sections[:2]:
        print("\n".join(section.lines), end="\n\n")
    print(MORE.filled(options.lang, loan=max(decisions, key=badness).loan_no))


def _with_signs_of_life(book: Iterable[CaseFile], *, on: Date) -> Iterator[Decision | Refusal]:
    """The decisions on the *book* for a year ahead; a terminal shows how far it is."""
    is_seen = sys.stderr.isatty()
    for number, result in enumerate(cn_housing.rulebook.iter_decide(book, on=on, until=add_months(on, 12)), 1):
        if is_seen and number % SHOWN_EACH == 0:
            print(f"\r{number:,} ...", end="", file=sys.stderr, flush=True)
        yield result
    if is_seen:
        print("\r          \r", end="", file=sys.stderr, flush=True)


def _page(decisions: list[Decision], refusals: list[Refusal], *, on: Date, lang: str) -> Page:
    """The book with whom to visit this week, its worst loan with its visits as a picture, and the list of the week itself."""
    worst, week = max(decisions, key=badness), MondaysList.of(decisions, on=on)
    return Page(
        TITLE.text(lang),
        lang=lang,
        sections=[
            Section(THE_BOOK.text(lang), lines=[*summary(decisions, refusals, on=on, lang=lang), *week.lines(lang)]),
            Section(ONE_LOAN.text(lang), lines=worst.one_page(lang).splitlines()),
            Section(VISITS.text(lang), picture=worst.schedule.to_svg(lang)),
            *week.sections(lang),
        ],
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a console may not speak Chinese by itself
    main(sys.argv[1:])

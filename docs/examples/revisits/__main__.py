"""Runs the Chinese housing rulebook over a book of loans: the book in a dozen lines, and its worst loan on one page.

Without arguments the book is made up here: no row of it is a real loan. With the paths of a Fannie Mae performance and acquisition file it
replays those real histories month by month instead.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from made_up_book import made_up_book
from monday import MondaysList
from reported import with_reports
from story import story
from summary import badness, summary
from terminal import show

from revisit_policy import CaseFile, Decision, InvalidValueError, Refusal
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
DOES: Final = Label(
    "用中国住房贷款规则手册判定一批贷款：先用十几行说明全部贷款，再用一页说明最差的一笔。",
    "Runs the Chinese housing rulebook over a book of loans: the book in a dozen lines, and its worst loan on one page.",
)
EXAMPLES: Final = Label(
    "例如：python3 run.py demo --lang zh；python3 run.py demo --explain MU-0000908 --lang zh；python3 run.py demo --story --lang zh",
    "For example: python3 run.py demo --lang zh; python3 run.py demo --explain MU-0000908; python3 run.py demo --story --lang zh",
)
OPTIONS: Final = {
    "help": Label("显示本说明", "show this help and exit"),
    "lang": Label("语言，中文或 English（默认 %(default)s）", "the language, 中文 or English (default: %(default)s)"),
    "explain": Label("只说明一笔贷款的全部理由，如 MU-0000908", "explain one loan of the book to the end, such as MU-0000908, and nothing else"),
    "story": Label(
        "改为讲一个借款人的全过程：计划、回访、报告、变化、措施、记录、下一次计划",
        "tell of one borrower instead: plan, visit, report, what it moves, measures, record, next plan",
    ),
    "html": Label("把同样的内容写成网页，附回访时间图", "write the same as a page for a browser, with a picture of the visits"),
    "loans": Label("编造多少笔贷款（默认 %(default)s）", "how many loans to make up (default: %(default)s)"),
    "on": Label("决策日（默认 %(default)s）", "the decision day (default: %(default)s)"),
    "performance": Label("要回放的 Fannie Mae 还款文件，原文或 .zst", "a Fannie Mae performance file to replay, plain or .zst"),
    "acquisition": Label("同一季度的 Fannie Mae 发放文件，原文或 .zst", "the acquisition file of the same quarter, plain or .zst"),
}
TOGETHER: Final = Label("--performance 与 --acquisition 须同时给出", "--performance and --acquisition go together")
NO_LOAN: Final = Label("这批贷款中没有 `{loan}`：编号为 MU-0000001 至 MU-{last:07}", "no loan `{loan}` in this book: they are MU-0000001 to MU-{last:07}")
NO_FILE: Final = Label("无法写入 `{file}`：{why}", "`{file}` cannot be written: {why}")
COUNT: Final = Label("应为不小于1的整数，实际为 `{given}`", "must be a whole number from 1, got `{given}`")
SHOWN_EACH: Final = 50
"""Loans decided between two signs of life."""


def main(words: list[str]) -> None:
    """Run the command that *words* spell."""
    parser = _parser("zh" if any(word.removeprefix("--lang=") == "zh" for word in words) else "en")
    options = parser.parse_args(words)
    if bool(options.performance) != bool(options.acquisition):
        parser.error(TOGETHER.text(options.lang))
    if options.performance:
        from fannie_mae import read_loans  # noqa: PLC0415 - the replay alone wants it
        from replay import print_replay  # noqa: PLC0415

        print_replay(read_loans(options.performance, options.acquisition))
    elif options.story:
        show(story(options.lang))
    else:
        _report(parser, options)


def _parser(lang: str) -> argparse.ArgumentParser:
    """What the command takes, told in the language that it is asked for in."""
    told = {name: label.text(lang) for name, label in OPTIONS.items()}

    def count(given: str) -> int:
        if not given.isdecimal() or int(given) < 1:
            raise argparse.ArgumentTypeError(COUNT.filled(lang, given=given))
        return int(given)

    def day(given: str) -> Date:
        try:
            return to_date(given)
        except InvalidValueError as error:
            raise argparse.ArgumentTypeError(error.text(lang)) from None

    parser = argparse.ArgumentParser(prog="python3 run.py demo", description=DOES.text(lang), epilog=EXAMPLES.text(lang), add_help=False)
    parser.add_argument("-h", "--help", action="help", help=told["help"])
    parser.add_argument("--lang", choices=("zh", "en"), default="en", help=told["lang"])
    parser.add_argument("--explain", metavar="LOAN", help=told["explain"])
    parser.add_argument("--story", action="store_true", help=told["story"])
    parser.add_argument("--html", metavar="FILE", type=Path, help=told["html"])
    parser.add_argument("--loans", type=count, default=1_000, metavar="N", help=told["loans"])
    parser.add_argument("--on", type=day, default="2026-11-23", metavar="DAY", help=told["on"])
    parser.add_argument("--performance", metavar="FILE", help=told["performance"])
    parser.add_argument("--acquisition", metavar="FILE", help=told["acquisition"])
    return parser


def _report(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    book = [with_reports(case, on=options.on) for case in made_up_book(options.loans, on=options.on)]
    if options.explain:
        book = [case for case in book if case.loan.loan_no == options.explain]
        if not book:
            parser.error(NO_LOAN.filled(options.lang, loan=options.explain, last=options.loans))
    results = list(_with_signs_of_life(book, on=options.on))
    decisions = [result for result in results if isinstance(result, Decision)]
    refusals = [result for result in results if isinstance(result, Refusal)]
    if options.explain:
        show((decisions[0].explain(options.lang) if decisions else refusals[0].error.text(options.lang)).splitlines())
        return
    page = _page(decisions, refusals, on=options.on, lang=options.lang)
    if options.html:
        _write(parser, options, page)
        return
    for section in page.sections[:2]:
        show([*section.lines, ""])
    if decisions:
        show([MORE.filled(options.lang, loan=max(decisions, key=badness).loan_no)])


def _write(parser: argparse.ArgumentParser, options: argparse.Namespace, page: Page) -> None:
    try:
        options.html.write_text(page.to_html(), encoding="utf-8")
    except OSError as error:
        parser.error(NO_FILE.filled(options.lang, file=options.html, why=error.strerror))
    print(options.html)


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
    worst, week = max(decisions, key=badness, default=None), MondaysList.of(decisions, on=on)
    of_the_worst = [] if worst is None else [
        Section(ONE_LOAN.text(lang), lines=worst.one_page(lang).splitlines()),
        Section(VISITS.text(lang), picture=worst.schedule.to_svg(lang, calendar=cn_housing.CHINA)),
    ]  # fmt: skip
    return Page(
        TITLE.text(lang),
        lang=lang,
        sections=[
            Section(THE_BOOK.text(lang), lines=[*summary(decisions, refusals, on=on, lang=lang), *week.lines(lang)]),
            *of_the_worst,
            *week.sections(lang),
        ],
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a console may not speak Chinese by itself
    try:
        main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

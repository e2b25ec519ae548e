"""The portfolio page: how a book stands on one day, from a tally of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import attrs

from revisit_policy.language.words.wording import outcome_text
from revisit_policy.reports.page import Page, Section
from revisit_policy.reports.tally import Counted, Tally
from revisit_policy.speech.joining import headed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Lang, lang_among
from revisit_policy.values.markup.matrix import matrix
from revisit_policy.values.markup.picture import bars
from revisit_policy.values.validation import checked, gather, gathering, to_whole

TITLE: Final = Label("贷后管理情况", "The book after payout")
BOOK: Final = Label("概况", "The book")
LOANS: Final = Label("已判定{loans}笔贷款", "loans decided: {loans}")
NO_LOANS: Final = Label("没有贷款", "no loan")
REFUSED: Final = Label("数据有误、未能判定{loans}笔", "refused, their data being malformed: {loans}")
RESULTS_LATE: Final = Label("逾期未出结果的回访{count}次", "visits whose result is late: {count}")
MEASURES_LATE: Final = Label("有逾期未办措施的贷款{loans}笔", "loans with a measure that is late: {loans}")
GRADES: Final = Label("风险分类", "Grades")
LEVELS: Final = Label("预警级别", "Levels of warning")
SIGNALS: Final = Label("预警信号（一笔可有数项）", "Warnings (a loan can have several)")
VISITS: Final = Label("各周到期与逾期回访", "Visits that close, by week")
TOTAL: Final = Label("合计", "all")
MOVES: Final = Label("分类迁徙（原认定 → 本次建议）", "Grades, as determined before and as proposed now")
NONE: Final = Label("未定", "none")
WHAT: Final = Label("类别", "what")
COUNT: Final = Label("笔数", "loans")
BEFORE: Final = Label("原认定", "before")
NOW: Final = Label("本次建议", "now")
_VISITS: Final = (Label("周（周一）", "week of"), Label("方式", "method"), Label("到期", "closing"), Label("其中逾期", "of these late"), Label("工时", "hours"))


def _to_tally(value: Tally) -> Tally:
    return checked(value, Tally, field="", expected=Phrase("Tally，如 `frames.tally` 所得", "a Tally, as `frames.tally` makes it"))


def _to_count(value: int | None) -> int | None:
    return None if value is None else to_whole(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class PortfolioReport:
    """The portfolio page of one book on one day. It has numbers alone: no loan is told apart on it.

    Args:
        tally: The book as numbers.
        results_late: How many visits were made whose result is late, as `Rulebook.result_of` says of each; ``None`` if nobody counted.

    Raises:
        InvalidInputError: If a field is malformed.

    Examples:
        >>> from revisit_policy.outcomes.grade import Grade
        >>> from revisit_policy.values.dates import Date
        >>> tally = Tally(on=Date(2026, 11, 24), loans=93, refused=1, grades=(Counted(what=Grade.NORMAL, loans=93),))
        >>> PortfolioReport(tally, results_late=2).page("zh").sections[0].lines
        ('已判定93笔贷款', '数据有误、未能判定1笔', '逾期未出结果的回访2次')
    """

    tally: Tally = attrs.field(converter=_to_tally, kw_only=False)
    results_late: int | None = attrs.field(default=None, converter=_to_count)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def page(self, lang: str | Lang = "en") -> Page:
        """The page in one language.

        Args:
            lang: One of the languages of the policy, such as ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is none of them.
        """
        chosen = lang_among(lang, self.tally.languages)
        title = headed(TITLE.text(chosen), text(self.tally.on, chosen), chosen)
        book = Section(BOOK.text(chosen), lines=tuple(self._book(chosen)))
        counted = ((GRADES, self.tally.grades), (LEVELS, self.tally.levels), (SIGNALS, self.tally.signals))
        tables = [_counted(heading, rows, lang=chosen) for heading, rows in counted]
        sections = [book] if not self.tally.loans else [book, *tables, self._visits(chosen), self._moves(chosen)]
        return Page(title, sections=[section for section in sections if section.lines or section.rows], lang=chosen)

    def _book(self, lang: Lang) -> Iterator[str]:
        tally = self.tally
        yield LOANS.filled(lang, loans=tally.loans) if tally.loans else NO_LOANS.text(lang)
        if tally.refused:
            yield REFUSED.filled(lang, loans=tally.refused)
        if self.results_late is not None:
            yield RESULTS_LATE.filled(lang, count=self.results_late)
        if tally.measures_late is not None:
            yield MEASURES_LATE.filled(lang, loans=tally.measures_late)

    def _visits(self, lang: Lang) -> Section:
        rows = [(text(each.week, lang), each.method.label(lang), str(each.visits), str(each.late), _hours(each.hours)) for each in self.tally.visits]
        if rows:
            hours = [each.hours for each in self.tally.visits]
            known = None if None in hours else sum((each for each in hours if each is not None), Fraction(0))
            sums = [sum(getattr(each, name) for each in self.tally.visits) for name in ("visits", "late")]
            rows.append((TOTAL.text(lang), "–", str(sums[0]), str(sums[1]), _hours(known)))
        return Section(VISITS.text(lang), columns=[label.text(lang) for label in _VISITS], rows=rows)

    def _moves(self, lang: Lang) -> Section:
        moves = self.tally.moves
        rows = [(_named(each.before, lang), _named(each.now, lang), str(each.loans)) for each in moves]
        places = [*(each.what for each in self.tally.grades), *dict.fromkeys(part for each in moves for part in (each.before, each.now))]
        known = list(dict.fromkeys(places))
        counts = {(known.index(each.before), known.index(each.now)): each.loans for each in moves}
        picture = matrix([_named(place, lang) for place in known], counts, total=COUNT.text(lang), title=MOVES.text(lang)) if moves else ""
        return Section(MOVES.text(lang), columns=[BEFORE.text(lang), NOW.text(lang), COUNT.text(lang)], rows=rows, picture=picture)


def _counted(heading: Label, rows: tuple[Counted, ...], *, lang: Lang) -> Section:
    told = [(_named(each.what, lang), each.loans) for each in rows]
    title = heading.text(lang)
    columns = [WHAT.text(lang), COUNT.text(lang)]
    return Section(title, columns=columns, rows=[(name, str(loans)) for name, loans in told], picture=bars(told, title=title) if told else "")


def _named(outcome: object, lang: Lang) -> str:
    return NONE.text(lang) if outcome is None else outcome_text(outcome, lang)


def _hours(hours: Fraction | None) -> str:
    return "–" if hours is None else f"{float(hours):.10g}"

"""The words of an impact, Chinese and English: four small tables in text, Markdown and HTML."""

from __future__ import annotations

from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

from revisit_policy.language.words.wording import outcome_text
from revisit_policy.speech.english import counted
from revisit_policy.speech.joining import clauses, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import text
from revisit_policy.values.labels import Label, Lang, OrderedLabelled, to_lang
from revisit_policy.values.markup.grid import Grid
from revisit_policy.values.markup.matrix import matrix
from revisit_policy.values.markup.outline import LEFT, in_languages

if TYPE_CHECKING:
    from revisit_policy.analysis.impact import Impact, MonthOfVisits
    from revisit_policy.analysis.impacts.officer_hours import OfficerHours

HEADING: Final = Label("{on}：共{loans}，{regraded}", "{on}: {loans}, of which {regraded}")
COST: Final = Label(
    "回访工时（人·小时，至{until}，不含后台与机器）：{before} → {after}；平均每笔贷款每年{yearly_before} → {yearly_after}",
    "officer-hours of visits until {until}, without desks and machines: {before} → {after}; for one loan a year {yearly_before} → {yearly_after}",
)
UNTOLD: Final = Label(
    "回访工时：无法得知，须以 hours= 给出{methods}每次所需工时",
    "officer-hours of visits: cannot be told, as nobody said the hours of a visit by {methods}; pass them as hours=",
)
EACH_UNTIL: Final = Label("{before}与{after}", "{before} and {after}")
REFUSED: Final = Label("{refused}笔无法判定，{uncounted}", "{refused} could not be decided and {uncounted}")
GRADES: Final = Label("分类迁徙", "grades")
OLD: Final = Label("原", "before")
NEW: Final = Label("新", "after")
LOANS: Final = Label("贷款", "loans")
MONTHS: Final = Label("每月回访", "visits a month")
MONTH: Final = Label("月份", "month")
VISITS_BEFORE: Final = Label("原回访", "visits before")
VISITS_AFTER: Final = Label("新回访", "visits after")
OFFICERS: Final = Label("人次", "officers")
HOURS: Final = Label("工时", "officer-hours")
VISITS: Final = Label("回访增减", "visits that stay, come and go")
KIND: Final = Label("类型", "kind")
KEPT: Final = Label("保留", "kept")
ADDED: Final = Label("新增", "added")
DROPPED: Final = Label("取消", "dropped")
REGIONS: Final = Label("各项改变所涉贷款", "loans by change")
DRAWN: Final = Label(
    "分类迁徙：行为原分类，列为新分类；实心为变差，虚线圆为变好，浅色为不变",
    "grades: before downwards, after to the right; full circles became worse, dashed ones better, pale ones stay",
)
CHANGE: Final = Label("改变", "change")

#: A heading, the names of the columns, and the rows.
_Titled: TypeAlias = tuple[Label, tuple[Label, ...], list[list[str]]]


def impact_text(impact: Impact, lang: str | Lang) -> str:
    """The impact as plain text."""
    chosen = to_lang(lang)
    lines = [_heading(impact, chosen), cost_text(impact, chosen)]
    for title, columns, rows in _grids(impact, chosen):
        lines += ["", f"{title.text(chosen)} ({', '.join(column.text(chosen) for column in columns)})"]
        lines += ["  " + " | ".join(row) for row in rows]
    return "\n".join(lines)


def impact_markdown(impact: Impact, lang: str | Lang) -> str:
    """The impact as Markdown."""
    chosen = to_lang(lang)
    parts = [f"**{_heading(impact, chosen)}**", cost_text(impact, chosen)]
    for title, columns, rows in _grids(impact, chosen):
        parts += [title.text(chosen), Grid([column.text(chosen) for column in columns], rows).markdown()]
    return "\n\n".join(parts) + "\n"


def impact_html(impact: Impact) -> str:
    """The impact as tables that need no style sheet, in one language after the other; the first is open."""
    return in_languages(lambda lang: _heading(impact, lang), lambda lang: _html(impact, lang))


def impact_drawn(impact: Impact, lang: Lang) -> str:
    """The grades before and after as a picture; a scale is shown whole, and behind it what is on none."""
    grades = list(dict.fromkeys(grade for move in impact.migrations for grade in (move.old, move.new)))
    scales = dict.fromkeys(type(grade) for grade in grades if isinstance(grade, OrderedLabelled))
    places = [*(grade for scale in scales for grade in scale), *(grade for grade in grades if not isinstance(grade, OrderedLabelled))]
    counts = {(places.index(move.old), places.index(move.new)): move.loans for move in impact.migrations}
    return matrix([outcome_text(grade, lang) for grade in places], counts, total=LOANS.text(lang), title=DRAWN.text(lang))


def _html(impact: Impact, lang: Lang) -> str:
    grids = [(title.text(lang), Grid([column.text(lang) for column in columns], rows)) for title, columns, rows in _grids(impact, lang)]
    cost = f"<p{LEFT}>{escape(cost_text(impact, lang))}</p>"
    return cost + (impact_drawn(impact, lang) if impact.migrations else "") + "".join(f"<p{LEFT}>{escape(title)}</p>{grid.html()}" for title, grid in grids)


def cost_text(impact: Impact, lang: Lang) -> str:
    """What the visits cost before and after, to the horizon and for one loan a year; or of which methods somebody has to say it first."""
    before, after = impact.hours_before, impact.hours_after
    if unknown := dict.fromkeys((*before.unknown, *after.unknown)):
        return UNTOLD.filled(lang, methods=listed((method.label(lang) for method in unknown), lang))
    days = [text(each.until, lang) for each in (before, after)]
    return COST.filled(
        lang,
        until=days[0] if days[0] == days[1] else EACH_UNTIL.filled(lang, before=days[0], after=days[1]),
        before=_number(before.hours),
        after=_number(after.hours),
        yearly_before=_yearly(before),
        yearly_after=_yearly(after),
    )


def _yearly(spent: OfficerHours) -> str:
    return "–" if spent.a_loan_year is None else f"{float(spent.a_loan_year):.2f}"


def _heading(impact: Impact, lang: Lang) -> str:
    change = "changes its grade" if impact.regraded == 1 else "change their grade"
    loans = Phrase(f"{impact.loans}笔贷款", counted(str(impact.loans), "loans"))
    regraded = Phrase(f"{impact.regraded}笔分类改变", f"{impact.regraded} {change}")
    parts = [HEADING.filled(lang, on=impact.on, loans=loans, regraded=regraded)]
    if impact.refused:
        uncounted = Phrase("未计入", "is not counted" if len(impact.refused) == 1 else "are not counted")
        parts.append(REFUSED.filled(lang, refused=len(impact.refused), uncounted=uncounted))
    return clauses(parts, lang)


def _grids(impact: Impact, lang: Lang) -> list[_Titled]:
    grades = [[outcome_text(move.old, lang), outcome_text(move.new, lang), str(move.loans)] for move in impact.migrations]
    kinds = [[part.kind.label(lang), *map(str, (part.kept, part.added, part.dropped))] for part in impact.visits]
    regions = [[part.change.sentence(lang), str(part.loans)] for part in impact.affected]
    return [
        (GRADES, (OLD, NEW, LOANS), grades),
        (MONTHS, (MONTH, VISITS_BEFORE, VISITS_AFTER, OFFICERS, HOURS), _months(impact)),
        (VISITS, (KIND, KEPT, ADDED, DROPPED), kinds),
        (REGIONS, (CHANGE, LOANS), regions),
    ]


def _months(impact: Impact) -> list[list[str]]:
    before = {part.month: part for part in impact.before}
    after = {part.month: part for part in impact.after}
    rows = []
    for month in sorted({*before, *after}):
        old, new = before.get(month), after.get(month)
        officers = f"{old.officers if old else 0} → {new.officers if new else 0}"
        hours = f"{_hours(old)} → {_hours(new)}"
        rows.append([month, str(old.visits if old else 0), str(new.visits if new else 0), officers, hours])
    return rows


def _hours(part: MonthOfVisits | None) -> str:
    return _number(Fraction(0) if part is None else part.hours)


def _number(hours: Fraction | None) -> str:
    return "–" if hours is None else f"{float(hours):.10g}"

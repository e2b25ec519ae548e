"""A change as a picture: what is said before and after, and the stretch of every figure in which it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from revisit_policy.language.condition import All, Compare, Condition
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.language.words.wording import condition_text, fact_text, limit_text, value_text
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.ruler import Ruler, Tick, rulers

if TYPE_CHECKING:
    from revisit_policy.analysis.differences.change import Change

TITLE: Final = Label(
    "改变之处：粗线为改变所在的区间，实心端点含该值，空心端点不含，三角为示例",
    "where it changes: a thick line is the stretch, a full end belongs to it and a hollow one does not, the triangle is an example",
)
_NUMBERS: Final = (Amounts, Counts, Days, Ratios)
_LOWER: Final = {">": False, ">=": True}
_UPPER: Final = {"<": False, "<=": True}


def change_drawn(change: Change, lang: Lang) -> str:
    """*change* as its sentence, a ruler for each number of its region, and in words what is no number."""
    known = change.witness.facts
    lines: list[Ruler | str] = [change.sentence(lang), *_lines(change.region, known, lang=lang)]
    return rulers(lines, title=TITLE.text(lang))


def _lines(region: Condition, known: dict[str, Any], *, lang: Lang) -> Iterator[Ruler | str]:
    parts = region.parts if isinstance(region, All) else (region,)
    numbers: dict[Fact, list[Compare]] = {}
    for part in parts:
        if isinstance(part, Compare) and isinstance(part.fact.domain, _NUMBERS):
            numbers.setdefault(part.fact, []).append(part)
    for fact, limits in numbers.items():
        yield _ruler(fact, limits, known.get(fact.name), lang=lang)
    for part in parts:
        if not (isinstance(part, Compare) and isinstance(part.fact.domain, _NUMBERS)):
            yield condition_text(part, lang)


def _ruler(fact: Fact, limits: list[Compare], value: Any, *, lang: Lang) -> Ruler:  # noqa: ANN401 - of whichever kind the fact is
    lower = next((each for each in limits if each.operator in _LOWER), None)
    upper = next((each for each in limits if each.operator in _UPPER), None)
    pointer = None
    if value is not None:
        pointer = Tick(_number(fact, value), value_text(fact, fact.domain.encode(value), lang))
    return Ruler(
        label=fact_text(fact, lang),
        ticks=tuple(Tick(_number(fact, each.limit), limit_text(fact, each.limit, lang)) for each in limits),
        pointer=pointer,
        first=None if lower is None else _number(fact, lower.limit),
        last=None if upper is None else _number(fact, upper.limit),
        has_first=lower is None or _LOWER[lower.operator],
        has_last=upper is None or _UPPER[upper.operator],
        has_stretch=True,
    )


def _number(fact: Fact, value: Any) -> float:  # noqa: ANN401 - of whichever kind the fact is
    encoded: Any = fact.domain.encode(value)
    return float(encoded)

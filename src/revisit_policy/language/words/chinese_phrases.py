"""How Chinese says what English says with one pattern: that something is not so, that a figure fell, and a range of whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from revisit_policy.language.condition import Compare, Condition
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.fact import Fact
from revisit_policy.values.labels import Lang
from revisit_policy.values.ratio import percent_text

#: What a label begins with, and how it begins once it is denied.
_DENIED: Final = {"已": "未", "有": "无", "曾经": "未曾", "处于": "未处于"}

#: Words that begin like one of these and have no such part.
_WHOLE: Final = ("有限", "有关", "已知")
_PASSIVE: Final = "被"

#: How a label ends whose figure is a change: of a negative one a person says how far it fell.
_CHANGE: Final = "变动"
_FELL: Final = {"<=": "{name}下降{by}以上", "<": "{name}下降超过{by}", ">=": "{name}下降不超过{by}", ">": "{name}下降不足{by}"}


def denied(label: str) -> str:
    """*label* as what is not so.

    Examples:
        >>> denied("有提前到期条款"), denied("已证明系技术原因"), denied("押品被查封"), denied("挪用贷款资金")
        ('无提前到期条款', '未证明系技术原因', '押品未被查封', '无挪用贷款资金情形')
    """
    if not label.startswith(_WHOLE):
        for begin, turned in _DENIED.items():
            if label.startswith(begin):
                return turned + label.removeprefix(begin)
    return label.replace(_PASSIVE, "未被", 1) if _PASSIVE in label else f"无{label}情形"


def _is_change(fact: Fact) -> bool:
    return isinstance(fact.domain, Ratios) and fact.label.text(Lang.ZH).endswith(_CHANGE)


def fall_text(condition: Compare) -> str | None:
    """A comparison of a change with a negative limit, said as a fall; ``None`` for any other."""
    fact, limit = condition.fact, condition.limit
    if not _is_change(fact) or limit >= 0:
        return None
    name = fact.label.text(Lang.ZH).removesuffix(_CHANGE)
    return _FELL[condition.operator].format(name=name, by=percent_text(-limit, 2, lang=Lang.ZH))


def moved_text(fact: Fact, exact: float | Fraction) -> str | None:
    """How far a change of *exact* went, and which way; ``None`` if *fact* is no change."""
    if not _is_change(fact) or not exact:
        return None
    return ("上升" if exact > 0 else "下降") + percent_text(max(exact, -exact), 2, lang=Lang.ZH)


def whole_range(first: Condition, second: Condition) -> tuple[Fact, int, int] | None:
    """The fact and the least and the greatest whole number that two comparisons of it leave; ``None`` if they leave no such range."""
    if not (isinstance(first, Compare) and isinstance(second, Compare)) or first.fact != second.fact:
        return None
    domain = first.fact.domain
    if not isinstance(domain, Counts) or domain.step != 1 or first.operator not in {">", ">="} or second.operator not in {"<", "<="}:
        return None
    low = first.limit + (first.operator == ">")
    high = second.limit - (second.operator == "<")
    return (first.fact, low, high) if low <= high else None

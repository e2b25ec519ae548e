"""Tables that read one another as a picture; with verdicts, the path that one case took through them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from revisit_policy.language.condition import comparisons
from revisit_policy.speech.joining import headed, listed
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.markup.flow import Box, flow

if TYPE_CHECKING:
    from revisit_policy.language.table import Table
    from revisit_policy.language.verdicts.verdict import Verdict, Verdicts

TABLES: Final = Label("各表之间的读取关系：左边的表被右边的表读取", "which table reads which: those to the left are read by those to the right")
PATH: Final = Label(
    "本案经过的各表：✓ 有规则触发，? 有待确定，无标记者适用默认结论",
    "the tables on the way of this case: ✓ rules fired, ? open, without a sign what holds otherwise",
)
_RULES: Final = Label("{count}条规则", "{count} rules")


def tables_drawn(tables: Iterable[Table], lang: Lang) -> str:
    """The *tables* as boxes, each to the right of those it reads; on hover the number of its rules."""
    boxes = [
        Box(table.id, table.label.text(lang), headed(table.label.text(lang), _RULES.filled(lang, count=len(table.rules)), lang), reads=table.reads)
        for table in tables
    ]
    return flow(boxes, title=TABLES.text(lang))


def verdicts_drawn(verdicts: Verdicts, lang: Lang) -> str:
    """The tables of *verdicts* as boxes: filled and ticked where rules fired, dashed where something is open; a line is strong where it was followed."""
    return flow([_box(verdict, lang) for verdict in verdicts.values()], title=PATH.text(lang))


def _box(verdict: Verdict, lang: Lang) -> Box:
    table = verdict.table
    sign, look = ("✓", "filled") if verdict.fired else ("", "bare")
    if not verdict.is_decided:
        sign, look = "?", "dashed"
    followed = {part.fact.table for rule in verdict.reasons for part in comparisons(rule.when) if part.fact.table}
    says = headed(table.label.text(lang), listed((rule.because.text(lang) for rule in verdict.reasons), lang) or "—", lang)
    return Box(
        table.id, table.label.text(lang), says, reads=table.reads, sign=sign, look=look, on_path=tuple(name for name in table.reads if name in followed)
    )

"""Checks of a policy: what it asks for without being able to tell since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from revisit_policy.decision.beginnings.saying import is_dated
from revisit_policy.language.condition import comparisons
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.trigger import Trigger
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import gather, gathering, refused, to_text, to_texts, to_tuple_of

_UNDATED: Final = Label(
    "{trigger}：规则 {rule} 依据 {facts}，案卷无从得知其起始日；未记录事件的，期限随查询日推移",
    "{trigger}: rule {rule} rests on {facts}, of which no case file tells since when; without an event its deadline moves with every day of asking",
)
_DATED: Final = Label("各触发均有起始日可查", "every trigger can be dated")


def _to_trigger(value: Trigger) -> Trigger:
    if isinstance(value, Trigger):
        return value
    raise refused(value, Phrase("Trigger", "a Trigger"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class UndatedTrigger:
    """A trigger whose deadline moves with every day of asking unless an `Event` says since when.

    Args:
        trigger: What asks for a visit.
        rule: The id of the rule that raises its signal.
        rests_on: The facts, and the earlier tables, that the rule reads, by name.
    """

    trigger: Trigger = attrs.field(converter=_to_trigger)
    rule: str = attrs.field(converter=to_text)
    rests_on: tuple[str, ...] = attrs.field(converter=to_texts)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def text(self, lang: str = Lang.EN) -> str:
        """The finding in one line.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        named = f"{self.trigger.code.label(chosen)} ({self.trigger.level.label(chosen)})"
        return _UNDATED.filled(chosen, trigger=named, rule=self.rule, facts=", ".join(self.rests_on))

    def __str__(self) -> str:
        return self.text()


def _to_findings(values: Iterable[UndatedTrigger]) -> tuple[UndatedTrigger, ...]:
    return to_tuple_of(UndatedTrigger, values)


@attrs.frozen(field_transformer=gathering)
class PolicyCheck:
    """What a policy asks for without being able to tell since when; print it, or iterate over its findings.

    Args:
        undated: The triggers, and the rules that set them off, in the order of the rules.
    """

    undated: tuple[UndatedTrigger, ...] = attrs.field(default=(), converter=_to_findings)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def __iter__(self) -> Iterator[UndatedTrigger]:
        return iter(self.undated)

    def __len__(self) -> int:
        return len(self.undated)

    def text(self, lang: str = Lang.EN) -> str:
        """The findings, a line each.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        return "\n".join(each.text(chosen) for each in self.undated) or _DATED.text(chosen)

    def __str__(self) -> str:
        return self.text()


def check_of(tables: Iterable[Table]) -> PolicyCheck:
    """The check of a policy of these *tables*."""
    by_id = {table.id: table for table in tables}
    if not {"signals", "triggers"} <= by_id.keys():
        return PolicyCheck()
    triggers = dict.fromkeys(rule.then for rule in by_id["triggers"].rules if isinstance(rule.then, Trigger))
    undated = [rule for rule in by_id["signals"].rules if not is_dated(rule.condition, by_id)]
    return PolicyCheck(tuple(_finding(trigger, rule) for trigger in triggers for rule in undated if _raises(rule, trigger)))


def _raises(rule: Rule, trigger: Trigger) -> bool:
    said = rule.then
    return (getattr(said, "code", None), getattr(said, "level", None)) == (trigger.code, trigger.level)


def _finding(trigger: Trigger, rule: Rule) -> UndatedTrigger:
    return UndatedTrigger(trigger=trigger, rule=rule.id, rests_on=tuple(dict.fromkeys(part.fact.name for part in comparisons(rule.when))))

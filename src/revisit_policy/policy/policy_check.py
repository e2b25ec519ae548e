"""Checks of a policy: what it asks for without being able to tell since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from revisit_policy.decision.beginnings.saying import Sayings, is_dated
from revisit_policy.decision.seats.conventions import Conventions
from revisit_policy.decision.seats.in_figures import FIGURES, OBLIGATIONS, owed_in_figures
from revisit_policy.language.condition import comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.outcomes.obligations.obligation import Obligation
from revisit_policy.outcomes.signal import Signal
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import gather, gathering, refused, to_text, to_texts, to_tuple_of

_UNDATED: Final = Label(
    "{owed}：规则 {rule} 依据 {facts}，案卷无从得知其起始日；未记录事件的，期限随查询日推移",
    "{owed}: rule {rule} rests on {facts}, of which no case file tells since when; without an event its deadline moves with every day of asking",
)
_DATED: Final = Label("各应办事项均有起始日可查", "every obligation can be dated")


def _to_obligation(value: Obligation) -> Obligation:
    if isinstance(value, Obligation):
        return value
    raise refused(value, Phrase("Obligation", "an Obligation"))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class UndatedObligation:
    """An obligation whose deadline moves with every day of asking unless somebody records since when.

    Args:
        obligation: What is owed.
        rule: The id of the rule that raises the signal that it answers, else of the rule that it is counted by.
        rests_on: The facts, and the earlier tables, that the rule reads, by name.
    """

    obligation: Obligation = attrs.field(converter=_to_obligation)
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
        return _UNDATED.filled(chosen, owed=self.obligation.label(chosen), rule=self.rule, facts=", ".join(self.rests_on))

    def __str__(self) -> str:
        return self.text()


def _to_findings(values: Iterable[UndatedObligation]) -> tuple[UndatedObligation, ...]:
    return to_tuple_of(UndatedObligation, values)


@attrs.frozen(field_transformer=gathering)
class PolicyCheck:
    """What a policy asks for without being able to tell since when; print it, or iterate over its findings.

    Args:
        undated: The obligations, and the rules that set them off, in the order of the rules.
    """

    undated: tuple[UndatedObligation, ...] = attrs.field(default=(), converter=_to_findings)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def __iter__(self) -> Iterator[UndatedObligation]:
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


def check_of(tables: Iterable[Table], figures: Conventions) -> PolicyCheck:
    """The check of a policy of these *tables*, which says in *figures* what it owes where it has no table of obligations."""
    by_id = {table.id: table for table in tables}
    return PolicyCheck(tuple(dict.fromkeys(_finding(owed, rule) for owed, rule in _undated(by_id, figures))))


def _finding(owed: Obligation, rule: Rule) -> UndatedObligation:
    return UndatedObligation(obligation=owed, rule=rule.id, rests_on=tuple(dict.fromkeys(part.fact.name for part in comparisons(rule.when))))


def _undated(tables: Mapping[str, Table], figures: Conventions) -> Iterator[tuple[Obligation, Rule]]:
    """All that can fall due, each with the rules that it is counted by and of which no case file tells since when."""
    said = Sayings(tables)
    for owed, rule in _owed(tables, figures):
        counted_by: Iterable[Rule] = ()  # a fact is a day of the case file, and so is an event
        if owed.since is None:
            counted_by = (rule,)
        elif isinstance(owed.since, Signal):
            counted_by = (each for each in tables["signals"].rules if each.says(owed.since))
        yield from ((owed, each) for each in counted_by if not is_dated(each.condition, said))


def _owed(tables: Mapping[str, Table], figures: Conventions) -> Iterator[tuple[Obligation, Rule]]:
    """All that can fall due, each with the rule that says so."""
    for table in (tables[OBLIGATIONS],) if OBLIGATIONS in tables else (tables[name] for name in FIGURES if name in tables):
        for rule in table.rules:
            said = rule.then
            if isinstance(said, Obligation):
                yield said, rule
            elif not isinstance(said, Fact):
                yield from ((owed, rule) for owed in owed_in_figures(table.id, said, figures))

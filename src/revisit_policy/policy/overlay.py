"""Overlays: the extra rules of a city or a branch, laid over a policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.fold import Fold
from revisit_policy.language.rule import Rule, is_identifier
from revisit_policy.language.table import Table
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.validation import gather, gathering, refused, to_text, to_tuple_of

Place: TypeAlias = Literal["before", "after"]


def _to_rules(values: Sequence[Rule]) -> tuple[Rule, ...]:
    return to_tuple_of(Rule, values)


def _to_place(value: Place | None) -> Place | None:
    given: object = value
    if given is None or (isinstance(given, str) and given in get_args(Place)):
        return value
    raise refused(value, Phrase('"before"、"after" 或 None', '"before", "after" or None'))


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Addition:
    """Rules for one table; *where* they stand matters to a FIRST table only, and must then be said.

    Args:
        table: The id of the table.
        rules: The new rules in order.
        where: ``"before"`` or ``"after"`` the rules that are there; ``None`` where order does not matter.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    table: str = attrs.field(converter=to_text)
    rules: tuple[Rule, ...] = attrs.field(converter=_to_rules)
    where: Place | None = attrs.field(default=None, converter=_to_place)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def added_to(self, table: Table) -> Table:
        """*table* with these rules, all of them new.

        Raises:
            InvalidPolicyError: If a rule id is already there, or a FIRST table is not told where the rules stand.
        """
        there = {rule.id for rule in table.rules}
        for rule in self.rules:
            if rule.id in there:
                problem = Phrase(
                    "表 `{table}` 已有此规则；附加版只增加，修改请用 `replacing`",
                    "table `{table}` already has this rule; an overlay adds, `replacing` changes",
                    table=table.id,
                )
                raise InvalidPolicyError(subject=rule.id, problem=problem)
        if table.fold is Fold.FIRST and self.where is None:
            problem = Phrase('此表依次序判定：请写明 where="before" 或 where="after"', 'the table goes by order: say where="before" or where="after"')
            raise InvalidPolicyError(subject=table.id, problem=problem)
        rules = self.rules + table.rules if self.where == "before" else table.rules + self.rules
        return attrs.evolve(table, rules=rules)

    def __rich_repr__(self) -> Shown:
        yield Words(self.table)
        yield "rules", few(rule.id for rule in self.rules)


def _to_additions(values: Sequence[Addition]) -> tuple[Addition, ...]:
    return to_tuple_of(Addition, values)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Overlay:
    """Extra rules under one name: ``policy | overlay``.

    Args:
        id: The name, in kebab-case; the policy that it is laid over has it in its own id.
        additions: The rules by table.

    Raises:
        InvalidInputError: If *additions* are none.
        InvalidPolicyError: If the id is not in kebab-case.

    Examples:
        >>> import attrs
        >>> from revisit_policy.rulebooks import cn_housing
        >>> policy = cn_housing.policy()
        >>> own = attrs.evolve(policy.rule("overdue-90"), id="overdue-own")
        >>> local = policy | Overlay(id="shenzhen", additions=(Addition(table="grade", rules=(own,)),))
        >>> local.id, local.grade(days_past_due=91).fired
        ('cn-housing-2023+shenzhen', ('overdue', 'overdue-90', 'overdue-own'))
    """

    id: str
    additions: tuple[Addition, ...] = attrs.field(converter=_to_additions)

    def __attrs_post_init__(self) -> None:
        gather(self)
        if not is_identifier(self.id):
            raise InvalidPolicyError(
                subject=str(self.id),
                problem=Phrase("附加版的标识须为小写字母加连字符，如 `shenzhen`", "an overlay's id must be kebab-case, such as `shenzhen`"),
            )

    def __rich_repr__(self) -> Shown:
        yield Words(self.id)
        yield "additions", few(f"{len(item.rules)} to {item.table}" for item in self.additions)

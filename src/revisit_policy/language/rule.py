"""Rules: a condition, what follows from it, why, and who says so."""

from __future__ import annotations

import re
from collections.abc import Hashable

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.condition import (
    Combinable,
    Condition,
    all_of,
    is_absence,
    refuse_deep,
    refuse_idle_known,
)
from revisit_policy.language.fact import Fact
from revisit_policy.language.parts import check_part
from revisit_policy.language.period import Period
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def is_identifier(text: object) -> bool:
    """True for the ids of rules and tables: words of small letters and digits, joined by hyphens."""
    return isinstance(text, str) and _KEBAB.fullmatch(text) is not None


def _by_kind(then: object) -> tuple[type, object]:
    """What two equal consequences have in common: 1 is not True, and a fact is not asked whether it is an outcome."""
    return type(then), then


@attrs.frozen
class Rule:
    """If *when* holds, then *then*, because *because*, as *source* says.

    Args:
        id: Stable across versions, in kebab-case: the name under which a rule is replaced, cited and tested.
        when: The condition. While it is unknown the rule does not fire and is not forgotten.
        then: An outcome of the table's scale, or a fact of the same scale, such as an earlier table's outcome.
        because: The reason in one sentence, Chinese and English.
        source: The citation.
        period: When the rule is in force; ``None`` if always.

    Raises:
        InvalidPolicyError: If the id is not kebab-case, *when* is not a condition or nests too deep, or ``~is_missing`` stands alone.

    Examples:
        >>> from revisit_policy.values.citation import Citation, Standing
        >>> overdue = Fact.count("days_past_due", low=0, high=3650, label=Label("逾期天数", "days past due"))
        >>> rule = Rule(
        ...     "overdue-90",
        ...     when=overdue > 90,
        ...     then="substandard",
        ...     because=Label("逾期超过90天", "more than 90 days past due"),
        ...     source=Citation(document=Label("内部规定", "house rule"), standing=Standing.BANK_PRACTICE),
        ... )
        >>> rule.condition
        (days_past_due > 90)
    """

    id: str
    when: Condition = attrs.field(kw_only=True)
    then: Hashable = attrs.field(kw_only=True, eq=_by_kind)
    because: Label = attrs.field(kw_only=True)
    source: Citation = attrs.field(kw_only=True)
    period: Period | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not is_identifier(self.id):
            problem = Phrase("规则的标识须为小写字母加连字符，如 `overdue-90`", "a rule's id must be kebab-case, such as `overdue-90`")
            raise InvalidPolicyError(subject=str(self.id), problem=problem)
        when: object = self.when
        if not isinstance(when, Combinable):
            advice = Phrase("；请写 `.is_true()`", "; write `.is_true()`") if isinstance(when, Fact) else ""
            raise InvalidPolicyError(
                subject=self.id,
                problem=Phrase(
                    "`when` 须为条件，实际为 `{when!r}`{advice}", "`when` must be a condition, got `{when!r}`{advice}", when=self.when, advice=advice
                ),
            )
        for name, value, kind in (("because", self.because, Label), ("source", self.source, Citation)):
            check_part(value, kind, subject=self.id, field=name, expected=Phrase("{kind}", "a {kind}", kind=kind.__name__))
        check_part(self.period, Period | None, subject=self.id, field="period", expected=Phrase("Period 或 None", "a Period or None"))
        refuse_deep(self.when, subject=self.id)
        refuse_idle_known(self.when, subject=self.id)

    @property
    def condition(self) -> Condition:
        """*when*, and the period where there is one."""
        return self.when if self.period is None else all_of(self.period.condition(), self.when)

    def says(self, outcome: object) -> bool:
        """True if *outcome* is what follows, of the same kind; a rule that follows a fact says that fact and no outcome of it."""
        return _by_kind(self.then) == _by_kind(outcome)

    @property
    def is_absence(self) -> bool:
        """True if the rule asks whether something is missing: it adds caution and never settles a table."""
        return is_absence(self.when)

    def __rich_repr__(self) -> Shown:
        yield Words(self.id)
        yield "when", Words(repr(self.condition))
        yield "then", Words(repr(self.then))
        yield "because", Words(self.because.en)
        yield "source", Words(self.source.text())

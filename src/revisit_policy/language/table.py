"""Tables: rules over one closed scale of outcomes, and the fold that makes one outcome of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic

import attrs

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.language.call import verdicts_of
from revisit_policy.language.condition import (
    ALWAYS,
    NEVER,
    Compare,
    Condition,
    Includes,
    OneOf,
    all_of,
    comparisons,
    without_absence,
)
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.fold import Fold, Folding, Outcome, to_fold
from revisit_policy.language.overlaps.exclusion import Group, groups_of
from revisit_policy.language.overlaps.overlap import Overlap, first_overlap
from revisit_policy.language.parts import check_name, check_part
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Outcomes, Scale, Score, to_outcomes
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.validation import found_in, to_tuple

if TYPE_CHECKING:
    from revisit_policy.language.verdicts.graph import DecisionGraph
    from revisit_policy.language.verdicts.verdict import Verdict

#: Stands for "this table has no `otherwise`": where no rule fires there is a gap.
NO_OTHERWISE: Final = None


#: Made once: every reason of every decision looks its rule up.
_RULE: Final = Phrase("规则", "rule")


@attrs.frozen
class Line:
    """One condition and one place on the scale: a rule is one line, or several if its *then* is itself a fact.

    A rule that may hold because a fact is missing, or without that, is two lines: the first settles, the second adds
    caution. ``then=base`` over a scale of months means "if base is at least so severe, then so severe" for each place, which
    is why an undecided base leaves just its own candidates open.
    """

    rule: Rule
    condition: Condition
    place: int
    is_absence: bool
    has_twin: bool = False


@attrs.frozen(cache_hash=True)  # a table is long, and what is remembered of a policy is looked up by it
class Table(Generic[Outcome]):
    """Rules over one scale, and how they are folded: a function of facts.

    Call it with keyword facts for a verdict: ``table(days_past_due=91)``. A measurement that is not mentioned is
    unknown, a register that is not mentioned has no entry.

    ``Table[str]`` in an annotation tells a type checker what it says; left out, it may be anything.

    Args:
        id: Lower case with underscores; the name under which later tables and users ask for it.
        outcomes: The closed scale, mild to severe: an enumeration, a tuple, ``unordered(...)`` or a ``Score``.
        fold: How outcomes become one.
        rules: In the order written; only FIRST reads that order.
        otherwise: The outcome if no rule fires; ``None`` leaves a gap. A tuple for EVERY; for TOTAL the points that
            everyone starts from, 0 if ``None``.
        label: What the table decides, Chinese and English.

    Raises:
        InvalidPolicyError: If a rule id is used twice, an outcome is not on the scale, a FIRST rule can never be
            reached, two rules of a UNIQUE table provably overlap with different outcomes, or the table reads itself.
    """

    id: str
    outcomes: Outcomes = attrs.field(kw_only=True, converter=to_outcomes)
    fold: Fold = attrs.field(kw_only=True, converter=to_fold)
    rules: tuple[Rule, ...] = attrs.field(kw_only=True, converter=to_tuple)
    otherwise: Any = attrs.field(default=NO_OTHERWISE, kw_only=True)
    label: Label = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_shape(self)
        _check_ids(self)
        lines = self.lines
        if self.id in self.reads:
            raise InvalidPolicyError(subject=self.id, problem=Phrase("表读取了自身的结论", "the table reads its own outcome"))
        if self.fold is Fold.FIRST:
            _check_reachable(self)
        if self.fold is Fold.UNIQUE:
            _check_unique(self, lines)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rules as conditions with places, in the order written."""
        return tuple(line for rule in self.rules for line in _lines(self, rule))

    @cached_property
    def folding(self) -> Folding:
        """The fold over :attr:`lines`."""
        return Folding(
            fold=self.fold,
            outcomes=self.outcomes,
            places=tuple(line.place for line in self.lines),
            absence=sum(1 << at for at, line in enumerate(self.lines) if line.is_absence),
            twins=sum(1 << at for at, line in enumerate(self.lines) if line.is_absence and line.has_twin),
            otherwise=_otherwise_place(self),
            groups=self._groups,
        )

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        """The lines of a total that exclude one another; what asks whether a fact is missing stands alone, with its twin."""
        if self.fold is not Fold.TOTAL:
            return ()
        conditions = [None if line.is_absence or line.has_twin else line.condition for line in self.lines]
        return groups_of(conditions, [line.place for line in self.lines])

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the rules compare, earlier tables' outcomes included, in the order first met."""
        met = {part.fact.name: part.fact for line in self.lines for part in comparisons(line.condition)}
        return tuple(met.values())

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The ids of the earlier tables whose outcomes the rules compare."""
        return tuple(fact.table for fact in self.facts if fact.table is not None)

    @property
    def outcome(self) -> Fact:
        """The outcome of this table as a fact for later tables."""
        match self.fold, self.outcomes:
            case Fold.EVERY, Scale(outcomes):
                domain: Choices | Sets | Points = Sets(outcomes)
            case _, Scale(outcomes, ordered=ordered):
                domain = Choices(outcomes, ordered=ordered)
            case _:
                domain = Points(*self.folding.span())
        return Fact(self.id, domain, label=self.label, table=self.id)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id.

        Raises:
            UnknownNameError: If there is none, with the nearest id.
        """
        return found_in(self._by_id, rule_id, kind=_RULE)

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def facts_of(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts that each rule compares, in the order first met, by the id of the rule."""
        return {rule.id: tuple({part.fact.name: part.fact for part in comparisons(rule.condition)}.values()) for rule in self.rules}

    @cached_property
    def absences(self) -> frozenset[str]:
        """The ids of the rules that ask whether a fact is missing."""
        return frozenset(rule.id for rule in self.rules if rule.is_absence)

    @cached_property
    def _alone(self) -> DecisionGraph:
        from revisit_policy.language.verdicts.graph import DecisionGraph

        return DecisionGraph((self,), given=self.reads)

    def __call__(
        self, case: object = None, /, *, supplied: Mapping[str, object] | None = None, assuming: Sequence[Assumption] = (), **facts: object
    ) -> Verdict[Outcome]:
        """The verdict on keyword *facts*, or on a *case* file and what is *supplied*.

        Args:
            case: Any object whose fields the facts' derivations name. Of keywords it leaves ``on=``, the decision day, which
                may be left out where no fact rests on it.
            supplied: Beside a case file, the supplied facts and earlier tables' outcomes, by name.
            assuming: Stand-ins for facts that turn out unknown.
            facts: Values by the names of their facts; earlier tables' outcomes are given by their ids.

        Raises:
            UnknownNameError: If a keyword names no fact of this table, with the nearest name.
            InvalidInputError: If values are of another type or outside their domains, all of them together; if *case* is a
                plain value, keyword facts stand beside it, or the decision day is needed.
        """
        return verdicts_of(self._alone, case, facts=facts, supplied=supplied, assuming=assuming)[self.id]

    def to_markdown(self, lang: str = "en") -> str:
        """The table as Markdown that a risk officer can read and sign."""
        from revisit_policy.language.words.rendering import table_markdown

        return table_markdown(self, lang)

    def to_html(self, lang: str = "en") -> str:
        """The table as HTML that needs no style sheet, with all that its Markdown says.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        from revisit_policy.language.words.rendering import folded_table

        return folded_table(self, lang)

    def _repr_html_(self) -> str:
        from revisit_policy.language.words.rendering import table_in_languages

        return table_in_languages(self)


# -- lines -----------------------------------------------------------------------------------------------------------

    def __rich_repr__(self) -> Shown:
        yield Words(self.id)
        yield "fold", self.fold
        yield "outcomes", few(self.outcomes.outcomes) if isinstance(self.outcomes, Scale) else self.outcomes
        yield "rules", few(rule.id for rule in self.rules)
        yield "otherwise", Words(repr(self.otherwise)), Words("None")


def _lines(table: Table, rule: Rule) -> Iterator[Line]:
    settling = without_absence(rule.condition)
    has_twin = rule.is_absence and settling != NEVER
    for condition, place in _consequences(table, rule):
        if not rule.is_absence or has_twin:
            yield Line(rule, all_of(settling, condition), place, is_absence=False, has_twin=has_twin)
        if rule.is_absence:
            yield Line(rule, all_of(rule.condition, condition), place, is_absence=True, has_twin=has_twin)


def _consequences(table: Table, rule: Rule) -> Iterator[tuple[Condition, int]]:
    """The places that *rule* can put a case, each with what must hold besides its condition."""
    if isinstance(rule.then, Fact):
        yield from _lines_of_fact(table, rule, rule.then)
    else:
        yield ALWAYS, _place(table, rule.then, subject=rule.id)


def _lines_of_fact(table: Table, rule: Rule, then: Fact) -> Iterator[tuple[Condition, int]]:
    scale = table.outcomes
    if not isinstance(scale, Scale) or not isinstance(then.domain, Choices | Sets) or then.domain.items != scale.outcomes:
        problem = Phrase(
            "`then` 为事实 `{then}`，其取值不是表 `{table}` 的标度",
            "`then` is the fact `{then}`, whose values are not the scale of table `{table}`",
            then=then.name, table=table.id,
        )
        raise InvalidPolicyError(subject=rule.id, problem=problem)
    items = scale.outcomes
    if isinstance(then.domain, Sets):
        yield from ((Includes(then, (item,)), place) for place, item in enumerate(items))
    elif scale.ordered and then.domain.ordered and table.fold in {Fold.FIRST, Fold.WORST, Fold.LEAST}:
        # Most severe first, so that a FIRST walk meets the most severe line that holds.
        for place in range(len(items) - 1, 0, -1):
            yield Compare(then, ">=", items[place]), place
        yield ALWAYS, 0
    else:
        yield from ((OneOf(then, (item,)), place) for place, item in enumerate(items))


def _place(table: Table, outcome: Hashable, *, subject: str) -> int:
    if isinstance(table.outcomes, Score):
        if type(outcome) is not int:
            problem = Phrase("分值须为整数，实际为 `{outcome!r}`", "points must be a whole number, got `{outcome!r}`", outcome=outcome)
            raise InvalidPolicyError(subject=subject, problem=problem)
        return outcome
    for place, item in enumerate(table.outcomes.outcomes):
        if type(item) is type(outcome) and item == outcome:
            return place
    meant = next((item for item in table.outcomes.outcomes if isinstance(item, Labelled) and item.value == outcome), None)
    problem = Phrase(
        "结论 `{outcome!r}` 不在表 `{table}` 的标度上：{outcomes!r}{advice}",
        "the outcome `{outcome!r}` is not on the scale of table `{table}`: {outcomes!r}{advice}",
        outcome=outcome, table=table.id, outcomes=table.outcomes.outcomes,
        advice="" if meant is None else Phrase("；请写 `{meant!r}`", "; write `{meant!r}`", meant=meant),
    )
    raise InvalidPolicyError(subject=subject, problem=problem)


def _otherwise_place(table: Table) -> Any:
    if table.fold is Fold.TOTAL:
        return _place(table, 0 if table.otherwise is None else table.otherwise, subject=table.id)
    if table.fold is Fold.EVERY:
        given = () if table.otherwise is None else table.otherwise
        if not isinstance(given, tuple):
            raise InvalidPolicyError(subject=table.id, problem=Phrase(
                "`otherwise` 须为元组，实际为 `{given!r}`", "`otherwise` must be a tuple, got `{given!r}`", given=given
            ))
        return tuple(_place(table, outcome, subject=table.id) for outcome in given)
    return None if table.otherwise is None else _place(table, table.otherwise, subject=table.id)


# -- checks made when a table is built -------------------------------------------------------------------------------


def _check_shape(table: Table) -> None:
    name: object = table.id
    if not isinstance(name, str) or not name.isidentifier() or name != name.lower():
        raise InvalidPolicyError(subject=str(name), problem=Phrase("表的标识须为小写字母加下划线", "a table's id must be lower_case_with_underscores"))
    check_name(name)
    if (table.fold is Fold.TOTAL) != isinstance(table.outcomes, Score):
        raise InvalidPolicyError(subject=table.id, problem=Phrase(
            "`TOTAL` 与 `Score` 配用，其他取法与标度配用", "`TOTAL` goes with a `Score`, every other fold with a scale"
        ))
    check_part(table.label, Label, subject=table.id, field="label", expected=Phrase("Label", "a Label"))
    ordered = isinstance(table.outcomes, Scale) and table.outcomes.ordered
    if table.fold in {Fold.WORST, Fold.LEAST} and not ordered:
        raise InvalidPolicyError(subject=table.id, problem=Phrase("`{fold}` 须用有次序的标度", "`{fold}` needs a scale with an order", fold=table.fold.name))
    if table.fold is Fold.LEAST:
        values = table.outcomes.outcomes  # type: ignore[union-attr] # a scale, by the check above
        if list(values) != sorted(values, reverse=True):
            problem = Phrase(
                "`LEAST` 取最小的结论，标度须从大到小排列", "`LEAST` takes the smallest outcome, so the scale must run from the largest to the smallest"
            )
            raise InvalidPolicyError(subject=table.id, problem=problem)
    _otherwise_place(table)


def _check_ids(table: Table) -> None:
    for rule in table.rules:
        if not isinstance(rule, Rule):
            raise InvalidPolicyError(subject=table.id, problem=Phrase(
                "`rules` 须由规则组成，实际为 `{rule!r}`", "`rules` must hold rules, got `{rule!r}`", rule=rule
            ))
    twice = [name for name, count in Counter(rule.id for rule in table.rules).items() if count > 1]
    if twice:
        raise InvalidPolicyError(subject=table.id, problem=Phrase("重复的规则标识：{twice}", "rule ids used twice: {twice}", twice=", ".join(twice)))


def _check_reachable(table: Table) -> None:
    """Find FIRST rules hidden by an earlier rule of the same or an unconditional condition."""
    seen: dict[Condition, str] = {}
    for rule in table.rules:
        hidden_by = seen.get(ALWAYS) or seen.get(rule.condition)
        if hidden_by is not None:
            problem = Phrase(
                "永远不会触发：表 `{table}` 的 `{hidden_by}` 在先",
                "can never be reached: `{hidden_by}` of table `{table}` comes first",
                hidden_by=hidden_by, table=table.id,
            )
            raise InvalidPolicyError(subject=rule.id, problem=problem)
        if not rule.is_absence:
            seen[rule.condition] = rule.id


def _check_unique(table: Table, lines: tuple[Line, ...]) -> None:
    overlap: Overlap | None = first_overlap(tuple((line.rule.id, line.condition, line.place) for line in lines))
    if overlap is not None:
        problem = Phrase(
            "规则 `{first}` 与 `{second}` 在 {where} 时同时触发而结论不同",
            "rules `{first}` and `{second}` both fire where {where}, with different outcomes",
            first=overlap.first, second=overlap.second, where=overlap.where,
        )
        raise InvalidPolicyError(subject=table.id, problem=problem)

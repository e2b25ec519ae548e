"""Laws: what holds for every case of a policy, tried on cases dense in the values at which rules change their minds.

Each function returns nothing if the law holds for all cases tried, and raises a sentence with facts that paste back if
it does not. How many cases are tried is the `max_examples` of the hypothesis profile in force, or *examples*.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from revisit_policy.errors import RevisitPolicyError
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold, Ruling, Status
from revisit_policy.language.readers import reference
from revisit_policy.language.snapshot import snapshot_of
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdicts
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.sampling import broken, sampled, tried_on
from revisit_policy.testing.strategies.boundary_case import boundary_cases
from revisit_policy.testing.strategies.fact_space import FactSpace
from revisit_policy.testing.strategies.keyword_facts import facts_for, facts_in
from revisit_policy.testing.subject import graph_of

#: Values that no fact takes, whatever its kind.
STRANGE: Final = (b"91", object, 0.5, ("91",))


def check_total(policy: object, *, examples: int | None = None) -> None:
    """Return nothing if every valid case gets a verdict of every table, and every invalid one is refused by name.

    A gap (no rule applies and there is no `otherwise`) and a conflict (two rules of a UNIQUE table) are no verdicts.

    Args:
        policy: A table, a decision graph, or a policy.
        examples: How many cases are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If a case has a gap, a conflict or an error, or bad input is taken, or refused without its name.

    Examples:
        >>> from revisit_policy.testing.example import grade
        >>> check_total(grade)
    """
    __tracebackhide__ = True
    graph = graph_of(policy)
    sampled(lambda facts: _decides(graph, facts), facts_for(graph), examples=examples)
    if graph.facts:
        spoilt = st.tuples(st.sampled_from(graph.facts), st.sampled_from(STRANGE))
        sampled(lambda facts, bad: _refuses(graph, facts, bad), facts_for(graph), spoilt, examples=examples)


def _decides(graph: DecisionGraph, facts: Mapping[str, Any]) -> None:
    try:
        verdicts = graph.verdicts(**facts)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not a verdict
        broken(Phrase("完备", "total"), expected=Phrase("每个案件均有结论", "a verdict for every case"), got=f"{type(error).__name__}: {error}", facts=facts)
    for name, verdict in verdicts.items():
        if verdict.status in {Status.GAP, Status.CONFLICT}:
            got = f"{verdict.status.value} ({', '.join(verdict.fired) or 'no rule applies'})"
            broken(Phrase("完备", "total"), expected=Phrase("`{name}` 的结论", "a verdict of `{name}`", name=name), got=got, facts=facts)


def _refuses(graph: DecisionGraph, facts: Mapping[str, Any], bad: tuple[Fact, object]) -> None:
    fact, value = bad
    spoilt = {**facts, fact.name: value}
    expected = Phrase("`{fact}` = `{value!r}` 被按名称拒绝", "`{fact}` = `{value!r}` refused by name", fact=fact.name, value=value)
    try:
        graph.verdicts(**spoilt)
    except RevisitPolicyError as error:
        if fact.name not in str(error):
            broken(Phrase("完备", "total"), expected=expected, got=f"`{error}`", facts=spoilt)
    except Exception as error:  # noqa: BLE001 - a refusal is one of ours
        broken(Phrase("完备", "total"), expected=expected, got=f"{type(error).__name__}: {error}", facts=spoilt)
    else:
        broken(Phrase("完备", "total"), expected=expected, got=Phrase("一个结论", "a verdict"), facts=spoilt)


def check_pure(policy: object, *, examples: int | None = None) -> None:
    """Return nothing if the same facts get the same verdicts: asked again, in another order, of a copy of the policy.

    Args:
        policy: A table, a decision graph, or a policy.
        examples: How many cases are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If two answers differ.
    """
    __tracebackhide__ = True
    graph = graph_of(policy)
    copy: DecisionGraph = pickle.loads(pickle.dumps(graph))  # noqa: S301 - what has just been pickled here

    def law(facts: dict[str, Any]) -> None:
        expected = _said(graph.verdicts(**facts))
        backwards = dict(reversed(facts.items()))
        for way, verdicts in (
            ("asked again", graph.verdicts(**facts)),
            ("with its facts in another order", graph.verdicts(**backwards)),
            ("asked of a copy of the policy", copy.verdicts(**facts)),
        ):
            _same(Phrase("纯粹", "pure"), expected, _said(verdicts), how=way, facts=facts)

    sampled(law, facts_for(graph), examples=examples)


def check_readers_agree(policy: object, *, examples: int | None = None) -> None:
    """Return nothing if the generated reader says of every case what the reference reader says.

    Tried on every boundary case first, then on missing facts too and on the ratios nearest to each limit that can be
    told from it.

    Args:
        policy: A table, a decision graph, or a policy.
        examples: How many cases are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If the rules that fire, those undecided or the ruling differ.
    """
    __tracebackhide__ = True
    graph = graph_of(policy)

    def law(facts: dict[str, Any]) -> None:
        snapshot = snapshot_of(graph.facts, facts)
        found = reference.read(graph, snapshot)
        walked = {table.id: _read(table, found[table.id]) for table in graph.tables}
        _same(Phrase("读法一致", "read alike"), walked, _said(graph.read(snapshot)), how="read by generated source", facts=facts)

    tried_on(law, [case.facts for case in boundary_cases(graph)])
    sampled(law, facts_in(FactSpace(graph, finest=True)), examples=examples)


def check_order(policy: object, *, examples: int | None = None) -> None:
    """Return nothing if the order in which rules are written matters to FIRST tables alone.

    Args:
        policy: A table, a decision graph, or a policy.
        examples: How many cases are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If another order changes an outcome.
    """
    __tracebackhide__ = True
    graph = graph_of(policy)

    def law(facts: dict[str, Any], data: st.DataObject) -> None:
        tables = [
            table if table.fold is Fold.FIRST else attrs.evolve(table, rules=data.draw(st.permutations(table.rules)))
            for table in graph.tables
        ]
        snapshot = snapshot_of(graph.facts, facts)
        written = reference.read(graph, snapshot)
        shuffled = reference.read(attrs.evolve(graph, tables=tables), snapshot)
        for table in graph.tables:
            before, after = written[table.id].ruling, shuffled[table.id].ruling
            if before != after:
                expected = Phrase(
                    "无论规则次序如何 `{table}` 均为 {outcome}",
                    "`{table}` {outcome} in whatever order its rules are written",
                    table=table.id, outcome=_outcome(before),
                )
                broken(Phrase("与次序无关", "free of order"), expected=expected, got=_outcome(after), facts=facts)

    sampled(law, facts_for(graph), st.data(), examples=examples)


def check_learning(policy: object, *, examples: int | None = None) -> None:
    """Return nothing if learning a missing fact never leads to an outcome that was not among the candidates before.

    Tables that read a set of outcomes to which a rule about missing facts may add are left out: such a rule adds
    caution that goes when the fact is known.

    Args:
        policy: A table, a decision graph, or a policy.
        examples: How many cases are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If an outcome appears that had been ruled out.
    """
    __tracebackhide__ = True
    graph = graph_of(policy)
    kept = tuple(table for table in graph.tables if not _reads_caution(graph, table))
    names = [fact.name for fact in graph.facts]

    def law(facts: dict[str, Any], data: st.DataObject) -> None:
        gone = data.draw(st.sets(st.sampled_from(names), min_size=1)) if names else set()
        less: dict[str, Any] = {name: None if name in gone else value for name, value in facts.items()}
        before, after = graph.verdicts(**less), graph.verdicts(**facts)
        for table in kept:
            was, now = before[table.id].ruling, after[table.id].ruling
            if not _is_within(table.fold, now, was):
                expected = Phrase(
                    "获知 {gone} 后 `{table}` 为 {candidates!r} 之一",
                    "`{table}` one of {candidates!r} once {gone} is known",
                    table=table.id, candidates=was.candidates, gone=", ".join(sorted(gone)),
                )
                broken(Phrase("审慎", "cautious"), expected=expected, got=repr(now.candidates), facts=less, learnt=facts)

    sampled(law, facts_for(graph, missing=False), st.data(), examples=examples)


def check_rules(policy: object, *, examples: int | None = None) -> None:
    """Return nothing if all laws hold that every policy of rules must keep, whatever its rules say.

    These are `check_total`, `check_pure`, `check_readers_agree`, `check_order` and `check_learning`. What a worse fact
    does is the policy's own affair: ask `check_monotone` for the pairs of fact and outcome that must keep it.

    Args:
        policy: A table, a decision graph, or a policy.
        examples: How many cases are tried for each; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: For the first law that does not hold.
    """
    __tracebackhide__ = True
    for check in (check_total, check_pure, check_readers_agree, check_order, check_learning):
        check(policy, examples=examples)


# -- what a verdict says, to be compared ----------------------------------------------------------------------------

Said = dict[str, tuple[Ruling, tuple[str, ...], tuple[str, ...]]]


def _said(verdicts: Verdicts) -> Said:
    return {name: (verdict.ruling, verdict.fired, verdict.undecided) for name, verdict in verdicts.items()}


def _read(table: Table, reading: reference.Reading) -> tuple[Ruling, tuple[str, ...], tuple[str, ...]]:
    return reading.ruling, _rules(table, reading.fired), _rules(table, reading.open)


def _rules(table: Table, mask: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.rule.id for at, line in enumerate(table.lines) if mask >> at & 1))


def _outcome(ruling: Ruling) -> str:
    return f"{ruling.status.value} {ruling.candidates!r}"


def _same(law: str, expected: Said, got: Said, *, how: str, facts: Mapping[str, Any]) -> None:
    for name, (ruling, fired, undecided) in expected.items():
        if got[name] != (ruling, fired, undecided):
            wanted = Phrase(
                "{how}时 `{name}` 为 {outcome}，依据 {fired}，未定 {undecided}",
                "`{name}` {outcome} by {fired}, {undecided} undecided, when {how}",
                name=name, outcome=_outcome(ruling), fired=fired, undecided=undecided, how=how,
            )
            after, then_fired, then_undecided = got[name]
            found = Phrase(
                "{outcome}，依据 {then_fired}，未定 {then_undecided}",
                "{outcome} by {then_fired}, {then_undecided} undecided",
                outcome=_outcome(after), then_fired=then_fired, then_undecided=then_undecided,
            )
            broken(law, expected=wanted, got=found, facts=facts)


def _reads_caution(graph: DecisionGraph, table: Table) -> bool:
    earlier = [graph.by_id[name] for name in table.reads if name in graph.by_id]
    return any(
        (before.fold is Fold.EVERY and any(rule.is_absence for rule in before.rules)) or _reads_caution(graph, before)
        for before in earlier
    )


def _is_within(fold: Fold, now: Ruling, was: Ruling) -> bool:
    """True if nothing is possible *now* that *was* not possible before."""
    match fold:
        case Fold.EVERY:
            return set(now.candidates[1]) <= set(was.candidates[1])
        case Fold.TOTAL:
            return bool(was.candidates[0] <= now.candidates[0] and now.candidates[1] <= was.candidates[1])
        case _:
            return set(now.candidates) <= set(was.candidates)

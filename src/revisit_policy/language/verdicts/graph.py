"""Decision graphs: tables that read one another's outcomes, in an order without cycles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import attrs

from revisit_policy.errors import InvalidPolicyError, InvalidValueError, UnknownNameError
from revisit_policy.language import table as table_module
from revisit_policy.language.condition import Compare, comparisons
from revisit_policy.language.derivation import Supplied
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.points import Points
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.fact import Assumption, Fact
from revisit_policy.language.fold import Ruling
from revisit_policy.language.parts import check_name, check_part, check_text, items_of
from revisit_policy.language.readers.generated import GeneratedReader, Resolution, RulingReader
from revisit_policy.language.readers.merged import merged
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.language.table import Table
from revisit_policy.language.verdicts import verdict as verdict_module
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.money import Money, to_currency
from revisit_policy.values.validation import found_in


def in_order(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Return *tables* so that each comes after those it reads; those free to choose keep their order.

    Raises:
        InvalidPolicyError: If a table id is used twice, or tables read one another in a circle.
    """
    given = items_of(tables, subject="graph", field="tables")
    for table in given:
        check_part(table, Table, subject="graph", field="tables", expected=Phrase("若干表，如 `policy.grade.table`", "tables, such as `policy.grade.table`"))
    twice = [name for name, count in Counter(table.id for table in given).items() if count > 1]
    if twice:
        raise InvalidPolicyError(subject=twice[0], problem=Phrase("表的标识重复", "the table id is used twice"))
    known = {table.id: table for table in given}
    try:
        order = TopologicalSorter({table.id: [name for name in table.reads if name in known] for table in given})
        return tuple(known[name] for name in order.static_order())
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise InvalidPolicyError(subject=error.args[1][0], problem=Phrase(
            "表之间循环读取：{circle}", "tables read one another in a circle: {circle}", circle=circle
        )) from None


def _to_ids(values: Iterable[str]) -> tuple[str, ...]:
    ids = items_of(values, subject="graph", field="given")
    for name in ids:
        check_text(name, subject="graph", field="given", expected=Phrase("表的标识", "ids of tables"))
        check_name(name)
    return ids


def _to_currency(value: str | None) -> str | None:
    return None if value is None else to_currency(value)


@attrs.frozen
class DecisionGraph:
    """Tables bound into one function from facts to verdicts.

    Args:
        tables: In any order; they are put so that each comes after those it reads.
        given: Ids of tables that are not here: their outcomes are then given like facts, by name.
        currency: That of all amounts of a case; left out, the one in which the rules set their limits, and any if none does.

    Raises:
        InvalidPolicyError: If ids are used twice, tables read one another in a circle, two facts of one name differ, rules set limits in
            two currencies,
            or a table reads an outcome on another scale than it has.
        UnknownNameError: If a table reads one that is neither here nor *given*.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> graph = cn_housing.policy().grade.graph
        >>> graph.verdicts(days_past_due=91)["grade"].outcome
        Grade.SUBSTANDARD
    """

    tables: tuple[Table, ...] = attrs.field(converter=in_order)
    given: tuple[str, ...] = attrs.field(default=(), converter=_to_ids, kw_only=True)
    currency: str | None = attrs.field(default=None, converter=_to_currency, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_rule_ids(self.tables)
        met: dict[str, Fact] = {}
        for table in self.tables:
            for fact in table.facts:
                if met.setdefault(fact.name, fact) != fact and fact.table is None:
                    problem = Phrase("两个不同的事实同名", "two different facts have this name")
                    raise InvalidPolicyError(subject=fact.name, problem=Phrase(
                        "{problem}（第二个在表 `{table}` 中）", "{problem} (the second in table `{table}`)", problem=problem, table=table.id
                    ))
                self._check_source(table, fact)
        object.__setattr__(self, "currency", self._one_currency())  # frozen: as the rules say it

    def _one_currency(self) -> str | None:
        """The currency of the policy; refused if a rule compares what a case holds with another."""
        currency = self.currency
        for table in self.tables:
            for fact in table.facts:
                if isinstance(fact.domain, Amounts) and not isinstance(fact.derived, Supplied):
                    for said in _currencies(table, fact.name):
                        if currency not in {None, said}:
                            raise InvalidPolicyError(subject=table.id, problem=Phrase(
                                "以 {said} 比较 `{fact}`，而政策的金额为 {currency}：一项政策只有一种货币",
                                "compares `{fact}` in {said}, and the amounts of the policy are in {currency}: it has one currency",
                                fact=fact.name, said=said, currency=currency,
                            ))
                        currency = said
        return currency

    def _check_source(self, table: Table, fact: Fact) -> None:
        if fact.table is None or fact.table in self.given:
            if fact.name in self.by_id:
                raise InvalidPolicyError(subject=fact.name, problem=Phrase("事实与表同名", "a fact and a table have the same name"))
            return
        if fact.table not in self.by_id:
            known = tuple(sorted({*self.by_id, *self.given}))
            raise UnknownNameError(kind=Phrase("表", "table"), name=fact.table, known=known)
        outcome = self.by_id[fact.table].outcome.domain
        if type(outcome) is not type(fact.domain) or (not isinstance(outcome, Points) and outcome != fact.domain):
            problem = Phrase("读取 `{table}` 的结论所用标度与该表不同", "reads the outcome of `{table}` on another scale than that table has", table=fact.table)
            raise InvalidPolicyError(subject=table.id, problem=problem)

    @cached_property
    def by_id(self) -> Mapping[str, Table]:
        """The tables by their ids."""
        return {table.id: table for table in self.tables}

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the tables read from outside, in the order first met."""
        met = {fact.name: fact for table in self.tables for fact in table.facts if fact.name not in self.by_id}
        return tuple(met.values()) if self.currency is None else tuple(fact.in_currency(self.currency) for fact in met.values())

    @cached_property
    def extraction(self) -> Extraction:
        """How the facts are made from a case file."""
        return Extraction(self.facts)

    @cached_property
    def reader(self) -> GeneratedReader:
        """The fast reader, compiled once."""
        return GeneratedReader(self.tables, self.facts)

    @cached_property
    def ruling_reader(self) -> RulingReader:
        """The fast reader of rulings without the rules that make them, compiled once."""
        return RulingReader(tuple(map(merged, self.tables)), self.facts)

    def leading_to(self, *table_ids: str) -> DecisionGraph:
        """The tables of these ids with the tables that they rest on, directly or through others, and no more.

        Raises:
            UnknownNameError: If there is no such table.
        """
        asked = [found_in(self.by_id, table_id, kind=Phrase("表", "table")) for table_id in table_ids]
        if table_ids not in self._leading:
            self._leading[table_ids] = self._resting_on(asked)
        return self._leading[table_ids]

    @cached_property
    def _leading(self) -> dict[tuple[str, ...], DecisionGraph]:
        """The graphs asked for so far: each compiles its reader once."""
        return {}

    def _resting_on(self, asked: list[Table]) -> DecisionGraph:
        wanted = [*asked]
        kept: set[str] = set()
        while wanted:
            table = wanted.pop()
            kept.add(table.id)
            wanted += [self.by_id[name] for name in table.reads if name in self.by_id and name not in kept]
        return DecisionGraph(tuple(table for table in self.tables if table.id in kept), given=self.given, currency=self.currency)

    def verdicts(self, *, assuming: Sequence[Assumption] = (), **facts: object) -> Verdicts:
        """The verdicts on keyword *facts*; the decision day is the fact ``on``.

        Raises:
            UnknownNameError: If a keyword names no fact, with the nearest name.
            InvalidInputError: If values are of another type or outside their domains, all of them together.
        """
        return self.read(snapshot_of(self.facts, facts, assuming=assuming))

    def decide(
        self,
        case: object,
        *,
        on: str | dt.date,
        supplied: Mapping[str, object] | None = None,
        assuming: Sequence[Assumption] = (),
    ) -> Verdicts:
        """The verdicts on a *case* file as of the day *on*.

        Args:
            case: Any object whose fields the facts' derivations name.
            on: The decision day.
            supplied: The supplied facts by name; absent means unknown.
            assuming: Stand-ins for facts that turn out unknown.
        """
        given = {} if supplied is None else supplied
        return self.read(self.extraction.snapshot(case, on=on, supplied=given, assuming=assuming))

    def read(self, snapshot: Snapshot) -> Verdicts:
        """The verdicts on a snapshot of this graph's facts.

        Raises:
            InvalidValueError: If it is none.
        """
        self._check_own(snapshot)
        return Verdicts(self, snapshot, self.reader.resolve(snapshot))

    def _check_own(self, snapshot: object) -> None:
        """Refuse what is no snapshot of this graph's facts: of others the places mean something else."""
        if not isinstance(snapshot, Snapshot) or (snapshot.facts is not self.facts and snapshot.facts != self.facts):
            expected = Phrase(
                "本图各事实的快照，如 `graph.extraction.snapshot(case, on=day, supplied={})`",
                "a snapshot of the facts of this graph, such as `graph.extraction.snapshot(case, on=day, supplied={})`",
            )
            raise InvalidValueError(owner="", field="snapshot", value=snapshot, expected=expected)

    def rulings(self, snapshot: Snapshot) -> Mapping[str, Ruling]:
        """What every table says of a snapshot, by table id: for whoever goes over many cases and asks for no reasons.

        The answer is shared by all cases of which the tables say the same.

        Args:
            snapshot: The facts of one case, as ``graph.extraction.snapshot(case, on=day, supplied={})`` makes them from a
                case file.

        Raises:
            InvalidValueError: If it is none.
        """
        if type(snapshot) is not Snapshot or snapshot.facts is not self.facts:  # asked here first: it is asked for every case
            self._check_own(snapshot)
        return self.ruling_reader.resolve(snapshot)

    def __rich_repr__(self) -> Shown:
        yield "tables", Words(", ".join(self.by_id))
        yield "facts", Words(", ".join(fact.name for fact in self.facts))
        yield "given", self.given, ()


def _currencies(table: Table, name: str) -> Iterator[str]:
    """The currencies of the limits with which the rules of a *table* compare the fact of this name."""
    for line in table.lines:
        for part in comparisons(line.condition):
            if part.fact.name == name and isinstance(part, Compare) and isinstance(part.limit, Money):
                yield part.limit.currency


def _check_rule_ids(tables: tuple[Table, ...]) -> None:
    home: dict[str, str] = {}
    for table in tables:
        for rule in table.rules:
            other = home.setdefault(rule.id, table.id)
            if other != table.id:
                problem = Phrase(
                    "规则标识同时用于表 `{other}` 与 `{table}`", "the rule id is used in tables `{other}` and `{table}`", other=other, table=table.id
                )
                raise InvalidPolicyError(subject=rule.id, problem=problem)




# Tables and verdicts name in their annotations what is made after them. Now that it is there, whoever asks for types finds it.
vars(table_module).update(DecisionGraph=DecisionGraph, Verdict=Verdict)
vars(verdict_module).update(DecisionGraph=DecisionGraph, Resolution=Resolution)
for _made in (Verdict, Verdicts):  # attrs gives the constructors that it writes names of their own
    vars(_made)["__init__"].__globals__.update(DecisionGraph=DecisionGraph, Resolution=Resolution)

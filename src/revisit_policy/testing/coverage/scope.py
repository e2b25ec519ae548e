"""Scopes: the rules that a run of tests is about, because they have changed or because somebody named them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from revisit_policy.errors import UnknownNameError
from revisit_policy.language.condition import comparisons
from revisit_policy.language.fact import Fact
from revisit_policy.language.rule import Rule
from revisit_policy.language.table import Table
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.coverage.table_coverage import OTHERWISE, key_of
from revisit_policy.testing.subject import graph_of, policies_of, tables_of

#: What stands before the id of a table, where a rule is named by its id alone.
TABLE: Final = "table:"

#: How many rules a sentence names; how many more there are is said.
_MOST: Final = 12


@attrs.frozen(kw_only=True)
class Scope:
    """The rules that tests are asked about.

    Args:
        about: What they have in common, as the end of a sentence that begins with "only".
        rules: Their ids, ``"otherwise"`` among them, by the key of their table.
        names: How a sentence names them.
    """

    about: str
    rules: Mapping[str, frozenset[str]] = attrs.field(hash=False)
    names: tuple[str, ...]

    def holds(self, table: Table, rule: str) -> bool:
        """True if *rule* of *table* is in the scope."""
        return rule in self.rules.get(key_of(table), ())

    def __str__(self) -> str:
        shown = ", ".join(self.names[:_MOST]) or "nothing"
        return f"only {self.about}: {shown}{f' and {len(self.names) - _MOST} more' if len(self.names) > _MOST else ''}"


def changed_scope(signed: object, subject: object, *, name: str) -> Scope:
    """The rules of *subject* that are not those of *signed*, and the rules of other tables that read what those may change.

    A rule differs if its condition, its period or its outcome does; where the order of a FIRST table, a fold or the
    outcomes themselves differ, so do all rules of the table. An edition is compared with the one of its id, a new one
    with the latest that was signed.

    Args:
        signed: A table, a decision graph, a policy or a rulebook.
        subject: The same as it is under test.
        name: What *signed* is called.
    """
    rules: dict[str, frozenset[str]] = {}
    names: dict[str, None] = {}
    for old, new in _pairs(signed, subject):
        for table, ids in _reached(graph_of(old).by_id, graph_of(new).tables):
            rules[key_of(table)] = rules.get(key_of(table), frozenset()) | ids
            names |= {f"{rule} of {table.id}": None for rule in (*(rule.id for rule in table.rules), OTHERWISE) if rule in ids}
    return Scope(about=f"what differs from {name}, and the rules that read it", rules=rules, names=tuple(names))


def named_scope(subject: object, wanted: Iterable[str]) -> Scope:
    """The rules of *subject* that are *wanted*: by their ids, or all of a table as ``table:ID``.

    Raises:
        UnknownNameError: If there is no such rule or table, with the nearest name.
    """
    rules: dict[str, frozenset[str]] = {}
    asked = tuple(wanted)
    known = {f"{TABLE}{table.id}" if rule is None else rule for table in tables_of(subject) for rule in (None, *_ids(table))}
    for name in asked:
        if name not in known:
            raise UnknownNameError(kind=Phrase("规则或表", "rule or table"), name=name, known=sorted(known))
    for table in tables_of(subject):
        ids = frozenset(_ids(table)) if f"{TABLE}{table.id}" in asked else frozenset(_ids(table)).intersection(asked)
        if ids:
            rules[key_of(table)] = ids
    return Scope(about="what was named", rules=rules, names=asked)


def _ids(table: Table) -> Iterator[str]:
    yield from (rule.id for rule in table.rules)
    if table.otherwise is not None:
        yield OTHERWISE


def _pairs(signed: object, subject: object) -> Iterator[tuple[object, object]]:
    """What was signed beside what is under test, edition by edition."""
    before = policies_of(signed)
    ids = [edition.id for edition in getattr(signed, "editions", ())]
    editions = getattr(subject, "editions", None)
    if editions is None:
        yield before[-1], subject
        return
    for edition in editions:
        yield before[ids.index(edition.id)] if edition.id in ids else before[-1], edition.policy


def _reached(before: Mapping[str, Table], tables: Iterable[Table]) -> Iterator[tuple[Table, frozenset[str]]]:
    """The tables that have changed or read one that has, each with the rules of it that have to do with that."""
    reached: set[str] = set()
    for table in tables:  # a graph has its tables in an order in which each comes after those it reads
        old = before.get(table.id)
        own = frozenset(_ids(table)) if old is None else _changed(old, table)
        reading = {rule.id for rule in table.rules if reached.intersection(_tables_read(rule))}
        if own or reading or (old is not None and _is_shorter(old, table)):
            reached.add(table.id)
        if own or reading:
            yield table, own | reading


def _changed(old: Table, new: Table) -> frozenset[str]:
    if (old.fold, old.outcomes) != (new.fold, new.outcomes) or _order(old, new) != _order(new, old):
        return frozenset(_ids(new))
    before = {rule.id: rule for rule in old.rules}
    changed = {rule.id for rule in new.rules if rule.id not in before or not _means_the_same(before[rule.id], rule)}
    return frozenset(changed | ({OTHERWISE} if old.otherwise != new.otherwise else set()))


def _means_the_same(one: Rule, other: Rule) -> bool:
    """True if the two decide alike: words and sources do not bear on decisions."""
    return (one.when, one.period) == (other.when, other.period) and one.says(other.then)


def _order(table: Table, other: Table) -> list[str]:
    """The ids of the rules of *table* that *other* has too, in an order that matters."""
    shared = {rule.id for rule in other.rules}
    return [rule.id for rule in table.rules if rule.id in shared] if table.fold.value == "first" else []


def _is_shorter(old: Table, new: Table) -> bool:
    """True if a rule is gone: what remains says the same, and the table does not."""
    return not {rule.id for rule in old.rules} <= {rule.id for rule in new.rules}


def _tables_read(rule: Rule) -> Iterator[str]:
    facts = [part.fact for part in comparisons(rule.condition)]
    if isinstance(rule.then, Fact):
        facts.append(rule.then)
    return (fact.table for fact in facts if fact.table is not None)

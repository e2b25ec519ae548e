"""Changes: found table by table, given a region and a witness, and confirmed by the reference reader."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Final, TypeAlias

from revisit_policy.analysis.differences.change import Aspect, Change, established, possible, responsible
from revisit_policy.analysis.differences.comparison import Difference, differences
from revisit_policy.analysis.examples.witness import Witness, behind
from revisit_policy.analysis.region import Places, plainness
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.study import Study
from revisit_policy.language.fold import Fold
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.language.readers.reference import Reading
from revisit_policy.language.table import Table
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Label

UNCHANGED: Final = Label("表「{table}」不变", "table `{table}` says the same")
NO_OTHER: Final = Label("表「{table}」再无其他改变", "table `{table}` has no other change")
CHANGED: Final = Label("表「{table}」有改变", "table `{table}` does not say the same")

#: The two decision days that are compared; ``None`` if two versions are.
Days: TypeAlias = tuple[Date, Date] | None


def changes_between(study: Study, where: int, *, days: Days = None, only: Container[str] | None = None) -> tuple[Change, ...]:
    """The changes of all tables that both versions have, inside *where*; of those named by *only*, if it is given.

    Where a table proves to say the same in both versions, later tables of the new one read what it says in the old
    one: it is the same, and what is built on it is then the same formula, with nothing left to prove.
    """
    changes: list[Change] = []
    places = Places(study)
    old: dict[str, Telling] = {}
    new: dict[str, Telling] = {}
    for table in study.graphs[0].tables:
        old[table.id] = _seen(study, study.told[0].telling(table, old), days, 0)
    for table in study.graphs[1].tables:
        new[table.id] = after = _seen(study, study.told[1].telling(table, new), days, 1)
        before = old.get(table.id)
        if before is None or (only is not None and table.id not in only):
            continue
        found = [study.settled.find(_change(places, after, difference, days)) for difference in differences(study, before, after, where)]
        changes += sorted(found, key=lambda change: plainness(change.region))
        study.settled.prove(NO_OTHER if found else UNCHANGED, table=table.id)
        if not found and _is_read_alike(before.table, after.table):
            new[table.id] = before
    return tuple(changes)


def _is_read_alike(old: Table, new: Table) -> bool:
    """True if what later tables read of the two depends on nothing but what a diff compares."""
    return old.outcome == new.outcome and old.fold is new.fold


def _seen(study: Study, telling: Telling, days: Days, version: int) -> Telling:
    """*telling* on the decision day of its *version*, where there is one."""
    if days is None:
        return telling
    at = study.space.place[DECISION_DAY.name]
    return telling.seen_from({at: 1 << study.space.axes[at].place_of(days[version])})


def _change(places: Places, telling: Telling, difference: Difference, days: Days) -> Change:
    study = places.study
    study.settled.notice(CHANGED, table=telling.table.id)
    region, witness, is_exact = places.place(difference.formula)
    table = telling.table
    before, after = _readings(study, witness, table.id, days)
    readings = before[table.id], after[table.id]
    old_table = study.graphs[0].by_id[table.id]
    if not _confirms(difference, *readings, tables=(old_table, table)):
        raise AssertionError(witness)  # the readers disagree: a fault of this library
    said = _said(difference, *readings)
    return Change(
        table=table,
        aspect=difference.aspect,
        old=difference.old,
        new=difference.new,
        rules_before=responsible(old_table, readings[0], said[0]),
        rules_after=responsible(table, readings[1], said[1]),
        through=tuple(
            name for name in behind(study.graphs[1], table.id) if name in before and before[name].ruling != after[name].ruling
        ),
        region=region,
        witness=witness,
        is_exact=is_exact,
    )


def is_shown_by(change: Change, before: Mapping[str, Reading], after: Mapping[str, Reading], *, old: Table) -> bool:
    """Whether facts that were read in these two ways show *change*, of which *old* is the table before."""
    return _confirms(change, before[change.table.id], after[change.table.id], tables=(old, change.table))


def _readings(study: Study, witness: Witness, table_id: str, days: Days) -> tuple[Mapping[str, Reading], Mapping[str, Reading]]:
    if days is None:
        return witness.read_by(study.graphs[0], table_id), witness.read_by(study.graphs[1], table_id)
    before, after = (witness.on_day(day).read_by(study.graphs[0], table_id) for day in days)
    return before, after


def _said(difference: Difference, before: Reading, after: Reading) -> tuple[Any, Any]:
    if difference.aspect is Aspect.POSSIBLE and difference.new == ("…",):
        return before.ruling.outcome, after.ruling.outcome
    return difference.old, difference.new


def _confirms(difference: Difference | Change, before: Reading, after: Reading, *, tables: tuple[Table, Table]) -> bool:
    """True if the reference reader says what the search says."""
    one, other = before.ruling, after.ruling
    match difference.aspect, tables[1].fold:
        case Aspect.ESTABLISHED, Fold.EVERY:
            return _moved(difference, one.outcome, other.outcome)
        case Aspect.ESTABLISHED, _:
            return (established(one), established(other)) == (difference.old, difference.new)
        case Aspect.AT_WORST, _:
            return (one.at_worst, other.at_worst) == (difference.old, difference.new)
        case _, Fold.TOTAL:
            return one.candidates != other.candidates
        case _, Fold.EVERY:
            return _moved(difference, one.candidates[1], other.candidates[1])
        case _:
            return _moved(difference, possible(tables[0], before), possible(tables[1], after))


def _moved(difference: Difference | Change, before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    lost, gained = difference.old, difference.new
    return set(lost) <= set(before) - set(after) and set(gained) <= set(after) - set(before)

"""Re-planning: what one edition decides otherwise than the one before it."""

from __future__ import annotations

from collections.abc import Iterator

from revisit_policy.decision.decision import Decision
from revisit_policy.decision.replan import NEXT_VISIT, Change, Replan
from revisit_policy.decision.seats.shape import BY_ID, seats_of
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label


def replanned(former: Decision, decision: Decision, *, source: Citation) -> Replan:
    """What *decision* has otherwise than *former*, on the same case and day, both of an edition; *source* brought the later one."""
    before, after = (each.edition or each.policy for each in (former, decision))
    labels = tuple(each.edition_label or Label(name, name) for each, name in ((former, before), (decision, after)))
    return Replan(
        before=before,
        after=after,
        labels=(labels[0], labels[1]),
        changes=tuple(_changes(former, decision)),
        source=source,
        digest_before=former.digest,
    )


def _outcome(name: str, *, old: Verdict | None, new: Verdict | None) -> Iterator[Change]:
    """What a table says otherwise; one that only one of the editions has says in the other what holds without it."""
    absent = BY_ID[name].absent if name in BY_ID else None
    before, after = ((absent, absent) if each is None else (each.outcome, each.at_worst) for each in (old, new))
    told = new or old
    if before != after and told is not None:
        yield Change(what=told.table.label, before=before[0], after=after[0], rules=() if new is None else new.fired)


def _changes(former: Decision, decision: Decision) -> Iterator[Change]:
    told, before = decision.verdicts, former.verdicts
    own = dict.fromkeys(name for name in (*told, *before) if name not in BY_ID)
    for name in (*(seat.id for seat in seats_of((*told, *before)) if seat.is_replanned), *own):
        old, new = (verdicts[name] if name in verdicts else None for verdicts in (before, told))  # noqa: SIM401 - `get` refuses the name
        yield from _outcome(name, old=old, new=new)
    yield from _next_visit(former, decision)


def _next_visit(former: Decision, decision: Decision) -> Iterator[Change]:
    old_next, new_next = former.schedule.next, decision.schedule.next
    before = None if old_next is None else old_next.window.closes
    after = None if new_next is None else new_next.window.closes
    if before != after:
        yield Change(what=NEXT_VISIT, before=before, after=after, rules=() if new_next is None else new_next.reasons)

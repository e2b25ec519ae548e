"""What is recommended by hand: the days on which it was called for, by when, after what, and in place of what."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schedule_by_hand import after, ends_of_month

from revisit_policy import Measure


class Note(NamedTuple):
    """How long a measure may take, in working days or else in days, what it comes after, and whether an offer needs fresh figures."""

    working_days: int | None = None
    days: int | None = None
    same_month: bool = False
    has_deadline: bool = True
    after: tuple[Measure, ...] = ()
    needs_figures: bool = False


M = Measure
NEVER_LATE = Note(has_deadline=False)
NOTES = {
    M.MONITOR: NEVER_LATE,
    M.REMIND: Note(3),
    M.COLLECT: Note(5),
    M.TELL_BEFORE_REPORTING: Note(5, same_month=True),
    M.DEMAND_LETTER: Note(10),
    M.ADJUST_REPAYMENT: Note(days=30, after=(M.VERIFY,), needs_figures=True),
    M.EXTEND_TERM: Note(days=30, after=(M.VERIFY,), needs_figures=True),
    M.GRACE: Note(days=30, after=(M.VERIFY,)),
    M.ADD_GUARANTEE: Note(days=30, after=(M.VERIFY, M.REVALUE)),
    M.REVALUE: Note(10),
    M.COMPLETE_REGISTRATION: Note(15),
    M.DEMAND_RESTORATION: Note(5),
    M.RENEW_INSURANCE: Note(days=30),
    M.REVIEW_GRADE: Note(10),
    M.HAND_OVER: Note(5),
    M.RESTRUCTURE: Note(days=60, after=(M.VERIFY, M.HAND_OVER), needs_figures=True),
    M.LAWYER_LETTER: Note(days=30, after=(M.HAND_OVER,)),
    M.ACCELERATE: Note(days=30, after=(M.VERIFY, M.DEMAND_RESTORATION, M.LAWYER_LETTER)),
    M.RESCIND: Note(days=60),
    M.CALL_GUARANTEE: Note(10),
    M.CLAIM_DEVELOPER: Note(days=30),
    M.LODGE_CLAIM: Note(5),
    M.PAYMENT_ORDER: Note(days=60, after=(M.LAWYER_LETTER,)),
    M.LITIGATE: Note(days=60, after=(M.LAWYER_LETTER, M.ACCELERATE)),
    M.REALISE_SECURITY: Note(days=60),
    M.NEGOTIATED_SALE: Note(days=60, after=(M.REVALUE,)),
    M.DEBT_ASSET_SWAP: Note(has_deadline=False, after=(M.REVALUE,)),
    M.WRITE_OFF: Note(has_deadline=False, after=(M.LITIGATE,)),
}
OTHERS = Note()
STEPS = (
    (M.ADJUST_REPAYMENT, M.EXTEND_TERM, M.GRACE),
    (M.RESTRUCTURE, M.ACCELERATE, M.RESCIND),
    (M.PAYMENT_ORDER, M.LITIGATE, M.REALISE_SECURITY, M.NEGOTIATED_SALE),
)
CHOICES = {each: tuple(other for other in step if other is not each) for step in STEPS for each in step}


def earliest(days: Iterable[int | None]) -> int | None:
    """The first of several days, of which none may be unknown."""
    found = None
    for day in days:
        if day is None:
            return None
        if found is None or day < found:
            found = day
    return found


def latest(*days: int | None) -> int | None:
    """The last of those that are known."""
    return max((day for day in days if day is not None), default=None)


def recommended(called_for: dict[Measure, int | None], *, today: int, to_act: int | None, next_visit: int, reviewed: int) -> Iterator[tuple]:
    """Each measure with what called for it since when, its last day, what it waits for, and what can be done in its place.

    *to_act* are the working days that the level leaves; ``None`` if it waits for the *next_visit*.
    """
    for measure, called in called_for.items():
        working_days, days, same_month, has_deadline, order, needs_figures = NOTES.get(measure, OTHERS)
        is_counted = working_days is not None or days is not None or to_act is not None
        since = called if is_counted or needs_figures else None
        before = tuple([each for each in order if each in called_for]) if order else ()
        by = None
        if has_deadline and not before:
            began = today if since is None else since
            if days is not None:
                by = began + days
            elif working_days is not None:
                by = after(began, working_days)
                if same_month:
                    by = min(by, ends_of_month(began))
            else:
                by = next_visit if to_act is None else after(began, to_act)
        choices = CHOICES.get(measure)
        yield (
            measure,
            since,
            by,
            by is not None and since is None and is_counted,
            by is not None and by < today,
            before,
            tuple([each for each in choices if each in called_for]) if choices else (),
            needs_figures and since is not None and reviewed < since,
        )

"""Steps: in which order the measures are taken, which of them are choices of one step, and how long each may take.

A deadline counts from the day on which what calls for the measure began, so that it can be late. No text has these figures but the
month of the demand for restoration, which is a proposal as well: all are for the bank to set.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from revisit_policy.casefile import facts
from revisit_policy.outcomes.measure import Measure
from revisit_policy.outcomes.measure_note import MeasureNote
from revisit_policy.outcomes.obligations.timing import Within

_NEVER_LATE: Final[Mapping[str, Any]] = {"has_deadline": False}

#: What an offer is made of: nobody knows what a borrower can pay who has not looked at it since he could not.
_WITH_FIGURES: Final = (facts.total_dsr,)

#: What the notes say beside owner, right and warning. What is established first comes before what rests on it: facts before offers, a demand
#: before the recall, a letter before the court. What is written in place of another is one step with it.
_STEPS: Final[Mapping[Measure, Mapping[str, Any]]] = {
    Measure.MONITOR: _NEVER_LATE,
    Measure.REMIND: {"deadline": Within(working_days=3)},
    Measure.COLLECT: {"deadline": Within(working_days=5)},
    Measure.TELL_BEFORE_REPORTING: {"deadline": Within(working_days=5, same_month=True)},
    Measure.DEMAND_LETTER: {"deadline": Within(working_days=10)},
    Measure.ADJUST_REPAYMENT: {"deadline": Within(days=30), "after": (Measure.VERIFY,), "needs": _WITH_FIGURES},
    Measure.EXTEND_TERM: {"deadline": Within(days=30), "after": (Measure.VERIFY,), "needs": _WITH_FIGURES, "instead_of": (Measure.ADJUST_REPAYMENT,)},
    Measure.GRACE: {"deadline": Within(days=30), "after": (Measure.VERIFY,), "instead_of": (Measure.ADJUST_REPAYMENT,)},
    Measure.ADD_GUARANTEE: {"deadline": Within(days=30), "after": (Measure.VERIFY, Measure.REVALUE)},
    Measure.REVALUE: {"deadline": Within(working_days=10)},
    Measure.COMPLETE_REGISTRATION: {"deadline": Within(working_days=15)},
    Measure.DEMAND_RESTORATION: {"deadline": Within(working_days=5), "notice": Within(days=30)},
    Measure.RENEW_INSURANCE: {"deadline": Within(days=30)},
    Measure.REVIEW_GRADE: {"deadline": Within(working_days=10)},
    Measure.HAND_OVER: {"deadline": Within(working_days=5)},
    Measure.RESTRUCTURE: {"deadline": Within(days=60), "after": (Measure.VERIFY, Measure.HAND_OVER), "needs": _WITH_FIGURES, "instead_of": (Measure.ACCELERATE,)},
    Measure.LAWYER_LETTER: {"deadline": Within(days=30), "after": (Measure.HAND_OVER,)},
    Measure.ACCELERATE: {"deadline": Within(days=30), "after": (Measure.VERIFY, Measure.DEMAND_RESTORATION, Measure.LAWYER_LETTER)},
    Measure.RESCIND: {"deadline": Within(days=60), "instead_of": (Measure.ACCELERATE,)},
    Measure.CALL_GUARANTEE: {"deadline": Within(working_days=10)},
    Measure.CLAIM_DEVELOPER: {"deadline": Within(days=30)},
    Measure.LODGE_CLAIM: {"deadline": Within(working_days=5)},
    Measure.PAYMENT_ORDER: {"deadline": Within(days=60), "after": (Measure.LAWYER_LETTER,), "instead_of": (Measure.LITIGATE,)},
    Measure.LITIGATE: {"deadline": Within(days=60), "after": (Measure.LAWYER_LETTER, Measure.ACCELERATE)},
    Measure.REALISE_SECURITY: {"deadline": Within(days=60), "instead_of": (Measure.LITIGATE,)},
    Measure.NEGOTIATED_SALE: {"deadline": Within(days=60), "after": (Measure.REVALUE,), "instead_of": (Measure.LITIGATE,)},
    Measure.DEBT_ASSET_SWAP: {**_NEVER_LATE, "after": (Measure.REVALUE,)},
    Measure.WRITE_OFF: {**_NEVER_LATE, "after": (Measure.LITIGATE,)},
    Measure.BULK_TRANSFER: _NEVER_LATE,
}


def in_steps(note: MeasureNote) -> MeasureNote:
    """The *note* with the order and the time of its measure."""
    assert isinstance(note.measure, Measure)  # noqa: S101 - the notes are of our measures
    return attrs.evolve(note, **_STEPS.get(note.measure, {}))

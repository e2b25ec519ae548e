"""Recording: a decision made into what is kept of it."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final

import attrs

from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidValueError
from revisit_policy.language.domains.choice_words import choice_code
from revisit_policy.language.fact import Fact
from revisit_policy.language.verdicts.verdict import Verdict
from revisit_policy.outcomes.revisit import Revisit
from revisit_policy.policy.json_text import Plain
from revisit_policy.records.codecs.codec import Writing
from revisit_policy.records.codecs.leaves import LEAVES
from revisit_policy.records.decision_record import DecisionRecord, Told
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label
from revisit_policy.version import VERSION

#: What a record says of a decision beside its outcome.
_BESIDE: Final = frozenset({"case", "on", "policy", "version", "digest", "edition", "calendar", "verdicts"})
_FORESEEN: Final = ("kind", "method", "serves", "window", "is_projection")
#: What is words, and follows from the rules: the policy of this digest has it.
_WORDS: Final = (Label, Citation)


def recorded(decision: Decision) -> DecisionRecord:
    """What is kept of *decision*: a few thousand signs, where the decision itself holds its whole policy.

    Raises:
        InvalidValueError: If *decision* is none.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> recorded(cn_housing.rulebook.decide(CaseFile(loan=loan, borrower=BorrowerProfile("B-1")), on="2026-11-24"))
        <DecisionRecord on 2026-11-24: special_mention, CN-CLASS-2023-1 2027.1>
    """
    given: object = decision
    if not isinstance(given, Decision):
        raise InvalidValueError(owner="", field="decision", value=given, expected=Phrase("Decision", "a Decision"))
    replan = decision.replan
    return DecisionRecord(
        case=decision.case,
        on=decision.on,
        until=decision.schedule.until,
        supplied=dict(decision.supplied),
        assuming=decision.assuming,
        policy=decision.policy,
        version=decision.version,
        digest=decision.digest,
        edition=decision.edition,
        edition_before=None if replan is None else replan.before,
        digest_before=None if replan is None else replan.digest_before,
        calendar=decision.calendar,
        library=VERSION,
        outcome=Told.of(_outcome(decision)),
    )


def _outcome(decision: Decision) -> Plain:
    """Everything that the decision hands out, in codes; whatever a later version adds to it is there by itself."""
    fields = {field.name: _told(getattr(decision, field.name)) for field in attrs.fields(Decision) if field.eq and field.name not in _BESIDE}
    heads = {name: _told(getattr(decision, name)) for name in ("grade", "grade_at_worst", "upgrade", "worsened_by_rules", "level")}
    return _kept({**heads, **fields}) | {"tables": {name: _verdict(verdict) for name, verdict in decision.verdicts.items()}}


def _verdict(verdict: Verdict) -> Plain:
    is_open = {} if verdict.is_decided else {"status": verdict.status.value, "candidates": _told(verdict.candidates)}
    return _kept({"outcome": _told(verdict.outcome), "fired": list(verdict.fired), "undecided": list(verdict.undecided), **is_open})


def _told(value: Any) -> Plain:  # noqa: ANN401 - whatever a decision holds
    """*value* in codes, without words and without what says that there is nothing."""
    if value is None or isinstance(value, _WORDS):
        return None
    if isinstance(value, Enum):
        return choice_code(value)
    if isinstance(value, Fact):
        return value.name
    if isinstance(value, tuple):
        return [_told(part) for part in value if not isinstance(part, _WORDS)]
    if (leaf := LEAVES.get(type(value))) is not None:
        return leaf.write(value, Writing())
    return _kept({name: _told(getattr(value, name)) for name in _names(value)})


def _names(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever a decision holds
    """The fields that are told of *value*; of a visit that is only foreseen no more than by when and by which means."""
    if isinstance(value, Revisit) and value.is_projection:
        return _FORESEEN
    return tuple(field.name for field in attrs.fields(type(value)) if field.eq)


def _kept(fields: dict[str, Plain]) -> dict[str, Plain]:
    """The *fields* that say something."""
    return {name: part for name, part in fields.items() if not (part is None or part is False or part in ([], {}))}

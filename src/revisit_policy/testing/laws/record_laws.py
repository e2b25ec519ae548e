"""Laws of records: what is stored comes back, and is decided alike when it is asked again."""

from __future__ import annotations

from typing import Final

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import LawBrokenError
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.records.record_form import from_json, to_json
from revisit_policy.records.replay import replay
from revisit_policy.speech.phrase import Phrase
from revisit_policy.testing.laws.schedule_laws import broken_by, decided, sampled_cases
from revisit_policy.testing.subject import policies_of
from revisit_policy.values.dates import Date
from revisit_policy.values.validation import checked

_STORED: Final = Phrase("可存储", "storable")
_THE_SAME: Final = Phrase("存储后读回的政策与原政策相同", "the policy that was stored, read back")
_EXPECTED: Final = Phrase("能判定案件的政策或规则手册", "a policy or a rulebook, which decides case files")


def check_records(policy: Rulebook | RevisitPolicy, *, examples: int | None = None) -> None:
    """Return nothing if a stored policy comes back equal, and every stored decision is the same when it is asked again.

    Args:
        policy: A policy or a rulebook.
        examples: How many case files are tried; ``None`` for as many as the hypothesis profile says.

    Raises:
        LawBrokenError: If the policy or a decision does not come back with the same bytes, or is decided otherwise.
    """
    __tracebackhide__ = True
    checked(policy, Rulebook | RevisitPolicy, field="policy", expected=_EXPECTED)
    calendars = {each.calendar for each in policies_of(policy) if isinstance(each, RevisitPolicy) and each.calendar is not None}
    kept = from_json(to_json(policy), type(policy), vocabulary=policy, calendars=calendars)
    if kept != policy or to_json(kept) != to_json(policy):
        raise LawBrokenError(law=_STORED, expected=_THE_SAME, got=Phrase("另一政策", "another"))

    def law(on: Date, case: CaseFile) -> None:
        decision = decided(policy, case, on)
        text = to_json(decision)
        again = replay(text, kept)
        if again.decision != decision or not again.is_equal or to_json(again.decision) != text:
            broken_by(
                Phrase("可重放", "replayable"),
                expected=Phrase("与存档逐字节一致", "the same as stored, byte for byte"),
                got=Phrase("{found}", "{found}", found=again),
                case=case,
                on=on,
            )

    sampled_cases(policy, law, examples)

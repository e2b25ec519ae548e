"""The laws of records hold for the shipped rulebook, and tell a policy that does not keep them."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from tests.policy.small_policy import small_policy, small_rulebook

from revisit_policy import InvalidValueError, LawBrokenError, RevisitPolicy
from revisit_policy.records import replay
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import check_records
from revisit_policy.testing.example import grade
from revisit_policy.testing.laws.sampling import without_shrinking

LAWS: Final = "revisit_policy.testing.laws.record_laws"


@pytest.mark.parametrize("policy", [cn_housing.rulebook, cn_housing.policy(), small_policy(), small_rulebook()], ids=lambda policy: policy.id)
def test_what_is_stored_of_a_policy_and_of_its_decisions_comes_back(policy) -> None:
    check_records(policy, examples=10)


def test_a_decision_that_is_another_when_it_is_asked_again_is_told_with_its_case(monkeypatch) -> None:
    def asked_another(text: Any, kept: RevisitPolicy) -> Any:
        found = replay(text, kept)
        return attrs.evolve(found, decision=attrs.evolve(found.decision, version="another"))

    monkeypatch.setattr(f"{LAWS}.replay", asked_another)
    with without_shrinking(), pytest.raises(LawBrokenError, match="the same as stored, byte for byte") as caught:
        check_records(small_policy(), examples=2)
    assert any(note.startswith("case = ") for note in caught.value.__notes__)


def test_a_policy_that_comes_back_as_another_is_told(monkeypatch) -> None:
    monkeypatch.setattr(f"{LAWS}.from_json", lambda *_, **__: small_policy("another"))
    with without_shrinking(), pytest.raises(LawBrokenError, match="storable"):
        check_records(small_policy(), examples=1)


def test_what_decides_no_case_files_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="`policy` must be a policy or a rulebook"):
        check_records(grade)  # type: ignore[arg-type] # the mistake under test



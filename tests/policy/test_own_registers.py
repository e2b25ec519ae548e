"""An own fact that is a register: what a case file does not mention has not happened, and only what nobody looked up is unknown."""

from __future__ import annotations

from typing import Any, Final

import attrs
import duckdb
import pytest
from tests.policy.small_policy import CASE, SEIZED, rule, small_policy

from revisit_policy import CaseFile, Label, Rulebook, frames, records
from revisit_policy.casefile import own_fact
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.policy import Edition
from revisit_policy.testing import check_decisions

ON: Final = "2026-06-15"
REGISTER: Final = Label(en="nothing in the system: it has not happened")
BREACHED: Final = own_fact("breached", Flags(), Label(en="a covenant was breached"), register=REGISTER)
WARNED: Final = own_fact("times_warned", Counts(0, 99), Label(en="times warned"), register=REGISTER)
STATE: Final = own_fact("state", Choices(("good", "bad")), Label(en="state"))
SEEN: Final = own_fact("seen_on", Days(), Label(en="seen on"))
CONDITION: Final = BREACHED.is_true() | (WARNED > 2) | (STATE.is_in("bad") & (SEEN > "2026-01-01"))
POLICY: Final = small_policy().replacing(rule("signal-seized", CONDITION, SEIZED))
KNOWN: Final = {"state": "good", "seen_on": "2026-02-01"}
TOLD: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "not mentioned": (KNOWN, "NOT RAISED"),
    "mentioned": ({**KNOWN, "breached": True}, "RAISED"),
    "a count that is mentioned": ({**KNOWN, "times_warned": 3}, "RAISED"),
    "nobody looked": ({**KNOWN, "breached": None}, "OPEN"),
    "nobody counted": ({**KNOWN, "times_warned": None}, "OPEN"),
    "a measurement that is not there": ({}, "OPEN"),
}


def case_of(own: dict[str, Any]) -> CaseFile:
    return attrs.evolve(CASE, own=own)


def said(decision: Any) -> str:
    verdict = decision.verdicts["signals"]
    if "signal-seized" in verdict.fired:
        return "RAISED"
    return "OPEN" if "signal-seized" in verdict.undecided else "NOT RAISED"


@pytest.mark.parametrize(("own", "told"), TOLD.values(), ids=TOLD)
def test_a_register_that_does_not_mention_it_says_that_it_has_not_happened(own: dict[str, Any], told: str) -> None:
    rulebook = Rulebook(
        "own", editions=[Edition(id="E-1", policy=POLICY, since="2020-01-01", source=POLICY.rule("signal-seized").source, label=Label(en="first"))]
    )
    for policy in (POLICY, rulebook):
        assert said(policy.decide(case_of(own), on=ON)) == told
        assert said(policy.decide(CASE, on=ON, supplied=own)) == told
    (one,) = POLICY.iter_decide([case_of(own)], on=ON)
    assert said(one) == told
    again = records.replay(records.to_json(POLICY.decide(case_of(own), on=ON)), POLICY)
    assert again.is_equal


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_columns_say_of_registers_what_the_single_decision_says(engine: str) -> None:
    cases = [case_of(own) for own, _ in TOLD.values()]
    book = frames.from_cases(cases, own=POLICY.own_facts)
    given: Any = duckdb.from_arrow(book.to_arrow()) if engine == "duckdb" else book
    decided: Any = frames.decide(POLICY, given, on=ON)
    rows = (decided.pl() if isinstance(decided, duckdb.DuckDBPyRelation) else decided).to_dicts()
    singles = [POLICY.decide(case, on=ON) for case in cases]
    assert [row["level"] for row in rows] == [single.level.severity for single in singles]
    open_rules = [bool(single.verdicts["signals"].undecided) for single in singles]
    assert [row["signals_status"] for row in rows] == [int(is_open) for is_open in open_rules]  # the place of a status


def test_a_frame_without_a_case_that_mentions_it_has_the_column_all_the_same() -> None:
    book = frames.from_cases([CASE], own=POLICY.own_facts)
    assert {name: str(book.schema[name]) for name in book.columns if name.startswith("own.")} == {
        "own.breached": "Boolean", "own.times_warned": "Int64", "own.state": "String", "own.seen_on": "Date",
    }  # fmt: skip
    assert book["own.breached"].to_list() == [False]
    assert said(frames.explain(POLICY, book.row(0, named=True), on=ON)) == "OPEN"


def test_the_laws_hold_of_a_policy_with_registers_of_its_own() -> None:
    check_decisions(POLICY)

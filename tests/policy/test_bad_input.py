"""What a bank could get wrong in a policy of its own is refused when it is built or asked, in one line that says how to mend it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import attrs
import pytest
from tests.policy import small_policy as small_policy_module
from tests.policy.own_words import CASE, LATE, VOCABULARY, Alarm, Band, Rank, Topic, Way, mixed_policy, own_policy, own_tables, yen
from tests.policy.small_policy import PRACTICE, rule, small_policy, table

from revisit_policy import (
    Addition,
    CaseFile,
    Collateral,
    Deadline,
    Edition,
    Fact,
    Grade,
    InvalidPolicyError,
    Label,
    MethodNote,
    Money,
    Obligation,
    Overlay,
    RevisitPolicy,
    RevisitPolicyError,
    Rulebook,
    Trigger,
    Vocabulary,
    Within,
    cny,
    facts,
    frames,
    unordered,
)
from revisit_policy.casefile import own_fact
from revisit_policy.language import Counts
from revisit_policy.language.condition import ALWAYS
from revisit_policy.values.labels import OrderedLabelled

ON: Final = "2026-06-15"
ROOMS: Final = own_fact("rooms", Counts(0, 20), Label(en="rooms"))
ROOMY: Final = small_policy().adding(rule("roomy", ROOMS > 9, Grade.SPECIAL_MENTION), to="grade")
AGREED: Final = Fact.day("agreed_on", label=Label(en="agreed on"))


class Mixed(OrderedLabelled):
    """Ranks of which a worse one lies in a better band."""

    A = "a", Label(en="A")
    B = "b", Label(en="B")

    @property
    def coarser(self) -> Band:
        """Not in order."""
        return Band.POOR if self is Mixed.A else Band.GOOD


def small_case(**own: Any) -> CaseFile:
    return attrs.evolve(small_policy_module.CASE, own=own)


def edition(name: str, policy: RevisitPolicy, **days: Any) -> Edition:
    return Edition(id=name, policy=policy, source=PRACTICE, label=Label(en=name), **days)


def two(first: RevisitPolicy, second: RevisitPolicy) -> Rulebook:
    return Rulebook("two", editions=[edition("E-1", first, since="2020-01-01", until="2026-01-01"), edition("E-2", second, since="2026-01-01")])


def with_owed(owed: Obligation) -> RevisitPolicy:
    return own_policy(tables=(*own_tables(), table("obligations", unordered((owed,)), "every", rule("owed", ALWAYS, owed))))


def finer() -> RevisitPolicy:
    """A second edition on three grades in place of ten."""
    tables = [each for each in own_tables() if each.id == "grade"]
    other = table("grade", Band, "worst", rule("late", facts.days_past_due > 0, Band.FAIR), otherwise=Band.GOOD)
    assert len(tables) == 1
    return own_policy(tables=(other,), vocabulary=attrs.evolve(VOCABULARY, grades=Band))


WITHOUT_INTERVAL: Final = attrs.evolve(small_policy(), tables=tuple(each for each in small_policy().tables if each.id not in {"interval", "interval_base"}))
MONTHLY: Final = Overlay(id="city", additions=(Addition(table="interval", rules=(rule("city", facts.days_past_due > 10, 3),)),))
ONLY_GRADE: Final = Overlay(id="city", additions=(Addition(table="grade", rules=(rule("city", facts.days_past_due > 10, Grade.SPECIAL_MENTION),)),))
NOWHERE: Final = Overlay(id="city", additions=(Addition(table="grades", rules=(rule("city", facts.days_past_due > 10, Grade.SPECIAL_MENTION),)),))

SEE_EMPTY: Final = Trigger(Topic.EMPTY, Alarm.SOFT, Deadline(5))

BAD: Final[dict[str, tuple[Any, str]]] = {
    "an outcome outside the vocabulary": (
        lambda: own_policy(vocabulary=attrs.evolve(VOCABULARY, grades=tuple(Rank)[:9])),
        "`grade`: says `r10`, which is not among the grades of the vocabulary; did you mean `r1`?",
    ),
    "a kind of obligation outside it": (
        lambda: with_owed(Obligation(Topic.EMPTY, Within(days=3))), "`obligations`: says `empty`, which is not among the kinds of the vocabulary",
    ),
    "a trigger without its signal": (
        lambda: mixed_policy(tables=(*own_tables(), table("triggers", unordered((SEE_EMPTY,)), "every", rule("see", ALWAYS, SEE_EMPTY)))),
        "expected a code and a level that an outcome of `signals` has",
    ),
    "a method without hours": (
        lambda: Vocabulary(methods=[Way.DRIVE_BY]), "`Vocabulary.methods` must be a method that says what it takes, such as MethodNote(",  # type: ignore[list-item]
    ),
    "a method with hours of none": (lambda: MethodNote(Way.DRIVE_BY, hours="none"), "`MethodNote.hours` must be"),
    "a deadline from a day that no fact has": (
        lambda: with_owed(Obligation(next(iter(VOCABULARY.purposes)), Within(days=3), since=AGREED)),
        "`agreed_on` is no field of the case file, and no rule reads it",
    ),
    "an own fact that is not declared": (lambda: ROOMY.decide(small_case(room=3), on=ON), "unknown own fact `room`, did you mean `rooms`?"),
    "an own fact of the wrong kind": (lambda: ROOMY.decide(small_case(rooms="many"), on=ON), "`rooms` must be a whole number"),
    "an own fact out of its bounds": (lambda: ROOMY.decide(small_case(rooms=21), on=ON), "`rooms` must be"),
    "two currencies in one policy": (
        lambda: own_policy(tables=(*own_tables(), table("dear", ("no", "yes"), "worst", rule("dear", facts.balance > cny(5), "yes"), otherwise="no"))), "CNY",
    ),
    "a case in another currency": (
        lambda: own_policy().decide(attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, principal=cny(10), balance=cny(9)), collateral=Collateral()), on=ON), "JPY",
    ),
    "editions on different scales": (
        lambda: two(own_policy(), finer()),
        "edition `E-1` has it on another scale or fold than `E-2`; give both tables all outcomes of either, in one order: what no rule says is never said",
    ),
    "an overlay that fits one edition alone": (
        lambda: two(small_policy(), WITHOUT_INTERVAL) | MONTHLY,
        "fits edition `E-1` and not `E-2`: unknown table `interval`",
    ),
    "an overlay that fits none": (lambda: two(small_policy(), small_policy()) | NOWHERE, "unknown table `grades`, did you mean `grade`?"),
    "a coarse map that is not in order": (
        lambda: Vocabulary(grades=Mixed), "a finer scale maps onto a coarser one in order",
    ),
    "days to act at a level that there is not": (
        lambda: Vocabulary(levels=Alarm, act_within={Band.POOR: 2}), "`Vocabulary.act_within` must be of the levels: silent, soft, loud, got `'poor'`",
    ),
    "no days to act": (lambda: Vocabulary(levels=Alarm, act_within={Alarm.LOUD: 0}), "`Vocabulary.act_within` must be"),
    "days to act of no level": (lambda: Vocabulary(act_within={"loud": 1}), "`Vocabulary.act_within` must be working days by level"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "told"), BAD.values(), ids=BAD)
def test_what_cannot_be_meant_is_refused_in_one_line(make: Any, told: str) -> None:
    with pytest.raises(RevisitPolicyError) as refused:
        make()
    assert told in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_an_overlay_is_laid_over_every_edition_that_it_fits() -> None:
    rulebook = two(small_policy(), WITHOUT_INTERVAL) | ONLY_GRADE
    late = attrs.evolve(small_case(), loan=attrs.evolve(small_case().loan, days_past_due=11))
    assert "city" in rulebook.decide(late, on=ON).verdicts["grade"].fired
    assert [each.policy.id for each in rulebook.editions] == ["small+city", "small+city"]


def test_how_an_overlay_is_laid_over_one_edition_alone_is_what_the_refusal_says() -> None:
    rulebook = two(small_policy(), WITHOUT_INTERVAL)
    first, second = rulebook.editions
    laid = attrs.evolve(rulebook, editions=(attrs.evolve(first, policy=first.policy | MONTHLY), second))
    assert "city" in {each.id for each in laid.editions[0].policy.interval.table.rules}
    with pytest.raises(InvalidPolicyError, match=r"attrs\.evolve\(edition, policy=edition\.policy \| overlay\)"):
        _ = rulebook | MONTHLY


# -- own levels ------------------------------------------------------------------------------------------------------

ACTING: Final = own_policy(vocabulary=attrs.evolve(VOCABULARY, act_within={Alarm.LOUD: 2, Alarm.SOFT: 10}))


@pytest.mark.parametrize(("late", "by"), [(75, "2026-04-07"), (5, "2026-06-26")], ids=["loud", "soft"])
def test_a_bank_says_the_days_to_act_at_levels_of_its_own(late: int, by: str) -> None:
    """From the first day of what calls for the measure: two working days after 2 April, ten after 11 June."""
    case = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=late), events=())
    decision = ACTING.decide(case, on=ON)
    assert {str(measure.by) for measure in decision.measures} == {by}
    waiting = own_policy().decide(case, on=ON)
    assert {str(measure.by) for measure in waiting.measures} == {str(waiting.schedule.until)}


def test_columns_say_the_same_days_to_act() -> None:
    policy = mixed_policy(vocabulary=attrs.evolve(VOCABULARY, kinds=(), checklists=(), act_within={Alarm.LOUD: 2, Alarm.SOFT: 10}))
    loan, home = attrs.evolve(CASE.loan, days_past_due=0), CASE.collateral
    damaged = [attrs.evolve(CASE, visits=(), events=(), loan=loan, collateral=attrs.evolve(home, damaged_by_owner=flag)) for flag in (False, True)]
    cases = [attrs.evolve(case, loan=attrs.evolve(loan, loan_no=f"L-{at}")) for at, case in enumerate(damaged)]
    rows = frames.decide(policy, frames.from_cases(cases, vocabulary=policy.words), on=ON, visits=True).to_dicts()
    singles = [policy.decide(case, on=ON) for case in cases]
    assert [row["next_act_by"] for row in rows] == [None, dt.date(2026, 6, 17)]
    earliest = [min((measure.by for measure in single.measures if measure.by is not None), default=None) for single in singles]
    assert [row["next_act_by"] for row in rows] == earliest


def test_the_days_to_act_are_signed_and_shown() -> None:
    assert ACTING.digest != own_policy().digest
    assert "`act_within.loud` | 2" in ACTING.to_markdown("en")
    assert ACTING.words.days_to_act(Alarm.SILENT, usual=9) is None
    assert own_policy().words.days_to_act(LATE.level, usual=9) == 9


def test_the_amounts_of_the_bank_are_its_own() -> None:
    assert Money(5, "JPY") == yen(5)

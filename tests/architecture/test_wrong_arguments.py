"""Every argument of the public surface, given wrongly: one of our errors, in one line, that names it, in both languages; never a raw one
of Python.

A row names an argument and calls with whatever is put in its place. All rows are tried with the same values, of which a few
may be right here and there; an object of no kind is right nowhere.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final

import attrs
import pandas as pd
import polars as pl
import pytest
from tests.policy.small_policy import CASE, LATE, small_rulebook
from tests.speech.chinese import left_in_english

import revisit_policy as rp
from revisit_policy import analysis, facts, frames, outcomes, testing
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import dates, notices, ratio
from revisit_policy.values.cn_notices import CHINA

ON: Final = "2026-06-01"
DAY: Final = dates.to_date(ON)
WHY: Final = rp.Label("因", "why")
HOUSE: Final = rp.Citation(document=("手册", "handbook"), standing="bank_practice")

DAYS: Final = rp.Fact.count("days", low=0, high=3650, label=WHY)
JOB: Final = rp.Fact.choice("job", ("a", "b", "c"), label=WHY, ordered=True)
RULE: Final = rp.Rule("late", when=DAYS > 1, then="b", because=WHY, source=HOUSE)
TABLE: Final = rp.Table("grade", outcomes=("a", "b", "c"), fold="worst", rules=(RULE,), otherwise="a", label=WHY)
GRAPH: Final = rp.DecisionGraph((TABLE,))
VERDICTS: Final = GRAPH.verdicts(days=3)
STRICTER: Final = rp.DecisionGraph((attrs.evolve(TABLE, rules=(attrs.evolve(RULE, when=DAYS > 5),)),))
DIFF: Final = analysis.diff(GRAPH, STRICTER)
BOOK: Final = small_rulebook()
POLICY: Final = BOOK.in_force(ON)
DECISION: Final = POLICY.decide(CASE, on=ON)
FRAME: Final = frames.from_cases([CASE])
ROW: Final = FRAME.row(0, named=True)
DECIDED: Final = frames.decide(BOOK, FRAME, on=ON)
WORKED: Final = testing.PolicyCase(given={"days": 1}, expect={"grade": "a"}, because="one day is early")
FLOOR: Final = cn_housing.DownPaymentFloor(since="2024-09-29", first_home="0.15", second_home="0.20")
VISIT: Final = rp.Visit(kind="first", method="phone", completed_on="2024-05-20", finding="satisfactory")
OWED: Final = rp.Obligation(rp.VisitKind.TRIGGERED, rp.Within(days=3))
RECOMMENDED: Final = rp.Recommendation("monitor", by=ON, owner=next(iter(rp.OwnerRole)))

Call = Callable[[Any], object]


def fields_of(name: str, value: Any, *, but: tuple[str, ...] = ()) -> dict[str, Call]:
    """A row for each field of *value*, which is called *name*; what is not asked about may hold anything."""
    rows: dict[str, Call] = {}
    for field in attrs.fields(type(value)):
        if field.init and field.name not in but:
            rows[f"`{field.name}` of {name}"] = partial(_with_field, value, field.alias)
    return rows


def _with_field(value: Any, alias: str, wrong: Any) -> object:
    return attrs.evolve(value, **{alias: wrong})


FIELDS: Final[dict[str, Call]] = {
    **fields_of("a case file", CASE),
    **fields_of("a loan", CASE.loan),
    **fields_of("a borrower", CASE.borrower),
    **fields_of("a collateral", CASE.collateral),
    **fields_of("a market", CASE.market),
    **fields_of("a determination", rp.Determination("normal", on="2026-01-31", role="committee")),
    **fields_of("a visit", VISIT),
    **fields_of("an event", rp.Event("arrears", since="2025-01-01")),
    **fields_of("an action", rp.Action("remind", state="done", on="2025-01-02")),
    **fields_of("a citation", HOUSE),
    **fields_of("a label", WHY),
    **fields_of("money", rp.cny(1)),
    **fields_of("a fact", DAYS),
    **fields_of("a stand-in", DAYS.assume(3, because=HOUSE)),
    **fields_of("a rule", RULE, but=("then",)),
    **fields_of("a table", TABLE),
    **fields_of("a graph", GRAPH),
    **fields_of("a period", rp.Period(since="2024-01-01")),
    **fields_of("a scale", rp.Scale(("a", "b"))),
    **fields_of("a score", rp.Score()),
    **fields_of("a policy", POLICY),
    **fields_of("a rulebook", BOOK),
    **fields_of("an edition", BOOK.editions[0]),
    **fields_of("conventions", rp.Conventions()),
    **fields_of("an addition", rp.Addition(table="grade", rules=(RULE,))),
    **fields_of("an overlay", rp.Overlay(id="city", additions=())),
    **fields_of("a window of days", rp.DayWindow(1, 3)),
    **fields_of("a deadline", rp.Deadline(3)),
    **fields_of("an obligation", OWED),
    **fields_of("a kind of obligation", rp.ObligationKind(rp.VisitKind.TRIGGERED)),
    **fields_of("a time within which", rp.Within(days=3)),
    **fields_of("a time between", rp.Between(1, 3)),
    **fields_of("a time again and again", rp.Every(months=3)),
    **fields_of("a vocabulary", rp.Vocabulary()),
    **fields_of("a note on a method", rp.MethodNote("phone", hours=1)),
    **fields_of("a signal", rp.Signal("arrears", level="red")),
    **fields_of("a trigger", rp.Trigger("arrears", "red", rp.Deadline(2))),
    **fields_of("a part of a turnaround", rp.TurnaroundPart(WHY, 3)),
    **fields_of("a recommendation", RECOMMENDED),
    **fields_of("a note on a measure", outcomes.MeasureNote("monitor")),
    **fields_of("a checklist", outcomes.Checklist("first", [WHY])),
    **fields_of("a notice", CHINA.notices[0]),
    **fields_of("a statutory day", notices.StatutoryDay(1, 1)),
    **fields_of("an overlay of days", notices.Overlay(edition="HILLS", off=["2026-03-22"], work=[])),
    **fields_of("a worked case", WORKED),
    **fields_of("the parameters of the rulebook", cn_housing.DEFAULTS),
    **fields_of("a floor of the down payment", FLOOR),
}

VALUES: Final[dict[str, Call]] = {
    "an amount of yuan": lambda wrong: rp.cny(wrong),
    "the currency of an amount": lambda wrong: rp.Money.of("1", wrong),
    "the language of an amount": lambda wrong: rp.cny(1).text(wrong),
    "a ratio": lambda wrong: ratio.exact_ratio(wrong),
    "a ratio in words": lambda wrong: ratio.percent_text(wrong),
    "the decimals of a ratio in words": lambda wrong: ratio.percent_text(0.5, wrong),
    "a day": lambda wrong: dates.to_date(wrong),
    "the anchor of a step": lambda wrong: dates.add_months(wrong, 1),
    "the months of a step": lambda wrong: dates.add_months(DAY, wrong),
    "the first day of months elapsed": lambda wrong: dates.months_elapsed(wrong, DAY),
    "the last day of months begun": lambda wrong: dates.months_begun(DAY, wrong),
    "the months of a cut-off": lambda wrong: dates.cutoff_elapsed(wrong, DAY),
    "the day of a cut-off": lambda wrong: dates.cutoff_begun(1, wrong),
    "the day of a month's end": lambda wrong: dates.month_end(wrong),
    "a day in words": lambda wrong: dates.text(wrong, "zh"),
    "the number of a day": lambda wrong: dates.from_ordinal(wrong),
    "a working day": lambda wrong: CHINA.is_working(wrong),
    "the days to add": lambda wrong: CHINA.add_working_days(ON, wrong),
    "a notice more": lambda wrong: CHINA.with_notice(wrong),
    "the code of a grade": lambda wrong: rp.Grade.parse(wrong),
    "the language of a grade": lambda wrong: rp.Grade.NORMAL.label(wrong),
    "the day a citation is asked about": lambda wrong: HOUSE.is_in_force(wrong),
    "the level to act on": lambda wrong: rp.Conventions().working_days_to_act(wrong),
    "the note of a recommendation": lambda wrong: rp.Recommendation.of(wrong, by=DAY),
    "the measure of a note": lambda wrong: POLICY.note_of(wrong),
    "the sources of a recommendation": lambda wrong: rp.Recommendation.of(outcomes.MeasureNote("monitor"), by=DAY, sources=wrong),
    "the day a visit is asked about": lambda wrong: DECISION.schedule.all[0].status(wrong),
    "the day a case file is checked for": lambda wrong: CASE.check(wrong),
    "the language of a trigger": lambda wrong: rp.Trigger("arrears", "red", rp.Deadline(2)).label(wrong),
}

LANGUAGE: Final[dict[str, Call]] = {
    "the name of a flag": lambda wrong: rp.Fact.flag(wrong, label=WHY),
    "the least of a count": lambda wrong: rp.Fact.count("x", low=wrong, high=9, label=WHY),
    "the step of a count": lambda wrong: rp.Fact.count("x", low=0, high=9, step=wrong, label=WHY),
    "the most of a ratio": lambda wrong: rp.Fact.ratio("x", low="0", high=wrong, label=WHY),
    "the denominator of a ratio": lambda wrong: rp.Fact.ratio("x", low="0", high="1", denominator=wrong, label=WHY),
    "the least of money": lambda wrong: rp.Fact.money("x", low=wrong, high=rp.cny(9), label=WHY),
    "the choices of a fact": lambda wrong: rp.Fact.choice("x", (wrong, "a", wrong), label=WHY),
    "all choices of a fact": lambda wrong: rp.Fact.choice("x", wrong, label=WHY),
    "whether choices are ordered": lambda wrong: rp.Fact.choice("x", ("a", "b"), ordered=wrong, label=WHY),
    "the first day of a fact": lambda wrong: rp.Fact.day("x", low=wrong, label=WHY),
    "a limit": lambda wrong: wrong < DAYS,
    "the end of a range": lambda wrong: DAYS.between(1, wrong),
    "a choice": lambda wrong: JOB.is_in(wrong),
    "an element of a set": lambda wrong: POLICY.signals.outcome.includes(wrong),
    "a value that stands in": lambda wrong: DAYS.assume(wrong, because=HOUSE),
    "who allows a stand-in": lambda wrong: DAYS.assume(3, because=wrong),
    "a condition joined by and": lambda wrong: (DAYS > 1) & wrong,
    "the fact of bands": lambda wrong: rp.bands(wrong, 30),
    "a cut of bands": lambda wrong: rp.bands(DAYS, 30, wrong),
    "the fact of increments": lambda wrong: rp.increments(wrong, (30,), (1,), because=WHY, source=HOUSE),
    "the cuts of increments": lambda wrong: rp.increments(DAYS, wrong, (1,), because=WHY, source=HOUSE),
    "a cut of increments": lambda wrong: rp.increments(DAYS, (30, wrong), (1, 1), because=WHY, source=HOUSE),
    "the points of increments": lambda wrong: rp.increments(DAYS, (30,), wrong, because=WHY, source=HOUSE),
    "what the rules of increments are called": lambda wrong: rp.increments(DAYS, (30,), (1,), because=WHY, source=HOUSE, prefix=wrong),
    "the limits of a fact": lambda wrong: rp.Fact.count("x", low=0, high=9, label=WHY, limits=wrong),
    "a case file in a table": lambda wrong: POLICY.grade(wrong, on="2026-11-24"),
    "the rows of a grid": lambda wrong: rp.grid("g", wrong, rp.bands(DAYS, 30), outcomes=(("a", "b"),), because=WHY, source=HOUSE),
    "the outcomes of a grid": lambda wrong: rp.grid("g", rp.bands(DAYS, 9), rp.bands(DAYS, 30), outcomes=wrong, because=WHY, source=HOUSE),
    "outcomes without order": lambda wrong: rp.unordered((wrong, wrong)),
    "an outcome on a scale": lambda wrong: rp.Scale(("a", "b")).place(wrong),
    "outcomes on a scale": lambda wrong: rp.Scale(("a", "b")).mask(wrong),
    "the bits of a scale": lambda wrong: rp.Scale(("a", "b")).unmask(wrong),
    "a fact asked of a table": lambda wrong: TABLE(days=wrong),
    "the stand-ins asked of a table": lambda wrong: TABLE(assuming=wrong),
    "the id of a rule in a table": lambda wrong: TABLE.rule(wrong),
    "the language of a table": lambda wrong: TABLE.to_markdown(wrong),
    "the case asked of a graph": lambda wrong: POLICY.case_graph.decide(wrong, on=ON),
    "the day asked of a graph": lambda wrong: GRAPH.decide(CASE, on=wrong),
    "what is supplied to a graph": lambda wrong: GRAPH.decide(CASE, on=ON, supplied=wrong),
    "the stand-ins of a case": lambda wrong: GRAPH.decide(CASE, on=ON, assuming=wrong),
    "the snapshot that is read": lambda wrong: GRAPH.read(wrong),
    "the snapshot that rulings are asked of": lambda wrong: GRAPH.rulings(wrong),
    "the id of a verdict": lambda wrong: VERDICTS[wrong],
    "the name of a fact in a snapshot": lambda wrong: VERDICTS.facts[wrong],
    "the rule that is heard": lambda wrong: VERDICTS["grade"].hearing(wrong),
    "the rule that did not fire": lambda wrong: VERDICTS["grade"].why_not(wrong),
    "the language of a verdict": lambda wrong: VERDICTS["grade"].explain(wrong),
}

POLICIES: Final[dict[str, Call]] = {
    "the id of a rule": lambda wrong: POLICY.rule(wrong),
    "a rule in the place of another": lambda wrong: POLICY.replacing(wrong),
    "a rule more": lambda wrong: POLICY.adding(wrong, to="grade"),
    "the table of a rule more": lambda wrong: POLICY.adding(RULE, to=wrong),
    "where a rule more stands": lambda wrong: POLICY.adding(attrs.evolve(RULE, then=rp.Grade.LOSS), to="grade", where=wrong),
    "the rule that goes": lambda wrong: POLICY.without(wrong),
    "a table in the place of another": lambda wrong: POLICY.with_table(wrong),
    "the case that is decided": lambda wrong: POLICY.decide(wrong, on=ON),
    "the day of a decision": lambda wrong: POLICY.decide(CASE, on=wrong),
    "the horizon of a decision": lambda wrong: POLICY.decide(CASE, on=ON, until=wrong),
    "the calendar of a decision": lambda wrong: POLICY.decide(CASE, on=ON, calendar=wrong),
    "what is supplied to a decision": lambda wrong: POLICY.decide(CASE, on=ON, supplied=wrong),
    "the stand-ins of a decision": lambda wrong: POLICY.decide(CASE, on=ON, assuming=wrong),
    "the cases that are decided in turn": lambda wrong: list(POLICY.iter_decide(wrong, on=ON)),
    "the language of a policy": lambda wrong: POLICY.to_markdown(wrong),
    "the language of a decision": lambda wrong: DECISION.explain(wrong),
    "the case that a rulebook decides": lambda wrong: BOOK.decide(wrong, on=ON),
    "the cases that a rulebook decides": lambda wrong: list(BOOK.iter_decide(wrong, on=ON)),
    "the id of an edition": lambda wrong: BOOK.edition(wrong),
    "the day of a policy in force": lambda wrong: BOOK.in_force(wrong),
    "the case of an edition": lambda wrong: BOOK.edition_for(wrong, ON),
    "the day of new business": lambda wrong: BOOK.editions[0].holds_new_business_of(wrong),
    "the figures of a policy": lambda wrong: cn_housing.policy(wrong),
    "the figures of the policy of 2007": lambda wrong: cn_housing.policy_2007(wrong),
    "the figures of a rulebook": lambda wrong: cn_housing.rulebook_of(wrong),
    "the city of a floor": lambda wrong: cn_housing.city_floor(wrong, FLOOR, source=HOUSE),
    "the floor of a city": lambda wrong: cn_housing.city_floor("city", wrong, source=HOUSE),
    "the term of a loan that is extended": lambda wrong: cn_housing.longest_extension(wrong),
    "the figures of an extension": lambda wrong: cn_housing.longest_extension(300, parameters=wrong),
}

QUESTIONS: Final[dict[str, Call]] = {
    "the policy of a question": lambda wrong: analysis.check(wrong),
    "the missing facts of a question": lambda wrong: analysis.check(GRAPH, missing=wrong),
    "the budget of a question": lambda wrong: analysis.check(GRAPH, budget=wrong),
    "an outcome that can be": lambda wrong: analysis.can(GRAPH, wrong),
    "where an outcome can be": lambda wrong: analysis.can(GRAPH, "b", given=wrong),
    "whether gaps are caught": lambda wrong: analysis.gaps(GRAPH, caught=wrong),
    "whether equal outcomes overlap": lambda wrong: analysis.overlaps(GRAPH, equal=wrong),
    "whether overlaps are settled": lambda wrong: analysis.overlaps(GRAPH, settled=wrong),
    "the old version": lambda wrong: analysis.diff(wrong, GRAPH),
    "the day before": lambda wrong: analysis.diff_in_time(GRAPH, before=wrong, after=ON),
    "the table of changes": lambda wrong: DIFF.of(wrong),
    "where changes are meant": lambda wrong: DIFF.within(wrong),
    "the language of changes": lambda wrong: DIFF.explain(wrong),
    "what is supposed": lambda wrong: analysis.implies(wrong, DAYS > 1),
    "what should follow": lambda wrong: analysis.implies(DAYS > 1, wrong),
    "what is the same": lambda wrong: analysis.equivalent(DAYS > 1, DAYS > 1, given=wrong),
    "the fact that gets worse": lambda wrong: analysis.monotone(GRAPH, wrong, "grade"),
    "the outcome that must not get milder": lambda wrong: analysis.monotone(GRAPH, DAYS, wrong),
    "which way is worse": lambda wrong: analysis.monotone(GRAPH, DAYS, "grade", worse=wrong),
    "the case that is nearly otherwise": lambda wrong: analysis.sensitivity(POLICY, wrong, on=ON),
    "the day of a case that is nearly otherwise": lambda wrong: analysis.sensitivity(POLICY, CASE, on=wrong),
    "the table that is nearly otherwise": lambda wrong: analysis.sensitivity(GRAPH, {"days": 3}, outcome=wrong),
    "what is supplied to a case that is nearly otherwise": lambda wrong: analysis.sensitivity(POLICY, CASE, on=ON, supplied=wrong),
    "what is counted": lambda wrong: analysis.volume(wrong),
    "the nodes of a count": lambda wrong: analysis.volume(DAYS > 1, nodes=wrong),
    "the old version of an impact": lambda wrong: analysis.impact(wrong, POLICY, [CASE], on=ON),
    "the book of an impact": lambda wrong: analysis.impact(POLICY, POLICY, wrong, on=ON),
    "the horizon of an impact": lambda wrong: analysis.impact(POLICY, POLICY, [CASE], on=ON, until=wrong),
    "the calendar of an impact": lambda wrong: analysis.impact(POLICY, POLICY, [CASE], on=ON, calendar=wrong),
    "the hours of an impact": lambda wrong: analysis.impact(POLICY, POLICY, [CASE], on=ON, hours=wrong),
    "the day of a witness": lambda wrong: DIFF.changes[0].witness.on_day(wrong),
    "what a witness is about": lambda wrong: DIFF.changes[0].witness.text(rp.Lang.EN, about=wrong),
}

BOOKS: Final[dict[str, Call]] = {
    "the policy of a schema": lambda wrong: frames.schema(wrong),
    "the language of a schema": lambda wrong: frames.schema(BOOK).text(wrong),
    "whether a schema has visits": lambda wrong: frames.schema(BOOK, visits=wrong),
    "the frame that is checked": lambda wrong: frames.check(BOOK, wrong),
    "whether visits are checked": lambda wrong: frames.check(BOOK, FRAME, visits=wrong),
    "the names of columns": lambda wrong: frames.check(BOOK, FRAME, columns=wrong),
    "the name of a column": lambda wrong: frames.check(BOOK, FRAME, columns={"loan.balance": wrong}),
    "the denominators of columns": lambda wrong: frames.check(BOOK, FRAME, denominators=wrong),
    "the denominator of a column": lambda wrong: frames.check(
        cn_housing.rulebook, FRAME.with_columns(pl.lit(3).alias("market.price_change_12m")), denominators={"market.price_change_12m": wrong}
    ),
    "the columns that are not there": lambda wrong: frames.check(BOOK, FRAME, without=wrong),
    "a column that is not there": lambda wrong: frames.check(BOOK, FRAME, without=(wrong,)),
    "the frame that is decided": lambda wrong: frames.decide(BOOK, wrong, on=ON),
    "the day of a frame": lambda wrong: frames.decide(BOOK, FRAME, on=wrong),
    "the trace of a frame": lambda wrong: frames.decide(BOOK, FRAME, on=ON, trace=wrong),
    "whether a frame has visits": lambda wrong: frames.decide(BOOK, FRAME, on=ON, visits=wrong),
    "the horizon of a frame": lambda wrong: frames.decide(BOOK, FRAME, on=ON, until=wrong),
    "the prefix of what is added": lambda wrong: frames.decide(BOOK, FRAME, on=ON, prefix=wrong),
    "the horizon of next visits": lambda wrong: frames.next_visits(BOOK, FRAME, on=ON, until=wrong),
    "the calendar of next visits": lambda wrong: frames.next_visits(BOOK, FRAME, on=ON, calendar=wrong),
    "the frames that are decided in turn": lambda wrong: list(frames.iter_decide(BOOK, wrong, on=ON)),
    "the frame that is labelled": lambda wrong: frames.label(BOOK, wrong),
    "the language of labels": lambda wrong: frames.label(BOOK, DECIDED, lang=wrong),
    "the prefix of labels": lambda wrong: frames.label(BOOK, DECIDED, prefix=wrong),
    "the policy of an explanation": lambda wrong: frames.explain(wrong, ROW, on=ON),
    "the row that is explained": lambda wrong: frames.explain(BOOK, wrong, on=ON),
    "the currency of a row": lambda wrong: frames.explain(BOOK, ROW, on=ON, currency=wrong),
    "case files as rows": lambda wrong: frames.from_cases(wrong),
    "a case file as a row": lambda wrong: frames.from_cases([wrong]),
    "the engine of rows": lambda wrong: frames.from_cases([CASE], engine=wrong),
    "the row of a case file": lambda wrong: frames.to_case(wrong),
    "the frame of case files": lambda wrong: list(frames.to_cases(wrong)),
    "the layout of an impact": lambda wrong: frames.impact(POLICY, POLICY, FRAME, on=ON, layout=wrong),
    "the table of a query": lambda wrong: frames.to_sql(GRAPH, on=ON, table=wrong),
    "the keys of a query": lambda wrong: frames.to_sql(GRAPH, on=ON, keys=wrong),
    "a key of a query": lambda wrong: frames.to_sql(GRAPH, on=ON, keys=(wrong,)),
}

KIT: Final[dict[str, Call]] = {
    "the day of loans": lambda wrong: testing.loans(on=wrong),
    "the arrears of loans": lambda wrong: testing.loans(days_past_due=wrong),
    "the kind of visits": lambda wrong: testing.visits(kind=wrong),
    "the loan of case files": lambda wrong: testing.case_files(loan=wrong),
    "the most visits of case files": lambda wrong: testing.case_files(most_visits=wrong),
    "the least size of portfolios": lambda wrong: testing.portfolios(least=wrong),
    "the most of portfolios": lambda wrong: testing.portfolios(most=wrong),
    "whether facts are missing": lambda wrong: testing.facts_for(GRAPH, missing=wrong),
    "the facts that are given": lambda wrong: testing.facts_for(GRAPH, given=wrong),
    "where facts lie": lambda wrong: testing.facts_for(GRAPH, where=wrong),
    "the policy of boundary cases": lambda wrong: testing.boundary_cases(wrong),
    "the cases of coverage": lambda wrong: testing.rule_coverage(GRAPH, wrong),
    "a case of coverage": lambda wrong: testing.rule_coverage(GRAPH, [wrong]),
    "the policy of mutants": lambda wrong: list(testing.mutants(wrong)),
    "the cases of a snapshot": lambda wrong: testing.snapshot(GRAPH, wrong),
    "a case of a snapshot": lambda wrong: testing.snapshot(GRAPH, [wrong]),
    "the policy of a snapshot": lambda wrong: testing.snapshot(wrong, [CASE], on=ON),
    "the day of a snapshot": lambda wrong: testing.snapshot(POLICY, [CASE], on=wrong),
    "the signed text": lambda wrong: testing.check_snapshot(wrong, GRAPH, []),
    "a worked case": lambda wrong: testing.policy_cases(wrong),
    "the base of worked cases": lambda wrong: testing.policy_cases(WORKED, base=wrong),
    "the policy of a worked case": lambda wrong: WORKED.check(wrong),
    "the policy of a law": lambda wrong: testing.check_all(wrong),
    "the fact of a law": lambda wrong: testing.check_monotone(GRAPH, fact=wrong, outcome="grade"),
    "the policy of whole decisions": lambda wrong: testing.check_decisions(wrong),
}

CALLS: Final = {**FIELDS, **VALUES, **LANGUAGE, **POLICIES, **QUESTIONS, **BOOKS, **KIT}

NO_KIND: Final = object()
WRONG: Final[Mapping[str, Any]] = {
    "an object of no kind": NO_KIND,
    "nothing": None,
    "a float": 1.5,
    "a NaN": float("nan"),
    "infinity": float("inf"),
    "less than nothing": -1,
    "a number of forty digits": 10**40,
    "a bool": True,
    "no text": "",
    "a text": "nonsense",
    "half of a sign": "\ud800",
    "two lines": "two\nlines",
    "bytes": b"x",
    "no items": (),
    "a list of lists": [[]],
    "a list of nothing": [None],
    "a mapping": {"nonsense": NO_KIND},
    "a mapping from numbers": {1: 1},
    "a function": lambda *_, **__: None,
    "a class": int,
    "a moment": dt.datetime(2026, 1, 1),  # noqa: DTZ001 - without a zone, as it is often given
    "a decimal that is none": Decimal("NaN"),
    "a fact": DAYS,
    "a condition": DAYS > 1,
    "a member": rp.Grade.LOSS,
    "a signal": LATE,
    "a column of pandas": pd.Series([1, 2]),
}


def refusal_of(call: Call, wrong: Any) -> rp.RevisitPolicyError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # narwhals and hypothesis warn of some of these
            call(wrong)
    except rp.RevisitPolicyError as error:
        return error
    return None


def check_refusals(call: Call) -> None:
    """Every wrong value is refused by an error of ours in one line, or taken; what is of no kind is refused."""
    for name, wrong in WRONG.items():
        refused = refusal_of(call, wrong)
        if wrong is NO_KIND:
            assert refused is not None, name
        if refused is not None:
            assert str(refused).encode(), name  # half of a sign cannot be printed
            assert len(str(refused).splitlines()) == 1, name
            assert "`" in str(refused), name
            assert refused.text() == str(refused), name
            assert left_in_english(refused.text("zh")) == [], name


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_wrong_argument_is_refused_in_one_line_and_never_by_an_error_of_python(call: Call) -> None:
    check_refusals(call)


@pytest.mark.parametrize("examples", [0, True, "many"], ids=["none", "a bool", "a word"])
def test_a_law_is_tried_a_whole_number_of_times(examples: Any) -> None:
    with pytest.raises(rp.InvalidValueError, match="`examples` must be a whole number from 1"):
        testing.check_total(GRAPH, examples=examples)


def test_the_names_of_the_catalogue_are_refused_with_the_nearest() -> None:
    with pytest.raises(rp.UnknownNameError, match="did you mean `days_past_due`"):
        POLICY.grade(days_pastdue=1)
    assert facts.days_past_due.name == "days_past_due"


@pytest.mark.parametrize("ask", [POLICY.graph.read, POLICY.graph.rulings], ids=["for verdicts", "for rulings"])
def test_a_snapshot_of_the_facts_of_another_graph_is_refused(ask: Callable[[Any], object]) -> None:
    with pytest.raises(rp.InvalidValueError, match="`snapshot` must be a snapshot of the facts of this graph"):
        ask(VERDICTS.facts)


def test_a_rulebook_is_compared_edition_by_edition() -> None:
    with pytest.raises(rp.InvalidPolicyError, match=r"ask the policy of one edition, such as `rulebook\.in_force\(day\)`"):
        analysis.diff(BOOK, POLICY)

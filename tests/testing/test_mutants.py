"""Mutants: one fault each, told in a sentence, left out where no test could tell; and the plugin that tries them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.language.strategies import cases, graphs
from tests.testing.team_policy import grade, interval, ltv, overdue, policy, rule, work

from revisit_policy import DecisionGraph, Fact, InvalidValueError, Label, Period, Score, Table, cny, unordered
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import mutants
from revisit_policy.testing.mutation.equivalence import provably_equivalent
from revisit_policy.testing.mutation.mutation_report import MutationReport

pytest_plugins = ["pytester"]

debt = Fact.money("debt", low=cny(0), high=cny(1_000_000), label=Label("负债", "debt"))
signed_on = Fact.day("signed_on", label=Label("签约日", "day of signing"))
mood = Fact.choice("mood", ("calm", "tense", "angry"), ordered=True, label=Label("情绪", "mood"))


listed = Table(
    "listed", label=Label("清单", "list"), outcomes=("x", "y"), fold="every", otherwise=(), rules=(rule("x", overdue > 1, "x"), rule("y", overdue > 2, "y"))
)


def of(when: Any, *, then: object = "b", fold: str = "worst", outcomes: Any = ("a", "b", "c"), period: Period | None = None) -> list[str]:
    table = Table("t", label=Label("表", "table"), outcomes=outcomes, fold=fold, rules=(rule("r", when, then, period),))
    return [str(mutant) for mutant in mutants(table, equivalent=None)]


REMOVED = "r was removed"
SHIFTED = ["b became a in r", "b became c in r"]


@pytest.mark.parametrize(
    ("when", "sentences"),
    [
        (overdue > 90, ["90 became 91 in r", "overdue > 90 became overdue >= 90 in r"]),
        (overdue >= 90, ["90 became 89 in r", "overdue >= 90 became overdue > 90 in r"]),
        (overdue < 90, ["90 became 89 in r", "overdue < 90 became overdue <= 90 in r"]),
        (overdue <= 90, ["90 became 91 in r", "overdue <= 90 became overdue < 90 in r"]),
        (overdue <= 3649, ["3649 became 3650 in r", "overdue <= 3649 became overdue < 3649 in r"]),
        (ltv > "0.70", ["0.70 became 0.7001 in r", "0.70 became 0.6999 in r", "ltv > '0.70' became ltv >= '0.70' in r"]),
        (ltv > "0.12345", ["0.12345 became 0.12346 in r", "0.12345 became 0.12344 in r", "ltv > '0.12345' became ltv >= '0.12345' in r"]),
        (debt > cny(5), ['cny("5.00") became cny("5.01") in r', 'debt > cny("5.00") became debt >= cny("5.00") in r']),
        (signed_on >= "2026-01-01", ["2026-01-01 became 2025-12-31 in r", "signed_on >= '2026-01-01' became signed_on > '2026-01-01' in r"]),
        (mood >= "tense", ["tense became angry in r", "mood >= 'tense' became mood > 'tense' in r"]),
        (work.is_in("trader", "retired"), ["trader was dropped from the choices of work in r", "retired was dropped from the choices of work in r"]),
        (work.is_in("trader"), []),
        (
            work.is_in("trader") | (mood >= "tense"),
            [
                "mood >= 'tense' became mood >= 'angry' in r",
                "mood >= 'tense' became mood > 'tense' in r",
                "work.is_in('trader') was dropped from the alternatives in r",
                "mood >= 'tense' was dropped from the alternatives in r",
            ],
        ),
        (
            (overdue > 90) & (work.is_in("trader") | listed.outcome.includes("x")),
            [
                "overdue > 90 became overdue > 91 in r",
                "overdue > 90 became overdue >= 90 in r",
                "work.is_in('trader') was dropped from the alternatives in r",
                "listed.includes('x') was dropped from the alternatives in r",
            ],
        ),
        (
            listed.outcome.includes("x", "y"),
            ["x was dropped from the choices of listed in r", "y was dropped from the choices of listed in r"],
        ),
        (
            (overdue > 90) & work.is_in("trader", "retired"),
            [
                "overdue > 90 became overdue > 91 in r",
                "overdue > 90 became overdue >= 90 in r",
                "trader was dropped from the choices of work in r",
                "retired was dropped from the choices of work in r",
            ],
        ),
    ],
    ids=[
        "above", "at least", "below", "at most", "beside the end of the domain", "a ratio", "a finer ratio", "money", "a day", "an ordered choice",
        "choices", "one choice", "an alternative", "an alternative inside", "several of a set", "two together",
    ],
)
def test_a_condition_is_changed_in_one_place_at_a_time(when: Any, sentences: list[str]) -> None:
    assert of(when) == [*sentences, *SHIFTED, REMOVED]


def test_a_limit_at_the_end_of_the_domain_stays_inside_it() -> None:
    assert of(overdue > 3649)[:2] == ["3649 became 3650 in r", "overdue > 3649 became overdue >= 3649 in r"]
    assert of(overdue > 0)[:2] == ["0 became 1 in r", "overdue > 0 became overdue >= 0 in r"]


def test_a_period_begins_and_ends_a_day_later() -> None:
    assert of(overdue > 90, period=Period(since="2026-01-01", until="2027-01-01"))[2:4] == [
        "since 2026-01-01 became since 2026-01-02 in r",
        "until 2027-01-01 became until 2027-01-02 in r",
    ]
    assert of(overdue > 90, period=Period(since="2026-01-01", until="2026-01-02"))[2] == "until 2026-01-02 became until 2026-01-03 in r"


@pytest.mark.parametrize(
    ("then", "how", "sentences"),
    [
        ("a", {}, ["a became b in r"]),
        ("c", {}, ["c became b in r"]),
        ("c", {"outcomes": unordered(("a", "b", "c")), "fold": "every"}, ["c became a in r"]),
        (5, {"outcomes": Score(), "fold": "total"}, ["5 became 4 in r", "5 became 6 in r"]),
        (grade.outcome, {"outcomes": grade.outcomes}, []),
    ],
    ids=["the mildest", "the most severe", "without an order", "points", "an outcome passed on"],
)
def test_an_outcome_shifts_a_place(then: object, how: Any, sentences: list[str]) -> None:
    assert of(work.is_in("trader"), then=then, **how) == [*sentences, REMOVED]


def test_neighbours_of_a_first_table_change_places_and_a_rule_about_what_is_missing_says_so() -> None:
    told = [str(mutant) for mutant in mutants(policy, equivalent=None)]
    assert "by-substandard and thin-margin changed places" in told
    assert "no-valuation, which asks for a missing fact, was removed" in told
    assert "otherwise 12 became 6 in interval" in told


def test_what_cannot_be_written_is_left_out() -> None:
    ladder = attrs.evolve(interval, rules=(rule("late", overdue > 60, 3), rule("later", overdue > 61, 6)))
    told = [str(mutant) for mutant in mutants(ladder, equivalent=None)]
    assert "60 became 61 in late" not in told  # the next rule would never be reached
    assert "61 became 62 in later" in told


@pytest.mark.parametrize("subject", [grade, policy, cn_housing.policy()], ids=["a table", "a graph", "a policy"])
def test_a_mutant_is_of_the_kind_that_was_given_and_differs_in_one_table(subject: Any) -> None:
    first = next(mutants(subject, equivalent=None))
    assert type(first.policy) is type(subject)
    assert first.policy != subject
    assert first.sentence == str(first)


@given(graphs())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_the_mutants_of_any_graph_are_all_different_and_each_changes_the_table_it_names(graph: DecisionGraph) -> None:
    found = list(mutants(graph, equivalent=None))
    assert len({mutant.policy for mutant in found}) == len(found)
    for mutant in found:
        changed = [table.id for table in graph.tables if mutant.policy.by_id[table.id] != table]
        assert changed == [mutant.table]


# -- equivalence -------------------------------------------------------------------------------------------------------


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_proved_equivalent_decides_every_case_alike(data: st.DataObject) -> None:
    graph = data.draw(graphs(most=2))
    for mutant in list(mutants(graph, equivalent=None))[:12]:
        if provably_equivalent(graph, mutant.policy, mutant.table):
            facts = data.draw(cases(graph))
            known = {fact.name for fact in mutant.policy.facts}
            after = mutant.policy.verdicts(**{name: value for name, value in facts.items() if name in known})
            assert {name: verdict.ruling for name, verdict in graph.verdicts(**facts).items()} == {name: verdict.ruling for name, verdict in after.items()}


def test_a_rule_hidden_by_a_harsher_one_is_no_loss() -> None:
    hidden = attrs.evolve(grade, rules=(*grade.rules, rule("overdue-120", overdue > 120, "special_mention")))
    told = [str(mutant) for mutant in mutants(hidden)]
    assert "overdue-120 was removed" not in told
    assert "120 became 121 in overdue-120" not in told
    assert "overdue-90 was removed" in told


def test_a_rule_about_a_missing_fact_counts_though_complete_cases_never_meet_it() -> None:
    assert "no-valuation, which asks for a missing fact, was removed" in [str(mutant) for mutant in mutants(policy)]


def test_a_table_of_a_policy_has_the_mutants_of_itself_and_of_what_it_rests_on() -> None:
    bound = cn_housing.policy().level
    found = list(mutants(bound, equivalent=None))
    assert {mutant.table for mutant in found} >= {"signals", "level"}
    assert {type(mutant.policy) for mutant in found} == {type(bound)}
    own, earlier = (next(mutant for mutant in found if mutant.table == table) for table in ("level", "signals"))
    assert (own.policy.table == bound.table, earlier.policy.table == bound.table) == (False, True)
    assert all(mutant.policy.whole.by_id[mutant.table] != bound.whole.by_id[mutant.table] for mutant in (own, earlier))


def test_what_is_told_of_signals_is_told_in_words() -> None:
    sentences = [str(mutant) for mutant in mutants(cn_housing.policy().triggers, equivalent=None)]
    assert [sentence for sentence in sentences if "Signal(" in sentence] == []
    assert any("arrears (yellow)" in sentence for sentence in sentences)


def test_what_has_no_tables_has_no_mutants() -> None:
    with pytest.raises(InvalidValueError) as found:
        list(mutants("grade"))
    assert str(found.value) == "`policy` must be a table, a decision graph or a policy, got `'grade'`"


@pytest.mark.parametrize(("killed", "percent"), [(0, 0.0), (3, 75.0)])
def test_a_report_counts_those_that_could_have_been_noticed(killed: int, percent: float) -> None:
    survivor, other = list(mutants(grade, equivalent=None))[:2]
    report = MutationReport(killed=killed, survivors=[survivor], equivalent=[other])
    assert report.percent == percent
    assert str(report).splitlines()[:2] == ["grade: 1 fault unnoticed", "nobody would notice if 90 became 91 in overdue-90"]
    assert MutationReport(killed=0, survivors=()).percent == 100.0


# -- the plugin --------------------------------------------------------------------------------------------------------

WEAK = """
from team_policy import grade, policy

def test_by_name():
    assert policy.verdicts(overdue=91, ltv="0.5")["grade"].outcome == "substandard"
    assert grade(overdue=90, seized=False, ltv="0.5").outcome == "special_mention"
"""

STRONG = WEAK + """
import pytest
from hypothesis import given, strategies as st

@pytest.fixture(scope="module")
def held(request):
    return []

def test_by_fixture(policy_under_test, held):
    say = lambda **facts: policy_under_test.verdicts(**{"ltv": "0.5", "work": "salaried", "on": "2026-06-30", **facts})
    assert say(overdue=0)["grade"].outcome == "normal"
    assert say(overdue=1)["grade"].outcome == "special_mention"
    assert say(overdue=0, seized=True)["grade"].outcome == "substandard"
    assert say(overdue=0, ltv=None)["grade"].outcome == "special_mention"
    assert say(overdue=0, ltv=None)["grade"].at_worst == "special_mention"
    assert [say(overdue=days)["interval"].outcome for days in (0, 1, 91)] == [12, 6, 3]

@given(st.sampled_from(("0.6999", "0.70", "0.7001")), st.sampled_from(("2025-12-31", "2026-01-01")))
def test_thin_margin(ltv, on):
    expected = 6 if ltv != "0.6999" and on == "2026-01-01" else 12
    assert policy.verdicts(overdue=0, ltv=ltv, work="trader", on=on)["interval"].outcome == expected
    assert policy.verdicts(overdue=91, ltv=ltv, work="trader", on=on)["interval"].outcome == 3
"""


def test_weak_tests_are_told_what_they_would_not_notice(project: pytest.Pytester) -> None:
    project.makepyfile(WEAK)
    result = project.runpytest("--policy-mutants")
    result.assert_outcomes(passed=1)
    assert result.ret == 0
    survivors = [line for line in result.outlines if line.startswith("nobody would notice if ")]
    assert "nobody would notice if seized was removed" in survivors
    assert "nobody would notice if 90 became 91 in overdue-90" not in survivors
    assert any(line.endswith("decide every case as the policy does") for line in result.outlines)


def test_strong_tests_kill_every_mutant_by_name_and_by_fixture(project: pytest.Pytester) -> None:
    project.makepyfile(STRONG)
    result = project.runpytest("--policy-mutants-fail-under=100")
    assert [line for line in result.outlines if line.startswith("nobody")] == []
    assert result.ret == 0


def test_the_run_fails_under_the_floor_and_says_so(project: pytest.Pytester) -> None:
    project.makepyfile(WEAK)
    result = project.runpytest("--policy-mutants-fail-under=90")
    assert result.ret == 1
    assert any(line.endswith("% killed is below the 90 % required") for line in result.outlines)


def test_after_the_mutants_everything_is_as_it_was(project: pytest.Pytester) -> None:
    project.makepyfile(WEAK + "\ndef teardown_module():\n    assert str(policy.tables[0].rules[0].condition) == '(overdue > 90)' or True")
    before = settings.get_current_profile_name()
    project.runpytest("--policy-mutants")
    assert settings.get_current_profile_name() == before
    assert grade.rules[0].condition == (overdue > 90)


def test_tests_that_fail_already_are_not_run_against_mutants(project: pytest.Pytester) -> None:
    project.makepyfile("def test_wrong():\n    assert False")
    result = project.runpytest("--policy-mutants")
    assert result.ret == 1
    assert "no mutant was tried: the tests must pass on the policy itself first" in result.outlines


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("-o", "policy_under_test="), "`policy_under_test` must be module:attribute, got ``"),
        (("-n", "2"), "`--policy-mutants` runs in one process, got `--numprocesses`"),
    ],
    ids=["no policy named", "several processes"],
)
def test_a_run_that_cannot_be_made_says_why(project: pytest.Pytester, options: tuple[str, ...], message: str) -> None:
    project.makepyfile(WEAK)
    result = project.runpytest_subprocess("--policy-mutants", *options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert message in result.stderr.str()


def test_it_is_told_how_far_the_run_has_come_which_test_noticed_what_and_what_went_unnoticed_by_table(project: pytest.Pytester) -> None:
    project.makepyfile(WEAK)
    lines = project.runpytest("--policy-mutants").outlines
    progress = [line for line in lines if line.startswith("policy mutants: ")]
    assert 9 <= len(progress) <= 10
    tried, total = progress[-1].removeprefix("policy mutants: ").partition(" tried")[0].split("/")
    assert tried == total
    assert [line for line in lines if line.endswith(" unnoticed")] == ["grade: 8 faults unnoticed", "interval: 14 faults unnoticed"]
    killed = next(line for line in lines if "mutants killed" in line).split(" ")[0]
    assert any(line.startswith(f"  {killed} of {killed}: ") and line.endswith(".py::test_by_name") for line in lines)
    assert not any(line.startswith("policy mutants: ") for line in project.runpytest("--policy-mutants", "-q").outlines)


HELD_ELSEWHERE = """
import team_policy

def made_anew():
    return {made}

HELD = [made_anew()]

def test_it():
    assert HELD[0].verdicts(overdue=91, ltv="0.5")["grade"].outcome == "substandard"
"""


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("__import__('attrs').evolve(team_policy.policy, tables=team_policy.policy.tables)", "no mutant was ever decided: the tests hold a policy that equals"),
        ("__import__('attrs').evolve(team_policy.policy, tables=[__import__('attrs').evolve(team_policy.grade, otherwise='special_mention')])",
         "none of these tests decided `team_policy:policy`: they hold another policy than the one that was mutated"),
    ],
    ids=["an equal object in a list", "another policy"],
)
def test_tests_that_hold_another_object_are_told_so_instead_of_a_bare_nothing(project: pytest.Pytester, made: str, said: str) -> None:
    project.makepyfile(HELD_ELSEWHERE.format(made=made))
    lines = project.runpytest("--policy-mutants").outlines
    assert any(line.startswith("0 of ") for line in lines)
    assert any(line.startswith(said) for line in lines), lines


BANK = """
import attrs
from revisit_policy.rulebooks import cn_housing

def only_graded(edition):
    tables = [table for table in edition.policy.tables if table.id in {'difficulty', 'grade'}]
    return attrs.evolve(edition, policy=attrs.evolve(edition.policy, tables=tables))

rulebook = attrs.evolve(cn_housing.rulebook, editions=list(map(only_graded, cn_housing.rulebook.editions)))
"""

RULEBOOK = """
import bank
from revisit_policy import Grade

def test_grade():
    for edition in bank.rulebook.editions:
        assert edition.policy.grade(days_past_due=91).outcome is Grade.SUBSTANDARD
"""


def test_the_editions_of_a_rulebook_are_replaced_where_tests_find_them(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(RULEBOOK, bank=BANK)
    pytester.makeconftest(
        "from revisit_policy.testing.mutation import stand_in\n"
        "all_of = stand_in.mutants\n"
        "def few(policy, equivalent=None):\n"
        "    return (found for found in all_of(policy, equivalent=equivalent) if found.rule == 'overdue-90')\n"
        "stand_in.mutants = few\n"
    )
    result = pytester.runpytest_subprocess("--policy-mutants", "-o", "policy_under_test=bank:rulebook")
    assert "nobody would notice if 90 became 91 in overdue-90" not in result.outlines
    assert any("mutants killed" in line and not line.startswith("0 of") for line in result.outlines), result.outlines


def test_a_report_is_written_as_markdown(project: pytest.Pytester) -> None:
    project.makepyfile(WEAK)
    result = project.runpytest("--rule-coverage", "--policy-mutants", "--policy-report=report.md")
    assert "wrote report.md" in result.outlines
    lines = (project.path / "report.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Tests of `team_policy:policy`"
    assert "| `grade` | worst | 5 | 2 | 2 | 3 of 5 | 50 % |" in lines, lines
    assert "* `seized` of `grade` never fires." in lines
    assert "* seized was removed" in lines
    assert any(line.endswith(" %).") and " mutants are killed (" in line for line in lines)

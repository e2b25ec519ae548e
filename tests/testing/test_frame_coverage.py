"""Rule coverage of decisions on frames: every row counts as the case that it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.frames.books import DENOMINATORS, ON, rows, with_said
from tests.frames.books import as_columns as loans_as_columns
from tests.frames.engines import ENGINES
from tests.frames.test_agreement import as_columns, books, denominators
from tests.language.strategies import graphs
from tests.language.vocabulary import VALUES
from tests.policy.small_policy import small_rulebook
from tests.testing.coverage_lines import printed

from revisit_policy import InvalidInputError
from revisit_policy.frames.distinct_cases import distinct_cases
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.subject import subject_of
from revisit_policy.language.readers.generated import GeneratedReader, Resolution
from revisit_policy.testing.coverage.coverage_text import uncounted_text
from revisit_policy.testing.coverage.frame_reading import read_by_case
from revisit_policy.testing.coverage.table_coverage import TableCoverage
from revisit_policy.testing.coverage.tally import Tally

pytest_plugins = ["pytester"]

IN_MEMORY = ("polars", "pandas numpy", "pandas nullable", "pandas arrow", "pyarrow")
BOOK = small_rulebook()


def counted(read: Callable[[], object]) -> dict[str, TableCoverage]:
    """What the readings that *read* causes do with each table, however many there are."""
    tally, resolve = Tally(), GeneratedReader.resolve_values

    def tallied(reader: GeneratedReader, values: tuple[Any, ...], unknown: tuple[int, ...] = ()) -> Resolution:
        found = resolve(reader, values, unknown)
        tally.read(reader, values, found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GeneratedReader, "resolve_values", tallied)
        read()
    return {key: attrs.evolve(seen, cases=0) for key, seen in tally.found().items()}


# -- the rows of a frame as cases --------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", IN_MEMORY)
@given(st.data())
@settings(max_examples=4)
def test_a_frame_does_with_the_rules_of_any_graph_what_its_rows_do_one_by_one(engine: str, data: st.DataObject) -> None:
    graph = data.draw(graphs())
    book = data.draw(books(graph))
    on = data.draw(st.sampled_from(VALUES["on"]))

    def one_by_one() -> None:
        for row in book:
            try:
                graph.verdicts(**row, **({"on": on} if any(fact.name == "on" for fact in graph.facts) else {}))
            except InvalidInputError:
                continue

    frame = ENGINES[engine](as_columns(book))
    found = counted(lambda: read_by_case(subject_of(graph), frame, on=on, layout={"denominators": denominators(graph)}))
    assert found == counted(one_by_one)


@pytest.mark.parametrize("engine", IN_MEMORY)
@given(st.data())
@settings(max_examples=2)
def test_a_frame_does_with_the_rules_of_a_rulebook_what_its_case_files_do(engine: str, data: st.DataObject) -> None:
    book = [with_said(row) for row in data.draw(st.lists(rows(BOOK, visits=True), min_size=1, max_size=30))]
    on = data.draw(st.sampled_from(ON))
    subject = attrs.evolve(subject_of(BOOK), horizon=Horizon())

    def one_by_one() -> None:
        for _, case in book:
            try:
                if not isinstance(case, InvalidInputError):
                    BOOK.edition_for(case, on).policy.decide(case, on=on)
            except InvalidInputError:
                continue

    frame = ENGINES[engine](loans_as_columns([row for row, _ in book]))
    found = counted(lambda: read_by_case(subject, frame, on=on, layout={"denominators": DENOMINATORS}))
    assert found == counted(one_by_one)


def test_rows_that_no_rule_can_tell_apart_are_read_once() -> None:
    import polars as pl
    from tests.testing.team_policy import policy

    overdue = pl.DataFrame({"overdue": pl.Series([day % 90 + 1 for day in range(1000)] + [90, 91, 200, None], dtype=pl.Int64)})
    cases = list(distinct_cases(subject_of(policy), overdue, on="2026-11-24", layout={"without": ("ltv", "seized", "work")}))
    assert sorted(str(case.values["overdue"]) for case in cases) == ["45.0", "90", "91", "None"]


# -- the plugin --------------------------------------------------------------------------------------------------------

FRAMES = """
import duckdb
import polars as pl
import pytest
from revisit_policy import frames
from team_policy import policy

FRAME = pl.DataFrame({"overdue": [0, 90, 91], "ltv": [50, 70, None], "seized": [False, True, None], "work": ["trader", None, "retired"]})
ASKED = {"on": "2026-06-30", "denominators": {"ltv": 100}}

"""

EAGER = "def test_it():\n    frames.decide(policy, FRAME, **ASKED)\n"

def covered(project: pytest.Pytester, tests: str, *options: str) -> list[str]:
    project.makepyfile(FRAMES + tests)
    result = project.runpytest("--rule-coverage", *options)
    assert result.ret == 0, result.outlines
    return printed(result)


ONE_BY_ONE = """
def test_it():
    for row in ({"overdue": 0, "ltv": "0.50", "seized": False, "work": "trader"}, {"overdue": 90, "ltv": "0.70", "seized": True, "work": None},
                {"overdue": 91, "ltv": None, "seized": None, "work": "retired"}):
        policy.verdicts(on="2026-06-30", **row)
"""


@pytest.mark.parametrize(
    "decided",
    [
        "frames.decide(policy, FRAME, **ASKED)",
        "frames.decide(policy, FRAME.to_arrow(), trace='none', **ASKED)",
        "frames.decide(policy, FRAME.to_pandas(), **ASKED)",
        "list(frames.iter_decide(policy, [FRAME[:1], FRAME[1:]], **ASKED))",
        "frames.decide(policy, FRAME.lazy(), **ASKED).collect()",
        "frames.decide(policy, FRAME.lazy(), **ASKED).filter(pl.col('overdue') > 1000).select('grade').collect()",
    ],
    ids=["polars", "pyarrow", "pandas", "frame by frame", "a lazy frame that is collected", "a lazy frame of which little is collected"],
)
def test_every_way_to_decide_a_frame_counts_as_its_rows_one_by_one(project: pytest.Pytester, decided: str) -> None:
    assert covered(project, f"def test_it():\n    {decided}\n") == covered(project, ONE_BY_ONE)


def test_a_frame_that_is_never_decided_does_not_count(project: pytest.Pytester) -> None:
    found = covered(project, "def test_it():\n    frames.check(policy, FRAME, denominators={'ltv': 100})\n")
    assert found == ["team_policy:policy was never decided by these tests"]


def test_decisions_on_lazy_frames_that_were_not_looked_at_are_told_by_number_and_test(project: pytest.Pytester) -> None:
    tests = """
def test_on_duckdb():
    for _ in range(2):
        frames.decide(policy, duckdb.from_arrow(FRAME.to_arrow()), **ASKED)

def test_never_collected():
    frames.decide(policy, FRAME.lazy(), **ASKED)

def test_collected():
    frames.decide(policy, FRAME.lazy(), **ASKED).collect()
"""
    name = "test_decisions_on_lazy_frames_that_were_not_looked_at_are_told_by_number_and_test.py"
    told = [
        "not counted: 3 decisions on lazy frames, because nothing is run to count",
        f"  {name}::test_never_collected: 1 on polars, never collected",
        f"  {name}::test_on_duckdb: 2 on duckdb",
    ]
    assert covered(project, tests)[-3:] == told
    project.runpytest("--rule-coverage", "--policy-report", "report.md")
    assert [line.removeprefix("* ") for line in (project.path / "report.md").read_text(encoding="utf-8").splitlines()[-3:]] == [
        line.strip() for line in told
    ]


def test_workers_count_frames_together_and_tell_together_what_they_did_not(project: pytest.Pytester) -> None:
    tests = EAGER + "\n\n@pytest.mark.parametrize('time', range(3))\ndef test_lazy(time):\n    frames.decide(policy, FRAME.lazy(), **ASKED)\n"
    project.makepyfile(FRAMES + tests)
    alone = project.runpytest_subprocess("--rule-coverage", "-p", "no:xdist")
    together = project.runpytest_subprocess("--rule-coverage", "-n", "2")
    assert printed(together) == printed(alone)
    assert "not counted: 3 decisions on lazy frames, because nothing is run to count" in printed(together)


def test_nothing_is_run_on_a_lazy_frame_before_it_is_collected(project: pytest.Pytester) -> None:
    tests = """
def test_it():
    runs = []
    lazy = FRAME.lazy().map_batches(lambda rows: (runs.append(1), rows)[1])
    result = frames.decide(policy, lazy, **ASKED)
    assert (type(result), runs) == (pl.LazyFrame, [])
    result.collect()
    assert runs == [1]
"""
    assert covered(project, tests) == covered(project, ONE_BY_ONE)


def test_what_is_decided_while_tests_are_collected_does_not_count(project: pytest.Pytester) -> None:
    tests = "frames.decide(policy, FRAME.lazy(), **ASKED)\nframes.decide(policy, FRAME, **ASKED)\n\ndef test_it():\n    assert FRAME.height == 3\n"
    assert covered(project, tests)[0] == "team_policy:policy was never decided by these tests"


def test_what_mutants_decide_on_frames_is_no_coverage_of_the_policy(project: pytest.Pytester) -> None:
    found = covered(project, EAGER, "--policy-mutants", "-k", "test_it")
    alone = covered(project, EAGER)
    assert found[: len(alone)] == alone


def test_a_frame_that_is_refused_is_refused_as_ever(project: pytest.Pytester) -> None:
    tests = """
def test_it():
    with pytest.raises(ExceptionGroup, match="frame"):
        frames.decide(policy, FRAME.lazy().drop("overdue"), **ASKED)
    frames.decide(policy, FRAME, **ASKED)
"""
    assert not any("not counted" in line for line in covered(project, tests))


BOOK_OF_POLICY = """
from tests.policy.small_policy import CASE, case_with, small_policy

POLICY = small_policy()
CASES = [CASE, case_with(days_past_due=40), case_with(seized=True)]
"""

VISITS = """
from book_of_policy import CASES, POLICY

ROWS = frames.from_cases(CASES)

def test_it():
    {decided}
"""


@pytest.mark.parametrize(
    "decided",
    [
        "frames.next_visits(POLICY, ROWS, on='2026-06-01')",
        "frames.next_visits(POLICY, ROWS.lazy(), on='2026-06-01').collect()",
        "frames.decide(POLICY, ROWS, on='2026-06-01', visits=True)",
    ],
    ids=["next visits", "next visits of a lazy frame", "decisions with their visits"],
)
def test_visits_of_a_frame_count_with_the_tables_that_speak_for_visits(project: pytest.Pytester, decided: str) -> None:
    project.makepyfile(book_of_policy=BOOK_OF_POLICY)
    alone = covered(project, VISITS.format(decided="[POLICY.decide(case, on='2026-06-01') for case in CASES]"), "-o", "policy_under_test=book_of_policy:POLICY")
    assert any(line.startswith("method (worst)") and not line.startswith("method (worst): 0 %") for line in alone)
    assert covered(project, VISITS.format(decided=decided), "-o", "policy_under_test=book_of_policy:POLICY") == alone


def test_no_lazy_decision_left_out_is_nothing_to_tell() -> None:
    assert list(uncounted_text({})) == []
    assert next(uncounted_text({("test_it", "duckdb"): 1})) == "not counted: 1 decision on a lazy frame, because nothing is run to count"


def test_without_narwhals_single_decisions_are_counted_all_the_same(project: pytest.Pytester) -> None:
    project.makeconftest("")
    project.makepyfile(no_narwhals="import sys\nsys.modules['narwhals'] = None\n")
    project.makepyfile("from team_policy import policy\n\ndef test_it():\n    policy.verdicts(overdue=91)\n")
    result = project.runpytest_subprocess("--rule-coverage", "-p", "no_narwhals")
    assert result.ret == 0
    assert printed(result)[0].startswith("grade (worst): ")

"""Snapshots: stable text, a block a case, that changes only where a policy says something else."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.policy.small_policy import case_with, small_rulebook
from tests.rulebooks.loans import case
from tests.testing.team_policy import grade, interval, overdue, policy, rule

from revisit_policy import InvalidValueError, SnapshotChangedError, SnapshotUnreadableError, analysis, facts
from revisit_policy.rulebooks import cn_housing
from revisit_policy.testing import PolicyCase, boundary_cases, check_snapshot, signed_snapshot, snapshot
from revisit_policy.testing.snapshots import snapshot_review
from revisit_policy.testing.snapshots.signature import digest_of
from revisit_policy.testing.snapshots.signed_text import read_signed_text
from revisit_policy.values.one_line import flaw_of

pytest_plugins = ["pytester"]

LATE = {"overdue": 91, "ltv": "0.5"}


def test_each_kind_of_case_has_its_own_heading_and_a_line_a_table() -> None:
    worked = PolicyCase(given=LATE, expect={"grade": "normal"}, because="somebody thought so")
    text = snapshot(policy, [LATE, {}, worked, boundary_cases(policy)[0]])
    assert [line for line in text.splitlines() if not line.startswith(" ")] == [
        "overdue=91, ltv='0.5'",
        "nothing known",
        "somebody thought so",
        "overdue-90: overdue one step below 90",
    ]
    assert text.splitlines()[:3] == [
        "overdue=91, ltv='0.5'",
        "  grade: substandard by overdue-90, overdue-0",
        "  interval: 3 by by-substandard",
    ]


def test_what_is_open_is_told_with_what_is_still_possible() -> None:
    assert snapshot(grade, [{"overdue": 0}]) == "overdue=0\n  grade: special_mention by no-valuation (undecided: normal, special_mention)\n"


def test_a_case_file_is_told_by_what_is_handed_out() -> None:
    text = snapshot(cn_housing.rulebook, [case(days_past_due=91)], on="2025-06-30")
    lines = text.splitlines()
    assert lines[0] == "GZ-2024-000001 on 2025-06-30"
    assert lines[1].startswith("  grade: substandard, at worst substandard; level: red; every ")
    assert "npl" in lines[2].removeprefix("  signals: ").split(", ")
    assert lines[3].startswith("  measures: ")
    assert all((" by " in line and " to " in line) or line.startswith(("  late: ", "  in hand: ")) for line in lines[4:])
    assert text == snapshot(cn_housing.rulebook, [case(days_past_due=91)], on="2025-06-30")


def test_a_difference_between_two_snapshots_is_a_difference_between_two_policies() -> None:
    stricter = attrs.evolve(grade, rules=(rule("overdue-90", overdue > 60, "substandard"), *grade.rules[1:]))
    cases = boundary_cases(stricter)
    before, after = (snapshot(table, cases).splitlines() for table in (grade, stricter))
    assert [new for old, new in zip(before, after, strict=True) if old != new] == ["  grade: substandard by overdue-90, overdue-0"]


@pytest.mark.parametrize("portfolio", [["text"], [case()]], ids=["text", "a case file without a day"])
def test_what_is_no_case_is_refused(portfolio: list[Any]) -> None:
    with pytest.raises(InvalidValueError, match="`portfolio` must be facts by name, worked cases, boundary cases, or case files with the day `on`"):
        snapshot(policy, portfolio)


# -- against what was signed -------------------------------------------------------------------------------------------

CASES = [{"overdue": 75, "ltv": "0.5"}, {"overdue": 0, "ltv": "0.5"}]
STRICTER = attrs.evolve(policy, tables=(attrs.evolve(grade, rules=(rule("overdue-90", overdue > 60, "substandard"), *grade.rules[1:])), interval))
SIGNED = signed_snapshot(policy, CASES)


def told(signed: str, then: object, portfolio: list[Any], **asked: Any) -> tuple[str, list[str]]:
    """What a review says, and its sections."""
    with pytest.raises(SnapshotChangedError) as found:
        check_snapshot(signed, then, portfolio, **asked)
    return str(found.value), found.value.__notes__


def test_what_says_the_same_is_no_change() -> None:
    check_snapshot(SIGNED, policy, CASES)
    check_snapshot(snapshot(policy, CASES), policy, CASES)


def test_a_policy_is_refused_where_the_signed_text_stands() -> None:
    with pytest.raises(InvalidValueError, match="`signed` must be the text that `signed_snapshot` once gave"):
        check_snapshot(policy, SIGNED, CASES)  # type: ignore[arg-type] # the two were swapped


def test_a_change_is_told_by_the_rules_that_differ_the_cases_that_moved_and_the_lines() -> None:
    message, sections = told(SIGNED, STRICTER, CASES, name="boundaries.txt")
    assert message == "expected every case as `boundaries.txt` has it, got 1 that differs"
    assert sections == [
        ("rules that have changed since it was signed\n"
        "  grade: overdue-90: days past due more than 90 days → substandard  ⇒  days past due more than 60 days → substandard"),
        ("cases that are decided otherwise\n"
        "  overdue=75, ltv='0.5': grade: special_mention by overdue-0  ⇒  substandard by overdue-90, overdue-0\n"
        "  overdue=75, ltv='0.5': interval: 6 by by-special-mention  ⇒  3 by by-substandard"),
        ("changed lines\n"
        "   overdue=75, ltv='0.5'\n"
        "  -  grade: special_mention by overdue-0\n"
        "  -  interval: 6 by by-special-mention\n"
        "  +  grade: substandard by overdue-90, overdue-0\n"
        "  +  interval: 3 by by-substandard\n"
        "   overdue=0, ltv='0.5'"),
    ]


def test_a_change_is_told_for_every_case_there_can_be_if_the_policy_that_was_signed_is_at_hand() -> None:
    sections = told(SIGNED, STRICTER, CASES, before=policy)[1]
    assert sections[-1] == f"what this means for every case there can be\n{analysis.diff(policy, STRICTER).explain('en')}"


def test_it_is_told_in_chinese_too() -> None:
    sections = told(signed_snapshot(policy, CASES, lang="zh"), STRICTER, CASES, before=policy, lang="zh")[1]
    assert [section.splitlines()[0] for section in sections] == ["签署以来变动的规则", "结论不同的案例", "变动的行", "对所有可能的情形而言"]
    assert sections[0].splitlines()[1] == "  grade: overdue-90: 逾期天数超过90天 → substandard  ⇒  逾期天数超过60天 → substandard"
    assert sections[-1].endswith(analysis.diff(policy, STRICTER).explain("zh"))


def test_a_policy_before_that_is_not_the_one_signed_is_told() -> None:
    sections = told(SIGNED, STRICTER, CASES, before=STRICTER)[1]
    head, note, said = sections[-1].splitlines()
    assert note == f"(`before` is policy {digest_of(STRICTER)}, and what was signed is {digest_of(policy)})"
    assert (head, said) == ("what this means for every case there can be", "Proved: the two versions say the same in every case")


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        ((*grade.rules, rule("long", overdue > 365, "substandard")), "grade: long: (new) days past due more than 365 days → substandard"),
        (grade.rules[1:], "grade: overdue-90: (gone) days past due more than 90 days → substandard"),
        (
            (grade.rules[1], grade.rules[0], *grade.rules[2:]),
            "grade: the order of its rules: overdue-90, overdue-0, seized, no-valuation  ⇒  overdue-0, overdue-90, seized, no-valuation",
        ),
        (grade.rules, "no rule has changed: the portfolio has, or figures beside the rules"),
    ],
    ids=["a rule that is new", "a rule that is gone", "rules in another order", "no rule at all"],
)
def test_every_change_of_the_rules_has_its_words(rules: tuple[Any, ...], line: str) -> None:
    changed = attrs.evolve(grade, rules=rules)
    sections = told(signed_snapshot(grade, CASES), changed, [*CASES, {"overdue": 91, "ltv": "0.5"}])[1]
    assert sections[0].splitlines()[1:] == [f"  {line}"]


def test_cases_that_are_new_and_those_that_are_gone_are_told_apart() -> None:
    sections = told(SIGNED, policy, [CASES[0], LATE])[1]
    assert sections[1:3] == ["cases that are new\n  overdue=91, ltv='0.5'", "cases that are no longer there\n  overdue=0, ltv='0.5'"]


def test_a_text_without_its_rules_says_that_they_cannot_be_compared() -> None:
    sections = told(snapshot(policy, CASES), STRICTER, CASES)[1]
    assert sections[0].splitlines()[1:] == ["  the text does not say by which rules it was signed: write it anew"]


def test_a_case_that_comes_twice_is_compared_twice() -> None:
    twice = [CASES[0], CASES[0]]
    assert told(signed_snapshot(policy, twice), STRICTER, twice)[0].endswith("got 2 that differ")


def test_of_many_lines_it_is_said_how_many_more_there_are() -> None:
    many = [{"overdue": day, "ltv": "0.5"} for day in range(61, 91)]
    section = told(signed_snapshot(policy, many), STRICTER, many)[1][1].splitlines()
    assert (len(section), section[-1]) == (42, "  ... and 20 more")


def test_the_editions_of_two_rulebooks_are_compared_each_with_its_own() -> None:
    book = small_rulebook()
    last = book.editions[-1]
    capped = last.policy.replacing(attrs.evolve(last.policy.rule("overdue"), when=facts.days_past_due > 3))
    changed = attrs.evolve(book, editions=(*book.editions[:-1], attrs.evolve(last, policy=capped)))
    late = case_with(days_past_due=2)
    sections = told(signed_snapshot(book, [late], on="2026-06-01"), changed, [late], on="2026-06-01", before=book)[1]
    assert sections[0].splitlines()[1].startswith("  NEW grade: overdue: ")
    assert [line for line in sections[-1].splitlines() if line in {edition.id for edition in book.editions}] == ["OLD", "NEW"]


def test_editions_that_only_one_rulebook_has_are_told() -> None:
    book = small_rulebook()
    renamed = attrs.evolve(book, editions=(book.editions[0], attrs.evolve(book.editions[1], id="NEWER")))
    signed = signed_snapshot(book, [case_with(days_past_due=2)], on="2026-06-01")
    lines = told(signed, renamed, [case_with(days_past_due=40)], on="2026-06-01", before=book)[1][-1].splitlines()
    assert lines[lines.index("NEW") + 1] == "an edition that is no longer there"
    assert lines[lines.index("NEWER") + 1] == "an edition that is new: there is nothing to compare it with"


def test_an_analysis_that_runs_out_of_steps_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def limited(old: object, new: object) -> analysis.Diff:
        return analysis.diff(old, new, budget=1)

    monkeypatch.setattr(snapshot_review, "diff", limited)
    assert "expected to answer within 1 steps" in told(SIGNED, STRICTER, CASES, before=policy)[1][-1]


# -- a text that people edit -------------------------------------------------------------------------------------------

COMMENT = "# signed by Zhang San, 2026-11-24"
BARE = "expected a case, with what is said of it below, or a comment behind `#`"
HEAD, *RULES = SIGNED.splitlines()[:10]


def test_a_comment_of_whoever_signed_changes_nothing_and_hides_no_rule() -> None:
    for text in (f"{COMMENT}\n{SIGNED}", SIGNED.replace(HEAD, f"{HEAD}\n{COMMENT}"), f"{SIGNED}{COMMENT}\n"):
        check_snapshot(text, policy, CASES)
        assert told(text, STRICTER, CASES) == told(SIGNED, STRICTER, CASES)
        assert read_signed_text(text, name="it").comments == ("signed by Zhang San, 2026-11-24",)


@pytest.mark.parametrize(
    ("edited", "line", "message"),
    [
        ("  grade: normal\n" + SIGNED, 1, "expected a case above it, got `' grade: normal'`"),
        (SIGNED.replace("overdue=75", "<<<<<<< HEAD\noverdue=75"), 11, f"{BARE}, got `'<<<<<<< HEAD'`"),
        (SIGNED + "overdue=5\n", 17, f"{BARE}, got `'overdue=5'`"),
        (SIGNED + "  as ever\n", 17, "expected a table and what it says, as `grade: normal`, got `' as ever'`"),
        (SIGNED.replace(HEAD, "# policy 12345 en"), 1, "expected the policy by twelve signs of its digest, and zh or en, got `'# policy 12345 en'`"),
        (SIGNED.replace(HEAD, HEAD[:-2] + "fr"), 1, f"expected the policy by twelve signs of its digest, and zh or en, got `'{HEAD[:-2]}fr'`"),
        (f"{HEAD}\n{SIGNED}", 2, f"expected one line that names the policy, got `'{HEAD}'`"),
        (f"{HEAD}\n{RULES[0]}\n" + SIGNED.partition("\n")[2], 3, "expected each rule once, and `overdue-90` of `grade` stands above, got"),
    ],
    ids=[
        "what is said of no case", "half of a merge", "a case of which nothing is said", "words", "a shorter digest", "another language",
        "two policies", "a rule twice",
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_whether_or_not_anything_changed(edited: str, line: int, message: str) -> None:
    for now in (policy, STRICTER):
        with pytest.raises(SnapshotUnreadableError) as found:
            check_snapshot(edited, now, CASES, name="boundaries.txt")
        assert (found.value.line, found.value.name) == (line, "boundaries.txt")
        assert str(found.value).startswith(f"cannot read `boundaries.txt`, line {line}: {message}")


#: What an editor, a merge or a hand does to a line of a text, and to its neighbours.
EDITS: dict[str, Any] = {
    "dropped": lambda lines, at, _: [*lines[:at], *lines[at + 1 :]],
    "doubled": lambda lines, at, _: [*lines[: at + 1], *lines[at:]],
    "put at the head": lambda lines, at, _: [lines[at], *lines],
    "overwritten": lambda lines, at, text: [*lines[:at], text, *lines[at + 1 :]],
    "put above": lambda lines, at, text: [*lines[:at], text, *lines[at:]],
    "cut short": lambda lines, at, text: [*lines[:at], lines[at][: len(text)], *lines[at + 1 :]],
    "indented": lambda lines, at, _: [*lines[:at], f" {lines[at]}", *lines[at + 1 :]],
    "marked": lambda lines, at, _: [*lines[:at], f"# {lines[at]}", *lines[at + 1 :]],
    "unmarked": lambda lines, at, _: [*lines[:at], lines[at].lstrip("# "), *lines[at + 1 :]],
}
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from((HEAD, *RULES, "# ", "#", "# policy a b", "# a: b: c", " : ", ":", "=======", "\ufeff", "\x1c", "\u2028")),
)


@given(st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 40), PIECES), min_size=1, max_size=4), st.sampled_from((policy, STRICTER)))
@example([("marked", 10, ""), ("put above", 10, "# a: b: c")], STRICTER)
def test_whatever_is_edited_the_text_is_read_or_refused_in_our_own_words(edits: list[tuple[str, int, str]], now: Any) -> None:
    lines = SIGNED.splitlines()
    for how, at, text in edits:
        lines = EDITS[how](lines, at % len(lines), text) or [""]
    edited = "\n".join(lines)
    try:
        check_snapshot(edited, now, CASES, name="edited")
    except (SnapshotChangedError, SnapshotUnreadableError) as error:
        found = error
    else:
        return
    number, most = (found.changed, len(lines) + len(CASES)) if isinstance(found, SnapshotChangedError) else (found.line, len(edited.splitlines()))
    assert 1 <= number <= most


MINE = st.lists(st.tuples(st.integers(0, 16), st.sampled_from(("", "   ", COMMENT, "#", "# a note: of mine"))), max_size=5)


@given(MINE, st.sampled_from(("\n", "\r\n", " \n")))
def test_comments_empty_lines_and_the_ends_of_lines_do_not_matter(added: list[tuple[int, str]], ending: str) -> None:
    lines = SIGNED.splitlines()
    for at, text in added:
        lines.insert(at, text)
    found, plain = (read_signed_text(text, name="it") for text in (ending.join(lines), SIGNED))
    assert (found.signature, found.cases, found.said) == (plain.signature, plain.cases, plain.said)
    assert len(found.comments) == sum(text.startswith("#") for _, text in added)


@given(st.lists(st.text(min_size=1).filter(lambda name: flaw_of(name) is None), min_size=1, max_size=3))
def test_a_case_is_one_of_a_text_whatever_it_is_called(names: list[str]) -> None:
    cases = [PolicyCase(given=LATE, expect={"grade": "normal"}, because=name) for name in names]
    text = signed_snapshot(policy, cases)
    assert len(read_signed_text(text, name="it").cases) == len(names)
    check_snapshot(text, policy, cases)


def test_each_of_two_lines_of_one_name_is_told() -> None:
    text = snapshot(policy, CASES[:1])
    twice = f"{text}  interval: 1 by nobody\n"
    assert told(twice, policy, CASES[:1])[1][1].splitlines()[1:] == ["  overdue=75, ltv='0.5': interval (2): 1 by nobody  ⇒  –"]


def test_outcomes_that_are_whole_values_stand_in_words() -> None:
    text = snapshot(cn_housing.policy().signals, [{"days_past_due": 91}])
    assert "Signal(" not in text
    assert "signals: arrears (yellow), arrears (orange), " in text


# -- the fixture -------------------------------------------------------------------------------------------------------

TESTS = """
from team_policy import policy

def test_signed(policy_snapshot):
    policy_snapshot("signed.txt", policy, [{"overdue": 75, "ltv": "0.5"}])
"""


@pytest.fixture
def project(project: pytest.Pytester) -> pytest.Pytester:
    """The project with one test."""
    project.makepyfile(TESTS)
    return project


def test_the_fixture_writes_what_is_to_be_signed_when_it_is_told_to_and_compares_from_then_on(project: pytest.Pytester) -> None:
    project.runpytest("--policy-snapshot-update").assert_outcomes(passed=1)
    assert (project.path / "signed.txt").read_text(encoding="utf-8") == signed_snapshot(policy, CASES[:1])
    project.runpytest().assert_outcomes(passed=1)


def test_the_fixture_fails_with_words_where_a_decision_has_changed(project: pytest.Pytester) -> None:
    (project.path / "signed.txt").write_text(signed_snapshot(STRICTER, CASES[:1]), encoding="utf-8")
    result = project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([
        "E *revisit_policy.errors.SnapshotChangedError: expected every case as `signed.txt` has it, got 1 that differs",
        "E *rules that have changed since it was signed",
        "E *grade: overdue-90: days past due more than 60 days → substandard  ⇒  days past due more than 90 days → substandard",
    ])


def test_the_fixture_says_how_a_first_snapshot_is_written(project: pytest.Pytester) -> None:
    result = project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["expected a snapshot at `*signed.txt`, got none; write it with `--policy-snapshot-update`, and read it"])


def test_the_fixture_makes_the_folders_of_a_first_snapshot_and_keeps_the_comments_of_a_later_one(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS.replace("signed.txt", "signed/2026/boundaries.txt"))
    path = project.path / "signed" / "2026" / "boundaries.txt"
    project.runpytest("--policy-snapshot-update").assert_outcomes(passed=1)
    signed = path.read_text(encoding="utf-8")
    path.write_text(signed + COMMENT, encoding="utf-8")
    for _ in range(2):
        project.runpytest("--policy-snapshot-update").assert_outcomes(passed=1)
        assert path.read_text(encoding="utf-8") == f"{COMMENT}\n{signed}"
    path.write_text(f"{COMMENT}\n{signed_snapshot(STRICTER, CASES[:1])}", encoding="utf-8")
    for _ in range(2):
        project.runpytest("--policy-snapshot-update").assert_outcomes(passed=1)
        assert path.read_text(encoding="utf-8") == f"# of the text before: {COMMENT.removeprefix('# ')}\n{signed}"
        project.runpytest().assert_outcomes(passed=1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_file_that_was_saved_otherwise_is_read_or_refused_with_its_line(project: pytest.Pytester, encoding: str) -> None:
    signed = signed_snapshot(policy, CASES[:1], lang="zh")
    (project.path / "signed.txt").write_text(signed, encoding=encoding)
    result = project.runpytest()
    if encoding == "utf-8-sig":
        result.assert_outcomes(passed=1)
    else:
        line = 1 if encoding == "utf-16" else 2
        result.stdout.fnmatch_lines([f"E *SnapshotUnreadableError: cannot read `signed.txt`, line {line}: expected text in UTF-8, got *"])


def test_what_mutants_decide_is_never_written(project: pytest.Pytester) -> None:
    result = project.runpytest("--policy-snapshot-update", "--policy-mutants")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: `--policy-snapshot-update` would write what mutants decide: leave out `--policy-mutants`" in result.errlines

"""The demo is read at a glance: forty lines at most in either language, with nothing installed but what the package brings."""

from __future__ import annotations

import importlib
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from revisit_policy import frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Date
from revisit_policy.workload import AdmittedBecause, LeftOutBecause, in_sample

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "docs" / "examples" / "revisits"
EXTRAS = ["cattrs", "duckdb", "hypothesis", "narwhals", "numpy", "pandas", "polars", "pyarrow", "pytest", "z3"]
PLAIN = f"import runpy, sys; sys.argv.pop(0); sys.modules.update(dict.fromkeys({EXTRAS})); runpy.run_path(sys.argv[0], run_name='__main__')"
CHINESE = re.compile("[\u4e00-\u9fff]")
MODULES = ["made_up_book", "monday", "reported", "story", "summary", "terminal", "fannie_mae", "rebuilt", "replay"]
Run = Callable[..., list[str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The demo in this process."""

    def ran(*words: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", [str(DEMO), *words])
        for name in MODULES:
            monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.syspath_prepend(str(DEMO))
        runpy.run_path(str(DEMO), run_name="__main__")
        return capsys.readouterr().out.splitlines()

    return ran


def words_of(lang: str) -> list[str]:
    if lang == "zh":
        return ["贷后回访意见", "结论", "风险分类", "回访结果", "措施", "工时", "未能决策", "周回访清单", "未列入清单", "--lang en"]
    return ["Post-loan review", "Conclusion", "grades", "result of a visit", "measure", "hours", "not decided", "Monday's list", "not on the list", "--lang zh"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_book_and_its_worst_loan_fill_forty_lines_at_most_with_a_plain_installation(lang: str, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", "-W", "error", "-c", PLAIN, str(DEMO), "--lang", lang]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) <= 40
    assert [word for word in words_of(lang) if word not in done.stdout] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_story_goes_once_around_in_forty_lines_at_most(lang: str, run: Run) -> None:
    told = run("--story", "--lang", lang)
    assert len(told) <= 40
    assert [line[0] for line in told if not line.startswith(" ")] == list("1234567")
    assert all(bool(CHINESE.search(line)) is (lang == "zh") for line in told)
    assert any(("一致：是" if lang == "zh" else "the same: yes") in line for line in told)


def test_what_the_visit_found_moves_the_next_plan_and_the_one_after(run: Run) -> None:
    told = run("--story", "--lang", "en")
    plans = [line.strip() for line in told if line.startswith("  next visit: ")]
    assert len(plans) == len(set(plans)) == 3
    assert "  monthly income: weaker ability to repay none → orange" in told


def test_what_is_told_of_the_book_is_counted_from_its_decisions(run: Run) -> None:
    told = dict(line.split(": ", 1) for line in run("--loans", "200", "--lang", "en") if ": " in line)
    late, escalated = (dict(part.rsplit(" ", 1) for part in told[key].split(", ")) for key in ("late", "late, to be reported upwards"))
    on = Date(2026, 11, 23)
    reported, book = importlib.import_module("reported"), importlib.import_module("made_up_book")
    cases = [reported.with_reports(case, on=on) for case in book.made_up_book(200, on=on)]
    decisions = [cn_housing.rulebook.decide(case, on=on) for case in cases]
    last = [(case, case.visits[-1]) for case in cases if case.visits]
    results = [cn_housing.rulebook.result_of(visit, case, on=on) for case, visit in last]
    assert int(late["visit"]) + int(escalated["visit"]) == sum(len(decision.schedule.overdue) for decision in decisions)
    assert int(late["desk duty"]) + int(escalated["desk duty"]) == sum(len(decision.schedule.late_duties) for decision in decisions)
    assert int(late["result of a visit"]) + int(escalated["result of a visit"]) == sum(bool(result.late) for result in results)
    steps = [{frozenset((step.measure, *step.instead_of)) for step in decision.measures_late} for decision in decisions]  # choices are one step
    assert int(late["measure"]) + int(escalated["measure"]) == sum(map(len, steps))
    ahead = [cn_housing.rulebook.decide(case, on=on, until="2027-11-23").schedule.all for case in cases]
    visits, takes = sum(map(len, ahead)), importlib.import_module("summary").ASSUMED_HOURS
    spent = float(sum(takes[visit.method] * visit.officers for several in ahead for visit in several))
    (hours,) = [line for heading, line in told.items() if heading.startswith("hours in twelve months")]
    assert hours.endswith(f": {spent:,.0f}, {visits / 200:.2f} visits and {spent / 200:.2f} hours a loan")


@pytest.mark.slow
def test_mondays_list_is_the_agenda_of_the_book(run: Run) -> None:
    on, until = Date(2026, 11, 23), Date(2026, 11, 27)
    told = {line.split(": ", 1)[0].split(" (")[0]: line for line in run("--loans", "150", "--lang", "en") if ": " in line}
    monday, cases = importlib.import_module("monday"), list(importlib.import_module("made_up_book").made_up_book(150, on=on))
    decisions = [cn_housing.rulebook.decide(case, on=on) for case in cases]
    week = monday.MondaysList.of(decisions, on=on)
    drawn = [in_sample(case.loan.loan_no, period="the week of 2026-11-23", rate=monday.ASSUMED_DRAWN, seed="made up") for case in cases]
    book = frames.from_cases(cases).with_columns(drawn=pl.Series(drawn), office="market.region")
    decided = frames.decide(cn_housing.rulebook, book, on=on, visits=True)
    agenda = frames.agenda(
        cn_housing.rulebook, decided, on=on, until=until, capacity=week.capacity, cooldown_months=monday.ASSUMED_COOLDOWN, sampled="drawn", office="office"
    )
    said = {each.said.candidate.loan_no: (each.office, each.said.because.value) for each in (*week.called, *week.left)}
    assert said == {loan: (office, standing) for loan, office, standing in agenda.frame.select("loan.loan_no", "office", "agenda").iter_rows()}
    assert {standing for _, standing in said.values()} >= {"must", "worst_first", "cooling_down", "capacity", "by_data"}
    for heading, standings in (("Monday's list", AdmittedBecause), ("not on the list", LeftOutBecause)):
        counts = {standing.label("en"): loans for standing, loans in agenda.standings if standing in set(standings) and loans}
        assert told[heading].split(": ", 1)[1] == ", ".join(f"{label} {loans}" for label, loans in counts.items())
    assert told["hours of the list"].endswith(f" {len(week.called)} in {float(sum(each.hours for each in week.called)):.1f}")


def test_one_loan_is_explained_to_the_end(run: Run) -> None:
    told = run("--loans", "20", "--explain", "MU-0000003", "--lang", "en")
    assert told[0].startswith("Loan MU-0000003")
    assert len(told) > 20


REFUSED: list[tuple[str, list[str], str]] = [
    ("an unknown loan", ["--explain", "GZ-1"], "no loan `GZ-1` in this book: they are MU-0000001 to MU-0000020"),
    ("an unknown loan, in Chinese", ["--explain", "张三", "--lang", "zh"], "这批贷款中没有 `张三`：编号为 MU-0000001 至 MU-0000020"),
    ("an unknown language", ["--lang", "de"], "invalid choice: 'de' (choose from"),
    ("no loans at all", ["--loans", "0"], "must be a whole number from 1, got `0`"),
    ("no loans at all, in Chinese", ["--loans", "x", "--lang=zh"], "应为不小于1的整数，实际为 `x`"),
    ("no day, in Chinese", ["--on", "soon", "--lang", "zh"], "要求：日期"),
    ("a file that cannot be written", ["--html", "/nowhere/at/all.html"], "`/nowhere/at/all.html` cannot be written: "),
    ("half a replay, in Chinese", ["--performance", "a", "--lang", "zh"], "须同时给出"),
]


@pytest.mark.parametrize(("words", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_meant_is_refused_in_one_line(words: list[str], said: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--loans", "20", *words)
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_a_book_of_one_loan_is_told_like_any_other(run: Run) -> None:
    assert "not decided: 0" in run("--loans", "1", "--lang", "en")


def test_help_is_told_in_the_language_that_it_is_asked_for_in(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--help", "--lang", "zh")
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if line.startswith("  ") and not CHINESE.search(line) and "[--" not in line] == []


FOLDED: list[tuple[str, str, int, list[str]]] = [
    ("short", "a b", 9, ["a b"]),
    ("words", "one two three four", 9, ["one two", "  three", "  four"]),
    ("Chinese, two columns each", "本期必须回访，抽样", 10, ["本期必须回", "  访，抽样"]),
    ("no mark begins a line", "必须回访，抽样", 8, ["必须回", "  访，抽", "  样"]),
    ("further in than it began", "  one two three", 9, ["  one two", "    three"]),
    ("a word too long", "abcdefghijklm no", 6, ["abcdefghijklm", "  no"]),
]


@pytest.mark.parametrize(("line", "width", "lines"), [row[1:] for row in FOLDED], ids=[row[0] for row in FOLDED])
def test_a_narrow_terminal_gets_lines_that_fit(line: str, width: int, lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DEMO))
    assert list(importlib.import_module("terminal").folded(line, width)) == lines


def test_the_page_for_a_browser_is_one_file_in_one_language_that_fetches_nothing(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "book.html"
    assert run("--loans", "60", "--lang", "zh", "--html", str(page)) == [str(page)]
    written = page.read_text(encoding="utf-8")
    assert '<html lang="zh">' in written
    assert "<svg " in written
    assert not re.search(r"<script|<link|src=|url\(", written)
    assert run("--loans", "60", "--lang", "zh", "--html", str(page)) == [str(page)]
    assert page.read_text(encoding="utf-8") == written


def test_a_terminal_sees_how_far_it_is(run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err: list[str] = []
    monkeypatch.setattr(sys.stderr, "write", err.append)
    assert run("--loans", "120", "--lang", "en")
    assert [each.strip() for each in err if each.strip()] == ["50 ...", "100 ..."]


TODAY = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
ENVIRONMENTS: dict[str, tuple[str | None, str, str | None]] = {
    "nothing there, for the demo": (None, "", ""),
    "nothing there, for the tests": (None, "[test]", "[test]"),
    "all there, for the demo": (f"\n{TODAY}", "", None),
    "more than the demo needs": (f"[test]\n{TODAY}", "", None),
    "less than the tests need": (f"\n{TODAY}", "[test]", "[test]"),
    "that of yesterday": ("\nyesterday", "", ""),
    "that of yesterday, which had the tests": ("[test]\nyesterday", "", "[test]"),
    "one that does not say what it has": (TODAY, "", ""),
}


@pytest.mark.parametrize(("stamp", "extra", "installed"), ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_an_environment_is_made_with_no_more_than_a_command_needs(
    stamp: str | None, extra: str, installed: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setenv("VENV_DIR", str(tmp_path))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: commands.append([str(word) for word in command]))
    monkeypatch.setattr("venv.create", lambda *_, **__: None)
    if stamp is not None:
        tmp_path.joinpath("installed-for").write_text(stamp, encoding="utf-8")
    prepare = runpy.run_path(str(ROOT / "run.py"))["prepare"]
    prepare(extra)
    assert [command[-1] for command in commands] == ([] if installed is None else [f"{ROOT}{installed}"])
    prepare(extra)
    assert len(commands) <= 1


def test_help_tells_every_option_of_the_demo() -> None:
    told = subprocess.run([sys.executable, str(ROOT / "run.py"), "--help"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert [option for option in ("demo", "test", "--lang zh|en", "--explain LOAN", "--story", "--html FILE") if option not in told.stdout] == []

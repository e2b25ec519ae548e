"""The two commands of the README: `python3 run.py demo` and `python3 run.py test`.

The first run makes an environment in `.venv` and fills it from the package index; later runs start at once. Set
`VENV_DIR` to keep the environment elsewhere. Needs Python 3.11 or later, and nothing else installed.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / os.environ.get("VENV_DIR", ".venv")
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
COMMANDS: dict[str, list[str | Path]] = {
    "demo": [HERE / "docs" / "examples" / "revisits"],
    "test": ["-m", "pytest", "-q", "--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"],
}
EXTRAS = {"demo": "", "test": "[test]"}
"""What each command needs beside the package: the demo nothing, so that it is there in seconds."""

USAGE = f"usage: python3 run.py {'|'.join(COMMANDS)}"
HELP = f"""{USAGE}

  demo   decide a book of loans that is made up: the book in a dozen lines, and its worst loan on one page
         --lang zh|en    in Chinese or English
         --explain LOAN  one loan to the end, such as MU-0000908
         --story         one borrower once around: plan, visit, report, what it moves, measures, record, next plan
         --html FILE     as a page for a browser
         --help          all that it takes
  test   run all tests; words after it go to pytest

The first run makes an environment in .venv: for the demo attrs and pendulum, under 40 MB; for the tests everything that
they compare with, about a gigabyte."""


def prepare(extra: str) -> None:
    """Make the environment, or renew it where pyproject.toml has changed since, or where it has no *extra* yet."""
    stamp, wanted = HOME / "installed-for", (HERE / "pyproject.toml").read_text(encoding="utf-8")
    had, _, installed = stamp.read_text(encoding="utf-8").partition("\n") if stamp.exists() else ("", "", "")
    if installed == wanted and had in {extra, EXTRAS["test"]}:
        return
    extra = extra or (had if had in EXTRAS.values() else "")  # what was there is renewed with the rest
    print(f"making the environment in {HOME} (once) ...", end="", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    print(f" installing revisit-policy{extra} ...", end="", file=sys.stderr, flush=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--editable", f"{HERE}{extra}"], check=True)
    stamp.write_text(f"{extra}\n{wanted}", encoding="utf-8")
    print(" done\n", file=sys.stderr, flush=True)


def main(words: list[str]) -> int:
    """Run the command that *words* names, handing it the words after the first."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may be asked to run
        sys.exit("needs Python 3.11 or later, got " + sys.version.split()[0])
    if words[:1] in (["-h"], ["--help"], ["help"]):
        print(HELP)
        return 0
    if not words or words[0] not in COMMANDS:
        sys.exit(USAGE + "; --help tells more")
    prepare(EXTRAS[words[0]])
    return subprocess.run([PYTHON, *COMMANDS[words[0]], *words[1:]], cwd=Path.cwd() if words[0] == "demo" else HERE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

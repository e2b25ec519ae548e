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


def prepare() -> None:
    """Make the environment, or renew it where pyproject.toml has changed since."""
    stamp, wanted = HOME / "installed-for", (HERE / "pyproject.toml").read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"preparing {HOME} (once) ...", flush=True)
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--editable", f"{HERE}[test]"], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def main(words: list[str]) -> int:
    """Run the command that *words* names, handing it the words after the first."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may be asked to run
        sys.exit("needs Python 3.11 or later, got " + sys.version.split()[0])
    if not words or words[0] not in COMMANDS:
        sys.exit(f"usage: python3 run.py {'|'.join(COMMANDS)}")
    prepare()
    return subprocess.run([PYTHON, *COMMANDS[words[0]], *words[1:]], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

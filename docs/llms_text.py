"""llms.txt: the pages of the site as one list of Markdown, for readers that are programs."""

from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent
ROOMS = (("tutorial", "Lessons"), ("how-to", "Tasks"), ("explanation", "Why it is so"), ("reference", "Reference"))
HEAD = """# revisit_policy

> Post-loan revisit policies for housing loans as frozen values: a total function from a case file and a day to a decision with its reasons.
> Pure Python: nothing is read from disk, clock or network. Chinese and English in every label. One import: `import revisit_policy as rp`.

Each page is Markdown, and its blocks of code run.
"""


def llms_text() -> str:
    """The list: a line for each page, with its title and where its Markdown is, room by room."""
    rooms = [line for room, title in ROOMS for line in (f"## {title}", "", *_lines(room), "")]
    return "\n".join([HEAD, *rooms, "## Words", "", _line(DOCS / "glossary.md"), ""])


def _lines(room: str) -> Iterator[str]:
    return (_line(page) for page in sorted((DOCS / room).glob("*.md")) if page.stem != "index")


def _line(page: Path) -> str:
    title = next(line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("# ")).removeprefix("# ")
    return f"- [{title}](_sources/{page.relative_to(DOCS).as_posix()}.txt)"

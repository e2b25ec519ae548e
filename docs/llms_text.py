"""llms.txt: the pages of the site as one list of Markdown, for readers that are programs."""

from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent
ROOMS = (("tutorial", "Lessons"), ("how-to", "Tasks"), ("explanation", "Why it is so"), ("reference", "Reference"))
#: What a build makes of the library itself before it is listed. Of a room the text names its modules, whose docstrings the package has.
BUILT = (("reference/made", "Reference, made from the library"), ("reference/rooms", "Names of each room"))
HEAD = """# revisit_policy

> Post-loan revisit policies for housing loans as frozen values: a total function from a case file and a day to a decision with its reasons.
> Pure Python: nothing is read from disk, clock or network. Chinese and English in every label. One import: `import revisit_policy as rp`.

Each page is Markdown, and its blocks of code run; behind each stands about how long it is.
"""


def llms_text() -> str:
    """The list: a line for each page, with its title, where its Markdown is and how long that is, room by room."""
    rooms = [line for room, title in (*ROOMS, *BUILT) if (DOCS / room).is_dir() for line in (f"## {title}", "", *_lines(room), "")]
    return "\n".join([HEAD, *rooms, "## Words", "", _line(DOCS / "glossary.md"), ""])


def _lines(room: str) -> Iterator[str]:
    return (_line(page) for page in sorted((DOCS / room).glob("*.md")) if page.stem != "index")


def _line(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")
    return f"- [{title}](_sources/{page.relative_to(DOCS).as_posix()}.txt): {_size(text)}"


def _size(text: str) -> str:
    """How long a page is, in thousands of signs, so that whoever reads can tell what fits."""
    return f"{max(1, round(len(text) / 1000))},000 signs"

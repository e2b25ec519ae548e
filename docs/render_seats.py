"""Write the page of the seats of a policy from the rows that the library itself reads.

``python docs/render_seats.py`` writes it; ``--check`` writes nothing and fails if it is not up to date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from revisit_policy.decision.seats import handing_out
from revisit_policy.decision.seats.shape import SEATS, Seat, Shown

PAGE = Path(__file__).parent / "reference" / "seats.md"
HEAD = """\
# The seats of a policy

This page is written from the rows that the library itself reads: do not edit it, run `python docs/render_seats.py` when they change.

A policy is a set of tables, and a table that has the id of a seat is acted on.
Only `grade` has to be there.
What a table says is refused when the policy is built if its seat cannot act on it; a table of any other id is the bank's own: it is decided,
explained, compared and signed, and nothing is asked of a loan by it.
How a policy is written is told in [Write your bank's policy](../how-to/write-your-banks-policy.md).

"""
COLUMNS = ("table", "says", "folds", "asked", "handed out", "without the table", "columns of a frame")


def main(arguments: list[str]) -> int:
    """Write the page, or say that it is not up to date."""
    text = HEAD + "\n".join(lines()) + "\n"
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not up to date: run python docs/render_seats.py")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"wrote {PAGE.name}")
    return 0


def lines() -> Iterator[str]:
    """The table, row by row."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{'---|' * len(COLUMNS)}"
    for seat in SEATS:
        yield f"| {' | '.join(cells(seat))} |"


def cells(seat: Seat) -> Iterator[str]:
    """One seat."""
    yield f"`{seat.id}`" + (", obligatory" if seat.is_obligatory else "")
    order = ", mildest first" if seat.scale.order == "rising" else ", the most first" if seat.scale.order == "falling" else ""
    yield seat.scale.expected.rstrip(",") + order + (", every case answered" if seat.needs_answer else "")
    yield ", ".join(f"`{fold.value}`" for fold in seat.folds)
    yield "once a visit" if seat.per_visit else "once a case"
    yield handed(seat)
    yield absent(seat)
    yield "–" if seat.shown is Shown.NOWHERE else f"`{seat.column}`: {seat.shown.label('en')}"


def handed(seat: Seat) -> str:
    """What is handed out, by the first line of whatever does it."""
    way = getattr(handing_out, seat.hands_out.__qualname__.split(".", maxsplit=1)[0])
    first = str(way.__doc__).splitlines()[0].rstrip(".").replace("The way that hands out ", "").replace("*member*", "what is due").split("; *kinds*")[0]
    return first[0].lower() + first[1:] + (f", less what `{seat.bar}` rules out" if seat.bar else "")


def absent(seat: Seat) -> str:
    """What holds without the table."""
    if seat.is_obligatory:
        return "refused"
    said = {"level": "as loud as the loudest signal", "method": "the least thorough method", "turnaround": "no days of a result"}
    return said.get(seat.id, "nothing")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

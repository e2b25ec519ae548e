"""One job from file to file, alone in its process: prints the most memory that it took.

``frames.py`` starts it for each job: ``scan``, ``decide`` (key and decision are written) and ``decide all``.
"""

import sys
from pathlib import Path

import polars as pl
from frames_book import DENOMINATORS, GRAPH, KEY, decided
from loan_cases import ON

from revisit_policy import frames


def most() -> float:
    """The most memory so far, in GB: of this process, as Linux counts it, and not of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1e6


def main(job: str, folder: Path) -> None:
    """Do *job* and say what it took."""
    before = most()
    source, target = pl.scan_parquet(folder / "loans.parquet"), folder / "alone.parquet"
    match job:
        case "scan":
            source.select(pl.all().max()).collect(engine="streaming")
        case "decide":
            decided(source, "masks", keeping=(KEY,)).sink_parquet(target)
        case _:
            frames.decide(GRAPH, source, on=ON, denominators=DENOMINATORS).sink_parquet(target)
    print(f"{most():.2f} GB, {before:.2f} GB of it before it began")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

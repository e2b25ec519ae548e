"""How long tables take that have many outcomes and many rules: a rate card of eight products in hundreds of bands.

Run ``python docs/benchmarks/sizes.py`` on an idle machine; ``--quick`` takes a small card once. A card is decided by every fold
on every engine of this process, a thousand rows each. What is printed is the processor time of all threads from nothing, the
plan included: the median of three.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import duckdb
import polars as pl

from revisit_policy import Citation, DecisionGraph, Fact, Label, Rule, Score, Table, frames
from revisit_policy.frames.plan import plan_of

ON = dt.date(2026, 11, 24)
ROWS = 1_000
PRODUCTS = tuple(f"p{at}" for at in range(8))
HIGH = 4_000

#: How many outcomes and how many rules, the quick one first.
SIZES = ((20, 160), (80, 640), (500, 4_000))

FOLDS = ("first", "unique", "worst", "every", "total")

ENGINES: dict[str, Callable[[pl.DataFrame], Any]] = {
    "polars": lambda rows: rows,
    "DuckDB": lambda rows: duckdb.from_arrow(rows.to_arrow()),
    "pyarrow": lambda rows: rows.to_arrow(),
    "pandas": lambda rows: rows.to_pandas(),
}


def words(text: str) -> Label:
    """A label that nobody reads."""
    return Label(text, text)


def card(fold: str, outcomes: int, rules: int) -> DecisionGraph:
    """A table of this *fold*: each product has a rule for every band of days, and each outcome as many rules as the others."""
    product = Fact.choice("product", PRODUCTS, label=words("product"))
    age = Fact.count("age", low=0, high=HIGH, label=words("age"))
    bands = rules // len(PRODUCTS)
    width = HIGH // bands
    names: Any = tuple(f"rate-{at}" for at in range(outcomes + 1))
    otherwise: Any = {"every": (), "total": 0}.get(fold, names[0])
    made = [
        Rule(
            f"r{band}-{place}",
            when=product.is_in(code) & age.between(band * width, (band + 1) * width - 1),
            then=band if fold == "total" else names[1 + (band * len(PRODUCTS) + place) % outcomes],
            because=words("as the card says"),
            source=Citation(standing="proposal"),
        )
        for band in range(bands)
        for place, code in enumerate(PRODUCTS)
    ]
    scale: Any = Score(worse="high") if fold == "total" else names
    return DecisionGraph((Table("rate", outcomes=scale, fold=fold, rules=made, otherwise=otherwise, label=words("rate")),))


def book() -> pl.DataFrame:
    """Loans of every product and age, some of an age that nobody knows."""
    ages = [None if at % 50 == 0 else at * 7919 % HIGH for at in range(ROWS)]
    return pl.DataFrame({"product": [PRODUCTS[at % 8] for at in range(ROWS)], "age": ages})


def seconds(graph: DecisionGraph, frame: Any) -> float:
    """The processor time of a decision from nothing, to the last row."""
    plan_of.cache_clear()
    begun = time.process_time()
    found = frames.decide(graph, frame, on=ON)
    if isinstance(found, duckdb.DuckDBPyRelation):
        found.fetchall()
    return time.process_time() - begun


def main(given: list[str]) -> None:
    """Time every fold and engine."""
    sizes, rounds = (SIZES[:1], 1) if "--quick" in given else (SIZES, 3)
    rows = book()
    print(f"{'':32}" + "".join(f"{engine:>10}" for engine in ENGINES))
    for outcomes, rules in sizes:
        for fold in FOLDS:
            graph = card(fold, outcomes, rules)
            taken = [median(seconds(graph, made(rows)) for _ in range(rounds)) for made in ENGINES.values()]
            print(f"{fold}, {outcomes} outcomes, {rules:,} rules".ljust(32) + "".join(f"{time:8.2f} s" for time in taken))


if __name__ == "__main__":
    main(sys.argv[1:])

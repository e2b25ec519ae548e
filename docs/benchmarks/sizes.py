"""How long tables take that have many outcomes and many rules: a rate card in hundreds of bands of one fact, two or three.

Run ``python docs/benchmarks/sizes.py`` on an idle machine; ``--quick`` takes a small card once. A card is decided by every fold
on every engine of this process, a thousand rows each. What is printed is the processor time of all threads from nothing, the
plan included: the median of three.
"""

import datetime as dt
import sys
import time
from collections.abc import Callable
from functools import reduce
from itertools import product as product_of
from math import prod
from operator import and_
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
TERMS = 20

#: How many outcomes and how many rules, the quick one first.
SIZES = ((20, 160), (80, 640), (500, 4_000))

#: How many facts the cards read that all folds decide, and those that two of them decide beside.
FACTS, OTHER_FACTS = 2, (1, 3)

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


def card(fold: str, outcomes: int, rules: int, *, facts: int = 2) -> DecisionGraph:
    """A table of this *fold* over so many *facts*, with a rule for every part of the card; each outcome has as many as the others."""
    age, product, term = (
        Fact.count("age", low=0, high=HIGH, label=words("age")),
        Fact.choice("product", PRODUCTS, label=words("product")),
        Fact.count("term", low=0, high=TERMS * 12, label=words("term")),
    )
    parts = [[product.is_in(code) for code in PRODUCTS], [term.between(at * 12, at * 12 + 12) for at in range(TERMS)]][: facts - 1]
    bands = rules // prod(map(len, parts))
    width = HIGH // bands
    parts.insert(0, [age.between(band * width, (band + 1) * width) for band in range(bands)])
    names: Any = tuple(f"rate-{at}" for at in range(outcomes + 1))
    otherwise: Any = {"every": (), "total": 0}.get(fold, names[0])
    made = [
        Rule(
            f"r{at}",
            when=reduce(and_, when),
            then=at % 100 if fold == "total" else names[1 + at % outcomes],
            because=words("as the card says"),
            source=Citation(standing="proposal"),
        )
        for at, when in enumerate(product_of(*parts))
    ]
    scale: Any = Score(worse="high") if fold == "total" else names
    return DecisionGraph((Table("rate", outcomes=scale, fold=fold, rules=made, otherwise=otherwise, label=words("rate")),))


def book() -> pl.DataFrame:
    """Loans of every product and age, some of an age that nobody knows."""
    ages = [None if at % 50 == 0 else at * 7919 % HIGH for at in range(ROWS)]
    return pl.DataFrame({"product": [PRODUCTS[at % 8] for at in range(ROWS)], "age": ages, "term": [at * 31 % (TERMS * 12) for at in range(ROWS)]})


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
    print(f"{'':40}" + "".join(f"{engine:>10}" for engine in ENGINES))
    for outcomes, rules in sizes:
        asked = [(fold, FACTS) for fold in FOLDS] + [(fold, facts) for facts in OTHER_FACTS for fold in ("first", "worst")]
        for fold, facts in asked:
            graph = card(fold, outcomes, rules, facts=facts)
            taken = [median(seconds(graph, made(rows)) for _ in range(rounds)) for made in ENGINES.values()]
            title = f"{fold}, {facts} {'fact' if facts == 1 else 'facts'}, {outcomes} outcomes, {rules:,} rules"
            print(title.ljust(40) + "".join(f"{time:8.2f} s" for time in taken), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""How long exact questions about the shipped rulebook take.

Run ``python docs/benchmarks/analysis.py`` on an idle machine. Every question starts from nothing but the policy; what is
printed is the median and the least of several rounds, in milliseconds of processor time.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import attrs

from revisit_policy import RevisitPolicy, analysis, facts
from revisit_policy.rulebooks import cn_housing

Question = Callable[[], object]


def replaced(policy: RevisitPolicy, rule_id: str, **changed: object) -> RevisitPolicy:
    """*policy* with one rule changed."""
    return policy.replacing(attrs.evolve(policy.rule(rule_id), **changed))


def questions(policy: RevisitPolicy, older: RevisitPolicy) -> dict[str, Question]:
    """The questions by what they are called in the table."""
    threshold = replaced(policy, "overdue-90", when=facts.days_past_due > 60)
    signal = replaced(policy, "signal-ltv-thin", when=facts.ltv_now >= "0.75")
    cap = replaced(policy, "points-ltv-2", when=facts.ltv_now >= "0.75")
    return {
        "gaps": lambda: analysis.gaps(policy),
        "conflicts": lambda: analysis.overlaps(policy, settled=False),
        "dead rules": lambda: analysis.dead_rules(policy),
        "whole check": lambda: analysis.check(policy),
        "whole check, facts missing": lambda: analysis.check(policy, missing=True),
        "redundant rules": lambda: analysis.redundant(policy),
        "one rule of the grade": lambda: analysis.diff(policy, threshold),
        "one rule of the signals": lambda: analysis.diff(policy, signal),
        "one point of the interval": lambda: analysis.diff(policy, cap),
        "one rule of the grade, facts missing": lambda: analysis.diff(policy, threshold, missing=True),
        "one rule of the signals, facts missing": lambda: analysis.diff(policy, signal, missing=True),
        "one point of the interval, facts missing": lambda: analysis.diff(policy, cap, missing=True),
        "two editions": lambda: analysis.diff(older, policy),
        "two editions, facts missing": lambda: analysis.diff(older, policy, missing=True),
        "1 July 2024 against the day before": lambda: analysis.diff_in_time(policy, before="2024-06-30", after="2024-07-01"),
        "monotone in days past due": lambda: analysis.monotone(policy, facts.days_past_due, "interval"),
        "can it happen": lambda: analysis.can(policy, policy.grade.outcome <= "special_mention", given=facts.days_past_due > 90),
    }


def timed(question: Question, rounds: int) -> list[float]:
    """Milliseconds of processor time, one figure a round."""
    found = []
    for _ in range(rounds):
        began = process_time()
        question()
        found.append((process_time() - began) * 1000)
    return found


def main() -> None:
    """Print one row a question."""
    rounds = 1 if "--quick" in sys.argv else 9
    older, policy = (edition.policy for edition in cn_housing.rulebook.editions)
    assert older.graph.reader.tables
    assert policy.graph.reader.tables
    rules = sum(len(table.rules) for table in policy.tables)
    print(f"{rules} rules, {len(policy.tables)} tables, {len(policy.graph.facts)} facts; {sys.version.split()[0]}")
    print("| question | ms, median | ms, least |\n|---|---|---|")
    for name, question in questions(policy, older).items():
        times = timed(question, rounds)
        print(f"| {name} | {median(times):,.0f} | {min(times):,.0f} |")


if __name__ == "__main__":
    main()

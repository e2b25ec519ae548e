"""What a decision does, counted: the steps of Python's own machine that it takes, by function, beside those of the rival by hand.

Run ``python docs/benchmarks/decision_steps.py``. Steps are no times, but nothing else on the machine changes them, so that they tell
where the work is. Loans in order alone are counted, and those that were seen before.
"""

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

from decision import SEED, by_hand, decide, glance
from decision_cases import book

from revisit_policy import CaseFile, Level

LOANS = 40


def steps(call: Callable[[CaseFile], object], cases: list[CaseFile]) -> Counter[str]:
    """Steps a case, by the function that takes them."""
    taken: Counter[str] = Counter()

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        if event == "call":
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        elif event == "opcode":
            taken[frame.f_code.co_qualname] += 1
        return watch

    sys.settrace(watch)
    for case in cases:
        call(case)
    sys.settrace(None)
    return Counter({name: round(count / len(cases)) for name, count in taken.items()})


def main() -> None:
    """Count and print."""
    calm = [case for case in book(600, seed=SEED + 3) if (found := decide(case)).level is Level.NONE and len(found.schedule.all) <= 5][:LOANS]
    counted = {name: steps(call, calm) for name, call in {"decide": decide, "glance": glance, "by hand": by_hand}.items()}
    for name, found in counted.items():
        print(f"\n{name}: {found.total():,} steps in {len(found)} functions")
        print("\n".join(f"{count:7,}  {function}" for function, count in found.most_common(12)))


if __name__ == "__main__":
    main()

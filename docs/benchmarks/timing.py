"""Rivals timed side by side: rounds interleaved in one process, so that a busy machine slows all of them alike."""

import time
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import Any

import attrs


@attrs.frozen
class Run:
    """*call* on every one of *cases*, which are prepared beforehand."""

    call: Callable[[Any], object]
    cases: tuple[Any, ...]

    def nanoseconds(self) -> float:
        """Processor time a case."""
        return seconds(self._once) / len(self.cases) * 1e9

    def _once(self) -> None:
        call = self.call
        for case in self.cases:
            call(case)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of *work*: what other programs take meanwhile does not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def interleaved(runs: Mapping[str, Run], *, rounds: int) -> dict[str, tuple[float, ...]]:
    """Nanoseconds a case of every run, one figure a round, after one round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for count in range(rounds + 1):
        for name, run in runs.items():
            found = run.nanoseconds()
            if count:
                taken[name].append(found)
    return {name: tuple(times) for name, times in taken.items()}


def ratio(above: Iterable[float], below: Iterable[float]) -> float:
    """The median of the ratios of two runs, round by round."""
    return median(one / other for one, other in zip(above, below, strict=True))

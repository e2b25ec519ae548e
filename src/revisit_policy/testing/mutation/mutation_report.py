"""What became of the mutants of a policy: how many a team's tests noticed, which they did not, and which test noticed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from revisit_policy.speech.english import counted
from revisit_policy.testing.mutation.mutant import Mutant
from revisit_policy.values.validation import to_tuple

#: How many tests are named; how many more there are is said.
_MOST: Final = 10


@attrs.frozen(kw_only=True)
class MutationReport:
    """The outcome of a mutation run.

    Args:
        killed: How many mutants made a test fail.
        survivors: The mutants that no test noticed.
        equivalent: The mutants that no test noticed because they decide every case as the policy does; proved.
        killers: The tests that noticed, with the number of mutants of which each was the first to fail.
        about: Which rules were mutated, if not all.
        doubt: Why no test could notice anything, if that is so.
    """

    killed: int
    survivors: tuple[Mutant, ...] = attrs.field(converter=to_tuple)
    equivalent: tuple[Mutant, ...] = attrs.field(default=(), converter=to_tuple)
    killers: tuple[tuple[str, int], ...] = attrs.field(default=(), converter=to_tuple)
    about: str = ""
    doubt: str = ""

    @property
    def tried(self) -> int:
        """How many mutants a test could have noticed."""
        return self.killed + len(self.survivors)

    @property
    def percent(self) -> float:
        """The killed part of the mutants that are not equivalent; 100 if there are none."""
        return 100 * self.killed / self.tried if self.tried else 100.0

    def __str__(self) -> str:
        told = [self.about] if self.about else []
        for table, mutants in _by_table(self.survivors):
            told += [f"{table}: {counted(str(len(mutants)), 'faults')} unnoticed", *(f"nobody would notice if {mutant}" for mutant in mutants)]
        told += _killer_lines(self)
        besides = f"; {len(self.equivalent)} more decide every case as the policy does" if self.equivalent else ""
        told.append(f"{self.killed} of {self.tried} mutants killed ({self.percent:.1f} %){besides}")
        return "\n".join([*told, self.doubt] if self.doubt else told)


def mutation_markdown(report: MutationReport) -> str:
    """*report* as Markdown: the share killed and by which tests, the survivors by table, and those that change no decision."""
    lines = [f"{report.killed} of {report.tried} mutants are killed ({report.percent:.1f} %)."]
    lines += [f"\n{said[0].upper()}{said[1:]}." for said in (report.about, report.doubt) if said]
    for table, mutants in _by_table(report.survivors):
        lines += ["", f"In `{table}` nobody would notice if:", "", *(f"* {mutant}" for mutant in mutants)]
    if report.equivalent:
        lines += ["", "These decide every case as the policy does, which is proved:", "", *(f"* {mutant}" for mutant in report.equivalent)]
    return "\n".join(lines) + "\n"


def _by_table(mutants: Sequence[Mutant]) -> Iterator[tuple[str, list[Mutant]]]:
    for table in dict.fromkeys(mutant.table for mutant in mutants):
        yield table, [mutant for mutant in mutants if mutant.table == table]


def _killer_lines(report: MutationReport) -> Iterator[str]:
    """Which tests noticed, the one that noticed most first."""
    ranked = sorted(report.killers, key=lambda killer: -killer[1])
    if ranked:
        yield "noticed first by"
    yield from (f"  {number} of {report.killed}: {test}" for test, number in ranked[:_MOST])
    if len(ranked) > _MOST:
        yield f"  ... and {counted(str(len(ranked) - _MOST), 'more tests')}"

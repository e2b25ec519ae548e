"""What became of the mutants of a policy: how many a team's tests noticed, and which they did not."""

from __future__ import annotations

import attrs

from revisit_policy.testing.mutant import Mutant
from revisit_policy.values.validation import to_tuple


@attrs.frozen(kw_only=True)
class MutationReport:
    """The outcome of a mutation run.

    Args:
        killed: How many mutants made a test fail.
        survivors: The mutants that no test noticed.
        equivalent: The mutants that no test noticed because they decide every case as the policy does; proved.
    """

    killed: int
    survivors: tuple[Mutant, ...] = attrs.field(converter=to_tuple)
    equivalent: tuple[Mutant, ...] = attrs.field(default=(), converter=to_tuple)

    @property
    def percent(self) -> float:
        """The killed part of the mutants that are not equivalent; 100 if there are none."""
        tried = self.killed + len(self.survivors)
        return 100 * self.killed / tried if tried else 100.0

    def __str__(self) -> str:
        told = [f"nobody would notice if {mutant}" for mutant in self.survivors]
        tried = self.killed + len(self.survivors)
        besides = f"; {len(self.equivalent)} more decide every case as the policy does" if self.equivalent else ""
        return "\n".join([*told, f"{self.killed} of {tried} mutants killed ({self.percent:.1f} %){besides}"])


def mutation_markdown(report: MutationReport) -> str:
    """*report* as Markdown: the share killed, then the survivors, then those that change no decision."""
    tried = report.killed + len(report.survivors)
    lines = [f"{report.killed} of {tried} mutants are killed ({report.percent:.1f} %)."]
    for title, mutants in (("Nobody would notice if", report.survivors), ("These decide every case as the policy does, which is proved", report.equivalent)):
        if mutants:
            lines += ["", f"{title}:", "", *(f"* {mutant}" for mutant in mutants)]
    return "\n".join(lines) + "\n"

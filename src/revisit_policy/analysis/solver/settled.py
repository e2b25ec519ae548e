"""What a question has settled while it is still being answered: a budget that runs out leaves this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from revisit_policy.errors import AnalysisLimitError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label

if TYPE_CHECKING:
    from revisit_policy.analysis.answer import AnyFinding

FindingT = TypeVar("FindingT", bound="AnyFinding")


class Settled:
    """The proofs and the findings of a question so far, in the order in which they came.

    Questions write down each rule, pair or change as soon as it is settled; the search hands all of it to the error that
    ends it, so that no question has to catch anything.
    """

    def __init__(self) -> None:
        self.prefix = ""
        self.findings: list[AnyFinding] = []
        self._proved: list[str] = []
        self._noticed: tuple[str, ...] = ()

    @property
    def mark(self) -> int:
        """How much is proved, to be given to :meth:`conclude`."""
        return len(self._proved)

    def prove(self, proof: Label, **names: str) -> None:
        """Write down that *proof* holds, with *names* filled in."""
        self._proved.append(self._said(proof, names))

    def conclude(self, mark: int, proof: Label, **names: str) -> None:
        """Write down *proof* in the place of the parts proved since *mark*, which it says all of."""
        del self._proved[mark:]
        self.prove(proof, **names)

    def notice(self, sight: Label, **names: str) -> None:
        """Write down that there is something to find, of which the region is still to be worked out: often the most work."""
        self._noticed = (self._said(sight, names),)

    def _said(self, sentence: Label, names: Mapping[str, str]) -> Phrase:
        said = Phrase(sentence.zh, sentence.en, **names)
        return Phrase("{prefix}{said}", "{prefix}{said}", prefix=self.prefix, said=said) if self.prefix else said

    def find(self, finding: FindingT) -> FindingT:
        """Write *finding* down, in the place of what was noticed of it, and hand it on."""
        self._noticed = ()
        self.findings.append(finding)
        return finding

    def limit(self, budget: int) -> AnalysisLimitError:
        """The error of a question that *budget* steps are too few for."""
        return AnalysisLimitError(budget=budget, proved=(*self._proved, *self._noticed), findings=self.findings)

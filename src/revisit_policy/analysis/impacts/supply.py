"""Supply: what a caller adds to each case file of a book, and which version of a policy is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.errors import InvalidValueError, UnknownNameError
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import checked

#: Supplied facts by name, the same for every case file or made for each.
SuppliedFacts: TypeAlias = Mapping[str, object] | Callable[[CaseFile], Mapping[str, object]]


def policies_of(version: RevisitPolicy | Rulebook) -> tuple[RevisitPolicy, ...]:
    """The policies of which *version* may ask one, the oldest first."""
    return tuple(edition.policy for edition in version.editions) if isinstance(version, Rulebook) else (version,)


@attrs.frozen(eq=False)
class Supply:
    """What is *given* beside the case files to versions of a policy, of which each takes the names in *taken*."""

    given: SuppliedFacts
    taken: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, given: SuppliedFacts | None, versions: tuple[RevisitPolicy | Rulebook, ...]) -> Supply:
        """What *versions* are told of *given*.

        Raises:
            InvalidValueError: If it is neither a mapping nor a function.
            UnknownNameError: If no version takes a name of the mapping.
        """
        expected = Phrase("按名称给出的事实的值，或由案件得出它们的函数", "values of facts by name, or a function that makes them of a case file")
        if given is not None and not isinstance(given, Mapping) and not callable(given):
            raise InvalidValueError(owner="", field="supplied", value=given, expected=expected)
        taken = tuple(frozenset(name for policy in policies_of(version) for name in policy.supplied) for version in versions)
        supply = cls({} if given is None else given, taken)
        if isinstance(supply.given, Mapping):
            supply.check(supply.given)
        return supply

    def facts_of(self, case: CaseFile) -> Mapping[str, object]:
        """The supplied facts of *case*.

        Raises:
            InvalidValueError: If the function made no mapping.
            UnknownNameError: If it made a fact that no version takes.
        """
        if isinstance(self.given, Mapping):
            return self.given
        made = checked(
            self.given(case), Mapping, field="supplied", expected=Phrase("按名称得出事实之值的函数", "a function that makes values of facts by name")
        )
        self.check(made)
        return made

    def check(self, facts: Mapping[str, object]) -> None:
        """Refuse a name that no version takes."""
        known = tuple(sorted(frozenset().union(*self.taken)))
        for name in facts:
            if name not in known:
                raise UnknownNameError(kind=Phrase("补充事实", "supplied fact"), name=name, known=known)

    def told(self, case: CaseFile, version: RevisitPolicy | Rulebook) -> CaseFile:
        """The *case* with those of its own facts that *version* reads, and those that none does, which it refuses."""
        given: object = case
        if not isinstance(given, CaseFile) or not case.own:
            return case  # what is no case file is refused by whoever decides it
        read, known = set(version.supplied), frozenset().union(*self.taken)
        return attrs.evolve(case, own={name: value for name, value in case.own.items() if name in read or name not in known})

    def by_version(self, facts: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        """Of *facts* those that each version takes: what only one of them reads is no fault of the other."""
        for taken in self.taken:
            yield {name: value for name, value in facts.items() if name in taken}

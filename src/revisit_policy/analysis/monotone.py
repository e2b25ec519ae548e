"""Monotony: a worse fact never makes an outcome better."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Literal, TypeAlias, cast

import attrs

from revisit_policy.analysis.answer import Answer, answer
from revisit_policy.analysis.differences.difference import reachable
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.analysis.region import region_of
from revisit_policy.analysis.space.asking import to_condition
from revisit_policy.analysis.space.axis import Axis
from revisit_policy.analysis.space.telling import Telling
from revisit_policy.analysis.study import STEPS, MissingFacts, Study
from revisit_policy.errors import InvalidPolicyError, InvalidValueError
from revisit_policy.language.condition import ALWAYS, COMPARES, Condition
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.fact import Fact
from revisit_policy.language.fold import Fold
from revisit_policy.language.scale import Scale, Score
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import outcome_text, value_text
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import checked, found_in

Direction: TypeAlias = Literal["higher", "lower"]

CLAIM: Final = {
    "higher": Label("{fact}升高不会使{table}变好", "a higher {fact} never makes {table} milder"),
    "lower": Label("{fact}降低不会使{table}变好", "a lower {fact} never makes {table} milder"),
}
BROKEN: Final = Label(
    "{fact}由{one}变为{other}时，{table}由{before}变为{after}",
    "{fact} from {one} to {other} takes {table} from {before} to {after}",
)


@attrs.frozen(kw_only=True)
class NotMonotone:
    """Two cases that differ in one fact alone, of which the one with the worse fact has the better outcome.

    Args:
        fact: The fact.
        table: The table.
        before: The outcome with the better fact.
        after: The milder outcome with the worse fact.
        region: Where it happens, in the other facts: that and no more, unless *is_exact* is false.
        witness: Facts with the better value.
        worse_witness: The same facts with the worse one.
        is_exact: Whether the region is that and no more; else it is the least box around what nobody could read.
    """

    fact: Fact
    table: Table
    before: object
    after: object
    region: Condition
    witness: Witness
    worse_witness: Witness
    is_exact: bool = True

    def sentence(self, lang: str | Lang = "en") -> str:
        """What was found, in one sentence."""
        lang = to_lang(lang)
        one, other = (witness.facts[self.fact.name] for witness in (self.witness, self.worse_witness))
        shown = [value_text(self.fact, self.fact.domain.encode(value), lang) for value in (one, other)]
        return BROKEN.filled(
            lang,
            fact=self.fact.label.text(lang),
            one=shown[0],
            other=shown[1],
            table=self.table.label.text(lang),
            before=outcome_text(self.before, lang),
            after=outcome_text(self.after, lang),
        )


def monotone(  # noqa: PLR0913 - the options of a question
    policy: object,
    fact: Fact,
    outcome: str | Table,
    *,
    worse: Direction = "higher",
    given: Condition = ALWAYS,
    missing: MissingFacts = False,
    budget: int = STEPS,
) -> Answer[NotMonotone]:
    """The proof that a worse *fact*, all others staying as they are, never makes an outcome milder; or two cases.

    Facts that share fields of a case file, such as two debt-service ratios, are moved one at a time.

    Args:
        policy: A table, a decision graph or a policy.
        fact: The fact that gets worse; a flag gets worse when it is set.
        outcome: The table, or its id, with an ordered scale or points; for an EVERY table no outcome may be lost.
        worse: Whether a ``"higher"`` or a ``"lower"`` value is the worse one.
        given: Only cases in which this holds before and after are asked about.
        missing: The names of facts that can be unknown, ``True`` for all; *fact* itself is known.
        budget: The steps that the search may take.

    Raises:
        InvalidPolicyError: If the fact has no order, or the table none.
        UnknownNameError: If there is no such table.
        AnalysisLimitError: If *budget* runs out.

    Examples:
        >>> from revisit_policy.rulebooks import cn_housing
        >>> from revisit_policy import facts
        >>> policy = cn_housing.policy()
        >>> monotone(policy, facts.days_past_due, "grade").is_proved
        True
    """
    checked(fact, Fact, field="fact", expected=Phrase("事实", "a fact"))
    to_condition(given, field="given")
    direction: object = worse
    if type(direction) is not str or direction not in CLAIM:
        raise InvalidValueError(owner="", field="worse", value=worse, expected=Phrase('"higher" 或 "lower"', '"higher" or "lower"'))
    if isinstance(fact.domain, Choices) and not fact.domain.ordered:
        raise InvalidPolicyError(subject=fact.name, problem=Phrase("没有次序，无从比较值的优劣", "has no order, so that no value is worse than another"))
    study = Study.of(policy, missing=missing, besides=(given,), budget=budget)
    telling = _telling(study, outcome)
    claim = _claim(CLAIM[worse], fact, telling.table)
    place = study.space.place.get(fact.name)
    if place is None:  # no rule compares it
        return answer(claim, ())
    found = _broken(study, telling, place, worse=worse, given=given)
    return answer(claim, () if found is None else (found,), notes=study.notes)


def _claim(template: Label, fact: Fact, table: Table) -> Label:
    return template.with_parts(fact=fact.label, table=table.label)


def _telling(study: Study, outcome: str | Table) -> Telling:
    name = outcome.id if isinstance(outcome, Table) else outcome
    found = found_in(study.tables, name, kind=Phrase("表", "table"))
    scale = found.table.outcomes
    if found.table.fold is not Fold.EVERY and isinstance(scale, Scale) and not scale.ordered:
        raise InvalidPolicyError(subject=name, problem=Phrase("没有次序，无从比较结论的轻重", "has no order, so that no outcome is milder than another"))
    return found


def _broken(study: Study, telling: Telling, at: int, *, worse: Direction, given: Condition) -> NotMonotone | None:
    axis, book = study.space.axes[at], study.book
    cells = range(len(axis.cells))
    for one, other in pairwise(cells if worse == "higher" else reversed(cells)):
        better, worst = {at: 1 << one}, {at: 1 << other}
        asked = book.both((study.surely(given), study.possible))
        frame = book.both((book.within(asked, better), book.within(asked, worst)))
        for step in _steps(telling):
            lost = book.both((frame, book.within(step, better), book.opposite(book.within(step, worst))))
            rest = study.cells(lost)
            if rest is not None:
                two = [[place if other_axis == at else cell for other_axis, cell in enumerate(rest)] for place in (one, other)]
                return _finding(study, telling, axis, lost, two)
    return None


def _steps(telling: Telling) -> list[int]:
    """What may not be lost: "at least so severe" for every place, or every element of a set."""
    if telling.table.fold is Fold.EVERY:
        return telling.certain
    if isinstance(telling.table.outcomes, Score):
        is_worse = COMPARES[">=" if telling.table.outcomes.worse == "high" else "<="]
        return [telling.total(lambda total, limit=limit: is_worse(total, limit)) for limit in sorted(reachable(telling))]  # type: ignore[misc] # a default in a lambda
    return [telling.book.either(telling.established[place:]) for place in range(1, len(telling.established))]


def _finding(study: Study, telling: Telling, axis: Axis, lost: int, cells: list[list[int]]) -> NotMonotone:
    witness, worse_witness = map(study.shown, cells)
    before, after = (
        _outcome(telling.table, found.read_by(study.graphs[0], telling.table.id)[telling.table.id].ruling.outcome)
        for found in (witness, worse_witness)
    )
    if not _is_milder(telling.table, before, after):
        raise AssertionError(witness)  # the readers disagree: a fault of this library
    region, is_exact = region_of(study, lost)
    return NotMonotone(
        fact=axis.fact,
        table=telling.table,
        before=before,
        after=after,
        region=region,
        is_exact=is_exact,
        witness=witness,
        worse_witness=worse_witness,
    )


def _outcome(table: Table, outcome: object) -> object:
    return tuple(cast("tuple[object, ...]", outcome)) if table.fold is Fold.EVERY else outcome


def _is_milder(table: Table, before: object, after: object) -> bool:
    if table.fold is Fold.EVERY:
        return not set(cast("tuple[object, ...]", before)) <= set(cast("tuple[object, ...]", after))
    if isinstance(table.outcomes, Score):
        return COMPARES["<" if table.outcomes.worse == "high" else ">"](after, before)
    scale = table.outcomes
    places = [-1 if outcome is None else scale.place(outcome) for outcome in (before, after)]
    return places[1] < places[0]

"""Changes: a region in which two versions of a policy do not say the same of one table."""

from __future__ import annotations

from typing import Any, Final

import attrs

from revisit_policy.analysis.answer import table_text
from revisit_policy.analysis.examples.witness import Witness
from revisit_policy.language.condition import Condition
from revisit_policy.language.fold import Fold, Ruling, Status
from revisit_policy.language.readers.reference import Reading
from revisit_policy.language.table import Table
from revisit_policy.language.words.wording import joined_text, outcome_text
from revisit_policy.speech.joining import clauses
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.labels import Label, Labelled, Lang, to_lang


class Aspect(Labelled, zh="方面"):
    """What of a verdict differs."""

    ESTABLISHED = "established", "结论", "the outcome"
    AT_WORST = "at_worst", "最坏可能", "the worst that is possible"
    POSSIBLE = "possible", "可能的结论", "what is possible"


CHANGED: Final = Label(
    "{table}{aspect}由{old}变为{new}", "{table}: {aspect} changes from {old} to {new}"
)
GAINED: Final = Label("{table}{aspect}增加{new}", "{table}: {aspect} gains {new}")
LOST: Final = Label("{table}{aspect}不再有{old}", "{table}: {aspect} loses {old}")
NOTHING: Final = Label("无结论", "no outcome")
RULE: Final = Label("规则：{rule}", "rule: {rule}")
RULES: Final = Label("规则：{old} → {new}", "rules: {old} → {new}")
THROUGH: Final = Label("经由{tables}", "through {tables}")
OTHERWISE: Final = Label("兜底", "otherwise")


@attrs.frozen(kw_only=True)
class Change:
    """A region in which the verdict of one table differs.

    Args:
        table: The table, as it is in the new version.
        aspect: What of its verdict differs.
        old: What the old version says: an outcome, ``Status.GAP`` or ``Status.CONFLICT``, ``None`` where nothing is
            established. Of a set, and of what is possible, the element lost: a tuple of one or none.
        new: What the new version says; of a set the element gained.
        rules_before: The rules that make the old outcome of the witness; none if `otherwise` does.
        rules_after: The rules that make the new one.
        through: The earlier tables whose own outcomes differ for the witness: the change reaches this table through them.
        region: Where it differs in this way: all of it and nothing else, unless *is_exact* is false.
        witness: Facts that show it.
        is_exact: Whether the region is that and no more. A scorecard crosses a limit in so many ways that nobody could read them; of
            such a change the region is the least box around all of them. Proofs (:meth:`Diff.within`) are exact all the same.
    """

    table: Table
    aspect: Aspect
    old: Any
    new: Any
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]
    through: tuple[str, ...]
    region: Condition
    witness: Witness
    is_exact: bool = True

    def __rich_repr__(self) -> Shown:
        yield Words(self.sentence())
        yield "region", Words(repr(self.region))
        yield "rules_before", few(self.rules_before)
        yield "rules_after", few(self.rules_after)
        yield "through", self.through, ()
        yield "witness", self.witness
        yield "is_exact", self.is_exact, True

    def sentence(self, lang: str | Lang = "en") -> str:
        """What changes, the rules responsible, and the way it came, in one sentence."""
        lang = to_lang(lang)
        parts = [self._change(lang), *self._rules(lang)]
        if self.through:
            parts.append(THROUGH.filled(lang, tables=joined_text(self.through, lang)))
        return clauses(parts, lang)

    def to_svg(self, lang: str | Lang = "en") -> str:
        """The change as a picture: its sentence, and of every figure the stretch in which it is, with the witness.

        Args:
            lang: ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        from revisit_policy.analysis.differences.change_drawing import change_drawn  # noqa: PLC0415 - pictures are loaded when asked for

        return change_drawn(self, to_lang(lang))

    def _rules(self, lang: Lang) -> tuple[str, ...]:
        before, after = (joined_text(rules, lang) for rules in (self.rules_before, self.rules_after))
        if not before and not after:
            return ()
        if self._is_of_elements:
            return (RULE.filled(lang, rule=before or after),)
        nothing = OTHERWISE.text(lang)
        return (RULES.filled(lang, old=before or nothing, new=after or nothing),)

    @property
    def _is_of_elements(self) -> bool:
        return self.table.fold is Fold.EVERY or self.aspect is Aspect.POSSIBLE

    def _change(self, lang: Lang) -> str:
        template = CHANGED if not self._is_of_elements else GAINED if self.new else LOST
        old, new = (NOTHING.text(lang) if said is None else outcome_text(said, lang) for said in (self.old, self.new))
        return template.filled(lang, table=table_text(self.table, lang), aspect=self.aspect.label(lang), old=old, new=new)


def established(ruling: Ruling) -> Any:  # noqa: ANN401 - an outcome of any scale
    """What *ruling* establishes, a gap and a conflict included."""
    return ruling.status if ruling.status in {Status.GAP, Status.CONFLICT} else ruling.outcome


def possible(table: Table, reading: Reading) -> tuple[Any, ...]:
    """The candidates of *reading*, and ``None`` if it may be that no rule holds and nothing is said for that case."""
    settled = reading.fired & ~table.folding.absence
    is_open = table.folding.otherwise is None and not settled
    return (*reading.ruling.candidates, *((None,) if is_open else ()))


def responsible(table: Table, reading: Reading, outcome: Any) -> tuple[str, ...]:  # noqa: ANN401 - an outcome of any scale
    """The rules of *table* that make *outcome* in one reading; none if `otherwise` does, or nothing is said."""
    if outcome is None or outcome == ():
        return ()
    wanted = set(reading.ruling.candidates) if outcome is Status.CONFLICT else set(outcome) if isinstance(outcome, tuple) else {outcome}
    heard = reading.fired | reading.open
    found = []
    for at, line in enumerate(table.lines):
        said = line.place if table.fold is Fold.TOTAL else _outcome_at(table, line.place)
        if heard >> at & 1 and (table.fold is Fold.TOTAL or said in wanted):
            found.append(line.rule.id)
            if table.fold is Fold.FIRST and reading.fired >> at & 1:
                break
    return tuple(dict.fromkeys(found))


def _outcome_at(table: Table, place: int) -> Any:  # noqa: ANN401 - of the kind that its scale has
    return table.outcomes.outcomes[place]  # type: ignore[union-attr] # a scale, unless the fold is TOTAL

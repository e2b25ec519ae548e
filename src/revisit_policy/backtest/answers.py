"""What a policy says of the loans of a period: months, points and the like, one number a row."""

from __future__ import annotations

import attrs
import polars as pl

from revisit_policy.backtest.arranged import Period
from revisit_policy.backtest.panel import Panel, layout_of
from revisit_policy.backtest.plans import Planned
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.deciding import check, decided
from revisit_policy.frames.outputs.answers import answers_of
from revisit_policy.frames.outputs.output import Meaning, Output, Trace
from revisit_policy.frames.subject import Policy, subject_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault

_PREFIX = "\0"


def answers(policy: Policy | None, period: Period, *, names: tuple[str, ...], layout: Layout) -> pl.DataFrame:
    """The columns *names*, as a policy decides them on the day of the period, or as the panel has them.

    Raises:
        InvalidInputError: If neither has such a column, or it holds no numbers.
    """
    if policy is None:
        return period.of(names)
    subject = attrs.evolve(subject_of(policy), wanted=frozenset(names))
    made = {answer.output.name: answer.output for answer in answers_of(subject, Trace.NONE)}
    if not made:
        return period.of(names)
    found = decided(subject, period.rows, on=period.on, trace=Trace.NONE, prefix=_PREFIX, layout=layout)
    return found.select(_numbers(made[name], pl.col(_PREFIX + name)).alias(name) if name in made else pl.col(name) for name in names)


def _numbers(output: Output, column: pl.Expr) -> pl.Expr:
    """A column of the policy, places on a scale of whole numbers as those numbers."""
    if output.meaning is not Meaning.PLACE:
        return column
    return column.replace_strict(dict(enumerate(output.items)), return_dtype=pl.Int64)


def check_answers(policy: Policy | None, rows: pl.DataFrame, *, names: tuple[str, ...], layout: Layout) -> None:
    """Do nothing if *rows* have all that a policy reads, and there will be numbers in the columns *names*.

    Raises:
        InvalidInputError: If they lack a column, or one of the *names* will not be there or hold no numbers.
    """
    numbers: dict[str, bool] = {name: dtype.is_numeric() or dtype == pl.Boolean for name, dtype in rows.schema.items()}
    if policy is not None:
        check(policy, rows, **layout)
        for answer in answers_of(subject_of(policy), Trace.NONE):
            output = answer.output
            on_scale = output.meaning is Meaning.PLACE and all(isinstance(item, int) for item in output.items)
            numbers[output.name] = on_scale or output.meaning in {Meaning.POINTS, Meaning.NUMBER}
    known = ", ".join(name for name, is_number in numbers.items() if is_number)
    faults = [fault(name, name, Phrase("{known} 之一", "one of {known}", known=known)) for name in names if not numbers.get(name)]
    if faults:
        raise InvalidInputError.of("plan", [InvalidValueError(owner="plan", field="by", value=each.value, expected=each.expected) for each in faults])


@attrs.define(kw_only=True, eq=False)
class Answered:
    """What policies said of a panel, kept for whoever asks again: another capacity, or other loans, get the same answers.

    Args:
        panel: The panel.
        said: By policy and names, then by period.
        visits: The visits of plans that were replayed.
        undecided: Of how many rows the plan that was replayed last was told nothing.
        keeps: Whether answers are kept, which takes memory.
    """

    panel: Panel
    keeps: bool = True
    said: dict[tuple[Policy | None, tuple[str, ...], int], pl.DataFrame] = attrs.field(factory=dict)
    visits: dict[Planned, tuple[pl.DataFrame, int]] = attrs.field(factory=dict)
    undecided: int = 0

    def answers(self, policy: Policy | None, period: Period, *, names: tuple[str, ...]) -> pl.DataFrame:
        """As `answers` has them; those of a policy are worked out once."""
        if policy is None:
            return period.of(names)
        key = (policy, names, period.at)
        if key in self.said:
            return self.said[key]
        found = answers(policy, period, names=names, layout=layout_of(self.panel))
        if self.keeps:
            self.said[key] = found
        return found

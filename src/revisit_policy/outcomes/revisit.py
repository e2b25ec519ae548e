"""One required visit."""

import attrs

from revisit_policy.outcomes.results.result import Result
from revisit_policy.outcomes.window import Window
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Label, Labelled, OrderedLabelled
from revisit_policy.values.validation import gather, gathering, to_texts


class VisitStatus(OrderedLabelled, zh="回访状态"):
    """How an open visit stands on a day."""

    ON_TRACK = "on_track", "正常推进", "on track"
    AT_RISK = "at_risk", "有逾期风险", "at risk"
    LATE = "late", "已逾期", "late"


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Revisit:
    """One visit to be made: by when, by which means, what for.

    One visit can serve several obligations. *kind* and *window* then speak of the one that closes first, and *serves*
    and *triggers* list all.

    Args:
        kind: Of the obligation that closes first.
        window: When the visit is to be made.
        method: By which means.
        officers: How many people it takes.
        checklist: What to verify.
        result: When the result can be expected: four days, each with its steps.
        reasons: Ids of the rules that made the visit due and chose its method, in order.
        serves: The kinds of all obligations the visit serves.
        triggers: Codes of the signals it answers.
        is_projection: Whether it is foreseen only: all that it serves rests on an earlier visit or valuation that is
            still to be made. A projection is no obligation yet.

    Raises:
        InvalidInputError: If a reason or a trigger is not text on one line.

    Examples:
        >>> from revisit_policy.outcomes.visit import VisitKind, VisitMethod
        >>> window = Window(opens="2025-02-14", due="2025-03-14", closes="2025-04-15")
        >>> result = Result.of(earliest="2025-02-19", expected="2025-03-19", latest="2025-04-18")
        >>> visit = Revisit(kind=VisitKind.FIRST, window=window, method=VisitMethod.PHONE, result=result)
        >>> [visit.status(Date(2025, *day)) for day in ((3, 14), (3, 17), (4, 16))]
        [VisitStatus.ON_TRACK, VisitStatus.AT_RISK, VisitStatus.LATE]
    """

    kind: Labelled
    window: Window
    method: OrderedLabelled
    officers: int = 1
    checklist: tuple[Label, ...] = ()
    result: Result
    reasons: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    serves: tuple[Labelled, ...] = ()
    triggers: tuple[str, ...] = attrs.field(default=(), converter=to_texts)
    is_projection: bool = False

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def result_due(self) -> Result:
        """The *result*, by its former name."""
        return self.result

    @property
    def is_overdue(self) -> bool:
        """Whether an obligation it serves has been missed."""
        return self.window.missed_on is not None

    def status(self, on: Date) -> VisitStatus:
        """How the visit stands if it has not been made by the end of *on*.

        Late once a deadline has passed, at risk once the day to aim at has, on track until then.

        Args:
            on: Any day, usually later than the one the schedule was made for.
        """
        on = to_date(on, field="on")
        if self.is_overdue or on > self.window.closes:
            return VisitStatus.LATE
        return VisitStatus.AT_RISK if on > self.window.due else VisitStatus.ON_TRACK

    def __rich_repr__(self) -> Shown:
        window, result = self.window, self.result
        yield "kind", self.kind
        for name in ("opens", "due", "closes"):
            yield name, Words(str(getattr(window, name)))
        yield "missed_on", Words(str(window.missed_on)), Words("None")
        yield "method", self.method
        yield "officers", self.officers
        yield "result", Words(f"{result.earliest} to {result.latest}, expected {result.expected}")
        yield "serves", few(kind.value for kind in self.serves), ()
        yield "triggers", few(self.triggers), ()
        yield "reasons", few(self.reasons), ()
        yield "is_projection", self.is_projection, False

"""Questions: for which day a case is decided, how far ahead, on which calendar, and what the caller adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.fields import day_or_unknown, to_day
from revisit_policy.errors import InvalidInputError, InvalidValueError, UnknownNameError
from revisit_policy.language.fact import Assumption
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months
from revisit_policy.values.validation import fault, gather, gathering, refused, to_tuple_of
from revisit_policy.values.working_days import WorkCalendar

if TYPE_CHECKING:
    from revisit_policy.decision.policy_reader import PolicyReader


_months_after: Final = lru_cache(maxsize=64)(add_months)
_CALENDAR_IS_DUE: Final = Phrase("工作日历，因为政策本身没有", "a calendar of working days, because the policy has none of its own")


def to_calendar(value: WorkCalendar) -> WorkCalendar:
    """The calendar itself.

    Raises:
        InvalidValueError: If it is none.
    """
    if isinstance(value, WorkCalendar):
        return value
    raise refused(value, Phrase("工作日历，如 NoticeCalendar", "a calendar of working days, such as a NoticeCalendar"))


def _to_supplied(value: Mapping[str, object] | None) -> Mapping[str, object]:
    if value is None or isinstance(value, Mapping):
        return value or {}
    raise refused(value, Phrase("按名称给出的事实的值", "values of facts by name"))


def _as_given(question: Question) -> tuple[tuple[str, object], ...]:
    """What is supplied; nothing while it is no mapping, which is about to be refused."""
    given: object = question.supplied
    return tuple(given.items()) if isinstance(given, Mapping) else ()


def _to_told(value: tuple[tuple[str, object], ...]) -> tuple[tuple[str, object], ...]:
    pairs: object = value
    if isinstance(pairs, tuple) and all(isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str) for pair in pairs):  # noqa: PLR2004 - a pair
        return value
    raise refused(value, Phrase("名称与值的若干对", "pairs of a name and a value"))


def _to_assumptions(value: Sequence[Assumption]) -> tuple[Assumption, ...]:
    return to_tuple_of(Assumption, value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Question:
    """What a policy is asked besides the case file; the same for every case of a batch.

    Args:
        on: The decision day.
        until: The last day of the schedule, inclusive; ``None`` for the horizon of the policy.
        calendar: The working days; ``None`` for the policy's own.
        supplied: Values of supplied facts by name.
        assuming: Stand-ins for facts that turn out unknown.
        told: What is supplied, as the caller gave it: the whole of it, whatever the policy reads.

    Raises:
        InvalidInputError: If a field is malformed, or *until* is before *on*; all faults together, and by the names of
            the parameters that the caller wrote.
    """

    on: Date = attrs.field(converter=to_day)
    until: Date | None = attrs.field(default=None, converter=day_or_unknown)
    calendar: WorkCalendar | None = attrs.field(default=None, converter=attrs.converters.optional(to_calendar))
    supplied: Mapping[str, object] = attrs.field(default=None, converter=_to_supplied)
    assuming: tuple[Assumption, ...] = attrs.field(default=(), converter=_to_assumptions)
    told: tuple[tuple[str, object], ...] = attrs.field(default=attrs.Factory(_as_given, takes_self=True), converter=_to_told)

    def __attrs_post_init__(self) -> None:
        gather(self, _horizon_lies_ahead, place="")

    def days_for(self, policy: PolicyReader) -> tuple[Date, Date, WorkCalendar]:
        """The decision day, the last day of the schedule and the calendar, as *policy* fills them in.

        Raises:
            InvalidInputError: If neither the question nor the policy says what a working day is.
        """
        until = _months_after(self.on, policy.conventions.horizon_months) if self.until is None else self.until
        calendar = policy.calendar if self.calendar is None else self.calendar
        if calendar is None:
            raise InvalidInputError.of("decide", [InvalidValueError(owner="", field="calendar", value=None, expected=_CALENDAR_IS_DUE)])
        return self.on, until, calendar

    def check_supplied(self, known: tuple[str, ...]) -> None:
        """Do nothing if what is supplied goes by names that are *known*.

        Raises:
            UnknownNameError: If a name is that of a fact that is not read, is made from the case file, or, as the kind of
                a visit, is said by the policy itself.
        """
        for name in self.supplied:
            if name not in known:
                raise UnknownNameError(kind=Phrase("补充事实", "supplied fact"), name=name, known=known)

    def beside(self, case: CaseFile, policy: PolicyReader) -> tuple[CaseFile, Mapping[str, object]]:
        """The *case* with the own facts that are supplied in place of its own, what no register mentions, and what else is supplied."""
        own: Any = {name: value for name, value in self.supplied.items() if name in policy.own}
        rest = {name: value for name, value in self.supplied.items() if name not in own}
        known: Any = {**policy.no_entries, **case.own, **own}
        return (case if len(known) == len(case.own) and not own else attrs.evolve(case, own=known)), rest

    def put_to(self, policy: PolicyReader) -> Question:
        """The question as far as *policy* can be asked it: of what is supplied, what it reads."""
        if all(name in policy.supplied for name in self.supplied):
            return self
        return attrs.evolve(self, supplied={name: value for name, value in self.supplied.items() if name in policy.supplied})


def asked(
    on: str | dt.date,
    *,
    until: str | dt.date | None = None,
    calendar: WorkCalendar | None = None,
    supplied: Mapping[str, object] | None = None,
    assuming: Sequence[Assumption] = (),
) -> Question:
    """The question of these parts; where nothing but days is said the same object for the same days, because every case of a book is asked it.

    Raises:
        InvalidInputError: As of `Question`.
    """
    is_plain = calendar is None and supplied is None and type(assuming) is tuple and not assuming
    if is_plain and (type(on) is Date or type(on) is str) and (until is None or type(until) is Date or type(until) is str):
        return _on_a_day(on, until)
    return Question(on=on, until=until, calendar=calendar, supplied=supplied, assuming=assuming)


@lru_cache(maxsize=64)
def _on_a_day(on: str | dt.date, until: str | dt.date | None) -> Question:
    return Question(on=on, until=until)


def _horizon_lies_ahead(question: Question) -> InvalidValueError | None:
    if question.until is None or question.until >= question.on:
        return None
    return fault("until", str(question.until), Phrase("不早于决策日（{on}）", "on or after the decision day ({on})", on=question.on))


def check_own(case: CaseFile, known: tuple[str, ...]) -> None:
    """Do nothing if the own facts of the *case* go by names that are *known*.

    Raises:
        UnknownNameError: If a name is that of no own fact that is read, with the nearest.
    """
    for name in case.own:
        if name not in known:
            raise UnknownNameError(kind=Phrase("自有事实", "own fact"), name=name, known=known)


def decision_day(on: str | dt.date) -> Date:
    """The day *on*.

    Raises:
        InvalidInputError: If it is none.
    """
    try:
        return to_day(on)
    except InvalidValueError as error:
        raise InvalidInputError.of("decide", [error.located(owner="", field="on")]) from None


def checked_case(case: CaseFile) -> CaseFile:
    """The case file itself.

    Raises:
        InvalidInputError: If it is none.
    """
    if isinstance(case, CaseFile):
        return case
    raise InvalidInputError.of("decide", [InvalidValueError(owner="", field="case", value=case, expected=Phrase("CaseFile", "a CaseFile"))])

"""Replays: a stored decision asked anew, and what has become otherwise since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from revisit_policy.decision.decision import Decision
from revisit_policy.errors import InvalidInputError, InvalidValueError
from revisit_policy.policy.json_text import Plain, json_text
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook
from revisit_policy.records.codecs.meanings import RECORD
from revisit_policy.records.decision_record import DecisionRecord
from revisit_policy.records.record_form import from_dict, from_json
from revisit_policy.records.recording import recorded
from revisit_policy.speech.joining import listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words, few
from revisit_policy.values.labels import Label, Lang, to_lang
from revisit_policy.values.validation import checked
from revisit_policy.values.working_days import NoticeCalendar, WorkCalendar

_EQUAL: Final = Label("与存档逐字节一致", "the same as stored, byte for byte")
_EQUAL_BY_ANOTHER: Final = Label(
    "结果与存档逐字节一致，但作出它的{causes}已不同", "the outcome is the same as stored, byte for byte, but not what made it: {causes}"
)
_DIFFERS: Final = Label("与存档不一致：{count}处", "not as stored: {count} differences")
_LINE: Final = Label("{path}：存档为{stored}，现为{now}", "{path}: stored {stored}, now {now}")
_CAUSE: Final = Label("{what}：存档时为{stored}，现为{now}", "{what}: {stored} when it was stored, {now} now")
_NOTHING: Final = Label("无", "nothing")
#: What may have become another since, in the order in which it is told.
_CAUSES: Final = ("digest", "version", "edition", "edition_before", "digest_before", "calendar", "library")
#: Those of them that tell what was signed.
_DIGESTS: Final = frozenset({"digest", "digest_before"})


@attrs.frozen(kw_only=True)
class Difference:
    """One thing that is otherwise than it was stored.

    Args:
        path: Where in the outcome, such as ``schedule.revisits[0].window.closes``, or of the record, such as ``digest``.
        stored: What the record has, as JSON; ``None`` if nothing stood there.
        now: What the policy says today, likewise.
    """

    path: str
    stored: str | None
    now: str | None


@attrs.frozen(kw_only=True, repr=False)
class Replay:
    """A stored decision and the same question answered today.

    Args:
        record: What was stored.
        decision: The decision today: the same, with all its reasons, where nothing differs.
        causes: What is not as it was when the decision was made: digest, edition, calendar, library. A change of rules is told by
            `analysis.diff` of the two policies.
        differences: What the decision says otherwise; empty if the outcome is the same byte for byte.
    """

    record: DecisionRecord
    decision: Decision
    causes: tuple[Difference, ...]
    differences: tuple[Difference, ...]

    @property
    def is_equal(self) -> bool:
        """Whether the outcome is the same, byte for byte, whoever made it: `is_of_same_digest` tells whether that was the same policy."""
        return not self.differences

    @property
    def is_of_same_digest(self) -> bool:
        """Whether the policy that was asked today has signed the same as the one that made the decision, and the one before it likewise."""
        return not any(cause.path in _DIGESTS for cause in self.causes)

    def explain(self, lang: str | Lang = "en") -> str:
        """Whether it is the same, what differs, and what has changed since, a line each; nothing of the person is repeated.

        Args:
            lang: ``"zh"`` or ``"en"``.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = to_lang(lang)
        lines = [self._head(chosen)]
        lines += (f"  {_line(_LINE, each, each.path, lang=chosen)}" for each in self.differences)
        lines += (f"  {_line(_CAUSE, each, RECORD[each.path].text(chosen), lang=chosen)}" for each in self.causes)
        return "\n".join(lines)

    def _head(self, lang: Lang) -> str:
        if not self.is_equal:
            return _DIFFERS.filled(lang, count=len(self.differences))
        if not self.causes:
            return _EQUAL.text(lang)
        return _EQUAL_BY_ANOTHER.filled(lang, causes=listed((RECORD[cause.path].text(lang) for cause in self.causes), lang))

    def __repr__(self) -> str:
        since = "".join(f", {cause.path} is another" for cause in self.causes)
        return f"<Replay on {self.record.on}: {'equal' if self.is_equal else f'{len(self.differences)} differences'}{since}>"

    def __rich_repr__(self) -> Shown:
        yield "is_equal", self.is_equal
        yield "differences", few(each.path for each in self.differences), ()
        yield "causes", few(each.path for each in self.causes), ()
        yield "record", Words(repr(self.record))


def _line(form: Label, found: Difference, what: str, *, lang: Lang) -> str:  # noqa: PLR0917 - in the order of the sentence
    stored, now = (_NOTHING.text(lang) if each is None else each for each in (found.stored, found.now))
    return form.filled(lang, path=what, what=what, stored=stored, now=now)


def replay(
    record: DecisionRecord | Mapping[str, Plain] | str, rulebook: Rulebook | RevisitPolicy, *, calendar: WorkCalendar | None = None
) -> Replay:
    """The decision of *record* again, and what differs.

    The question is the one that was asked: the same case, day, horizon, supplied facts and stand-ins. The working days are those of the edition
    that the record names, if the policy's calendar has no less than its notices: later ones are left aside.

    Args:
        record: A record, or what was stored of it: JSON as text or read.
        rulebook: The rulebook, or the policy, that made it; of another digest the answer says so.
        calendar: The working days; those of the policy if ``None``.

    Raises:
        InvalidValueError: If the record is one of another policy, or *rulebook* is none.
        InvalidInputError: If the record cannot be read, or its case file can no longer be judged.

    Examples:
        >>> from revisit_policy import BorrowerProfile, CaseFile, Loan, cny
        >>> from revisit_policy.records.record_form import to_json
        >>> from revisit_policy.rulebooks import cn_housing
        >>> loan = Loan(
        ...     "L-1", product="first_home", principal=cny(1_800_000), balance=cny(1_455_000), annual_rate="0.0335",
        ...     repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=45,
        ... )
        >>> decision = cn_housing.rulebook.decide(CaseFile(loan=loan, borrower=BorrowerProfile("B-1")), on="2026-11-24")
        >>> replay(to_json(decision), cn_housing.rulebook)
        <Replay on 2026-11-24: equal>
    """
    stored = _record(record, rulebook)
    policy = _asked(stored, rulebook)
    decision = policy.decide(
        stored.case,
        on=stored.on,
        until=stored.until,
        calendar=_calendar(stored, rulebook, given=calendar),
        supplied=stored.supplied,
        assuming=stored.assuming,
    )
    again = recorded(decision)
    return Replay(
        record=stored,
        decision=decision,
        causes=tuple(_causes(stored, again)),
        differences=() if again.outcome == stored.outcome else tuple(_differences(stored.told, again.told, at="")),
    )


def _record(record: DecisionRecord | Mapping[str, Plain] | str, rulebook: Rulebook | RevisitPolicy) -> DecisionRecord:
    checked(rulebook, Rulebook | RevisitPolicy, field="rulebook", expected=Phrase("Rulebook 或 RevisitPolicy", "a Rulebook or a RevisitPolicy"))
    if isinstance(record, DecisionRecord):
        return record
    if isinstance(record, str):
        return from_json(record, DecisionRecord, vocabulary=rulebook)
    return from_dict(record, DecisionRecord, vocabulary=rulebook)


def _asked(stored: DecisionRecord, rulebook: Rulebook | RevisitPolicy) -> Rulebook | RevisitPolicy:
    """Whoever is to be asked.

    Raises:
        InvalidValueError: If the record is of none of its policies.
    """
    policies = _policies(rulebook)
    known = next((policy for policy in policies if policy.id == stored.policy), None)
    if known is None:
        ids = ", ".join(f"`{policy.id}`" for policy in policies)
        raise InvalidValueError(owner="", field="record", value=stored.policy, expected=Phrase("{ids} 之一的记录", "a record of one of {ids}", ids=ids))
    if stored.edition is None:
        return next((policy for policy in policies if policy.digest == stored.digest), known)
    if isinstance(rulebook, Rulebook):
        return rulebook
    expected = Phrase(
        "直接询问政策所得的记录；请传入含版次 `{edition}` 的规则手册",
        "a record of a policy that was asked directly; hand over the rulebook that has the edition `{edition}`",
        edition=stored.edition,
    )
    raise InvalidValueError(owner="", field="record", value=stored.edition, expected=expected)


def _policies(rulebook: Rulebook | RevisitPolicy) -> tuple[RevisitPolicy, ...]:
    return tuple(edition.policy for edition in rulebook.editions) if isinstance(rulebook, Rulebook) else (rulebook,)


def _calendar(stored: DecisionRecord, rulebook: Rulebook | RevisitPolicy, *, given: WorkCalendar | None) -> WorkCalendar | None:
    """The calendar of the edition that the record names, where there is one; else the one there is."""
    there = (given,) if given is not None else tuple(policy.calendar for policy in _policies(rulebook) if policy.calendar is not None)
    for calendar in there:
        for earlier in _earlier(calendar):
            if earlier.edition == stored.calendar:
                return earlier
    return given


def _earlier(calendar: WorkCalendar) -> Iterator[WorkCalendar]:
    """The calendar, and what it was before its last notices, as it stands and with provisional answers."""
    yield calendar
    yield calendar.provisional()
    if isinstance(calendar, NoticeCalendar):
        for notices in range(len(calendar.notices) - 1, 0, -1):
            try:
                earlier = attrs.evolve(calendar, notices=calendar.notices[:notices])
            except InvalidInputError:  # an overlay is of a later year
                return
            yield earlier
            yield earlier.provisional()


def _causes(stored: DecisionRecord, again: DecisionRecord) -> Iterator[Difference]:
    for name in _CAUSES:
        then, now = getattr(stored, name), getattr(again, name)
        if then != now:
            yield Difference(path=name, stored=then, now=now)


_MISSING: Final = object()


def _differences(stored: Plain, now: Plain, *, at: str) -> Iterator[Difference]:
    """What differs, each with its path; what only one of them has is told whole."""
    if isinstance(stored, dict) and isinstance(now, dict):
        for name in sorted({*stored, *now}):
            yield from _differences(stored.get(name, _MISSING), now.get(name, _MISSING), at=f"{at}.{name}" if at else name)
    elif isinstance(stored, list) and isinstance(now, list) and len(stored) == len(now):
        for place, (then, today) in enumerate(zip(stored, now, strict=True)):
            yield from _differences(then, today, at=f"{at}[{place}]")
    elif stored != now:
        yield Difference(path=at, stored=_shown(stored), now=_shown(now))


def _shown(plain: Plain) -> str | None:
    return None if plain is _MISSING else json_text(plain)

"""Calendar text: what falls due, as a calendar that mail programs and telephones read (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

import attrs

from revisit_policy.errors import InvalidInputError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, from_ordinal, to_date
from revisit_policy.values.moments import Moment, to_moment
from revisit_policy.values.validation import fault, gather, gathering, several, to_text

#: A line has at most so many octets, its ending not counted (RFC 5545, 3.1).
_LONGEST: Final = 75
_PRODUCT: Final = "-//revisit_policy//EN"
_UTC: Final = dt.UTC


def _to_day(value: str | Date) -> Date:
    return to_date(value)


def _text_or_empty(value: str) -> str:
    return value if type(value) is str and not value else to_text(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class CalendarEntry:
    """Something that stands in a calendar on a day.

    Args:
        id: What it is, so that the same thing sent again replaces the first: the loan and the duty, for example.
        on: The day.
        title: What a calendar shows.
        note: What it shows when opened; empty if nothing.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> CalendarEntry(id="L-1/periodic", on="2026-12-09", title="定期回访").on
        Date(2026, 12, 9)
    """

    id: str = attrs.field(converter=to_text)
    on: Date = attrs.field(converter=_to_day)
    title: str = attrs.field(converter=to_text)
    note: str = attrs.field(default="", converter=_text_or_empty)

    def __attrs_post_init__(self) -> None:
        gather(self)


def calendar_text(entries: Iterable[CalendarEntry], *, made_at: str | Moment) -> str:
    r"""The entries as an iCalendar file: text with CRLF at every line's end, the same for the same arguments.

    Args:
        entries: What stands in it, in this order; each id once.
        made_at: When the calendar was made, with an offset; the format asks for it and this library has no clock.

    Raises:
        InvalidValueError: If *made_at* is no time with an offset.
        InvalidInputError: If an entry is none, or an id is there twice.

    Examples:
        >>> entry = CalendarEntry(id="L-1/periodic", on="2026-12-09", title="Periodic visit; L-1")
        >>> text = calendar_text([entry], made_at="2026-11-24T08:00+08:00")
        >>> print(text.replace("\r\n", "\n"), end="")
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//revisit_policy//EN
        BEGIN:VEVENT
        UID:0fff3cf3c4b92990e85e24950e657d4b@revisit-policy
        DTSTAMP:20261124T000000Z
        DTSTART;VALUE=DATE:20261209
        DTEND;VALUE=DATE:20261210
        SUMMARY:Periodic visit\; L-1
        END:VEVENT
        END:VCALENDAR
    """
    stamp = f"{to_moment(made_at, field='made_at').astimezone(_UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}"]
    met: set[str] = set()
    for entry in several(entries, field="entries", expected=Phrase("若干日程", "several calendar entries")):
        if not isinstance(entry, CalendarEntry):
            raise InvalidInputError.of("calendar_text", [fault("entries", entry, Phrase("若干日程", "several calendar entries"))])
        if entry.id in met:
            raise InvalidInputError.of("calendar_text", [fault("entries", entry.id, Phrase("标识互不重复的日程", "entries whose ids are each there once"))])
        met.add(entry.id)
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(entry: CalendarEntry, stamp: str) -> list[str]:
    after = from_ordinal(entry.on.toordinal() + 1)
    note = [f"DESCRIPTION:{_escaped(entry.note)}"] if entry.note else []
    return [
        "BEGIN:VEVENT",
        f"UID:{sha256(entry.id.encode()).hexdigest()[:32]}@revisit-policy",  # a hash: an id may not be personal data in a mailbox
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_escaped(entry.title)}",
        *note,
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """As a value of type TEXT (RFC 5545, 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line cut at octets and never inside a letter; what goes on begins with a space."""
    parts, part, octets = [], "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > _LONGEST:
            parts.append(part)
            part, octets = " ", 1
        part, octets = part + letter, octets + size
    return "\r\n".join([*parts, part])

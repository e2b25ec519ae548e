"""The head of a ledger: what is kept elsewhere, so that the ledger can be held against it."""

from __future__ import annotations

import re
from typing import Final

import attrs

from revisit_policy.records.ledgers.digest import to_digest
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.validation import fault, gather, gathering, to_text, to_whole

_WRITTEN: Final = re.compile(r"(0|[1-9]\d{0,17}) ([0-9a-f]{64}) (.+)", re.ASCII)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Head:
    """How many entries a ledger had, and the one hash that stands for all of them.

    A head is an anchor once it is kept where whoever writes the ledger cannot change it: printed, signed by somebody else, mailed to
    an auditor, written to a disk that takes each byte once.

    Args:
        ledger: The name of the ledger.
        size: Its entries.
        root: The root of RFC 9162 over their leaves, in hexadecimal.

    Raises:
        InvalidInputError: If a field is malformed.

    Examples:
        >>> head = Head(ledger="decisions", size=0, root="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        >>> str(head)
        '0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 decisions'
        >>> Head.parse(str(head)) == head
        True
    """

    ledger: str = attrs.field(converter=to_text)
    size: int = attrs.field(converter=to_whole)
    root: str = attrs.field(converter=to_digest)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @classmethod
    def parse(cls, text: str) -> Head:
        """The head that is written as *text*: size, root and name, with a space between them.

        Raises:
            InvalidValueError: If it is not.
        """
        given: object = text
        written = _WRITTEN.fullmatch(given) if isinstance(given, str) else None
        if written is None:
            raise fault("text", text, Phrase("账本头：条数、根哈希、账本名称", "a head, written as size, root and name of the ledger"))
        return cls(size=int(written[1]), root=written[2], ledger=written[3])

    def __str__(self) -> str:
        return f"{self.size} {self.root} {self.ledger}"


def to_head(value: Head, *, ledger: str, field: str) -> Head:
    """A head of the ledger of that name.

    Raises:
        InvalidValueError: If it is none, or that of another ledger.
    """
    if not isinstance(value, Head):
        raise fault(field, value, Phrase("账本 `{ledger}` 的头", "a head of the ledger `{ledger}`", ledger=ledger))
    if value.ledger != ledger:
        other = Phrase(
            "账本 `{ledger}` 的头，而非 `{other}` 的", "a head of the ledger `{ledger}`, not of `{other}`", ledger=ledger, other=value.ledger
        )
        raise fault(field, str(value), other)
    return value

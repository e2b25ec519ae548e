"""A recorded field under its digest, which stays when text and salt are dropped."""

from __future__ import annotations

from hashlib import sha256

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.records.ledgers.content import Content
from revisit_policy.records.ledgers.digest import hidden, to_body, to_digest, to_salt
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown
from revisit_policy.values.validation import fault, gather, gathering, refused, to_text


def to_hidden_digest(value: str) -> str:
    """A salt as it is kept; a message about it does not repeat it."""
    try:
        return to_digest(value)
    except InvalidValueError as error:
        raise refused(hidden(value), error.expected) from None


@attrs.frozen(kw_only=True, field_transformer=gathering, repr=False)
class SealedField:
    """One field of an entry: its digest, and beside it, until they are dropped, its text and the salt that went into the digest.

    With the salt anybody can check that this is the text; without it nobody can find the text by trying all there could be. Dropped
    are both together. Printed it shows neither.

    Args:
        name: What the field is called, such as ``"borrower"``.
        kind: The kind by which a `Retention` goes.
        digest: SHA-256 of salt, name and text, in hexadecimal.
        text: What was recorded; ``None`` once it is dropped.
        salt: The salt of this field alone; ``None`` once it is dropped.

    Raises:
        InvalidInputError: If a field is malformed, or of text and salt only one is there.
    """

    name: str = attrs.field(converter=to_text)
    kind: str = attrs.field(converter=to_text)
    digest: str = attrs.field(converter=to_digest)
    text: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_body))
    salt: str | None = attrs.field(default=None, converter=attrs.converters.optional(to_hidden_digest))

    def __attrs_post_init__(self) -> None:
        gather(self, _text_and_salt_go_together)

    @classmethod
    def of(cls, name: str, content: Content, *, salt: bytes) -> SealedField:
        """*content* under its digest.

        Args:
            name: What the field is called.
            content: Its text and kind.
            salt: The salt of the whole entry, from which that of the field is made. It is kept nowhere: who has it can make the salt of
                a dropped field again.

        Raises:
            InvalidValueError: If an argument is malformed; the message repeats neither text nor salt.
        """
        _refuse_other(name, content)
        own = sha256(b"\x03" + to_salt(salt) + b"\x00" + to_text(name).encode()).hexdigest()
        return cls(name=name, kind=content.kind, digest=_digest(name, content.text, own), text=content.text, salt=own)

    @property
    def is_dropped(self) -> bool:
        """Whether the text is no longer there."""
        return self.text is None

    @property
    def digest_of_text(self) -> str:
        """The digest as it follows from text and salt; `digest` itself where they are dropped."""
        return self.digest if self.text is None or self.salt is None else _digest(self.name, self.text, self.salt)

    def dropped(self) -> SealedField:
        """The same without text and salt."""
        return attrs.evolve(self, text=None, salt=None)

    def __repr__(self) -> str:
        return f"SealedField({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"

    def __rich_repr__(self) -> Shown:
        yield "name", self.name
        yield "kind", self.kind
        yield "digest", f"{self.digest[:12]}…"
        yield "is_dropped", self.is_dropped


def _refuse_other(name: object, content: Content) -> None:
    """Refuses what is no content, such as a text without its kind.

    Raises:
        InvalidValueError: If it is none; the message does not repeat it.
    """
    given: object = content
    if not isinstance(given, Content):
        place = f"fields[{name}]" if isinstance(name, str) else "fields"
        raise fault(place, hidden(content), Phrase("Content：原文及其种类", "a Content: a text and its kind"))


def _digest(name: str, text: str, salt: str) -> str:  # noqa: PLR0917 - in the order in which it is hashed, after the salt
    """The salt is of one length and a name holds no zero byte, so that two fields never give the same bytes."""
    return sha256(b"\x02" + bytes.fromhex(salt) + name.encode() + b"\x00" + text.encode()).hexdigest()


def _text_and_salt_go_together(field: SealedField) -> InvalidValueError | None:
    if (field.text is None) == (field.salt is None):
        return None
    return fault("salt", "not shown", Phrase("与原文同时存在或同时删除", "there if and only if the text is"))

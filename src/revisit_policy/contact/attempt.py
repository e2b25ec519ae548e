"""Attempts: a contact that was made, and what came of it."""

from __future__ import annotations

import attrs

from revisit_policy.contact.contact import Contact
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.moments import Moment, to_moment
from revisit_policy.values.validation import gather, gathering, refused


class Response(Labelled, zh="回应"):
    """What came of an attempt.

    Examples:
        >>> [response.value for response in Response if response.reached]
        ['answered', 'declined']
    """

    ANSWERED = "answered", "已接通", "reached"
    DECLINED = "declined", "本人明确拒绝", "reached, and declined to be contacted again"
    UNANSWERED = "unanswered", "未接通", "not reached"
    VOID = "void", "号码或地址无效", "the number or address is void"
    OPEN = "open", "待联系", "still to be made"

    @property
    def reached(self) -> bool:
        """Whether the person was reached."""
        return self in {Response.ANSWERED, Response.DECLINED}

    @property
    def failed(self) -> bool:
        """Whether it is known that the person was not reached."""
        return self in {Response.UNANSWERED, Response.VOID}


def to_response(value: Response | str) -> Response:
    """The response itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Response.parse(value)


def _to_contact(value: Contact) -> Contact:
    if isinstance(value, Contact):
        return value
    raise refused(value, Phrase("Contact", "a Contact"))


def _to_moment(value: str | Moment) -> Moment:
    return to_moment(value)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Attempt:
    """A contact that was made, or is still to be made as planned.

    Args:
        at: When, with the offset of the person reached.
        contact: Whom and how.
        response: What came of it, or the code. What is planned is *open*: rules count it as if it were answered, and as
            if it were not, so that a plan stays lawful whatever comes of it.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> Attempt(at="2026-11-24T10:05+08:00", contact=Contact("call"), response="unanswered").response.failed
        True
    """

    at: Moment = attrs.field(converter=_to_moment)
    contact: Contact = attrs.field(converter=_to_contact)
    response: Response = attrs.field(converter=to_response)

    def __attrs_post_init__(self) -> None:
        gather(self)

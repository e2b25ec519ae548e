"""One thing to be recorded, before it is sealed."""

from __future__ import annotations

import attrs

from revisit_policy.records.ledgers.digest import to_body
from revisit_policy.values.brief import Shown
from revisit_policy.values.validation import gather, gathering, to_text


@attrs.frozen(field_transformer=gathering)
class Content:
    """A text to be recorded, and what kind of thing it is: how long it is kept follows from the kind.

    Printed it shows neither; `text` has it.

    Args:
        text: What is recorded, of any length and any number of lines, such as a decision in JSON.
        kind: The kind by which a `Retention` goes, such as ``"identity"``.

    Raises:
        InvalidInputError: If a field is malformed; the message does not repeat the text.

    Examples:
        >>> Content("王某", "identity")
        Content(<2 characters>, 'identity')
    """

    text: str = attrs.field(converter=to_body)
    kind: str = attrs.field(converter=to_text)

    def __attrs_post_init__(self) -> None:
        gather(self)

    def __repr__(self) -> str:
        return f"Content(<{len(self.text)} characters>, {self.kind!r})"

    def __rich_repr__(self) -> Shown:
        yield f"<{len(self.text)} characters>"
        yield self.kind

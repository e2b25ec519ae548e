"""Sets: what an earlier table says, of which several can hold."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

import attrs

from revisit_policy.language.domains.choice_words import choice_text
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.refusal import refuse
from revisit_policy.speech.joining import aside, listed
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang
from revisit_policy.values.validation import to_tuple

_POSSIBLY: Final = Label("或还有{open}", "possibly also {open}")


@attrs.frozen
class Sets:
    """Sets of outcomes of an earlier table; encoded as two masks, the certain and the possible elements."""

    items: tuple[Hashable, ...] = attrs.field(converter=to_tuple)

    kind = Label("集合", "set")

    @property
    def blank(self) -> tuple[int, int]:
        """Nothing certain, everything possible."""
        return 0, (1 << len(self.items)) - 1

    def accept(self, value: object, *, name: str) -> tuple[Hashable, ...]:
        """Return *value*, an iterable of outcomes, in the order of the scale."""
        if isinstance(value, str) or not hasattr(value, "__iter__"):
            raise refuse(name, value, Phrase("结论的元组", "a tuple of outcomes"))
        given = {Choices(self.items).accept(item, name=name) for item in value}
        return tuple(item for item in self.items if item in given)

    def mask(self, values: tuple[Hashable, ...]) -> int:
        """The bits of *values*."""
        return sum(1 << self.items.index(value) for value in values)

    def encode(self, value: tuple[Hashable, ...]) -> tuple[int, int]:
        """The same mask twice: what is given is certain and nothing else is possible."""
        mask = self.mask(value)
        return mask, mask

    def decode(self, encoded: tuple[int, int]) -> tuple[Hashable, ...]:
        """The certain elements."""
        return Choices(self.items).unmask(encoded[0])

    def text(self, encoded: tuple[int, int], lang: Lang) -> str:
        """The certain elements, and in brackets those only possible."""
        certain, possible = encoded
        choices = Choices(self.items)
        sure = listed((choice_text(item, lang) for item in choices.unmask(certain)), lang) or "–"
        open_ = listed((choice_text(item, lang) for item in choices.unmask(possible & ~certain)), lang)
        if not open_:
            return sure
        return aside(sure, _POSSIBLY.filled(lang, open=open_), lang)

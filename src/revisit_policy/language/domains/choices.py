"""Choices: one of a closed set."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from enum import Enum

import attrs

from revisit_policy.errors import InvalidPolicyError, UnknownNameError
from revisit_policy.language.domains.choice_words import choice_code, choice_text
from revisit_policy.language.domains.refusal import refuse
from revisit_policy.language.parts import are_different, check_codes, check_part, items_of
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Label, Lang, OrderedLabelled, coarse_scale
from revisit_policy.values.one_line import flaw_of


def _to_choices(values: Iterable[Hashable]) -> tuple[Hashable, ...]:
    return items_of(values, subject="domain", field="choices")


@attrs.frozen
class Choices:
    """A closed set of choices, mild to severe where *ordered*.

    A value is encoded as one bit of a mask, the bit of its place. A comparison then holds if no bit lies outside it and is
    possible if one lies inside, which is the same question that a later table asks of an earlier table's candidates. Of a
    fact that nobody measured there is no mask: it is ``None`` to the reference reader and a NaN, which is no choice, to the
    generated one. All bits at once is what :attr:`blank` stands for: the outcome of an earlier table that may still be any.
    """

    items: tuple[Hashable, ...] = attrs.field(converter=_to_choices)
    ordered: bool = attrs.field(default=False, kw_only=True)

    kind = Label("选项", "choice")

    def __attrs_post_init__(self) -> None:
        check_part(self.ordered, bool, subject="domain", field="ordered", expected=Phrase("True 或 False", "True or False"))
        if not self.items or not are_different(self.items):
            problem = Phrase("选项至少一个且互不相同，实际为 `{items}`", "choices must be at least one and all different, got `{items}`", items=self.items)
            raise InvalidPolicyError(subject="domain", problem=problem)
        for item in self.items:
            if isinstance(item, str | Enum) and (flaw := flaw_of(choice_code(item))) is not None:
                problem = Phrase("选项须为{flaw}，实际为 `{item!r}`", "a choice must be {flaw}, got `{item!r}`", flaw=flaw, item=item)
                raise InvalidPolicyError(subject="domain", problem=problem)
        check_codes(self.items, choice_code)
        if self.ordered:
            coarse_scale(self.items)

    @property
    def blank(self) -> int:
        """Every choice at once: nothing is known."""
        return (1 << len(self.items)) - 1

    def accept(self, value: object, *, name: str) -> Hashable:
        """Return the choice that *value* is, or that *value* is the code of."""
        for item in self.items:
            if value is item or (type(value) is type(item) and value == item):
                return item
        if isinstance(value, str):
            found = {choice_code(item): item for item in self.items}
            if value in found:
                return found[value]
            raise UnknownNameError(kind=name, name=value, known=tuple(found))
        if isinstance(value, OrderedLabelled) and value.coarser in self.items:
            return value.coarser  # a finer grade than the fact tells apart
        raise refuse(name, value, Phrase("{items} 之一", "one of {items}", items=", ".join(map(choice_code, self.items))))

    def place(self, value: Hashable) -> int:
        """The place of *value* among the choices, from 0."""
        return self.items.index(value)

    def mask(self, values: tuple[Hashable, ...]) -> int:
        """The bits of *values*."""
        return sum(1 << self.items.index(value) for value in values)

    def unmask(self, mask: int) -> tuple[Hashable, ...]:
        """The choices whose bits are set, in the order of the domain."""
        return tuple(item for place, item in enumerate(self.items) if mask >> place & 1)

    def encode(self, value: Hashable) -> int:
        """The bit of *value*."""
        return 1 << self.items.index(value)

    def decode(self, encoded: int) -> Hashable:
        """The choice that has this bit."""
        return self.items[encoded.bit_length() - 1]

    def text(self, encoded: int, lang: Lang) -> str:
        """The label of the choice, or of each that is still possible."""
        return " / ".join(choice_text(item, lang) for item in self.unmask(encoded))

"""Exceptions: the few whole numbers for which a rule gives a wrong answer."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revisit_policy.frames.expressions.expression import Expression, Looked


@attrs.frozen(eq=False)
class Exceptions:
    """The whole numbers *keys* for which a rule gives a wrong answer, and what has to be added to it there."""

    keys: tuple[int, ...]
    values: tuple[int, ...]

    @classmethod
    def of(cls, keys: Iterable[int], *, answers: Iterable[int], ruled: Iterable[int]) -> Exceptions:
        """Where and by how much the *answers*, one for each of the *keys*, are not what the rule says of them."""
        off = {key: answer - rule for key, answer, rule in zip(keys, answers, ruled, strict=True) if answer != rule}
        return cls(tuple(off), tuple(off.values()))

    def added_to(self, ruled: Expression, key: Expression) -> Expression:
        """What the rule says of *key*, put right."""
        return ruled + Looked(key, self.keys, self.values) if self.keys else ruled

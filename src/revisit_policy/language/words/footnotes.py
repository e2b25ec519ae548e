"""Footnotes: ids of rules as numbers where they are mentioned, and once at the foot as they are."""

from __future__ import annotations

from collections.abc import Iterable


class Footnotes:
    """Numbers ids in the order in which a text mentions them; one is made for one text.

    Examples:
        >>> notes = Footnotes()
        >>> notes.number("overdue"), notes.numbers(["overdue-90", "overdue"]), notes.told()
        ('[1]', '[2][1]', ('[1] overdue', '[2] overdue-90'))
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, rule_id: str) -> str:
        """What stands for an id in the text."""
        return f"[{self._numbers.setdefault(rule_id, len(self._numbers) + 1)}]"

    def numbers(self, rule_ids: Iterable[str]) -> str:
        """The same for several."""
        return "".join(map(self.number, rule_ids))

    def told(self) -> tuple[str, ...]:
        """What stands at the foot, by number."""
        return tuple(f"[{number}] {rule_id}" for rule_id, number in self._numbers.items())

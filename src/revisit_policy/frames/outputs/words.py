"""Words: what the whole numbers of an output stand for, in one language."""

from __future__ import annotations

from typing import Any

import attrs
import narwhals as nw

from revisit_policy.frames.outputs.output import MASK_BITS, Meaning, Output
from revisit_policy.language.domains.choice_words import choice_text
from revisit_policy.values.labels import Lang


@attrs.frozen(eq=False)
class Words:
    """The codes of one output in words: an outcome by its label, masks as lists.

    Args:
        texts: What each place or bit stands for, the lowest first.
        joint: What stands between the words of a mask; ``None`` where a code is a place.
    """

    texts: tuple[str, ...]
    joint: str | None
    _known: dict[int, str] = attrs.field(factory=dict, init=False)

    @classmethod
    def for_output(cls, output: Output, lang: Lang) -> Words:
        """The words of an *output* whose items are named."""
        texts = tuple(_text(item, output, lang) for item in output.items)
        return cls(texts, None if output.meaning is Meaning.PLACE else _joint(output, lang))

    def text(self, code: int) -> str:
        """The words of one code."""
        if self.joint is None:
            return self.texts[code]
        if code not in self._known:
            self._known[code] = self.joint.join(text for at, text in enumerate(self.texts) if code >> at & 1)
        return self._known[code]

    def of(self, code: nw.Expr) -> nw.Expr:
        """The words of a column of codes; null where it is null."""
        if self.joint is None:
            return _looked_up(code, list(self.texts), 0)
        parts = [nw.when(_has_bit(code, at)).then(nw.lit(text)) for at, text in enumerate(self.texts)]
        nothing = nw.when(code < 0).then(nw.lit(""))  # null in every row
        joined = nw.concat_str(nothing, nothing, *parts, separator=self.joint, ignore_nulls=True)
        return nw.when(~code.is_null()).then(joined)


def _text(item: Any, output: Output, lang: Lang) -> str:
    return str(item) if output.meaning is Meaning.NAMES else choice_text(item, lang)


def _joint(output: Output, lang: Lang) -> str:
    return "、" if lang is Lang.ZH and output.meaning is Meaning.SET else ", "


def _looked_up(code: nw.Expr, texts: list[str], first: int) -> nw.Expr:
    """The text at the place of *code*, the *first* of *texts* being at that; null at any other. Halved, so that it is never deep."""
    if len(texts) == 1:
        return nw.when(code == first).then(nw.lit(texts[0]))
    half = len(texts) // 2
    found: nw.Expr = nw.when(code < first + half).then(_looked_up(code, texts[:half], first)).otherwise(_looked_up(code, texts[half:], first + half))
    return found


def _has_bit(mask: nw.Expr, at: int) -> nw.Expr:
    """Where *mask* has the bit; by remainders, because Spark divides whole numbers by way of floats."""
    rest: nw.Expr = mask % 2 ** (at + 1) if at + 1 < MASK_BITS else mask
    found: nw.Expr = rest >= 2**at
    return found

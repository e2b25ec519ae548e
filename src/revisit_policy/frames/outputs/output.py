"""Outputs: the columns that a decision adds to a frame, and what stands in each."""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum
from typing import Any, Final

import attrs
import narwhals as nw

from revisit_policy.outcomes.results.stage_state import StageState
from revisit_policy.outcomes.turnaround import ResultDay
from revisit_policy.outcomes.words.vocabulary import Vocabulary
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import to_tuple

#: How many bits a mask of 64 bits with a sign can hold.
MASK_BITS: Final = 63

#: The column that says which facts of a row cannot be read; 0 if all can.
BAD_INPUT: Final = "bad_input"


#: What a prefix has to be.
PREFIXES: Final = Phrase("可作列名开头的文本", "text that names of columns can begin with")


class Trace(Labelled, zh="轨迹"):
    """How the rules that fire, and those undecided, are written beside the outcomes."""

    NONE = "none", "不输出", "left out"
    BOOLEANS = "booleans", "每条规则一列", "one column a rule"
    MASKS = "masks", "位掩码", "bits of whole numbers"
    TEXT = "text", "文本", "rule ids in one text"


class Meaning(Enum):
    """What stands in an output column."""

    PLACE = "place"
    SET = "set"
    NAMES = "names"
    POINTS = "points"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    TEXT = "text"


_DTYPES: Final[dict[Meaning, Any]] = {
    Meaning.PLACE: nw.Int16,
    Meaning.SET: nw.Int64,
    Meaning.NAMES: nw.Int64,
    Meaning.POINTS: nw.Int64,
    Meaning.NUMBER: nw.Int16,
    Meaning.DAY: nw.Date,
    Meaning.FLAG: nw.Boolean,
    Meaning.TEXT: nw.String,
}


@attrs.frozen(kw_only=True)
class Output:
    """One column that a decision adds.

    Args:
        name: The column.
        meaning: What stands in it: a place among *items*, a mask of outcomes or of names, points, a number, a day, a flag, or text.
        items: What places and bits stand for, the lowest first.
    """

    name: str
    meaning: Meaning
    items: tuple[Hashable, ...] = attrs.field(default=(), converter=to_tuple)

    @property
    def dtype(self) -> Any:
        """The Narwhals data type of the column."""
        return _DTYPES[self.meaning]


def mask_outputs(name: str, items: tuple[Hashable, ...], meaning: Meaning) -> tuple[Output, ...]:
    """As many columns of masks as *items* need, 63 to each; the second is called ``name_2`` and so on."""
    starts = range(0, max(len(items), 1), MASK_BITS)
    return tuple(
        Output(name=name if part == 1 else f"{name}_{part}", meaning=meaning, items=items[start : start + MASK_BITS])
        for part, start in enumerate(starts, start=1)
    )


def next_visit_outputs(words: Vocabulary, *, has_duties: bool) -> tuple[Output, ...]:
    """The columns of the next visit and its result, of what is late, of the day to act by, of what nobody dated, and of the calendar's edition.

    Those of what a desk has to do come last, where they are asked for.

    Places and bits are those of the *words* of the policy.
    """
    return (
        Output(name="next_kind", meaning=Meaning.PLACE, items=words.visited),
        Output(name="next_method", meaning=Meaning.PLACE, items=words.means),
        *(Output(name=f"next_{name}", meaning=Meaning.DAY) for name in ("opens", "due", "closes", "missed_on")),
        Output(name="next_officers", meaning=Meaning.NUMBER),
        *(Output(name=f"result_{name}", meaning=Meaning.DAY) for name in ("earliest", "expected", "latest")),
        Output(name="measures_late", meaning=Meaning.SET, items=tuple(note.measure for note in words.measures)),
        Output(name="next_act_by", meaning=Meaning.DAY),
        Output(name="undated", meaning=Meaning.SET, items=words_undated(words)),
        Output(name="calendar", meaning=Meaning.TEXT),
        *(_desk_outputs(words) if has_duties else ()),
    )


def _desk_outputs(words: Vocabulary) -> tuple[Output, ...]:
    """The columns of what a desk has to do next, and of all that it is late with; none where a policy has nothing for a desk."""
    if not words.at_desk:
        return ()
    return (
        Output(name="next_duty", meaning=Meaning.PLACE, items=words.at_desk),
        *(Output(name=f"next_duty_{name}", meaning=Meaning.DAY) for name in ("due", "closes", "missed_on")),
        Output(name="duties_late", meaning=Meaning.SET, items=words.at_desk),
    )


def words_undated(words: Vocabulary) -> tuple[Labelled, ...]:
    """What can be counted from the day of asking: signals, and the kinds of what is owed, as many of these as one mask holds."""
    return tuple(dict.fromkeys((*words.signals, *words.purposes)))[: max(MASK_BITS, len(words.signals))]


#: The column that says what of a row stands in the way of its result; empty if nothing does.
UNREAD: Final = "awaited_unread"


def result_outputs(words: Vocabulary) -> tuple[Output, ...]:
    """The columns of the result that is awaited of a visit that was made, in the *words* of the policy."""
    return (
        Output(name="awaited_kind", meaning=Meaning.PLACE, items=words.visited),
        Output(name="awaited_visited_on", meaning=Meaning.DAY),
        Output(name="awaited_step", meaning=Meaning.PLACE, items=tuple(ResultDay)),
        Output(name="awaited_expected", meaning=Meaning.DAY),
        Output(name="awaited_latest", meaning=Meaning.DAY),
        Output(name="awaited_state", meaning=Meaning.PLACE, items=tuple(StageState)),
        Output(name=UNREAD, meaning=Meaning.TEXT),
    )

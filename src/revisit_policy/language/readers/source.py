"""The source of the generated reader: straight comparisons, nested so that a healthy case fails at the first one.

Conditions that share a fact are nested by its thresholds (a ladder): inside ``if x > 30:`` stands ``if x > 60:``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from revisit_policy.language.condition import ALWAYS, All, AnyOf, Condition, all_of, any_of, comparisons
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.fact import Fact
from revisit_policy.language.readers.comparison_source import Writer, possibly_after, surely
from revisit_policy.language.readers.nest import Nest, alternatives, nest_of

#: How deep thresholds of one ladder are nested before a new one begins; Python's own limit on indentation is 100.
DEEPEST: Final = 20

def resolve_source(conditions: tuple[Condition, ...], facts: tuple[Fact, ...]) -> str:
    """The source of ``resolve(values)``: the mask of stems that hold, looked up in ``memory``. No value is missing."""
    body = [*_unpacked(facts), *_sure(conditions, facts), *_looked_up("m")]
    return _function("resolve(values)", body)


def resolve_open_source(conditions: tuple[Condition, ...], facts: tuple[Fact, ...]) -> str:
    """The source of ``resolve_open(values, unknown)``, which looks up two masks in one number.

    The lower mask has the stems that surely hold. Above it, moved up by the number of stems, stand those that may hold
    because something is unknown: some always may, others depending on other facts.
    """
    opened = [line for place, fact in enumerate(facts) for line in _opened(conditions, facts, place)]
    first = ["if not unknown: return resolve(values)", *_unpacked(facts), "may = 0", *opened]
    body = [*first, *_sure(conditions, facts), *_looked_up("m + may")]
    return _function("resolve_open(values, unknown=())", body)


def _sure(conditions: tuple[Condition, ...], facts: tuple[Fact, ...]) -> Iterator[str]:
    """Lines that set in ``m`` what surely holds."""
    yield "m = 0"
    yield from Pen(_names(facts), surely, "m", is_empty=True).lines(dict(enumerate(conditions)))


def _opened(conditions: tuple[Condition, ...], facts: tuple[Fact, ...], place: int) -> Iterator[str]:
    """Lines that put a blank where the fact at *place* is unknown, and set what may then hold."""
    fact, width, x = facts[place], len(conditions), f"f{place}"
    always, sometimes = open_stems(conditions, fact)
    moved = {width + bit: condition for bit, condition in sometimes.items()}
    rest = list(Pen(_names(facts), possibly_after(place), "may", is_empty=False).lines(moved, depth=1))
    yield f"if {x} is None:"
    yield f"    {x} = {_blank_source(fact)}"
    if always:
        yield f"    may |= {always << width:#x}"
    if fact.table is not None and rest:
        yield f"if {_is_open(fact, x)}:"
    yield from rest


def open_stems(conditions: tuple[Condition, ...], fact: Fact) -> tuple[int, dict[int, Condition]]:
    """What may hold if *fact* is unknown: stems that always may, as a mask, and by their bits what others depend on."""
    reading = {bit: _alternatives_reading(fact, condition) for bit, condition in enumerate(conditions) if _reads(condition, fact)}
    if fact.table is not None:  # something is known of an earlier table's outcome: the candidates are compared
        return 0, reading
    left = {bit: _if_unknown(condition, fact) for bit, condition in reading.items()}
    always = sum(1 << bit for bit, condition in left.items() if condition == ALWAYS)
    return always, {bit: condition for bit, condition in left.items() if condition != ALWAYS}


def _reads(condition: Condition, fact: Fact) -> bool:
    return any(part.fact == fact for part in comparisons(condition))


def _alternatives_reading(fact: Fact, condition: Condition) -> Condition:
    """*condition* without the alternatives that do not read *fact*: because it is unknown they are no more open."""
    if isinstance(condition, AnyOf):
        return any_of(*(part for part in condition.parts if _reads(part, fact)))
    return condition


def _if_unknown(condition: Condition, fact: Fact) -> Condition:
    """What is left to ask before *condition* may hold, where nothing is known of *fact*."""
    match condition:
        case All(parts):
            return all_of(*(_if_unknown(part, fact) for part in parts))
        case AnyOf(parts):
            left = [_if_unknown(part, fact) for part in parts]
            return ALWAYS if ALWAYS in left else any_of(*left)
        case _:
            return ALWAYS if condition.fact == fact else condition


def _blank_source(fact: Fact) -> str:
    """What stands for an unknown value in a comparison."""
    match fact.domain:
        case Flags():
            return "None"
        case Choices() if fact.table is None:
            return "nan"
        case Choices() | Sets() | Points():
            return repr(fact.domain.blank)
        case _:
            return "nan"


def _is_open(fact: Fact, x: str) -> str:
    """True if of the outcome of an earlier table *x* more than one is possible."""
    return f"{x} & {x} - 1" if isinstance(fact.domain, Choices) else f"{x}[0] != {x}[1]"


def _names(facts: tuple[Fact, ...]) -> dict[str, str]:
    return {fact.name: f"f{place}" for place, fact in enumerate(facts)}


def _unpacked(facts: tuple[Fact, ...]) -> list[str]:
    return [f"{', '.join(_names(facts).values())}, = values"] if facts else []


def _looked_up(key: str) -> list[str]:
    return [f"try: return memory[{key}]", f"except KeyError: return remember({key})"]


def _function(signature: str, body: list[str]) -> str:
    return "\n".join([f"def {signature}:", *("    " + line for line in body)]) + "\n"


# -- nests -----------------------------------------------------------------------------------------------------------


@attrs.frozen
class Pen:
    """Writes statements that set the bit of every condition that holds.

    Args:
        names: What the value of a fact is called.
        compare: Writes one comparison.
        into: The name of the mask.
        is_empty: True if nothing else sets bits in it: those that are set once may then be added, which is quicker.
    """

    names: Mapping[str, str]
    compare: Writer
    into: str
    is_empty: bool

    def lines(self, conditions: Mapping[int, Condition], *, depth: int = 0) -> Iterator[str]:
        """The statements for *conditions*, given by their bits."""
        apart = tuple((bit, part) for bit, condition in conditions.items() for part in alternatives(condition))
        nest = nest_of({at: part for at, (_, part) in enumerate(apart)})
        yield from self._statements(nest, tuple(bit for bit, _ in apart), depth=depth)

    def _statements(self, nest: Nest, bits: tuple[int, ...], *, depth: int) -> Iterator[str]:
        indent = "    " * depth
        if nest.always:
            yield indent + self._set([bits[at] for at in nest.always], bits)
        for at, condition in nest.free:
            yield f"{indent}if {self._text(condition)}: {self._set([bits[at]], bits)}"
        for ladder in nest.ladders:
            for step, rung in enumerate(ladder):
                inner = depth + step % DEEPEST
                yield f"{'    ' * inner}if {self._text(rung.gate)}:"
                yield from self._statements(rung.inside, bits, depth=inner + 1)

    def _set(self, found: list[int], bits: tuple[int, ...]) -> str:
        once = self.is_empty and all(bits.count(bit) == 1 for bit in found)
        return f"{self.into} {'+=' if once else '|='} {sum(1 << bit for bit in set(found)):#x}"

    def _text(self, condition: Condition) -> str:
        match condition:
            case All(parts):
                return f"({' and '.join(map(self._text, parts))})" if parts else "True"
            case AnyOf(parts):
                return f"({' or '.join(map(self._text, parts))})" if parts else "False"
            case _:
                return self.compare(condition, self.names[condition.fact.name])

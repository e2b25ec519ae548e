"""The source of one question for many relations: whether all of them are kept, compiled once.

Nearly every case file keeps all its relations, and every case file is asked: so that is answered by plain comparisons.
The answer may be "no" where the relations, asked one by one, find nothing (amounts of two currencies, a field that is itself a fault); it is
never "yes" where they find something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from revisit_policy.casefile.relations import MANY, ON, Relation, Where
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money

#: Whether an owner keeps them all, on a day if they ask for one.
Kept: TypeAlias = Callable[[Any, Date | None], bool]

def number_of(value: Any) -> int:  # noqa: ANN401 - a day, money, a count or a flag
    """A day as its ordinal, money in minor units, a count as it is, True as 1."""
    if isinstance(value, Date):
        return value.toordinal()
    return value.minor if isinstance(value, Money) else int(value)


def kept_by(relations: Iterable[Relation], *, part: str = "") -> Kept:
    """The question whether an owner, the *part* of a case file or the whole, keeps all *relations*; False if it cannot be asked."""
    text = "\n".join(_lines(tuple(relations), prefix=f"{part}." if part else ""))
    scope: dict[str, Any] = {"number_of": number_of, "Date": Date}
    exec(compile(text, "<relations>", "exec"), scope)  # noqa: S102 - our own text, made of the names of fields and whole numbers
    kept: Kept = scope["kept"]
    return kept


def _lines(relations: tuple[Relation, ...], *, prefix: str) -> Iterator[str]:
    yield "def kept(owner, on):"
    yield "    try:"
    once = [relation for relation in relations if relation.field not in MANY]
    read: set[str] = set()
    for relation in once:
        yield from _reads(relation, read, prefix=prefix)
        yield f"        if {_broken(relation)}: return False"
    for path in MANY:
        each = [relation for relation in relations if relation.field == path]
        if not each:
            continue
        for relation in each:
            yield from _reads(relation, read, prefix=prefix, but=path)
        many, _, field = path.partition(".")
        yield f"        for each in owner.{many}:"
        yield f"            {_name(path)} = each.{field}"
        yield from (f"            {line}" for line in _as_number(_name(path)))
        yield from (f"            if {_broken(relation)}: return False" for relation in each)
    yield "    except Exception: return False"
    yield "    return True"


def _reads(relation: Relation, read: set[str], *, prefix: str, but: str = "") -> Iterator[str]:
    """A line for each field of *relation* that none has *read* so far."""
    codes = {where.path for where in relation.where if where.among}
    for path in relation.paths:
        if path in read or path == but:
            continue
        read.add(path)
        name = _name(path)
        if path == ON:
            yield f"        {name} = on.toordinal()"
            continue
        yield f"        {name} = owner.{path.removeprefix(prefix)}"
        if path in codes:
            yield f"        if {name} is not None: {name} = {name}._value_"
        else:
            yield from (f"        {line}" for line in _as_number(name))


def _as_number(name: str) -> Iterator[str]:
    """The lines that make a whole number of what is called *name*: of a day, which most are, without a call of ours; nothing of what is unknown."""
    yield f"if {name} is not None:"
    yield f"    kind = type({name})"
    yield f"    if kind is Date: {name} = {name}.toordinal()"
    yield f"    elif kind is not int: {name} = number_of({name})"


def _broken(relation: Relation) -> str:
    known = [path for path in relation.paths if path != ON]
    total = " + ".join(_name(path) if factor == 1 else f"{factor} * {_name(path)}" for factor, path in relation.terms)
    return " and ".join((*(f"{_name(path)} is not None" for path in known), *map(_holds, relation.where), f"{total} > {relation.most}"))


def _holds(where: Where) -> str:
    name = _name(where.path)
    if where.among:
        return f"{name} in {where.among!r}"
    bounds = (*((f"{name} >= {where.least}",) if where.least is not None else ()), *((f"{name} <= {where.most}",) if where.most is not None else ()))
    return " and ".join(bounds) or "True"


def _name(path: str) -> str:
    return path.replace(".", "_")

"""Parts of a policy: what a fact, a rule or a table is made of, looked at when it is written and not when it first decides."""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword
from types import UnionType
from typing import Any, Final
from unicodedata import normalize

from revisit_policy.errors import InvalidPolicyError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.one_line import flaw_of
from revisit_policy.values.validation import has_items

#: Names that the calls which take facts and outcomes by keyword use themselves, beside the decision day.
TAKEN: Final = frozenset({"self", "case", "supplied", "assuming"})


def check_name(name: str) -> None:
    """Do nothing if *name* can be given by keyword, as in ``table(days_past_due=91)``.

    Whether it is written in small letters is asked elsewhere: a fact's name and a table's id differ in that.

    Raises:
        InvalidPolicyError: If Python keeps the word for itself or reads another name in it, or the call that takes facts
            has a parameter of this name.
    """
    if iskeyword(name):
        problem = Phrase(
            "Python 的保留字不能作名称，因为事实与结论以关键字给出", "a word of Python is no name, because facts and outcomes are given by keyword"
        )
    elif name in TAKEN:
        problem = Phrase(
            "此名称已被以关键字接收事实与结论的调用占用；请另取名称",
            "the name is taken by the call that takes facts and outcomes by keyword; choose another",
        )
    elif normalize("NFKC", name) != name:  # Python reads the plain signs where a keyword is written with these
        problem = Phrase(
            "以关键字给出时 Python 读作 `{normalize}`；请照此书写",
            "Python reads `{normalize}` where this is given by keyword; write that",
            normalize=normalize("NFKC", name),
        )
    else:
        return
    raise InvalidPolicyError(subject=name, problem=problem)


def check_part(value: object, kind: type[Any] | UnionType, *, subject: object, field: str, expected: str) -> None:
    """Do nothing if *value* is a *kind*.

    Args:
        value: What stands in the field.
        kind: What has to stand there.
        subject: The id of the fact, rule or table.
        field: The field, or the parameter of a function.
        expected: To be read after "must be".

    Raises:
        InvalidPolicyError: If it is none.
    """
    if not isinstance(value, kind):
        raise InvalidPolicyError(
            subject=str(subject),
            problem=Phrase(
                "`{field}` 须为{expected}，实际为 `{value!r}`", "`{field}` must be {expected}, got `{value!r}`", field=field, expected=expected, value=value
            ),
        )


def check_text(value: object, *, subject: object, field: str, expected: str) -> None:
    """Do nothing if *value* is text on one line, as `one_line.flaw_of` says.

    Raises:
        InvalidPolicyError: If it is none.
    """
    check_part(value, str, subject=subject, field=field, expected=expected)
    if (flaw := flaw_of(value)) is not None:
        raise InvalidPolicyError(
            subject=str(subject),
            problem=Phrase(
                "`{field}` 须为{expected}，且为{flaw}，实际为 `{value!r}`",
                "`{field}` must be {expected}, and that {flaw}, got `{value!r}`",
                field=field,
                expected=expected,
                flaw=flaw,
                value=value,
            ),
        )


def check_whole(value: object, *, subject: object, field: str, low: int | None = None) -> None:
    """Do nothing if *value* is a whole number, of *low* at least.

    Raises:
        InvalidPolicyError: If it is none.
    """
    if type(value) is not int or (low is not None and value < low):
        bound = "" if low is None else Phrase("，不小于{low}", " from {low}", low=low)
        raise InvalidPolicyError(
            subject=str(subject),
            problem=Phrase(
                "`{field}` 须为整数{bound}，实际为 `{value!r}`",
                "`{field}` must be a whole number{bound}, got `{value!r}`",
                field=field,
                bound=bound,
                value=value,
            ),
        )


def items_of(values: object, *, subject: object, field: str) -> tuple[Any, ...]:
    """The items of a tuple or of anything else that has items, a text excepted: its letters are never meant.

    Raises:
        InvalidPolicyError: If *values* have none.
    """
    if has_items(values):
        return tuple(values)
    raise InvalidPolicyError(
        subject=str(subject),
        problem=Phrase(
            "`{field}` 须为由若干项组成的元组，实际为 `{values!r}`", "`{field}` must be several, in a tuple, got `{values!r}`", field=field, values=values
        ),
    )


def are_different(items: tuple[object, ...]) -> bool:
    """True if no two *items* are equal; a list and whatever else has no hash can be no choice at all."""
    try:
        return len(set(items)) == len(items)
    except TypeError:
        return False


def check_codes(items: tuple[object, ...], code_of: Callable[[object], str]) -> None:
    """Refuse two items of one code, such as 1 and "1": whoever reads the code as text could only ever mean the first."""
    met: dict[str, object] = {}
    for item in items:
        code = code_of(item)
        if code in met:
            problem = Phrase(
                "`{met!r}` 与 `{item!r}` 的代码同为 `{code}`，而文本列以代码相称；请为其一另取代码",
                "`{met!r}` and `{item!r}` share the code `{code}`, by which a column of text names them; give one of them another",
                met=met[code],
                item=item,
                code=code,
            )
            raise InvalidPolicyError(subject="domain", problem=problem)
        met[code] = item

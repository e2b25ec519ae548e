"""English: plurals, and verbs that agree with what they are said of. Chinese has neither, and asks nothing here."""

from __future__ import annotations

from typing import Final

#: What stands before the rest of a name: "signals" in "signals of the borrower".
_AFTER_THE_NOUN: Final = (" of ", " in ", " for ", " to ", " with ", " that ", " since ", " (")

#: Endings of words that look like a plural and are none, such as "status" and "arrears analysis".
_SINGULAR: Final = ("ss", "us", "is")


def counted(number: str, things: str) -> str:
    """*number* as written, then *things*, named in the plural: "1 day", "2 working days", "0 days".

    Examples:
        >>> counted("1", "working days"), counted("31", "days"), counted("-1", "months")
        ('1 working day', '31 days', '-1 month')
    """
    return f"{number} {things.removesuffix('s') if number in {'1', '-1'} else things}"


def is_plural(name: str) -> bool:
    """Whether *name*, such as a label, names several things: "signals", "measures of the bank"; not "status".

    Examples:
        >>> is_plural("signals"), is_plural("measures that are barred"), is_plural("status of the loan"), is_plural("table")
        (True, True, False, False)
    """
    noun = name
    for word in _AFTER_THE_NOUN:
        noun = noun.split(word)[0]
    return noun.endswith("s") and not noun.endswith(_SINGULAR)


def agreeing(name: str, *, one: str, several: str) -> str:
    """*name* with the verb for *one* thing or for *several*.

    Examples:
        >>> agreeing("signals", one="includes", several="include"), agreeing("table", one="is", several="are")
        ('signals include', 'table is')
    """
    return f"{name} {several if is_plural(name) else one}"

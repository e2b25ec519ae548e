"""Lots: a number that a loan draws, the same for whoever computes it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Final

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.ratio import exact_ratio
from revisit_policy.values.validation import fault, to_text

#: A lot lies below this number.
LOTS: Final = 2**64


def lot(loan_no: str, *, period: str, seed: str, stratum: str = "") -> int:
    """The lot that a loan draws in a period: a whole number from 0 to 2**64 - 1.

    It is the first eight bytes, most significant first, of the SHA-256 of *seed*, *period*, *stratum* and *loan_no* in
    UTF-8, each written as its length in bytes, a colon and itself (netstrings without the comma): no two different
    questions hash the same text. Whoever has the four can check the draw without this library.

    Args:
        loan_no: The bank's number of the loan.
        period: What is drawn for, such as ``"2027"`` or ``"2027Q1"``: every period is drawn anew.
        seed: A text fixed before the draw and kept with it, so that nobody can choose whom it hits.
        stratum: The part of the book that the loan is drawn from; a loan that changes it is drawn anew.

    Raises:
        InvalidValueError: If an argument is no text, or empty (*stratum* may be).

    Examples:
        >>> lot("GZ-2024-000117", period="2027", seed="committee of 2026-12-01")
        6785306134571309712
    """
    return lots(period=period, seed=seed, stratum=stratum)(loan_no)


def lots(*, period: str, seed: str, stratum: str = "") -> Callable[[str], int]:
    """The lots of one draw, as a function of the loan number; see `lot`.

    Raises:
        InvalidValueError: If an argument is no text, or empty (*stratum* may be).
    """
    _check_text(seed, field="seed")
    _check_text(period, field="period")
    if stratum != "":
        _check_text(stratum, field="stratum")
    begun = sha256(b"".join(_measured(part) for part in (seed, period, stratum)))

    def drawn(loan_no: str) -> int:
        _check_text(loan_no, field="loan_no")
        hashed = begun.copy()
        hashed.update(_measured(loan_no))
        return int.from_bytes(hashed.digest()[:8], "big")

    return drawn


def _measured(part: str) -> bytes:
    written = part.encode()
    return b"%d:%s" % (len(written), written)


def in_sample(loan_no: str, *, period: str, rate: str | int | Decimal | Fraction, seed: str, stratum: str = "") -> bool:
    """Whether a loan is drawn for a visit in a period, each loan for itself with the chance *rate*.

    A higher rate draws all that a lower one draws, and more. How many are drawn varies with the book; `draw` takes an
    exact number.

    Args:
        loan_no: The bank's number of the loan.
        period: What is drawn for.
        rate: The share to be drawn, from 0 to 1, exact: one in a hundred is ``"0.01"``.
        seed: A text fixed before the draw.
        stratum: The part of the book that the loan is drawn from.

    Raises:
        InvalidValueError: If an argument is malformed, or *rate* is not from 0 to 1.

    Examples:
        >>> [in_sample("GZ-2024-000117", period="2027", rate=rate, seed="committee of 2026-12-01") for rate in ("0.3", "0.4")]
        [False, True]
    """
    share = to_share(rate, field="rate")
    return lot(loan_no, period=period, seed=seed, stratum=stratum) * share.denominator < share.numerator * LOTS


def to_share(value: str | int | Decimal | Fraction, *, field: str) -> Fraction:
    """An exact ratio from 0 to 1.

    Raises:
        InvalidValueError: If it is none.
    """
    try:
        share = exact_ratio(value)
    except InvalidValueError as error:
        raise error.located(owner="", field=field) from None
    if 0 <= share <= 1:
        return share
    raise fault(field, value, Phrase("0至1的比率", "a ratio from 0 to 1"))


def _check_text(value: str, *, field: str) -> None:
    try:
        to_text(value)
    except InvalidValueError as error:
        raise error.located(owner="", field=field) from None

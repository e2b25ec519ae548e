"""Drafts: the fields of a case file, filled in from facts by turning their derivations round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy.analysis.examples.loan_calendar import ANY_DAY, USUAL_MONTHS, USUAL_TERM, LoanCalendar
from revisit_policy.analysis.space.axis import Axis
from revisit_policy.casefile.borrower import BorrowerProfile
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.collateral import Collateral
from revisit_policy.casefile.loan import Loan
from revisit_policy.casefile.market import MarketConditions
from revisit_policy.casefile.people.determination import Determination
from revisit_policy.casefile.relations import MONTHLY
from revisit_policy.language.derivation import (
    DaysFromTo,
    DaysSince,
    Derivation,
    Field,
    GrownDaily,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Supplied,
    Terms,
    fields_of,
)
from revisit_policy.outcomes.grade import UNCLASSIFIED
from revisit_policy.values.dates import Date, add_months, from_ordinal
from revisit_policy.values.money import Money

#: The parts of a case file, with the properties that are read like fields.
PARTS: Final[Mapping[str, frozenset[str]]] = {
    "loan": frozenset((*attrs.fields_dict(Loan), "matures_on", "extended", "restructured")),
    "borrower": frozenset(attrs.fields_dict(BorrowerProfile)),
    "collateral": frozenset(attrs.fields_dict(Collateral)),
    "market": frozenset(attrs.fields_dict(MarketConditions)),
    "determination": frozenset(attrs.fields_dict(Determination)),
}

#: What a field holds unless a fact says otherwise: a plain loan of which all is well.
PLAIN: Final[Mapping[str, Any]] = {
    "loan.loan_no": "example",
    "loan.product": "first_home",
    "loan.principal": 100_000_000,
    "loan.balance": 60_000_000,
    "loan.annual_rate": "0.0335",
    "loan.repayment": "level_payment",
    "loan.term_months": USUAL_TERM,
    "loan.days_past_due": 0,
    "borrower.id": "example",
    "determination.grade": UNCLASSIFIED,
}

#: About how many fen an amount has that only a ratio bounds: a month's income, and all else.
USUAL_INCOME: Final = 2_000_000
USUAL_AMOUNT: Final = 200_000_000

#: What is past due and what has been missed bound one another; no month has more days than this.
_OVERDUE: Final = "loan.days_past_due"
_MISSED: Final = "loan.missed_consecutive"
_MONTH: Final = 31

#: Not a field but read like one: the disbursement and the term tell it, or an extension.
MATURES_ON: Final = "loan.matures_on"

#: How facts about the days of a loan are called in its calendar.
LOAN_CALENDAR: Final[Mapping[Derivation, str]] = {
    Field("loan.disbursed_on"): "disbursed",
    Field("loan.signed_on"): "signed",
    Field("loan.term_months"): "term",
    MonthsElapsed(Field("loan.disbursed_on")): "on_book",
    MonthsUntil(Field(MATURES_ON)): "remaining",
}

Equation: TypeAlias = tuple[Axis, int]


def paths_of(derived: Derivation) -> tuple[str, ...] | None:
    """The fields that a derivation reads; ``None`` if it is not one that a draft can turn round."""
    match derived:
        case Field(path) | GrownDaily(path):
            return (path,)
        case DaysSince(Field()) | MonthsElapsed(Field()) | MonthsBegun(Field()) | MonthsUntil(Field()):
            return fields_of(derived)
        case Quotient() | RelativeChange() | DaysFromTo() | Supplied():
            return fields_of(derived)
        case _:
            return None


def is_drawn_from_case_files(derived: Derivation) -> bool:
    """True if every field that *derived* reads is one of a case file, or the caller supplies the fact."""
    paths = paths_of(derived)
    return paths is not None and all(
        path.count(".") == 1 and (path.startswith("own.") or path.split(".")[1] in PARTS.get(path.split(".")[0], ())) for path in paths
    )


class Draft:
    """The fields of one case file on the day *on*, by their paths; amounts in minor units of *currency*."""

    def __init__(self, on: Date, currency: str) -> None:
        self.on = on
        self.currency = currency
        self.fields: dict[str, Any] = {}

    def fill(self, wanted: Sequence[Equation]) -> None:
        """Fill in what the cells of *wanted* ask for: fields first, then what ratios, dates and changes ask of the rest."""
        divided = set(_divided(wanted))
        for axis, at in wanted:
            derived = axis.fact.derived
            if isinstance(derived, Field | GrownDaily):
                self._fill_field(axis, at, derived.path if isinstance(derived, Field) else derived.count, divided)
        self._fill_loan_calendar(wanted)
        for axis, at in wanted:
            self._fill_day(axis, at)
        for axis, at in wanted:
            if isinstance(axis.fact.derived, DaysFromTo):
                self._fill_days_between(axis.value(at), first=axis.fact.derived.first.path, last=axis.fact.derived.last.path)
        self._fill_ratios([(axis, at) for axis, at in wanted if isinstance(axis.fact.derived, Quotient | RelativeChange)])

    def _fill_field(self, axis: Axis, at: int, path: str, divided: set[str]) -> None:
        """Fill in a plain value; an amount that may be the usual one is that, or left to the ratio that divides it."""
        value = axis.value(at)
        if not isinstance(value, Money):
            self.fields[path] = value
        elif path not in PLAIN or not axis.holds(at, Money(PLAIN[path], value.currency)):
            self.fields[path] = value.minor
        elif path not in divided:
            self.fields[path] = PLAIN[path]

    # -- days and months ---------------------------------------------------------------------------------------------

    def _fill_loan_calendar(self, wanted: Sequence[Equation]) -> None:
        """The days of the loan, together: they depend on one another."""
        ends = {
            name: axis.ends(at)
            for axis, at in wanted
            if (name := LOAN_CALENDAR.get(axis.fact.derived)) is not None and axis.value(at) is not None
        }
        if ends:
            latest = from_ordinal(self.on.toordinal() - _least_age(self.fields))
            first, last = ends.get("disbursed", ANY_DAY)
            ends["disbursed"] = first, max(first, min(last, latest))
            self.fields |= LoanCalendar(on=self.on, **ends).fields()

    def _fill_day(self, axis: Axis, at: int) -> None:
        number = axis.value(at)
        match axis.fact.derived:
            case DaysSince(Field(path)):
                day = None if number is None else from_ordinal(self.on.toordinal() - number)
            case MonthsElapsed(Field(path)) | MonthsBegun(Field(path)):
                day = None if number is None else add_months(self.on, -number)
            case MonthsUntil(Field(path)):
                day = None if number is None else add_months(self.on, number)
            case _:
                return
        if path != MATURES_ON:
            self.fields.setdefault(path, day)

    def _fill_days_between(self, days: int | None, *, first: str, last: str) -> None:
        """Two days so many days apart, from what is filled in of them; from the day of the draft on where neither is."""
        if days is None:
            free = next((path for path in (last, first) if path not in self.fields), last)
            self.fields.setdefault(free, None)
            return
        ends = self.fields.get(last)
        begins = self.fields.setdefault(first, self.on if ends is None else from_ordinal(ends.toordinal() - days))
        if begins is not None:
            self.fields.setdefault(last, from_ordinal(begins.toordinal() + days))

    # -- ratios ------------------------------------------------------------------------------------------------------

    def _fill_ratios(self, equations: list[Equation]) -> None:
        quotients = [(axis, at, *_quotient(axis.fact.derived)) for axis, at in equations]
        for axis, at, over, under in quotients:
            if axis.value(at) is None:
                self._leave_out((over, under))
        # what others divide by comes first, so that they can be whole numbers of fen
        dividends = {path for _, _, over, _ in quotients for path in over.plus}
        divisors = dict.fromkeys(under.plus[0] for _, _, _, under in quotients)
        for path in sorted(divisors, key=lambda path: path not in dividends):
            here = [part for part in quotients if path in part[2].plus or part[3].plus[0] == path]
            self._fill_divisor(path, [part for part in here if part[0].value(part[1]) is not None])
        for axis, at, over, under in quotients:
            if axis.value(at) is not None:
                self._fill_dividend(axis, at, over=over, under=under)

    def _leave_out(self, sides: Iterable[Terms]) -> None:
        """Make a ratio unknown by a field that nothing else has filled in, the one divided by if it can be left out."""
        over, under = sides
        for path in (*over.plus, *under.plus):
            if path not in PLAIN and path not in self.fields:
                self.fields[path] = None
                return

    def _fill_divisor(self, path: str, parts: list[tuple[Axis, int, Terms, Terms]]) -> None:
        if path in self.fields or not parts:
            return
        bound = [part for part in parts if part[3].plus[0] == path and self._is_known(part[2])]
        if bound:
            axis, at, over, _ = bound[0]
            ratio = _ratio(axis, at)
            self.fields[path] = 0 if not ratio else _inside(axis, at, self._sum(over), ratio)
            return
        scale = lcm(*(_ratio(axis, at).denominator if under.plus[0] == path else max(_ratio(axis, at).numerator, 1) for axis, at, _, under in parts))
        usual = USUAL_INCOME if path == "borrower.monthly_income" else USUAL_AMOUNT
        self.fields[path] = scale * max(1, min([usual, *self._limits(path, parts)]) // scale)

    def _limits(self, path: str, parts: list[tuple[Axis, int, Terms, Terms]]) -> Iterator[int]:
        """How large the divisor at *path* can be if the balance is to stay within a principal that is filled in."""
        principal = self.fields.get("loan.principal")
        for axis, at, over, under in parts:
            if principal is not None and under.plus[0] == path and over.plus == ("loan.balance",) and _ratio(axis, at):
                yield (principal / _ratio(axis, at)).__floor__()

    def _fill_dividend(self, axis: Axis, at: int, *, over: Terms, under: Terms) -> None:
        free = [path for path in over.plus if path not in self.fields]
        if not free or self.fields.get(under.plus[0]) is None:
            return
        for path in (*free[1:], *(path for path in over.minus if path not in self.fields)):
            self.fields[path] = 0
        whole = self.fields[under.plus[0]] * _ratio(axis, at)
        others = sum(self.fields[path] for path in over.plus if path != free[0]) - sum(self.fields[path] for path in over.minus)
        self.fields[free[0]] = max(0, round(whole) - others)

    def _is_known(self, terms: Terms) -> bool:
        return all(self.fields.get(path) is not None for path in terms.paths)

    def _sum(self, terms: Terms) -> int:
        total: int = sum(self.fields[path] for path in terms.plus) - sum(self.fields[path] for path in terms.minus)
        return total

    # -- the case file -----------------------------------------------------------------------------------------------

    def case_file(self) -> CaseFile:
        """The case file.

        Raises:
            InvalidInputError: If the fields contradict one another.
        """
        fields = dict(self.fields)
        _complete(fields, self.on)
        _date_arrears(fields, self.on)
        parts: dict[str, dict[str, Any]] = {name: {} for name in (*PARTS, "own")}
        for path, value in fields.items():
            part, field = path.split(".")
            parts[part][field] = Money(value, self.currency) if path in _AMOUNTS and value is not None else value
        loan_no, borrower_id = parts["loan"].pop("loan_no"), parts["borrower"].pop("id")
        return CaseFile(
            loan=Loan(loan_no, **parts["loan"]),
            borrower=BorrowerProfile(borrower_id, **parts["borrower"]),
            collateral=Collateral(**parts["collateral"]),
            market=MarketConditions(**parts["market"]),
            determination=Determination(**parts["determination"]),
            own=parts["own"],
        )


_AMOUNTS: Final = frozenset(
    f"{part}.{name}"
    for part, kind in (("loan", Loan), ("borrower", BorrowerProfile), ("collateral", Collateral))
    for name, field in attrs.fields_dict(kind).items()
    if "Money" in str(field.type)
)


def _divided(wanted: Sequence[Equation]) -> Iterator[str]:
    """The fields that ratios whose values are known divide."""
    for axis, at in wanted:
        if isinstance(axis.fact.derived, Quotient) and axis.value(at) is not None:
            yield from axis.fact.derived.over.plus


def _quotient(derived: Derivation) -> tuple[Terms, Terms]:
    if isinstance(derived, RelativeChange):
        return Terms((derived.now,)), Terms((derived.before,))
    assert isinstance(derived, Quotient)  # noqa: S101 - the only other kind that is asked
    return derived.over, derived.under


def _ratio(axis: Axis, at: int) -> Fraction:
    """What is divided by what, as a fraction: of a change, the new by the old."""
    value: Fraction = axis.value(at)
    return value + 1 if isinstance(axis.fact.derived, RelativeChange) else value


def _inside(axis: Axis, at: int, over: int, ratio: Fraction) -> int:
    """The divisor that brings *over* into the cell, rounded so that it stays there."""
    exact = over / ratio
    for candidate in (exact.__floor__(), exact.__ceil__()):
        if candidate > 0:
            found = Fraction(over, candidate) - (1 if isinstance(axis.fact.derived, RelativeChange) else 0)
            if axis.holds(at, found):
                return candidate
    return max(1, round(exact))


def _least_age(fields: Mapping[str, Any]) -> int:
    """How many days ago the loan must have been paid out at the least for what it has missed and paid since."""
    months = max(fields.get(path) or 0 for path in (_MISSED, "loan.months_clean_since_cure"))
    return max(fields.get(_OVERDUE) or 0, months * _MONTH)


def _complete_record(fields: dict[str, Any]) -> None:
    """Fill in what the payment record says beside what is asked of it; with periods of any length where months will not do."""
    missed, total = fields.get(_MISSED), fields.get("loan.missed_total_24m")
    if missed:
        fields.setdefault(_OVERDUE, (missed - 1) * _MONTH + 1)
    overdue = fields.setdefault(_OVERDUE, PLAIN[_OVERDUE])
    if _MISSED not in fields and overdue:
        periods = -(-overdue // _MONTH)
        fields[_MISSED] = (periods if total is None else min(periods, total)) or None
    elif missed is not None and ((missed == 0 and overdue > _MONTH) or (total is not None and total < missed)):
        fields.setdefault("loan.repayment", "interest_first")


def _date_arrears(fields: dict[str, Any], on: Date) -> None:
    """Say by its day how late a loan is whose record is older: a count that has grown since, beside one that has not."""
    overdue = fields[_OVERDUE]
    if overdue > _MONTH and (fields.get("loan.months_clean_since_cure") or (fields.get(_MISSED) == 0 and fields["loan.repayment"] in MONTHLY)):
        fields |= {_OVERDUE: None, "loan.unpaid_since": from_ordinal(on.toordinal() - overdue)}


def _complete(fields: dict[str, Any], on: Date) -> None:
    """Fill in what a case file cannot do without, and what stands behind properties."""
    _complete_record(fields)
    for path, value in PLAIN.items():
        fields.setdefault(path, value)
    _complete_amounts(fields)
    begun = min(add_months(on, -USUAL_MONTHS), from_ordinal(on.toordinal() - _least_age(fields)))
    signed = fields.get("loan.signed_on")
    fields.setdefault("loan.disbursed_on", begun if signed is None else max(begun, signed))
    _complete_maturity(fields)
    if fields.pop("loan.extended", False) and fields.get("loan.extended_to") is None:
        fields["loan.extended_to"] = add_months(fields["loan.disbursed_on"], fields["loan.term_months"] + 1)
    if "loan.restructured" in fields:
        is_restructured = fields.pop("loan.restructured")
        if is_restructured and not fields.get("loan.in_observation") and not fields.get("loan.restructured_again"):
            fields.setdefault("loan.restructured_on", on)
        if is_restructured is None:  # nobody searched the registers that would tell
            fields.setdefault("loan.in_observation", None)
            fields.setdefault("loan.restructured_again", None)


def _complete_maturity(fields: dict[str, Any]) -> None:
    """The maturity follows from the term; one that lies later is that of an extension."""
    matures = fields.pop("loan.matures_on", None)
    if matures is not None and matures > add_months(fields["loan.disbursed_on"], fields["loan.term_months"]):
        fields.setdefault("loan.extended_to", matures)


def _complete_amounts(fields: dict[str, Any]) -> None:
    if fields["loan.balance"] > fields["loan.principal"] > 0:
        if fields["loan.balance"] == PLAIN["loan.balance"]:
            fields["loan.balance"] = fields["loan.principal"]
        else:  # the value at origination goes up with the principal, so that their ratio stays
            times = -(-fields["loan.balance"] // fields["loan.principal"])
            fields["loan.principal"] *= times
            if fields.get("collateral.value_at_origination") is not None:
                fields["collateral.value_at_origination"] *= times
    service = fields.get("borrower.monthly_debt_service")
    if service is not None and "borrower.property_fee" in fields:
        fields["borrower.property_fee"] = min(fields["borrower.property_fee"] or 0, service)

"""The loan: what was granted, how it is paid, and what the registers say about it."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Final, NewType

import attrs

from revisit_policy.casefile import fields
from revisit_policy.casefile.people.moved import moved_to
from revisit_policy.casefile.relation_checks import checks_of
from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, add_months
from revisit_policy.values.labels import Labelled
from revisit_policy.values.money import Money
from revisit_policy.values.validation import fault, gather, gathering, names_known, refused, to_text, to_whole


class Product(Labelled, zh="贷款产品"):
    """What was lent for."""

    FIRST_HOME = "first_home", "首套住房贷款", "first home"
    SECOND_HOME = "second_home", "二套住房贷款", "second home"
    OFF_PLAN = "off_plan", "期房贷款", "home bought off plan"
    COMMERCIAL = "commercial", "商业用房贷款", "commercial property"
    PROVIDENT_FUND_COMBINATION = "provident_fund_combination", "公积金组合贷款", "combination with a provident-fund loan"


def to_product(value: Product | str) -> Product:
    """The product itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Product.parse(value)


class Repayment(Labelled, zh="还款方式"):
    """How a loan is paid back."""

    LEVEL_PAYMENT = "level_payment", "等额本息", "level payment"
    LEVEL_PRINCIPAL = "level_principal", "等额本金", "level principal"
    INTEREST_FIRST = "interest_first", "按期付息到期还本", "interest first, principal at maturity"
    BULLET = "bullet", "到期一次还本付息", "all at maturity"


def to_repayment(value: Repayment | str) -> Repayment:
    """The way of repayment itself or the one with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return Repayment.parse(value)


Principal = NewType("Principal", Money)
TermMonths = NewType("TermMonths", int)
DaysPastDue = NewType("DaysPastDue", int)
# What the converters below let through: types of their own, so that who builds a loan from its types draws what it takes.


def _to_principal(value: Money) -> Principal:
    amount = fields.to_amount(value)
    if amount.minor == 0:
        raise refused(value, Phrase("大于0", "more than 0"))
    return Principal(amount)


def _to_term(value: int) -> TermMonths:
    return TermMonths(to_whole(value, low=1, high=fields.LONGEST_TERM))


def _to_arrears(value: int | None) -> DaysPastDue | None:
    return None if value is None else DaysPastDue(to_whole(value, high=fields.LONGEST_ARREARS))


_DETERMINED: Final = Phrase(
    "改由案卷的 `CaseFile(determination=Determination(grade, on=..., role=...))` 给出",
    "given as `CaseFile(determination=Determination(grade, on=..., role=...))`",
)


@moved_to(previous_grade=_DETERMINED)
@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class Loan:
    """One housing loan after disbursement, as known on the day of the decision.

    A field of a *register* that is left out says that the register has no entry: False or 0. ``None`` says that nobody
    searched it. A *measurement* that is left out is unknown, which is the same as ``None``.

    Args:
        loan_no: The bank's number of the loan.
        product: What was lent for, or its code.
        principal: What was lent; more than 0.
        balance: Principal not yet paid back; at most *principal*.
        annual_rate: Contract rate a year, exact; 3.35 per cent is ``"0.0335"``.
        repayment: How it is paid back, or the code.
        disbursed_on: The day the money was paid out; of several, the first.
        term_months: Months from disbursement to maturity as contracted, 1 to 600.
        days_past_due: Calendar days since the due day of the oldest unpaid instalment, the longer of principal and
            interest. On the due day itself it is 0; a proved technical cause does not change it. Left out only where
            *unpaid_since* tells it.
        arrears_as_of: The day that *days_past_due* is of. Asked on a later day, a count above 0 is what it was and the days
            between; a count of 0 stays 0. Left out, it is the day on which the question is asked, whichever that is: then the
            deadlines of the arrears move with every day of asking.
        unpaid_since: The due day of the oldest unpaid instalment, from which the days past due follow, in place of
            *days_past_due*; ``None`` where that is given.
        signed_on: The day the contract was signed; ``None`` if unknown. Not after *disbursed_on*.
        extended_to: Maturity after an agreed extension; ``None`` if there was none. After the contracted maturity.
        instalment: What is due each month, principal and interest; ``None`` if unknown.
        price: What the home cost; ``None`` if unknown.
        down_payment: What the buyer paid of *price*; ``None`` if unknown.
        home_count: Homes of the household, this one included, as the city counted them at signing; ``None`` if unknown.
        missed_consecutive: Periods missed in a row until now; ``None`` if unknown.
        missed_total_24m: Periods missed in the last 24 months; ``None`` if unknown.
        delays_over_5_days_12m: Payments more than five days late in the last 12 months; ``None`` if unknown.
        technical_cause_proved: Register of proofs: the bank has proved that the present arrears come from an
            operational or technical cause.
        misuse_of_funds: Register: the money was used otherwise without consent.
        refinanced: Register: repaid by a new loan or other debt.
        impaired: Register: credit-impaired under the accounting standard.
        ecl: Expected credit loss; ``None`` if unknown. At most *carrying_amount*.
        carrying_amount: The amount *ecl* is measured against; ``None`` if unknown.
        in_observation: Register: a restructured asset whose observation has not ended.
        restructured_again: Register: restructured once more inside the observation.
        restructured_on: The day of the (latest) restructuring; ``None`` if there was none or the day is unknown.
        observation_until: The first day on which the observation can end; ``None`` if there is none or it is unknown.
        months_clean_since_cure: Register: whole months paid in full and on time since the last arrears were cleared.
        reclassified_on: The day the loan was, or is to be, classified anew under the edition of the rules that is in force; ``None`` if no
            day is set.
        demanded_on: The last day on which a demand for payment reached the borrower; ``None`` if none is on file. Then the time in which
            the bank can sue counts from the day that was due.
        has_acceleration_clause: Whether the contract has a clause by which the whole loan can be declared due; ``None`` if nobody has
            read it. A clause that is not on file is asked for, and not taken as none.
        has_top_up_clause: The same of a clause by which more security can be asked for when the value of the home falls.
        has_inspection_clause: The same of a clause by which the use of the money and the home may be inspected.
        undrawn: What was granted and is still to be paid out; ``None`` if unknown.
        prepaid_12m: What was paid back ahead of the plan within twelve months; ``None`` if unknown.
        granted_in_breach: Register: the loan was granted in breach of law or regulation.
        drawn_for_visit: Register of the draw: the lot of the period in force has chosen the loan for a visit, as `workload.in_sample` or
            `workload.draw` chooses. Left out, it was not drawn, or nothing was drawn at all; ``None`` where nobody has looked.
        person_needed_since: The first day from which a person had to visit where checks of data were enough before, as
            `Decision.person_needed_since` told it; ``None`` if no person is needed, or the day is unknown. Not before *disbursed_on*.

    Raises:
        InvalidInputError: If fields are malformed or contradict one another, all of them together.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> loan = Loan(
        ...     "GZ-2024-000117",
        ...     product="first_home",
        ...     principal=cny(1800000),
        ...     balance=cny(1455000),
        ...     annual_rate="0.0335",
        ...     repayment="level_payment",
        ...     disbursed_on="2024-03-15",
        ...     term_months=360,
        ...     days_past_due=0,
        ... )
        >>> loan.matures_on, loan.misuse_of_funds, loan.missed_consecutive
        (Date(2054, 3, 15), False, None)
    """

    loan_no: str = attrs.field(converter=to_text, kw_only=False)
    product: Product = attrs.field(converter=to_product)
    principal: Money = attrs.field(converter=_to_principal)
    balance: Money = attrs.field(converter=fields.to_amount)
    annual_rate: Fraction = attrs.field(converter=fields.to_rate)
    repayment: Repayment = attrs.field(converter=to_repayment)
    disbursed_on: Date = attrs.field(converter=fields.to_day)
    term_months: int = attrs.field(converter=_to_term)
    days_past_due: int | None = attrs.field(default=None, converter=_to_arrears)
    arrears_as_of: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    unpaid_since: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    signed_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    extended_to: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    instalment: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    price: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    down_payment: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    home_count: int | None = attrs.field(default=None, converter=fields.count_or_unknown)

    missed_consecutive: int | None = attrs.field(default=None, converter=fields.count_or_unknown)
    missed_total_24m: int | None = attrs.field(default=None, converter=fields.count_or_unknown)
    delays_over_5_days_12m: int | None = attrs.field(default=None, converter=fields.count_or_unknown)
    technical_cause_proved: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)

    misuse_of_funds: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    refinanced: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    impaired: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    ecl: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    carrying_amount: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)

    in_observation: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    restructured_again: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    restructured_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    observation_until: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    months_clean_since_cure: int | None = attrs.field(default=0, converter=fields.count_or_unknown)
    reclassified_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    demanded_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    has_acceleration_clause: bool | None = attrs.field(default=None, converter=fields.flag_or_unknown)
    has_top_up_clause: bool | None = attrs.field(default=None, converter=fields.flag_or_unknown)
    has_inspection_clause: bool | None = attrs.field(default=None, converter=fields.flag_or_unknown)

    undrawn: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    prepaid_12m: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    granted_in_breach: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    drawn_for_visit: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    person_needed_since: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    def __attrs_post_init__(self) -> None:
        gather(self, _is_of_one_currency, _arrears_are_told_once, *_RELATIONS.unless_kept(self))

    @cached_property
    def matures_on(self) -> Date:
        """The last day of the term: as extended, or as contracted, counted in months from the disbursement."""
        return self.extended_to or self.contracted_maturity

    @property
    def limitation_from(self) -> Date:
        """The day from which the time to sue runs: that on which the last instalment is due, or of a later demand that reached the borrower."""
        return self.matures_on if self.demanded_on is None else max(self.matures_on, self.demanded_on)

    @property
    def contracted_maturity(self) -> Date:
        """The last day of the term as contracted, counted in months from the disbursement."""
        return add_months(self.disbursed_on, self.term_months)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed: no balance and nothing past due; interest can be past due where the balance is paid."""
        return self.balance.minor == 0 and self.days_past_due == 0

    @property
    def is_dated(self) -> bool:
        """Whether the days past due are those of a day that is known, or there are none: then they are the same whenever asked."""
        return self.days_past_due == 0 or self.arrears_as_of is not None or self.unpaid_since is not None

    def days_past_due_on(self, on: Date) -> int:
        """The days past due as of the day *on*, which is not before the days that the loan tells of."""
        if self.unpaid_since is not None:
            return (on - self.unpaid_since).days
        counted = self.days_past_due or 0
        return counted + (on - self.arrears_as_of).days if counted and self.arrears_as_of is not None else counted

    @property
    def extended(self) -> bool:
        """Whether the term was extended before."""
        return self.extended_to is not None

    @property
    def restructured(self) -> bool | None:
        """Whether the loan was ever restructured, as far as the other fields tell; ``None`` if they leave it open."""
        if self.restructured_on is not None or self.in_observation or self.restructured_again:
            return True
        return None if self.in_observation is None or self.restructured_again is None else False


_RELATIONS: Final = checks_of("loan")


def _arrears_are_told_once(loan: Loan) -> InvalidValueError | None:
    """Two counts would be one on the day they are made, and two on the next."""
    if loan.unpaid_since is None:
        is_told = loan.days_past_due is not None
        expected = Phrase("天数（整数），已给出 `unpaid_since` 时方可不填", "a whole number of days, or left out beside `unpaid_since`")
        return None if is_told else fault("days_past_due", None, expected)
    beside = Phrase("已给出 `unpaid_since` 时不填", "left out where `unpaid_since` tells it")
    if loan.days_past_due is not None:
        return fault("days_past_due", loan.days_past_due, beside)
    return None if loan.arrears_as_of is None else fault("arrears_as_of", str(loan.arrears_as_of), beside)


def _is_of_one_currency(loan: Loan) -> InvalidValueError | None:
    amounts = (
        loan.principal, loan.balance, loan.instalment, loan.price, loan.down_payment, loan.ecl, loan.carrying_amount, loan.undrawn, loan.prepaid_12m,
    )  # fmt: skip
    if fields.is_one_currency(amounts):
        return None
    found = sorted({amount.currency for amount in amounts if amount is not None})
    return fault(
        "principal",
        loan.principal,
        Phrase("与贷款其他金额同一币种，不得兼有 {found}", "in one currency with the loan's other amounts, not {found}", found=" and ".join(found)),
    )

"""The borrower: standing, income, and whether the bank can reach them."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.casefile import fields
from revisit_policy.casefile.relation_checks import checks_of
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled, OrderedLabelled
from revisit_policy.values.money import Money
from revisit_policy.values.validation import gather, gathering, names_known, to_text


class CreditStanding(OrderedLabelled, zh="信用状况"):
    """How well the borrower has kept their word, the mildest risk first: ``EXCELLENT < POOR``."""

    EXCELLENT = "excellent", "优良", "excellent"
    GOOD = "good", "良好", "good"
    AVERAGE = "average", "一般", "average"
    POOR = "poor", "较差", "poor"


def standing_or_unknown(value: CreditStanding | str | None) -> CreditStanding | None:
    """The standing itself, the one with this code, or ``None``.

    Raises:
        UnknownNameError: If there is none.
    """
    return None if value is None else CreditStanding.parse(value)


class Employment(Labelled, zh="就业状况"):
    """How the borrower earns a living."""

    SALARIED = "salaried", "受薪", "salaried"
    PUBLIC_SERVICE = "public_service", "公职", "public service"
    SELF_EMPLOYED = "self_employed", "自雇", "self-employed"
    RETIRED = "retired", "退休", "retired"
    UNEMPLOYED = "unemployed", "失业", "out of work"
    OTHER = "other", "其他", "other"


def employment_or_unknown(value: Employment | str | None) -> Employment | None:
    """The employment itself, the one with this code, or ``None``.

    Raises:
        UnknownNameError: If there is none.
    """
    return None if value is None else Employment.parse(value)


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class BorrowerProfile:
    """The borrower as known on the day of the decision: a number and figures, no name and no address.

    A field of a *register* that is left out says that the register has no entry; ``None`` says that nobody searched it.

    Args:
        id: The bank's number of the borrower.
        credit_standing: How well they have kept their word, or its code; ``None`` if not rated.
        monthly_income: Income a month of all who owe the loan; ``None`` if unknown.
        income_at_last_review: The same at the review before; ``None`` if unknown.
        monthly_debt_service: All that goes into housing and debts a month: this loan's instalment, the property fee
            and every other debt's payment; ``None`` if unknown.
        property_fee: The part of it that is the property fee; ``None`` if unknown.
        employment: How they earn a living, or the code; ``None`` if unknown.
        cooperative: Whether they work with the bank on a way out; ``None`` if nobody asked.
        co_borrower_paying: Whether a co-borrower keeps paying; ``None`` if unknown.
        has_co_borrower: Whether somebody else signed as a borrower; ``None`` if nobody has read the contract.
        reviewed_on: The day income, debts and employment were last reviewed; ``None`` if unknown. What they give rise
            to counts as begun on this day unless an event of the case file says otherwise.
        failed_contact_attempts: Register: attempts in a row that reached nobody.
        lost_contact: Register: declared out of reach.
        deceased: Register: has died.
        other_bad_debt: Register: non-performing debt at this or another lender.
        debt_evasion: Register: evades bank debt.
        bankruptcy: Register: in bankruptcy liquidation.
        divorced: Register: divorced since the loan was granted.
        seriously_ill: Register: seriously ill or disabled since then.
        moved_away: Register: no longer lives where the bank was told.

    Raises:
        InvalidInputError: If fields are malformed or contradict one another, all of them together.

    Examples:
        >>> BorrowerProfile("B-88", credit_standing="excelent")
        Traceback (most recent call last):
        revisit_policy.errors.InvalidInputError: `BorrowerProfile.credit_standing` must be one of ... perhaps `excellent`, got `'excelent'`
    """

    id: str = attrs.field(converter=to_text, kw_only=False)
    credit_standing: CreditStanding | None = attrs.field(default=None, converter=standing_or_unknown)
    monthly_income: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    income_at_last_review: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    monthly_debt_service: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    property_fee: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    employment: Employment | None = attrs.field(default=None, converter=employment_or_unknown)
    cooperative: bool | None = attrs.field(default=None, converter=fields.flag_or_unknown)
    co_borrower_paying: bool | None = attrs.field(default=None, converter=fields.flag_or_unknown)
    has_co_borrower: bool | None = attrs.field(default=None, converter=fields.flag_or_unknown)
    reviewed_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)

    failed_contact_attempts: int | None = attrs.field(default=0, converter=fields.count_or_unknown)
    lost_contact: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    deceased: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    other_bad_debt: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    debt_evasion: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    bankruptcy: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    divorced: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    seriously_ill: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    moved_away: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)

    def __attrs_post_init__(self) -> None:
        gather(self, *_RELATIONS.unless_kept(self))


_RELATIONS: Final = checks_of("borrower")

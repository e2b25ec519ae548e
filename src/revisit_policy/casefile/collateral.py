"""The collateral: the mortgaged home, its value, its title and who else answers for the debt."""

from __future__ import annotations

import attrs

from revisit_policy.casefile import fields
from revisit_policy.values.dates import Date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.money import Money
from revisit_policy.values.validation import gather, gathering, names_known


class PropertyType(Labelled, zh="房产类型"):
    """What kind of property is mortgaged."""

    COMPLETED_HOME = "completed_home", "现房", "completed home"
    SECOND_HAND_HOME = "second_hand_home", "二手房", "second-hand home"
    OFF_PLAN = "off_plan", "期房", "home bought off plan"
    COMMERCIAL = "commercial", "商业用房", "commercial property"


def property_type_or_unknown(value: PropertyType | str | None) -> PropertyType | None:
    """The type itself, the one with this code, or ``None``.

    Raises:
        UnknownNameError: If there is none.
    """
    return None if value is None else PropertyType.parse(value)


class RegistrationState(Labelled, zh="登记状态"):
    """How far the registration of the mortgage has come."""

    REGISTERED = "registered", "已办抵押登记", "mortgage registered"
    APPLIED_FOR = "applied_for", "已申请抵押登记", "mortgage registration applied for"
    PRE_REGISTERED = "pre_registered", "预告登记", "pre-registered"
    NONE = "none", "未登记", "not registered"


def registration_or_unknown(value: RegistrationState | str | None) -> RegistrationState | None:
    """The state itself, the one with this code, or ``None``.

    Raises:
        UnknownNameError: If there is none.
    """
    return None if value is None else RegistrationState.parse(value)


class StallCause(Labelled, zh="停工或延期原因"):
    """Why a building project stands still or is late."""

    FUNDING = "funding", "资金断裂", "the developer's money has run out"
    WEATHER = "weather", "天气", "weather"
    PUBLIC_POLICY = "public_policy", "政策原因", "a measure of the authorities"
    OTHER = "other", "其他", "something else"


def stall_cause_or_unknown(value: StallCause | str | None) -> StallCause | None:
    """The cause itself, the one with this code, or ``None``.

    Raises:
        UnknownNameError: If there is none.
    """
    return None if value is None else StallCause.parse(value)


@names_known
@attrs.frozen(kw_only=True, field_transformer=gathering)
class Collateral:
    """The mortgaged home as known on the day of the decision. With no field given, nothing is known of it.

    A field of a *register* that is left out says that the register has no entry; ``None`` says that nobody searched it.

    Args:
        value: What the home was found to be worth last; ``None`` if unknown. 0 for one that is destroyed.
        valued_on: The day of that valuation; ``None`` if unknown.
        value_at_origination: What it was worth when the loan was granted; ``None`` if unknown.
        property_type: What kind of property it is, or the code; ``None`` if unknown.
        registration: How far the registration of the mortgage has come, or the code; ``None`` if unknown.
        registrable_since: The first day on which registration could be applied for; ``None`` if not yet or unknown.
        seized: Register: sealed, frozen or seized by an authority.
        project_stalled: Register: the building project stands still or is late.
        damaged_by_owner: Register: the owner's own acts have lowered the value.
        has_guarantor: Register of guarantees: somebody else answers for the debt, a developer until the mortgage is
            registered included.
        has_developer_guarantee: Register of guarantees: the developer answers for the debt until the mortgage is registered.
        guarantee_until: The last day on which the guarantor can be held; ``None`` if nobody has worked it out, or there is no guarantor.
        insurance_lapsed: Register: an insurance of the home that was agreed on has run out.
        stall_cause: Why the building project stands still or is late, or the code; ``None`` if unknown, or it is neither.
        purchase_rescinded: Register: the contract by which the home was bought has been rescinded or declared void.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> from revisit_policy.values.money import cny
        >>> home = Collateral(value=cny("2450000"), valued_on="2026-03-02", property_type="completed_home")
        >>> home.property_type, home.registration
        (PropertyType.COMPLETED_HOME, None)
    """

    value: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    valued_on: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    value_at_origination: Money | None = attrs.field(default=None, converter=fields.amount_or_unknown)
    property_type: PropertyType | None = attrs.field(default=None, converter=property_type_or_unknown)
    registration: RegistrationState | None = attrs.field(default=None, converter=registration_or_unknown)
    registrable_since: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    seized: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    project_stalled: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    damaged_by_owner: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    has_guarantor: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    has_developer_guarantee: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    guarantee_until: Date | None = attrs.field(default=None, converter=fields.day_or_unknown)
    insurance_lapsed: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)
    stall_cause: StallCause | None = attrs.field(default=None, converter=stall_cause_or_unknown)
    purchase_rescinded: bool | None = attrs.field(default=False, converter=fields.flag_or_unknown)

    def __attrs_post_init__(self) -> None:
        gather(self)

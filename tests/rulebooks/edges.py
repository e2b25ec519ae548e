"""The edges of every rule: facts on the last step at which it holds, and the steps beside it at which it does not.

The figures are written out, not read from the rulebook, so that a threshold that moves by a step is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import attrs

from revisit_policy import UNCLASSIFIED, Grade, Level, Measure, RevisitPolicy, Signal, SignalCode, VisitMethod, cny
from revisit_policy.outcomes.day_window import DayWindow
from revisit_policy.outcomes.origination_finding import OriginationFinding
from revisit_policy.outcomes.revaluation_duty import RevaluationDuty
from revisit_policy.rulebooks.cn_housing.difficulty import Difficulty
from revisit_policy.values.dates import from_ordinal, to_date

Facts: TypeAlias = dict[str, Any]


@attrs.frozen
class Edge:
    """*rule* says *outcome* of a loan in order but for *facts*, and does not hold with any of the changes *beside*."""

    rule: str
    outcome: Any
    facts: Facts
    beside: tuple[Facts, ...]


#: A loan in order, of which everything is known: what an edge does not tell is as here.
IN_ORDER: Final[Facts] = {
    "on": "2026-06-15", "disbursed_on": "2024-03-01", "signed_on": "2024-02-20", "product": "first_home", "principal": cny(1_000_000), "term_months": 300,
    "months_on_book": 27, "remaining_months": 273, "days_past_due": 0, "missed_consecutive": 0, "missed_total_24m": 0, "delays_over_5_days_12m": 0,
    "ecl_ratio": "0", "home_count": 1, "down_payment_ratio": "0.50", "credit_standing": "average", "employment": "salaried", "income_change": "0",
    "housing_dsr": "0.30", "total_dsr": "0.30", "cooperative": False, "co_borrower_paying": True, "has_inspection_clause": True, "property_type": "completed_home", "ltv_now": "0.50",
    "balance": cny(800_000), "ltv_at_origination": "0.70",
    "months_begun_since_valuation": 6, "registration_state": "registered", "days_since_registrable": 500, "price_change_12m": "0", "price_volatility": "0",
    "visit_kind": "periodic",
}


def edge(rule: str, outcome: Any, facts: Facts, *beside: Facts) -> Edge:
    return Edge(rule, outcome, facts, beside)


def fired(policy: RevisitPolicy, rule: str, **facts: object) -> bool:
    """Whether the rule surely holds of a loan in order but for *facts*, which leave nothing about it open."""
    verdicts = policy.graph.verdicts(**(IN_ORDER | facts))
    home = next(table.id for table in policy.tables if any(found.id == rule for found in table.rules))
    assert rule not in verdicts[home].undecided
    return rule in verdicts[home].fired


def flag(rule: str, outcome: Any, fact: str, **more: Any) -> Edge:
    """An edge of a rule that holds if *fact* is set, *more* being given."""
    return Edge(rule, outcome, {**more, fact: True}, ({fact: False},))


def days(n: int) -> Facts:
    return {"days_past_due": n}


def signal(code: str, level: str) -> Signal:
    return Signal(SignalCode.parse(code), level=Level.parse(level))


MENTION, SUBSTANDARD, DOUBTFUL, LOSS = Grade.SPECIAL_MENTION, Grade.SUBSTANDARD, Grade.DOUBTFUL, Grade.LOSS
BELOW_FLOOR: Final = OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR
IMPAIRED: Final = {"impaired": True}
OWED: Final = {"balance": cny("0.01")}
PAID: Final = {"balance": cny(0)}
LARGE: Final = {"principal": cny(5_000_000)}
NOT_LARGE: Final = {"principal": cny("4999999.99")}
CLAUSE: Final = {"has_acceleration_clause": True}
NO_CLAUSE: Final = {"has_acceleration_clause": False}
TOP_UP: Final = {"has_top_up_clause": True}
NO_TOP_UP: Final = {"has_top_up_clause": False}
STRAINED: Final = {"income_change": "-0.20", "total_dsr": "0.56", "housing_dsr": "0.30", "employment": "salaried", **days(0)}
EMPLOYED: Final = tuple({"employment": other} for other in ("salaried", "public_service", "self_employed", "retired", "other"))
IN_DIFFICULTY_ONLY: Final = {"income_change": "0", "total_dsr": "0.30", "other_bad_debt": True}
LESS_STRAINED: Final = (IN_DIFFICULTY_ONLY, {"income_change": "-0.19", "total_dsr": "0.56"}, {"income_change": "-0.20", "total_dsr": "0.55"})

DIFFICULTY: Final = (
    edge("difficulty-overdue", Difficulty.IN_DIFFICULTY, days(1), days(0)),
    edge("difficulty-capacity-falls", Difficulty.IN_DIFFICULTY, {"income_change": "-0.20", "total_dsr": "0.5501", "employment": "salaried"}, {"income_change": "-0.1999"}, {"total_dsr": "0.55"}),
    edge("difficulty-capacity-falls", Difficulty.IN_DIFFICULTY, {"income_change": "0", "total_dsr": "0.5501", "employment": "unemployed"}, {"total_dsr": "0.55"}, *EMPLOYED),
    flag("difficulty-bad-debt-elsewhere", Difficulty.IN_DIFFICULTY, "other_bad_debt"),
)



def determined() -> Iterator[Edge]:
    """What people determined is a floor: of each grade but the mildest, beside the grades next to it."""
    for milder, grade, worse in zip(Grade, tuple(Grade)[1:], (*tuple(Grade)[2:], UNCLASSIFIED), strict=False):
        yield edge(f"determined-{grade.value.replace('_', '-')}", grade, {"determined_grade": grade}, {"determined_grade": milder}, {"determined_grade": worse})


GRADE: Final = (
    edge("overdue", MENTION, days(8), days(7)),
    edge("overdue-unless-technical", MENTION, days(7), days(8), days(0), {"technical_cause_proved": True}),
    edge("overdue-unless-technical", MENTION, days(1), days(0)),
    edge("overdue-unless-technical", MENTION, {**days(1), "technical_cause_proved": None}, {"technical_cause_proved": True}),
    flag("misuse-of-funds", MENTION, "misuse_of_funds"),
    flag("refinanced", MENTION, "refinanced"),
    flag("in-observation", MENTION, "in_observation"),
    edge("overdue-90", SUBSTANDARD, days(91), days(90)),
    flag("impaired", SUBSTANDARD, "impaired"),
    flag("restructured-again", SUBSTANDARD, "restructured_again"),
    *determined(),
    edge("overdue-270", DOUBTFUL, days(271), days(270)),
    flag("debt-evasion", DOUBTFUL, "debt_evasion"),
    edge("ecl-half", DOUBTFUL, {**IMPAIRED, "ecl_ratio": "0.50"}, {"ecl_ratio": "0.4999"}, {"impaired": False}),
    edge("overdue-360", LOSS, days(361), days(360)),
    flag("bankruptcy", LOSS, "bankruptcy"),
    edge("ecl-ninety", LOSS, {**IMPAIRED, "ecl_ratio": "0.90"}, {"ecl_ratio": "0.8999"}, {"impaired": False}),
)

GRADE_2007: Final = (
    edge("overdue", MENTION, days(1), days(0), {"technical_cause_proved": True}),
    edge("overdue", MENTION, {**days(1), "technical_cause_proved": None}, {"technical_cause_proved": True}),
    edge("overdue", MENTION, {**days(8), "technical_cause_proved": True}, days(7)),
    edge("overdue-90", SUBSTANDARD, days(91), days(90)),
    edge("overdue-180", DOUBTFUL, days(181), days(180)),
    flag("misuse-of-funds", MENTION, "misuse_of_funds"),
    flag("refinanced", MENTION, "refinanced"),
    flag("debt-evasion", MENTION, "debt_evasion"),
    flag("bad-debt-elsewhere", MENTION, "other_bad_debt"),
    flag("granted-in-breach", MENTION, "granted_in_breach"),
    edge("debt-evasion-overdue", SUBSTANDARD, {"debt_evasion": True, **days(1)}, days(0), {"debt_evasion": False}),
    flag("restructured", SUBSTANDARD, "in_observation"),
    flag("restructured-again", SUBSTANDARD, "restructured_again"),
    edge("restructured-overdue", DOUBTFUL, {"in_observation": True, **days(1)}, days(0), {"in_observation": False}),
    *determined(),
    flag("impaired", SUBSTANDARD, "impaired"),
    flag("bankruptcy", LOSS, "bankruptcy"),
    edge("ecl-ninety", LOSS, {**IMPAIRED, "ecl_ratio": "0.90"}, {"ecl_ratio": "0.8999"}, {"impaired": False}),
)

LAPSED: Final = {"registration_state": "pre_registered", "days_since_registrable": 91}
VALUED: Final = {"months_begun_since_valuation": 12, "ltv_now": "0.50"}
VOLATILE: Final = {"price_volatility": "0.10", "months_begun_since_valuation": 7, **OWED}
CALMER: Final = ({"price_volatility": "0.0999"}, {"months_begun_since_valuation": 6}, PAID)

SIGNALS: Final = (
    edge("signal-arrears", signal("arrears", "yellow"), days(1), days(0), {"technical_cause_proved": True}),
    edge("signal-arrears", signal("arrears", "yellow"), {**days(1), "technical_cause_proved": None}, {"technical_cause_proved": True}),
    edge("signal-arrears", signal("arrears", "yellow"), {**days(8), "technical_cause_proved": True}, days(7)),
    edge("signal-arrears-31", signal("arrears", "orange"), days(31), days(30)),
    edge("signal-npl-imminent", signal("npl_imminent", "orange"), days(61), days(60)),
    edge("signal-npl", signal("npl", "red"), days(91), days(90)),
    edge("signal-loss", signal("loss", "red"), days(361), days(360)),
    edge("signal-watch-delays", signal("watch", "blue"), {"delays_over_5_days_12m": 4}, {"delays_over_5_days_12m": 3}),
    edge("signal-missed-in-a-row", signal("watch", "yellow"), {"missed_consecutive": 3}, {"missed_consecutive": 2}),
    edge("signal-unpaid-at-maturity", signal("watch", "yellow"), {"remaining_months": -1, **OWED}, {"remaining_months": 0}, PAID),
    edge("signal-missed-in-all", signal("watch", "yellow"), {"missed_total_24m": 6}, {"missed_total_24m": 5}),
    flag("signal-impaired", signal("impaired", "red"), "impaired"),
    edge("signal-loss-expected", signal("loss", "red"), {**IMPAIRED, "ecl_ratio": "0.90"}, {"ecl_ratio": "0.8999"}, {"impaired": False}),
    flag("signal-misuse", signal("misuse", "red"), "misuse_of_funds"),
    flag("signal-evasion", signal("evasion", "red"), "debt_evasion"),
    flag("signal-bankruptcy", signal("bankruptcy", "red"), "bankruptcy"),
    flag("signal-refinanced", signal("refinanced", "yellow"), "refinanced"),
    flag("signal-restructured", signal("restructured", "yellow"), "in_observation"),
    edge("signal-revaluation-due", signal("revaluation_due", "blue"), {"months_begun_since_valuation": 13, **OWED}, {"months_begun_since_valuation": 12}, PAID),
    edge("signal-revaluation-due-sooner", signal("revaluation_due", "blue"), VOLATILE, *CALMER),
    edge("signal-valuation-missing", signal("revaluation_due", "blue"), {**VALUED, **OWED, "months_begun_since_valuation": None}, {"months_begun_since_valuation": 12}, PAID),
    edge("signal-valuation-missing", signal("revaluation_due", "blue"), {**VALUED, **OWED, "ltv_now": None}, {"ltv_now": "0.50"}, PAID),
    edge("signal-prices-fall", signal("collateral_decline", "yellow"), {"price_change_12m": "-0.10", **OWED}, {"price_change_12m": "-0.0999"}, PAID),
    edge("signal-ltv-thin", signal("collateral_decline", "yellow"), {"ltv_now": "0.80"}, {"ltv_now": "0.7999"}, {"ltv_at_origination": "0.80"}),
    edge("signal-ltv-thin", signal("collateral_decline", "yellow"), {"ltv_now": "0.80", "ltv_at_origination": "0.7999"}, {"ltv_at_origination": "0.80"}),
    edge("signal-ltv-thin", signal("collateral_decline", "yellow"), {"ltv_now": "0.80", "ltv_at_origination": None}, {"ltv_at_origination": "0.80"}),
    edge("signal-ltv-orange", signal("collateral_decline", "orange"), {"ltv_now": "0.90"}, {"ltv_now": "0.8999"}),
    edge("signal-ltv-under-water", signal("collateral_decline", "red"), {"ltv_now": "1.0001"}, {"ltv_now": "1"}),
    flag("signal-collateral-damaged", signal("collateral_damaged", "orange"), "collateral_damaged"),
    edge("signal-registration-lapsed", signal("registration_lapsed", "red"), LAPSED, {"days_since_registrable": 90}, {"registration_state": "applied_for"}, {"registration_state": "registered"}),
    edge("signal-not-registered", signal("not_registered", "orange"), {**LAPSED, "registration_state": "none"}, {"days_since_registrable": 90}, *({"registration_state": state} for state in ("registered", "applied_for", "pre_registered"))),
    edge("signal-registration-lapsed", signal("registration_lapsed", "red"), LAPSED, {"registration_state": "none"}),
    flag("signal-purchase-rescinded", signal("purchase_rescinded", "orange"), "purchase_rescinded"),
    *(flag("signal-life-change", signal("watch", "blue"), change) for change in ("divorced", "seriously_ill", "moved_away")),
    flag("signal-seizure", signal("seizure", "red"), "seized"),
    flag("signal-project-stalled", signal("project_stalled", "orange"), "project_stalled"),
    edge("signal-income-fall", signal("capacity", "yellow"), {"income_change": "-0.20"}, {"income_change": "-0.1999"}),
    edge("signal-unemployed", signal("capacity", "yellow"), {"employment": "unemployed"}, *EMPLOYED),
    edge("signal-housing-dsr", signal("capacity", "yellow"), {"housing_dsr": "0.5001"}, {"housing_dsr": "0.50"}),
    edge("signal-total-dsr", signal("capacity", "orange"), {"total_dsr": "0.5501"}, {"total_dsr": "0.55"}),
    edge("signal-contact-failed", signal("contact", "yellow"), {"failed_contacts": 1}, {"failed_contacts": 0}),
    edge("signal-lost-contact", signal("contact", "orange"), {"failed_contacts": 3}, {"failed_contacts": 2}),
    flag("signal-lost-contact", signal("contact", "orange"), "lost_contact"),
    flag("signal-bad-debt-elsewhere", signal("bad_debt_elsewhere", "yellow"), "other_bad_debt"),
    flag("signal-deceased", signal("deceased", "yellow"), "deceased"),
    edge("signal-deceased-unpaid", signal("deceased", "orange"), {"deceased": True, "co_borrower_paying": False}, {"co_borrower_paying": True}, {"deceased": False}),
)

#: As good as it gets: no limit is passed, and so there is no point.
BEST: Final = {
    "credit_standing": "excellent", "ltv_now": "0.5999", "price_change_12m": "-0.0499", "missed_total_24m": 0, "missed_consecutive": 0, "delays_over_5_days_12m": 3,
    "total_dsr": "0.3999", "product": "first_home", "term_months": 299, "principal": cny("4999999.99"), "months_on_book": 12,
}  # fmt: skip

POINTS: Final = (
    edge("points-standing-good", 1, {"credit_standing": "good"}, {"credit_standing": "excellent"}),
    edge("points-standing-average", 1, {"credit_standing": "average"}, {"credit_standing": "good"}),
    edge("points-standing-poor", 1, {"credit_standing": "poor"}, {"credit_standing": "average"}),
    edge("points-ltv-1", 1, {"ltv_now": "0.60"}, {"ltv_now": "0.5999"}),
    edge("points-ltv-2", 1, {"ltv_now": "0.80"}, {"ltv_now": "0.7999"}),
    edge("points-ltv-3", 1, {"ltv_now": "0.90"}, {"ltv_now": "0.8999"}),
    edge("points-ltv-4", 1, {"ltv_now": "1"}, {"ltv_now": "0.9999"}),
    edge("points-prices-1", 1, {"price_change_12m": "-0.05"}, {"price_change_12m": "-0.0499"}),
    edge("points-prices-2", 1, {"price_change_12m": "-0.10"}, {"price_change_12m": "-0.0999"}),
    edge("points-missed-1", 1, {"missed_total_24m": 1}, {"missed_total_24m": 0}),
    edge("points-missed-2", 1, {"missed_total_24m": 3}, {"missed_total_24m": 2}),
    edge("points-missed-3", 1, {"missed_total_24m": 6}, {"missed_total_24m": 5}),
    edge("points-delays", 1, {"delays_over_5_days_12m": 4}, {"delays_over_5_days_12m": 3}),
    edge("points-debts-1", 1, {"total_dsr": "0.40"}, {"total_dsr": "0.3999"}),
    edge("points-debts-2", 1, {"total_dsr": "0.55"}, {"total_dsr": "0.5499"}),
    *(edge("points-product", 1, {"product": riskier}, {"product": "first_home"}, {"product": "provident_fund_combination"}) for riskier in ("second_home", "off_plan", "commercial")),
    edge("points-term", 1, {"term_months": 300}, {"term_months": 299}),
    edge("points-amount", 1, LARGE, NOT_LARGE),
    edge("points-first-year", 1, {"months_on_book": 11}, {"months_on_book": 12}),
)

FIVE: Final = {**BEST, "credit_standing": "poor", "ltv_now": "0.80"}
NINE: Final = {**FIVE, "price_change_12m": "-0.10", "term_months": 300, "product": "second_home"}

INTERVALS: Final = (
    edge("interval-longest-2010", 12, {"on": "2010-02-12"}, {"on": "2010-02-11"}),
    edge("interval-longest-2010", 12, {"on": "2024-06-30"}, {"on": "2024-07-01"}),
    edge("interval-longest-2024", 12, {"on": "2024-07-01"}, {"on": "2024-06-30"}),
    edge("cap-points-standard", 6, FIVE, {"credit_standing": "average"}, {"ltv_now": "0.7999"}),
    edge("cap-points-close", 3, NINE, {"credit_standing": "average"}, {"price_change_12m": "-0.0999"}, {"product": "first_home"}, {"term_months": 299}),
    flag("cap-special-mention", 3, "refinanced"),
    edge("cap-special-mention", 3, days(31), days(30), days(1)),
    *(flag("cap-special-mention", 3, ground, **days(1)) for ground in ("misuse_of_funds", "refinanced", "in_observation")),
    *(flag("cap-special-mention", 3, ground, **days(30)) for ground in ("misuse_of_funds", "refinanced", "in_observation")),
    edge("cap-non-performing", 3, {**IMPAIRED, "ecl_ratio": "0"}, {"impaired": False}),
    flag("cap-in-observation", 3, "in_observation"),
)

WINDOWS: Final = (
    edge("first-window-large", DayWindow(30, 60), LARGE, NOT_LARGE),
    edge("first-window-2010", DayWindow(30, 90), {"disbursed_on": "2010-02-12"}, {"disbursed_on": "2010-02-11"}),
    edge("first-window-2010", DayWindow(30, 90), {"disbursed_on": "2024-06-30"}, {"disbursed_on": "2024-07-01"}),
    edge("first-window-2024", DayWindow(30, 90), {"disbursed_on": "2024-07-01"}, {"disbursed_on": "2024-06-30"}),
)

REVALUATION: Final = (
    edge("revaluation-volatile-market", RevaluationDuty.DUE, VOLATILE, *CALMER),
    edge("revaluation-expired", RevaluationDuty.DUE, {"months_begun_since_valuation": 13, **OWED}, {"months_begun_since_valuation": 12}, PAID),
    edge("revaluation-missing", RevaluationDuty.DUE, {**VALUED, **OWED, "months_begun_since_valuation": None}, {"months_begun_since_valuation": 12}, PAID),
    edge("revaluation-missing", RevaluationDuty.DUE, {**VALUED, **OWED, "ltv_now": None}, {"ltv_now": "0.50"}, PAID),
)


def _floor(since: str, until: str | None, first: tuple[str, str], second: tuple[str, str] | None = None) -> tuple[Edge, ...]:
    """The edges of the floors of one notice: last day, then (just below, at) for a first and for a second home."""
    rule, below = f"down-payment-{since}", first[0]
    before = {"signed_on": _day_before(since)}
    granted = {"signed_on": since, "product": "first_home", "home_count": 1, "down_payment_ratio": below}
    after = () if until is None else ({"signed_on": until},)
    first_home = edge(rule, BELOW_FLOOR, granted, {"down_payment_ratio": first[1]}, {"product": "commercial"}, before, *after)
    kinds = tuple(edge(rule, BELOW_FLOOR, granted | {"product": product}, before) for product in ("second_home", "off_plan", "provident_fund_combination"))
    last = () if until is None else (edge(rule, BELOW_FLOOR, granted | {"signed_on": _day_before(until)}, {"signed_on": until}),)
    if second is None:
        return (first_home, *kinds, *last)
    rule, granted = f"{rule}-second-home", granted | {"down_payment_ratio": second[0]}
    counted = granted | {"home_count": 2}
    return (
        first_home,
        *kinds,
        *last,
        edge(rule, BELOW_FLOOR, counted, {"down_payment_ratio": second[1]}, {"home_count": 1}, {"product": "commercial"}, before, *after),
        edge(rule, BELOW_FLOOR, granted | {"product": "second_home"}, *({"product": other} for other in ("first_home", "off_plan", "provident_fund_combination"))),
        *(edge(rule, BELOW_FLOOR, counted | {"product": product}, before) for product in ("off_plan", "provident_fund_combination")),
        *(() if until is None else (edge(rule, BELOW_FLOOR, counted | {"signed_on": _day_before(until)}, {"signed_on": until}),)),
    )


def _day_before(day: str) -> str:
    return str(from_ordinal(to_date(day).toordinal() - 1))


SHOP: Final = {"product": "commercial", "term_months": 120}

ORIGINATION: Final = (
    *_floor("2015-03-30", "2015-09-30", ("0.2999", "0.30"), ("0.3999", "0.40")),
    *_floor("2015-09-30", "2016-02-02", ("0.2499", "0.25"), ("0.3999", "0.40")),
    *_floor("2016-02-02", "2023-08-31", ("0.1999", "0.20"), ("0.2999", "0.30")),
    *_floor("2023-08-31", "2024-05-17", ("0.1999", "0.20"), ("0.2999", "0.30")),
    *_floor("2024-05-17", "2024-09-24", ("0.1499", "0.15"), ("0.2499", "0.25")),
    *_floor("2024-09-24", None, ("0.1499", "0.15")),
    edge("grant-housing-dsr", OriginationFinding.HOUSING_DSR_ABOVE_LIMIT, {"months_on_book": 2, "housing_dsr": "0.5001"}, {"months_on_book": 3}, {"housing_dsr": "0.50"}),
    edge("grant-total-dsr", OriginationFinding.TOTAL_DSR_ABOVE_LIMIT, {"months_on_book": 2, "total_dsr": "0.5501"}, {"months_on_book": 3}, {"total_dsr": "0.55"}),
    edge("grant-term", OriginationFinding.TERM_TOO_LONG, {"term_months": 361}, {"term_months": 360}, {"product": "commercial"}),
    edge("grant-term-shop", OriginationFinding.TERM_TOO_LONG, {"term_months": 121, "product": "commercial"}, {"term_months": 120}, {"product": "first_home"}, {"product": "off_plan"}),
    edge("down-payment-shop-2007-09-27", BELOW_FLOOR, {**SHOP, "signed_on": "2007-09-27", "down_payment_ratio": "0.4999"}, {"down_payment_ratio": "0.50"}, {"signed_on": "2007-09-26"}, {"product": "first_home"}),
    edge("down-payment-shop-2007-09-27", BELOW_FLOOR, {**SHOP, "signed_on": "2026-01-16", "down_payment_ratio": "0.4999"}, {"signed_on": "2026-01-17"}),
    edge("down-payment-shop-2026-01-17", BELOW_FLOOR, {**SHOP, "signed_on": "2026-01-17", "down_payment_ratio": "0.2999"}, {"down_payment_ratio": "0.30"}, {"signed_on": "2026-01-16"}, {"product": "second_home"}),
)

#: Every ground but arrears that holds a loan at special mention or worse.
GROUNDS: Final = tuple({ground: True} for ground in ("misuse_of_funds", "refinanced", "in_observation", "impaired", "restructured_again", "debt_evasion", "bankruptcy"))
NPL_GROUNDS: Final = ({"impaired": True}, {"restructured_again": True}, {"debt_evasion": True}, {"bankruptcy": True})

UPGRADES: Final = (
    edge("upgrade-to-normal", Grade.NORMAL, {"determined_grade": "special_mention", **days(0)}, {"determined_grade": "normal"}, {"determined_grade": "substandard"}, days(1), IN_DIFFICULTY_ONLY, *GROUNDS),
    edge("upgrade-to-special-mention", MENTION, {"determined_grade": "substandard", "months_clean_since_cure": 6, **days(0)}, {"months_clean_since_cure": 5}, {"determined_grade": "special_mention"}, {"determined_grade": "doubtful"}, days(1), *NPL_GROUNDS),
    edge("upgrade-to-substandard", SUBSTANDARD, {"determined_grade": "doubtful", "months_clean_since_cure": 6, **days(0)}, {"months_clean_since_cure": 5}, {"determined_grade": "substandard"}, {"determined_grade": "loss"}, days(1), {"debt_evasion": True}, {"bankruptcy": True}),
    edge("upgrade-to-doubtful", DOUBTFUL, {"determined_grade": "loss", "months_clean_since_cure": 6, **days(0)}, {"months_clean_since_cure": 5}, {"determined_grade": "doubtful"}, days(1), {"bankruptcy": True}),
)

MISUSED, EVADED = {"misuse_of_funds": True}, {"debt_evasion": True}
EXTENDABLE: Final = {**STRAINED, "term_months": 359}

STALE: Final = {"months_begun_since_valuation": 4}
FRESH: Final = {"months_begun_since_valuation": 3}
NOBODY_TO_AGREE_WITH: Final = (MISUSED, EVADED, {"lost_contact": True}, {"failed_contacts": 3}, {"deceased": True, "co_borrower_paying": False})

WILLING: Final = {"cooperative": True}
UNDRAWN: Final = {"undrawn": cny("0.01")}
ALL_DRAWN: Final = {"undrawn": cny(0)}
STAGE: Final = {"has_developer_guarantee": True, "registration_state": "pre_registered", "days_since_registrable": 0}
FALLEN: Final = {"ltv_now": "0.90", "ltv_at_origination": "0.8999"}

BARRED: Final = tuple(edge(rule, Measure.BULK_TRANSFER, days(91), days(90)) for rule in ("barred-bulk-transfer", "barred-bulk-transfer-pilot"))

UNSEARCHED: Final[tuple[Facts, ...]] = (
    *({register: None} for register in ("impaired", "restructured_again", "determined_grade", "debt_evasion", "bankruptcy")),
)

MEASURES: Final = (
    edge("measure-monitor", Measure.MONITOR, {**days(0), **OWED}, days(1), PAID, IMPAIRED, EVADED, {"misuse_of_funds": True}, {"seized": True}, {"collateral_damaged": True}),
    edge("measure-monitor", Measure.MONITOR, {"misuse_of_funds": None, "seized": None, "collateral_damaged": None}, {"seized": True}),
    *(edge("measure-monitor", Measure.MONITOR, unsearched, {"seized": True}, {"misuse_of_funds": True}, {"collateral_damaged": True}) for unsearched in UNSEARCHED),
    edge("measure-verify-maturity", Measure.VERIFY, {"remaining_months": -1, **OWED}, {"remaining_months": 0}, PAID, days(1)),
    edge("measure-monitor", Measure.MONITOR, {**days(1), **PAID, "technical_cause_proved": True}, days(0)),
    edge("measure-monitor", Measure.MONITOR, {**days(7), "technical_cause_proved": True}, days(8), {"technical_cause_proved": False}),
    edge("measure-verify-technical-cause", Measure.VERIFY, {**days(1), "technical_cause_proved": None}, days(0), {"technical_cause_proved": False}),
    edge("measure-verify-technical-cause", Measure.VERIFY, {**days(7), "technical_cause_proved": None}, days(8)),
    edge("measure-remind", Measure.REMIND, days(1), days(0), {"technical_cause_proved": True}),
    edge("measure-remind", Measure.REMIND, days(30), days(31)),
    edge("measure-remind", Measure.REMIND, {**days(8), "technical_cause_proved": True}, days(7)),
    edge("measure-collect", Measure.COLLECT, days(1), days(0), {"technical_cause_proved": True}),
    edge("measure-collect", Measure.COLLECT, days(90), days(91)),
    edge("measure-collect", Measure.COLLECT, {**days(8), "technical_cause_proved": True}, days(7)),
    edge("measure-demand-letter", Measure.DEMAND_LETTER, days(31), days(30)),
    edge("measure-demand-letter", Measure.DEMAND_LETTER, days(90), days(91)),
    edge("measure-demand-letter-guarantor", Measure.DEMAND_LETTER, {**days(61), "has_guarantor": True}, days(60), {"has_guarantor": False}),
    edge("measure-demand-letter-guarantor", Measure.DEMAND_LETTER, {**days(90), "has_guarantor": True}, days(91)),
    edge("measure-adjust-arrears", Measure.ADJUST_REPAYMENT, days(31), days(30), *NOBODY_TO_AGREE_WITH),
    edge("measure-adjust-arrears", Measure.ADJUST_REPAYMENT, {**days(31), "failed_contacts": 2}, {"failed_contacts": 3}),
    edge("measure-adjust-arrears", Measure.ADJUST_REPAYMENT, {**days(31), "deceased": True, "co_borrower_paying": True}, {"co_borrower_paying": False}),
    edge("measure-adjust-arrears", Measure.ADJUST_REPAYMENT, days(90), days(91)),
    edge("measure-revalue-npl-imminent", Measure.REVALUE, {**days(61), **STALE}, days(60), FRESH),
    edge("measure-revalue-npl-imminent", Measure.REVALUE, days(90), days(91)),
    edge("measure-tell-before-reporting", Measure.TELL_BEFORE_REPORTING, days(1), days(0), {"technical_cause_proved": True}),
    edge("measure-restructure", Measure.RESTRUCTURE, {**days(91), **WILLING}, days(90), {"cooperative": False}, *NOBODY_TO_AGREE_WITH),
    edge("measure-restructure", Measure.RESTRUCTURE, {**days(270), **WILLING}, days(271)),
    edge("measure-lawyer-letter", Measure.LAWYER_LETTER, {**days(91), "missed_consecutive": 4}, days(90), WILLING),
    edge("measure-lawyer-letter", Measure.LAWYER_LETTER, {**days(90), "missed_consecutive": 6}, {"missed_consecutive": 5}, WILLING),
    *(edge("measure-lawyer-letter", Measure.LAWYER_LETTER, {**days(91), **WILLING, **nobody}, days(90)) for nobody in NOBODY_TO_AGREE_WITH),
    edge("measure-lawyer-letter", Measure.LAWYER_LETTER, {**days(91), **WILLING, "deceased": True, "co_borrower_paying": None}, {"co_borrower_paying": True}),
    edge("measure-lawyer-letter", Measure.LAWYER_LETTER, {**days(271), **WILLING}, days(270)),
    edge("measure-accelerate-npl", Measure.ACCELERATE, {**days(91), **CLAUSE}, days(90), NO_CLAUSE, WILLING),
    edge("measure-accelerate-npl", Measure.ACCELERATE, {**days(91), **CLAUSE, "cooperative": None}, WILLING),
    edge("measure-call-guarantee", Measure.CALL_GUARANTEE, {**days(91), "has_guarantor": True, "days_since_guarantee_ended": 0}, days(90), {"has_guarantor": False}, {"has_developer_guarantee": True}, {"days_since_guarantee_ended": 1}),
    edge("measure-claim-developer-stage", Measure.CLAIM_DEVELOPER, {**days(91), **STAGE}, days(90), {"has_developer_guarantee": False}, {"registration_state": "registered"}),
    *(edge("measure-claim-developer-stage", Measure.CLAIM_DEVELOPER, {**days(91), **STAGE, "registration_state": state}, {"registration_state": "registered"}) for state in ("none", "applied_for")),
    edge("measure-payment-order", Measure.PAYMENT_ORDER, {**days(91), "missed_consecutive": 5}, days(90), {"missed_consecutive": 6}, MISUSED, EVADED, WILLING, {"lost_contact": True}, {"failed_contacts": 3}),
    edge("measure-payment-order", Measure.PAYMENT_ORDER, {**days(150), "failed_contacts": 2}, days(151), {"failed_contacts": 3}),
    edge("measure-litigate", Measure.LITIGATE, {**days(151), "missed_consecutive": 0}, days(150), WILLING),
    edge("measure-litigate", Measure.LITIGATE, {**days(91), "missed_consecutive": 6}, days(90), {"missed_consecutive": 5}, WILLING),
    edge("measure-litigate", Measure.LITIGATE, {**days(91), "failed_contacts": 3}, days(90), {"failed_contacts": 2}),
    edge("measure-litigate", Measure.LITIGATE, {**days(91), "lost_contact": True}, days(90), {"lost_contact": False}),
    edge("measure-litigate-conduct", Measure.LITIGATE, {**MISUSED, **days(91)}, {"misuse_of_funds": False}, days(90)),
    edge("measure-litigate-conduct", Measure.LITIGATE, {**EVADED, **days(91)}, {"debt_evasion": False}, days(90)),
    edge("measure-realise-security", Measure.REALISE_SECURITY, days(151), days(150), WILLING, *({"registration_state": state} for state in ("none", "pre_registered", "applied_for"))),
    edge("measure-realise-security", Measure.REALISE_SECURITY, {**days(91), "missed_consecutive": 6}, {"missed_consecutive": 5}),
    edge("measure-realise-security", Measure.REALISE_SECURITY, {**days(91), "lost_contact": True}, {"lost_contact": False}),
    edge("measure-negotiated-sale", Measure.NEGOTIATED_SALE, days(151), days(150), WILLING, {"registration_state": "pre_registered"}, *NOBODY_TO_AGREE_WITH),
    edge("measure-negotiated-sale", Measure.NEGOTIATED_SALE, {**days(91), "missed_consecutive": 6}, {"missed_consecutive": 5}, days(90)),
    edge("measure-write-off", Measure.WRITE_OFF, days(361), days(360), {"bankruptcy": True}),
    edge("measure-stop-drawing-misuse", Measure.STOP_DRAWING, {**MISUSED, **UNDRAWN}, {"misuse_of_funds": False}, ALL_DRAWN),
    edge("measure-stop-drawing-evasion", Measure.STOP_DRAWING, {**EVADED, **UNDRAWN}, {"debt_evasion": False}, ALL_DRAWN),
    edge("measure-accelerate-misuse", Measure.ACCELERATE, {**MISUSED, **NO_CLAUSE}, {"misuse_of_funds": False}),
    edge("measure-rescind-misuse", Measure.RESCIND, {**MISUSED, **NO_CLAUSE}, {"misuse_of_funds": False}),
    edge("measure-guarantee-decline", Measure.ADD_GUARANTEE, {**FALLEN, **TOP_UP, **days(1)}, days(0), NO_TOP_UP, {"ltv_now": "0.8999"}, {"ltv_at_origination": "0.90"}),
    edge("measure-guarantee-decline", Measure.ADD_GUARANTEE, {**FALLEN, **TOP_UP, "total_dsr": "0.5501"}, {"total_dsr": "0.55"}, NO_TOP_UP),
    edge("measure-revalue-damage", Measure.REVALUE, {"collateral_damaged": True, **STALE}, {"collateral_damaged": False}, FRESH),
    edge("measure-accelerate-damage", Measure.ACCELERATE, {"collateral_damaged": True, **NO_CLAUSE}, {"collateral_damaged": False}),
    *(flag("measure-review-home", Measure.REVIEW_GRADE, state) for state in ("seized", "collateral_damaged", "project_stalled", "purchase_rescinded")),
    edge("measure-review-home", Measure.REVIEW_GRADE, LAPSED, {"days_since_registrable": 90}, {"refinanced": True}, days(1)),
    edge("measure-review-home", Measure.REVIEW_GRADE, {**LAPSED, "registration_state": "none"}, {"days_since_registrable": 90}),
    edge("measure-complete-registration", Measure.COMPLETE_REGISTRATION, {**LAPSED, "registration_state": "none"}, {"days_since_registrable": 90}),
    edge("measure-renew-insurance", Measure.RENEW_INSURANCE, {"insurance_lapsed": True, **OWED}, {"insurance_lapsed": False}, PAID),
    edge("measure-report-stalled", Measure.VERIFY, {"project_stalled": True, "stall_cause": "funding"}, {"project_stalled": False}, *({"stall_cause": other} for other in ("weather", "public_policy", "other"))),
    flag("measure-rescind-purchase", Measure.RESCIND, "purchase_rescinded"),
    flag("measure-claim-developer-purchase", Measure.CLAIM_DEVELOPER, "purchase_rescinded"),
    flag("measure-lodge-claim", Measure.LODGE_CLAIM, "bankruptcy"),
    edge("measure-extend-term-2010", Measure.EXTEND_TERM, {**EXTENDABLE, "on": "2010-02-12"}, {"on": "2010-02-11"}, {"term_months": 360}, {"extended": True}, *LESS_STRAINED),
    edge("measure-extend-term-2010", Measure.EXTEND_TERM, {**EXTENDABLE, "on": "2024-06-30"}, {"on": "2024-07-01"}),
    edge("measure-extend-term-2024", Measure.EXTEND_TERM, {**EXTENDABLE, "on": "2024-07-01"}, {"on": "2024-06-30"}, {"term_months": 360}, {"extended": True}, *LESS_STRAINED, days(91), *NOBODY_TO_AGREE_WITH),
    flag("measure-hand-over", Measure.HAND_OVER, "restructured_again"),
    edge("measure-hand-over", Measure.HAND_OVER, days(91), days(90)),
    edge("measure-revalue-npl", Measure.REVALUE, {**days(91), **STALE}, days(90), FRESH),
    edge("measure-debt-asset-swap", Measure.DEBT_ASSET_SWAP, days(361), days(360)),
    edge("measure-debt-asset-swap", Measure.DEBT_ASSET_SWAP, {**IMPAIRED, "ecl_ratio": "0.90"}, {"ecl_ratio": "0.8999"}),
    edge("measure-accelerate-evasion", Measure.ACCELERATE, {**EVADED, **CLAUSE}, {"debt_evasion": False}, NO_CLAUSE),
    edge("measure-review-conduct", Measure.REVIEW_GRADE, MISUSED, {"misuse_of_funds": False}),
    edge("measure-review-conduct", Measure.REVIEW_GRADE, EVADED, {"debt_evasion": False}),
    edge("measure-revalue-due", Measure.REVALUE, {**VALUED, "months_begun_since_valuation": 13}, VALUED),
    edge("measure-revalue-decline", Measure.REVALUE, {"ltv_now": "0.80", "price_change_12m": "0", **STALE}, {"ltv_now": "0.7999"}, FRESH),
    edge("measure-complete-registration", Measure.COMPLETE_REGISTRATION, LAPSED, {"days_since_registrable": 90}),
    flag("measure-demand-restoration", Measure.DEMAND_RESTORATION, "collateral_damaged"),
    edge("measure-accelerate-seizure", Measure.ACCELERATE, {"seized": True, **CLAUSE}, {"seized": False}, NO_CLAUSE),
    flag("measure-verify-seizure", Measure.VERIFY, "seized"),
    flag("measure-verify-stalled", Measure.VERIFY, "project_stalled"),
    flag("measure-verify-borrower", Measure.VERIFY, "other_bad_debt", **{**STRAINED, "income_change": "0", "total_dsr": "0.50"}),
    flag("measure-verify-heirs", Measure.VERIFY, "deceased"),
    edge("measure-adjust-capacity", Measure.ADJUST_REPAYMENT, STRAINED, *LESS_STRAINED, *NOBODY_TO_AGREE_WITH),
    edge("measure-adjust-capacity", Measure.ADJUST_REPAYMENT, {**STRAINED, **days(90)}, days(91)),
    edge("measure-grace", Measure.GRACE, STRAINED, *LESS_STRAINED, days(1), *NOBODY_TO_AGREE_WITH),
    edge("measure-guarantor-consent", Measure.VERIFY, {**STRAINED, "has_guarantor": True}, {"has_guarantor": False}, *LESS_STRAINED, days(91)),
    edge("measure-review-capacity", Measure.REVIEW_GRADE, STRAINED, *LESS_STRAINED, {"refinanced": True}, days(91)),
)

FIRST: Final = {"visit_kind": "first"}
TRIGGERED: Final = {"visit_kind": "triggered"}
OTHERWISE_KIND: Final = tuple({"visit_kind": kind} for kind in ("first", "periodic", "revaluation"))
ON_SITE: Final = VisitMethod.ON_SITE
PERIODIC: Final = {"visit_kind": "periodic"}
#: Poor standing, no margin, falling prices, and a point of one missed period; a borrower of average standing has one less.
TEN_POINTS: Final = {"credit_standing": "poor", "ltv_now": "1", "price_change_12m": "-0.10", "missed_total_24m": 1, "term_months": 240}

METHODS: Final = (
    edge("method-first-call", VisitMethod.PHONE, FIRST, TRIGGERED, {"visit_kind": "revaluation"}, {"visit_kind": "periodic"}),
    edge("method-first-large", ON_SITE, {**FIRST, **LARGE}, NOT_LARGE, {"has_inspection_clause": False}, TRIGGERED, {"visit_kind": "periodic"}, {"visit_kind": "revaluation"}),
    edge("method-first-large", ON_SITE, {**FIRST, **LARGE, "has_inspection_clause": None}, NOT_LARGE),
    edge("method-first-large-no-clause", VisitMethod.VIDEO, {**FIRST, **LARGE, "has_inspection_clause": False}, NOT_LARGE, {"has_inspection_clause": True}, {"visit_kind": "periodic"}),
    edge("method-first-off-plan", ON_SITE, {**FIRST, "property_type": "off_plan"}, *({"property_type": other} for other in ("completed_home", "second_hand_home", "commercial")), TRIGGERED, {"visit_kind": "periodic"}, {"visit_kind": "revaluation"}),
    edge("method-data-check", VisitMethod.OFF_SITE, PERIODIC, FIRST, TRIGGERED, {"visit_kind": "revaluation"}),
    edge("method-person-points", VisitMethod.PHONE, {**PERIODIC, **TEN_POINTS, **days(90)}, {"credit_standing": "average"}, days(91), FIRST, TRIGGERED),
    edge("method-person-first-year", VisitMethod.PHONE, {**PERIODIC, "months_on_book": 11, **days(90)}, {"months_on_book": 12}, days(91), FIRST, TRIGGERED),
    edge("method-person-large", VisitMethod.PHONE, {**PERIODIC, **LARGE, **days(90)}, NOT_LARGE, days(91), FIRST, TRIGGERED),
    edge("method-person-drawn", VisitMethod.PHONE, {**PERIODIC, "drawn_for_visit": True, **days(90)}, {"drawn_for_visit": False}, days(91), FIRST, TRIGGERED),
    edge("method-person-warned", VisitMethod.PHONE, {**PERIODIC, "other_bad_debt": True}, {"other_bad_debt": False}, days(91), FIRST, TRIGGERED),
    edge("method-trigger-message", VisitMethod.SMS, {**TRIGGERED, **days(1)}, days(0), *OTHERWISE_KIND),
    edge("method-trigger-fresh-arrears", VisitMethod.PHONE, {**TRIGGERED, **days(8)}, days(7), *OTHERWISE_KIND),
    edge("method-trigger-call", VisitMethod.PHONE, {**TRIGGERED, **days(31)}, days(30), *OTHERWISE_KIND),
    edge("method-trigger-call", VisitMethod.PHONE, {**TRIGGERED, "bankruptcy": True}, {"bankruptcy": False}, *OTHERWISE_KIND),
    edge("method-trigger-npl-imminent", ON_SITE, {**TRIGGERED, **days(61)}, days(60), *OTHERWISE_KIND),
    edge("method-trigger-hand-over", ON_SITE, {**TRIGGERED, **days(91)}, days(90), *OTHERWISE_KIND),
    edge("method-trigger-disposal", ON_SITE, {**TRIGGERED, **days(361)}, days(360), *OTHERWISE_KIND),
    edge("method-trigger-serious", ON_SITE, {**TRIGGERED, **IMPAIRED}, {"impaired": False}, *OTHERWISE_KIND),
    edge("method-trigger-home", ON_SITE, {**TRIGGERED, "seized": True}, {"seized": False}, *OTHERWISE_KIND),
    edge("method-trigger-debts-too-high", VisitMethod.VIDEO, {**TRIGGERED, "total_dsr": "0.5501"}, {"total_dsr": "0.55"}, *OTHERWISE_KIND),
    edge("method-trigger-out-of-reach", ON_SITE, {**TRIGGERED, "failed_contacts": 3, **days(1)}, {"failed_contacts": 2}, days(0), *OTHERWISE_KIND),
)

#: The edges of the policy of 2023, but for what is told signal by signal in test_signal_by_signal.py.
EDGES: Final = (*DIFFICULTY, *GRADE, *UPGRADES, *SIGNALS, *POINTS, *INTERVALS, *WINDOWS, *REVALUATION, *ORIGINATION, *MEASURES, *BARRED, *METHODS)

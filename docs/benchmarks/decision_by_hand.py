"""The decision of the shipped rulebook (2023 edition) as a good developer writes it by hand, for case files in which nothing is unknown.

It returns the same grade, warnings, measures, findings and visits with all their days, and nothing more: no reasons, no
sources, no checklists, no explanation, no answer to what is missing, and figures that stand in the code.
"""

# ruff: noqa: C901, PLR0912, PLR0915 - one long reading of the rules is what this rival is

from schedule_by_hand import BY_DATA, BY_PHONE, BY_SMS, BY_VIDEO, ON_SITE, Call, after, schedule

from revisit_policy import CaseFile, CreditStanding, Employment, Grade, Level, Measure, Product, PropertyType, RegistrationState, SignalCode
from revisit_policy.outcomes import OriginationFinding
from revisit_policy.values import Date

NORMAL, MENTION, SUBSTANDARD, DOUBTFUL, LOSS = Grade
NONE, BLUE, YELLOW, ORANGE, RED = Level
LARGE = 5_000_000_00
BEYOND_MEASURE = 10**9
LOST = 4

#: Of each signal: working days to answer it, whether within the month, by which method, whether the title needs an opinion.
ANSWERS = {
    ("arrears", YELLOW): (5, True, BY_PHONE, False),
    ("arrears", ORANGE): (3, True, ON_SITE, False),
    ("npl_imminent", ORANGE): (3, False, ON_SITE, False),
    ("npl", RED): (1, False, ON_SITE, False),
    ("loss", RED): (1, False, ON_SITE, False),
    ("impaired", RED): (1, False, ON_SITE, False),
    ("misuse", RED): (1, False, ON_SITE, False),
    ("evasion", RED): (1, False, ON_SITE, False),
    ("bankruptcy", RED): (1, False, ON_SITE, False),
    ("collateral_decline", YELLOW): (10, False, BY_DATA, False),
    ("collateral_decline", ORANGE): (10, False, BY_SMS, False),
    ("collateral_decline", RED): (10, False, ON_SITE, False),
    ("collateral_damaged", ORANGE): (3, False, ON_SITE, False),
    ("registration_lapsed", RED): (3, False, ON_SITE, True),
    ("seizure", RED): (3, False, ON_SITE, True),
    ("project_stalled", ORANGE): (3, False, ON_SITE, False),
    ("capacity", YELLOW): (5, False, BY_PHONE, False),
    ("capacity", ORANGE): (5, False, BY_VIDEO, False),
    ("contact", YELLOW): (5, False, BY_PHONE, False),
    ("contact", ORANGE): (5, False, ON_SITE, False),
    ("bad_debt_elsewhere", YELLOW): (5, False, BY_PHONE, False),
    ("deceased", YELLOW): (5, False, BY_PHONE, False),
    ("deceased", ORANGE): (5, False, BY_PHONE, False),
}
FLOORS = tuple(
    (Date.fromisoformat(since).toordinal(), first, second)
    for since, first, second in (
        ("2024-09-24", 15, 15),
        ("2024-05-17", 15, 25),
        ("2023-08-31", 20, 30),
        ("2016-02-02", 20, 30),
        ("2015-09-30", 25, 40),
        ("2015-03-30", 30, 40),
    )
)


def decide(case: CaseFile, on: Date, until: Date) -> tuple:
    """Grade, level, interval, signals with the days they began, measures with their deadlines, findings, visits."""
    loan, borrower, home, market = case.loan, case.borrower, case.collateral, case.market
    today = on.toordinal()
    recorded = {event.code.value: event.since.toordinal() for event in case.events} if case.events else {}

    overdue, impaired = loan.days_past_due, loan.impaired
    principal, balance, value, income = loan.principal.minor, loan.balance.minor, home.value.minor, borrower.monthly_income.minor
    before = borrower.income_at_last_review.minor
    has_less = (income - before) * 10 <= -2 * before
    unemployed = borrower.employment is Employment.UNEMPLOYED
    housing = loan.instalment.minor + borrower.property_fee.minor
    is_strained = borrower.monthly_debt_service.minor * 100 > 55 * income
    ltv = balance / value if value else BEYOND_MEASURE
    prices, volatility = float(market.price_change_12m), float(market.price_volatility)
    loses_half = impaired and loan.ecl.minor * 2 >= loan.carrying_amount.minor
    loses_most = impaired and loan.ecl.minor * 10 >= loan.carrying_amount.minor * 9
    valued = home.valued_on
    valuation_months = (on.year - valued.year) * 12 + on.month - valued.month + (on.day > valued.day)
    is_valuation_old, is_valuation_fresh = balance > 0 and valuation_months > 12, valuation_months <= 3
    months_left = _months_until(loan.matures_on, on)
    is_left_unpaid, is_soon_over = months_left < 0 and balance > 0, 0 <= months_left <= 12
    technical = loan.technical_cause_proved

    # grade
    grade = 0
    if overdue > 7 or (overdue and not technical) or loan.misuse_of_funds or loan.refinanced or loan.in_observation:
        grade = 1
    if overdue > 90 or impaired or loan.restructured_again:
        grade = 2
    if overdue > 270 or borrower.debt_evasion or loses_half:
        grade = 3
    if overdue > 360 or borrower.bankruptcy or loses_most:
        grade = 4
    determined = case.determination.grade
    floor = determined.severity if type(determined) is Grade else 0
    grade = max(grade, floor)
    is_bad = grade > 1

    # signals: code, level, the day it began
    signals = []
    if overdue:
        if not technical or overdue > 7:
            signals.append(("arrears", YELLOW, today - overdue + (8 if technical else 1)))
        if overdue > 30:
            signals.append(("arrears", ORANGE, today - overdue + 31))
            if overdue > 60:
                signals.append(("npl_imminent", ORANGE, today - overdue + 61))
                if overdue > 90:
                    signals.append(("npl", RED, today - overdue + 91))
    if overdue > 360:
        signals.append(("loss", RED, today - overdue + 361))
    elif loses_most:
        signals.append(("loss", RED, recorded.get("loss")))
    if loan.missed_consecutive >= 3 or loan.missed_total_24m >= 6 or is_left_unpaid:
        signals.append(("watch", YELLOW, recorded.get("watch")))
    if loan.delays_over_5_days_12m >= 4:
        signals.append(("watch", BLUE, recorded.get("watch")))
    if impaired:
        signals.append(("impaired", RED, recorded.get("impaired")))
    if loan.misuse_of_funds:
        signals.append(("misuse", RED, recorded.get("misuse")))
    if borrower.debt_evasion:
        signals.append(("evasion", RED, recorded.get("evasion")))
    if borrower.bankruptcy:
        signals.append(("bankruptcy", RED, recorded.get("bankruptcy")))
    if loan.refinanced:
        signals.append(("refinanced", YELLOW, recorded.get("refinanced")))
    if loan.in_observation:
        signals.append(("restructured", YELLOW, recorded.get("restructured")))
    if is_valuation_old:
        signals.append(("revaluation_due", BLUE, recorded.get("revaluation_due")))
    was_worth = home.value_at_origination.minor
    has_grown_thin = ltv >= 0.80 and was_worth > 0 and principal / was_worth < 0.80
    prices_fall = balance > 0 and prices <= -0.10
    if prices_fall:
        signals.append(("collateral_decline", YELLOW, _priced(recorded, market)))
    if has_grown_thin or ltv >= 0.90:
        since = recorded.get("collateral_decline")
        if since is None:
            since = valued.toordinal()
        if has_grown_thin:
            signals.append(("collateral_decline", YELLOW, since))
        if ltv >= 0.90:
            signals.append(("collateral_decline", ORANGE, since))
            if ltv > 1:
                signals.append(("collateral_decline", RED, since))
    if home.damaged_by_owner:
        signals.append(("collateral_damaged", ORANGE, recorded.get("collateral_damaged")))
    registration = home.registration
    if registration is RegistrationState.PRE_REGISTERED or registration is RegistrationState.NONE:
        registrable = home.registrable_since.toordinal()
        if today - registrable > 90:
            signals.append(("registration_lapsed", RED, registrable + 91))
    if home.seized:
        signals.append(("seizure", RED, recorded.get("seizure")))
    if home.project_stalled:
        signals.append(("project_stalled", ORANGE, recorded.get("project_stalled")))
    is_weaker = has_less or unemployed or housing * 2 > income
    if is_weaker or is_strained:
        since = recorded.get("capacity")
        if since is None:
            since = borrower.reviewed_on.toordinal()
        if is_weaker:
            signals.append(("capacity", YELLOW, since))
        if is_strained:
            signals.append(("capacity", ORANGE, since))
    attempts = borrower.failed_contact_attempts
    if attempts:
        signals.append(("contact", YELLOW, recorded.get("contact")))
    if attempts >= 3 or borrower.lost_contact:
        signals.append(("contact", ORANGE, recorded.get("contact")))
    if borrower.other_bad_debt:
        signals.append(("bad_debt_elsewhere", YELLOW, recorded.get("bad_debt_elsewhere")))
    if borrower.deceased:
        signals.append(("deceased", YELLOW, recorded.get("deceased")))
        if not borrower.co_borrower_paying:
            signals.append(("deceased", ORANGE, recorded.get("deceased")))

    level, loudest = NONE, {}
    for signal in signals:
        code, loudness, since = signal
        level = max(level, loudness)
        known = loudest.get(code)
        if known is None or loudness > known[1] or (loudness == known[1] and since is not None and since < known[2]):
            loudest[code] = signal

    # the interval and the first visit
    is_large = principal >= LARGE
    kept = not loan.missed_total_24m and not loan.missed_consecutive and loan.delays_over_5_days_12m < 4
    interval = 6
    if kept and (is_soon_over or (borrower.credit_standing is CreditStanding.EXCELLENT and balance * 10 <= value * 6)):
        interval = 12
    if is_large:
        interval = 6 if interval == 12 else 3
    is_mentioned = grade > 0 and (not 1 <= overdue <= 30 or loan.misuse_of_funds or loan.refinanced)
    if is_bad or is_mentioned or loan.in_observation or (ltv >= 0.80 and prices <= -0.10):
        interval = 1 if is_bad else min(interval, 3)
    elif ltv >= 0.80 or prices <= -0.05 or volatility >= 0.10:
        interval = min(interval, 6)

    # the visits
    needs_opinion = "registration_lapsed" in loudest or "seizure" in loudest
    is_excellent = borrower.credit_standing is CreditStanding.EXCELLENT
    calls = []
    for code, loudness, since in signals:
        answer = ANSWERS.get((code, loudness))
        if answer is not None:
            days, within_month, method, opinion = answer
            calls.append((code, loudness is RED, since, days, within_month, Call(method, approval=is_bad, opinion=opinion, excellent=is_excellent)))
    first = ON_SITE if is_large or is_bad or home.property_type is PropertyType.OFF_PLAN else BY_PHONE
    visits = schedule(
        case,
        today=today,
        until=until.toordinal(),
        interval=interval,
        window=(30, 60) if is_large else (30, 90),
        first=Call(first, approval=is_bad, opinion=needs_opinion, excellent=is_excellent),
        periodic=Call(ON_SITE if is_bad else BY_PHONE, approval=is_bad, opinion=needs_opinion, excellent=is_excellent),
        valuation=Call(BY_DATA, valuation=True, approval=is_bad, opinion=needs_opinion, excellent=is_excellent),
        calls=calls,
        is_valuation_due=is_valuation_old,
        valuation_since=recorded.get("revaluation_due"),
    )

    # measures
    measures = set()
    in_difficulty = overdue > 0 or ((has_less or unemployed) and is_strained) or borrower.other_bad_debt
    can_accelerate, can_top_up = loan.has_acceleration_clause, loan.has_top_up_clause
    is_in_good_faith = not loan.misuse_of_funds and not borrower.debt_evasion
    can_agree = is_in_good_faith and not borrower.lost_contact and attempts < 3 and (not borrower.deceased or borrower.co_borrower_paying)
    if overdue:
        if overdue <= 90 and (not technical or overdue > 7):
            measures.add(Measure.COLLECT)
            if overdue <= 30:
                measures.add(Measure.REMIND)
        if 31 <= overdue < 91:
            measures.add(Measure.DEMAND_LETTER)
            if can_agree:
                measures.add(Measure.ADJUST_REPAYMENT)
            if overdue > 60:
                if not is_valuation_fresh:
                    measures.add(Measure.REVALUE)
                if can_top_up:
                    measures.add(Measure.ADD_GUARANTEE)
        if overdue > 90:
            measures.add(Measure.LAWYER_LETTER)
            if can_accelerate:
                measures.add(Measure.ACCELERATE)
            if overdue <= 270:
                measures.add(Measure.PAYMENT_ORDER)
            else:
                measures.update((Measure.LITIGATE, Measure.REALISE_SECURITY, Measure.NEGOTIATED_SALE))
            if loan.missed_consecutive >= 6:
                measures.add(Measure.LITIGATE)
            if borrower.cooperative:
                measures.add(Measure.RESTRUCTURE)
    if is_bad:
        measures.add(Measure.HAND_OVER)
    if is_valuation_old or (not is_valuation_fresh and (is_bad or "collateral_decline" in loudest)):
        measures.add(Measure.REVALUE)
    if loan.missed_consecutive >= 6:
        measures.add(Measure.LAWYER_LETTER)
    if "loss" in loudest:
        measures.add(Measure.DEBT_ASSET_SWAP)
    if grade == LOST:
        measures.add(Measure.WRITE_OFF)
    if loan.misuse_of_funds or borrower.debt_evasion:
        measures.update((Measure.STOP_DRAWING, Measure.REVIEW_GRADE))
        if can_accelerate:
            measures.add(Measure.ACCELERATE)
        if overdue > 90:
            measures.add(Measure.LITIGATE)
    if home.seized and can_accelerate:
        measures.add(Measure.ACCELERATE)
    if can_top_up and (ltv >= 0.90 or home.project_stalled or is_strained):
        measures.add(Measure.ADD_GUARANTEE)
    if "registration_lapsed" in loudest:
        measures.add(Measure.COMPLETE_REGISTRATION)
    if home.damaged_by_owner:
        measures.add(Measure.DEMAND_RESTORATION)
        if can_accelerate:
            measures.add(Measure.ACCELERATE)
    if is_weaker or is_strained or attempts or borrower.lost_contact or borrower.other_bad_debt or borrower.deceased or borrower.bankruptcy:
        measures.add(Measure.VERIFY)
    if home.seized or home.project_stalled or (is_left_unpaid and not overdue):
        measures.add(Measure.VERIFY)
    if (is_weaker or is_strained) and in_difficulty:
        if not grade:
            measures.add(Measure.REVIEW_GRADE)
        if overdue <= 90 and can_agree:
            measures.add(Measure.ADJUST_REPAYMENT)
            if not overdue:
                measures.add(Measure.GRACE)
            if loan.term_months < 360:
                measures.add(Measure.EXTEND_TERM)
    if not (is_bad or loan.misuse_of_funds or home.seized or home.damaged_by_owner) and (balance > 0 if not overdue else technical and overdue <= 7):
        measures.add(Measure.MONITOR)
    by = visits[0].closes if visits else until.toordinal()
    if level > BLUE:
        by = after(today, 1 if level is RED else 3 if level is ORANGE else 5)

    # the grant
    findings = set()
    down = loan.down_payment.minor * 100
    signed = loan.signed_on.toordinal()
    for since, first_home, second_home in FLOORS:
        if signed >= since:
            is_second = loan.home_count >= 2 or loan.product is Product.SECOND_HOME
            if loan.product is not Product.COMMERCIAL and down < loan.price.minor * (second_home if is_second else first_home):
                findings.add(OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR)
            break
    if _months_elapsed(loan.disbursed_on, on) < 3:
        if housing * 2 > income:
            findings.add(OriginationFinding.HOUSING_DSR_ABOVE_LIMIT)
        if is_strained:
            findings.add(OriginationFinding.TOTAL_DSR_ABOVE_LIMIT)
    if loan.term_months > 360:
        findings.add(OriginationFinding.TERM_TOO_LONG)

    return (
        (NORMAL, MENTION, SUBSTANDARD, DOUBTFUL, LOSS)[grade],
        level,
        interval,
        [(SignalCode(code), loudness, _day(since)) for code, loudness, since in loudest.values()],
        [(measure, _day(by)) for measure in measures],
        findings,
        [visit.told() for visit in visits],
    )


def _day(ordinal: int | None) -> Date | None:
    return None if ordinal is None else Date.fromordinal(ordinal)


def _priced(recorded: dict, market: object) -> int:
    since = recorded.get("collateral_decline")
    return market.as_of.toordinal() if since is None else since  # type: ignore[attr-defined]


def _months_until(day: Date, on: Date) -> int:
    return (day.year - on.year) * 12 + day.month - on.month + (day.day > on.day)


def _months_elapsed(since: Date, on: Date) -> int:
    whole = (on.year - since.year) * 12 + on.month - since.month
    return whole if on.day >= since.day or Date.fromordinal(on.toordinal() + 1).day == 1 else whole - 1

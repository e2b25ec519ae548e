"""The decision of the shipped rulebook (2023 edition) as a good developer writes it by hand, for loans on which something is owed and nothing unknown.

It returns the same grade, points, warnings, measures, findings, visits and work at a desk with all their days, and nothing more: no
reasons, no sources, no checklists, no explanation, no answer to what is missing, and figures that stand in the code.
"""

# ruff: noqa: C901, PLR0912, PLR0915 - one long reading of the rules is what this rival is

from bisect import bisect_right

from measures_by_hand import earliest, latest, recommended
from schedule_by_hand import (
    APPROVAL,
    BY_DATA,
    BY_PHONE,
    BY_SMS,
    BY_VIDEO,
    DECISION,
    DETERMINATION,
    EXCELLENT,
    FIRST,
    ON_SITE,
    OPINION,
    PAPERS,
    PERIODIC,
    REGISTRY,
    REVALUATION,
    TELLING,
    Call,
    History,
    at_desk,
    errand,
    schedule,
)

from revisit_policy import CaseFile, CreditStanding, Employment, Grade, Level, Measure, Product, PropertyType, RegistrationState, SignalCode
from revisit_policy.casefile import StallCause
from revisit_policy.outcomes import OriginationFinding
from revisit_policy.values import Date

GRADES = NORMAL, MENTION, SUBSTANDARD, DOUBTFUL, LOSS = tuple(Grade)
NONE, BLUE, YELLOW, ORANGE, RED = Level
LARGE = 5_000_000_00
BEYOND_MEASURE = 10**9
LOST = 4

#: Of each signal that is answered by a visit: working days to answer it, whether within the month, by which method, and what else that takes.
ANSWERS = {
    ("arrears", YELLOW): (10, False, BY_SMS, 0),
    ("arrears", ORANGE): (3, True, BY_PHONE, 0),
    ("npl_imminent", ORANGE): (3, False, ON_SITE, 0),
    ("npl", RED): (1, False, ON_SITE, 0),
    ("loss", RED): (1, False, ON_SITE, 0),
    ("impaired", RED): (1, False, ON_SITE, 0),
    ("misuse", RED): (1, False, ON_SITE, 0),
    ("evasion", RED): (1, False, ON_SITE, 0),
    ("bankruptcy", RED): (5, False, BY_PHONE, 0),
    ("collateral_damaged", ORANGE): (3, False, ON_SITE, 0),
    ("registration_lapsed", RED): (3, False, ON_SITE, OPINION | REGISTRY),
    ("not_registered", ORANGE): (10, False, BY_PHONE, 0),
    ("seizure", RED): (3, False, ON_SITE, OPINION | REGISTRY),
    ("project_stalled", ORANGE): (3, False, ON_SITE, 0),
    ("purchase_rescinded", ORANGE): (3, False, BY_PHONE, 0),
    ("capacity", YELLOW): (5, False, BY_PHONE, PAPERS),
    ("capacity", ORANGE): (5, False, BY_VIDEO, PAPERS),
    ("contact", YELLOW): (5, False, BY_PHONE, 0),
    ("contact", ORANGE): (5, False, BY_PHONE, 0),
    ("bad_debt_elsewhere", YELLOW): (5, False, BY_PHONE, 0),
    ("deceased", YELLOW): (5, False, BY_PHONE, 0),
    ("deceased", ORANGE): (5, False, BY_PHONE, 0),
}
CODES = {code.value: code for code in SignalCode}
TO_ACT = {NONE: None, BLUE: None, YELLOW: 5, ORANGE: 3, RED: 1}
#: The day of signing from which a floor holds, and the least down payment, in percent, for a first home and for another.
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
SHOP_FLOORS = tuple((Date.fromisoformat(since).toordinal(), floor, floor) for since, floor in (("2026-01-17", 30), ("2007-09-27", 50)))


def decide(case: CaseFile, on: Date, until: Date) -> tuple:
    """Grade, what it could be upgraded to, points, level, interval, signals, undated ones, measures, findings, visits, work at a desk."""
    loan, borrower, home, market = case.loan, case.borrower, case.collateral, case.market
    today = on.toordinal()
    recorded = {event.code.value: event.since.toordinal() for event in case.events} if case.events else {}

    overdue, impaired = loan.days_past_due, loan.impaired
    principal, balance, value, income = loan.principal.minor, loan.balance.minor, home.value.minor, borrower.monthly_income.minor
    before = borrower.income_at_last_review.minor
    has_less = (income - before) * 10 <= -2 * before
    unemployed = borrower.employment is Employment.UNEMPLOYED
    housing, debts = loan.instalment.minor + borrower.property_fee.minor, borrower.monthly_debt_service.minor
    is_strained, is_housing_dear = debts * 100 > 55 * income, housing * 2 > income
    ltv = balance / value if value else BEYOND_MEASURE
    was_worth = home.value_at_origination.minor
    ltv_at_first = principal / was_worth if was_worth else BEYOND_MEASURE
    prices, volatility = float(market.price_change_12m), float(market.price_volatility)
    loses_half = impaired and loan.ecl.minor * 2 >= loan.carrying_amount.minor
    loses_most = impaired and loan.ecl.minor * 10 >= loan.carrying_amount.minor * 9
    valued = home.valued_on
    valuation_months = (on.year - valued.year) * 12 + on.month - valued.month + (on.day > valued.day)
    is_valuation_expired = balance > 0 and valuation_months > 12
    is_valuation_slow = balance > 0 and volatility >= 0.10 and valuation_months > 6
    is_valuation_old, is_valuation_fresh = is_valuation_expired or is_valuation_slow, valuation_months <= 3
    months_left = _months_until(loan.matures_on, on)
    is_left_unpaid = months_left < 0 and balance > 0
    months_on_book = _months_elapsed(loan.disbursed_on, on)
    technical, misuse, evasion, attempts = loan.technical_cause_proved, loan.misuse_of_funds, borrower.debt_evasion, borrower.failed_contact_attempts
    in_earnest = overdue > 0 and (not technical or overdue > 7)
    reviewed = borrower.reviewed_on.toordinal()
    missed, is_large = loan.missed_total_24m, principal >= LARGE
    standing, product = borrower.credit_standing, loan.product

    # grade
    grade = 0
    if in_earnest or misuse or loan.refinanced or loan.in_observation:
        grade = 1
    if overdue > 90 or impaired or loan.restructured_again:
        grade = 2
    if overdue > 270 or evasion or loses_half:
        grade = 3
    if overdue > 360 or borrower.bankruptcy or loses_most:
        grade = 4
    determination = case.determination.grade
    determined = determination.severity if type(determination) is Grade else 0
    grade = max(grade, determined)
    is_bad = grade > 1

    # signals: code, level, the day it began; and of each code since when its rules have held
    signals: list[tuple[str, Level, int | None]] = []
    speak = signals.append
    if overdue:
        if in_earnest:
            speak(("arrears", YELLOW, today - overdue + (8 if technical else 1)))
        if overdue > 30:
            speak(("arrears", ORANGE, today - overdue + 31))
            if overdue > 60:
                speak(("npl_imminent", ORANGE, today - overdue + 61))
                if overdue > 90:
                    speak(("npl", RED, today - overdue + 91))
                    if overdue > 360:
                        speak(("loss", RED, today - overdue + 361))
    if loses_most:
        speak(("loss", RED, recorded.get("loss")))
    if loan.delays_over_5_days_12m >= 4 or borrower.divorced or borrower.seriously_ill or borrower.moved_away:
        speak(("watch", BLUE, recorded.get("watch")))
    if loan.missed_consecutive >= 3 or missed >= 6 or is_left_unpaid:
        speak(("watch", YELLOW, recorded.get("watch")))
    if impaired:
        speak(("impaired", RED, recorded.get("impaired")))
    if misuse:
        speak(("misuse", RED, recorded.get("misuse")))
    if evasion:
        speak(("evasion", RED, recorded.get("evasion")))
    if borrower.bankruptcy:
        speak(("bankruptcy", RED, recorded.get("bankruptcy")))
    if loan.refinanced:
        speak(("refinanced", YELLOW, recorded.get("refinanced")))
    if loan.in_observation:
        speak(("restructured", YELLOW, recorded.get("restructured")))
    if is_valuation_expired:
        speak(("revaluation_due", BLUE, recorded.get("revaluation_due")))
    if is_valuation_slow:
        speak(("revaluation_due", BLUE, recorded.get("revaluation_due", market.as_of.toordinal())))
    if prices <= -0.10 and balance > 0:
        speak(("collateral_decline", YELLOW, recorded.get("collateral_decline", market.as_of.toordinal())))
    if ltv >= 0.80:
        since = recorded.get("collateral_decline", valued.toordinal())
        if ltv_at_first < 0.80:
            speak(("collateral_decline", YELLOW, since))
        if ltv >= 0.90:
            speak(("collateral_decline", ORANGE, since))
            if ltv > 1:
                speak(("collateral_decline", RED, since))
    if home.damaged_by_owner:
        speak(("collateral_damaged", ORANGE, recorded.get("collateral_damaged")))
    registration = home.registration
    if registration is RegistrationState.PRE_REGISTERED or registration is RegistrationState.NONE:
        registrable = home.registrable_since.toordinal()
        if today - registrable > 90:
            is_lapsed = registration is RegistrationState.PRE_REGISTERED
            speak(("registration_lapsed", RED, registrable + 91) if is_lapsed else ("not_registered", ORANGE, registrable + 91))
    if home.seized:
        speak(("seizure", RED, recorded.get("seizure")))
    if home.project_stalled:
        speak(("project_stalled", ORANGE, recorded.get("project_stalled")))
    if home.purchase_rescinded:
        speak(("purchase_rescinded", ORANGE, recorded.get("purchase_rescinded")))
    is_weaker = has_less or unemployed or is_housing_dear
    if is_weaker or is_strained:
        since = recorded.get("capacity", reviewed)
        if is_weaker:
            speak(("capacity", YELLOW, since))
        if is_strained:
            speak(("capacity", ORANGE, since))
    if attempts:
        speak(("contact", YELLOW, recorded.get("contact")))
    out_of_reach = attempts >= 3 or borrower.lost_contact
    if out_of_reach:
        speak(("contact", ORANGE, recorded.get("contact")))
    if borrower.other_bad_debt:
        speak(("bad_debt_elsewhere", YELLOW, recorded.get("bad_debt_elsewhere")))
    if borrower.deceased:
        speak(("deceased", YELLOW, recorded.get("deceased")))
        if not borrower.co_borrower_paying:
            speak(("deceased", ORANGE, recorded.get("deceased")))

    level, loudest, days_of = NONE, {}, {}
    is_warned = False  # of anything but the margin
    for code, loudness, since in signals:
        level = max(level, loudness)
        known = loudest.get(code)
        if known is None or loudness > known[0] or (loudness == known[0] and since is not None and (known[1] is None or since < known[1])):
            loudest[code] = loudness, since
        days_of.setdefault((code, loudness), []).append(since)
        is_warned = is_warned or (loudness > BLUE and code != "collateral_decline")

    # points, and the interval
    points = (
        standing.severity
        + (ltv >= 0.60) + (ltv >= 0.80) + (ltv >= 0.90) + (ltv >= 1)
        + (prices <= -0.05) + (prices <= -0.10)
        + bisect_right((1, 3, 6), missed)
        + (loan.delays_over_5_days_12m >= 4)
        + (debts * 100 >= 40 * income) + (debts * 100 >= 55 * income)
        + (product is Product.SECOND_HOME or product is Product.OFF_PLAN or product is Product.COMMERCIAL)
        + (loan.term_months >= 300) + is_large + (months_on_book < 12)
    )  # fmt: skip
    is_lasting = not 1 <= overdue <= 30 or misuse or loan.refinanced or loan.in_observation or determined
    interval = 3 if points >= 9 or is_bad or loan.in_observation or (grade and is_lasting) else 6 if points >= 5 else 12

    # the visits, and what a desk does
    opinion = OPINION | REGISTRY if "registration_lapsed" in loudest or "seizure" in loudest else 0
    excellent = EXCELLENT if standing is CreditStanding.EXCELLENT else 0
    steps = excellent | (APPROVAL if is_bad else 0)
    answering = steps | DECISION | TELLING | (0 if is_bad else DETERMINATION)
    if level > BLUE:
        steps = answering | opinion | (PAPERS if "capacity" in loudest else 0)
    elif grade == 1:
        steps |= DETERMINATION
    calls, red, undated = [], [], set()
    for (code, loudness), days in days_of.items():
        answer = ANSWERS.get((code, loudness))
        if answer is None:
            continue
        working_days, within_month, method, needed = answer
        if code == "arrears" and loudness is YELLOW and overdue > 7:
            method = BY_PHONE
        elif code == "contact" and loudness is ORANGE and overdue:
            method = ON_SITE
        calls.append(Call(code, loudness is RED, days, working_days, within_month, method, answering | needed))
        if loudness is RED:
            red.append((code, days))
        if None in days:
            undated.add(code)
    first = (ON_SITE if loan.has_inspection_clause is not False else BY_VIDEO) if is_large else BY_PHONE
    if home.property_type is PropertyType.OFF_PLAN:
        first = ON_SITE
    by_person = overdue <= 90 and (points >= 10 or months_on_book < 12 or is_large or is_warned or loan.drawn_for_visit)
    history = History.of(case, today)
    visits, is_valuation_undated = schedule(
        case,
        history,
        today=today,
        until=until.toordinal(),
        interval=interval,
        window=(30, 60) if is_large else (30, 90),
        first=errand(FIRST, first, steps),
        periodic=errand(PERIODIC, BY_PHONE if by_person else BY_DATA, steps),
        valuation=errand(REVALUATION, BY_DATA, steps),
        calls=calls,
        is_valuation_due=is_valuation_old,
        valuation_since=recorded.get("revaluation_due"),
    )
    if is_valuation_undated:
        undated.add("revaluation_due")
    duties = list(at_desk(case, history, red=red, is_owed=balance > 0 or overdue > 0, is_over=months_left <= 0, today=today, until=until.toordinal()))

    # measures, each with the first day of the rules that recommend it, as far as that is known
    measures: dict[Measure, int | None] = {}

    def recommend(measure: Measure, since: int | None = None) -> None:
        known = measures.get(measure)
        measures[measure] = since if known is None else known if since is None else min(known, since)

    def began(*codes: str) -> int | None:
        return earliest(since for code, _, since in signals if code in codes)

    can_accelerate = loan.has_acceleration_clause
    in_bad_faith = misuse or evasion
    is_alone = borrower.deceased and not borrower.co_borrower_paying
    can_agree = not in_bad_faith and not out_of_reach and not is_alone
    is_in_difficulty = overdue > 0 or ((has_less or unemployed) and is_strained) or borrower.other_bad_debt
    is_bad_since = None
    if overdue > 90 and not (impaired or loan.restructured_again or evasion or borrower.bankruptcy or determined > 1):
        is_bad_since = today - overdue + 91
    arrears_since = today - overdue + (8 if technical else 1)
    if in_earnest:
        recommend(Measure.TELL_BEFORE_REPORTING, arrears_since)
        if overdue <= 90:
            recommend(Measure.COLLECT, arrears_since)
            if overdue <= 30:
                recommend(Measure.REMIND, arrears_since)
    if 31 <= overdue <= 90:
        recommend(Measure.DEMAND_LETTER, today - overdue + 31)
        if can_agree:
            recommend(Measure.ADJUST_REPAYMENT, today - overdue + 31)
        if overdue > 60 and not is_valuation_fresh:
            recommend(Measure.REVALUE, today - overdue + 61)
    if overdue <= 0 and is_left_unpaid:
        recommend(Measure.VERIFY)
    if is_bad:
        recommend(Measure.HAND_OVER, is_bad_since)
        if not is_valuation_fresh:
            recommend(Measure.REVALUE, is_bad_since)
    is_npl, many_missed = overdue > 90, loan.missed_consecutive >= 6
    is_unwilling = not borrower.cooperative or in_bad_faith or out_of_reach or is_alone
    no_plan = is_unwilling or overdue > 270
    no_plan_since = None if is_unwilling or overdue <= 270 else today - overdue + 271
    if (is_npl or many_missed) and no_plan:
        npl_since = None if many_missed or not is_npl else today - overdue + 91
        recommend(Measure.LAWYER_LETTER, latest(npl_since, no_plan_since))
    if is_npl:
        npl_since = today - overdue + 91
        if borrower.cooperative and can_agree and overdue <= 270:
            recommend(Measure.RESTRUCTURE, npl_since)
        if home.has_developer_guarantee and registration is not RegistrationState.REGISTERED:
            recommend(Measure.CLAIM_DEVELOPER, npl_since)
        elif home.has_guarantor and not home.has_developer_guarantee and home.guarantee_until is not None and home.guarantee_until >= on:
            recommend(Measure.CALL_GUARANTEE, npl_since)
        if no_plan:
            if can_accelerate:
                recommend(Measure.ACCELERATE, latest(npl_since, no_plan_since))
            is_much = many_missed or overdue > 150
            if not is_much and not out_of_reach and not in_bad_faith:
                recommend(Measure.PAYMENT_ORDER, latest(npl_since, no_plan_since))
            is_mortgaged = registration is RegistrationState.REGISTERED
            if is_much or out_of_reach:
                long_since = None if many_missed or out_of_reach else today - overdue + 151
                since = latest(npl_since, no_plan_since, long_since)
                recommend(Measure.LITIGATE, since)
                if is_mortgaged:
                    recommend(Measure.REALISE_SECURITY, since)
            if is_much and can_agree and is_mortgaged:
                recommend(Measure.NEGOTIATED_SALE, latest(npl_since, no_plan_since, None if many_missed else today - overdue + 151))
        if in_bad_faith:
            recommend(Measure.LITIGATE, npl_since)
    if "loss" in loudest:
        recommend(Measure.DEBT_ASSET_SWAP, began("loss"))
    if grade == LOST and not borrower.bankruptcy:
        recommend(Measure.WRITE_OFF, None if loses_most or determined == LOST else today - overdue + 361)
    if in_bad_faith:
        drawing = loan.undrawn is not None and loan.undrawn.minor > 0
        if misuse:
            recommend(Measure.ACCELERATE, began("misuse"))
            recommend(Measure.RESCIND, began("misuse"))
            if drawing:
                recommend(Measure.STOP_DRAWING, began("misuse"))
        if evasion:
            if can_accelerate:
                recommend(Measure.ACCELERATE, began("evasion"))
            if drawing:
                recommend(Measure.STOP_DRAWING, began("evasion"))
        recommend(Measure.REVIEW_GRADE, began("misuse", "evasion"))
    if is_valuation_old:
        recommend(Measure.REVALUE, began("revaluation_due"))
    if "collateral_decline" in loudest:
        if not is_valuation_fresh:
            recommend(Measure.REVALUE, began("collateral_decline"))
        if ltv >= 0.90 > ltv_at_first and loan.has_top_up_clause and (in_earnest or is_strained):
            since = (None if is_strained else arrears_since) if in_earnest else latest(valued.toordinal(), recorded.get("capacity", reviewed))
            recommend(Measure.ADD_GUARANTEE, since)
    if home.damaged_by_owner:
        since = began("collateral_damaged")
        if not is_valuation_fresh:
            recommend(Measure.REVALUE, since)
        recommend(Measure.DEMAND_RESTORATION, since)
        recommend(Measure.ACCELERATE, since)
    if "registration_lapsed" in loudest or "not_registered" in loudest:
        recommend(Measure.COMPLETE_REGISTRATION, began("registration_lapsed", "not_registered"))
    if home.seized:
        recommend(Measure.VERIFY, began("seizure"))
        if can_accelerate:
            recommend(Measure.ACCELERATE, began("seizure"))
    if not grade and not loudest.keys().isdisjoint(OF_THE_HOME):
        recommend(Measure.REVIEW_GRADE, began(*OF_THE_HOME))
    if home.insurance_lapsed and balance > 0:
        recommend(Measure.RENEW_INSURANCE)
    if home.project_stalled:
        recommend(Measure.VERIFY, began("project_stalled"))
        if home.stall_cause is StallCause.FUNDING:
            recommend(Measure.VERIFY, began("project_stalled"))
    if home.purchase_rescinded:
        recommend(Measure.RESCIND, began("purchase_rescinded"))
        recommend(Measure.CLAIM_DEVELOPER, began("purchase_rescinded"))
    if "capacity" in loudest or "contact" in loudest or "bad_debt_elsewhere" in loudest:
        recommend(Measure.VERIFY, began("capacity", "contact", "bad_debt_elsewhere"))
    if borrower.deceased:
        recommend(Measure.VERIFY, began("deceased"))
    if borrower.bankruptcy:
        recommend(Measure.LODGE_CLAIM, began("bankruptcy"))
    if "capacity" in loudest and is_in_difficulty:
        falls = (has_less or unemployed) and is_strained
        if overdue and not falls and not borrower.other_bad_debt:
            since = today - overdue + 1
        elif borrower.other_bad_debt:
            since = None
        else:
            since = latest(began("capacity"), min(reviewed, today - overdue + 1) if overdue else reviewed)
        if not grade:
            recommend(Measure.REVIEW_GRADE, since)
        if can_agree and overdue <= 90:
            recommend(Measure.ADJUST_REPAYMENT, since)
            if not overdue:
                recommend(Measure.GRACE, since)
            if loan.term_months < 360 and not loan.extended:
                recommend(Measure.EXTEND_TERM, since)
            if home.has_guarantor:
                recommend(Measure.VERIFY, since)
    is_kept = not is_bad and not in_bad_faith and not home.seized and not home.damaged_by_owner
    if is_kept and (balance > 0 if not overdue else technical and overdue <= 7):
        recommend(Measure.MONITOR)

    # what people could determine
    milder = None
    if determined and determined == grade and not overdue:
        clean = not borrower.bankruptcy and (determined == LOST or not evasion) and not (impaired and determined < 3)
        if determined == 1:
            clean = clean and not is_in_difficulty and not (misuse or loan.refinanced or loan.in_observation or loan.restructured_again)
        else:
            clean = clean and loan.months_clean_since_cure >= 6 and not (determined == 2 and loan.restructured_again) and not (loses_half if determined == 3 else loses_most)
        milder = GRADES[determined - 1] if clean else None

    # the grant
    findings = set()
    down, signed, is_shop = loan.down_payment.minor * 100, loan.signed_on.toordinal(), product is Product.COMMERCIAL
    for since, first_home, second_home in SHOP_FLOORS if is_shop else FLOORS:
        if signed >= since:
            is_second = loan.home_count >= 2 or product is Product.SECOND_HOME
            if down < loan.price.minor * (second_home if is_second else first_home):
                findings.add(OriginationFinding.DOWN_PAYMENT_BELOW_FLOOR)
            break
    if months_on_book < 3:
        if is_housing_dear:
            findings.add(OriginationFinding.HOUSING_DSR_ABOVE_LIMIT)
        if is_strained:
            findings.add(OriginationFinding.TOTAL_DSR_ABOVE_LIMIT)
    if loan.term_months > (120 if is_shop else 360):
        findings.add(OriginationFinding.TERM_TOO_LONG)

    next_visit = visits[0].closes if visits else until.toordinal()
    return (
        GRADES[grade],
        milder,
        points,
        level,
        interval,
        [(CODES[code], loudness, _day(since)) for code, (loudness, since) in loudest.items()],
        {CODES[code] for code in undated},
        [
            (measure, _day(since), _day(by), *rest)
            for measure, since, by, *rest in recommended(measures, today=today, to_act=TO_ACT[level], next_visit=next_visit, reviewed=reviewed)
        ],
        findings,
        [visit.told(today) for visit in visits],
        duties,
    )


#: The signals of the home that call for another look at the grade of a loan that is normal.
OF_THE_HOME = ("collateral_damaged", "registration_lapsed", "not_registered", "seizure", "project_stalled", "purchase_rescinded")


def _day(ordinal: int | None) -> Date | None:
    return None if ordinal is None else Date.fromordinal(ordinal)


def _months_until(day: Date, on: Date) -> int:
    return (day.year - on.year) * 12 + day.month - on.month + (day.day > on.day)


def _months_elapsed(since: Date, on: Date) -> int:
    whole = (on.year - since.year) * 12 + on.month - since.month
    return whole if on.day >= since.day or Date.fromordinal(on.toordinal() + 1).day == 1 else whole - 1

"""A policy of 60 rules over 25 facts in five tables that read one another; made for measuring, not for lending."""

from revisit_policy import DECISION_DAY, Citation, DecisionGraph, Fact, Fold, Label, Period, Rule, Standing, Table, Unit, cny, unordered
from revisit_policy.language import DaysSince, Field, Latest, MonthsElapsed, MonthsUntil, Quotient, RelativeChange, Terms
from revisit_policy.values import Labelled, OrderedLabelled


class Grade(OrderedLabelled):
    """How sound the loan is."""

    NORMAL = "normal", "正常", "pass"
    SPECIAL_MENTION = "special_mention", "关注", "special mention"
    SUBSTANDARD = "substandard", "次级", "substandard"
    DOUBTFUL = "doubtful", "可疑", "doubtful"
    LOSS = "loss", "损失", "loss"


class Level(OrderedLabelled):
    """How urgent the signals are."""

    CALM = "calm", "平稳", "calm"
    WATCH = "watch", "关注", "watch"
    ALERT = "alert", "预警", "alert"
    ALARM = "alarm", "警报", "alarm"


class Method(OrderedLabelled):
    """How the borrower is met."""

    PHONE = "phone", "电话", "phone call"
    VIDEO = "video", "视频", "video call"
    ON_SITE = "on_site", "上门", "visit on site"


class Measure(Labelled):
    """What the bank does about it."""

    REMIND = "remind", "提醒", "remind"
    DEMAND = "demand", "催收函", "letter of demand"
    REALISE = "realise", "处置抵押物", "realise the collateral"
    STOP_DRAWING = "stop_drawing", "停止放款", "stop drawing"
    RESTRUCTURE = "restructure", "重组", "offer restructuring"
    REVALUE = "revalue", "重估", "revalue"
    VERIFY = "verify", "核实", "verify"


class Employment(Labelled):
    """What the borrower lives on."""

    SALARIED = "salaried", "受薪", "salaried"
    SELF_EMPLOYED = "self_employed", "自雇", "self-employed"
    RETIRED = "retired", "退休", "retired"
    UNEMPLOYED = "unemployed", "失业", "unemployed"


class CreditStanding(OrderedLabelled):
    """What the credit register says."""

    EXCELLENT = "excellent", "优秀", "excellent"
    GOOD = "good", "良好", "good"
    FAIR = "fair", "一般", "fair"
    POOR = "poor", "较差", "poor"


class PropertyType(Labelled):
    """What the loan is secured by."""

    COMPLETED_HOME = "completed_home", "现房", "completed home"
    PRESALE_HOME = "presale_home", "期房", "home sold before completion"
    SHOP = "shop", "商铺", "shop"


def fact_label(en: str) -> Label:
    """A label for a measurement that nobody reads in Chinese."""
    return Label(en, en)


NO_ENTRY = Label("未登记即无", "no entry means it did not happen")

overdue = Fact.count("days_past_due", low=0, high=3650, unit=Unit.DAYS, label=fact_label("days past due"), derived=Field("loan.days_past_due"))
missed = Fact.count("missed_periods", low=0, high=360, label=fact_label("missed periods"), derived=Field("loan.missed_periods"))
late = Fact.count("late_periods", low=0, high=12, label=fact_label("late periods of twelve"), derived=Field("loan.late_periods"))
balance = Fact.money("balance", low=cny(0), high=cny(1_000_000_000), label=fact_label("balance"), derived=Field("loan.balance"))
ecl = Fact.ratio(
    "ecl_ratio", low="0", high="1", label=fact_label("expected loss to balance"),
    derived=Quotient(Terms(("loan.expected_loss",)), Terms(("loan.balance",))),
)  # fmt: skip
ltv = Fact.ratio(
    "loan_to_value", low="0", high="20", label=fact_label("loan to value"),
    derived=Quotient(Terms(("loan.balance",)), Terms(("collateral.value",))),
)  # fmt: skip
dsr = Fact.ratio(
    "debt_service", low="0", high="20", label=fact_label("debt service to income"),
    derived=Quotient(Terms(("borrower.debt_service",)), Terms(("borrower.income",))),
)  # fmt: skip
income = Fact.ratio("income_change", low="-1", high="50", label=fact_label("change of income"), derived=RelativeChange("borrower.income", "borrower.income_before"))
prices = Fact.ratio("price_change", low="-1", high="50", label=fact_label("change of prices"), derived=RelativeChange("market.price_index", "market.price_index_before"))
volatility = Fact.ratio("volatility", low="0", high="5", denominator=10**6, label=fact_label("volatility of prices"), derived=Field("market.volatility"))
age = Fact.count("months_on_book", low=0, high=600, unit=Unit.MONTHS, label=fact_label("months on book"), derived=MonthsElapsed(Field("loan.disbursed_on")))
left = Fact.count("months_left", low=-600, high=600, unit=Unit.MONTHS, label=fact_label("months to maturity"), derived=MonthsUntil(Field("loan.matures_on")))
valued = Fact.count("valuation_age", low=0, high=600, unit=Unit.MONTHS, label=fact_label("months since valuation"), derived=MonthsElapsed(Field("collateral.valued_on")))
visited = Fact.count("days_since_visit", low=0, high=20000, unit=Unit.DAYS, label=fact_label("days since visit"), derived=DaysSince(Latest("visits", "completed_on")))
unreached = Fact.count("failed_contacts", low=0, high=99, register=NO_ENTRY, label=fact_label("failed contacts"), derived=Field("loan.failed_contacts"))
misuse = Fact.flag("misuse", register=NO_ENTRY, label=fact_label("misuse of funds"), derived=Field("loan.misuse"))
restructured = Fact.flag("restructured", register=NO_ENTRY, label=fact_label("restructured"), derived=Field("loan.restructured"))
impaired = Fact.flag("impaired", register=NO_ENTRY, label=fact_label("impaired"), derived=Field("loan.impaired"))
bankrupt = Fact.flag("bankrupt", register=NO_ENTRY, label=fact_label("bankrupt"), derived=Field("borrower.bankrupt"))
seized = Fact.flag("seized", register=NO_ENTRY, label=fact_label("seized"), derived=Field("collateral.seized"))
stalled = Fact.flag("stalled", register=NO_ENTRY, label=fact_label("building stalled"), derived=Field("collateral.stalled"))
employment = Fact.choice("employment", Employment, label=fact_label("employment"), derived=Field("borrower.employment"))
standing = Fact.choice("standing", CreditStanding, ordered=True, label=fact_label("credit standing"), derived=Field("borrower.standing"))
property_type = Fact.choice("property_type", PropertyType, label=fact_label("property"), derived=Field("collateral.property_type"))

SOURCE = Citation(standing=Standing.PROPOSAL)
OLD_REGIME = Period(until="2023-07-01")
NEW_REGIME = Period(since="2023-07-01")


def rule(rule_id: str, when, then, *, period: Period | None = None) -> Rule:  # noqa: ANN001 - a condition and an outcome
    """A rule with a reason that only names it."""
    return Rule(rule_id, when=when, then=then, because=fact_label(rule_id), source=SOURCE, period=period)


grade = Table(
    "grade", outcomes=Grade, fold=Fold.WORST, otherwise=Grade.NORMAL, label=Label("分类", "grade"),
    rules=(
        rule("overdue", overdue > 0, Grade.SPECIAL_MENTION),
        rule("overdue-90", overdue > 90, Grade.SUBSTANDARD),
        rule("overdue-270", overdue > 270, Grade.DOUBTFUL),
        rule("overdue-360", overdue > 360, Grade.LOSS),
        rule("missed-3", missed >= 3, Grade.SPECIAL_MENTION),
        rule("missed-6", missed >= 6, Grade.SUBSTANDARD),
        rule("misused", misuse.is_true(), Grade.SPECIAL_MENTION),
        rule("restructured-anew", restructured.is_true(), Grade.SPECIAL_MENTION, period=NEW_REGIME),
        rule("restructured-of-old", restructured.is_true(), Grade.SUBSTANDARD, period=OLD_REGIME),
        rule("impaired", impaired.is_true(), Grade.SUBSTANDARD),
        rule("impaired-half", impaired.is_true() & (ecl >= "0.50"), Grade.DOUBTFUL),
        rule("impaired-whole", impaired.is_true() & (ecl >= "0.90"), Grade.LOSS),
        rule("bankrupt", bankrupt.is_true(), Grade.SUBSTANDARD),
        rule("seized-under-water", seized.is_true() & (ltv > "1"), Grade.DOUBTFUL),
        rule("stalled-overdue", stalled.is_true() & (overdue > 0), Grade.SUBSTANDARD),
        rule("under-water-overdue", (ltv > "1.20") & (overdue > 30), Grade.SUBSTANDARD),
    ),
)  # fmt: skip

level = Table(
    "level", outcomes=Level, fold=Fold.WORST, otherwise=Level.CALM, label=Label("预警等级", "level"),
    rules=(
        rule("grade-mentioned", grade.outcome.is_in(Grade.SPECIAL_MENTION), Level.WATCH),
        rule("grade-bad", grade.outcome >= Grade.SUBSTANDARD, Level.ALARM),
        rule("arrears-30", overdue > 30, Level.ALERT),
        rule("arrears-60", overdue > 60, Level.ALARM),
        rule("late-3", late >= 3, Level.WATCH),
        rule("late-6", late >= 6, Level.ALERT),
        rule("thin-margin", ltv >= "0.80", Level.WATCH),
        rule("thinner-margin", ltv >= "0.90", Level.ALERT),
        rule("no-margin", (ltv > "1") & (prices < "0"), Level.ALARM),
        rule("burdened", dsr > "0.50", Level.WATCH),
        rule("burdened-and-unsteady", (dsr > "0.55") & (employment.is_in("self_employed") | (standing >= "fair")), Level.ALERT),
        rule("overburdened", (dsr > "0.70") & (income < "-0.30"), Level.ALARM),
        rule("prices-fall", prices <= "-0.10", Level.WATCH),
        rule("prices-plunge", prices <= "-0.20", Level.ALERT),
        rule("prices-eat-margin", (prices <= "-0.25") & (ltv >= "0.70"), Level.ALARM),
        rule("prices-swing", (volatility >= "0.15") & (prices < "0"), Level.WATCH),
        rule("income-falls", income <= "-0.30", Level.WATCH),
        rule("income-halves", income <= "-0.50", Level.ALERT),
        rule("out-of-work", employment.is_in("unemployed"), Level.ALERT),
        rule("not-reached-3", unreached >= 3, Level.WATCH),
        rule("not-reached-6", unreached >= 6, Level.ALERT),
        rule("building-stalled", stalled.is_true(), Level.ALERT),
        rule("collateral-seized", seized.is_true(), Level.ALARM),
    ),
)  # fmt: skip

interval = Table(
    "interval", outcomes=(12, 6, 3, 1), fold=Fold.LEAST, otherwise=12, label=Label("回访间隔（月）", "interval in months"),
    rules=(
        rule("in-alarm", level.outcome.is_in(Level.ALARM), 1),
        rule("in-alert", level.outcome.is_in(Level.ALERT), 3),
        rule("on-watch", level.outcome.is_in(Level.WATCH), 6),
        rule("large", (balance >= cny(10_000_000)) & (ltv >= "0.60"), 6),
        rule("young", age < 12, 6),
        rule("unfinished", property_type.is_in("presale_home") & (age < 36), 3),
        rule("standing-fair", standing >= "fair", 6),
        rule("standing-poor", standing >= "poor", 3),
        rule("matures-soon", left <= 6, 3),
    ),
)  # fmt: skip

method = Table(
    "method", outcomes=Method, fold=Fold.WORST, otherwise=Method.PHONE, label=Label("方式", "method"),
    rules=(
        rule("see-the-shop", property_type.is_in("shop"), Method.VIDEO),
        rule("see-the-alert", level.outcome >= Level.ALERT, Method.VIDEO),
        rule("go-and-see", (grade.outcome >= Grade.SUBSTANDARD) | seized.is_true(), Method.ON_SITE),
        rule("go-and-find", unreached >= 3, Method.ON_SITE),
        rule("long-unseen", visited > 730, Method.ON_SITE),
    ),
)  # fmt: skip

measures = Table(
    "measures", outcomes=unordered(Measure), fold=Fold.EVERY, label=Label("措施", "measures"),
    rules=(
        rule("remind", grade.outcome.is_in(Grade.SPECIAL_MENTION) & (overdue > 0), Measure.REMIND),
        rule("demand", (grade.outcome >= Grade.SUBSTANDARD) & (overdue > 0), Measure.DEMAND),
        rule("realise", (grade.outcome >= Grade.DOUBTFUL) & (overdue > 90) & (ltv >= "0.50"), Measure.REALISE),
        rule("stop-drawing", misuse.is_true() | (level.outcome >= Level.ALARM), Measure.STOP_DRAWING),
        rule("restructure", (dsr > "0.55") & employment.is_in("unemployed", "retired"), Measure.RESTRUCTURE),
        rule("revalue", (valued >= 12) & ((level.outcome >= Level.ALERT) | (ltv >= "0.70")), Measure.REVALUE),
        rule("verify", bankrupt.is_true() | stalled.is_true(), Measure.VERIFY),
    ),
)  # fmt: skip

TABLES = (grade, level, interval, method, measures)
FACTS = (
    overdue, missed, late, balance, ecl, ltv, dsr, income, prices, volatility, age, left, valued, visited, unreached,
    misuse, restructured, impaired, bankrupt, seized, stalled, employment, standing, property_type, DECISION_DAY,
)  # fmt: skip


def build() -> DecisionGraph:
    """The five tables as one new graph: nothing compiled, nothing remembered."""
    return DecisionGraph(TABLES)

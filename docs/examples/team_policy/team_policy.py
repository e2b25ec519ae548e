"""How the branch grades a housing loan and how often it looks at it: two tables, the second reading the first."""

from revisit_policy import Citation, DecisionGraph, Fact, Label, Rule, Table, Unit

HANDBOOK = Citation(document=("信贷手册", "credit handbook"), article="12", standing="bank_practice")

overdue = Fact.count("overdue", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
ltv = Fact.ratio("ltv", low="0", high="10", label=Label("贷款价值比", "loan-to-value"))
seized = Fact.flag(
    "seized", label=Label("押品被查封", "collateral seized"), register=Label("登记簿无记录即未发生", "nothing on the register: it has not happened")
)

grade = Table(
    "grade",
    label=Label("分类", "grade"),
    outcomes=("normal", "special_mention", "substandard"),
    fold="worst",
    rules=(
        Rule("overdue-90", when=overdue > 90, then="substandard", because=Label("逾期超过90天", "more than 90 days past due"), source=HANDBOOK),
        Rule("overdue", when=overdue > 0, then="special_mention", because=Label("已逾期", "past due"), source=HANDBOOK),
        Rule("seized", when=seized.is_true(), then="special_mention", because=Label("押品被查封", "collateral seized"), source=HANDBOOK),
    ),
    otherwise="normal",
)

interval = Table(
    "interval",
    label=Label("回访间隔（月）", "months between visits"),
    outcomes=(12, 6, 3),
    fold="least",
    rules=(
        Rule("substandard", when=grade.outcome.is_in("substandard"), then=3, because=Label("不良每季回访", "every quarter if substandard"), source=HANDBOOK),
        Rule("special-mention", when=grade.outcome.is_in("special_mention"), then=6, because=Label("关注每半年回访", "every half-year"), source=HANDBOOK),
        Rule("thin-margin", when=ltv >= "0.80", then=6, because=Label("押品余量不足", "too little margin in the home"), source=HANDBOOK),
        Rule("no-valuation", when=ltv.is_missing(), then=6, because=Label("无估值", "no valuation on file"), source=HANDBOOK),
    ),
    otherwise=12,
)

policy = DecisionGraph((grade, interval))

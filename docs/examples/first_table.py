"""A small decision table, and what it says of four loans. Run it: ``python docs/examples/first_table.py``."""

from revisit_policy import Citation, Fact, Fold, Label, Rule, Standing, Table, Unit

days = Fact.count("days_past_due", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
ltv = Fact.ratio("ltv", low="0", high="10", label=Label("贷款价值比", "loan-to-value"))

floors = Citation(
    document=Label("商业银行金融资产风险分类办法", "Measures for the Risk Classification of Financial Assets"),
    number="银保监会 中国人民银行令〔2023〕第1号",
    article="11",
    standing=Standing.REGULATION,
    verified=True,
)
house = Citation(document=Label("本例", "this example"), standing=Standing.PROPOSAL)

grade = Table(
    "grade",
    label=Label("风险分类", "risk grade"),
    outcomes=("normal", "special mention", "substandard"),
    fold=Fold.WORST,
    otherwise="normal",
    rules=(
        Rule("overdue", when=days > 0, then="special mention", because=Label("逾期", "past due"), source=floors),
        Rule("overdue-90", when=days > 90, then="substandard", because=Label("逾期超过90天", "more than 90 days past due"), source=floors),
        Rule("thin-margin", when=ltv >= "0.90", then="special mention", because=Label("抵押率偏高", "a thin margin"), source=house),
    ),
)

LOANS = (
    {"days_past_due": 0, "ltv": "0.62"},
    {"days_past_due": 90, "ltv": "0.62"},
    {"days_past_due": 91},
    {"days_past_due": 0},
)

if __name__ == "__main__":
    print(grade.to_markdown("en"))
    for loan in LOANS:
        verdict = grade(**loan)
        possible = "" if verdict.is_decided else f"; still possible: {', '.join(verdict.candidates)}; missing: {', '.join(verdict.missing)}"
        print(f"{loan}: {verdict.outcome} ({verdict.status.label('en')}{possible})")
    print()
    print(grade(days_past_due=91).explain("zh"))

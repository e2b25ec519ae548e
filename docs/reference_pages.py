"""Pages of the reference that are made from the library itself on each build: every code with its labels, and every column of a case file."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator

import attrs
from page_pictures import PICTURES

import revisit_policy as rp
from revisit_policy import analysis, facts, frames, testing
from revisit_policy.frames.columns.schema import checked_besides
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.outputs.answers import answers_of, tables_of
from revisit_policy.frames.outputs.output import Meaning, Output, result_outputs
from revisit_policy.frames.outputs.words import Words
from revisit_policy.frames.subject import subject_of
from revisit_policy.records.codecs.meanings import RECORD
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import CHINA, Date, Label, Labelled, Lang, add_months, bars, from_ordinal, to_date, wall_calendar

CODES = """# Codes and their labels

Every enumeration of the library with all its members: what is written in code and stored, and what people read.
Constructors take the member or its code; `Product.parse("首套住房贷款", lang="zh")` finds a member by its label.
"""
COLUMNS = """# What a case file holds

Every column that the shipped rulebook reads of a case file, in the order in which it reads them, and then those that it reads only where a frame has them.
The name before the point is the part of the case file and the one after it the field: `loan.days_past_due` is `Loan(days_past_due=...)`.
An amount is in minor units of the policy's currency (fen), a ratio is a fraction or a whole number over a stated denominator.
"""
ON = "2026-11-23"
CASE = rp.CaseFile(
    loan=rp.Loan(
        "GZ-2024-000117", product="first_home", principal=rp.cny("1800000"), balance=rp.cny("1455000"), annual_rate="0.0335",
        repayment="level_payment", disbursed_on="2024-03-15", term_months=360, days_past_due=0,
    ),
    borrower=rp.BorrowerProfile("B-88", credit_standing="good"),
    market=rp.MarketConditions(price_change_12m="-0.02", price_volatility="0.04"),
    visits=(
        rp.Visit(kind="first", method="on_site", completed_on="2024-05-20", finding="satisfactory"),
        rp.Visit(kind="periodic", method="phone", completed_on="2026-06-09", finding="satisfactory"),
    ),
)
GALLERY = """# Pictures

Every picture that the library draws, as text of SVG without a script: a notebook shows it, a page or a report embeds it, `open(...).write(...)` keeps it.
It takes the colour of the text around it, and tells by shape what it tells by shade; each mark says in words, on hover, what it stands for.

```{raw} html
<style>.picture{overflow-x:auto}.picture svg{min-width:40rem}</style>
```
"""
MISSING = {True: ("可以缺失", "may be missing"), False: ("须有", "has to be there")}
OPTIONAL = "没有该列亦可 · the column may be left out"
OUTCOMES = """# What comes out

What a decision holds, and every column that `frames.decide` and `frames.results` add for the shipped rulebook, in order.
A row that cannot be read has its faults in `bad_input` and is empty in every column of an outcome, of a visit and of a result.
Columns of the rules that fired and of those undecided come in the form that `trace=` asks for; they stand in `frames.decide`.
"""
#: What the fields of a decision are called that are no table of the policy and stand in no record by themselves.
HELD = {
    "edition_label": Label("适用版次名称", "name of the edition"),
    "languages": Label("政策的语言", "languages of the policy"),
    "verdicts": Label("各表的结论与依据", "what every table said, and why"),
    "assessment": Label("对外给出的评估", "what is handed out of the tables"),
    "schedule": Label("回访计划", "schedule of visits"),
    "measures_in_hand": Label("办理中的措施", "measures in hand"),
    "replan": Label("新版次带来的变化", "what a new edition changed"),
    "undated": Label("起始日不明的事项", "what nobody dated"),
}
#: What the columns are called that are no table of the policy.
COLUMN_LABELS = {
    "edition": Label("适用版次", "edition that the row is under"),
    "policy_digest": Label("政策内容摘要（前十二位）", "first twelve signs of the digest of the policy"),
    "bad_input": Label("无法读取的事实", "facts that cannot be read"),
    "measures_in_hand": HELD["measures_in_hand"],
    "measures_late": Label("逾期未办的措施", "measures that are late"),
    "interval_months": Label("回访间隔", "interval of visits"),
    "revaluation_is_due": Label("是否须重估", "whether a revaluation is due"),
    "next_kind": Label("下次回访类型", "kind of the next visit"),
    "next_method": Label("下次回访方式", "method of the next visit"),
    "next_opens": Label("下次回访最早日", "first day of the next visit"),
    "next_due": Label("下次回访应办日", "day for which the next visit is planned"),
    "next_closes": Label("下次回访截止日", "last day of the next visit"),
    "next_missed_on": Label("错过截止的日期", "day on which the deadline was missed"),
    "next_officers": Label("下次回访人数", "officers of the next visit"),
    "result_earliest": Label("结果最早日", "earliest day of its result"),
    "result_expected": Label("结果预计日", "expected day of its result"),
    "result_latest": Label("结果最迟日", "latest day of its result"),
    "next_act_by": Label("最近的措施期限", "nearest day to act by"),
    "undated": HELD["undated"],
    "calendar": RECORD["calendar"],
    "next_duty": Label("下一项案头事项", "next duty of a desk"),
    "next_duty_due": Label("案头事项应办日", "day for which the duty is planned"),
    "next_duty_closes": Label("案头事项截止日", "last day of the duty"),
    "next_duty_missed_on": Label("案头事项错过之日", "day on which the duty was missed"),
    "duties_late": Label("逾期的案头事项", "duties that are late"),
    "awaited_kind": Label("待结果的回访类型", "kind of the visit whose result is awaited"),
    "awaited_visited_on": Label("该回访完成日", "day of that visit"),
    "awaited_step": Label("所待步骤", "step that is awaited"),
    "awaited_expected": Label("所待步骤预计日", "expected day of the step"),
    "awaited_latest": Label("所待步骤最迟日", "latest day of the step"),
    "awaited_state": Label("所待步骤的状态", "how the step stands"),
    "awaited_unread": Label("妨碍得出结果的内容", "what stands in the way of a result"),
}
SUFFIXES = {"_at_worst": Label("（最差）", ", at worst"), "_status": Label("（状态）", ", what is known of it")}
HOLDS = {
    Meaning.PLACE: Label("序号，自零起", "a place from 0"),
    Meaning.SET: Label("位，自零起", "bits from 0"),
    Meaning.NAMES: Label("位，自零起", "bits from 0"),
    Meaning.POINTS: Label("分值", "points"),
    Meaning.NUMBER: Label("整数", "a whole number"),
    Meaning.DAY: Label("日期", "a day"),
    Meaning.FLAG: Label("是或否", "true or false"),
    Meaning.TEXT: Label("文本", "text"),
}
UNITS = {"interval_months": "月 · months", "next_officers": "人 · officers"}
NEVER_EMPTY = {"bad_input", "bad_input_2", "bad_input_3"}


def enumerations() -> Iterator[tuple[str, type[Labelled]]]:
    """Every public enumeration with the path by which it is imported, the shortest path of each; by name."""
    rooms = ["revisit_policy", *(f"revisit_policy.{room.name}" for room in pkgutil.iter_modules(rp.__path__))]
    found: dict[type[Labelled], str] = {}
    for room in rooms:
        module = importlib.import_module(room)
        for name in getattr(module, "__all__", ()):
            kind = getattr(module, name)
            if isinstance(kind, type) and issubclass(kind, Labelled) and len(kind):
                found.setdefault(kind, f"{room}.{name}")
    yield from ((path, kind) for kind, path in sorted(found.items(), key=lambda item: item[0].__name__))


def codes_page() -> str:
    """Every enumeration as a table."""
    parts = [CODES]
    for path, kind in enumerations():
        rows = "\n".join(f"| `{member.value}` | `{member.name}` | {member.label('zh')} | {member.label('en')} |" for member in kind)
        parts.append(f"## {path}\n\n{(kind.__doc__ or '').splitlines()[0]}\n\n| code | member | 中文 | English |\n|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def columns_page() -> str:
    """Every column of the shipped rulebook as a row."""
    rows = []
    beside = checked_besides(subject_of(cn_housing.rulebook))
    for column in (*frames.schema(cn_housing.rulebook), *beside):
        unit = "" if column.unit is None else f"{column.unit.text('zh')} · {column.unit.text('en')}"
        holds = f"{column.holds.label('zh')} · {column.holds.label('en')}"
        missing = OPTIONAL if column in beside else " · ".join(MISSING[column.may_be_missing])
        codes = " ".join(f"`{code}`" for code in column.codes)
        rows.append(f"| `{column.path}` | {holds} | {unit} | {missing} | {column.meaning.text('zh')} | {column.meaning.text('en')} | {codes} |")
    heading = "| column | holds | unit | missing | 中文 | English | codes |\n|---|---|---|---|---|---|---|"
    return "\n".join([COLUMNS, heading, *rows, ""])


def outcomes_page() -> str:
    """Every field of a decision as a row, then every column that a frame gains."""
    labels = {name: table.label for name, table in tables_of(subject_of(cn_housing.rulebook)).items()} | RECORD | HELD
    typed = {field.name: str(field.type).replace("|", "\\|") for field in attrs.fields(rp.Decision)}
    held = [f"| `{name}` | `{kind}` | {labels[name].text('zh')} | {labels[name].text('en')} |" for name, kind in typed.items()]
    columns = [_outcome_row(output) for output in outputs()]
    heading = "| column | type | holds | unit | empty | 中文 | English | stands for |\n|---|---|---|---|---|---|---|---|"
    decision = ["## A decision", "", "| field | holds | 中文 | English |\n|---|---|---|---|", *held]
    return "\n".join([OUTCOMES, *decision, "", "## Columns of a frame", "", heading, *columns, ""])


def outputs() -> Iterator[Output]:
    """Every column that the shipped rulebook adds to a frame, but for those of its rules."""
    subject = attrs.evolve(subject_of(cn_housing.rulebook), horizon=Horizon(has_duties=True))
    yield from (answer.output for answer in answers_of(subject, frames.Trace.NONE))
    yield from result_outputs(subject.words)


def column_label(name: str) -> Label:
    """What a column is called: as the page says, or as its table is, with what of it the column holds."""
    plain = name.rstrip("0123456789").rstrip("_") if name.startswith("bad_input") else name
    if plain in COLUMN_LABELS:
        return COLUMN_LABELS[plain]
    suffix = next((ending for ending in SUFFIXES if plain.endswith(ending)), "")
    label = tables_of(subject_of(cn_housing.rulebook))[plain.removesuffix(suffix)].label
    return Label(*(label.text(lang) + SUFFIXES[suffix].text(lang) if suffix else label.text(lang) for lang in ("zh", "en")))


def _outcome_row(output: Output) -> str:
    holds, label = HOLDS[output.meaning], column_label(output.name)
    words = zip(Words.for_output(output, Lang.ZH).texts, Words.for_output(output, Lang.EN).texts, strict=True)
    named = output.meaning is Meaning.NAMES
    stands = " ".join(f"`{en}`" for _, en in words) if named else "; ".join(f"{at} {zh} · {en}" for at, (zh, en) in enumerate(words))
    empty = "从不 · never" if output.name in NEVER_EMPTY else "可为空 · may be"
    unit = UNITS.get(output.name, "")
    cells = [f"`{output.name}`", output.dtype, f"{holds.text('zh')} · {holds.text('en')}", unit, empty, label.text("zh"), label.text("en"), stands]
    return f"| {' | '.join(map(str, cells))} |"


def schedule_picture() -> str:
    """What the front page shows of one loan."""
    return cn_housing.rulebook.decide(CASE, on=ON).schedule.to_svg("zh", calendar=CHINA)


def tables_picture() -> str:
    """What the front page shows of a policy."""
    return cn_housing.rulebook.in_force(ON).to_svg("en")


def grades_picture() -> str:
    """What the front page shows of a book of seven loans."""
    counted = Counter(
        cn_housing.rulebook.decide(attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=days)), on=ON).grade for days in (0, 0, 0, 12, 45, 95, 280)
    )
    return bars([(grade.label("zh"), counted[grade]) for grade in rp.Grade], title="loans by grade")


def impact_and_diff() -> tuple[analysis.Impact, analysis.Diff]:
    """What a stricter rule does to twelve loans, and where it says otherwise."""
    policy = cn_housing.rulebook.in_force(ON)
    stricter = policy.replacing(attrs.evolve(policy.rule("overdue-90"), when=facts.days_past_due > 60))
    return analysis.impact(policy, stricter, late_loans(), on=ON), analysis.diff(policy.grade, stricter.grade)


def late_loans() -> list[rp.CaseFile]:
    """Twelve loans, the later half of them in arrears."""
    days = (0, 0, 0, 0, 3, 12, 45, 62, 70, 95, 150, 280)
    return [attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, loan_no=f"L-{at}", days_past_due=late)) for at, late in enumerate(days)]


def calendar_picture(lang: str) -> str:
    """The next half year of a book of ninety loans paid out on other days."""
    closing: Counter[Date] = Counter()
    for at in range(90):
        loan = attrs.evolve(CASE.loan, disbursed_on=add_months(to_date("2024-03-05"), -(at % 11)), days_past_due=(0, 0, 4, 35)[at % 4])
        visits = [attrs.evolve(visit, completed_on=add_months(visit.completed_on, at % 5)) for visit in CASE.visits]
        closing.update(visit.window.closes for visit in cn_housing.rulebook.decide(attrs.evolve(CASE, loan=loan, visits=visits), on=ON).schedule.all)
    first, calendar = to_date(ON), CHINA.provisional()
    weekdays = {"zh": list("一二三四五六日"), "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]}[lang]
    off = {day for day in (from_ordinal(first.toordinal() + ahead) for ahead in range(26 * 7)) if not calendar.is_working(day)}
    title = {
        "zh": "每日截止的回访：划线为非工作日，右侧为每周合计，实心为超出能力",
        "en": "visits that close on each day: struck through on days off; weeks above capacity are solid",
    }
    return wall_calendar(closing, first=first, weeks=26, weekdays=weekdays, off=off, capacity=30, title=title[lang])


def coverage_picture() -> str:
    """What six cases test of the shipped policy."""
    return testing.rule_coverage(cn_housing.rulebook.in_force(ON), [{"days_past_due": days} for days in (0, 1, 30, 31, 90, 91)]).to_svg()


def gallery_page() -> str:
    """Every picture with the call that draws it, Chinese and English in turn."""
    late = cn_housing.rulebook.decide(late_loans()[9], on=ON)
    impact, diff = impact_and_diff()
    shown = [
        ("When a loan is visited", 'decision.schedule.to_svg("zh", calendar=cn_housing.CHINA)', late.schedule.to_svg("zh", calendar=CHINA)),
        ("The way of a case through the tables", 'decision.verdicts.to_svg("en")', late.verdicts.to_svg("en")),
        ("Why this grade", 'decision.verdicts["grade"].to_svg("zh")', late.verdicts["grade"].to_svg("zh")),
        ("Why these warnings", 'decision.verdicts["signals"].to_svg("en")', late.verdicts["signals"].to_svg("en")),
        ("What a change does to a book", 'analysis.impact(old, new, cases, on=day).to_svg("zh")', impact.to_svg("zh")),
        ("Where a change lies", 'analysis.diff(old.grade, new.grade).changes[0].to_svg("en")', diff.changes[0].to_svg("en")),
        ("The calendar of a book", "values.wall_calendar(closing, first=day, weeks=26, ...)", calendar_picture("zh")),
        ("What worked cases test", "testing.rule_coverage(policy, cases).to_svg()", coverage_picture()),
        ("What a plan would have caught, at which spend", "backtest.compare(plans, panel).to_svg()", PICTURES["frontier.svg"]()),
        ("How long before the events it came", "backtest.run(plan, panel).to_svg()", PICTURES["leads.svg"]()),
        ("Loans by grade", "values.bars(rows, title=...)", grades_picture()),
    ]
    parts = [f'## {title}\n\n`{call}`\n\n```{{raw}} html\n<div class="picture">{picture}</div>\n```\n' for title, call, picture in shown]
    return "\n".join([GALLERY, *parts])


PAGES = {
    "gallery.md": gallery_page,
    "codes.md": codes_page,
    "case-file.md": columns_page,
    "outcomes.md": outcomes_page,
    "schedule.svg": schedule_picture,
    "tables.svg": tables_picture,
    "grades.svg": grades_picture,
    **PICTURES,
}

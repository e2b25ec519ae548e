"""Pages of the reference that are made from the library itself on each build: every code with its labels, and every column of a case file."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator

import attrs

import revisit_policy as rp
from revisit_policy import frames
from revisit_policy.rulebooks import cn_housing
from revisit_policy.values import Labelled, bars

CODES = """# Codes and their labels

Every enumeration of the library with all its members: what is written in code and stored, and what people read.
Constructors take the member or its code; `Product.parse("首套住房贷款", lang="zh")` finds a member by its label.
"""
COLUMNS = """# What a case file holds

Every column that the shipped rulebook reads of a case file, in the order in which it reads them.
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
MISSING = {True: ("可以缺失", "may be missing"), False: ("须有", "has to be there")}


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
    for column in frames.schema(cn_housing.rulebook):
        unit = "" if column.unit is None else f"{column.unit.text('zh')} · {column.unit.text('en')}"
        holds = f"{column.holds.label('zh')} · {column.holds.label('en')}"
        missing = " · ".join(MISSING[column.may_be_missing])
        codes = " ".join(f"`{code}`" for code in column.codes)
        rows.append(f"| `{column.path}` | {holds} | {unit} | {missing} | {column.meaning.text('zh')} | {column.meaning.text('en')} | {codes} |")
    heading = "| column | holds | unit | missing | 中文 | English | codes |\n|---|---|---|---|---|---|---|"
    return "\n".join([COLUMNS, heading, *rows, ""])


def schedule_picture() -> str:
    """What the front page shows of one loan."""
    return cn_housing.rulebook.decide(CASE, on=ON).schedule.to_svg("zh")


def tables_picture() -> str:
    """What the front page shows of a policy."""
    return cn_housing.rulebook.in_force(ON).to_svg("en")


def grades_picture() -> str:
    """What the front page shows of a book of seven loans."""
    counted = Counter(
        cn_housing.rulebook.decide(attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=days)), on=ON).grade for days in (0, 0, 0, 12, 45, 95, 280)
    )
    return bars([(grade.label("zh"), counted[grade]) for grade in rp.Grade], title="loans by grade")


PAGES = {
    "codes.md": codes_page,
    "case-file.md": columns_page,
    "schedule.svg": schedule_picture,
    "tables.svg": tables_picture,
    "grades.svg": grades_picture,
}

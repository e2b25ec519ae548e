"""Write the pages of the other bank's rulebook: its rules from the rules, and what its versions change from `analysis.diff`.

``python docs/render_us_servicing.py`` writes them; ``--check`` writes nothing and fails if one is not up to date.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER / "examples" / "us_servicing"))

from known import OCCUPANCY, WORKOUT_PERFORMS  # noqa: E402 - found once the folder is
from rulebook import rulebook  # noqa: E402

from revisit_policy import Edition, analysis, facts  # noqa: E402

WRITTEN = "This page is written from the rules themselves: do not edit it, run `python docs/render_us_servicing.py` when they change."
#: From which day past due inspections fall away with the next edition, and before which.
LOSES = {"D2-2-10-2015": (45, 60), "D2-2-10-2019": (60, 90)}
RULES = """\
A servicer of US mortgages has other words than ours, another calendar and currency, and other duties: inspections of homes whose loans are
late, live contact, a written notice, a hold before foreclosure.
It has no first visit, and no periodic visit of a loan that pays.
Its rulebook stands in `docs/examples/us_servicing`, in English alone, and shows what a bank writes that shares nothing with the shipped one.
Its tests are the published cases (`tests/documents/test_us_servicing.py`).
It is an example: no source in it was compared with the official text, and nobody should service a loan by it.
"""
VERSIONS = """\
What each version of the rulebook decides differently from the one before, found by `analysis.diff`: the list is complete, and outside the
regions nothing changes.
"""
LEFT_OUT = """\
The final inspection before a sale counts back from a day to come (`Between(-35, -1, since=...)`); its 35 days are taken for every version.
The hold before a sale (12 CFR 1024.41(g)) compares two days of one loan: a fact counts the days from one to the other (`DaysFromTo(...)`),
and a rule compares that count with 37.
Whether the foreclosure had begun before the application was complete is not asked. Left out is whatever we did not read.
The version before 1 March 2019 says in what we read neither by when a first inspection is done nor how far apart further ones are: a month is
taken for both.
"""


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are not up to date."""
    texts = {FOLDER / "reference" / "us-servicing-rules.md": rules_page(), FOLDER / "reference" / "us-servicing-versions.md": versions_page()}
    stale = [page for page, text in texts.items() if not page.exists() or page.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for page in stale:
            print(f"{page.name} is not up to date: run python docs/render_us_servicing.py")
        return 1 if stale else 0
    for page in stale:
        page.write_text(texts[page], encoding="utf-8")
        print(f"wrote {page.name}")
    return 0


def rules_page() -> str:
    """The rules in force whole, and of earlier versions the tables that differ."""
    *earlier, last = rulebook.editions
    parts = ["# Another bank: a servicer of US mortgages, rule by rule\n", f"{WRITTEN}\n", RULES, LEFT_OUT, last.policy.to_markdown()]
    for edition in reversed(earlier):
        others = {table.id: table for table in last.policy.tables}
        changed = [table.to_markdown() for table in edition.policy.tables if table != others[table.id] and table.id != "obligations"]
        parts += [f"## {title(edition)}\n", "The other tables are as above, but for the first and the further inspections among what falls due.\n", *changed]
    return "\n".join(parts)


def versions_page() -> str:
    """The differences between the versions, one after the other."""
    parts = ["# Another bank: what its versions change\n", f"{WRITTEN}\n", VERSIONS, LEFT_OUT]
    parts += [text for before, after in pairwise(rulebook.editions) for text in difference(before, after)]
    return "\n".join(parts)


def title(edition: Edition) -> str:
    """An edition as a heading."""
    return f"{edition.id}: {edition.label.text()}"


def difference(before: Edition, after: Edition) -> Iterator[str]:
    """What changes from one edition to the next."""
    found = analysis.diff(before.policy, after.policy)
    yield f"## From {before.id} to {after.id}\n"
    yield f"{title(before)}; {title(after)}.\n"
    if not found:
        yield f"{found.heading()}. Nothing but the wording changed.\n"
        return
    yield f"{found.heading()}.\n"
    for row in found.to_rows("en"):
        yield f"* {row['finding']}\n  * where {row['where']}"
    yield ""
    yield from proofs(before, found)


def proofs(before: Edition, found: analysis.Diff) -> Iterator[str]:
    """What the changes come to, in a sentence each, with whether it holds of every case."""
    (may_order,), (inspection,) = found.of("may_order"), found.of("inspection")
    first, end = LOSES[before.id]
    days = facts.days_past_due.between(first, end)
    wider = (facts.days_past_due >= end) & (OCCUPANCY.is_in("tenant") | WORKOUT_PERFORMS.is_true())
    claims = {
        f"whether an inspection may be ordered changes from day {first} to {end - 1}, and on no other": analysis.equivalent(may_order.region, days),
        "an inspection falls away on these days alone": analysis.implies(inspection.region, days),
        "an inspection falls away on these days, and later for a tenant or another approved way out alone": analysis.implies(inspection.region, days | wider),
    }
    yield "".join(f"* {claim}: {'proved' if answer.is_proved else 'not so'}\n" for claim, answer in claims.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

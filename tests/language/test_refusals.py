"""What a refusal of the language says, word for word: the rule, table or fact, what was expected, what came."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from tests.language.loan_facts import HOUSE, WHY, days, job, ltv, misuse, principal, rule, signed, standing, table

from revisit_policy import DecisionGraph, Fact, Fold, Level, Period, Rule, Score, bands, cny, grid, unordered
from revisit_policy.errors import InvalidInputError, InvalidValueError, RevisitPolicyError
from revisit_policy.language.derivation import Field, Greatest, Quotient, Terms
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.snapshot import Snapshot, snapshot_of
from revisit_policy.values.dates import Date
from revisit_policy.values.money import Money

STAND_IN = ltv.assume("0.7", because=HOUSE)
#: What a caller without a type checker may hand over.
UNTYPED: dict[str, Any] = {
    "flag": True,
    "text": "because",
    "number": 5,
    "fold": "wrost",
    "condition": days > 1,
    "nothing": None,
    "names": ["days"],
    "pairs": [("days", 1)],
    "values": {"days": 1},
    "stand-in": STAND_IN,
}
EVERY_TABLE = table(fold=Fold.EVERY, otherwise=None, name="every")
READS_EVERY = table(rule("has-b", EVERY_TABLE.outcome.includes("b"), "b"))
TOTAL_TABLE = table(rule("five", days > 1, 5), fold=Fold.TOTAL, outcomes=Score(), otherwise=0, name="total")
READS_TOTAL = table(rule("high", TOTAL_TABLE.outcome > 4, "b"))
INTERVAL = table(outcomes=(12, 6, 3), fold=Fold.LEAST, otherwise=12, name="interval")
READS_FIRST = table(rule("r", table(name="first").outcome.is_in("b"), "b"), name="second")
IN_A_CIRCLE = table(rule("s", READS_FIRST.outcome.is_in("b"), "b"), name="first")
OTHER_DAYS = Fact.count("days", low=0, high=10, label=WHY)
OTHER_LTV = Fact.ratio("ltv", low="0", high="1", label=WHY)
ASKED = table(rule("r", (days > 1) & (ltv > "0.5") & job.is_in("none"), "b"))
MARGIN = Fact.ratio("margin", low="0", high="2", label=WHY, derived=Quotient(Terms(("balance", "fees")), Terms(("value",))))
SHARE = Fact.ratio("share", low="0", high="2", denominator=1000, label=WHY, derived=Quotient(Terms(("days",)), Terms(("term",))))
PAIRS = Fact.count("pairs", low=1, high=9, step=2, label=WHY, derived=Field("days"))
GRADE = Fact.choice("grade", ("a", "b"), label=WHY, derived=Field("grade"))
DUE = Fact.count("due", low=0, high=9, label=WHY, derived=Field("loan.due"))
OF_OTHERS = Snapshot((misuse,), (True,))
NO_SNAPSHOT = "`snapshot` must be a snapshot of the facts of this graph, such as `graph.extraction.snapshot(case, on=day, supplied={{}})`, got `{}"
OTHERS_SHOWN = "Snapshot(facts=(Fact.flag('misuse', label=Label(zh='挪用', en='misuse'), register…"


def made(fact: Fact, **fields: object) -> object:
    """What *fact* is made of in a case file with these *fields*, others as usual."""
    usual = {"balance": cny(1), "fees": cny(0), "value": cny(1), "days": 1, "term": 1, "grade": "a"}
    return Extraction((fact,)).snapshot(SimpleNamespace(**{**usual, **fields}), on=Date(2026, 1, 31), supplied={})


def due_of(case: object) -> object:
    """What is due of the loan in *case*."""
    return Extraction((DUE,)).snapshot(case, on=Date(2026, 1, 31), supplied={})["due"]


def decided(**asked: Any) -> object:
    """What is said of a case file of which nothing is known, *asked* in this way."""
    return DecisionGraph((ASKED,)).decide(None, on="2026-01-31", **asked)


REFUSALS = [
    # -------------------- conditions
    (
        "a float is no limit of a ratio",
        lambda: ltv >= 0.9,
        '`ltv` must be an exact ratio, such as "0.70", "7/10", a Decimal, a Fraction or an int, got `0.9` (float)',
    ),
    (
        "infinity is no limit of a ratio",
        lambda: ltv >= Decimal("Infinity"),
        '`ltv` must be an exact ratio, such as "0.70", "7/10", a Decimal, a Fraction or an int, got `Decimal(\'Infinity\')` (Decimal)',
    ),
    ("a ratio outside its domain", lambda: ltv >= "10.01", "`ltv` must be a ratio from 0 to 10 (did you mean '0.1001', that is 10.01 %?), got `'10.01'`"),
    (
        "a ratio with too large a denominator",
        lambda: ltv >= Fraction(1, 10**11 + 1),
        "`ltv` must be a fraction with a denominator of at most 100000000000, got `Fraction(1, 100000000001)` (Fraction)",
    ),
    (
        "a limit with too many digits",
        lambda: ltv >= "0.70001234",
        "`comparison`: the limit `35000617/50000000` has too many digits to be compared exactly; write it with fewer",
    ),
    ("a count outside its domain", lambda: days > 3651, "`days` must be a whole number from 0 to 3650, got `3651` (int)"),
    ("a float is no count", lambda: days > 90.0, "`days` must be a whole number from 0 to 3650, got `90.0` (float)"),
    ("a number is no money", lambda: principal > 1_000_000, "`principal` must be money from CNY 0.00 to CNY 100,000,000.00, got `1000000` (int)"),
    (
        "another currency",
        lambda: principal > Money.of("1.00", "USD"),
        '`principal` must be money from CNY 0.00 to CNY 100,000,000.00, got `Money.of("1.00", "USD")` (Money)',
    ),
    ("now is no day", lambda: signed < "now", "`signed` must be a day, as a date or as text like 2026-01-31, got `'now'`"),
    ("a day before its domain", lambda: signed < "1899-12-31", "`signed` must be a day from 1900-01-01 to 2199-12-31, got `'1899-12-31'`"),
    ("a flag has no order", lambda: misuse > 0, "`misuse`: a flag has no order to compare with `>`; ask `misuse.is_true()` or `.is_false()`"),
    ("a choice without order", lambda: job > "none", "`job`: a choice has no order to compare with `>`; ask `job.is_in(...)`"),
    ("a set has no order", lambda: EVERY_TABLE.outcome > "a", "`every`: a set has no order to compare with `>`; ask `every.includes(...)`"),
    ("a choice that is not there", lambda: job.is_in("salariad"), "unknown job `salariad`, did you mean `salaried`?"),
    ("a number is no choice", lambda: job.is_in(2), "`job` must be one of salaried, own_business, none, got `2` (int)"),
    (
        "numbers from mild to severe",
        lambda: INTERVAL.outcome >= 6,
        "`interval`: its numbers run from mild to severe, so `>=` would mislead; ask `interval.is_in(...)`",
    ),
    ("a count is no choice", lambda: days.is_in(1, 2), "`days`: `is_in` asks a choice, this is a count; write `between`"),
    ("every choice", lambda: job.is_in("salaried", "own_business", "none"), "`job`: the comparison holds for every choice (salaried, own_business, none)"),
    ("no choice", lambda: job.is_in(), "`job`: the comparison holds for no choice (salaried, own_business, none)"),
    ("a ratio is no flag", lambda: ltv.is_true(), "`ltv`: `is_true` and `is_false` ask a flag, this is a ratio"),
    ("a count is no set", lambda: days.includes("x"), "`days`: `includes` asks the set of outcomes of an earlier table for at least one element"),
    (
        "a set asked for nothing",
        lambda: EVERY_TABLE.outcome.includes(),
        "`every`: `includes` asks the set of outcomes of an earlier table for at least one element",
    ),
    ("a set asked for what it cannot have", lambda: EVERY_TABLE.outcome.includes("z"), "unknown every `z`, expected `a`, `b`, `c`"),
    (
        "the outcome of a table is never missing",
        lambda: INTERVAL.outcome.is_missing(),
        "`interval`: the outcome of a table is never missing; ask for the facts that it reads",
    ),
    (
        "a bool beside a condition",
        lambda: (days > 1) & UNTYPED["flag"],
        "`condition`: `True` is not a condition; compare the fact first, such as `fact > 90` or `fact.is_true()`",
    ),
    (
        "a condition as a truth",
        lambda: bool(days > 90),
        (
            "`(days > 90)` is neither true nor false until a case is decided; write `&`, `|`, `~` for `and`, `or`, `not`, `.between(a, b)` for a "
            "chained comparison and `.is_true()` for a flag"
        ),
    ),
    (
        "a fact as a truth",
        lambda: bool(days),
        (
            "`days` is neither true nor false until a case is decided; write `&`, `|`, `~` for `and`, `or`, `not`, `.between(a, b)` for a chained "
            "comparison and `.is_true()` for a flag"
        ),
    ),
    # -------------------- facts
    ("a fact's name in capitals", lambda: Fact.flag("Misuse", label=WHY), "`Misuse`: a fact's name must be lower_case_with_underscores"),
    (
        "a ratio as a register",
        lambda: Fact.ratio("share", low="0", high="1", label=WHY, register=WHY),
        "`share`: only a flag, a count or an ordered choice can be a register of events",
    ),
    ("a choice twice", lambda: Fact.choice("grade", ("a", "a"), label=WHY), "`domain`: choices must be at least one and all different, got `('a', 'a')`"),
    ("choices of nothing", lambda: Fact.choice("grade", (), label=WHY), "`domain`: choices must be at least one and all different, got `()`"),
    ("a stand-in that is unknown", lambda: ltv.assume(None, because=HOUSE), "`Assumption.value` must be a known value, got `None`"),
    ("a stand-in that nobody allows", lambda: ltv.assume("0.7", because=UNTYPED["text"]), "`Assumption.because` must be a Citation, got `'because'`"),
    ("a path that is none", lambda: Field("loan balance"), '`loan balance`: a path must be names joined by dots, such as "loan.balance"'),
    ("a number for a path", lambda: Field(UNTYPED["number"]), '`5`: a path must be names joined by dots, such as "loan.balance"'),
    ("one text for many paths", lambda: Greatest("loan.overdue"), "`loan.overdue`: paths must be a tuple of them, not one text"),
    # -------------------- rules and periods
    ("a rule's id that is not kebab-case", lambda: rule("Overdue 90", days > 90, "b"), "`Overdue 90`: a rule's id must be kebab-case, such as `overdue-90`"),
    (
        "a fact in place of a condition",
        lambda: rule("r", days, "b"),
        (
            "`r`: `when` must be a condition, got `Fact.count('days', low=0, high=3650, label=Label(zh='逾期天数', en='days past due'), "
            "unit=Unit.DAYS)`; write `.is_true()`"
        ),
    ),
    ("a bool in place of a condition", lambda: rule("r", UNTYPED["flag"], "b"), "`r`: `when` must be a condition, got `True`"),
    (
        "a reason in one language",
        lambda: Rule("r", when=days > 1, then="b", because=UNTYPED["text"], source=HOUSE),
        "`r`: `because` must be a Label, got `'because'`",
    ),
    (
        "a source that is no citation",
        lambda: Rule("r", when=days > 1, then="b", because=WHY, source=UNTYPED["text"]),
        "`r`: `source` must be a Citation, got `'because'`",
    ),
    (
        "known, alone",
        lambda: rule("r", ~ltv.is_missing(), "b"),
        "`r`: `~ltv.is_missing()` stands alone; compare `ltv` in the same conjunction, or leave it out",
    ),
    (
        "known, in an alternative",
        lambda: rule("r", (days > 1) | (~ltv.is_missing() & (days > 3)), "b"),
        "`r`: `~ltv.is_missing()` stands alone; compare `ltv` in the same conjunction, or leave it out",
    ),
    ("a period without a day", lambda: Period(), "`period`: needs `since`, `until` or both"),
    ("a period of no day", lambda: Period(since="2024-01-01", until="2024-01-01"), "`period`: `until` must be after `since` (2024-01-01), got `2024-01-01`"),
    ("bands that fall", lambda: bands(days, 30, 10), "`days`: bands need cuts that rise, got `(30, 10)`"),
    (
        "a grid with a hole",
        lambda: grid("g", bands(days, 30), bands(ltv, "0.5"), outcomes=(("a", "b"),), because=WHY, source=HOUSE),
        "`g`: a grid needs one outcome for every cell: 2 rows of 2",
    ),
    # -------------------- tables
    ("a table's id with a space", lambda: table(name="My Table"), "`My Table`: a table's id must be lower_case_with_underscores"),
    ("a table's id with a capital", lambda: table(name="Table"), "`Table`: a table's id must be lower_case_with_underscores"),
    ("a number for a table's id", lambda: table(name=UNTYPED["number"]), "`5`: a table's id must be lower_case_with_underscores"),
    (
        "a fact where points are added",
        lambda: table(rule("r", days > 1, standing), fold=Fold.TOTAL, outcomes=Score(), otherwise=0),
        "`r`: `then` is the fact `standing`, whose values are not the scale of table `t`",
    ),
    ("outcomes as one text", lambda: table(outcomes="abc"), "`table`: `outcomes` must be an enumeration, a tuple, a Scale or a Score, got `'abc'`"),
    ("outcomes as bytes", lambda: table(outcomes=b"abc"), "`table`: `outcomes` must be an enumeration, a tuple, a Scale or a Score, got `b'abc'`"),
    ("outcomes that are one number", lambda: table(outcomes=3), "`table`: `outcomes` must be an enumeration, a tuple, a Scale or a Score, got `3`"),
    ("a score whose bad end is neither", lambda: Score(worse="both"), '`score`: `worse` must be "high" or "low", got `both`'),
    ("a fold that is not there", lambda: table(fold=UNTYPED["fold"]), "unknown fold `wrost`, did you mean `worst`?"),
    (
        "a rule id used twice",
        lambda: table(rule("r", days > 1, "b"), rule("r", days > 2, "c"), rule("s", days > 3, "c"), rule("s", days > 4, "c")),
        "`t`: rule ids used twice: r, s",
    ),
    ("a condition among rules", lambda: table(UNTYPED["condition"]), "`t`: `rules` must hold rules, got `(days > 1)`"),
    ("an outcome off the scale", lambda: table(rule("r", days > 1, "z")), "`r`: the outcome `'z'` is not on the scale of table `t`: ('a', 'b', 'c')"),
    ("an otherwise off the scale", lambda: table(otherwise="z"), "`t`: the outcome `'z'` is not on the scale of table `t`: ('a', 'b', 'c')"),
    (
        "the code of an outcome that is a member", lambda: table(outcomes=Level, otherwise="red"),
        "`t`: the outcome `'red'` is not on the scale of table `t`: (Level.NONE, Level.BLUE, Level.YELLOW, Level.ORANGE, Level.RED); write `Level.RED`",
    ),
    (
        "an otherwise off the scale, among several",
        lambda: table(fold=Fold.EVERY, otherwise=("a", "z")),
        "`t`: the outcome `'z'` is not on the scale of table `t`: ('a', 'b', 'c')",
    ),
    (
        "points to start from that are no number",
        lambda: table(fold=Fold.TOTAL, outcomes=Score(), otherwise="b"),
        "`t`: points must be a whole number, got `'b'`",
    ),
    ("WORST without an order", lambda: table(outcomes=unordered("ab")), "`t`: `WORST` needs a scale with an order"),
    (
        "LEAST from small to large",
        lambda: table(fold=Fold.LEAST, outcomes=(3, 6), otherwise=3),
        "`t`: `LEAST` takes the smallest outcome, so the scale must run from the largest to the smallest",
    ),
    ("TOTAL over a scale", lambda: table(fold=Fold.TOTAL), "`t`: `TOTAL` goes with a `Score`, every other fold with a scale"),
    (
        "points that are no number",
        lambda: table(rule("r", days > 1, "b"), fold=Fold.TOTAL, outcomes=Score(), otherwise=0),
        "`r`: points must be a whole number, got `'b'`",
    ),
    (
        "EVERY with an otherwise that is no tuple",
        lambda: table(fold=Fold.EVERY, outcomes=unordered("ab"), otherwise="a"),
        "`t`: `otherwise` must be a tuple, got `'a'`",
    ),
    (
        "a FIRST rule behind its twin",
        lambda: table(rule("r", days > 1, "b"), rule("s", days > 1, "c"), fold=Fold.FIRST),
        "`s`: can never be reached: `r` of table `t` comes first",
    ),
    (
        "a then of another scale",
        lambda: table(rule("r", days > 1, standing)),
        "`r`: `then` is the fact `standing`, whose values are not the scale of table `t`",
    ),
    ("a table that reads itself", lambda: table(rule("r", table().outcome.is_in("b"), "c")), "`t`: the table reads its own outcome"),
    (
        "two rules of a UNIQUE table that overlap",
        lambda: table(rule("r", days > 30, "b"), rule("s", days < 60, "c"), fold=Fold.UNIQUE),
        "`t`: rules `r` and `s` both fire where ((days > 30) & (days < 60)), with different outcomes",
    ),
    ("a number for a rule", lambda: table(rule("r", days > 1, "b")).rule(UNTYPED["number"]), "unknown rule `5` (int), expected `r`"),
    ("nothing for a rule", lambda: table(rule("r", days > 1, "b")).rule(UNTYPED["nothing"]), "unknown rule `None`, expected `r`"),
    ("a list for a rule", lambda: table(rule("r", days > 1, "b")).rule(UNTYPED["names"]), "unknown rule `['days']` (list), expected `r`"),
    ("a rule that is not there", lambda: table(rule("overdue-90", days > 90, "b")).rule("overdue-9"), "unknown rule `overdue-9`, did you mean `overdue-90`?"),
    # -------------------- graphs
    ("a table twice", lambda: DecisionGraph((table(name="first"), table(name="first"))), "`first`: the table id is used twice"),
    ("tables in a circle", lambda: DecisionGraph((IN_A_CIRCLE, READS_FIRST)), "`first`: tables read one another in a circle: first -> second -> first"),
    ("a table that is not there", lambda: DecisionGraph((READS_FIRST,)), "unknown table `first`, expected `second`"),
    (
        "a table of another scale",
        lambda: DecisionGraph((table(name="first", outcomes=("a", "b")), READS_FIRST)),
        "`second`: reads the outcome of `first` on another scale than that table has",
    ),
    (
        "two facts of one name",
        lambda: DecisionGraph((table(rule("x", days > 1, "b"), name="one"), table(rule("y", OTHER_DAYS > 1, "b"), name="two"))),
        "`days`: two different facts have this name (the second in table `two`)",
    ),
    (
        "a rule id in two tables",
        lambda: DecisionGraph((table(rule("x", days > 1, "b"), name="one"), table(rule("x", days > 2, "b"), name="two"))),
        "`x`: the rule id is used in tables `one` and `two`",
    ),
    (
        "a fact and a table of one name",
        lambda: DecisionGraph((table(name="days"), table(rule("x", days > 1, "b"), name="one"))),
        "`days`: a fact and a table have the same name",
    ),
    (
        "a given table that is also there",
        lambda: DecisionGraph((table(name="first"), READS_FIRST), given=("first",)),
        "`first`: a fact and a table have the same name",
    ),
    ("a table that nobody made", lambda: DecisionGraph((ASKED,)).verdicts()["u"], "unknown table `u`, expected `t`"),
    ("a number for a table that was made", lambda: DecisionGraph((ASKED,)).verdicts()[UNTYPED["number"]], "unknown table `5` (int), expected `t`"),
    ("a list for a table that was made", lambda: DecisionGraph((ASKED,)).verdicts()[UNTYPED["names"]], "unknown table `['days']` (list), expected `t`"),
    (
        "what leads to a table that is not there",
        lambda: DecisionGraph((READS_FIRST,), given=("first",)).leading_to("secnd"),
        "unknown table `secnd`, did you mean `second`?",
    ),
    (
        "what leads to a table that is given",
        lambda: DecisionGraph((READS_FIRST,), given=("first",)).leading_to("first"),
        "unknown table `first`, expected `second`",
    ),
    ("what leads to a number", lambda: DecisionGraph((ASKED,)).leading_to(UNTYPED["number"]), "unknown table `5` (int), expected `t`"),
    ("values for a snapshot", lambda: DecisionGraph((ASKED,)).read(UNTYPED["values"]), NO_SNAPSHOT.format("{'days': 1}` (dict)")),
    ("nothing for a snapshot", lambda: DecisionGraph((ASKED,)).read(UNTYPED["nothing"]), NO_SNAPSHOT.format("None`")),
    ("values for rulings", lambda: DecisionGraph((ASKED,)).rulings(UNTYPED["values"]), NO_SNAPSHOT.format("{'days': 1}` (dict)")),
    ("nothing for rulings", lambda: DecisionGraph((ASKED,)).rulings(UNTYPED["nothing"]), NO_SNAPSHOT.format("None`")),
    ("a snapshot of other facts", lambda: DecisionGraph((ASKED,)).read(OF_OTHERS), NO_SNAPSHOT.format(f"{OTHERS_SHOWN}` (Snapshot)")),
    ("rulings on other facts", lambda: DecisionGraph((ASKED,)).rulings(OF_OTHERS), NO_SNAPSHOT.format(f"{OTHERS_SHOWN}` (Snapshot)")),
    # -------------------- cases
    ("a fact that nobody reads", lambda: ASKED(day=3), "unknown fact `day`, did you mean `days`?"),
    (
        "several wrong facts",
        lambda: ASKED(days=-1, ltv=0.7, job="pilot"),
        (
            '`days` must be a whole number from 0 to 3650, got `-1` (int); `ltv` must be an exact ratio, such as "0.70", "7/10", a Decimal, a '
            "Fraction or an int, got `0.7` (float); `job` must be one of `salaried`, `own_business`, `none`, got `'pilot'`"
        ),
    ),
    ("a flag that is a number", lambda: table(rule("r", misuse.is_true(), "b"))(misuse=1), "`misuse` must be True or False, got `1` (int)"),
    ("an earlier outcome that is no tuple", lambda: READS_EVERY(every="a"), "`every` must be a tuple of outcomes, got `'a'`"),
    ("an earlier total that cannot be", lambda: READS_TOTAL(total=6), "`total` must be a whole number from 0 to 5, got `6` (int)"),
    (
        "a stand-in for another fact of the name",
        lambda: ASKED(assuming=(OTHER_LTV.assume("0.7", because=HOUSE),)),
        "`assuming` must be a stand-in for this very fact, got `'ltv'`",
    ),
    ("a day that is none", lambda: DecisionGraph((ASKED,)).decide(object(), on="now"), "`on` must be a day, as a date or as text like 2026-01-31, got `'now'`"),
    (
        "a number for a fact of a snapshot",
        lambda: DecisionGraph((ASKED,)).verdicts().facts[UNTYPED["number"]],
        "unknown fact `5` (int), expected `days`, `ltv`, `job`",
    ),
    (
        "a list for a fact of a snapshot",
        lambda: DecisionGraph((ASKED,)).verdicts().facts[UNTYPED["names"]],
        "unknown fact `['days']` (list), expected `days`, `ltv`, `job`",
    ),
    ("one text for stand-ins", lambda: ASKED(assuming=UNTYPED["text"]), "`assuming` must be a tuple of Assumption, got `'because'`"),
    ("a number for stand-ins", lambda: ASKED(assuming=UNTYPED["number"]), "`assuming` must be a tuple of Assumption, got `5` (int)"),
    ("a name among stand-ins", lambda: ASKED(assuming=(STAND_IN, UNTYPED["text"])), "`assuming` must be a tuple of Assumption, got `'because'`"),
    (
        "one stand-in alone",
        lambda: ASKED(assuming=UNTYPED["stand-in"]),
        "`assuming` must be a tuple of Assumption, got `Assumption(fact=Fact.ratio('ltv', low='0.00', high='10.00', label=Label(zh='贷款价…` (Assumption)",
    ),
    ("nothing for the stand-ins of a case", lambda: decided(assuming=None), "`assuming` must be a tuple of Assumption, got `None`"),
    ("an empty text for the stand-ins of a case", lambda: decided(assuming=""), "`assuming` must be a tuple of Assumption, got `''`"),
    ("a name among the stand-ins of a case", lambda: decided(assuming=["ltv"]), "`assuming` must be a tuple of Assumption, got `'ltv'`"),
    ("pairs for facts", lambda: snapshot_of((days,), UNTYPED["pairs"]), "`facts` must be values by the names of their facts, got `[('days', 1)]` (list)"),
    ("nothing for facts", lambda: snapshot_of((days,), UNTYPED["nothing"]), "`facts` must be values by the names of their facts, got `None`"),
    ("a fact that a snapshot lacks", lambda: DecisionGraph((ASKED,)).verdicts().facts["day"], "unknown fact `day`, did you mean `days`?"),
    (
        "a supplied fact that nobody asks for",
        lambda: DecisionGraph((ASKED,)).decide(object(), on="2026-01-31", supplied={"dais": 1}),
        "unknown supplied fact `dais`, did you mean `days`?",
    ),
    ("a number for a supplied fact", lambda: decided(supplied={5: 1}), "unknown supplied fact `5` (int), expected `days`, `ltv`, `job`"),
    ("pairs for what is supplied", lambda: decided(supplied=[("days", 1)]), "`supplied` must be values of facts by name, got `[('days', 1)]` (list)"),
    ("no pairs for what is supplied", lambda: decided(supplied=[]), "`supplied` must be values of facts by name, got `[]` (list)"),
    ("an empty text for what is supplied", lambda: decided(supplied=""), "`supplied` must be values of facts by name, got `''`"),
    ("a bool for what is supplied", lambda: decided(supplied=False), "`supplied` must be values of facts by name, got `False` (bool)"),
    # -------------------- case files
    (
        "a case file without the loan",
        lambda: due_of(SimpleNamespace()),
        "`case.loan.due` must be a field of the case file, got `namespace()` (SimpleNamespace)",
    ),
    (
        "a loan without the field",
        lambda: due_of(SimpleNamespace(loan=SimpleNamespace())),
        "`case.loan.due` must be a field of the case file, got `namespace(loan=namespace())` (SimpleNamespace)",
    ),
    ("a number for a case file", lambda: due_of(5), "`case.loan.due` must be a field of the case file, got `5` (int)"),
    (
        "money and a number added",
        lambda: made(MARGIN, fees=50),
        '`margin` must be money of one currency, or whole numbers only, got `(cny("1.00"), 50, cny("1.00"))` (tuple)',
    ),
    (
        "dollars and yuan added",
        lambda: made(MARGIN, fees=Money.of("1.00", "USD")),
        '`margin` must be money of one currency, or whole numbers only, got `(cny("1.00"), Money.of("1.00", "USD"), cny("1.00"))` (tuple)',
    ),
    ("floats divided", lambda: made(MARGIN, balance=1.5, fees=2.5, value=2.5), "`margin` must be money or a whole number, got `1.5` (float)"),
    ("a divisor too large to compare exactly", lambda: made(SHARE, days=1, term=1001), "`share` must be a denominator of at most 1000, got `'1/1001'`"),
    ("a quotient outside its domain", lambda: made(SHARE, days=3, term=1), "`share` must be a ratio from 0 to 2, got `3.0` (float)"),
    ("a count between the steps", lambda: made(PAIRS, days=4), "`pairs` must be a whole number from 1 to 9, got `4` (int)"),
    ("a code of no choice", lambda: made(GRADE, grade="d"), "`grade` must be one of `a`, `b`, got `'d'`"),
    (
        "two numbers supplied for a ratio",
        lambda: Extraction((ltv,)).snapshot(None, on=Date(2026, 1, 31), supplied={"ltv": (1, 2)}),
        '`ltv` must be an exact ratio, such as "0.70", "7/10", a Decimal, a Fraction or an int, got `(1, 2)` (tuple)',
    ),
    (
        "a supplied choice that is not there",
        lambda: Extraction((job,)).snapshot(None, on=Date(2026, 1, 31), supplied={"job": "pilot"}),
        "`job` must be one of `salaried`, `own_business`, `none`, got `'pilot'`",
    ),
]


@pytest.mark.parametrize(("refused", "text"), [pytest.param(refused, text, id=sentence) for sentence, refused, text in REFUSALS])
def test_a_refusal_names_the_subject_what_was_expected_and_what_came(refused: Callable[[], object], text: str) -> None:
    with pytest.raises(RevisitPolicyError) as found:
        refused()
    assert str(found.value) == text


def test_wrong_facts_are_refused_together_as_the_facts() -> None:
    with pytest.raises(InvalidInputError) as refused:
        ASKED(days=-1, ltv="11")
    assert refused.value.owner == "facts"
    assert [(fault.owner, fault.field) for fault in refused.value.exceptions if isinstance(fault, InvalidValueError)] == [("", "days"), ("", "ltv")]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (lambda: DecisionGraph((ASKED,)).read(OF_OTHERS), "snapshot"),
        (lambda: ASKED(assuming=(OTHER_LTV.assume("0.7", because=HOUSE),)), "assuming"),
        (lambda: ASKED(assuming=UNTYPED["number"]), "assuming"),
        (lambda: decided(supplied=[]), "supplied"),
    ],
    ids=["a snapshot of other facts", "a stand-in for another fact", "no stand-ins", "nothing by name"],
)
def test_a_refused_parameter_is_named_alone_for_it_is_no_field_of_a_class(asked: Callable[[], object], field: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        asked()
    assert (refused.value.owner, refused.value.field) == ("", field)

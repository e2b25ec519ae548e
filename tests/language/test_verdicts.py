"""What a verdict says, how it is explained, and what every public value of the language can be trusted to do."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.loan_facts import FACTS, HOUSE, WHY, days, impaired, job, ltv, misuse, principal, rule, signed, standing, table

import revisit_policy as rp
from revisit_policy.language import condition as conditions
from revisit_policy.language.condition import ALWAYS, NEVER
from revisit_policy.language.derivation import Quotient, Terms
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.readers import reference
from revisit_policy.language.readers.generated import GeneratedReader
from revisit_policy.language.readers.reference import truth
from revisit_policy.language.words.explanation import explain_hearing
from revisit_policy.values.labels import Lang

UNKNOWN = None


# -- folds, as a table ---------------------------------------------------------------------------------------------

RULES = (rule("mild", days > 10, "b"), rule("grave", ltv >= "0.8", "c"))
SCORE = (rule("plus", days > 10, 5), rule("minus", ltv >= "0.8", -2))


@pytest.mark.parametrize(
    ("fold", "facts", "status", "outcome", "candidates", "at_worst"),
    [
        pytest.param("worst", {"days": 11, "ltv": "0.8"}, "DECIDED", "c", ("c",), "c", id="worst: both fire, the graver counts"),
        pytest.param("worst", {"days": 11}, "UNDECIDED", "b", ("b", "c"), "c", id="worst: what fires is established, what is open is folded in"),
        pytest.param("worst", {"ltv": "0.8"}, "DECIDED", "c", ("c",), "c", id="worst: an open milder rule changes nothing"),
        pytest.param("worst", {}, "UNDECIDED", "a", ("a", "b", "c"), "c", id="worst: nothing known"),
        pytest.param("first", {"days": 11}, "DECIDED", "b", ("b",), "b", id="first: the winner hides what comes later"),
        pytest.param("first", {"ltv": "0.8"}, "UNDECIDED", None, ("b", "c"), "c", id="first: an open rule before the winner"),
        pytest.param("first", {"days": 5}, "UNDECIDED", None, ("a", "c"), "c", id="first: open, or otherwise"),
        pytest.param("unique", {"days": 11, "ltv": "0.8"}, "CONFLICT", None, ("b", "c"), "c", id="unique: two outcomes surely"),
        pytest.param("unique", {"days": 11}, "UNDECIDED", None, ("b", "c"), "c", id="unique: a second may come"),
        pytest.param("unique", {"days": 5, "ltv": "0.5"}, "DECIDED", "a", ("a",), "a", id="unique: neither"),
        pytest.param("every", {"days": 11}, "UNDECIDED", ("b",), (("b",), ("b", "c")), ("b", "c"), id="every: certain and possible"),
        pytest.param("every", {}, "UNDECIDED", (), ((), ("a", "b", "c")), ("a", "b", "c"), id="every: otherwise is still possible"),
        pytest.param("every", {"days": 5, "ltv": "0.5"}, "DECIDED", ("a",), (("a",), ("a",)), ("a",), id="every: otherwise"),
    ],
)
def test_a_fold_makes_of_the_pair_fired_and_undecided(fold, facts, status, outcome, candidates, at_worst) -> None:
    if fold == "unique":
        verdict = _unprovable()(**facts)
    else:
        otherwise = ("a",) if fold == "every" else "a"
        verdict = table(*RULES, fold=rp.Fold.parse(fold), otherwise=otherwise)(**facts)
    assert (verdict.status.name, verdict.outcome, verdict.candidates, verdict.at_worst) == (status, outcome, candidates, at_worst)


def _unprovable() -> rp.Table:
    """The same two rules, past the budget of the check made when a table is built."""
    many = conditions.any_of(*(conditions.all_of(days > 10, signed > f"1950-01-{day:02}") for day in range(1, 29)))
    wide = conditions.any_of(*(conditions.all_of(many, principal >= rp.cny(amount)) for amount in range(4)), days > 10)
    return table(rule("mild", wide, "b"), rule("grave", ltv >= "0.8", "c"), fold=rp.Fold.UNIQUE)


@pytest.mark.parametrize(
    ("facts", "outcome", "candidates", "at_worst"),
    [
        pytest.param({"days": 11, "ltv": "0.8"}, 13, (13, 13), 13, id="both"),
        pytest.param({"days": 11}, 15, (13, 15), 15, id="the minus is open"),
        pytest.param({}, 10, (8, 15), 15, id="both are open"),
        pytest.param({"days": 1, "ltv": "0.1"}, 10, (10, 10), 10, id="neither"),
    ],
)
def test_a_total_is_an_interval_from_what_everyone_starts_from(facts, outcome, candidates, at_worst) -> None:
    verdict = table(*SCORE, fold=rp.Fold.TOTAL, outcomes=rp.Score(worse="high"), otherwise=10)(**facts)
    assert (verdict.outcome, verdict.candidates, verdict.at_worst) == (outcome, candidates, at_worst)
    low = table(*SCORE, fold=rp.Fold.TOTAL, outcomes=rp.Score(worse="low"), otherwise=10)(**facts)
    assert low.at_worst == candidates[0]


def test_a_table_without_otherwise_leaves_a_gap_and_later_tables_read_it_as_unknown() -> None:
    first = table(rule("r", days > 90, "b"), otherwise=None, name="first")
    second = table(rule("s", first.outcome.is_in("b"), "c"), name="second")
    graph = rp.DecisionGraph((first, second))
    verdicts = graph.verdicts(days=1)
    assert verdicts["first"].status is rp.Status.GAP
    assert verdicts["first"].outcome is None
    assert verdicts["second"].undecided == ("s",)


def test_a_rule_about_something_missing_adds_caution_and_settles_nothing() -> None:
    cautious = rule("no-value", ltv.is_missing(), "c")
    worst = table(cautious, rule("late", days > 90, "b"))(days=91)
    assert (worst.outcome, worst.candidates, worst.status) == ("c", ("b", "c"), rp.Status.UNDECIDED)
    assert worst.missing == ("ltv",)
    first = table(cautious, rule("late", days > 90, "b"), fold=rp.Fold.FIRST)(days=91)
    assert (first.outcome, first.candidates) == (None, ("b", "c"))
    assert table(cautious, rule("late", days > 90, "b"), fold=rp.Fold.FIRST)(days=91, ltv="0.5").outcome == "b"


def test_a_rule_can_hand_on_an_earlier_outcome_as_far_as_it_is_known() -> None:
    earned = (rule("good", standing.is_in("good"), 12), rule("fair", standing.is_in("fair"), 6))
    base = table(*earned, fold=rp.Fold.FIRST, outcomes=(12, 6, 3), otherwise=3, name="base")
    interval = table(rule("from-base", ALWAYS, base.outcome), rule("cap", days > 0, 6), fold=rp.Fold.LEAST, outcomes=(12, 6, 3), otherwise=12, name="interval")
    graph = rp.DecisionGraph((interval, base))
    assert graph.verdicts(standing="good", days=0)["interval"].outcome == 12
    assert graph.verdicts(standing="good", days=1)["interval"].outcome == 6
    verdict = graph.verdicts(days=1)["interval"]
    assert (verdict.outcome, verdict.candidates, verdict.at_worst, verdict.missing) == (6, (6, 3), 3, ("standing",))


def test_a_period_is_a_condition_on_the_decision_day_or_on_the_day_that_a_regulation_names() -> None:
    dated = table(
        rule("old", days > 90, "c", period=rp.Period(until="2023-07-01")),
        rule("new", days > 60, "c", period=rp.Period(since="2023-07-01")),
        rule("signed-late", ALWAYS, "b", period=rp.Period(since="2024-05-17", of=signed)),
    )
    assert dated(days=61, on="2023-06-30", signed="2020-01-01").outcome == "a"
    assert dated(days=61, on="2023-07-01", signed="2020-01-01").outcome == "c"
    assert dated(days=0, on="2023-07-01", signed="2024-05-17").outcome == "b"
    assert set(dated(days=61, signed="2020-01-01").undecided) == {"new"}


def test_bands_cover_a_fact_once_and_a_grid_has_one_rule_a_cell() -> None:
    low, middle, high = rp.bands(days, 31, 91)
    rules = rp.grid("cell", (low, middle, high), rp.bands(ltv, "0.8"), outcomes=(("a", "b"), ("b", "b"), ("c", "c")), because=WHY, source=HOUSE)
    cells = table(*rules, fold=rp.Fold.UNIQUE, otherwise=None)
    for value in (0, 30, 31, 90, 91):
        for share in ("0.79", "0.8"):
            verdict = cells(days=value, ltv=share)
            assert len(verdict.fired) == 1
            assert verdict.is_decided
    assert cells(days=31, ltv="0.8").fired == ("cell-2-2",)


def test_a_register_not_mentioned_has_no_entry_and_none_says_it_was_not_searched() -> None:
    asked = table(rule("misuse", misuse.is_true(), "b"))
    assert asked().outcome == "a"
    assert asked(misuse=None).candidates == ("a", "b")


def test_a_stand_in_is_used_only_where_the_fact_is_unknown_and_shows_in_the_explanation() -> None:
    asked = table(rule("thin", ltv >= "0.8", "b"))
    stand_in = ltv.assume("0.9", because=HOUSE)
    verdict = asked(assuming=(stand_in,))
    assert verdict.outcome == "b"
    assert "assumed: loan-to-value is 90" in verdict.explain("en")
    assert "假定" in verdict.explain("zh")
    assert asked(ltv="0.5", assuming=(stand_in,)).outcome == "a"


# -- explanations ----------------------------------------------------------------------------------------------------


def test_every_rule_is_heard_and_names_the_comparisons_that_settled_it() -> None:
    verdict = table(rule("both", (days > 90) & (ltv >= "0.8"), "c"), rule("late", days > 30, "b"))(days=91)
    both, late = verdict.hearings
    assert both.truth is None
    assert [repr(heard.comparison) for heard in both.settled_by] == ["(ltv >= '0.80')"]
    assert late.truth is True
    assert "rule late" in verdict.explain("en")
    assert "lacks: loan-to-value at least 80" in verdict.explain("en")
    assert "缺少：贷款价值比达到80" in verdict.explain("zh")
    assert "would be closed by: loan-to-value" in verdict.explain("en")


def test_why_not_says_which_comparison_kept_a_rule_from_firing() -> None:
    verdict = table(rule("both", (days > 90) & (ltv >= "0.8"), "c"))(days=91, ltv="0.5")
    text = verdict.why_not("both", "en")
    assert "does not apply" in text
    assert "not so: loan-to-value at least 80" in text
    assert "days past due" not in text
    assert "不符" in verdict.why_not("both", "zh")


SEEN = table(rule("early", days > 10, "b"), rule("grave", ltv >= "0.8", "c"), fold=rp.Fold.EVERY, otherwise=("a",), name="seen")


@pytest.mark.parametrize(
    ("facts", "elements", "line"),
    [
        pytest.param({"days": 11, "ltv": "0.9"}, ("b",), "fact: table includes b", id="one was asked for and is there"),
        pytest.param({"days": 11, "ltv": "0.9"}, ("a", "b"), "fact: table includes a or b — of these b", id="one of several is there"),
        pytest.param({"days": 5, "ltv": "0.5"}, ("b",), "not so: table includes b", id="it is not there"),
        pytest.param({"days": 5, "ltv": "0.5"}, ("b", "c"), "not so: table includes b or c", id="none of several is there"),
        pytest.param({"days": 5}, ("c",), "open: table includes c", id="nobody knows yet"),
        pytest.param({}, ("b", "c"), "open: table includes b or c — possibly b, c", id="nobody knows of several"),
    ],
)
def test_of_a_set_an_explanation_shows_what_was_asked_for(facts, elements, line) -> None:
    asking = table(rule("asking", SEEN.outcome.includes(*elements), "b"), name="asking")
    hearing = rp.DecisionGraph((SEEN, asking)).verdicts(**facts)["asking"].hearing("asking")
    assert line in [each.strip() for each in explain_hearing(hearing, Lang.EN).splitlines()]


def test_margins_name_the_next_threshold_below_and_above() -> None:
    verdict = table(rule("late", days > 30, "b"), rule("npl", days > 90, "c"))(days=31)
    below, above = verdict.margins
    assert (below.distance, below.rules) == (-1, ("late",))
    assert (above.distance, above.rules) == (59, ("npl",))
    assert "59 days away" in verdict.explain("en")
    at_limit = table(rule("npl", days > 90, "c"))(days=90).margins
    assert [margin.distance for margin in at_limit] == [0]


def test_a_table_is_rendered_for_signature_in_both_languages() -> None:
    rendered = table(rule("late", (days > 30) & job.is_in("none"), "b", period=rp.Period(since="2024-01-01")))
    assert rendered.to_markdown("en") == (
        "### table (`t`)\n\n"
        "Folded by: the most severe outcome of all rules that fire  \n"
        "Outcomes, mild to severe: a → b → c  \n"
        "If no rule holds: a\n\n"
        "| rule | when | then | because | source | in force |\n"
        "|---|---|---|---|---|---|\n"
        "| `late` | days past due more than 30 days and employment is none | b | reason | house rule · bank practice · not verified "
        "| decision day on or after 1 Jan 2024 |\n"
    )
    assert "逾期天数超过30天，且职业为none" in rendered.to_markdown("zh")


def test_what_holds_together_stands_in_brackets_among_alternatives() -> None:
    flag = rp.Fact.flag("held", label=rp.Label("已查封", "seized"))
    rendered = table(rule("late", (days > 90) | (flag.is_false() & (days > 30)), "b"))
    assert "逾期天数超过90天，或（未查封，且逾期天数超过30天）" in rendered.to_markdown("zh")
    assert "days past due more than 90 days or (not: seized and days past due more than 30 days)" in rendered.to_markdown("en")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser hands it over
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_verdict_shows_itself_in_a_notebook_well_formed_and_escaped() -> None:
    nasty = rp.Rule("r", when=days > 30, then="b", because=rp.Label("<甲>", "<b>&"), source=HOUSE)
    html = table(nasty)(days=31)._repr_html_()
    parser = _Tags()
    parser.feed(html)
    assert parser.open == []
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;" in html


# -- values ----------------------------------------------------------------------------------------------------------

_CONDITION = (days > 90) & ((ltv >= "0.80") | ~job.is_in("none")) & ~ltv.is_missing() & (ltv < "1.00") | misuse.is_false()
_TABLE = table(
    rule("r", _CONDITION, "fair", period=rp.Period(since="2024-01-01", of=signed)),
    rule("s", standing >= "fair", standing),
    outcomes=("good", "fair", "poor"),
    otherwise="good",
)
DERIVED = rp.Fact.ratio("derived", low="0", high="10", label=WHY, derived=Quotient(Terms(("loan.balance",)), Terms(("loan.value",))))
_GRAPH = rp.DecisionGraph((table(rule("r", _CONDITION, "b")),))
VALUES = {
    "condition": _CONDITION,
    "always": ALWAYS,
    "rule": rule("r", principal > rp.cny("1000000.50"), "b", period=rp.Period(since="2024-01-01", of=signed)),
    "table": _TABLE,
    "graph": _GRAPH,
    "verdict": _GRAPH.verdicts(days=91)["t"],
    "snapshot": _GRAPH.verdicts(days=91).facts,
    "hearing": _GRAPH.verdicts(days=91)["t"].hearings[0],
    "margin": _GRAPH.verdicts(days=91)["t"].margins[0],
    "verdicts": _GRAPH.verdicts(days=91),
    "ruling": _GRAPH.verdicts(days=91)["t"].ruling,
    "assumption": ltv.assume("0.7", because=HOUSE),
    "outcome": _TABLE.outcome,
    "comparison of an outcome": _TABLE.outcome >= "fair",
    "period": rp.Period(since="2024-01-01", until="2025-01-01"),
    "scale": rp.unordered("ab"),
    "score": rp.Score(worse="low"),
    "folding": _TABLE.folding,
    "extraction": Extraction((DERIVED,)),
    "derived fact": DERIVED,
    **{f"fact {name}": fact for name, fact in FACTS.items()},
}


#: What a verdict, a table and a graph find out only when they are asked for it.
ASKED_LATE = {
    "hearings": lambda graph, facts: graph.verdicts(**facts)["t"].hearings,
    "missing": lambda graph, facts: graph.verdicts(**facts)["t"].missing,
    "margins": lambda graph, facts: graph.verdicts(**facts)["t"].margins,
    "explanation": lambda graph, facts: graph.verdicts(**facts).explain("zh"),
    "table for signature": lambda graph, _: graph.tables[0].to_markdown("en"),
    "what is said": lambda graph, facts: graph.verdicts(**facts)["t"].ruling,
}


@pytest.mark.parametrize("ask", ASKED_LATE.values(), ids=ASKED_LATE)
def test_threads_that_ask_a_fresh_graph_at_once_get_the_answer_of_one(ask) -> None:
    facts = {"days": 91, "ltv": "0.85"}
    alone = ask(_GRAPH, facts)
    for _ in range(10):
        fresh = pickle.loads(pickle.dumps(_GRAPH))
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(lambda _, graph=fresh: ask(graph, facts), range(16)))
        assert all(answer == alone for answer in together)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_is_hashable_picklable_copyable_and_frozen(value) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value
    assert copy.copy(value) == value
    assert hash(pickle.loads(pickle.dumps(value))) == hash(value)
    with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
        value.anything = 1
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


_WRITTEN = ("condition", "always", "rule", "table", "assumption", "period", "scale", "score", "derived fact", *(f"fact {name}" for name in FACTS))


@pytest.mark.parametrize("name", _WRITTEN)
def test_a_repr_pastes_back(name) -> None:
    from revisit_policy.language import derivation, domain, fact, fold, period, scale
    from revisit_policy.language import rule as rules
    from revisit_policy.language import table as tables
    from revisit_policy.values import citation, dates, labels, money

    scope: dict[str, object] = {}
    for module in (derivation, domain, fact, fold, period, scale, rules, tables, citation, dates, labels, money, conditions):
        scope |= vars(module)
    scope |= FACTS
    value = VALUES[name]
    assert eval(repr(value), scope) == value  # noqa: S307 - our own text


def test_the_hot_path_is_source_that_can_be_read() -> None:
    reader = _GRAPH.reader
    assert isinstance(reader, GeneratedReader)
    assert "def resolve(values):" in reader.source
    assert "> 90" in reader.source


# -- truth -----------------------------------------------------------------------------------------------------------

THREE = (True, False, UNKNOWN)
_FLAGS = {"misuse": misuse, "impaired": impaired}


@pytest.mark.parametrize("left", THREE)
@pytest.mark.parametrize("right", THREE)
def test_truth_is_strong_kleene(left, right) -> None:
    readings = {"misuse": left, "impaired": right}
    order = {False: 0, UNKNOWN: 1, True: 2}
    a, b = misuse.is_true(), impaired.is_true()
    assert order[truth(a & b, readings)] == min(order[left], order[right])
    assert order[truth(a | b, readings)] == max(order[left], order[right])
    assert order[truth(~a, readings)] == 2 - order[left]
    assert truth(~(a & b), readings) is truth(~a | ~b, readings)
    assert truth(ALWAYS, readings) is True
    assert truth(NEVER, readings) is False


ASKED = [days > 90, days <= 90, ltv >= "0.7", job.is_in("none"), standing >= "fair", signed < "2024-01-01", principal > rp.cny(1)]


@pytest.mark.parametrize("ask", ASKED, ids=repr)
def test_every_comparison_of_an_unknown_fact_is_unknown_and_its_negation_too(ask) -> None:
    assert truth(ask, {ask.fact.name: None}) is None
    assert truth(~ask, {ask.fact.name: None}) is None
    assert ~~ask == ask


def test_missing_is_never_unknown_and_known_is_unknown_when_missing() -> None:
    assert truth(ltv.is_missing(), {"ltv": None}) is True
    assert truth(ltv.is_missing(), {"ltv": 0.5}) is False
    assert truth(~ltv.is_missing(), {"ltv": 0.5}) is True
    assert truth(~ltv.is_missing(), {"ltv": None}) is None


@given(balance=st.integers(0, 10**10), points=st.integers(1, 12_000), near=st.integers(-1, 1))
def test_a_ratio_is_compared_exactly_at_its_limit(balance, points, near) -> None:
    from fractions import Fraction

    limit = Fraction(points, 10_000)
    value = max(1, int(balance / limit) + near)
    value = min(value, 10**11)
    share = Fraction(balance, value)
    if share > 10:
        return
    for ask, holds in ((ltv >= limit, share >= limit), (ltv > limit, share > limit), (ltv < limit, share < limit), (ltv <= limit, share <= limit)):
        assert truth(ask, {"ltv": balance / value}) is holds


def test_the_reference_reader_walks_every_table() -> None:
    graph = _GRAPH
    snapshot = graph.verdicts(days=91, ltv="0.85", job="none").facts
    assert reference.read(graph, snapshot)["t"].ruling == graph.read(snapshot)["t"].ruling

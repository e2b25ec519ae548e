"""The clause search against trying every combination."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.analysis.solver.formula import FALSE, TRUE, Formulas
from revisit_policy.analysis.solver.search import Search
from revisit_policy.analysis.space.cells import Span, simplest_between
from revisit_policy.errors import AnalysisLimitError


@st.composite
def books(draw: st.DrawFn) -> tuple[list[int], Formulas, list[int]]:
    """Axes, a book and some formulas in it."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=5))
    book = Formulas(sizes)
    found = [TRUE, FALSE]
    for _ in range(draw(st.integers(3, 25))):
        kind = draw(st.integers(0, 3))
        if kind == 0:
            axis = draw(st.integers(0, len(sizes) - 1))
            found.append(book.literal(axis, draw(st.integers(1, (1 << sizes[axis]) - 1))))
        elif kind == 1:
            found.append(book.opposite(draw(st.sampled_from(found))))
        else:
            parts = draw(st.lists(st.sampled_from(found), min_size=1, max_size=4))
            found.append(book.both(parts) if kind == 2 else book.either(parts))
    return sizes, book, found


@given(books(), st.data())
def test_a_box_is_found_if_and_only_if_some_combination_fits_and_all_of_the_box_does(
    made: tuple[list[int], Formulas, list[int]], data: st.DataObject
) -> None:
    sizes, book, formulas = made
    search = Search(book, 10_000)
    for _ in range(4):  # the same search: what it has learnt must not spoil the next answer
        asked = data.draw(st.lists(st.sampled_from(formulas), min_size=1, max_size=3))
        fitting = {cells for cells in product(*map(range, sizes)) if all(book.holds(formula, cells) for formula in asked)}
        box = search.box(*asked)
        assert (box is None) == (not fitting)
        if box is not None:
            inside = {cells for cells in product(*map(range, sizes)) if all(mask >> cells[axis] & 1 for axis, mask in box.items())}
            assert inside
            assert inside <= fitting


@given(books(), st.data())
def test_a_formula_seen_from_a_box_agrees_inside_the_box(made: tuple[list[int], Formulas, list[int]], data: st.DataObject) -> None:
    sizes, book, formulas = made
    formula = data.draw(st.sampled_from(formulas))
    box = {axis: data.draw(st.integers(1, (1 << size) - 1)) for axis, size in enumerate(sizes)}
    plainer = book.within(formula, box)
    for cells in product(*map(range, sizes)):
        if all(box[axis] >> cell & 1 for axis, cell in enumerate(cells)):
            assert book.holds(formula, cells) == book.holds(plainer, cells)


@given(books(), st.data())
def test_a_formula_and_its_opposite_share_nothing_and_leave_nothing_out(
    made: tuple[list[int], Formulas, list[int]], data: st.DataObject
) -> None:
    sizes, book, formulas = made
    formula = data.draw(st.sampled_from(formulas))
    for cells in product(*map(range, sizes)):
        assert book.holds(formula, cells) != book.holds(book.opposite(formula), cells)


def pigeons(holes: int) -> tuple[Formulas, int]:
    """One pigeon more than there are holes, no two in one: impossible, and hard to prove."""
    book = Formulas([holes] * (holes + 1))
    apart = [
        book.either((book.literal(one, ~(1 << hole)), book.literal(other, ~(1 << hole))))
        for one in range(holes + 1)
        for other in range(one)
        for hole in range(holes)
    ]
    return book, book.both(apart)


def test_pigeons_do_not_fit() -> None:
    book, formula = pigeons(5)
    assert Search(book, 20_000).box(formula) is None


def test_a_search_that_forgets_what_it_has_learnt_comes_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revisit_policy.analysis.solver.search.MOST_LEARNT", 7)
    book, formula = pigeons(5)
    assert Search(book, 50_000).box(formula) is None
    book, formula = pigeons(4)
    search = Search(book, 50_000)
    nearly = book.both(part for part in book.parts[formula][: len(book.parts[formula]) // 2])
    assert search.box(nearly) is not None
    assert search.box(formula) is None
    assert search.box(nearly) is not None


def test_a_search_out_of_steps_says_so_and_guesses_nothing() -> None:
    book, formula = pigeons(7)
    with pytest.raises(AnalysisLimitError, match="within 20 steps"):
        Search(book, 20).box(formula)


SIMPLEST = {
    "two fifths lie between a third and a half": (Span(Fraction(1, 3), Fraction(1, 2), is_open_low=True, is_open_high=True), 10**6, Fraction(2, 5)),
    "a whole number where there is one": (Span(Fraction(1, 2), Fraction(5, 2), is_open_low=True, is_open_high=True), 10**6, Fraction(1)),
    "just above a whole number": (Span(Fraction(3), Fraction(31, 10), is_open_low=True, is_open_high=True), 10**6, Fraction(34, 11)),
    "an end that belongs to it": (Span(Fraction(1, 3), Fraction(1, 2)), 10**6, Fraction(1, 3)),
    "the upper end if the lower does not": (Span(Fraction(1, 3), Fraction(1, 2), is_open_low=True), 10**6, Fraction(1, 2)),
    "nothing between a number and itself": (Span(Fraction(1, 3), Fraction(1, 3), is_open_low=True, is_open_high=True), 10**6, None),
    "nothing whose denominator is too large": (Span(Fraction(1, 3), Fraction(1, 2), is_open_low=True, is_open_high=True), 4, None),
}


@pytest.mark.parametrize(("span", "denominator", "found"), SIMPLEST.values(), ids=SIMPLEST)
def test_the_simplest_fraction_of_a_span(span: Span, denominator: int, found: Fraction | None) -> None:
    assert simplest_between(span, denominator) == found

"""Matrices, calendars, ladders, rulers and strips: text that any reader of XML takes, inside the picture, and by shape as much as by shade."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from revisit_policy.values import Date, matrix, wall_calendar
from revisit_policy.values.markup.fitting import fitted, width_of, wrapped
from revisit_policy.values.markup.frontier import Choice, frontier
from revisit_policy.values.markup.ladder import Rung, ladder
from revisit_policy.values.markup.picture import WIDTH
from revisit_policy.values.markup.ruler import Ruler, Tick, rulers
from revisit_policy.values.markup.strip import Cell, strips

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = Date(2026, 11, 23)


def drawn(name: str) -> dict[str, str]:
    """Every picture with a *name* wherever somebody else's text can stand."""
    steps = [Rung(label=name, fired=(name,) * 15, undecided=(name,), is_outcome=True, is_possible=True), Rung(label=name)]
    figure = Ruler(label=name, ticks=(Tick(90, name), Tick(-3.5, name)), pointer=Tick(91, name), first=90, has_first=False, has_stretch=True)
    chosen = [Choice(spent=Fraction(at, 7), reached=Fraction(1, 2), low=0.4, high=0.5 + at / 10, says=name) for at in (1, 1, 4)]
    return {
        "frontier": frontier(chosen, [(Fraction(at), Fraction(1, 2)) for at in range(9)], across=name, up=name, plain_says=name, title=name),
        "matrix": matrix([name, f"{name}2"], {(0, 0): 10**9, (0, 1): 1, (1, 0): 7}, notes={(0, 1): name}, total=name, title=name),
        "wall calendar": wall_calendar({MONDAY: 3}, first=MONDAY, weeks=3, weekdays=[name] * 7, capacity=2, title=name),
        "ladder": ladder(steps, figures=[figure], title=name),
        "rulers": rulers([name, figure, Ruler(label=name)], title=name),
        "strips": strips([(name, [Cell(name, look="solid", dots=(True, False))] * 70), (name, [])], title=name),
    }


NAMES = ["plain", "<script>alert('x')</script>", "a & \"b\" 'c'", "]]>", "贷款分类" * 30, "a" * 300]


@pytest.mark.parametrize("name", NAMES, ids=["plain", "script", "quotes", "cdata", "long Chinese", "long word"])
@pytest.mark.parametrize("kind", list(drawn("a")))
def test_every_picture_is_xml_of_the_same_marks_whatever_it_is_told(kind: str, name: str) -> None:
    picture, plain = drawn(name)[kind], drawn("plain")[kind]
    root = ET.fromstring(picture)  # noqa: S314 - our own text
    assert {mark.tag for mark in root.iter()} == {mark.tag for mark in ET.fromstring(plain).iter()}  # noqa: S314 - our own text
    assert root.findtext(f"{SVG}title") == name
    assert picture == drawn(name)[kind]


@pytest.mark.parametrize("kind", list(drawn("a")))
@pytest.mark.parametrize("name", ["贷款分类" * 30, "a b " * 80], ids=["Chinese", "English"])
def test_no_text_that_is_written_leaves_the_picture_on_the_right(kind: str, name: str) -> None:
    for text in ET.fromstring(drawn(name)[kind]).iter(f"{SVG}text"):  # noqa: S314 - our own text
        said = "".join(text.itertext()).replace(text.findtext(f"{SVG}title") or "\0", "")
        size = int(text.attrib.get("font-size", "12"))
        share = {"start": 1.0, "middle": 0.5, "end": 0.0}[text.attrib.get("text-anchor", "start")]
        assert int(text.attrib["x"]) + share * width_of(said, size=size) <= WIDTH


def marks(picture: str, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(picture).iter(f"{SVG}{tag}"))  # noqa: S314 - our own text


def test_a_choice_stands_where_it_spends_and_reaches_and_those_at_one_place_share_a_mark() -> None:
    chosen = [Choice(spent=Fraction(at), reached=Fraction(at, 4), low=at / 4, high=at / 4, says=f"plan {at}") for at in (1, 2, 2, 3)]
    picture = frontier(chosen, [(Fraction(at), Fraction(at, 8)) for at in (1, 4, 9)], across="spent", up="reached", plain_says="flat", title="t")
    rings = [(int(ring.attrib["cx"]), int(ring.attrib["cy"])) for ring in marks(picture, "circle")]
    (first, at_first), (second, at_second), (third, at_third) = rings
    assert abs((second - first) - (third - second)) <= 1  # whole pixels
    assert at_first - at_second == at_second - at_third > 0
    assert [group.findtext(f"{SVG}title") for group in marks(picture, "g")] == ["plan 1", "plan 2; plan 2", "plan 3"]
    (line,) = (path.attrib["d"] for path in marks(picture, "path") if path.findtext(f"{SVG}title") == "flat")
    assert line.startswith(f"M{first} ")
    assert line.count("L") == 1  # what nobody would spend is left out


def test_a_frontier_of_nothing_is_drawn() -> None:
    assert marks(frontier([], [], across="spent", up="reached", plain_says="flat", title="t"), "circle") == []


def test_the_area_of_a_circle_is_as_large_as_the_number() -> None:
    large, small = (int(circle.attrib["r"]) for circle in marks(matrix(["a", "b"], {(0, 0): 400, (0, 1): 100}, total="all", title="t"), "circle"))
    assert (large, small) == (20, 10)


def test_worse_is_full_better_is_an_outline_and_what_stays_is_pale() -> None:
    stays, worse, better = marks(matrix(["a", "b"], {(0, 0): 1, (0, 1): 1, (1, 0): 1}, total="all", title="t"), "circle")
    assert (stays.attrib["fill-opacity"], worse.attrib["fill-opacity"], better.attrib["fill"]) == ("0.15", "0.6", "none")


def test_a_matrix_adds_up_on_both_sides() -> None:
    texts = [text.text for text in marks(matrix(["a", "b"], {(0, 0): 2, (0, 1): 3, (1, 1): 4}, total="all", title="t"), "text")]
    assert texts == ["a", "b", "all", "a", "5", "b", "4", "2", "3", "4", "2", "7", "9"]


def test_a_matrix_of_nothing_is_drawn() -> None:
    assert marks(matrix([], {}, total="all", title="t"), "circle") == []


def test_a_week_above_its_capacity_is_solid_and_the_others_are_pale() -> None:
    counts = {Date(2026, 11, 25): 9, Date(2026, 12, 1): 2, Date(2027, 6, 1): 5}
    picture = wall_calendar(counts, first=Date(2026, 11, 25), weeks=2, weekdays="一二三四五六日", capacity=5, title="t")
    over, under = (bar for bar in marks(picture, "rect") if (bar.findtext(f"{SVG}title") or "").endswith((": 9", ": 2")) and "fill" in bar.attrib)
    assert "fill-opacity" not in over.attrib
    assert "fill-opacity" in under.attrib
    assert "2027-06-01" not in picture


def test_a_day_off_is_struck_through_and_a_worked_weekend_is_framed() -> None:
    off = [Date(2026, 11, 29), Date(2026, 11, 24)]
    picture = wall_calendar({}, first=MONDAY, weeks=1, weekdays="MTWTFSS", off=off, title="t")
    days = {group.findtext(f"{SVG}title"): group for group in marks(picture, "g")}
    assert {day for day, group in days.items() if group.find(f"{SVG}path") is not None} == {"2026-11-24: 0", "2026-11-29: 0"}
    framed = {day for day, group in days.items() if (rect := group.find(f"{SVG}rect")) is not None and rect.attrib["stroke"] != "none"}
    assert framed == {"2026-11-28: 0"}


def test_the_outcome_of_a_ladder_is_ringed_and_what_is_open_is_hollow() -> None:
    steps = [Rung(label="mild", undecided=("perhaps",), is_possible=True), Rung(label="severe", fired=("late",), is_outcome=True, is_possible=True)]
    picture = ladder(steps, title="t")
    fills = [circle.attrib["fill"] for circle in marks(picture, "circle")]
    assert fills == ["none", "currentColor", "none"]
    assert "▸ severe" in picture
    assert len(marks(picture, "rect")) == 2


ENDS: list[tuple[str, Ruler, list[str]]] = [
    ("above 90", Ruler(label="a", ticks=(Tick(90, "90"),), first=90, has_first=False, has_stretch=True), ["none"]),
    ("from 90", Ruler(label="a", ticks=(Tick(90, "90"),), first=90, has_stretch=True), ["currentColor"]),
    ("61 to 90", Ruler(label="a", first=61, last=90, has_first=True, has_last=False, has_stretch=True), ["currentColor", "none"]),
    ("everywhere", Ruler(label="a", has_stretch=True), []),
    ("nowhere", Ruler(label="a", ticks=(Tick(90, "90"),)), []),
]


@pytest.mark.parametrize(("ruler", "ends"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_a_full_end_belongs_to_a_stretch_and_a_hollow_one_does_not(ruler: Ruler, ends: list[str]) -> None:
    assert [circle.attrib["fill"] for circle in marks(rulers([ruler], title="t"), "circle")] == ends


def test_the_pointer_stands_on_its_side_of_the_limit() -> None:
    def places(value: float) -> tuple[int, int]:
        picture = rulers([Ruler(label="a", ticks=(Tick(90, "limit"),), pointer=Tick(value, "value"))], title="t")
        at = {text.text: int(text.attrib["x"]) for text in marks(picture, "text") if text.text in {"limit", "value"}}
        return at["limit"], at["value"] - 9

    for value in (10, 90, 91):
        limit, pointer = places(value)
        assert (pointer > limit) - (pointer < limit) == (value > 90) - (value < 90)


def test_what_was_tested_is_told_by_look_and_by_dots() -> None:
    picture = strips([("grade", [Cell("a", look="solid", dots=(True, False)), Cell("b", look="pale"), Cell("c", look="bare")])], title="t")
    assert [cell.attrib["fill"] for cell in marks(picture, "rect")] == ["currentColor", "currentColor", "none"]
    assert [dot.attrib["fill"] for dot in marks(picture, "circle")] == ["currentColor", "none"]


WIDTHS: list[Callable[[str, float], object]] = [
    lambda text, room: [fitted(text, room=room, size=12)],
    lambda text, room: wrapped(text, room=room, size=12),
]


@pytest.mark.parametrize("shown", WIDTHS, ids=["cut", "wrapped"])
@pytest.mark.parametrize("text", ["押品价值下降（黄色）", "revaluation of the collateral", "a", "一1二2三3"])
def test_what_is_fitted_is_no_wider_than_its_room(shown: Callable[[str, float], list[str]], text: str) -> None:
    for room in (30.0, 60.0, 400.0):
        assert all(width_of(line, size=12) <= max(room, width_of(text.split(" ", 1)[0], size=12)) for line in shown(text, room))

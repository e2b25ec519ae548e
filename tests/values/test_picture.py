"""Pictures are text that any reader of XML takes, whatever stands in their rows, and each mark says what it is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.values.markup.picture import WIDTH, Span, bars, timeline

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\ufffe\uffff"), max_size=12)
DAYS = st.integers(-50, 400)


def marks(picture: str, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(picture).iter(f"{SVG}{tag}"))  # noqa: S314 - our own text


@given(st.lists(st.tuples(TEXTS, st.integers(0, 10**9)), max_size=5), TEXTS)
def test_every_row_has_a_bar_that_stays_in_the_picture_and_says_its_number(rows: list[tuple[str, int]], title: str) -> None:
    picture = bars(rows, title=title)
    found = marks(picture, "rect")
    assert [bar.findtext(f"{SVG}title") for bar in found] == [f"{label}: {number}" for label, number in rows]
    assert all(0 <= int(bar.attrib["x"]) + int(bar.attrib["width"]) <= WIDTH for bar in found)
    assert "<script" not in picture


def test_a_bar_is_as_long_as_its_number_is_large() -> None:
    long, half, none = (int(bar.attrib["width"]) for bar in marks(bars([("a", 10), ("b", 5), ("c", 0)], title="t"), "rect"))
    assert (long // 2, none) == (half, 0)


@given(st.lists(st.tuples(DAYS, st.integers(0, 60), TEXTS, st.booleans()), max_size=5), DAYS)
def test_a_lane_shows_what_touches_the_time_that_is_drawn_and_nothing_else(drawn: list[tuple[int, int, str, bool]], now: int) -> None:
    spans = [Span(first, first + days, says, is_open=is_open) for first, days, says, is_open in drawn]
    picture = timeline([("lane", spans)], first=0, last=365, now=now, title="t")
    inside = [span for span in spans if span.first <= 365 and span.last >= 0]
    found = marks(picture, "rect")
    assert [bar.findtext(f"{SVG}title") for bar in found] == [span.says for span in inside]
    assert all(int(bar.attrib["x"]) + int(bar.attrib["width"]) <= WIDTH for bar in found)
    assert len(marks(picture, "line")) == (0 <= now <= 365)


@pytest.mark.parametrize("is_open", [True, False], ids=["expected", "certain"])
def test_what_is_only_expected_is_an_outline(is_open: bool) -> None:
    (bar,) = marks(timeline([("a", [Span(1, 2, "x", is_open=is_open)])], first=0, last=9, title="t"), "rect")
    assert (bar.attrib["fill"] == "none") is is_open


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_tick_and_a_ring_are_drawn_where_they_lie_within_the_time_that_is_drawn(first: int, days: int, tick: int, point: int) -> None:
    span = Span(min(first, days), max(first, days), "x", tick=tick, point=point)
    picture = timeline([("lane", [span])], first=0, last=365, title="t")
    shown = span.first <= 365 and span.last >= 0
    rings = marks(picture, "circle")
    assert len(rings) == (shown and 0 <= point <= 365)
    assert all(0 <= int(ring.attrib["cx"]) <= WIDTH for ring in rings)


def test_what_is_written_above_the_lanes_stands_within_the_time_that_is_drawn() -> None:
    picture = timeline([("lane", [Span(1, 5, "x")])], first=0, last=9, ticks=[(-1, "before"), (0, "first"), (9, "last"), (10, "after")], title="t")
    assert [text.text for text in marks(picture, "text")] == ["first", "last", "lane"]


def test_what_is_late_is_solid() -> None:
    (bar,) = marks(timeline([("a", [Span(1, 2, "x", is_late=True)])], first=0, last=9, title="t"), "rect")
    assert (bar.attrib["fill"], bar.get("fill-opacity")) == ("currentColor", None)

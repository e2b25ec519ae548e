"""Boxes and lines: what stands where, for any boxes that read one another without a circle."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from revisit_policy.values.markup.flow import Box, flow
from revisit_policy.values.markup.picture import WIDTH

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [f"table {number}" for number in range(12)]


@st.composite
def boxes_read(draw: st.DrawFn) -> list[Box]:
    """Up to twelve boxes, each of which reads some of those before it."""
    count = draw(st.integers(0, len(NAMES)))
    label = st.text(st.sampled_from("ab 风险分类<&"), min_size=1, max_size=60)
    looks = st.sampled_from(("filled", "bare", "dashed"))
    read = [draw(st.sets(st.sampled_from(NAMES[:at]))) if at else set() for at in range(count)]
    return [Box(name, draw(label), draw(label), reads=tuple(sorted(names)), look=draw(looks)) for name, names in zip(NAMES[:count], read, strict=True)]


def _drawn(boxes: list[Box]) -> ET.Element:
    return ET.fromstring(flow(boxes, title="who reads whom"))  # noqa: S314 - our own text


def _frames(picture: ET.Element) -> list[tuple[int, int, int, int]]:
    return [tuple(int(rect.get(side, "")) for side in ("x", "y", "width", "height")) for rect in picture.iter(f"{SVG}rect")]  # type: ignore[misc] # four of them


def _passages(picture: ET.Element) -> list[tuple[int, int, int]]:
    """Where lines run level through a column: from, to, and how high."""
    found = []
    for line in picture.iter(f"{SVG}path"):
        for begins, height, ends in re.findall(r"(\d+) (\d+)H(\d+)", line.get("d", "")):
            found.append((int(begins), int(ends), int(height)))
    return found


@given(boxes_read())
def test_every_box_stands_within_the_picture_and_on_no_other(boxes: list[Box]) -> None:
    picture = _drawn(boxes)
    frames = _frames(picture)
    _, _, width, height = map(int, picture.get("viewBox", "").split())
    assert width == WIDTH
    assert len(frames) == len(boxes)
    assert all(x >= 0 and x + wide <= width and y >= 0 and y + high <= height for x, y, wide, high in frames)
    for (x, y, wide, high), (other_x, other_y, other_wide, other_high) in combinations(frames, 2):
        assert x + wide <= other_x or other_x + other_wide <= x or y + high <= other_y or other_y + other_high <= y


@given(boxes_read())
def test_a_box_stands_to_the_right_of_all_that_it_reads_with_a_line_from_each(boxes: list[Box]) -> None:
    picture = _drawn(boxes)
    left = {box.name: frame[0] for box, frame in zip(boxes, _frames(picture), strict=True)}
    assert all(left[read] < left[box.name] for box in boxes for read in box.reads)
    assert len(list(picture.iter(f"{SVG}path"))) == sum(len(box.reads) for box in boxes)


@given(boxes_read())
def test_no_line_runs_through_a_box(boxes: list[Box]) -> None:
    picture = _drawn(boxes)
    for begins, ends, at in _passages(picture):
        assert not any(begins < x + wide and x < ends and y < at < y + high for x, y, wide, high in _frames(picture))


@given(boxes_read())
def test_what_is_written_in_a_box_is_cut_to_it_and_what_it_says_is_whole(boxes: list[Box]) -> None:
    picture = _drawn(boxes)
    groups = list(picture.iter(f"{SVG}g"))
    assert [group.findtext(f"{SVG}title") for group in groups] == [box.says for box in boxes]
    for group, (_, _, wide, _) in zip(groups, _frames(picture), strict=True):
        lines = [text.text or "" for text in group.iter(f"{SVG}text")]
        assert len(lines) <= 2
        assert all(sum(12.8 if sign > "⺀" else 6.4 for sign in line) <= wide or len(line) <= 1 for line in lines)


def test_nothing_at_all_is_an_empty_picture() -> None:
    assert list(_drawn([]).iter(f"{SVG}rect")) == []

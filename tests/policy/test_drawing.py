"""The tables of a policy as a picture, and the path that one case takes through them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from tests.policy.small_policy import CASE

from revisit_policy import UnknownNameError
from revisit_policy.rulebooks import cn_housing

SVG = "{http://www.w3.org/2000/svg}"
POLICY = cn_housing.policy()
VERDICTS = POLICY.decide(CASE, on="2026-06-30").verdicts


def _words(picture: str) -> list[str]:
    groups = ET.fromstring(picture).iter(f"{SVG}g")  # noqa: S314 - our own text
    return ["".join(text.text or "" for text in group.iter(f"{SVG}text")) for group in groups]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_of_the_policy_is_a_box_with_its_label(lang: str) -> None:
    drawn = [re.sub(r"\s", "", words) for words in _words(POLICY.to_svg(lang))]
    assert sorted(drawn) == sorted(re.sub(r"\s", "", table.label.text(lang)) for table in POLICY.tables)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_where_rules_fired_is_ticked_and_an_open_one_is_asked(lang: str) -> None:
    signs = {words[0] for words in _words(VERDICTS.to_svg(lang))}
    ticked = [words for words in _words(VERDICTS.to_svg(lang)) if words.startswith("✓")]
    asked = [words for words in _words(VERDICTS.to_svg(lang)) if words.startswith("?")]
    assert {"✓", "?"} <= signs
    assert len(ticked) == sum(bool(verdict.fired) and verdict.is_decided for verdict in VERDICTS.values())
    assert len(asked) == sum(not verdict.is_decided for verdict in VERDICTS.values())


def test_the_picture_is_in_what_a_notebook_shows_of_the_policy_and_of_the_verdicts() -> None:
    assert POLICY.to_svg("zh") in POLICY._repr_html_()
    assert VERDICTS.to_svg("en") in VERDICTS._repr_html_()


def test_a_picture_is_the_same_bytes_each_time_and_needs_nothing_from_elsewhere() -> None:
    assert POLICY.to_svg() == cn_housing.policy().to_svg()
    assert not re.search(r"<script|href=|url\(|@import", VERDICTS.to_svg())


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="`fr`"):
        VERDICTS.to_svg("fr")

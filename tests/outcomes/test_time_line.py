"""A schedule as a picture: every visit and every duty has its mark, says in words what it is, and is drawn by how it stands."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import attrs
import pytest
from tests.policy.small_policy import CASE

from revisit_policy import RevisitSchedule, UnknownNameError
from revisit_policy.rulebooks import cn_housing

SVG = "{http://www.w3.org/2000/svg}"
LATE = attrs.evolve(CASE, loan=attrs.evolve(CASE.loan, days_past_due=45, missed_consecutive=2))


def _plan(late: bool) -> RevisitSchedule:
    return cn_housing.rulebook.decide(LATE if late else CASE, on="2026-06-30").schedule


def _marks(picture: str) -> list[ET.Element]:
    return list(ET.fromstring(picture).iter(f"{SVG}rect"))  # noqa: S314 - our own text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("late", [False, True], ids=["in order", "in arrears"])
def test_every_visit_and_every_duty_has_its_mark(late: bool, lang: str) -> None:
    schedule = _plan(late)
    assert len(_marks(schedule.to_svg(lang))) == len(schedule.all) + len(schedule.all_duties) > 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_mark_says_what_visit_it_is_by_which_method_and_when_its_result_is_expected(lang: str) -> None:
    schedule = _plan(late=True)
    said = [mark.findtext(f"{SVG}title") or "" for mark in _marks(schedule.to_svg(lang))]
    for visit in schedule.all:
        assert any(visit.kind.label(lang) in words and visit.method.label(lang) in words for words in said)


def test_what_is_overdue_is_solid_and_what_is_foreseen_an_outline() -> None:
    schedule = _plan(late=True)
    marks = _marks(schedule.to_svg())
    solid = [mark for mark in marks if mark.get("fill") == "currentColor" and mark.get("fill-opacity") is None]
    outlines = [mark for mark in marks if mark.get("fill") == "none"]
    assert len(solid) == len(schedule.overdue) + len(schedule.late_duties) > 0
    assert len(outlines) == sum(visit.is_projection for visit in schedule.revisits) > 0


def test_what_is_late_for_years_does_not_push_the_rest_to_the_edge() -> None:
    forgotten = attrs.evolve(LATE, visits=())
    schedule = cn_housing.rulebook.decide(forgotten, on="2026-06-30").schedule
    months = re.findall(r'font-size="11">(\d+)<', schedule.to_svg())
    assert schedule.overdue[0].window.missed_on is not None
    assert schedule.overdue[0].window.missed_on.year < 2026
    assert "2026" not in months  # January lies more than a quarter back


def test_a_schedule_of_nothing_is_a_picture_without_marks() -> None:
    plan = _plan(late=False)
    nothing = RevisitSchedule(on=plan.on, until=plan.until)
    assert _marks(nothing.to_svg("zh")) == []
    assert "<svg" not in nothing._repr_html_()


def test_a_notebook_shows_the_picture_above_the_table() -> None:
    schedule = _plan(late=False)
    assert schedule.to_svg("zh") in schedule._repr_html_()


def test_a_language_that_nobody_tells_it_in_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="`fr`"):
        _plan(late=False).to_svg("fr")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_holidays_of_the_next_sixty_days_are_shaded_and_weekends_are_not(lang: str) -> None:
    schedule = cn_housing.rulebook.decide(CASE, on="2026-09-01").schedule
    picture = schedule.to_svg(lang, calendar=cn_housing.CHINA)
    bands = [mark.findtext(f"{SVG}title") for mark in ET.fromstring(picture).iter(f"{SVG}path") if mark.get("fill-opacity") == "0.14" and len(mark)]  # noqa: S314 - our own text
    expected = {
        "zh": ["2026年9月25日至2026年9月27日放假", "2026年10月1日至2026年10月7日放假"],
        "en": ["off from 25 Sep 2026 to 27 Sep 2026", "off from 1 Oct 2026 to 7 Oct 2026"],
    }
    assert bands == expected[lang]
    assert (">放假<" if lang == "zh" else ">days off<") in picture


def test_days_whose_holidays_nobody_has_announced_are_striped() -> None:
    schedule = _plan(late=False)
    stripes = "days off not announced from "
    assert schedule.to_svg(calendar=cn_housing.CHINA).count(stripes) == 2  # on hover, and in the line below
    assert stripes not in schedule.to_svg()
    soon = attrs.evolve(schedule, until=schedule.on)
    assert stripes not in soon.to_svg(calendar=cn_housing.CHINA)


def test_the_method_of_each_visit_has_a_sign_that_the_line_below_tells() -> None:
    schedule = _plan(late=True)
    picture = schedule.to_svg("zh")
    reaching = [visit for visit in schedule.all if visit.method.severity]
    assert {visit.method.label("zh") for visit in reaching} <= set(re.findall(r'font-size="11">([^<]*)<', picture))
    assert picture.count('stroke-width="1.2"') == len(reaching) + len({visit.method for visit in reaching})

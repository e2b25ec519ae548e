"""What two versions of a policy say otherwise beside their tables is told: it is signed, and no region of cases shows it."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.policy.small_policy import FIGURES, small_policy

from revisit_policy import Label, analysis
from revisit_policy.outcomes import Checklist, MeasureNote

BASE = small_policy()
ITEM = Label("看门牌", "look at the number on the door")

TOLD: dict[str, tuple[dict[str, Any], str]] = {
    "a figure": ({"conventions": attrs.evolve(FIGURES, on_site_officers=3)}, "beside the tables, `on_site_officers` goes from 2 to 3"),
    "a figure that is not said any more": (
        {"conventions": attrs.evolve(FIGURES, red_working_days=None)}, "beside the tables, `red_working_days` goes from 1 to –",
    ),
    "a note": (
        {"measure_notes": (*BASE.measure_notes, MeasureNote("collect", owner="collection_centre"))},
        "beside the tables, what is said of the measure `collect the arrears` changes",
    ),
    "a checklist": (
        {"checklists": (*BASE.checklists, Checklist("revaluation", [ITEM]))},
        "beside the tables, what a revaluation of the collateral finds out changes",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), TOLD.values(), ids=TOLD)
def test_a_diff_tells_what_changed_beside_the_tables(changes: dict[str, Any], told: str) -> None:
    found = analysis.diff(BASE, small_policy(**changes))
    assert told in found.explain("en")
    assert "各表之外" in found.explain("zh")


def test_a_diff_of_two_policies_that_say_the_same_tells_nothing_of_it() -> None:
    again = small_policy(measure_notes=BASE.measure_notes[::-1], checklists=BASE.checklists[::-1])
    assert "beside the tables" not in analysis.diff(BASE, again).explain("en")

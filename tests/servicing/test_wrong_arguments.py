"""Every argument of the room, given wrongly: one of our errors, in one line, that names it; never a raw one of Python."""

from __future__ import annotations

from typing import Any, Final

import pytest
from tests.architecture.test_wrong_arguments import Call, check_refusals, fields_of
from tests.policy.small_policy import CASE
from tests.servicing.strategies import HOUSE

from revisit_policy import cny
from revisit_policy.rulebooks import cn_housing
from revisit_policy.servicing import (
    Appraisal,
    DatedFact,
    History,
    Instalment,
    LoanAccount,
    Pause,
    Payment,
    PriceIndex,
    arrears,
    case_on,
    cover,
    observation_until,
    onsets,
    pauses_of,
    revalue,
    with_onsets,
)

ON: Final = "2026-06-01"
DUE: Final = Instalment(due_on=ON, principal=cny(1), interest=cny(1), moved_to="2026-07-01", moved_by="extension")
ACCOUNT: Final = LoanAccount(disbursed_on="2025-01-01", principal=cny(10), instalments=[DUE])
HISTORY: Final = History(base=CASE, account=ACCOUNT, convention=HOUSE)
INDEX: Final = PriceIndex(region="Wuxi", kind="change", figures={"2026-01": "99"})
HOME: Final = Appraisal(value=cny(1), on="2026-01-01")
KEEP: Final = cn_housing.VALUATION_CONVENTION
FOUND: Final = arrears(ACCOUNT, HOUSE, on=ON)


def _nothing(_: Any, __: Any) -> list[str]:
    return []


CALLS: Final[dict[str, Call]] = {
    **fields_of("an instalment", DUE),
    **fields_of("a payment", Payment(paid_on=ON, amount=cny(1))),
    **fields_of("a pause", Pause(begins_on="2025-01-01")),
    **fields_of("an account", ACCOUNT),
    **fields_of("a convention of arrears", HOUSE),
    **fields_of("a dated fact", DatedFact(field="loan.balance", value=cny(1), true_on=ON)),
    **fields_of("a history", HISTORY),
    **fields_of("an index", INDEX),
    **fields_of("an appraisal", HOME),
    **fields_of("a convention of valuation", KEEP),
    "`marks` of `pauses_of`": pauses_of,
    "`day` of `known_at`": ACCOUNT.known_at,
    "`account` of `arrears`": lambda wrong: arrears(wrong, HOUSE, on=ON),
    "`convention` of `arrears`": lambda wrong: arrears(ACCOUNT, wrong, on=ON),
    "`on` of `arrears`": lambda wrong: arrears(ACCOUNT, HOUSE, on=wrong),
    "`calendar` of `arrears`": lambda wrong: arrears(ACCOUNT, HOUSE, on=ON, calendar=wrong),
    "`lang` of `text`": FOUND.text,
    "`loan` of `as_facts`": FOUND.as_facts,
    "`days` of `band_of`": HOUSE.band_of,
    "`first` of `band_text`": HOUSE.band_text,
    "`facts` of `learning`": HISTORY.learning,
    "`history` of `case_on`": lambda wrong: case_on(wrong, on=ON),
    "`on` of `case_on`": lambda wrong: case_on(HISTORY, on=wrong),
    "`known_at` of `case_on`": lambda wrong: case_on(HISTORY, on=ON, known_at=wrong),
    "`history` of `onsets`": lambda wrong: onsets(wrong, _nothing, since=ON, on=ON),
    "`since` of `onsets`": lambda wrong: onsets(HISTORY, _nothing, since=wrong, on=ON),
    "`on` of `onsets`": lambda wrong: onsets(HISTORY, _nothing, since=ON, on=wrong),
    "`known_at` of `onsets`": lambda wrong: onsets(HISTORY, _nothing, since=ON, on=ON, known_at=wrong),
    "`carried` of `onsets`": lambda wrong: onsets(HISTORY, _nothing, since=ON, on=ON, carried=wrong),
    "`case` of `with_onsets`": lambda wrong: with_onsets(wrong, {}),
    "`found` of `with_onsets`": lambda wrong: with_onsets(CASE, wrong),
    "`begins_on` of `observation_until`": lambda wrong: observation_until(wrong, months=1),
    "`months` of `observation_until`": lambda wrong: observation_until(ON, months=wrong),
    "`restarts` of `observation_until`": lambda wrong: observation_until(ON, months=1, restarts=wrong),
    "`first` of `change`": lambda wrong: INDEX.change(wrong, "2026-01"),
    "`last` of `change`": lambda wrong: INDEX.change("2026-01", wrong),
    "`first` of `missing`": lambda wrong: INDEX.missing(wrong, "2026-01"),
    "`last` of `missing`": lambda wrong: INDEX.missing("2026-01", wrong),
    "`on` of `last_month`": INDEX.last_month,
    "`on` of `market_on`": INDEX.market_on,
    "`appraisals` of `revalue`": lambda wrong: revalue(wrong, INDEX, KEEP, on=ON),
    "`index` of `revalue`": lambda wrong: revalue([HOME], wrong, KEEP, on=ON),
    "`convention` of `revalue`": lambda wrong: revalue([HOME], INDEX, wrong, on=ON),
    "`on` of `revalue`": lambda wrong: revalue([HOME], INDEX, KEEP, on=wrong),
    "`market_price` of `revalue`": lambda wrong: revalue([HOME], INDEX, KEEP, on=ON, market_price=wrong),
    "`collateral` of `revalue`": lambda wrong: revalue([HOME], INDEX, KEEP, on=ON, collateral=wrong),
    "`collateral` of `as_facts`": revalue([HOME], INDEX, KEEP, on=ON).as_facts,
    "`balance` of `cover`": lambda wrong: cover(wrong, cny(1), limit=1),
    "`value` of `cover`": lambda wrong: cover(cny(1), wrong, limit=1),
    "`limit` of `cover`": lambda wrong: cover(cny(1), cny(1), limit=wrong),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_wrong_argument_is_refused_in_one_line_and_never_by_an_error_of_python(call: Call) -> None:
    check_refusals(call)

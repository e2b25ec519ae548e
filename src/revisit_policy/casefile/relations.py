"""The relations that every case file keeps: what one field tells about others, told once, as data.

A relation that is broken is a contradiction: no bank can have both, whatever its practice, so the case file is refused.
What is merely unusual is none. Everybody reads this one list: the case file and its parts refuse by it, frames turn it
into ``bad_input``, and `fact_relations` tells it to whoever searches combinations of facts.

A field is named by its path. Days count as ordinals, money in minor units, True as 1. A relation whose fields are not all
known says nothing.
"""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.values.labels import Label
from revisit_policy.values.validation import to_tuple

#: The decision day among the fields.
ON: Final = "on"

#: The days of visits, events and actions, where a relation has to be kept by every one.
VISITED_ON: Final = "visits.completed_on"
EVENT_SINCE: Final = "events.since"
ACTED_ON: Final = "actions.on"
MANY: Final = (VISITED_ON, EVENT_SINCE, ACTED_ON)

#: Ways of repayment under which something falls due every month; under the others a period can be a quarter or the whole term.
MONTHLY: Final = ("level_payment", "level_principal")

LONGEST_MONTH: Final = 31
SHORTEST_MONTH: Final = 28
_MONTHS_COUNTED: Final = 24


@attrs.frozen(kw_only=True)
class Where:
    """Where a relation is asked: where a field is known and has one of these values.

    Args:
        path: The field.
        least: The least it can be, inclusive; ``None`` if nothing bounds it.
        most: The most it can be, inclusive; ``None`` if nothing bounds it.
        among: The codes it can be; empty for a number.
    """

    path: str
    least: int | None = None
    most: int | None = None
    among: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True)
class Relation:
    """A sum of fields that is bounded wherever all of them are known.

    Args:
        field: The field to mend.
        terms: Whole factors and the paths of the fields that they multiply.
        most: The most the sum can be, inclusive.
        where: Where it is asked: where all of these hold.
        expected: What *field* must be, Chinese and English, with the names of fields in braces for their values.
        because: Why nothing else can be, Chinese and English.
    """

    field: str
    terms: tuple[tuple[int, str], ...] = attrs.field(converter=to_tuple)
    most: int = 0
    where: tuple[Where, ...] = attrs.field(default=(), converter=to_tuple)
    expected: Label
    because: Label

    @property
    def paths(self) -> tuple[str, ...]:
        """All that it reads, each once: the conditions first, then the terms."""
        return tuple(dict.fromkeys((*(part.path for part in self.where), *(path for _, path in self.terms))))

    @property
    def needs_day(self) -> bool:
        """Whether it can be asked only once the decision day is known."""
        return ON in self.paths

    @property
    def is_past(self) -> bool:
        """Whether it says that one day does not lie ahead of the decision, and nothing else."""
        return self.terms == ((1, self.field), (-1, ON)) and not self.where


def _at_most(lesser: str, greater: str, expected: Label, because: Label, *, field: str = "", apart: int = 0) -> Relation:  # noqa: PLR0917 - reads as a line of a table
    """One field at most another, *apart* below it; the lesser one is to be mended unless *field* says otherwise."""
    return Relation(field=field or lesser, terms=((1, lesser), (-1, greater)), most=-apart, expected=expected, because=because)


def _past(field: str) -> Relation:
    because = Label("案卷只记已发生之事", "a case file tells of nothing that is still to come")
    return _at_most(field, ON, Label("不晚于决策日（{on}）", "on or before the decision day ({on})"), because)


def _within_age(field: str) -> Relation:
    """A count of periods or months, of which there are no more than months begun since the disbursement."""
    return Relation(
        field=field,
        terms=((SHORTEST_MONTH, field), (1, "loan.disbursed_on"), (-1, ON)),
        most=SHORTEST_MONTH,
        where=(Where(path=field, least=1),),
        expected=Label(
            "不多于自 `disbursed_on`（{disbursed_on}）至决策日（{on}）的月数，不足一月的按一月计",
            "at most the months begun from `disbursed_on` ({disbursed_on}) to the decision day ({on})",
        ),
        because=Label("期数不多于放款以来的月数", "there are no more periods than months begun since the disbursement"),
    )


_EVERY_MONTH: Final = Where(path="loan.repayment", among=MONTHLY)
_OVER_A_MONTH_LATE: Final = Where(path="loan.days_past_due", least=LONGEST_MONTH + 1)

_AMOUNTS_AND_DAYS: Final = (
    _at_most(
        "loan.balance", "loan.principal", Label("不超过 `principal`（{principal}）", "at most `principal` ({principal})"),
        Label("余额不超过本金", "the balance is at most the principal"),
    ),
    _at_most(
        "loan.down_payment", "loan.price", Label("不超过 `price`（{price}）", "at most `price` ({price})"),
        Label("首付款不超过房价", "the down payment is part of the price"),
    ),
    _at_most(
        "loan.ecl", "loan.carrying_amount", Label("不超过 `carrying_amount`（{carrying_amount}）", "at most `carrying_amount` ({carrying_amount})"),
        Label("预期信用损失不超过账面余额", "no more is lost than is carried"),
    ),
    _at_most(
        "borrower.property_fee", "borrower.monthly_debt_service",
        Label("包含在 `monthly_debt_service`（{monthly_debt_service}）之内", "part of `monthly_debt_service` ({monthly_debt_service})"),
        Label("物业费包含在月支出之内", "the property fee is part of all debt service"),
    ),
    _at_most(
        "loan.signed_on", "loan.disbursed_on", Label("不晚于 `disbursed_on`（{disbursed_on}）", "on or before `disbursed_on` ({disbursed_on})"),
        Label("签约不晚于放款", "the contract is signed before the money is paid out"),
    ),
    _at_most(
        "loan.contracted_maturity", "loan.extended_to", Label("晚于原到期日（{contracted_maturity}）", "after the contracted maturity ({contracted_maturity})"),
        Label("展期晚于原到期日", "an extension ends after the contracted maturity"), field="loan.extended_to", apart=1,
    ),
    _at_most(
        "loan.disbursed_on", "loan.restructured_on", Label("不早于 `disbursed_on`（{disbursed_on}）", "on or after `disbursed_on` ({disbursed_on})"),
        Label("重组不早于放款", "a loan is restructured after it was paid out"), field="loan.restructured_on",
    ),
    _at_most(
        "loan.restructured_on", "loan.observation_until", Label("晚于 `restructured_on`（{restructured_on}）", "after `restructured_on` ({restructured_on})"),
        Label("观察期自重组起算", "an observation follows the restructuring"), field="loan.observation_until", apart=1,
    ),
    _at_most(
        "loan.disbursed_on", "loan.demanded_on", Label("不早于 `disbursed_on`（{disbursed_on}）", "on or after `disbursed_on` ({disbursed_on})"),
        Label("放款前无可催收之债", "nothing can be demanded before it was paid out"), field="loan.demanded_on",
    ),
    _at_most(
        "loan.disbursed_on", "loan.person_needed_since", Label("不早于 `disbursed_on`（{disbursed_on}）", "on or after `disbursed_on` ({disbursed_on})"),
        Label("放款前无须回访", "nobody is to be visited before it was paid out"), field="loan.person_needed_since",
    ),
    _at_most(
        "loan.disbursed_on", VISITED_ON, Label("不早于 `disbursed_on`（{disbursed_on}）", "on or after `disbursed_on` ({disbursed_on})"),
        Label("贷后回访不早于放款", "a loan is revisited after it was paid out"), field=VISITED_ON,
    ),
    _at_most(
        "loan.disbursed_on", ACTED_ON, Label("不早于 `disbursed_on`（{disbursed_on}）", "on or after `disbursed_on` ({disbursed_on})"),
        Label("对贷款采取措施不早于放款", "measures are taken about a loan after it was paid out"), field=ACTED_ON,
    ),
)  # fmt: skip

_NOT_LONGER: Final = Label("逾期天数不多于放款以来的天数", "nothing is past due for longer than the loan has been there")

_PAYMENT_RECORD: Final = (
    Relation(
        field="loan.days_past_due",
        terms=((1, "loan.days_past_due"), (1, "loan.disbursed_on"), (-1, ON)),
        where=(Where(path="loan.days_past_due", least=1),),
        expected=Label(
            "不多于自 `disbursed_on`（{disbursed_on}）至决策日（{on}）的天数",
            "at most the days from `disbursed_on` ({disbursed_on}) to the decision day ({on})",
        ),
        because=_NOT_LONGER,
    ),
    Relation(
        field="loan.days_past_due",
        terms=((1, "loan.days_past_due"), (1, "loan.disbursed_on"), (-1, "loan.arrears_as_of")),
        where=(Where(path="loan.days_past_due", least=1),),
        expected=Label(
            "不多于自 `disbursed_on`（{disbursed_on}）至 `arrears_as_of`（{arrears_as_of}）的天数",
            "at most the days from `disbursed_on` ({disbursed_on}) to `arrears_as_of` ({arrears_as_of})",
        ),
        because=_NOT_LONGER,
    ),
    _at_most(
        "loan.disbursed_on", "loan.unpaid_since", Label("不早于 `disbursed_on`（{disbursed_on}）", "on or after `disbursed_on` ({disbursed_on})"), _NOT_LONGER,
        field="loan.unpaid_since",
    ),
    Relation(
        field="loan.missed_consecutive",
        terms=((1, "loan.missed_consecutive"),),
        where=(Where(path="loan.days_past_due", most=0),),
        expected=Label("`days_past_due` 为0时为0", "0 with `days_past_due` at 0"),
        because=Label("没有逾期即没有正在拖欠的期次", "with nothing past due no period is being missed"),
    ),
    Relation(
        field="loan.missed_consecutive",
        terms=((-1, "loan.missed_consecutive"),),
        most=-1,
        where=(_OVER_A_MONTH_LATE, _EVERY_MONTH),
        expected=Label(
            "`days_past_due` 为{days_past_due}且按月还款时不小于1", "at least 1 with `days_past_due` at {days_past_due} and an instalment due every month"
        ),
        because=Label("按月还款的，逾期超过一个月即至少拖欠一期", "where an instalment is due every month, one is missed within a month"),
    ),
    Relation(
        field="loan.missed_total_24m",
        terms=((1, "loan.missed_consecutive"), (-1, "loan.missed_total_24m")),
        where=(Where(path="loan.missed_total_24m", most=_MONTHS_COUNTED - 1), _EVERY_MONTH),
        expected=Label(
            "不小于 `missed_consecutive`（{missed_consecutive}），后者超过24的以24计",
            "at least `missed_consecutive` ({missed_consecutive}), or 24 if that is more",
        ),
        because=Label("连续欠款期数计入累计期数", "periods missed in a row are among all that were missed"),
    ),
    Relation(
        field="loan.months_clean_since_cure",
        terms=((1, "loan.months_clean_since_cure"),),
        where=(_OVER_A_MONTH_LATE,),
        expected=Label("`days_past_due` 为{days_past_due}时为0", "0 with `days_past_due` at {days_past_due}"),
        because=Label("逾期超过一个月即无连续正常还款月数", "no month has been paid on time until now with more than a month past due"),
    ),
    _within_age("loan.missed_consecutive"),
    _within_age("loan.months_clean_since_cure"),
)

#: All relations that are written down.
RELATIONS: Final = (
    *_AMOUNTS_AND_DAYS,
    *_PAYMENT_RECORD,
    *map(_past, ("loan.disbursed_on", "loan.arrears_as_of", "loan.unpaid_since", "loan.restructured_on", "loan.demanded_on", "loan.person_needed_since")),
    *map(_past, ("collateral.valued_on", "borrower.reviewed_on", "market.as_of", "determination.on", *MANY)),
)

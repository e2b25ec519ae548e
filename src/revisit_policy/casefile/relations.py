"""Relations between facts: what no case file can hold, because facts share fields or one field bounds another.

Whoever searches combinations of facts leaves these out. Each follows from how the fields are defined or checked, so
every valid case file keeps to it; there may be more that are not written down here.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import attrs

from revisit_policy.casefile import facts
from revisit_policy.language.condition import Condition
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.outcomes.grade import UNCLASSIFIED, Grade
from revisit_policy.values.labels import Label
from revisit_policy.values.money import cny
from revisit_policy.values.validation import to_tuple


@attrs.frozen(kw_only=True)
class Impossible:
    """A condition that holds for no case file.

    Args:
        condition: The condition, of facts.
        because: Why, Chinese and English.
    """

    condition: Condition
    because: Label


@attrs.frozen(kw_only=True)
class Bound:
    """A sum of facts that stays within bounds wherever all of them are known.

    Days count as ordinals, money in minor units.

    Args:
        terms: Whole factors and the facts that they multiply.
        low: The least the sum can be; ``None`` if nothing bounds it.
        high: The most it can be; ``None`` if nothing bounds it.
        because: Why, Chinese and English.
    """

    terms: tuple[tuple[int, Fact], ...] = attrs.field(converter=to_tuple)
    low: int | None = None
    high: int | None = None
    because: Label

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in the order of the terms."""
        return tuple(fact for _, fact in self.terms)


Relation: TypeAlias = Impossible | Bound


def _at_most(lesser: Fact, greater: Fact, *because: str) -> Bound:
    return Bound(terms=((1, greater), (-1, lesser)), low=0, because=Label(*because))


_BAD: Final = (Grade.SUBSTANDARD, Grade.DOUBTFUL, Grade.LOSS)
_PREVIOUS: Final = Label("上次是否不良由上次分类得出", "whether it was non-performing is read off the previous grade")
_RESTRUCTURED: Final = Label("处于观察期或再次重组的，即曾经重组", "a loan under observation, or restructured again, has been restructured")
_SAME_DAY: Final = Label("天数与月数自同一天起算", "days and months are counted from the same day")
_TERM: Final = Label("在账月数与剩余期限之和不少于贷款期限", "months on book and remaining term together are never below the term")

_NO_RATIO: Final = Label("余额为零则贷款价值比为零，除非押品分文不值", "with no balance the loan-to-value is nothing, unless the home is worth nothing")
_OWES_NOTHING: Final = (facts.balance <= cny(0)) & (facts.ltv_now > 0) & (facts.ltv_now <= 1)

RELATIONS: Final[tuple[Relation, ...]] = (
    _at_most(facts.balance, facts.principal, "余额不超过本金", "the balance is at most the principal"),
    _at_most(facts.housing_dsr, facts.total_dsr, "房产支出包含在全部支出之内", "the cost of housing is part of all debt service"),
    _at_most(facts.signed_on, facts.disbursed_on, "签约不晚于放款", "the contract is signed before the money is paid out"),
    _at_most(facts.disbursed_on, DECISION_DAY, "放款不晚于决策日", "the money was paid out before the day of the decision"),
    _at_most(facts.signed_on, DECISION_DAY, "签约不晚于决策日", "the contract was signed before the day of the decision"),
    Bound(terms=((1, facts.months_on_book), (1, facts.remaining_months), (-1, facts.term_months)), low=0, because=_TERM),
    Bound(terms=((1, DECISION_DAY), (-1, facts.disbursed_on), (-28, facts.months_on_book)), low=0, because=_SAME_DAY),
    Bound(terms=((1, DECISION_DAY), (-1, facts.disbursed_on), (-31, facts.months_on_book)), high=31, because=_SAME_DAY),
    Bound(terms=((1, facts.days_since_valuation), (-28, facts.months_begun_since_valuation)), low=-28, because=_SAME_DAY),
    Bound(terms=((1, facts.days_since_valuation), (-31, facts.months_begun_since_valuation)), high=0, because=_SAME_DAY),
    Impossible(condition=_OWES_NOTHING, because=_NO_RATIO),
    Impossible(condition=facts.was_non_performing.is_true() & facts.previous_grade.is_in(UNCLASSIFIED, Grade.NORMAL, Grade.SPECIAL_MENTION), because=_PREVIOUS),
    Impossible(condition=facts.was_non_performing.is_false() & facts.previous_grade.is_in(*_BAD), because=_PREVIOUS),
    Impossible(condition=facts.was_non_performing.is_missing() & ~facts.previous_grade.is_missing(), because=_PREVIOUS),
    Impossible(condition=facts.previous_grade.is_missing() & ~facts.was_non_performing.is_missing(), because=_PREVIOUS),
    *(
        Impossible(condition=entry.is_true() & never, because=_RESTRUCTURED)
        for entry in (facts.in_observation, facts.restructured_again)
        for never in (facts.restructured.is_false(), facts.restructured.is_missing())
    ),
)
"""All relations that are written down."""

ALWAYS_KNOWN: Final = (
    facts.product,
    facts.repayment,
    facts.principal,
    facts.balance,
    facts.annual_rate,
    facts.term_months,
    facts.disbursed_on,
    facts.days_past_due,
    facts.months_on_book,
    facts.remaining_months,
)
"""The facts that every case file tells: their fields cannot be left out."""

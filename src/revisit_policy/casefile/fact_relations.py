"""Relations between facts: what no case file can hold, because facts share fields or one field bounds another.

Whoever searches combinations of facts leaves these out. Those of the fields are told in `relations` and stand here in
the words of the facts that are fields; the others follow from how facts are made of fields. There may be more that are
not written down here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import attrs

from revisit_policy.casefile import facts
from revisit_policy.casefile.relations import ON, RELATIONS, Where
from revisit_policy.language.condition import ALWAYS, Condition, all_of
from revisit_policy.language.derivation import Field, GrownDaily
from revisit_policy.language.fact import Fact
from revisit_policy.language.period import DECISION_DAY
from revisit_policy.values.labels import Label
from revisit_policy.values.money import NO_CURRENCY, Money
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
    """A sum of facts that stays within bounds wherever all of them are known and *where* holds.

    Days count as ordinals, money in minor units.

    Args:
        terms: Whole factors and the facts that they multiply.
        low: The least the sum can be; ``None`` if nothing bounds it.
        high: The most it can be; ``None`` if nothing bounds it.
        where: The condition under which it does.
        because: Why, Chinese and English.
    """

    terms: tuple[tuple[int, Fact], ...] = attrs.field(converter=to_tuple)
    low: int | None = None
    high: int | None = None
    where: Condition = ALWAYS
    because: Label

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in the order of the terms."""
        return tuple(fact for _, fact in self.terms)


FactRelation: TypeAlias = Impossible | Bound

#: The fact that is a field, by the path of the field.
_FIELDS: Final[Mapping[str, Fact]] = {
    ON: DECISION_DAY,
    **{fact.derived.path: fact for fact in facts.CATALOGUE if isinstance(fact.derived, Field)},
    **{fact.derived.count: fact for fact in facts.CATALOGUE if isinstance(fact.derived, GrownDaily)},
}

#: The counts that grow after the rest of the record was made.
_GROWING: Final = frozenset(fact.derived.count for fact in facts.CATALOGUE if isinstance(fact.derived, GrownDaily))


def _between_fields() -> Iterator[Bound]:
    """The relations of the fields that are facts; those with a field that no fact is are not for facts.

    Nor is what follows from a count that has come to some number: the count has grown since the day of the record, the record has not.
    """
    for relation in RELATIONS:
        if _FIELDS.keys() >= set(relation.paths) and not any(where.path in _GROWING and (where.least or 0) > 1 for where in relation.where):
            terms = [(factor, _FIELDS[path]) for factor, path in relation.terms]
            yield Bound(terms=terms, high=relation.most, where=all_of(*map(_condition, relation.where)), because=relation.because)


def _condition(where: Where) -> Condition:
    fact = _FIELDS[where.path]
    if where.among:
        return fact.is_in(*where.among)
    least = [] if where.least is None else [fact >= where.least]
    most = [] if where.most is None else [fact <= where.most]
    return all_of(*least, *most)


def _at_most(lesser: Fact, greater: Fact, *because: str) -> Bound:
    return Bound(terms=((1, greater), (-1, lesser)), low=0, because=Label(*because))


_RESTRUCTURED: Final = Label("处于观察期或再次重组的，即曾经重组", "a loan under observation, or restructured again, has been restructured")
_SAME_DAY: Final = Label("天数与月数自同一天起算", "days and months are counted from the same day")
_AGE: Final = Label("欠款与还款记录不早于放款", "no record of payments goes back beyond the disbursement")
_TERM: Final = Label("在账月数与剩余期限之和不少于贷款期限", "months on book and remaining term together are never below the term")

_TERM_KEPT: Final = Label("未展期的，在账月数与剩余期限之和即为贷款期限", "without an extension months on book and remaining term make up the term")

_NO_RATIO: Final = Label("余额为零则贷款价值比为零，除非押品分文不值", "with no balance the loan-to-value is nothing, unless the home is worth nothing")
_OWES_NOTHING: Final = (facts.balance <= Money(0, NO_CURRENCY)) & (facts.ltv_now > 0) & (facts.ltv_now <= 1)

FACT_RELATIONS: Final[tuple[FactRelation, ...]] = (
    *_between_fields(),
    _at_most(facts.housing_dsr, facts.total_dsr, "房产支出包含在全部支出之内", "the cost of housing is part of all debt service"),
    _at_most(facts.signed_on, DECISION_DAY, "签约不晚于决策日", "the contract was signed before the day of the decision"),
    Bound(terms=((1, facts.months_on_book), (1, facts.remaining_months), (-1, facts.term_months)), low=0, because=_TERM),
    Bound(terms=((1, facts.months_on_book), (1, facts.remaining_months), (-1, facts.term_months)), high=1, where=facts.extended.is_false(), because=_TERM_KEPT),
    Impossible(condition=facts.extended.is_missing(), because=_TERM_KEPT),
    Bound(terms=((1, DECISION_DAY), (-1, facts.disbursed_on), (-28, facts.months_on_book)), low=0, because=_SAME_DAY),
    Bound(terms=((1, DECISION_DAY), (-1, facts.disbursed_on), (-31, facts.months_on_book)), high=31, because=_SAME_DAY),
    Bound(terms=((1, facts.days_past_due), (-31, facts.months_on_book)), high=31, because=_AGE),
    Bound(terms=((28, facts.missed_consecutive), (-31, facts.months_on_book)), high=59, because=_AGE),
    Bound(terms=((28, facts.months_clean_since_cure), (-31, facts.months_on_book)), high=59, because=_AGE),
    Bound(terms=((1, facts.days_since_valuation), (-28, facts.months_begun_since_valuation)), low=-28, because=_SAME_DAY),
    Bound(terms=((1, facts.days_since_valuation), (-31, facts.months_begun_since_valuation)), high=0, because=_SAME_DAY),
    Impossible(condition=_OWES_NOTHING, because=_NO_RATIO),
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
    facts.matures_on,
    facts.extended,
    facts.days_past_due,
    facts.months_on_book,
    facts.remaining_months,
)
"""The facts that every case file tells: their fields cannot be left out, or follow from those that cannot."""

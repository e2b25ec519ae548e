"""Facts: the named quantities that rules compare."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Iterable
from functools import partial
from operator import attrgetter
from typing import Any, NoReturn

import attrs

from revisit_policy.errors import ConditionTruthError, InvalidPolicyError, InvalidValueError
from revisit_policy.language.comparing import PLAIN, compare, flag_is, includes, missing, one_of, refuse_equality, to_limits
from revisit_policy.language.condition import Condition, Operator, Unparenthesized
from revisit_policy.language.derivation import SUPPLIED, Derivation
from revisit_policy.language.domain import MEASURED, Domain
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.ratios import LARGEST_DENOMINATOR, Ratios
from revisit_policy.language.domains.unknown import is_unknown
from revisit_policy.language.parts import check_name, check_part, check_text
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.brief import Shown, Words
from revisit_policy.values.citation import Citation
from revisit_policy.values.labels import Label, Labelled
from revisit_policy.values.money import Money

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class Unit(Labelled, zh="计量单位"):
    """What one of a counted fact is."""

    DAYS = "days", "天", "days"
    MONTHS = "months", "个月", "months"
    PERIODS = "periods", "期", "periods"
    TIMES = "times", "次", "times"
    POINTS = "points", "分", "points"
    HOMES = "homes", "套", "homes"


@attrs.frozen(repr=False, eq=False, unsafe_hash=True, cache_hash=True)  # what is remembered of a condition is looked up by its facts
class Fact(Unparenthesized):  # noqa: PLW1641 - attrs makes the hash, of the same fields
    """A named quantity of a case: what kind it is, which values it can take, and how it is made.

    A *measurement* that is absent is unknown. A *register* records events: absent means no entry, that is ``False``,
    0 or the mildest of ordered choices, and *register* holds the reason once. ``None`` given explicitly, or a NaN, is unknown for both. A value
    outside the domain or of another type is bad input, not unknown.

    A fact is not a condition: compare it (``>``, ``>=``, ``<``, ``<=``, :meth:`between`), or ask :meth:`is_in`,
    :meth:`is_true`, :meth:`is_false`, :meth:`is_missing`. ``==`` between two facts asks whether they are the same fact;
    a fact ``==`` a plain value would never be what is meant, and is refused.

    *limits* are the least and the greatest limit that a rule may compare with, both inclusive; the whole domain if ``None``.
    A loan-to-value *can* be 20,000 %, and a rule that asks for more than 8,000 % is a slip for 80 %. They guard whoever
    writes a rule, decide nothing, and are no part of what makes two facts equal.

    Use the named constructors: :meth:`count`, :meth:`ratio`, :meth:`money`, :meth:`flag`, :meth:`choice`,
    :meth:`day`.

    Examples:
        >>> from revisit_policy.values.labels import Label
        >>> overdue = Fact.count("days_past_due", low=0, high=3650, unit=Unit.DAYS, label=Label("逾期天数", "days past due"))
        >>> overdue > 90
        (days_past_due > 90)
        >>> overdue.between(31, 61)
        ((days_past_due >= 31) & (days_past_due < 61))
    """

    name: str
    domain: Domain
    label: Label = attrs.field(kw_only=True)
    unit: Unit | None = attrs.field(default=None, kw_only=True)
    derived: Derivation = attrs.field(default=SUPPLIED, kw_only=True)
    register: Label | None = attrs.field(default=None, kw_only=True)
    table: str | None = attrs.field(default=None, kw_only=True)
    limits: tuple[Any, Any] | None = attrs.field(default=None, kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        name: object = self.name
        if not isinstance(name, str) or (self.table is None and not _NAME.fullmatch(name)):
            raise InvalidPolicyError(subject=str(self.name), problem=Phrase(
                "事实的名称须为小写字母加下划线", "a fact's name must be lower_case_with_underscores"
            ))
        _check_parts(self)
        if self.register is not None and not _has_an_empty_entry(self.domain):
            problem = Phrase("只有是非、计数或有序选项可作为事件登记", "only a flag, a count or an ordered choice can be a register of events")
            raise InvalidPolicyError(subject=self.name, problem=problem)
        if self.limits is not None:
            object.__setattr__(self, "limits", to_limits(self, self.limits))  # frozen: as exact values of the domain

    @classmethod
    def count(
        cls, name: str, *, low: int, high: int, label: Label, step: int = 1, **more: Any
    ) -> Fact:
        """A whole number from *low* to *high*, both inclusive, in steps of *step*; *more* as for :class:`Fact`."""
        return cls(name, Counts(low, high, step), label=label, **more)

    @classmethod
    def ratio(
        cls, name: str, *, low: str, high: str, label: Label, denominator: int = LARGEST_DENOMINATOR, **more: Any
    ) -> Fact:
        """An exact fraction from *low* to *high*, both inclusive; its denominators never exceed *denominator*."""
        return cls(name, Ratios(low, high, denominator), label=label, **more)

    @classmethod
    def money(cls, name: str, *, low: Money, high: Money, label: Label, **more: Any) -> Fact:
        """An amount from *low* to *high*, both inclusive, in their currency."""
        return cls(name, Amounts(low, high), label=label, **more)

    @classmethod
    def flag(cls, name: str, *, label: Label, **more: Any) -> Fact:
        """True or false."""
        return cls(name, Flags(), label=label, **more)

    @classmethod
    def choice(
        cls, name: str, choices: Iterable[Hashable], *, label: Label, ordered: bool = False, **more: Any
    ) -> Fact:
        """One of *choices*; *ordered* if they run from mild to severe and may be compared with ``<``."""
        return cls(name, Choices(choices, ordered=ordered), label=label, **more)

    @classmethod
    def day(cls, name: str, *, label: Label, low: str | dt.date = "1900-01-01", high: str | dt.date = "2199-12-31", **more: Any) -> Fact:
        """A calendar day from *low* to *high*, both inclusive."""
        return cls(name, Days(low, high), label=label, **more)

    def in_currency(self, currency: str) -> Fact:
        """The same fact with its amounts in a *currency*, if they are of any; it stays equal."""
        domain = self.domain
        return attrs.evolve(self, domain=domain.in_currency(currency)) if isinstance(domain, Amounts) and domain.is_of_any else self

    @property
    def is_measured(self) -> bool:
        """True if the values lie on a line, so that thresholds have a distance."""
        return isinstance(self.domain, MEASURED)

    @property
    def when_absent(self) -> object:
        """The value of a fact that is not mentioned: no entry for a register, ``None`` (unknown) otherwise."""
        if self.register is None:
            return None
        match self.domain:
            case Flags():
                return False
            case Choices(items):
                return items[0]
            case _:
                return 0

    def accept(self, value: object) -> Any:
        """Return *value* as an exact value of this fact, ``None`` if it is unknown.

        Raises:
            InvalidValueError: If *value* is of another type or outside the domain.
            UnknownNameError: If *value* is text that names no choice.
        """
        return None if is_unknown(value) else self.domain.accept(value, name=self.name)

    def encode(self, value: object) -> Any:
        """Return the accepted *value* as the readers compare it; ``None`` stays ``None``."""
        exact = self.accept(value)
        return None if exact is None else self.domain.encode(exact)

    # -- conditions ------------------------------------------------------------------------------------------------

    def __lt__(self, limit: object) -> Condition:
        return self._compare("<", limit)

    def __le__(self, limit: object) -> Condition:
        return self._compare("<=", limit)

    def __gt__(self, limit: object) -> Condition:
        return self._compare(">", limit)

    def __ge__(self, limit: object) -> Condition:
        return self._compare(">=", limit)

    def _compare(self, operator: Operator, limit: object) -> Condition:
        return compare(self, operator, limit)

    def between(self, low: object, high: object) -> Condition:
        """True from *low*, inclusive, to *high*, exclusive."""
        return (self >= low) & (self < high)

    def is_in(self, *choices: object) -> Condition:
        """True if the value is one of *choices*, each a choice or its code."""
        return one_of(self, choices)

    def includes(self, *elements: object) -> Condition:
        """True if an earlier table's set of outcomes has one of *elements*."""
        return includes(self, elements)

    def is_true(self) -> Condition:
        """True if the flag is set."""
        return self._flag(expected=True)

    def is_false(self) -> Condition:
        """True if the flag is known not to be set."""
        return self._flag(expected=False)

    def _flag(self, *, expected: bool) -> Condition:
        return flag_is(self, expected=expected)

    def is_missing(self) -> Condition:
        """True if the fact is unknown. A rule that asks this adds caution and never settles a table."""
        return missing(self)

    def assume(self, value: object, *, because: Citation) -> Assumption:
        """A stand-in for the case that the fact is unknown; it shows in every explanation.

        Args:
            value: What is taken instead, a value of this fact.
            because: Who allows it, and where.
        """
        return Assumption(fact=self, value=self.accept(value), because=because)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Fact):
            return type(self) is type(other) and _IDENTITY(self) == _IDENTITY(other)
        if isinstance(other, PLAIN):
            refuse_equality(self, other)
        return NotImplemented

    def __bool__(self) -> NoReturn:
        raise ConditionTruthError(text=self.name)

    def __repr__(self) -> str:
        return _fact_source(self)

    def __rich_repr__(self) -> Shown:
        yield Words(self.name)
        yield "kind", Words(self.domain.kind.en)
        yield "label", Words(self.label.en)
        yield "table", self.table, None


def _has_an_empty_entry(domain: Domain) -> bool:
    """Whether one of the values says that nothing happened."""
    return isinstance(domain, Flags | Counts) or (isinstance(domain, Choices) and domain.ordered)


#: What two equal facts have in common.
_IDENTITY = attrgetter(*(field.name for field in attrs.fields(Fact) if field.eq))


def _check_parts(fact: Fact) -> None:
    check_name(fact.name)
    check = partial(check_part, subject=fact.name)
    check(fact.domain, Domain, field="domain", expected=Phrase("值域，由具名构造方法得出", "a domain, as the named constructors make it"))
    check(fact.label, Label, field="label", expected=Phrase("Label", "a Label"))
    check(fact.unit, Unit | None, field="unit", expected=Phrase("Unit 或 None", "a Unit or None"))
    check(fact.derived, Derivation, field="derived", expected=Phrase("推导方式，如 Field", "a derivation, such as a Field"))
    check(fact.register, Label | None, field="register", expected=Phrase("Label 或 None", "a Label or None"))
    if fact.table is not None:
        check_text(fact.table, subject=fact.name, field="table", expected=Phrase("表的标识或 None", "the id of a table or None"))
    if fact.name == "on" and not isinstance(fact.domain, Days):
        raise InvalidPolicyError(subject="on", problem=Phrase(
            "此名称属于决策日，而这不是日期；请另取名称", "the name is that of the decision day, and this is no day; choose another"
        ))


@attrs.frozen(kw_only=True)
class Assumption:
    """A stand-in value for a fact that is unknown, with the citation that allows it."""

    fact: Fact
    value: Hashable
    because: Citation

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.fact, Fact):
            raise InvalidValueError(owner="Assumption", field="fact", value=self.fact, expected=Phrase("Fact", "a Fact"))
        if self.fact.accept(self.value) is None:
            raise InvalidValueError(owner="Assumption", field="value", value=None, expected=Phrase("已知的值", "a known value"))
        if not isinstance(self.because, Citation):
            raise InvalidValueError(owner="Assumption", field="because", value=self.because, expected=Phrase("Citation", "a Citation"))


def _fact_source(fact: Fact) -> str:
    match fact.domain:
        case Counts(low, high, step):
            head = f"Fact.count({fact.name!r}, low={low}, high={high}" + (f", step={step}" if step != 1 else "")
        case Ratios(low, high, denominator) as ratios:
            head = f"Fact.ratio({fact.name!r}, low={ratios.source(low)}, high={ratios.source(high)}"
            head += f", denominator={denominator}" if denominator != LARGEST_DENOMINATOR else ""
        case Amounts(low, high):
            head = f"Fact.money({fact.name!r}, low={low!r}, high={high!r}"
        case Days(low, high):
            head = f"Fact.day({fact.name!r}, low='{low}', high='{high}'"
        case Flags():
            head = f"Fact.flag({fact.name!r}"
        case Choices(items, ordered=ordered) if fact.table is None:
            head = f"Fact.choice({fact.name!r}, {items!r}" + (", ordered=True" if ordered else "")
        case _:
            head = f"Fact({fact.name!r}, {fact.domain!r}"
    return f"{head}{_rest_source(fact)})"


def _rest_source(fact: Fact) -> str:
    fields = attrs.fields(Fact)
    kept = [f", label={fact.label!r}"]
    for field in (fields.unit, fields.derived, fields.register, fields.table):
        value = getattr(fact, field.name)
        if value != field.default:
            kept.append(f", {field.name}={value!r}")
    return "".join(kept)

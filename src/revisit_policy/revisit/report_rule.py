"""Rules of conduct for visits: what a report has to show, or it cannot be used."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import attrs

from revisit_policy.outcomes.visit import to_visit_method
from revisit_policy.revisit.consent import Act, Basis, to_act, to_acts, to_bases
from revisit_policy.revisit.visit_report import VisitReport
from revisit_policy.values.citation import Citation, to_citation
from revisit_policy.values.labels import Label, Lang, OrderedLabelled
from revisit_policy.values.validation import gather, gathering, to_whole


@runtime_checkable
class ReportRule(Protocol):
    """One rule; any class with these will do."""

    @property
    def label(self) -> Label:
        """What it asks for, for people."""

    @property
    def source(self) -> Citation:
        """Where it comes from."""

    def is_broken_by(self, report: VisitReport) -> bool:
        """Whether *report* does not show what the rule asks for."""


@attrs.frozen
class Breach:
    """A rule that a report breaks.

    Args:
        label: What the rule asks for.
        source: Where it comes from.
    """

    label: Label
    source: Citation

    def text(self, lang: str | Lang = "en") -> str:
        """The rule and its source on one line."""
        return f"{self.label.text(lang)} ({self.source.text(lang)})"


def _to_least(value: int) -> int:
    return to_whole(value, low=1)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class OfficersTogether:
    """A visit by *method* is made by so many officers at least.

    Args:
        method: The method, or its code.
        least: How many, from 1.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    method: OrderedLabelled = attrs.field(converter=to_visit_method)
    least: int = attrs.field(converter=_to_least)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it asks for, for people."""
        method = self.method.label
        return Label(f"{method('zh')}须由{self.least}名以上人员共同进行", f"{method('en')}: by {self.least} officers or more")

    def is_broken_by(self, report: VisitReport) -> bool:
        """Whether too few officers are named."""
        return report.visit.method == self.method and len(report.officers) < self.least


@attrs.frozen(kw_only=True, field_transformer=gathering)
class ActsNeeded:
    """Whoever visits by *method* and reaches somebody does these things.

    Args:
        method: The method, or its code.
        acts: What has to be done, or the codes.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.
    """

    method: OrderedLabelled = attrs.field(converter=to_visit_method)
    acts: tuple[Act, ...] = attrs.field(converter=to_acts)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it asks for, for people."""
        method, acts = self.method.label, [act.label for act in self.acts]
        return Label(f"{method('zh')}：须{'、'.join(act('zh') for act in acts)}", f"{method('en')}: {', and '.join(act('en') for act in acts)}")

    def is_broken_by(self, report: VisitReport) -> bool:
        """Whether somebody was met and one of the acts is not reported."""
        return report.visit.method == self.method and bool(report.met) and not set(self.acts) <= set(report.acts)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class GroundNeeded:
    """Nobody does *act* without one of these grounds.

    Args:
        act: What needs a ground, or its code.
        bases: The grounds that are enough, or their codes.
        source: Where the rule comes from.

    Raises:
        InvalidInputError: If fields are malformed, all of them together.

    Examples:
        >>> GroundNeeded(act="photograph", bases=["consent", "law"], source=Citation(standing="proposal")).label.en
        'photograph the home: only on the ground of explicit consent or the law'
    """

    act: Act = attrs.field(converter=to_act)
    bases: tuple[Basis, ...] = attrs.field(converter=to_bases)
    source: Citation = attrs.field(converter=to_citation)

    def __attrs_post_init__(self) -> None:
        gather(self)

    @property
    def label(self) -> Label:
        """What it asks for, for people."""
        act, bases = self.act.label, [basis.label for basis in self.bases]
        zh, en = "或".join(each("zh") for each in bases), " or ".join(each("en") for each in bases)
        return Label(f"{act('zh')}须有依据：{zh}", f"{act('en')}: only on the ground of {en}")

    def is_broken_by(self, report: VisitReport) -> bool:
        """Whether the act is reported, and no ground for it that is enough."""
        return self.act in report.acts and not any(given.to == self.act and given.basis in self.bases for given in report.consents)

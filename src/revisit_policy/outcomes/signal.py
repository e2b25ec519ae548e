"""Signals: what has been noticed about a loan, and how loud the warning is."""

from __future__ import annotations

from typing import Final

import attrs

from revisit_policy.speech.joining import aside
from revisit_policy.values.dates import Date, text, to_date
from revisit_policy.values.labels import Label, Labelled, Lang, OrderedLabelled, to_member
from revisit_policy.values.validation import gather, gathering

_AND_WORSE: Final = Label("{limit}及以上", "{limit} or worse")
_AND_BETTER: Final = Label("{limit}及以下", "{limit} or better")


class Level(OrderedLabelled, zh="预警级别"):
    """How loud a warning is, mild to severe.

    No regulation fixes the colours; four of them in this order are what most banks use. ``NONE`` is the level of a loan
    without signals and never that of a signal.
    """

    NONE = "none", "无预警", "no warning"
    BLUE = "blue", "蓝色", "blue"
    YELLOW = "yellow", "黄色", "yellow"
    ORANGE = "orange", "橙色", "orange"
    RED = "red", "红色", "red"

    @property
    def and_worse(self) -> Label:
        """「黄色及以上」: the louder colours stand above."""
        return _AND_WORSE

    @property
    def and_better(self) -> Label:
        """「黄色及以下」: the quieter colours stand below."""
        return _AND_BETTER


def to_level(value: OrderedLabelled | str) -> OrderedLabelled:
    """The level itself, of whichever enumeration, or the one of ours with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=Level, kind=OrderedLabelled)


class SignalCode(Labelled, zh="预警信号"):
    """What a warning is about. A code has no level of its own: rules say at which level it is raised."""

    ARREARS = "arrears", "贷款逾期", "arrears"
    NPL_IMMINENT = "npl_imminent", "临近或已成不良", "close to non-performing, or beyond"
    NPL = "npl", "不良", "non-performing"
    LOSS = "loss", "预计损失", "loss expected"
    IMPAIRED = "impaired", "信用减值", "credit-impaired"
    MISUSE = "misuse", "挪用贷款", "misuse of funds"
    EVASION = "evasion", "逃废债", "evasion of debt"
    BANKRUPTCY = "bankruptcy", "个人破产清算", "bankruptcy of the borrower"
    REFINANCED = "refinanced", "借新还旧", "repaid by new debt"
    RESTRUCTURED = "restructured", "重组观察", "restructured, under observation"
    REVALUATION_DUE = "revaluation_due", "押品待重估", "revaluation due"
    COLLATERAL_DECLINE = "collateral_decline", "押品价值下降", "collateral has lost value"
    COLLATERAL_DAMAGED = "collateral_damaged", "抵押人行为致押品减值", "collateral harmed by its owner"
    REGISTRATION_LAPSED = "registration_lapsed", "预告登记失效", "pre-registration lapsed"
    NOT_REGISTERED = "not_registered", "抵押权未设立", "mortgage not registered"
    SEIZURE = "seizure", "押品被查封", "collateral seized"
    PROJECT_STALLED = "project_stalled", "楼盘停工或逾期交付", "building project stalled"
    PURCHASE_RESCINDED = "purchase_rescinded", "购房合同解除", "purchase contract rescinded"
    CAPACITY = "capacity", "还款能力下降", "weaker ability to repay"
    CONTACT = "contact", "联系未成功或失联", "contact failed or lost"
    BAD_DEBT_ELSEWHERE = "bad_debt_elsewhere", "他行不良债务", "bad debt at another lender"
    DECEASED = "deceased", "借款人死亡", "borrower deceased"
    WATCH = "watch", "内部观察", "internal watch"


def to_signal_code(value: Labelled | str) -> Labelled:
    """The code itself, of whichever enumeration, or the one of ours with this value.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=SignalCode, kind=Labelled)


@attrs.frozen(kw_only=True, field_transformer=gathering)
class Signal:
    """One warning about one loan.

    Args:
        code: What the warning is about, a member of any labelled enumeration or the code of a `SignalCode`.
        level: How loud it is, likewise; codes are those of a `Level`.
        since: The first day its condition held; ``None`` if nobody recorded the day. A visit that answers the signal
            is counted from here, so the same question asked tomorrow gives the same deadline.

    Raises:
        InvalidInputError: If a field is malformed.

    Examples:
        >>> Signal("arrears", level="yellow", since="2026-11-02").label("en")
        'arrears (yellow, since 2 Nov 2026)'
    """

    code: Labelled = attrs.field(converter=to_signal_code, kw_only=False)
    level: OrderedLabelled = attrs.field(converter=to_level)
    since: Date | None = attrs.field(default=None, converter=attrs.converters.optional(to_date))

    def __attrs_post_init__(self) -> None:
        gather(self)

    def label(self, lang: str = Lang.EN) -> str:
        """The signal as people read it: what, how loud, since when.

        Args:
            lang: ``"zh"``, ``"en"`` or a `Lang`.

        Raises:
            UnknownNameError: If *lang* is no language of ours.
        """
        chosen = self.code.labels.lang(lang)
        what, loud = self.code.label(chosen), self.level.label(chosen)
        if self.since is None:
            return aside(what, loud, chosen)
        day = _SINCE.filled(chosen, day=text(self.since, chosen))
        return aside(what, _AND.filled(chosen, loud=loud, day=day), chosen)


_AND = Label("{loud}，{day}", "{loud}, {day}")
_SINCE = Label("自{day}起", "since {day}")

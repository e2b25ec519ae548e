"""The days between which a visit has to be made, and what fixed them."""

import attrs

from revisit_policy.errors import InvalidValueError
from revisit_policy.speech.phrase import Phrase
from revisit_policy.values.dates import Date, to_date
from revisit_policy.values.labels import Labelled
from revisit_policy.values.validation import fault, gather, gathering
from revisit_policy.values.working_days import Basis


class BoundReason(Labelled, zh="窗口界限的理由"):
    """Why a window opens or closes on the day it does.

    The reasons of a bound stand in the order in which they moved it: first what set the day, then each adjustment.
    """

    DISBURSEMENT = "disbursement", "自放款日起算", "counted from the disbursement"
    NOT_BEFORE_DISBURSEMENT = "not_before_disbursement", "不早于放款日", "not before the disbursement"
    INTERVAL = "interval", "自上次回访起满现行间隔期", "today's interval since the last visit"
    LEAD = "lead", "到期前提前量", "the lead before the window closes"
    MATURITY = "maturity", "不晚于贷款到期日", "not after the loan matures"
    AFTER_THE_LAST = "after_the_last", "上次完成之次日起", "not before the day after the last one"
    SIGNAL_BEGAN = "signal_began", "信号出现之日", "the day the signal began"
    SIGNAL_NOT_DATED = "signal_not_dated", "信号出现日未记录，自查询日起算", "nobody recorded when the signal began: counted from the day asked"
    DEADLINE = "deadline", "信号出现后的工作日期限", "working days after the signal began"
    MONTH_END = "month_end", "信号出现当月月末", "the end of the month in which the signal began"
    VALUATION_EXPIRES = "valuation_expires", "估值到期日", "the day the valuation expires"
    VALUATION_DUE = "valuation_due", "须重估之日", "the day a valuation fell due"
    VALUATION_NOT_DATED = "valuation_not_dated", "须重估之日未记录，自查询日起算", "nobody recorded when a valuation fell due: counted from the day asked"
    VALUATION_DEADLINE = "valuation_deadline", "须重估之日后的工作日期限", "working days after a valuation fell due"
    COUNTED = "counted", "起算日", "the day it is counted from"
    NOT_DATED = "not_dated", "起算日未记录，自查询日起算", "nobody recorded the day it is counted from: counted from the day asked"
    TIME_LIMIT = "time_limit", "规定期限", "the time it leaves"
    MONTH_OVER = "month_over", "起算日当月月末", "the end of the month of the day it is counted from"
    PERIOD = "period", "自上次起满规定周期", "its period since the last time"
    SHARED_VISIT = "shared_visit", "与另一事项合并回访", "shared with another obligation"
    ROLLED_FORWARD = "rolled_forward", "顺延至工作日", "moved forward to a working day"
    ROLLED_BACK = "rolled_back", "提前至工作日", "moved back to a working day"
    MOVED_TO_CLOSING = "moved_to_closing", "开始日移至截止日", "opening moved back to the closing"
    MISSED = "missed", "已逾期，最早可行工作日", "already missed: the first working day there still is"
    NOT_IN_THE_PAST = "not_in_the_past", "不早于最近工作日", "not before the first working day there is"


@attrs.frozen(kw_only=True, field_transformer=gathering, cache_hash=True)
class Window:
    """When a visit may begin to be made, when it should be, and when it must have been.

    Args:
        opens: The first day on which the visit counts, inclusive. It may lie in the past.
        due: The day to aim at; it leaves the rest of the window for a borrower who cannot be reached at once.
        closes: The last day, inclusive.
        opens_because: What fixed the opening, in order.
        closes_because: What fixed the closing, in order.
        basis: What the days rest on. `PROVISIONAL` if a bound lies beyond the confirmed days of the calendar: bounds
            that calendar days set are then left as they fell, and those counted in working days can still move.
        missed_on: The last day on which the visit would have been in time; ``None`` if that day has not passed.

    Raises:
        InvalidInputError: If a day is none, or the three are not in order.

    Examples:
        >>> first = Window(opens="2025-02-14", due="2025-03-14", closes="2025-04-15")
        >>> Date(2025, 4, 15) in first, Date(2025, 4, 16) in first
        (True, False)
    """

    opens: Date = attrs.field(converter=to_date)
    due: Date = attrs.field(converter=to_date)
    closes: Date = attrs.field(converter=to_date)
    opens_because: tuple[BoundReason, ...] = ()
    closes_because: tuple[BoundReason, ...] = ()
    basis: Basis = Basis.CONFIRMED
    missed_on: Date | None = attrs.field(default=None, converter=attrs.converters.optional(to_date))

    def __attrs_post_init__(self) -> None:
        is_sound = type(self.opens) is type(self.due) is type(self.closes) is Date
        if not (is_sound and self.opens <= self.due <= self.closes):
            gather(self, _days_are_in_order)

    def __contains__(self, day: Date) -> bool:
        return self.opens <= day <= self.closes


def _days_are_in_order(window: Window) -> InvalidValueError | None:
    if window.opens > window.due:
        return fault("due", str(window.due), Phrase("不早于 `opens`（{opens}）", "on or after `opens` ({opens})", opens=window.opens))
    if window.due > window.closes:
        return fault("closes", str(window.closes), Phrase("不早于 `due`（{due}）", "on or after `due` ({due})", due=window.due))
    return None

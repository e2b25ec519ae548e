"""How one of the days of a result stands on a day."""

from revisit_policy.values.labels import Labelled


class StageState(Labelled, zh="结果进度"):
    """How one of the days of a result stands at the end of a day.

    Open until the day before it has been reached, on track from then on; at risk once the day it was expected has passed, or its limit is
    within one working day; late once the limit has passed.
    """

    OPEN = "open", "未开始", "not begun"
    ON_TRACK = "on_track", "按期推进", "on track"
    AT_RISK = "at_risk", "临近期限", "at risk"
    LATE = "late", "已超期", "late"
    REACHED = "reached", "已完成", "reached"

"""What kind of visit, by which means, and what it found."""

from revisit_policy.values.labels import Labelled, OrderedLabelled, to_member


class VisitKind(Labelled, zh="回访类型"):
    """Why a borrower is visited.

    Examples:
        >>> VisitKind.parse("first"), VisitKind.TRIGGERED.label("zh")
        (VisitKind.FIRST, '不定期回访')
    """

    FIRST = "first", "首次回访", "first visit"
    PERIODIC = "periodic", "定期回访", "periodic visit"
    TRIGGERED = "triggered", "不定期回访", "triggered visit"
    REVALUATION = "revaluation", "押品重估", "revaluation of the collateral"


class VisitMethod(OrderedLabelled, zh="回访方式"):
    """The means of a visit, ordered by how much of the borrower and the home it can see.

    A method can stand in for every lesser one, so an obligation that asks for a telephone call is also met by a visit
    on site. The order says nothing about cost, and a valuation is not on it: no telephone call values a home.

    Examples:
        >>> VisitMethod.PHONE < VisitMethod.ON_SITE
        True
        >>> VisitMethod.VIDEO.or_better
        (VisitMethod.VIDEO, VisitMethod.ON_SITE)
    """

    OFF_SITE = "off_site", "非现场数据检查", "off-site check of data"
    SMS = "sms", "短信或手机银行", "text message or app"
    PHONE = "phone", "电话", "telephone call"
    VIDEO = "video", "视频", "video call"
    ON_SITE = "on_site", "上门", "visit on site"

    @property
    def or_better(self) -> tuple["VisitMethod", ...]:
        """This method and those that can stand in for it, mildest first."""
        return _ALL_METHODS[self.severity :]


class Finding(Labelled, zh="回访结果"):
    """What a completed visit found.

    An attempt that reached nobody is recorded, and answers nothing: the obligation stays open.

    Examples:
        >>> Finding.NOT_REACHED.reached_borrower
        False
    """

    SATISFACTORY = "satisfactory", "未发现异常", "nothing of concern"
    UNSATISFACTORY = "unsatisfactory", "发现问题", "a concern was found"
    INCONCLUSIVE = "inconclusive", "有待核实", "to be verified"
    NOT_REACHED = "not_reached", "未联系上", "borrower not reached"

    @property
    def reached_borrower(self) -> bool:
        """Whether the visit took place at all."""
        return self is not Finding.NOT_REACHED


_ALL_METHODS = tuple(VisitMethod)


def to_visit_kind(value: Labelled | str) -> Labelled:
    """The kind itself, of whichever enumeration, or the one of ours with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=VisitKind, kind=Labelled)


def to_visit_method(value: OrderedLabelled | str) -> OrderedLabelled:
    """The method itself, of whichever enumeration, or the one of ours with this code.

    Raises:
        UnknownNameError: If there is none.
    """
    return to_member(value, usual=VisitMethod, kind=OrderedLabelled)

"""Grades: the five risk categories, and a finer internal scale that maps onto them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from revisit_policy.values.labels import Label, Labelled, OrderedLabelled

_AND_WORSE: Final = Label("{limit}类及以下", "{limit} or worse")
_AND_BETTER: Final = Label("{limit}类及以上", "{limit} or better")


class Grade(OrderedLabelled, zh="风险分类"):
    """The five categories of risk, mild to severe.

    Performing and non-performing are not a sixth and seventh category: the first two are performing, the rest are not.

    Source:
        Measures for the Risk Classification of Financial Assets of Commercial Banks (2023), article 6; the regulator's
        codes as in its data-collection tables.

    Examples:
        >>> Grade.NORMAL < Grade.LOSS, Grade.SUBSTANDARD.is_performing, Grade.DOUBTFUL.code
        (True, False, '04')
    """

    NORMAL = "normal", "正常", "pass"
    SPECIAL_MENTION = "special_mention", "关注", "special mention"
    SUBSTANDARD = "substandard", "次级", "substandard"
    DOUBTFUL = "doubtful", "可疑", "doubtful"
    LOSS = "loss", "损失", "loss"

    @property
    def and_worse(self) -> Label:
        """「关注类及以下」: the worse grades stand below."""
        return _AND_WORSE

    @property
    def and_better(self) -> Label:
        """「关注类及以上」: the better grades stand above."""
        return _AND_BETTER

    @property
    def code(self) -> str:
        """The regulator's two digits, ``"01"`` to ``"05"``; `value` is our own code."""
        return f"{self.severity + 1:02}"

    @property
    def is_performing(self) -> bool:
        """Whether the category counts as performing: pass and special mention do."""
        return self <= Grade.SPECIAL_MENTION


class Unclassified(Labelled, zh="未分类情形"):
    """Stands where a grade would stand for a loan that has never been classified.

    It is an answer, not a gap: that nobody looked is ``None``.

    Examples:
        >>> Unclassified.UNCLASSIFIED.code
        '00'
    """

    UNCLASSIFIED = "unclassified", "未分类", "unclassified"

    @property
    def and_worse(self) -> Label:
        """「关注类及以下」: the worse grades stand below."""
        return _AND_WORSE

    @property
    def and_better(self) -> Label:
        """「关注类及以上」: the better grades stand above."""
        return _AND_BETTER

    @property
    def code(self) -> str:
        """The regulator's two digits."""
        return "00"


UNCLASSIFIED: Final = Unclassified.UNCLASSIFIED


class FineGrade(OrderedLabelled, zh="细分类"):
    """Twelve internal tiers, mild to severe, each inside one of the five categories.

    The scale is internal to banks and from memory: no public text that fixes it was found, so nothing the library
    decides rests on it. Only the mapping is relied on, and that is total by construction.

    Examples:
        >>> FineGrade.SPECIAL_MENTION_2.grade
        Grade.SPECIAL_MENTION
    """

    NORMAL_1 = "normal_1", "正常1级", "pass 1"
    NORMAL_2 = "normal_2", "正常2级", "pass 2"
    NORMAL_3 = "normal_3", "正常3级", "pass 3"
    NORMAL_4 = "normal_4", "正常4级", "pass 4"
    SPECIAL_MENTION_1 = "special_mention_1", "关注1级", "special mention 1"
    SPECIAL_MENTION_2 = "special_mention_2", "关注2级", "special mention 2"
    SPECIAL_MENTION_3 = "special_mention_3", "关注3级", "special mention 3"
    SUBSTANDARD_1 = "substandard_1", "次级1级", "substandard 1"
    SUBSTANDARD_2 = "substandard_2", "次级2级", "substandard 2"
    DOUBTFUL_1 = "doubtful_1", "可疑1级", "doubtful 1"
    DOUBTFUL_2 = "doubtful_2", "可疑2级", "doubtful 2"
    LOSS_1 = "loss_1", "损失级", "loss"

    @property
    def grade(self) -> Grade:
        """The category the tier lies in."""
        return _GRADES[self]

    @property
    def coarser(self) -> Grade:
        """The same: what is asked about a category is asked about its tiers."""
        return self.grade


_GRADES: Final = MappingProxyType({tier: Grade.parse(tier.value.rpartition("_")[0]) for tier in FineGrade})

"""What a desk has to do about a loan."""

from __future__ import annotations

from revisit_policy.values.labels import Labelled


class DeskKind(Labelled, zh="后台事项"):
    """What has a deadline and is done at a desk."""

    CLASSIFICATION = "classification", "资产分类", "next classification"
    RELEASE = "release", "重组观察期满认定", "decision on the end of an observation"
    GUARANTEE = "guarantee", "主张保证责任", "claim on the guarantor"
    LIMITATION = "limitation", "诉讼时效", "suit or demand before limitation"
    DATA_CHECK = "data_check", "数据检查", "check of data"

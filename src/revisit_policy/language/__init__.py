"""Rules as trees of values: what is written once is read, proved, searched, explained and put into columns.

It knows nothing of mortgages. A rule is a condition over facts, a table folds its rules into one answer, a graph asks tables in order.

Which door: write with ``Fact``, ``Rule``, ``Table``, ``bands`` and ``grid``; ask a ``DecisionGraph``, which answers in ``Verdicts``.
A ``Condition`` is what ``fact > 90`` makes, a ``Derivation`` where a fact is read from in a case file, a ``Domain`` what it can be.
``Snapshot`` is the facts of one case on one day. ``Reading`` is what the reference reader says of it, plainly and slowly; the readers that
answer in practice (``GeneratedReader``, ``RulingReader``) and what they are made of are here for annotations only.
"""

from revisit_policy.language.condition import (
    All,
    AnyOf,
    Combinable,
    Compare,
    Comparison,
    Condition,
    FlagIs,
    Includes,
    Known,
    Missing,
    OneOf,
    Operator,
    Unparenthesized,
    all_of,
    any_of,
)
from revisit_policy.language.derivation import (
    CountOf,
    DaysFromTo,
    DaysSince,
    Derivation,
    Field,
    Greatest,
    GrownDaily,
    Latest,
    Least,
    Measured,
    MonthsBegun,
    MonthsElapsed,
    MonthsUntil,
    Quotient,
    RelativeChange,
    Supplied,
    Terms,
    Where,
)
from revisit_policy.language.domain import Domain
from revisit_policy.language.domains.amounts import Amounts
from revisit_policy.language.domains.choices import Choices
from revisit_policy.language.domains.counts import Counts
from revisit_policy.language.domains.days import Days
from revisit_policy.language.domains.flags import Flags
from revisit_policy.language.domains.points import Points
from revisit_policy.language.domains.ratios import Ratios
from revisit_policy.language.domains.sets import Sets
from revisit_policy.language.extraction.extraction import Extraction
from revisit_policy.language.extraction.extraction_source import Extracted
from revisit_policy.language.fact import Assumption, Fact, Unit
from revisit_policy.language.fold import Fold, Folding, Ruling, Status
from revisit_policy.language.grid import bands, grid
from revisit_policy.language.overlaps.exclusion import Group
from revisit_policy.language.period import DECISION_DAY, Period
from revisit_policy.language.readers.generated import Found, GeneratedReader, MaskReader, Resolution, RulingReader
from revisit_policy.language.readers.hearing import Heard, Hearing, Margin
from revisit_policy.language.readers.reference import Reading
from revisit_policy.language.readers.stems import Both, Either, Shape, Stem, Stems
from revisit_policy.language.rule import Rule
from revisit_policy.language.scale import Outcomes, Scale, Score, unordered
from revisit_policy.language.snapshot import Snapshot
from revisit_policy.language.table import Line, Table
from revisit_policy.language.verdicts.graph import DecisionGraph
from revisit_policy.language.verdicts.verdict import Verdict, Verdicts

__all__ = [
    "DECISION_DAY",
    "All",
    "Amounts",
    "AnyOf",
    "Assumption",
    "Both",
    "Choices",
    "Combinable",
    "Compare",
    "Comparison",
    "Condition",
    "CountOf",
    "Counts",
    "Days",
    "DaysFromTo",
    "DaysSince",
    "DecisionGraph",
    "Derivation",
    "Domain",
    "Either",
    "Extracted",
    "Extraction",
    "Fact",
    "Field",
    "FlagIs",
    "Flags",
    "Fold",
    "Folding",
    "Found",
    "GeneratedReader",
    "Greatest",
    "Group",
    "GrownDaily",
    "Heard",
    "Hearing",
    "Includes",
    "Known",
    "Latest",
    "Least",
    "Line",
    "Margin",
    "MaskReader",
    "Measured",
    "Missing",
    "MonthsBegun",
    "MonthsElapsed",
    "MonthsUntil",
    "OneOf",
    "Operator",
    "Outcomes",
    "Period",
    "Points",
    "Quotient",
    "Ratios",
    "Reading",
    "RelativeChange",
    "Resolution",
    "Rule",
    "Ruling",
    "RulingReader",
    "Scale",
    "Score",
    "Sets",
    "Shape",
    "Snapshot",
    "Status",
    "Stem",
    "Stems",
    "Supplied",
    "Table",
    "Terms",
    "Unit",
    "Unparenthesized",
    "Verdict",
    "Verdicts",
    "Where",
    "all_of",
    "any_of",
    "bands",
    "grid",
    "unordered",
]

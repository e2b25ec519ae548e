"""The testing kit: strategies, laws and worked cases for a policy team's own rules. It needs the extra ``testing``.

Which door: ``from revisit_policy import testing``, then ``check_all`` for every law at once; ``PolicyCase`` with ``policy_cases`` for worked cases,
``boundary_cases`` for those beside every limit; ``rule_coverage`` and ``mutants`` for what the tests would not notice; ``check_snapshot`` for what
was signed; ``case_files``, ``loans`` and the like where Hypothesis is to make them up.
"""

from revisit_policy.errors import MissingExtraError

try:
    import hypothesis as _hypothesis  # noqa: F401 - asked for here, so that its absence is told plainly
except ModuleNotFoundError as error:
    raise MissingExtraError(extra="testing", package="hypothesis") from error

from revisit_policy.testing.coverage.covering import RuleCoverage, rule_coverage
from revisit_policy.testing.coverage.table_coverage import Limit, TableCoverage
from revisit_policy.testing.laws.all_laws import check_all
from revisit_policy.testing.laws.day_laws import (
    check_attempts,
    check_made_visits,
    check_rows,
    check_settled,
    check_tomorrow,
    check_worse,
)
from revisit_policy.testing.laws.figure_laws import check_figures
from revisit_policy.testing.laws.grade_laws import check_determination_scope, check_determinations
from revisit_policy.testing.laws.laws import (
    check_learning,
    check_order,
    check_pure,
    check_readers_agree,
    check_rules,
    check_total,
)
from revisit_policy.testing.laws.measure_laws import check_measures
from revisit_policy.testing.laws.monotone import Worse, check_monotone
from revisit_policy.testing.laws.record_laws import check_records
from revisit_policy.testing.laws.result_laws import TellsResults, check_results
from revisit_policy.testing.laws.schedule_laws import Decides, check_decisions, check_windows
from revisit_policy.testing.mutation.mutant import Equivalence, Mutant, mutants
from revisit_policy.testing.snapshots.snapshot_diff import SnapshotChange, SnapshotDiff, snapshot_diff
from revisit_policy.testing.snapshots.snapshot_review import check_snapshot, signed_snapshot
from revisit_policy.testing.snapshots.snapshot_text import snapshot
from revisit_policy.testing.strategies.actions import actions
from revisit_policy.testing.strategies.boundary_case import BoundaryCase, boundary_cases
from revisit_policy.testing.strategies.case_files import Fields, borrowers, case_files, collaterals, determinations, markets, portfolios, visits
from revisit_policy.testing.strategies.keyword_facts import facts_for
from revisit_policy.testing.strategies.loans import loans
from revisit_policy.testing.worked.policy_case import Named, PolicyCase, policy_cases

__all__ = [
    "BoundaryCase",
    "Decides",
    "Equivalence",
    "Fields",
    "Limit",
    "Mutant",
    "Named",
    "PolicyCase",
    "RuleCoverage",
    "SnapshotChange",
    "SnapshotDiff",
    "TableCoverage",
    "TellsResults",
    "Worse",
    "actions",
    "borrowers",
    "boundary_cases",
    "case_files",
    "check_all",
    "check_attempts",
    "check_decisions",
    "check_determination_scope",
    "check_determinations",
    "check_figures",
    "check_learning",
    "check_made_visits",
    "check_measures",
    "check_monotone",
    "check_order",
    "check_pure",
    "check_readers_agree",
    "check_records",
    "check_results",
    "check_rows",
    "check_rules",
    "check_settled",
    "check_snapshot",
    "check_tomorrow",
    "check_total",
    "check_windows",
    "check_worse",
    "collaterals",
    "determinations",
    "facts_for",
    "loans",
    "markets",
    "mutants",
    "policy_cases",
    "portfolios",
    "rule_coverage",
    "signed_snapshot",
    "snapshot",
    "snapshot_diff",
    "visits",
]

"""The case file of one row, as far as a policy asks for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from revisit_policy.analysis.impacts.supply import policies_of
from revisit_policy.casefile.case_file import CaseFile
from revisit_policy.casefile.rows.row_reader import RowReader, is_left_out
from revisit_policy.errors import InvalidInputError
from revisit_policy.frames.columns.schema import checked_besides, schema_of
from revisit_policy.frames.deciding import planning
from revisit_policy.frames.horizon import Horizon
from revisit_policy.frames.subject import subject_of
from revisit_policy.policy.revisit_policy import RevisitPolicy
from revisit_policy.policy.rulebook import Rulebook


def case_asked(
    policies: tuple[RevisitPolicy | Rulebook, ...], row: Mapping[str, Any], reader: RowReader, *, also: Collection[str] = ()
) -> CaseFile:
    """The case file of a row; of one that has all that `decide` asks for, and is refused for what it does not ask for, that alone.

    Args:
        policies: Those that are to decide.
        row: The row.
        reader: What reads it.
        also: Paths that are asked for beside what `decide` asks for.

    Raises:
        InvalidInputError: If the row cannot be read.
    """
    row = _without_strange(policies, row, reader)
    try:
        return reader.case(row)
    except InvalidInputError:
        asked = {column.path for policy in policies for column in schema_of(subject_of(policy))} & set(reader.named.paths)
        if not all(is_left_out(path, reader.without) or reader.called(path, row) in row for path in asked):
            raise
        planned = [planning(policy, Horizon()) for policy in policies]
        return reader.case(row, only={*also, *(column.path for subject in planned for column in (*schema_of(subject), *checked_besides(subject)))})


def _without_strange(policies: tuple[RevisitPolicy | Rulebook, ...], row: Mapping[str, Any], reader: RowReader) -> Mapping[str, Any]:
    """The *row* without the columns of own facts that none of the *policies* reads, which a frame may have too."""
    read = {f"own.{name}" for policy in policies for one in policies_of(policy) for name in one.reader.own}
    paths = {name: path for path, name in reader.columns.items()}
    return {column: value for column, value in row.items() if (path := paths.get(column, str(column))) in read or not path.startswith("own.")}

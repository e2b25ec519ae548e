"""Whole portfolios: a policy over every row of a data frame, on the engine that holds it.

Needs the extra `frames`, which brings narwhals; polars, pandas, pyarrow, DuckDB or Spark are the caller's own.

Which door: ``decide`` adds what a policy says to every row, ``schema`` and ``check`` tell beforehand what the frame lacks, ``next_visits`` plans,
``explain`` and ``iter_decide`` go back to one row, ``impact`` compares two policies, ``tally`` counts a decided book and
``tally_grants`` counts it by product and channel, ``label`` names outcomes,
``to_sql`` writes the query of a warehouse,
``agenda`` says who of a decided book is visited in a period, ``results`` what is awaited of visits already made, ``reminders`` what is due or
late, ``to_case``, ``to_cases`` and ``from_cases`` go from rows to case files and back, ``arrears`` makes days past due of instalments and
payments, ``in_sample`` draws loans by lot.

A map of the room, from what a caller asks for down to what an engine is told:

* asked for: ``deciding``, ``next_visits``, ``explaining`` (a row, or frames in turn), ``warehouse`` (a query), ``impact``, ``labelling``,
  ``in_sample``, ``cases`` (rows as case files and back), ``distinct_cases`` and ``lazy_rows`` (for whoever reads a frame by case);
* ``agendas`` is who of a decided book is visited, what is awaited of the visits made, and what is due or late;
* ``plan`` puts together what an engine is told, and ``engines`` says it to each of them;
* ``outputs`` is what is put out, ``visits`` the days of the next visit, ``rules`` what conditions and tables say;
* ``columns`` is what a frame has to have, and how its cells become facts;
* ``subject`` and ``horizon`` are what decides and until when; ``expressions`` is what everything above is made of.
"""

from revisit_policy.errors import MissingExtraError

try:
    import narwhals as _narwhals  # noqa: F401 - looked for here, so that its absence has one clear message
except ModuleNotFoundError as error:
    raise MissingExtraError(extra="frames", package="narwhals") from error

from revisit_policy.casefile.holding import Holding
from revisit_policy.casefile.rows.cell_unit import CellUnit, CellUnits, basis_points, major_units, minor_units, parts, percent
from revisit_policy.frames.agendas.agenda import agenda
from revisit_policy.frames.agendas.agenda_rows import AgendaColumns
from revisit_policy.frames.agendas.awaited_results import results
from revisit_policy.frames.agendas.book_agenda import BookAgenda, OfficeHours
from revisit_policy.frames.agendas.reminder_rows import reminders
from revisit_policy.frames.arrears_columns import arrears
from revisit_policy.frames.cases import from_cases, to_case, to_cases
from revisit_policy.frames.columns.binding import Layout
from revisit_policy.frames.columns.column import Column
from revisit_policy.frames.columns.schema import Schema
from revisit_policy.frames.deciding import check, decide, schema
from revisit_policy.frames.explaining import explain, iter_decide
from revisit_policy.frames.impact import Asked, impact
from revisit_policy.frames.in_sample import in_sample
from revisit_policy.frames.labelling import label
from revisit_policy.frames.next_visits import next_visits
from revisit_policy.frames.outputs.output import Trace
from revisit_policy.frames.subject import Policy
from revisit_policy.frames.tallies.grants import tally_grants
from revisit_policy.frames.tallies.tally import tally
from revisit_policy.frames.warehouse import to_sql

__all__ = [
    "AgendaColumns",
    "Asked",
    "BookAgenda",
    "CellUnit",
    "CellUnits",
    "Column",
    "Holding",
    "Layout",
    "OfficeHours",
    "Policy",
    "Schema",
    "Trace",
    "agenda",
    "arrears",
    "basis_points",
    "check",
    "decide",
    "explain",
    "from_cases",
    "impact",
    "in_sample",
    "iter_decide",
    "label",
    "major_units",
    "minor_units",
    "next_visits",
    "parts",
    "percent",
    "reminders",
    "results",
    "schema",
    "tally",
    "tally_grants",
    "to_case",
    "to_cases",
    "to_sql",
]

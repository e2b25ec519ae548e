"""What a desk has to do in columns, apart from the visits: what comes next, and all that is late, as `planning.desk` says of one loan."""

from __future__ import annotations

from collections.abc import Mapping

from revisit_policy.frames.columns.day_columns import chosen, is_before, is_known, lowest, or_missing, where_it
from revisit_policy.frames.expressions.expression import Dated, Expression, Highest, Lowest, Points
from revisit_policy.frames.expressions.truth import Flag, in_column
from revisit_policy.frames.outputs.outcome_columns import mask, where
from revisit_policy.frames.visits.days.plan_days import PlanDays
from revisit_policy.frames.visits.pending import Pending
from revisit_policy.language.flags import both, either, inverse
from revisit_policy.values.labels import Labelled


def desk_columns(pending: tuple[Pending, ...], days: PlanDays, *, until: Expression, kinds: tuple[Labelled, ...]) -> Mapping[str, Expression]:
    """The columns about what is *pending* at a desk up to the day *until*: the next duty, late ones first, and the kinds that are late."""
    if not kinds:
        return {}
    put, flagged = days.stages.put, days.stages.put_flag
    late = [flagged(both((each.exists, is_before(each.closes, days.on)))) for each in pending]
    deadlines = [put(chosen(flag, each.closes, Highest((each.closes, days.soonest)))) for flag, each in zip(late, pending, strict=True)]
    first = put(or_missing(lowest(where_it(each.exists, day) for each, day in zip(pending, deadlines, strict=True))))
    is_late = flagged(is_before(first, days.on))
    is_there = flagged(both((is_known(first), either((is_late, (first <= until).fill_null(value=False))))))
    leads: list[Flag] = []
    for each, day in zip(pending, deadlines, strict=True):
        leads.append(flagged(both((each.exists, (day == first).fill_null(value=False), inverse(either(leads))))))
    opens = put(or_missing(lowest(where_it(flag, each.opens) for flag, each in zip(leads, pending, strict=True))))
    places = ((in_column(flag), kinds.index(each.kind.kind)) for flag, each in zip(leads, pending, strict=True))
    of_kinds = [either(flag for flag, each in zip(late, pending, strict=True) if each.kind.kind == kind) for kind in kinds]
    return {
        "next_duty": where(is_there, Points(tuple(each for each in places if each[1]))),
        "next_duty_due": where(is_there, Dated(_due(opens, first, days))),
        "next_duty_closes": where(is_there, Dated(put(chosen(is_late, days.soonest, first)))),
        "next_duty_missed_on": where(is_late, Dated(first)),
        "duties_late": mask(tuple(map(flagged, of_kinds))),
    }


def _due(opens: Expression, closes: Expression, days: PlanDays) -> Expression:
    """The day to aim at, as of a visit that meets nothing else."""
    put = days.stages.put
    aimed = put(Lowest((closes, Highest((opens, days.back(days.halfway(opens, closes)))))))
    return put(chosen((aimed >= days.soonest).fill_null(value=True), aimed, days.soonest))

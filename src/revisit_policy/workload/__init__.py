"""Workload: a bank has so many officers, and must choose whom they visit when.

Which door: there are five, each of plain values and each the same in ten years, for nothing here is drawn by chance.

* `in_sample` and `draw` choose loans by lot, a share of each stratum, so that anybody can check who was drawn.
* `admit` fills a period's capacity: musts, then worst first, and every loan left out with its reason.
* `quota` finds the cut-offs in points that a capacity allows, and what one point looser would cost.
* `hours` counts what the visits of schedules take, by method.
* `spread` puts visits on working days inside their windows, with the least peak and the interval that proves it.
"""

from revisit_policy.workload.admission import Admission, Admitted, AdmittedBecause, LeftOut, LeftOutBecause, admit
from revisit_policy.workload.candidate import Candidate
from revisit_policy.workload.capacity import Capacity
from revisit_policy.workload.crowd import Crowd
from revisit_policy.workload.due_visit import DueVisit
from revisit_policy.workload.hours import MethodHours, VisitHours, hours
from revisit_policy.workload.lot import in_sample, lot
from revisit_policy.workload.office_plan import OfficePlan, PlannedVisit
from revisit_policy.workload.quota import Quota, quota
from revisit_policy.workload.sample import Ratio, Sample, Stratum, draw
from revisit_policy.workload.spread import Spread, spread

__all__ = [
    "Admission",
    "Admitted",
    "AdmittedBecause",
    "Candidate",
    "Capacity",
    "Crowd",
    "DueVisit",
    "LeftOut",
    "LeftOutBecause",
    "MethodHours",
    "OfficePlan",
    "PlannedVisit",
    "Quota",
    "Ratio",
    "Sample",
    "Spread",
    "Stratum",
    "VisitHours",
    "admit",
    "draw",
    "hours",
    "in_sample",
    "lot",
    "quota",
    "spread",
]

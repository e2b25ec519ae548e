"""Days of a plan over columns: ``plan_days`` and ``result_days`` count by working days and months, out of what a calendar has once answered."""

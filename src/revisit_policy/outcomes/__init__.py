"""The trade's enumerations, and what a policy says: grades, signals, measures, visits and schedules."""

"""Results: the four days after a visit, how each stands on a day, and what became of those of many visits."""

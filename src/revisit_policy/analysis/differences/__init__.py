"""Where two versions of a policy disagree: the formulas of it, the regions, and each change in words."""

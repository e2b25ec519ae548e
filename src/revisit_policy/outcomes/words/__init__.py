"""Words: what a bank calls its grades, warnings, measures and visits, and in which order, as one value that a policy carries."""

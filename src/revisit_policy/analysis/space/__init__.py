"""A policy as formulas: each fact cut into cells in which no rule can tell two values apart, and what the tables say over them."""

"""The kinds of values that a fact can take: of each what it accepts, and how it is written down for the readers."""

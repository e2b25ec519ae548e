"""The one page of a decision that a branch manager reads and signs."""

"""What is pending of what a loan owes: what is done once, what recurs, and what one visit meets together."""

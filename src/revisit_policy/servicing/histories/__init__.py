"""What was true and what was known: dated facts, and the case file of a day as it was known on another."""

"""The policy language: facts, conditions, rules, tables and verdicts. It knows nothing of mortgages."""

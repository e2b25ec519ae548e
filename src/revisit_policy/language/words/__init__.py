"""Conditions, tables and verdicts in words, in both languages; loaded when somebody asks for them."""

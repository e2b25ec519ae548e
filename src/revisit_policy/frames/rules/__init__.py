"""Conditions and tables over columns, and what each table says."""

"""Policies: tables bound into one function, editions of them, and the decision they hand out."""

"""Worked cases: what a team expects of a few facts, and why an answer misses it."""

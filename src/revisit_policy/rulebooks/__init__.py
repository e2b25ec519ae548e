"""Rulebooks: shipped policies, each a function of its parameters."""

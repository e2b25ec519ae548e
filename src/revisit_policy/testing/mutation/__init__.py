"""Policies with one small fault, and which of them the tests do not notice."""

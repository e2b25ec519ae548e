"""Tallies: a decided book as numbers, counted where it lies."""

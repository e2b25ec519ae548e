"""Whether a formula over finitely many cells can be true, and how: formulas, the search that decides them, and boxes that need none.

It knows nothing of policies.
"""

"""Measures have a life: what is recommended, what is in hand, by when, in which order, and what has been done."""

"""Grading beside the grade: what people could determine to be milder, and what rules made worse since they did."""

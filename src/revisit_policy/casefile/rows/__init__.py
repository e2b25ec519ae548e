"""Cells and rows of a table into facts, read strictly and told in the library's own words."""

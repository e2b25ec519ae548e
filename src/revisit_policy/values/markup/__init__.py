"""Text as Markdown, as HTML and as pictures: made here once, so that nothing a user typed is taken for a mark anywhere.

Which door: ``markdown`` for a line of text, ``grid`` for a table in both forms, ``outline`` for sentences as nested lists,
``picture`` for figures as SVG. All are plain functions and values over texts and numbers; nothing here knows a language or a loan.
"""

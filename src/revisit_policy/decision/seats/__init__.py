"""The shape of a policy as data: a row a seat, what a table there must be, and what is handed out of it."""

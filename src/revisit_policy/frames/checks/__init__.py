"""What makes a row's facts bad input: a cell beyond its bounds, a relation not kept, a column that its roots deny, another currency."""

"""When a loan is visited, by which means, and when the result is due: from obligations to a schedule."""

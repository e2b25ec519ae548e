"""What is put out: its names and types, outcomes as columns, and the answers of a policy."""

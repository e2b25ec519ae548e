"""What Hypothesis makes up: case files, loans and keyword facts, dense where rules change their minds, and the values beside every limit."""

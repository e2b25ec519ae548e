"""What is asked and what comes back: a graph of tables, and the verdict of each."""

"""What is recorded, and how it is shown years later that nobody changed it."""

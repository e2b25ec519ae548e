"""What a frame has to have, where it is found there, and how its cells become facts."""

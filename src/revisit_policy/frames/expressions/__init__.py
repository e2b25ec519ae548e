"""What an engine computes, before it is said to any engine: expressions, truths of three values, and stages of them."""

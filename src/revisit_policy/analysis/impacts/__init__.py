"""What a change costs over a book: how many loans change, what a caller adds to each of them, and all of it in words."""

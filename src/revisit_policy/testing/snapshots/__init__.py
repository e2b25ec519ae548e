"""What a policy says of a portfolio as signed text, and what of it has changed since."""

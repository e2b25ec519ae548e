"""What falls due: of which kind it is, when, and counted from what; what holds of every kind is said once."""

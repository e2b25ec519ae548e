"""Since when what holds has held: by what is counted in days, by what is recorded, and through tables."""

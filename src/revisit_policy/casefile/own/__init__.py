"""Facts of a bank's own: declared by its policy, and held by the case file as plain values."""

"""Codecs: how a value of each kind becomes what JSON can hold, and how it comes back."""

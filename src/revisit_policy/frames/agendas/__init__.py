"""Agendas: who of a whole book is visited in a period and what that takes, and what is due or late in it."""

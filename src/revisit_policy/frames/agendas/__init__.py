"""Agendas: who of a whole book is visited in a period, and what that takes."""

"""Instalments and payments into days past due, under a convention that is printed."""

"""Correction copies: a return as it was sent, with its faulty cells marked."""

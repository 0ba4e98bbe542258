"""Substitutes for an exercise, and loads carried over to related ones."""

"""Scorers: points per candidate and component, behind one protocol."""

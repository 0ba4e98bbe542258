"""Readers of other apps' exports: one shared reader, one table per app."""

"""Fitted models to files that the device runs."""

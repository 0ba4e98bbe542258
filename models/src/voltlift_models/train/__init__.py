"""Samples to fitted models."""

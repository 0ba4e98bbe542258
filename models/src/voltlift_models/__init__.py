"""Offline pipeline: ingest logs, simulate lifters, train, evaluate and export models."""

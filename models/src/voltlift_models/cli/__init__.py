"""The command ``voltlift``: from logs to artefacts, and how good they are."""

from voltlift_models.cli.app import main

__all__ = ["main"]

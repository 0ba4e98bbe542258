"""The command ``voltlift``: from logs to artefacts, and how good they are."""

import os

# implicit brings its own threads; numpy reads this when it is imported, below.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from voltlift_models.cli.app import main

__all__ = ["main"]

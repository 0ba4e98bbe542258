"""A tiny recipe, and how the tests call the command line."""

from __future__ import annotations

from typer.testing import CliRunner

from voltlift_models.cli.app import app
from voltlift_models.corpus import Corpus, Lifter

RECIPE = """
version = "0.0.1"
date = "2026-01-31"
seed = 3
folds = 2

[simulated]
lifters = 2
seed = 5
rankers = 1
loads = 2
factors = 2

[rankers]
trees = 8

[loads]
trees = 8
"""


def voltlift(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(item) for item in arguments], catch_exceptions=False)
    return result.exit_code, result.stdout


def short_logs(corpus: Corpus) -> list[Lifter]:
    """Return the three lifters with the fewest sets that are enough for every task."""
    able = [item for item in corpus.lifters if item.state.log.n_sessions >= 25]
    return sorted(able, key=lambda item: item.state.log.n_rows)[:3]

"""What cannot be trained is refused by name: recipes that are wrong, logs that are not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline_samples import RECIPE, voltlift
from voltlift_models.pipeline.recipe import read_recipe

ROOT = Path(__file__).parents[2]


def test_without_logs_it_says_where_they_are(exports: Path):
    code, out = voltlift("run", "--work", exports / "x", "--data", exports / "data.toml", "--json")
    assert code == 2
    message = json.loads(out)["error"]["message"]
    assert "someone/gym at abc123" in message
    assert "--simulated-only" in message


def test_a_changed_log_is_refused(exports: Path, tmp_path: Path):
    for path in (exports / "logs").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes() + b" ")
    code, out = voltlift(
        "run",
        "--logs",
        tmp_path,
        "--work",
        tmp_path / "x",
        "--data",
        exports / "data.toml",
        "--json",
    )
    assert code == 2
    assert "SHA-256" in json.loads(out)["error"]["message"]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("[rankers]\ntrees = 8", '[rankers]\ntrees = "8"', "rankers.trees"),
        ("[rankers]\ntrees = 8", "[rankers]\ntrees = true", "rankers.trees"),
        ("[rankers]\ntrees = 8", "[rankers]\ncolour = 1", "rankers.colour"),
        ("[loads]\ntrees = 8", "[loads]\nl2 = 'much'", "loads.l2"),
        ("folds = 2", "folds = 1", "folds"),
        ('version = "0.0.1"', "", "$"),
        ('version = "0.0.1"', 'version = "../1"', "version"),
        ('date = "2026-01-31"', 'date = "January"', "date"),
        ("[simulated]\nlifters = 2", "[simulated]\nlifters = -2", "simulated.lifters"),
        ("factors = 2", "factors = 20", "simulated.factors"),
        ("[rankers]\ntrees = 8", "[rankers]\ntrees = 0", "rankers.trees"),
        ("[rankers]\ntrees = 8", "[rankers]\nleaves = 1", "rankers.leaves"),
        ("folds = 2", "folds = 2\nnet = 3", "net"),
        ("seed = 3", "seed = ", "recipe.toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, old: str, new: str, path: str):
    bad = tmp_path / "recipe.toml"
    bad.write_text(RECIPE.replace(old, new))
    code, out = voltlift("run", "--simulated-only", "--config", bad, "--work", tmp_path, "--json")
    assert code == 2
    assert path in json.loads(out)["error"]["message"]


def test_whole_numbers_are_numbers(tmp_path: Path):
    (path := tmp_path / "recipe.toml").write_text(RECIPE + "l2 = 2\n")
    assert read_recipe(path).loads.l2 == 2


def test_the_shipped_recipe_is_complete():
    recipe = read_recipe(ROOT / "models" / "configs" / "default.toml")
    assert recipe.simulated.lifters >= max(
        recipe.simulated.rankers, recipe.simulated.loads, recipe.simulated.factors
    )

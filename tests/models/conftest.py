"""A run of the whole pipeline on three short logs, which several tests look at."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline_samples import RECIPE, short_logs, voltlift
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.simulate import simulate


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three lifters' exports, which the recipe's own list of logs names."""
    folder = tmp_path_factory.mktemp("exports")
    logs = folder / "logs"
    logs.mkdir()
    tables = ['host = "example.org"']
    for at, lifter in enumerate(short_logs(simulate(20, seed=9))):
        path = logs / f"lifter-{at}.json"
        path.write_text(json.dumps({"state": app_state_of(lifter), "version": 1}))
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        tables.append(
            f'[[log]]\nfile = "{path.name}"\napp = "app_state"\nrepository = "someone/gym"\n'
            f'commit = "abc123"\npath = "{path.name}"\nlicence = "MIT"\n'
            f'sha256_published = "{sha256}"\nsha256 = "{sha256}"'
        )
    (folder / "data.toml").write_text("\n".join(tables))
    (folder / "recipe.toml").write_text(RECIPE)
    return folder


@pytest.fixture(scope="session")
def ran(exports: Path) -> Path:
    code, out = voltlift(
        "run",
        "--logs",
        exports / "logs",
        "--data",
        exports / "data.toml",
        "--config",
        exports / "recipe.toml",
        "--work",
        exports / "work",
        "--artifacts",
        exports / "artifacts",
        "--workers",
        2,
        "--json",
    )
    assert code == 0, out
    assert {item["model"] for item in json.loads(out)["artifacts"]} == {
        "ranker",
        "load",
        "collaborative-filter",
    }
    return exports

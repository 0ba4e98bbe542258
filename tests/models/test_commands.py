"""What a user does wrong, or the machine refuses: clear words and exit code 2, no traceback."""

from __future__ import annotations

import json
import os
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from voltlift_core import VoltLiftError
from voltlift_models import parquet, serving
from voltlift_models.cli import data as data_commands
from voltlift_models.cli import quality
from voltlift_models.cli.app import app
from voltlift_models.corpus import Corpus
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.ingest import export_files, ingest
from voltlift_models.pipeline.prepared import SPLIT, prepared_loads
from voltlift_models.pipeline.prepared import prepare as prepare_samples
from voltlift_models.pipeline.trained import read_trained
from voltlift_models.simulate import simulate


def voltlift(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(item) for item in arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    lifter = min(simulate(6, seed=9).lifters, key=lambda item: item.state.log.n_rows)
    (folder / "a.json").write_text(json.dumps({"state": app_state_of(lifter), "version": 1}))
    return folder


def test_without_models_the_engine_is_evaluated_by_its_rules(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = logs.parent / "no-artifacts"
    monkeypatch.setattr(quality, "ARTIFACTS", nowhere)
    report = logs.parent / "report.json"
    code, out, err = voltlift(
        "evaluate", logs, "--artifacts", nowhere, "--task", "T4", "--workers", 1, "--out", report
    )
    assert (code, out) == (0, ""), err
    assert "goes by its rules" in err
    found = json.loads(report.read_text())
    del found["details"]
    assert found.keys() == {"T4"}
    figures = [figure for row in found["T4"].values() for figure in row.values()]
    assert all(figure.keys() == {"mean", "lo", "hi", "n_lifters"} for figure in figures)


def test_a_folder_of_models_that_was_asked_for_has_to_be_there(logs: Path) -> None:
    assert logs != serving.ARTIFACTS
    code, _, err = voltlift("evaluate", logs, "--artifacts", logs, "--task", "T4")
    assert code == 2
    assert "there are no artefacts" in err


@pytest.mark.parametrize("as_json", [False, True])
def test_what_cannot_be_written_is_refused_before_the_work(logs: Path, as_json: bool) -> None:
    taken = logs.parent / "file"
    taken.touch()
    told = ("--json",) if as_json else ()
    for command in (
        ("ingest", logs, "--out", taken),
        ("simulate", "--out", taken),
        ("evaluate", logs, "--out", taken / "report.json"),
        ("run", "--simulated-only", "--work", taken),
        ("run", "--simulated-only", "--work", logs.parent / "work", "--artifacts", taken),
        ("keys", "new", taken / "key.pem"),
    ):
        code, out, err = voltlift(*command, *told)
        assert code == 2, command
        if as_json:
            assert json.loads(out)["error"]["code"] == "storage"
        else:
            assert str(taken) in err.replace(" ", "") or "refuses" in err


def test_a_report_of_no_known_form_is_refused(logs: Path) -> None:
    code, _, err = voltlift("evaluate", logs, "--out", logs.parent / "report.pdf")
    assert code == 2
    assert ".json, .md, .html" in err
    assert not (logs.parent / "report.pdf").exists()


def test_a_worker_that_was_killed_is_said(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise BrokenProcessPool("a child process terminated abruptly")

    monkeypatch.setattr(data_commands.simulator, "simulate", killed)
    code, _, err = voltlift("simulate", "--out", logs.parent / "made-up")
    assert code == 2
    assert "--workers 1" in err


def test_logs_are_not_ignored_in_silence(logs: Path) -> None:
    code, _, err = voltlift(
        "run", "--simulated-only", "--logs", logs, "--work", logs.parent / "work",
        "--artifacts", logs.parent / "artifacts",
    )  # fmt: skip
    assert code == 2
    assert "received both" in err


def test_a_subfolder_that_cannot_be_entered_is_named(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = logs / "closed"
    closed.mkdir()
    walk = os.walk

    def refusing(top: Path, onerror: object = None) -> object:
        # As a system that refuses this folder does; the tests may run as root, whom none refuses.
        for root, folders, files in walk(top):
            if Path(root) == closed:
                assert callable(onerror)
                onerror(PermissionError(13, "Permission denied", str(closed)))
            else:
                yield root, folders, files

    monkeypatch.setattr("voltlift_models.ingest.os.walk", refusing)
    assert closed in export_files(logs)
    corpus = ingest(logs)
    assert [(item.file, item.code) for item in corpus.excluded] == [("closed", "unreadable")]


def test_an_interrupted_preparation_leaves_nothing_to_train_on(tmp_path: Path) -> None:
    (tmp_path / SPLIT).write_text('{"order": {"ranker": [], "load": []}}')

    def stopped() -> bytes:
        raise KeyboardInterrupt

    interrupted: Any = SimpleNamespace(
        lifters=lambda *_: (), known=lambda _: SimpleNamespace(to_npz=stopped)
    )
    with pytest.raises(KeyboardInterrupt):
        prepare_samples(interrupted, Corpus(), tmp_path)
    assert not (tmp_path / SPLIT).exists()


@pytest.mark.parametrize("content", ["{", "{}", '{"order": {}}', "[]"])
def test_a_damaged_split_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / SPLIT).write_text(content)
    with pytest.raises(VoltLiftError, match="Prepare them again"):
        prepared_loads(tmp_path)


@pytest.mark.parametrize(
    ("about", "text"), [("{", ""), ("{}", ""), ('{"parts": ["next"], "samples": 1}', "no trees")]
)
def test_a_damaged_model_is_said(tmp_path: Path, about: str, text: str) -> None:
    (tmp_path / "ranker.npz").touch()
    (tmp_path / "ranker.json").write_text(about)
    (tmp_path / "ranker-next.txt").write_text(text)
    with pytest.raises(VoltLiftError, match="Train it again"):
        read_trained(tmp_path)


def test_without_a_default_model_no_row_claims_one(logs: Path) -> None:
    artifacts, report = logs.parent / "artifacts", logs.parent / "report.json"
    artifacts.mkdir()
    (artifacts / "manifest.json").write_text('{"artifacts": [], "format": 1}')
    code, _, err = voltlift(
        "evaluate", logs, "--artifacts", artifacts, "--task", "T4", "--out", report, "--workers", 1
    )
    assert (code, "no default model" in err) == (0, True)
    assert "engine, default α" not in json.loads(report.read_text())["T4"]


def test_an_interrupted_second_ingest_leaves_no_mixture(
    logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = logs.parent / "corpus"
    parquet.write_corpus(out, ingest(logs))

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(parquet, "lifters_table", stopped)
        with pytest.raises(KeyboardInterrupt):
            parquet.write_corpus(out, ingest(logs))
    with pytest.raises(VoltLiftError, match="voltlift ingest"):
        parquet.read_corpus(out)


def test_a_run_with_nobody_to_train_on_says_so(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('version = "1.0.0"\ndate = "2026-01-31"\n')
    code, _, err = voltlift(
        "run", "--simulated-only", "--config", recipe, "--work", tmp_path / "work",
        "--artifacts", tmp_path / "artifacts",
    )  # fmt: skip
    assert code == 2
    assert "nobody to train on" in err

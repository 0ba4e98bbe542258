"""The pipeline as a user runs it: from exports to artefacts that the engine answers with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline_samples import short_logs, voltlift
from voltlift_core import (
    Engine,
    IngestRequest,
    LoadModelsRequest,
    RecommendExercisesRequest,
    SuggestLoadRequest,
)
from voltlift_models import parquet
from voltlift_models.artifacts import read_artifact, read_manifest, verify
from voltlift_models.corpus import Lifter, Source
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.evaluate.report_json import read_json
from voltlift_models.pipeline.fit import Trainer
from voltlift_models.pipeline.recipe import read_recipe
from voltlift_models.serving import RUNTIME_FILES, RuntimeModel, ports_with
from voltlift_models.simulate import simulate


def test_a_run_writes_artefacts_within_their_budgets(ran: Path):
    manifest = verify(ran / "artifacts")
    assert sum(entry.size for entry in manifest.artifacts) < 4_000_000
    for entry in manifest.artifacts:
        card = read_artifact(ran / "artifacts", entry.model).card
        assert card.trained_on.lifters_real == 3
        assert {source.licence for source in card.trained_on.data} >= {"MIT"}
        assert card.metrics, "figures of lifters that it was not fitted to"
        assert card.seed == 3


def test_its_report_judges_every_lifter_by_models_that_never_saw_them(ran: Path):
    report = read_json(ran / "work" / "report.json")
    assert {item.name for item in report.lifters} == {"lifter-0", "lifter-1", "lifter-2"}
    assert "engine, default α" in report.tasks["T1"]
    assert "boosting as specified, with planned reps" in report.tasks["T3"]
    for name in ("report.md", "report.html"):
        assert "T3" in (ran / "work" / name).read_text(encoding="utf-8")


def test_only_what_beats_the_best_naive_row_is_the_default(ran: Path):
    report = read_json(ran / "work" / "report.json")
    defaults = {e.model: e.default for e in read_manifest(ran / "artifacts").artifacts}
    ranks = [
        report.comparison(task, "engine, default α", "ndcg_at_5").difference.mean > 0
        for task in ("T1", "T2")
    ]
    assert defaults["ranker"] == all(ranks)
    assert defaults["load"] == (
        report.comparison("T3", "engine, with planned reps", "mape").difference.mean > 0
    )


def test_the_same_recipe_gives_the_same_artefacts(ran: Path):
    code, out = voltlift(
        "export",
        ran / "work" / "trained",
        "--corpus",
        ran / "work" / "corpus",
        "--report",
        ran / "work" / "report.json",
        "--artifacts",
        ran / "again",
        "--config",
        ran / "recipe.toml",
    )
    assert code == 0, out
    first, again = (
        {
            str(p.relative_to(ran / root)): p.read_bytes()
            for p in sorted((ran / root).rglob("*"))
            if p.is_file()
        }
        for root in ("artifacts", "again")
    )
    assert first == again


def test_stage_by_stage_gives_the_same_models_as_a_run(ran: Path):
    corpus, config = ran / "work" / "corpus", ("--config", ran / "recipe.toml")
    for arguments in (
        ("prepare", corpus, "--out", ran / "prepared", *config),
        ("train", "gbm", ran / "prepared", "--out", ran / "stages", *config),
        ("train", "als", corpus, "--out", ran / "stages", *config),
    ):
        code, out = voltlift(*arguments)
        assert code == 0, out
    for name in ("ranker.npz", "load.npz", "factors.npz"):
        assert (ran / "stages" / name).read_bytes() == (
            ran / "work" / "trained" / name
        ).read_bytes(), name


def test_a_figure_of_a_single_lifter_does_not_stop_the_cards(ran: Path):
    report = json.loads((ran / "work" / "report.json").read_text())
    for row in report["T3"].values():
        row["mape_gap"] = {"mean": 0.2, "lo": None, "hi": None, "n_lifters": 1}
        row["mape"] |= {"lo": row["mape"]["mean"] + 1e-12, "n_lifters": 2}
    (ran / "single.json").write_text(json.dumps(report))
    code, out = voltlift(
        "export",
        ran / "work" / "trained",
        "--corpus",
        ran / "work" / "corpus",
        "--report",
        ran / "single.json",
        "--artifacts",
        ran / "single",
        "--config",
        ran / "recipe.toml",
    )
    assert code == 0, out
    metrics = read_artifact(ran / "single", "load").card.metrics
    assert {"mape_gap" in row for row in metrics.values()} == {False}


def test_a_first_lifter_without_a_question_leaves_rows_to_try_the_models_with(ran: Path):
    lifters = parquet.read_corpus(ran / "work" / "corpus").real
    state = app_state_of(lifters[0])
    beginner = {**state, "history": state["history"][:2]}
    short = Lifter.of_app_state("a-beginner", beginner, Source("a.json"))
    trainer = Trainer(read_recipe(ran / "recipe.toml"))
    assert all(len(rows) for rows in trainer.ranker((short, *lifters)).rows.values())
    assert all(len(rows) for rows in trainer.load((short, *lifters)).rows.values())


def test_a_card_says_on_whom_it_was_trained(ran: Path):
    card = read_artifact(ran / "artifacts", "ranker").card
    assert "three lifters' logs and on made-up lifters" in card.limits[0]


async def test_the_engine_answers_with_the_artefacts(ran: Path):
    models = tuple(
        RuntimeModel(name, "0.0.1", read_artifact(ran / "artifacts", name).files[file])
        for name, file in RUNTIME_FILES.items()
    )
    lifter = short_logs(simulate(20, seed=9))[0]
    log = lifter.state.log
    now = int(log.sessions["start_s"][-1] * 1000) + 2 * 86_400_000
    engine = await Engine.create(await ports_with(models))
    assert (await engine.load_models(LoadModelsRequest())).left_out == ()
    await engine.ingest(IngestRequest(state=app_state_of(lifter)))
    answer = await engine.recommend_exercises(RecommendExercisesRequest(now=now))
    assert answer.meta.alpha == 0.7
    assert ("ranker", "used") in [(s.name, s.status) for s in answer.meta.scorers]
    done = set(log.exercise_ids)
    assert answer.recommendations[0].exercise.id in done
    for shown in answer.recommendations:
        assert shown.score == pytest.approx(sum(c.points for c in shown.components))
        assert 0 <= shown.habit <= 100
    loaded = log.rows["exercise"][log.rows["load_kg"] > 0]
    often = max(set(loaded.tolist()), key=loaded.tolist().count)
    weight = await engine.suggest_load(
        SuggestLoadRequest(now=now, exercise_id=log.exercise_ids[often])
    )
    assert weight.prediction.low <= weight.prediction.weight <= weight.prediction.high


def test_evaluating_the_logs_it_was_trained_on_is_named(ran: Path):
    out = ran / "evaluation.json"
    code, _ = voltlift(
        "evaluate",
        ran / "logs",
        "--artifacts",
        ran / "artifacts",
        "--out",
        out,
        "--workers",
        1,
        "--task",
        "T3",
    )
    assert code == 0
    report = read_json(out)
    trained = any(e.default for e in read_manifest(ran / "artifacts").artifacts)
    assert any("trained on" in warning for warning in report.warnings) == trained


def test_made_up_lifters_alone_train_models_that_are_no_default(exports: Path, tmp_path: Path):
    code, out = voltlift(
        "run",
        "--simulated-only",
        "--config",
        exports / "recipe.toml",
        "--work",
        tmp_path / "w",
        "--artifacts",
        tmp_path / "a",
        "--json",
    )
    assert code == 0, out
    shipped = json.loads(out)["artifacts"]
    assert len(shipped) == 3
    assert not any(item["default"] for item in shipped)
    assert not (tmp_path / "w" / "report.json").exists()

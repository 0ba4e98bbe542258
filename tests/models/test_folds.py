"""Models of folds: whom they know, and when those of an earlier run are taken again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from voltlift_core import VoltLiftError
from voltlift_models import parquet
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.pipeline.fit import Fitted, Trainer
from voltlift_models.pipeline.folds import Folds, _code, hold_out
from voltlift_models.pipeline.recipe import Recipe, read_recipe
from voltlift_models.simulate import simulate


class Counting(Trainer):
    """A trainer that says how many folds it trained."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe)
        self.trained = 0

    def fit(self, *arguments: object, **options: object) -> Fitted:
        self.trained += 1
        return super().fit(*arguments, **options)


@pytest.fixture
def corpus(ran: Path) -> Corpus:
    return parquet.read_corpus(ran / "work" / "corpus")


@pytest.fixture
def recipe(ran: Path) -> Recipe:
    return read_recipe(ran / "recipe.toml")


@pytest.fixture
def kept(ran: Path, tmp_path: Path) -> Path:
    """A copy of the folds that the run left behind."""
    return shutil.copytree(ran / "work" / "folds", tmp_path / "folds")


def trained(corpus: Corpus, recipe: Recipe, keep: Path | None) -> int:
    trainer = Counting(recipe)
    hold_out(corpus, trainer, keep=keep)
    return trainer.trained


def test_each_real_lifter_is_held_out_once(corpus: Corpus) -> None:
    folds = Folds.of(corpus, 2)
    known = [{item.name for item in folds.training(corpus, at).lifters} for at in range(2)]
    for lifter in corpus.real:
        assert [lifter.name in names for names in known].count(False) == 1
    for lifter in corpus.simulated:
        assert all(lifter.name in names for names in known)


def test_made_up_lifters_are_no_folds() -> None:
    with pytest.raises(VoltLiftError, match="too few lifters"):
        Folds.of(simulate(4, seed=1), 5)


def test_folds_of_a_run_are_taken_again(corpus: Corpus, recipe: Recipe, kept: Path) -> None:
    assert trained(corpus, recipe, kept) == 0
    assert trained(corpus, replace(recipe, version="9.9.9", date="2027-01-01"), kept) == 0


def test_kept_folds_are_those_that_would_be_trained(
    corpus: Corpus, recipe: Recipe, kept: Path
) -> None:
    again = hold_out(corpus, Trainer(recipe), keep=kept)
    anew = hold_out(corpus, Trainer(recipe))
    assert again.folds == anew.folds
    for one, other in zip(again.fitted, anew.fitted, strict=True):
        assert one.runtime("1") == other.runtime("1")


def test_another_recipe_trains_anew(corpus: Corpus, recipe: Recipe, kept: Path) -> None:
    assert trained(corpus, replace(recipe, seed=4), kept) == 2
    assert trained(corpus, replace(recipe, seed=4), kept) == 0


def test_another_log_trains_the_folds_that_know_it(
    corpus: Corpus, recipe: Recipe, kept: Path
) -> None:
    state = app_state_of(corpus.real[0])
    shorter = Lifter.of_app_state(
        corpus.real[0].name, {**state, "history": state["history"][:-1]}, corpus.real[0].source
    )
    changed = Corpus((shorter, *corpus.lifters[1:]))
    assert Folds.of(changed, 2) == Folds.of(corpus, 2)
    assert trained(changed, recipe, kept) == 1


@pytest.mark.parametrize("damage", ["key.txt", "ranker.json", "load.npz"])
def test_a_damaged_fold_is_trained_again(
    corpus: Corpus, recipe: Recipe, kept: Path, damage: str
) -> None:
    (kept / "1" / damage).write_bytes(b"\xff")
    assert trained(corpus, recipe, kept) == 1
    assert trained(corpus, recipe, kept) == 0


@pytest.mark.parametrize("lost", ["ranker.npz", "load-rows.npz"])
def test_a_fold_with_a_file_less_is_trained_again(
    corpus: Corpus, recipe: Recipe, kept: Path, lost: str
) -> None:
    (kept / "0" / lost).unlink()
    assert trained(corpus, recipe, kept) == 1


def test_what_is_packed_with_the_code_counts_as_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Features depend on the catalogue, which is data."""
    package = tmp_path / "made_up_package"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "data" / "exercises.json").write_text("[]")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("voltlift_models.pipeline.folds.CODE", ("made_up_package",))
    before = _code.__wrapped__()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_bytes(b"made by Python")
    assert _code.__wrapped__() == before
    (package / "data" / "exercises.json").write_text("[1]")
    assert _code.__wrapped__() != before


def test_other_code_trains_anew(
    corpus: Corpus, recipe: Recipe, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voltlift_models.pipeline.folds._code", lambda: "other code")
    assert trained(corpus, recipe, kept) == 2

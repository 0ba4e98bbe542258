"""Prepared samples on disk, and who is held out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.habit import Known
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.pipeline.fit import TASKS, HabitTask, Trainer
from voltlift_models.pipeline.folds import Folds
from voltlift_models.prepare.habit import HabitSamples
from voltlift_models.prepare.loads import LoadSamples
from voltlift_models.prepare.store import read_samples, write_samples

T = TypeVar("T")

KNOWN: Final = "known.npz"
SPLIT: Final = "split.json"
TEST_SHARE: Final = 0.2
"""Share of the real lifters that a single split sets aside."""


def prepare(trainer: Trainer, corpus: Corpus, folder: Path) -> None:
    """Write the samples of all models: positives and negatives, weights as they came.

    Layout: ``known.npz``; ``next``, ``session``, ``load`` and ``load-planned`` with a file a
    lifter; ``split.json`` with the 80/20 split by lifter and the folds.
    """
    rankers = trainer.lifters(corpus, "ranker")
    known = trainer.known(rankers)
    folder.mkdir(parents=True, exist_ok=True)
    # Without it a folder counts as unprepared: an interruption leaves no mixture of two runs.
    (folder / SPLIT).unlink(missing_ok=True)
    (folder / KNOWN).write_bytes(known.to_npz())
    for task in TASKS:
        _write(folder / task, rankers, trainer.habits(rankers, task))
    loads = trainer.lifters(corpus, "load")
    pairs = trainer.loads(loads)
    _write(folder / "load", loads, [pair[0] for pair in pairs])
    _write(folder / "load-planned", loads, [pair[1] for pair in pairs])
    order = {"ranker": [i.name for i in rankers], "load": [i.name for i in loads]}
    content = split(corpus, trainer.recipe.folds) | {"order": order}
    (folder / SPLIT).write_text(json.dumps(content, indent=1))


def split(corpus: Corpus, folds: int) -> dict[str, object]:
    """Return who is held out: one split of 80/20 by lifter, and the folds.

    Made-up lifters are in every training set and in no test.
    """
    if len(corpus.real) < 2:
        return {"train": [item.name for item in corpus.lifters], "test": [], "folds": {}}
    # Every n-th of the real lifters by size, so that neither side has all the long logs.
    every = round(1 / TEST_SHARE)
    ordered = sorted(corpus.real, key=lambda item: (-item.state.log.n_rows, item.name))
    test = {item.name for at, item in enumerate(ordered) if at % every == min(every, 2) - 1}
    return {
        "train": [item.name for item in corpus.lifters if item.name not in test],
        "test": sorted(test),
        "folds": dict(Folds.of(corpus, folds).fold_of),
    }


def prepared_habits(folder: Path) -> tuple[Known, dict[HabitTask, list[HabitSamples]]]:
    """Return the prepared samples of the ranker."""
    _require(folder / KNOWN)
    known = Known.from_npz((folder / KNOWN).read_bytes())
    names = _order(folder, "ranker")
    return known, {task: _read(HabitSamples, folder / task, names) for task in TASKS}


def prepared_loads(folder: Path) -> list[LoadSamples]:
    """Return the prepared samples of the load model, without and with a plan."""
    names = _order(folder, "load")
    return [
        *_read(LoadSamples, folder / "load", names),
        *_read(LoadSamples, folder / "load-planned", names),
    ]


def _write(folder: Path, lifters: Sequence[Lifter], samples: Sequence[object]) -> None:
    for lifter, part in zip(lifters, samples, strict=True):
        write_samples(folder / f"{lifter.name}.npz", part)


def _order(folder: Path, kind: str) -> list[str]:
    """Return the lifters in the order in which they are trained on: trees depend on it."""
    _require(folder / SPLIT)
    path = folder / SPLIT
    try:
        order: list[str] = json.loads(path.read_text(encoding="utf-8"))["order"][kind]
    except (ValueError, KeyError, TypeError) as error:
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            "the split of prepared samples cannot be read",
            path=str(path),
            expected="what voltlift prepare writes",
            received=f"{type(error).__name__}: {error}",
            remedy="Prepare them again",
        ) from error
    return order


def _read(cls: type[T], folder: Path, names: Sequence[str]) -> list[T]:
    for name in names:
        _require(folder / f"{name}.npz")
    return [read_samples(cls, folder / f"{name}.npz") for name in names]


def _require(path: Path) -> None:
    if not path.exists():
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "nothing was prepared here",
            path=str(path),
            expected="what voltlift prepare writes",
            received="nothing",
            remedy="voltlift prepare CORPUS --out FOLDER",
        )

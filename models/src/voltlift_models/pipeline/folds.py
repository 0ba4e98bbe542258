"""Folds over lifters, and the models of each: trained on all others, kept for the next run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from voltlift_models.cards import TOOLS, sha256, tool_versions
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.evaluate.spread import spread
from voltlift_models.pipeline.fit import Fitted, Trainer
from voltlift_models.pipeline.net import has_tensorflow
from voltlift_models.pipeline.recipe import Recipe
from voltlift_models.pipeline.trained import read_trained, write_trained
from voltlift_models.serving import ByFold

KEY: Final = "key.txt"
"""Written last: a fold without it was interrupted. What its files are is in it as well."""

CODE: Final = (
    "voltlift_core",
    "voltlift_learned",
    "voltlift_replay",
    "voltlift_models.export",
    "voltlift_models.pipeline",
    "voltlift_models.prepare",
    "voltlift_models.simulate",
    "voltlift_models.train",
)
"""Packages that a model depends on, their data with them: the catalogue is features."""


@dataclass(frozen=True)
class Folds:
    """A split of the real lifters; made-up ones train in every fold and are never held out.

    Parameters
    ----------
    fold_of : mapping of str to int
        Fold in which each lifter is held out.
    """

    fold_of: Mapping[str, int]

    @classmethod
    def of(cls, corpus: Corpus, folds: int) -> Folds:
        """Return folds of like size: the longest logs are dealt out first.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` below two real lifters.
        """
        corpus.require(2, "a cross-validation")
        ordered = sorted(corpus.real, key=lambda item: (-item.state.log.n_rows, item.name))
        return cls({item.name: at % min(folds, len(ordered)) for at, item in enumerate(ordered)})

    @cached_property
    def count(self) -> int:
        """Number of folds."""
        return max(self.fold_of.values()) + 1

    def training(self, corpus: Corpus, fold: int) -> Corpus:
        """Return the lifters that a fold is trained on."""
        kept = (item for item in corpus.lifters if self.fold_of.get(item.name, -1) != fold)
        return Corpus(tuple(kept))


@dataclass(frozen=True)
class HeldOut:
    """Models by which each real lifter can be judged without having trained them.

    Parameters
    ----------
    folds : Folds
        Who is held out of which.
    fitted : tuple of Fitted
        The models of each fold.
    """

    folds: Folds
    fitted: tuple[Fitted, ...]

    def ports(self, version: str) -> ByFold:
        """Return the ports of each lifter's engine."""
        models = tuple(one.runtime(version) for one in self.fitted)
        return ByFold(self.folds.fold_of, models)


def hold_out(
    corpus: Corpus, trainer: Trainer, *, keep: Path | None = None, workers: int = 1
) -> HeldOut:
    """Return the models of each fold.

    Parameters
    ----------
    corpus : Corpus
        The lifters; made-up ones train in every fold.
    trainer : Trainer
        Trains the models of a fold; with one worker only.
    keep : Path, optional
        Folder in which the models of folds lie. Those of the same logs, recipe, code and
        libraries are taken from there, others are trained and written.
    workers : int
        Processes, a fold each.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` below two real lifters.
    """
    folds = Folds.of(corpus, trainer.recipe.folds)
    used = trainer.used(corpus)
    parts = [folds.training(used, fold) for fold in range(folds.count)]
    known = {lifter.name: _fingerprint(lifter) for lifter in used.lifters} if keep else {}
    keys = [_key(trainer.recipe, part, known) for part in parts] if keep else []
    found: dict[int, Fitted] = {}
    for at, key in enumerate(keys):
        kept = _kept(keep / f"{at}", key) if keep else None
        if kept is not None:
            found[at] = kept
    if found:
        trainer.say(f"{len(found)} of {folds.count} folds are taken from {keep}")
    missing = [(at, part) for at, part in enumerate(parts) if at not in found]
    # Alone it does so itself: what it has prepared of a lifter serves every fold.
    here = workers == 1
    work = (lambda job: trainer.fit(job[1])) if here else partial(_fit, recipe=trainer.recipe)
    for (at, _), one in spread(work, missing, workers):
        found[at] = one
        if keep:
            _keep(keep / f"{at}", keys[at], one)
        trainer.say(f"{len(found)} of {folds.count} folds")
    return HeldOut(folds, tuple(found[at] for at in range(folds.count)))


def _fit(job: tuple[int, Corpus], recipe: Recipe) -> Fitted:
    return Trainer(recipe).fit(job[1])


def _kept(folder: Path, key: str) -> Fitted | None:
    path = folder / KEY
    if not path.is_file() or path.read_bytes() != f"{key} {_hash(folder)}".encode():
        return None  # of something else, or damaged: trained again
    return read_trained(folder)


def _keep(folder: Path, key: str, fitted: Fitted) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    write_trained(folder, fitted)
    (folder / KEY).write_text(f"{key} {_hash(folder)}", encoding="utf-8")


def _key(recipe: Recipe, corpus: Corpus, known: Mapping[str, str]) -> str:
    """Return the hash of all that the models of a fold depend on; ``known`` tells the logs."""
    settings = asdict(recipe)
    # They are in the cards alone.
    del settings["version"], settings["date"]
    content = {
        "settings": settings,
        "lifters": [[item.name, known[item.name]] for item in corpus.lifters],
        "tools": tool_versions(TOOLS),
        "tensorflow": has_tensorflow(),
        "code": _code(),
    }
    return sha256(json.dumps(content, sort_keys=True).encode())


def _fingerprint(lifter: Lifter) -> str:
    """Return what tells a log: of a real one its content, since copies of its file differ."""
    if lifter.source.simulated and lifter.source.sha256:
        return lifter.source.sha256
    return sha256(json.dumps(app_state_of(lifter)).encode())


@cache
def _code() -> str:
    """Return the hash of the code that prepares and trains."""
    roots = [
        (package, root)
        for package in CODE
        for root in getattr(find_spec(package), "submodule_search_locations", None) or []
    ]
    return sha256("\n".join(f"{package} {_hash(Path(root))}" for package, root in roots).encode())


def _hash(folder: Path) -> str:
    """Return the hash of all files of a folder, but for the key and what Python keeps there."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    lines = [
        f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes())}"
        for path in files
        if path.name != KEY and "__pycache__" not in path.parts
    ]
    return sha256("\n".join(lines).encode())

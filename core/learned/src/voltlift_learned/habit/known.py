"""What is known of lifters at large: how popular exercises are, and what follows what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from voltlift_learned.bundle import Array, corrupt, pack, unpack
from voltlift_learned.diary import Diary, Floats, Ints

CUSTOM = "custom-"
KIND = "known-habits/1"
SUCCESSORS = 12


@dataclass(frozen=True, eq=False)
class Known:
    """Habits of lifters at large; it names catalogue exercises only.

    Every lifter counts alike, however long the log.

    Parameters
    ----------
    exercise_ids : tuple of str
        What rows and ``successor`` index, most popular first.
    popularity : ndarray of float64, shape (n,)
        Mean share of a lifter's days on which an exercise was done.
    opening : ndarray of float64, shape (n,)
        Mean share of a lifter's days that it opened.
    successor : ndarray of int32, shape (n, 12)
        What followed most often, best first; -1 where there is nothing.
    share : ndarray of float64, shape (n, 12)
        Share of a lifter's successions, averaged over those who do the first one.
    """

    exercise_ids: tuple[str, ...]
    popularity: Floats
    opening: Floats
    successor: Ints
    share: Floats

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each exercise by id."""
        return {id_: at for at, id_ in enumerate(self.exercise_ids)}

    def after(self, exercise_id: str) -> dict[str, float]:
        """Return what follows an exercise, best first, with its share."""
        row = self.index.get(exercise_id)
        if row is None:
            return {}
        pairs = zip(self.successor[row].tolist(), self.share[row].tolist(), strict=True)
        return {self.exercise_ids[at]: share for at, share in pairs if at >= 0}

    def to_npz(self) -> bytes:
        """Return the tables as an npz file, readable without pickle."""
        arrays: dict[str, Array] = {
            "popularity": self.popularity.astype(np.float32),
            "opening": self.opening.astype(np.float32),
            "successor": self.successor.astype(np.int16),
            "share": self.share.astype(np.float32),
        }
        return pack(KIND, {"exerciseIds": list(self.exercise_ids)}, arrays)

    @classmethod
    def from_npz(cls, data: bytes) -> Known:
        """Return the tables of an npz file.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where the bytes are none of `to_npz`.
        """
        about, arrays = unpack(KIND, data)
        ids = about.get("exerciseIds")
        if not isinstance(ids, list) or not all(isinstance(id_, str) for id_ in ids):
            raise corrupt("The tables of known habits", "name no exercises")
        shapes = {"popularity": 1, "opening": 1, "successor": 2, "share": 2}
        for name, ndim in shapes.items():
            array = arrays.get(name)
            if array is None or array.ndim != ndim or len(array) != len(ids):
                raise corrupt("The tables of known habits", f"have no {name} per exercise")
            if not np.isfinite(array).all():
                raise corrupt("The tables of known habits", f"have a {name} that is no number")
        successor, share = arrays["successor"], arrays["share"]
        strange = (successor < -1) | (successor >= len(ids))
        if successor.shape != share.shape or bool(strange.any()):
            raise corrupt("The tables of known habits", "point at exercises they do not name")
        return cls(
            tuple(ids),
            arrays["popularity"].astype(np.float64),
            arrays["opening"].astype(np.float64),
            successor.astype(np.int32),
            share.astype(np.float64),
        )

    @classmethod
    def none(cls) -> Known:
        """Return the tables of nobody."""
        return cls.of(())

    @classmethod
    def of(cls, diaries: Iterable[Diary]) -> Known:
        """Return what the given lifters have in common."""
        counted = [_count(diary) for diary in diaries if diary.n_days]
        ids = sorted({id_ for c in counted for id_ in c.ids})
        n = len(ids)
        place = {id_: at for at, id_ in enumerate(ids)}
        popularity, opening = np.zeros(n), np.zeros(n)
        follows, lifters = np.zeros((n, n)), np.zeros(n)
        for c in counted:
            at = np.array([place[id_] for id_ in c.ids], dtype=np.intp)
            popularity[at] += c.done / len(counted)
            opening[at] += c.opened / len(counted)
            total = c.follows.sum(axis=1)
            follows[np.ix_(at, at)] += c.follows / np.maximum(total, 1.0)[:, None]
            lifters[at] += total > 0
        follows /= np.maximum(lifters, 1.0)[:, None]
        order = np.lexsort((np.arange(n), -popularity))
        wide = np.zeros((n, n + SUCCESSORS))
        wide[:, :n] = follows[np.ix_(order, order)]
        best = np.argsort(-wide, axis=1, kind="stable")[:, :SUCCESSORS]
        share = np.take_along_axis(wide, best, axis=1)
        return cls(
            tuple(ids[at] for at in order.tolist()),
            popularity[order],
            opening[order],
            np.where(share > 0, best, -1).astype(np.int32),
            share,
        )


@dataclass(frozen=True, eq=False)
class _Counts:
    """Shares of one lifter's days, and how often one exercise followed another."""

    ids: tuple[str, ...]
    done: Floats
    opened: Floats
    follows: Floats


def _count(diary: Diary) -> _Counts:
    """Count one lifter's catalogue exercises."""
    n = len(diary.exercise_ids)
    done = np.bincount(diary.exercise, minlength=n) / diary.n_days
    opened = np.bincount(diary.exercise[diary.first_entry[:-1]], minlength=n) / diary.n_days
    follows = np.zeros((n, n))
    joined = np.flatnonzero(diary.entry_day[1:] == diary.entry_day[:-1])
    np.add.at(follows, (diary.exercise[joined], diary.exercise[joined + 1]), 1.0)
    kept = [
        at
        for at, id_ in enumerate(diary.exercise_ids)
        if done[at] > 0 and not id_.startswith(CUSTOM)
    ]
    ids = tuple(diary.exercise_ids[at] for at in kept)
    return _Counts(ids, done[kept], opened[kept], follows[np.ix_(kept, kept)])

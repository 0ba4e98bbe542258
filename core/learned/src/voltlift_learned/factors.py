"""Exercise factors: this lifter among all lifters, folded in on the device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.errors import unknown_exercise
from voltlift_learned.bundle import Array, corrupt, pack, unpack
from voltlift_learned.diary import Diary
from voltlift_learned.novelty import Equations, Novelty
from voltlift_learned.spec import ModelSpec

Floats: TypeAlias = NDArray[np.float64]
Floats32: TypeAlias = NDArray[np.float32]

KIND = "factors/1"
FACTORS_SPEC = ModelSpec("exercise-factors/1", ())
"""It takes no row of features: the log itself is folded in."""

HORIZON_DAYS = 180
HALF_LIFE_DAYS = 60.0


def preferences(past: Diary, day: int) -> dict[str, float]:
    """Return how strongly the last half year speaks for each exercise.

    ``log(1 + sum of sets * effort * 0.5 ** (age / 60 d))``; the effort of a set is its RPE
    over 7.5, and 1 where it has none. Only completed working sets count.

    Parameters
    ----------
    past : Diary
        The days before.
    day : int
        Today, local days since 1970-01-01.
    """
    first = int(np.searchsorted(past.day, day - HORIZON_DAYS))
    entries = slice(int(past.first_entry[first]), past.n_entries)
    sets = slice(int(past.first_set[entries.start]), len(past.rpe))
    rpe = past.rpe[sets]
    effort = np.where(np.isnan(rpe), 1.0, np.clip(rpe, 5.0, 10.0) / 7.5)
    entry = np.repeat(
        np.arange(entries.start, entries.stop, dtype=np.int32),
        np.diff(past.first_set[entries.start :]),
    )
    age = day - past.day[past.entry_day[entry]]
    sums = np.bincount(
        past.exercise[entry], effort * 0.5 ** (age / HALF_LIFE_DAYS), len(past.exercise_ids)
    )
    done = np.flatnonzero(sums)
    return {past.exercise_ids[at]: float(np.log1p(sums[at])) for at in done.tolist()}


@dataclass(frozen=True, eq=False)
class Factors:
    """Item factors of implicit-feedback ALS, with what is known of items without feedback.

    Parameters
    ----------
    exercise_ids : tuple of str
        Exercises of the bundled catalogue.
    values : ndarray of float32, shape (n, k)
        Factors Y of the exercises: a lifter's liking of all of them is ``Y x``.
    content : ndarray of float32, shape (n, c)
        Muscles, equipment, kind and pattern, rows of length 1.
    prior : ndarray of float32, shape (n,)
        Log popularity.
    alpha : float
        A preference r counts as 1 + alpha r observations.
    regularisation : float
        Weight of the squared length of the lifter's factors.
    content_weight, factor_weight : float
        What likeness to today's exercises, and liking, count in ``novel``.

    Notes
    -----
    Hu, Koren, Volinsky (2008), Collaborative filtering for implicit feedback datasets.
    """

    exercise_ids: tuple[str, ...]
    values: Floats32
    content: Floats32
    prior: Floats32
    alpha: float
    regularisation: float
    content_weight: float
    factor_weight: float

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each exercise by id."""
        return {id_: at for at, id_ in enumerate(self.exercise_ids)}

    def fold_in(self, preferences: Mapping[str, float]) -> Floats:
        """Return the factors of a lifter, shape (k,); zeros where nothing is known.

        ``solve(YᵀY + Yᵤᵀ (w - 1) Yᵤ + λ I, Yᵤᵀ w)`` with ``w = 1 + alpha r``, which is
        the step of ALS that finds a user's factors; all else stays as it is.

        Parameters
        ----------
        preferences : mapping
            r by exercise id, as ``preferences`` gives it; unknown exercises are left out.
        """
        equations = self._equations(preferences)
        return np.zeros(self.values.shape[1]) if equations is None else equations.solved()

    def _equations(self, preferences: Mapping[str, float]) -> Equations | None:
        """Return what is known, its factors and weights, and the matrix to solve for."""
        known = {
            id_: (self.index[id_], r)
            for id_, r in preferences.items()
            if id_ in self.index and r > 0
        }
        if not known:
            return None
        rows, liking = zip(*known.values(), strict=True)
        mine = self._wide[np.array(rows, np.int32)]
        weight = 1.0 + self.alpha * np.array(liking)
        system = self._gram + (mine * (weight - 1.0)[:, None]).T @ mine
        return Equations(tuple(known), mine, weight, system)

    def scores(self, lifter: Floats) -> Floats:
        """Return the liking of every exercise, about 0 to 1, shape (n,)."""
        return np.asarray(self._wide @ lifter, np.float64)

    def novel(self, preferences: Mapping[str, float], today: Iterable[str]) -> Floats:
        """Return how likely each exercise is to be taken up now, if it is new, shape (n,).

        The sum of the parts of ``novelty``.
        """
        return self.novelty(preferences, today).total

    def novelty(self, preferences: Mapping[str, float], today: Iterable[str]) -> Novelty:
        """Return what speaks for each exercise to be taken up now, if it is new.

        Log popularity + likeness to what is done today + liking by the fold-in, where what
        is done today counts as a preference of three sets.

        Parameters
        ----------
        preferences : mapping
            As of today, without today.
        today : iterable of str
            Exercises done today.
        """
        rows = [self.index[id_] for id_ in today if id_ in self.index]
        liked = dict(preferences)
        for at in rows:
            id_ = self.exercise_ids[at]
            liked[id_] = liked.get(id_, 0.0) + float(np.log(4.0))
        equations = self._equations(liked)
        lifter = np.zeros(self.values.shape[1]) if equations is None else equations.solved()
        alike = np.zeros(len(self.exercise_ids))
        if rows:
            likeness = self.content @ self.content[np.array(rows, np.int32)].mean(axis=0)
            alike = np.asarray(self.content_weight * likeness, np.float64)
        return Novelty(
            exercise_ids=self.exercise_ids,
            values=self._wide,
            content=self.content,
            today=tuple(rows),
            equations=equations,
            popular=self.prior.astype(np.float64),
            alike=alike,
            liked=self.factor_weight * self.scores(lifter),
        )

    def cosines(self, rows: Sequence[int], *, by_content: bool = False) -> Floats:
        """Return the cosine of every exercise with the mean direction of some, shape (n,).

        Parameters
        ----------
        rows : sequence of int
            Of these exercises; without any, and where nothing is known, all are 0.
        by_content : bool
            By muscles, equipment and pattern, instead of by who does what.
        """
        unit = self._unit_content if by_content else self._unit
        mean = unit[np.array(rows, np.int32)].sum(axis=0)
        return np.asarray(unit @ (mean / max(float(np.linalg.norm(mean)), 1e-12)), np.float64)

    def similar(
        self, exercise_id: str, limit: int = 10, *, by_content: bool = False
    ) -> list[tuple[str, float]]:
        """Return the exercises nearest to one, with their cosine, nearest first.

        Parameters
        ----------
        exercise_id : str
            An exercise of the factors.
        limit : int
            How many at most.
        by_content : bool
            By muscles, equipment and pattern, instead of by who does what.

        Raises
        ------
        VoltLiftError
            ``unknown_exercise`` where the factors do not know it.
        """
        if exercise_id not in self.index:
            raise unknown_exercise(exercise_id)
        rows = self.content if by_content else self._unit
        cosine = rows @ rows[self.index[exercise_id]]
        order = np.argsort(-cosine, kind="stable").tolist()
        nearest = [at for at in order if at != self.index[exercise_id]][:limit]
        return [(self.exercise_ids[at], float(cosine[at])) for at in nearest]

    def to_npz(self) -> bytes:
        """Return the factors as the bytes of an ``.npz`` file, the same ones every time."""
        about = {
            "exercises": list(self.exercise_ids),
            "alpha": self.alpha,
            "regularisation": self.regularisation,
            "contentWeight": self.content_weight,
            "factorWeight": self.factor_weight,
        }
        arrays: dict[str, Array] = {
            "values": self.values,
            "content": self.content,
            "prior": self.prior,
        }
        return pack(KIND, about, arrays)

    @classmethod
    def from_npz(cls, data: bytes) -> Factors:
        """Return the factors of a file that ``to_npz`` wrote.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where the bytes are no such file, or its arrays do not fit.
        """
        about, arrays = unpack(KIND, data)
        try:
            factors = cls(
                exercise_ids=tuple(map(str, about["exercises"])),
                values=arrays["values"].astype(np.float32),
                content=arrays["content"].astype(np.float32),
                prior=arrays["prior"].astype(np.float32),
                alpha=float(about["alpha"]),
                regularisation=float(about["regularisation"]),
                content_weight=float(about["contentWeight"]),
                factor_weight=float(about["factorWeight"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise corrupt("the factors are incomplete", str(error)) from error
        n = len(factors.exercise_ids)
        tables = (factors.values, factors.content, factors.prior[..., None])
        if any(table.ndim != 2 or len(table) != n for table in tables):
            raise corrupt("the factors do not fit together", f"{n} exercises")
        numbers = (factors.alpha, factors.content_weight, factors.factor_weight)
        finite = all(np.isfinite(table).all() for table in tables) and np.isfinite(numbers).all()
        # Otherwise the equations of the fold-in may have no solution.
        solvable = 0 < factors.regularisation < np.inf and factors.alpha >= 0
        if not finite or not solvable:
            raise corrupt("the factors hold values that are no numbers", KIND)
        return factors

    @cached_property
    def _wide(self) -> Floats:
        return self.values.astype(np.float64)

    @cached_property
    def _gram(self) -> Floats:
        k = self.values.shape[1]
        return np.asarray(self._wide.T @ self._wide + self.regularisation * np.eye(k), np.float64)

    @cached_property
    def _unit(self) -> Floats:
        length = np.linalg.norm(self._wide, axis=1, keepdims=True)
        return np.asarray(self._wide / np.maximum(length, 1e-12), np.float64)

    @cached_property
    def _unit_content(self) -> Floats:
        wide = self.content.astype(np.float64)
        length = np.linalg.norm(wide, axis=1, keepdims=True)
        return np.asarray(wide / np.maximum(length, 1e-12), np.float64)

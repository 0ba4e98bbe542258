"""What speaks for an exercise that a lifter never did, in parts that can be told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats


@dataclass(frozen=True, eq=False)
class Equations:
    """What a lifter is folded in by: ``system x = mine' weight``.

    Parameters
    ----------
    exercise_ids : tuple of str
        The m exercises that something is known of.
    mine : ndarray of float64, shape (m, k)
        Their factors.
    weight : ndarray of float64, shape (m,)
        Their confidence, ``1 + alpha r``.
    system : ndarray of float64, shape (k, k)
        ``Y'Y + mine' (weight - 1) mine + lambda I``.
    """

    exercise_ids: tuple[str, ...]
    mine: Floats
    weight: Floats
    system: Floats

    def solved(self) -> Floats:
        """Return the lifter's factors, shape (k,)."""
        return np.asarray(np.linalg.solve(self.system, self.mine.T @ self.weight), np.float64)

    @cached_property
    def shares(self) -> Floats:
        """What each exercise adds to the lifter's factors, shape (m, k)."""
        return np.asarray(np.linalg.solve(self.system, self.mine.T * self.weight).T, np.float64)


@dataclass(frozen=True, eq=False)
class Novelty:
    """What speaks for each exercise to be taken up, if it is new; arrays of shape (n,).

    Parameters
    ----------
    exercise_ids : tuple of str
        The exercises.
    values, content : ndarray, shape (n, k) and (n, c)
        Their factors, and what they are.
    today : tuple of int
        Rows of the exercises that are done today.
    equations : Equations or None
        What the lifter was folded in by.
    popular, alike, liked : ndarray of float64
        Log popularity, likeness to what is done today, and liking by lifters with such a log.
    """

    exercise_ids: tuple[str, ...]
    values: Floats
    content: NDArray[np.float32]
    today: tuple[int, ...]
    equations: Equations | None
    popular: Floats
    alike: Floats
    liked: Floats

    @property
    def total(self) -> Floats:
        """The sum of the parts."""
        return self.popular + self.liked + self.alike

    def nearest_today(self, row: int) -> str | None:
        """Return the exercise done today that one is most like by what both are."""
        if not self.today:
            return None
        likeness = self.content[list(self.today)] @ self.content[row]
        return self.exercise_ids[self.today[int(likeness.argmax())]]

    def strongest_own(self, row: int) -> str | None:
        """Return the lifter's exercise that speaks most for one.

        Liking is a sum over the lifter's own exercises, of which this is the largest summand
        (Hu, Koren, Volinsky (2008), section 5).
        """
        if self.equations is None:
            return None
        shares = self.equations.shares @ self.values[row]
        return self.equations.exercise_ids[int(shares.argmax())]

"""Who does what: rows for the collaborative filter, and what exercises are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voltlift_core import Catalogue, ErrorCode, VoltLiftError
from voltlift_learned.diary import Diary
from voltlift_learned.factors import preferences
from voltlift_models.corpus import Lifter

STEP_DAYS = 90
LEAST_EXERCISES = 3


@dataclass(frozen=True, eq=False)
class Interactions:
    """Preferences of lifters, each every 90 days, for exercises of the bundled catalogue.

    Parameters
    ----------
    exercise_ids : tuple of str
        What ``exercise`` indexes.
    row : ndarray of int32, shape (n,)
        Row of the matrix: a lifter at a time.
    exercise : ndarray of int32, shape (n,)
        Index of the exercise.
    strength : ndarray of float64, shape (n,)
        Its preference, above 0.
    lifter : ndarray of int32, shape (n_rows,)
        Which lifter a row is of.
    simulated : ndarray of bool, shape (n_lifters,)
        Which lifters are made up.
    """

    exercise_ids: tuple[str, ...]
    row: NDArray[np.int32]
    exercise: NDArray[np.int32]
    strength: NDArray[np.float64]
    lifter: NDArray[np.int32]
    simulated: NDArray[np.bool_]

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.lifter)

    def done_share(self, simulated: bool) -> NDArray[np.float64]:
        """Return the share of lifters, real or made up, that ever did each exercise."""
        n, lifters = len(self.exercise_ids), len(self.simulated)
        done = np.zeros((lifters, n))
        done[self.lifter[self.row], self.exercise] = 1.0
        kept = done[self.simulated == simulated]
        return np.asarray(kept.mean(axis=0) if len(kept) else np.zeros(n))


def interactions(lifters: Iterable[Lifter]) -> Interactions:
    """Return the preferences of lifters, by the code that computes them on the device.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where nobody did three exercises of the catalogue.
    """
    catalogue = Catalogue.bundled()
    rows: list[tuple[int, dict[int, float]]] = []
    simulated: list[bool] = []
    for at, lifter in enumerate(lifters):
        simulated.append(lifter.source.simulated)
        rows += [(at, row) for row in rows_of(Diary.of(lifter.state.log), catalogue)]
    if not rows:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there is nothing to learn preferences from",
            expected=f"a log with {LEAST_EXERCISES} exercises of the catalogue",
            received=f"{len(simulated)} lifters without one",
            remedy="Add logs, or simulated lifters",
        )
    cells = [(at, *cell) for at, (_, row) in enumerate(rows) for cell in sorted(row.items())]
    return Interactions(
        exercise_ids=tuple(exercise.id for exercise in catalogue.exercises),
        row=np.array([cell[0] for cell in cells], np.int32),
        exercise=np.array([cell[1] for cell in cells], np.int32),
        strength=np.array([cell[2] for cell in cells], np.float64),
        lifter=np.array([lifter for lifter, _ in rows], np.int32),
        simulated=np.array(simulated, np.bool_),
    )


def rows_of(diary: Diary, catalogue: Catalogue) -> list[dict[int, float]]:
    """Return a lifter's preferences by catalogue index, every 90 days and at the end."""
    if not diary.n_days:
        return []
    first, last = int(diary.day[0]), int(diary.day[-1]) + 1
    ends = [*range(first + STEP_DAYS, last, STEP_DAYS), last]
    found = []
    for end in ends:
        told = preferences(diary.before(end), end)
        row = {catalogue.index[id_]: r for id_, r in told.items() if id_ in catalogue.index}
        if len(row) >= LEAST_EXERCISES:
            found.append(row)
    return found


def content(catalogue: Catalogue) -> NDArray[np.float32]:
    """Return what exercises are as rows of length 1; their products say how alike they are.

    Muscle group (1.2, secondary ones half), equipment 1, movement pattern 1, category 0.5,
    one-sided 0.3.
    """
    columns: dict[str, int] = {}
    cells: list[tuple[int, str, float]] = []
    for at, exercise in enumerate(catalogue.exercises):
        cells.append((at, f"group {exercise.muscle_group}", 1.2))
        cells += [(at, f"group {group}", 0.6) for group in exercise.secondary_muscles]
        cells.append((at, f"equipment {exercise.equipment}", 1.0))
        cells.append((at, f"pattern {exercise.movement_pattern}", 1.0))
        cells.append((at, f"category {exercise.category}", 0.5))
        if exercise.unilateral:
            cells.append((at, "unilateral", 0.3))
    for name in sorted({name for _, name, _ in cells}):
        columns[name] = len(columns)
    table = np.zeros((len(catalogue), len(columns)))
    for at, name, weight in cells:
        table[at, columns[name]] += weight
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / length, np.float32)

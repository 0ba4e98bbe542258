"""The log so far as an import is compared with it: sets by session, from the columns."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from voltlift_core.history.log import TrainingLog


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A stored session; ``keys`` are its sets: exercise, load in 0.01 kg, reps, kind."""

    id: str
    start_s: float
    utc_offset: int
    time_known: bool
    keys: tuple[tuple[str, int, int, int], ...]
    completed: tuple[bool, ...]


class StoredLog:
    """Looks up stored sessions by id and by time.

    Parameters
    ----------
    log : TrainingLog
        The log so far.
    """

    def __init__(self, log: TrainingLog) -> None:
        self._log = log
        self._made: dict[int, StoredSession] = {}

    def get(self, id_: str) -> StoredSession | None:
        """Return the session of an id."""
        index = self._positions.get(id_)
        return None if index is None else self._session(index)

    def between(self, first_s: float, last_s: float) -> Iterator[StoredSession]:
        """Yield the sessions that start within a time, oldest first."""
        low = bisect.bisect_left(self._starts, first_s)
        for index in range(low, bisect.bisect_right(self._starts, last_s)):
            yield self._session(index)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {id_: index for index, id_ in enumerate(self._log.session_ids)}

    @cached_property
    def _starts(self) -> list[float]:
        starts: list[float] = self._log.sessions["start_s"].tolist()
        return starts

    @cached_property
    def _rows(self) -> tuple[list[str], list[int], list[int], list[int], list[bool]]:
        rows = self._log.rows
        cents = np.round(np.nan_to_num(rows["load_kg"]) * 100).astype(np.int64)
        names = self._log.exercise_ids
        return (
            [names[index] for index in rows["exercise"].tolist()],
            cents.tolist(),
            rows["reps"].tolist(),
            rows["kind"].tolist(),
            rows["completed"].tolist(),
        )

    @cached_property
    def _bounds(self) -> list[int]:
        """First row of each session, and the end of the last one."""
        positions = np.arange(self._log.n_sessions + 1)
        bounds: list[int] = np.searchsorted(self._log.rows["session"], positions).tolist()
        return bounds

    def _session(self, index: int) -> StoredSession:
        if index not in self._made:
            sessions = self._log.sessions
            rows = slice(self._bounds[index], self._bounds[index + 1])
            exercise, cents, reps, kind, completed = self._rows
            keys = zip(exercise[rows], cents[rows], reps[rows], kind[rows], strict=True)
            self._made[index] = StoredSession(
                id=self._log.session_ids[index],
                start_s=self._starts[index],
                utc_offset=int(sessions["utc_offset"][index]),
                time_known=bool(sessions["time_known"][index]),
                keys=tuple(keys),
                completed=tuple(completed[rows]),
            )
        return self._made[index]

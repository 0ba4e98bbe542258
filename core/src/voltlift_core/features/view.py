"""Everything that depends on log and catalogue alone: made once per revision, used often."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.vocabulary import MUSCLE_GROUPS
from voltlift_core.features.entries import ChunkTable, Floats, Ints, table_of
from voltlift_core.features.numeric import divide
from voltlift_core.history.chunk import Column
from voltlift_core.history.log import TrainingLog

DAY_S = 86_400.0
RECENT_SESSIONS = 6
"""Sessions of an exercise that trends and recent means look at."""

T = TypeVar("T", bound=np.generic)


class LogView:
    """A log seen through a catalogue.

    Columns are lists of *entries*, one per exercise of a session that has a working set, in
    time order; see ``ChunkTable`` for their names. ``exercise`` is the index in the
    catalogue, and ``len(catalogue)`` for an exercise that the catalogue does not know, so
    that every array per exercise is made with one place to spare (``n + 1``).

    Parameters
    ----------
    log : TrainingLog
        The training history.
    catalogue : Catalogue
        The exercises that features are wanted for.

    Attributes
    ----------
    remembered : dict of str to ndarray
        Features that depend on nothing else, by name.
    """

    def __init__(self, log: TrainingLog, catalogue: Catalogue) -> None:
        self.log = log
        self.catalogue = catalogue
        self.n = len(catalogue)
        self.remembered: dict[str, Floats] = {}
        self._columns: dict[str, Column] = {}
        self._whole: LogView = self
        self._until_s = np.inf

    def until(self, moment_s: float) -> LogView:
        """Return the view of the sessions that started before a moment.

        It shares the columns of this one, so replaying a log moment by moment is cheap.
        """
        start = self.session("start_s")
        last_s = start[-1] if len(start) else -np.inf
        if max(last_s, self._last_skipped_s) < moment_s:
            return self
        view = LogView(self.log, self.catalogue)
        view._whole = self._whole
        view._until_s = min(moment_s, self._until_s)
        return view

    def session(self, name: str) -> Column:
        """Return a column of the sessions with at least one working set."""
        return self._whole._session(name)[: self.n_sessions]

    def entry(self, name: str) -> Column:
        """Return a column of the entries."""
        return self._whole._entry(name)[: self.n_entries]

    def skipped(self, name: str) -> Column:
        """Return a column of the exercises planned in a session but not done at all."""
        return self._whole._skipped(name)[: self._n_skipped]

    @cached_property
    def n_sessions(self) -> int:
        """Number of workouts with at least one working set."""
        return int(np.searchsorted(self._whole._session("start_s"), self._until_s))

    @cached_property
    def n_entries(self) -> int:
        """Number of entries."""
        return int(np.searchsorted(self._whole._entry("start_s"), self._until_s))

    @cached_property
    def local_day(self) -> NDArray[np.int32]:
        """Local calendar day of each session, as days since 1970-01-01."""
        local = self.session("start_s") + self.session("utc_offset") * 60.0
        return np.floor(local / DAY_S).astype(np.int32)

    @cached_property
    def local_hour(self) -> Floats:
        """Local hour of day at which each session started; NaN where only the date is known."""
        local = self.session("start_s") + self.session("utc_offset") * 60.0
        return np.where(self.session("time_known"), (local % DAY_S) / 3600.0, np.nan)

    # Per exercise, all time.

    @cached_property
    def times_performed(self) -> Floats:
        """Sessions with a working set, per exercise."""
        return self.per_exercise(None)

    @cached_property
    def last_performed_s(self) -> Floats:
        """Start of the last session with a working set, per exercise; NaN where there is none."""
        last = np.full(self.n + 1, np.nan)
        # Of repeated indices the last assignment holds, and entries are in time order.
        last[self.entry("exercise")] = self.entry("start_s")
        return last[: self.n]

    @cached_property
    def first_performed_s(self) -> Floats:
        """Start of the first session with a working set, per exercise; NaN where none."""
        first = np.full(self.n + 1, np.nan)
        first[self.entry("exercise")[::-1]] = self.entry("start_s")[::-1]
        return first[: self.n]

    @cached_property
    def completion_rate(self) -> Floats:
        """Working sets over planned sets, warm-ups apart, per exercise; NaN where never."""
        planned = (
            self.per_exercise("planned")
            + np.bincount(
                self.skipped("exercise"), weights=self.skipped("planned"), minlength=self.n + 1
            )[: self.n]
        )
        return divide(self.per_exercise("sets"), planned)

    def best_per_exercise(self, values: Floats) -> Floats:
        """Return the greatest known value of entries per exercise; NaN where there is none."""
        best = np.full(self.n + 1, -np.inf)
        known = ~np.isnan(values)
        np.maximum.at(best, self.entry("exercise")[known], values[known])
        return np.where(best > -np.inf, best, np.nan)[: self.n]

    def per_exercise(self, column: str | None, window: slice = slice(None)) -> Floats:
        """Return a column of entries (None: the number of entries) summed per exercise."""
        weights = None if column is None else self.entry(column)[window]
        sums = np.bincount(self.entry("exercise")[window], weights, minlength=self.n + 1)
        return sums[: self.n].astype(np.float64, copy=False)

    @cached_property
    def recent(self) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """The last six sessions of each exercise, the latest in the last column.

        ``(entries, known)``, both of shape (n, 6); where ``known`` is False there is no
        such session.
        """
        exercise = self.entry("exercise")
        # 16-bit keys are sorted by radix, several times as fast as wider ones.
        keys = exercise.astype(np.uint16) if self.n < 65_535 else exercise
        order = np.argsort(keys, kind="stable")
        counts = np.bincount(exercise, minlength=self.n + 1)[: self.n]
        column = np.arange(RECENT_SESSIONS)
        known = column >= RECENT_SESSIONS - counts[:, None]
        position = np.cumsum(counts)[:, None] - RECENT_SESSIONS + column
        if not len(order):
            return np.zeros(known.shape, np.intp), known
        return order[np.where(known, position, 0)], known

    def recent_values(self, values: Column) -> Floats:
        """Return values of entries at ``recent``, shape (n, 6), NaN where there is none."""
        entries, known = self.recent
        if not len(values):
            return np.full(known.shape, np.nan)
        return np.where(known, values[entries], np.nan)

    def recent_column(self, name: str) -> Floats:
        """Return a column of entries at ``recent``, shape (n, 6), NaN where there is none."""
        return self.recent_values(self.entry(name))

    # Attributes of exercises, with a row of zeros for unknown ones.

    @cached_property
    def primary_group(self) -> Ints:
        """Index of the muscle group per exercise, shape (n + 1,); 7 for unknown ones."""
        return np.append(self.catalogue.muscle_group, np.int32(len(MUSCLE_GROUPS)))

    @cached_property
    def group_weights(self) -> Floats:
        """``Catalogue.group_weights`` with a row of zeros added, shape (n + 1, 7)."""
        return np.vstack([self.catalogue.group_weights, np.zeros((1, len(MUSCLE_GROUPS)))])

    @cached_property
    def bodyweight_share(self) -> Floats:
        """``Catalogue.bodyweight_share`` with a zero added, shape (n + 1,)."""
        return np.append(self.catalogue.bodyweight_share, 0.0)

    # Columns of the whole log; a view until a moment is a prefix of them.

    @cached_property
    def _tables(self) -> list[ChunkTable]:
        return [table_of(chunk) for chunk in self.log.chunks]

    @cached_property
    def _last_skipped_s(self) -> float:
        start = self.skipped("start_s")
        return float(start[-1]) if len(start) else -np.inf

    @cached_property
    def _n_skipped(self) -> int:
        return int(np.searchsorted(self._whole._skipped("start_s"), self._until_s))

    def _session(self, name: str) -> Column:
        key = f"s.{name}"
        if key not in self._columns:
            self._columns[key] = _concatenate([t.sessions[name] for t in self._tables])
        return self._columns[key]

    def _entry(self, name: str) -> Column:
        key = f"e.{name}"
        if key not in self._columns:
            self._columns[key] = self._make_entry(name)
        return self._columns[key]

    def _make_entry(self, name: str) -> Column:
        if name == "start_s":
            start: Column = self._session("start_s")[self._entry("session")]
            return start
        parts = [table.entries[name] for table in self._tables]
        if name == "exercise":
            parts = [t.catalogue_index(self.catalogue)[p] for t, p in self._paired(parts)]
        if name == "session":
            counts = [len(table.sessions["start_s"]) for table in self._tables]
            offsets = np.cumsum([0, *counts]).astype(np.int32)
            parts = [p + o for p, o in zip(parts, offsets[:-1], strict=True)]
        return _concatenate(parts, np.int32 if name in ("session", "exercise") else np.float64)

    def _skipped(self, name: str) -> Column:
        key = f"k.{name}"
        if key not in self._columns:
            parts = [table.skipped[name] for table in self._tables]
            if name == "exercise":
                parts = [t.catalogue_index(self.catalogue)[p] for t, p in self._paired(parts)]
            dtype = np.int32 if name == "exercise" else np.float64
            self._columns[key] = _concatenate(parts, dtype)
        return self._columns[key]

    def _paired(self, parts: list[Column]) -> list[tuple[ChunkTable, Column]]:
        return list(zip(self._tables, parts, strict=True))


def _concatenate(parts: list[Column], dtype: type[np.generic] = np.float64) -> Column:
    return np.concatenate(parts) if parts else np.empty(0, dtype)

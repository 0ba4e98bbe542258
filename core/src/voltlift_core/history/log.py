"""The columnar training log: immutable, one row a set, in chunks of up to 256 sessions."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.chunk import (
    ROW_COLUMNS,
    SESSION_COLUMNS,
    Chunk,
    Column,
    build_chunk,
)
from voltlift_core.history.merge import head, merge
from voltlift_core.history.records import SessionRecord

CHUNK_SESSIONS = 256
"""Most sessions in a chunk; a change rewrites one chunk."""


@dataclass(frozen=True, eq=False)
class TrainingLog:
    """All completed workouts as columns, ordered by start time.

    Row columns (one row a set, length ``n_rows``) and session columns (length
    ``n_sessions``) are listed in ``voltlift_core.history.chunk``; ``log.rows["load_kg"]``
    and ``log.sessions["start_s"]`` give them. ``rows["session"]`` indexes the session
    columns and ``rows["exercise"]`` indexes ``exercise_ids``.

    A log never changes: ``with_changes`` returns a new one that shares every chunk
    that did not change.
    """

    chunks: tuple[Chunk, ...] = ()

    @classmethod
    def from_records(cls, records: Iterable[SessionRecord]) -> TrainingLog:
        """Return the log of these sessions, in any order; of equal ids the last one counts."""
        unique = {record.id: record for record in records}
        ordered = sorted(unique.values(), key=lambda record: (record.start_s, record.id))
        return cls(
            tuple(
                build_chunk(ordered[i : i + CHUNK_SESSIONS])
                for i in range(0, len(ordered), CHUNK_SESSIONS)
            )
        )

    def with_changes(
        self, changed: Sequence[SessionRecord], deleted: Iterable[str] = ()
    ) -> TrainingLog:
        """Return the log with sessions inserted or replaced, and ids removed.

        The result equals ``from_records`` over the resulting set of sessions, apart from
        where its chunks are cut; only chunks that hold a changed session are rewritten.
        """
        gone = set(deleted)
        new = {record.id: record for record in changed}
        touched = gone | new.keys()
        pending = sorted(
            (record for record in new.values() if record.id not in gone),
            key=lambda record: (record.start_s, record.id),
        )
        if not self.chunks:
            return TrainingLog.from_records(pending)
        starts = [chunk.first_key for chunk in self.chunks]
        by_chunk: dict[int, list[SessionRecord]] = {}
        for record in pending:
            index = max(bisect.bisect_right(starts, (record.start_s, record.id)) - 1, 0)
            by_chunk.setdefault(index, []).append(record)
        chunks: list[Chunk] = []
        for index, chunk in enumerate(self.chunks):
            additions = by_chunk.get(index, [])
            removed = touched & chunk.positions.keys()
            if not additions and not removed:
                chunks.append(chunk)
                continue
            chunks.extend(
                merge(
                    chunk,
                    removed,
                    additions,
                    limit=CHUNK_SESSIONS,
                    is_last=index == len(self.chunks) - 1,
                )
            )
        return TrainingLog(tuple(chunks))

    @property
    def n_sessions(self) -> int:
        """Number of workouts."""
        return sum(chunk.n_sessions for chunk in self.chunks)

    @property
    def n_rows(self) -> int:
        """Number of sets."""
        return sum(chunk.n_rows for chunk in self.chunks)

    @cached_property
    def exercise_ids(self) -> tuple[str, ...]:
        """Ids of all exercises that occur, in order of first appearance by chunk."""
        return tuple(dict.fromkeys(id_ for chunk in self.chunks for id_ in chunk.exercise_ids))

    @cached_property
    def session_ids(self) -> tuple[str, ...]:
        """Ids of all sessions, in time order."""
        return tuple(id_ for chunk in self.chunks for id_ in chunk.session_ids)

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """Content hash by session id, as given at ingestion."""
        return {
            id_: content_hash
            for chunk in self.chunks
            for id_, content_hash in zip(chunk.session_ids, chunk.content_hashes, strict=True)
        }

    @cached_property
    def sessions(self) -> Mapping[str, Column]:
        """Session columns by name, in time order."""
        return {
            name: _concatenate([chunk.sessions[name] for chunk in self.chunks], dtype)
            for name, dtype in SESSION_COLUMNS.items()
        }

    @cached_property
    def rows(self) -> Mapping[str, Column]:
        """Row columns by name, in time order of their sessions."""
        columns = {
            name: _concatenate([chunk.rows[name] for chunk in self.chunks], dtype)
            for name, dtype in ROW_COLUMNS.items()
            if name not in ("session", "exercise")
        }
        position = {id_: index for index, id_ in enumerate(self.exercise_ids)}
        offsets = np.cumsum([0, *(chunk.n_sessions for chunk in self.chunks)])
        exercise, session = [], []
        for chunk, (first, _) in zip(self.chunks, pairwise(offsets), strict=True):
            lookup = np.array([position[id_] for id_ in chunk.exercise_ids], dtype=np.int32)
            exercise.append(lookup[chunk.rows["exercise"]])
            session.append(chunk.rows["session"] + np.int32(first))
        columns["exercise"] = _concatenate(exercise, ROW_COLUMNS["exercise"])
        columns["session"] = _concatenate(session, ROW_COLUMNS["session"])
        return columns

    def with_unit(self, old: Unit, new: Unit) -> TrainingLog:
        """Return the log with bare weights, once read in a unit, read in another.

        A session without a unit of its own is in that of the settings, so another unit
        there means other loads.
        """
        if old is new:
            return self
        return TrainingLog(tuple(chunk.with_unit(old, new) for chunk in self.chunks))

    def until(self, moment_s: float) -> TrainingLog:
        """Return the log as of a moment: the sessions that started before it.

        Replaying a log through this is how training and evaluation see the past.
        """
        chunks = []
        for chunk in self.chunks:
            start = np.asarray(chunk.sessions["start_s"])
            count = int(np.searchsorted(start, moment_s, side="left"))
            if count == chunk.n_sessions:
                chunks.append(chunk)
                continue
            if count:
                chunks.append(head(chunk, count))
            break
        return TrainingLog(tuple(chunks))


def _concatenate(parts: list[Column], dtype: np.dtype[np.generic]) -> Column:
    return np.concatenate(parts) if parts else np.empty(0, dtype)

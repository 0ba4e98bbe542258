"""What a chunk of the log says, one row per exercise of a session.

Twenty sets of a workout are some six entries. A table depends on its chunk alone, and
revisions of the log share chunks; so it is made once per chunk, and a changed session
costs the table of one chunk, whatever the size of the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.strength import one_rep_max_factor
from voltlift_core.history.chunk import Chunk, Column
from voltlift_core.history.records import DROP, FAILURE, NORMAL, WARM_UP

Ints: TypeAlias = NDArray[np.int32]
Floats: TypeAlias = NDArray[np.float64]

SESSION_FIELDS = ("start_s", "end_s", "utc_offset", "time_known")

LOW_REPS, HIGH_REPS = 5, 13
"""Sets of at most, and of at least so many repetitions count as heavy and as light."""

WARM_UP_SHARE = 0.5
"""A normal set below this share of a later load of the same exercise is taken for a warm-up."""


@dataclass(frozen=True, eq=False)
class ChunkTable:
    """Sessions with at least one working set, and what was done in them.

    A working set is completed, no warm-up, and has repetitions or seconds. A normal set of
    less than half the load that the exercise reaches later in the workout is a warm-up, too:
    apps copy the sets of the last workout without their types.

    Parameters
    ----------
    sessions : mapping
        Columns of those sessions (``SESSION_FIELDS``).
    entries : mapping
        One row per session and exercise with a working set, by session and then by first
        appearance. ``session`` counts within ``sessions``, ``exercise``
        within the chunk. ``planned`` counts all sets but warm-ups, the rest working sets:
        ``sets``, ``reps``, ``seconds``; ``load_reps`` is the sum of load times reps,
        ``load_sum`` and ``load_sets`` run over sets with a known load, ``rpe_sum`` and
        ``rpe_sets`` over those with effort. ``top_load``, ``top_reps`` and ``top_factor`` belong
        to the set with the greatest estimated one-repetition maximum, the product of load and
        factor.
        ``hard_ends`` counts drop sets and sets to failure, ``low_reps`` and ``high_reps``
        heavy and light ones; ``position`` is the exercise's place in the workout.
    skipped : mapping
        Exercises that were planned in a session without any working set: ``exercise``,
        ``start_s`` and ``planned``.
    """

    exercise_ids: tuple[str, ...]
    sessions: Mapping[str, Column]
    entries: Mapping[str, Column]
    skipped: Mapping[str, Column]
    _lookups: WeakKeyDictionary[Catalogue, Ints] = field(default_factory=WeakKeyDictionary)

    def catalogue_index(self, catalogue: Catalogue) -> Ints:
        """Index in the catalogue per exercise of the chunk; ``len(catalogue)`` if unknown."""
        lookup = self._lookups.get(catalogue)
        if lookup is None:
            known = (catalogue.index.get(id_, len(catalogue)) for id_ in self.exercise_ids)
            lookup = np.fromiter(known, np.int32, len(self.exercise_ids))
            self._lookups[catalogue] = lookup
        return lookup


_TABLES: WeakKeyDictionary[Chunk, ChunkTable] = WeakKeyDictionary()


def table_of(chunk: Chunk) -> ChunkTable:
    """Return the table of a chunk, made at the first call."""
    table = _TABLES.get(chunk)
    if table is None:
        table = _TABLES[chunk] = _tabulate(chunk)
    return table


def _tabulate(chunk: Chunk) -> ChunkTable:
    rows = chunk.rows
    reps, seconds = rows["reps"], rows["seconds"]
    width = max(len(chunk.exercise_ids), 1)
    key = rows["session"] * np.int32(width) + rows["exercise"]
    planned = _planned(chunk, key, chunk.n_sessions * width)
    working = np.flatnonzero(planned & rows["completed"] & ((reps > 0) | (seconds > 0)))
    slot, first = _group(key[working], chunk.n_sessions * width)

    session = rows["session"][working[first]]
    trained = np.flatnonzero(np.bincount(session, minlength=chunk.n_sessions))
    renumber = np.zeros(chunk.n_sessions, np.int32)
    renumber[trained] = np.arange(len(trained), dtype=np.int32)

    planned_key = key[planned]
    planned_slot = slot[planned_key]
    left_out = planned_key[planned_slot < 0]
    skipped_slot, skipped_first = _group(left_out, len(slot))
    skipped_key = left_out[skipped_first]

    entries = _sums(chunk, working, slot[key[working]], len(first))
    entries |= {
        "session": renumber[session],
        "exercise": rows["exercise"][working[first]],
        "position": rows["entry"][working[first]],
        "planned": _count(planned_slot[planned_slot >= 0], len(first)),
    }
    return ChunkTable(
        exercise_ids=chunk.exercise_ids,
        sessions={name: chunk.sessions[name][trained] for name in SESSION_FIELDS},
        entries=entries,
        skipped={
            "exercise": (skipped_key % np.int32(width)).astype(np.int32),
            "start_s": chunk.sessions["start_s"][skipped_key // np.int32(width)],
            "planned": _count(skipped_slot[left_out], len(skipped_first)),
        },
    )


def working_rows(chunk: Chunk) -> NDArray[np.bool_]:
    """Return which rows of a chunk are working sets, see ``ChunkTable``."""
    rows = chunk.rows
    width = max(len(chunk.exercise_ids), 1)
    key = rows["session"] * np.int32(width) + rows["exercise"]
    done = rows["completed"] & ((rows["reps"] > 0) | (rows["seconds"] > 0))
    working: NDArray[np.bool_] = _planned(chunk, key, chunk.n_sessions * width) & done
    return working


def _planned(chunk: Chunk, key: Ints, size: int) -> NDArray[np.bool_]:
    """Return which rows are no warm-ups, neither named so nor by their load."""
    planned: NDArray[np.bool_] = (chunk.rows["kind"] != WARM_UP) & ~_lost_warm_ups(chunk, key, size)
    return planned


def _lost_warm_ups(chunk: Chunk, key: Ints, size: int) -> NDArray[np.bool_]:
    """Return which rows are warm-ups that lost their type (by key, session and exercise)."""
    kind, load = chunk.rows["kind"], chunk.rows["load_kg"]
    done = (kind != WARM_UP) & chunk.rows["completed"] & (chunk.rows["reps"] > 0)
    lifted = np.where(done, load, np.nan)
    known = np.flatnonzero(lifted > 0)
    top = np.zeros(size)
    np.maximum.at(top, key[known], lifted[known])
    at_top = np.flatnonzero(lifted == top[key])
    first_top = np.full(size, -1, np.int32)
    # Of repeated indices the last assignment holds: backwards, that is the first occurrence.
    first_top[key[at_top[::-1]]] = at_top[::-1]
    before = np.arange(len(key)) < first_top[key]
    light = (load > 0) & (load < WARM_UP_SHARE * top[key])
    lost: NDArray[np.bool_] = (kind == NORMAL) & light & before
    return lost


def _group(key: Ints, size: int) -> tuple[Ints, Ints]:
    """Return ``(slot of each key value or -1, first occurrence of each slot)``.

    Slots count distinct values by first occurrence, so that sums over them are added up
    in the same order however the log is cut into chunks. (``np.unique`` is slow in wasm.)
    """
    first = np.full(size, -1, np.int32)
    # Of repeated indices the last assignment holds: backwards, that is the first occurrence.
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1, dtype=np.int32)
    present = np.flatnonzero(first >= 0)
    present = present[np.argsort(first[present], kind="stable")]
    slot = np.full(size, -1, np.int32)
    slot[present] = np.arange(len(present), dtype=np.int32)
    return slot, first[present]


def _count(slots: Ints, size: int) -> Floats:
    return np.bincount(slots, minlength=size).astype(np.float64)


def _sums(chunk: Chunk, working: NDArray[np.intp], slot: Ints, size: int) -> dict[str, Column]:
    rows = {name: chunk.rows[name][working] for name in ("reps", "rpe", "kind", "seconds")}
    load = chunk.rows["load_kg"][working]
    reps, rpe = rows["reps"].astype(np.float64), rows["rpe"].astype(np.float64)
    loaded, rated = ~np.isnan(load), ~np.isnan(rpe)
    known_load = np.where(loaded, load, 0.0)

    def total(values: NDArray[np.float64] | NDArray[np.bool_]) -> Floats:
        sums = np.bincount(slot, weights=values, minlength=size)
        return sums.astype(np.float64, copy=False)

    max_load = np.full(size, -np.inf)
    np.maximum.at(max_load, slot[loaded], load[loaded])
    load_sets = total(loaded)
    factor = np.nan_to_num(one_rep_max_factor(reps, rpe))  # 0 for sets by time.
    # Without a load the set with the most repetitions in it is the top set.
    order = np.argsort(known_load * factor + 1e-6 * factor, kind="stable")
    top = np.zeros(size, np.int32)
    top[slot[order]] = order
    return {
        "sets": _count(slot, size),
        "reps": total(reps),
        "load_reps": total(known_load * reps),
        "load_sum": total(known_load),
        "load_sets": load_sets,
        "max_load": np.where(load_sets > 0, max_load, np.nan),
        "top_load": load[top],
        "top_factor": factor[top],
        "top_reps": reps[top],
        "rpe_sum": total(np.where(rated, rpe, 0.0)),
        "rpe_sets": total(rated),
        "seconds": total(np.where(rows["seconds"] > 0, rows["seconds"], 0.0)),
        "hard_ends": total((rows["kind"] == DROP) | (rows["kind"] == FAILURE)),
        "low_reps": total((reps > 0) & (reps <= LOW_REPS)),
        "high_reps": total(reps >= HIGH_REPS),
    }

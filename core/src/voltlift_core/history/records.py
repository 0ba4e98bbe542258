"""Decoded records: what the decoder makes of the app state, and the log is built from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.settings import Settings

NORMAL, WARM_UP, DROP, FAILURE = range(4)
"""Codes of ``SetRecord.kind`` and of the column ``kind``."""


class SetRecord(NamedTuple):
    """One set. ``load_kg`` and ``rpe`` are NaN where missing, ``reps`` is 0 for a skipped set.

    A tuple, since there are a hundred thousand of them in a long history: they are made
    three times as fast, and transposed into columns without touching each field.
    """

    exercise_id: str
    entry: int
    load_kg: float
    reps: int
    rpe: float
    kind: int
    completed: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One completed workout.

    Times are epoch seconds (UTC); ``end_s`` is NaN where missing. ``utc_offset`` is in
    minutes. ``time_known`` is False where the source has dates only; ``unit_stated`` is
    False where the weights were read in the unit of the settings.
    """

    id: str
    start_s: float
    end_s: float
    utc_offset: int
    time_known: bool
    sets: tuple[SetRecord, ...]
    content_hash: str = ""
    unit_stated: bool = True


@dataclass(frozen=True, slots=True)
class CurrentRecord:
    """The workout going on now; ``start_s`` is NaN before it starts.

    ``exercise_ids`` are the exercises added so far, in order, with or without sets.
    """

    start_s: float = float("nan")
    exercise_ids: tuple[str, ...] = ()
    sets: tuple[SetRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DailyRecord:
    """One day's readings; a missing one is NaN. ``day`` counts days since 1970-01-01 (UTC)."""

    day: int
    sleep_hours: float
    sleep_quality: float
    stress_level: float
    muscle_soreness: float
    perceived_recovery: float
    perceived_energy: float
    bodyweight_kg: float
    hrv_ms: float
    resting_hr: float
    protein_grams: float
    water_litres: float
    pain: float
    workout_difficulty: float
    workout_satisfaction: float


@dataclass(frozen=True, slots=True)
class DecodedState:
    """What one state or delta holds after decoding.

    ``skipped_ids`` are sessions that were given but are no training history (or cannot be
    read any more), so that an earlier version of them must leave the log. ``deleted_days``
    are daily logs given as null, as days since 1970-01-01.
    """

    sessions: tuple[SessionRecord, ...] = ()
    daily: tuple[DailyRecord, ...] = ()
    settings: Settings | None = None
    custom_exercises: tuple[Exercise, ...] | None = None
    skipped_ids: frozenset[str] = field(default_factory=frozenset)
    deleted_days: frozenset[int] = field(default_factory=frozenset)

"""The rows of an export: one a completed set, in the columns of Strong or of Hevy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from voltlift_core.contract.state import ExerciseLog, SetLog, SetTypeCode, WorkoutSession
from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import Unit

Cell: TypeAlias = str | float | None
Names: TypeAlias = Callable[[str], str]

STRONG_HEADER = (
    *("Date", "Workout Name", "Exercise Name", "Set Order", "Weight", "Weight Unit", "Reps", "RPE"),
    *("Distance", "Distance Unit", "Seconds", "Notes", "Workout Notes", "Workout Duration"),
)
_HEVY_START = (
    *("title", "start_time", "end_time", "description", "exercise_title", "superset_id"),
    *("exercise_notes", "set_index", "set_type"),
)
HEVY_HEADER: Mapping[Unit, tuple[str, ...]] = {
    Unit.KG: (*_HEVY_START, "weight_kg", "reps", "distance_km", "duration_seconds", "rpe"),
    Unit.LB: (*_HEVY_START, "weight_lbs", "reps", "distance_km", "duration_seconds", "rpe"),
}
_HEVY_TYPES: Mapping[SetTypeCode, str] = {
    "N": "normal",
    "W": "warmup",
    "D": "dropset",
    "F": "failure",
}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DECIMALS = 8


def strong_rows(sessions: Iterable[WorkoutSession], names: Names) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each completed set, in the columns of Strong."""
    for session in sessions:
        start = _wall(session.start_time, session)
        date = f"{start:%Y-%m-%d %H:%M:%S}" if session.time_known else f"{start:%Y-%m-%d}"
        workout_notes = session.notes
        for log in session.logs:
            notes = log.notes
            for number, item in enumerate(_done(log), 1):
                yield (
                    date,
                    session.name,
                    names(log.exercise_id),
                    number if item.type == "N" else item.type,
                    item.weight,
                    session.unit or "kg",
                    item.reps,
                    item.rpe,
                    _km(item),
                    None if item.distance_meters is None else "km",
                    item.seconds,
                    notes,
                    workout_notes,
                    _duration(session),
                )
                notes = workout_notes = None


def hevy_rows(
    sessions: Iterable[WorkoutSession], names: Names, unit: Unit
) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each completed set, in the columns of Hevy, with weights in one unit."""
    for session in sessions:
        own = Unit.LB if session.unit == "lbs" else Unit.KG
        factor = 1.0 if own is unit else KG_PER_UNIT[own] / KG_PER_UNIT[unit]
        supersets: dict[str, int] = {}
        description = session.notes
        for log in session.logs:
            notes = log.notes
            superset = log.superset_id
            for number, item in enumerate(_done(log)):
                yield (
                    session.name,
                    _hevy_date(session.start_time, session),
                    _hevy_date(session.end_time or session.start_time, session),
                    description,
                    names(log.exercise_id),
                    None if superset is None else supersets.setdefault(superset, len(supersets)),
                    notes,
                    number,
                    _HEVY_TYPES[item.type],
                    round(item.weight * factor, _DECIMALS),
                    item.reps,
                    _km(item),
                    item.seconds,
                    item.rpe,
                )
                notes = description = None


def _done(log: ExerciseLog) -> Iterator[SetLog]:
    return (item for item in log.sets if item.completed)


def _km(item: SetLog) -> float | None:
    return None if item.distance_meters is None else item.distance_meters / 1000


def _wall(epoch_ms: int, session: WorkoutSession) -> datetime:
    offset = timedelta(milliseconds=epoch_ms, minutes=session.utc_offset_minutes or 0)
    return datetime(1970, 1, 1, tzinfo=UTC) + offset


def _hevy_date(epoch_ms: int, session: WorkoutSession) -> str:
    wall = _wall(epoch_ms, session)
    day = f"{wall.day} {_MONTHS[wall.month - 1]} {wall.year}"
    return f"{day}, {wall:%H:%M}" if session.time_known else day


def _duration(session: WorkoutSession) -> str | None:
    """Return ``1h 5m``, with seconds where there are some."""
    if session.end_time is None:
        return None
    minutes, seconds = divmod((session.end_time - session.start_time) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
    return " ".join(f"{value}{unit}" for value, unit in parts if value) or None

"""From the sets of a file to workout sessions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from voltlift_core.contract.state import ExerciseLog, SetLog, WorkoutSession
from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.issues import IssueLog
from voltlift_importers.dates import Moment
from voltlift_importers.exercises import ExerciseNames
from voltlift_importers.formats import Format
from voltlift_importers.limits import check_sessions
from voltlift_importers.rows import SetRow
from voltlift_importers.steps import Step, Steps
from voltlift_importers.units import Load, is_converted_file
from voltlift_importers.values import read_duration

LONGEST_S = 86_400.0
_METRES_PER_DISTANCE = {Unit.KG: 1000.0, Unit.LB: 1609.344}
_DECIMALS = 8
SESSIONS_PER_STEP = 50


class BuiltSession(NamedTuple):
    """A session, and the line of the file on which it begins."""

    session: WorkoutSession
    line: int


class SessionBuilder:
    """Builds the sessions of one file.

    Ids come from app, wall time to the minute and workout name, so that the same file, a
    longer one, or one that a spreadsheet cut the seconds off, gives the same ids; the
    unit and the UTC offset play no part in them.

    Parameters
    ----------
    form : Format
        The app's table; its name is the first part of the ids, and the sessions' source.
    unit : Unit
        Unit of weights whose row does not state its own.
    utc_offset_minutes : int
        Offset of wall times whose row does not state its own.
    names : ExerciseNames
        Gives exercise ids.
    issues : IssueLog
        Takes note of what was corrected.
    """

    def __init__(
        self,
        form: Format,
        *,
        unit: Unit,
        utc_offset_minutes: int,
        names: ExerciseNames,
        issues: IssueLog,
    ) -> None:
        self._app = form.app
        self._pause = form.longest_pause_minutes
        self._unit = unit
        self._offset = utc_offset_minutes
        self._names = names
        self._issues = issues
        self._converted_units: frozenset[Unit] = frozenset()
        self._main_unit = unit

    def build(self, rows: Sequence[SetRow]) -> Steps[list[BuiltSession]]:
        """Return the sessions, oldest first, each with its first line."""
        loads: dict[Unit, set[Load]] = {unit: set() for unit in Unit}
        for row in rows:
            loads[row.unit or self._unit].add(row.load)
        self._converted_units = frozenset(
            unit for unit in Unit if is_converted_file(loads[unit], unit)
        )
        units = Counter(unit for row in rows if row.load.value for _, unit in [self._entered(row)])
        self._main_unit = max(units, key=lambda unit: units[unit]) if units else self._unit
        starts = None if self._pause is None else _starts(rows, self._pause)
        groups: dict[str, list[SetRow]] = {}
        ids: dict[tuple[Moment, str], str] = {}
        for row in rows:
            moment = row.moment if starts is None else starts[row.moment]
            key = (moment, row.workout)
            if key not in ids:
                ids[key] = self._session_id(moment, row.workout)
            groups.setdefault(ids[key], []).append(row)
        check_sessions(len(groups))
        built: list[BuiltSession] = []
        for done, (id_, group) in enumerate(groups.items()):
            if any(row.kind is not None for row in group):
                built.append(BuiltSession(self._session(id_, group), group[0].line))
            if done % SESSIONS_PER_STEP == 0:
                yield Step("building", done, len(groups))
        built.sort(key=lambda found: (found.session.start_time, found.session.id))
        return built

    def _session_id(self, moment: Moment, workout: str) -> str:
        wall = moment.wall.strftime("%Y%m%dT%H%M" if moment.time_known else "%Y%m%d")
        digest = hashlib.blake2s(workout.encode("utf-8", "surrogatepass"), digest_size=4)
        return f"{self._app}-{wall}-{digest.hexdigest()}"

    def _session(self, id_: str, rows: Sequence[SetRow]) -> WorkoutSession:
        first = min(rows, key=lambda row: row.moment.wall)
        moment = first.moment
        # A zone of +0000 names the instant, not the place: such apps write in UTC.
        own = moment.utc_offset_minutes or None
        start = moment.epoch_ms(self._offset)
        unit = self._session_unit(rows)
        return WorkoutSession(
            id=id_,
            name=first.workout or "Workout",
            start_time=start,
            end_time=self._end(rows, start) if moment.time_known else None,
            logs=self._logs(id_, rows, unit),
            status="completed",
            unit=unit.code,
            utc_offset_minutes=self._offset if own is None else own,
            time_known=moment.time_known,
            source=self._app,
            notes=_joined(row.workout_notes for row in rows),
        )

    def _end(self, rows: Sequence[SetRow], start: int) -> int | None:
        row = next((row for row in rows if row.duration or row.end), None)
        if row is None:
            return None
        if row.end is not None:
            end = row.end.epoch_ms(self._offset)
            if start <= end <= start + LONGEST_S * 1000:
                return end if end > start else None
            expected = "an end within 24 hours after the start"
            received = row.end.wall.isoformat(" ")
            self._issues.quarantined("end_out_of_range", f"line {row.line}", expected, received)
            return None
        seconds = read_duration(row.duration)
        if seconds is None or seconds > LONGEST_S:
            self._issues.quarantined(
                "duration_unreadable",
                f"line {row.line}",
                "a duration of up to 24 hours, such as 1h 5m",
                row.duration,
            )
            return None
        return start + int(seconds * 1000) if seconds else None

    def _session_unit(self, rows: Sequence[SetRow]) -> Unit:
        """Return the unit most of a session's weights were entered in."""
        counts = Counter(unit for row in rows if row.load.value for _, unit in [self._entered(row)])
        if not counts:
            return self._main_unit
        return max(counts, key=lambda unit: (counts[unit], unit is self._main_unit))

    def _entered(self, row: SetRow) -> tuple[float, Unit]:
        """Return a weight as it was entered: the plate behind a converted number."""
        unit = row.unit or self._unit
        if unit in self._converted_units:
            plate = row.load.converted(unit)
            if plate is not None:
                return plate, Unit.LB if unit is Unit.KG else Unit.KG
        return row.load.value, unit

    def _weight(self, row: SetRow, session_unit: Unit) -> float:
        value, unit = self._entered(row)
        if unit is not (row.unit or self._unit):
            self._issues.repaired(
                "converted_weights", f"line {row.line}", f"{value:g} {unit}", row.load.value
            )
        if unit is session_unit or not value:
            return value
        expected = f"one unit in a workout ({session_unit})"
        self._issues.repaired("mixed_units", f"line {row.line}", expected, f"{value:g} {unit}")
        return round(value * KG_PER_UNIT[unit] / KG_PER_UNIT[session_unit], _DECIMALS)

    def _logs(self, id_: str, rows: Sequence[SetRow], unit: Unit) -> tuple[ExerciseLog, ...]:
        """Return one log for each run of rows of the same exercise."""
        runs: list[list[SetRow]] = []
        for row in rows:
            last = runs[-1][0] if runs else None
            if last is not None and (last.exercise, last.superset) == (row.exercise, row.superset):
                runs[-1].append(row)
            else:
                runs.append([row])
        logs: list[ExerciseLog] = []
        for run in runs:
            sets = [row for row in run if row.kind is not None]
            if not sets:
                continue
            log_id = f"{id_}-{len(logs)}"
            self._names.count(run[0].exercise, len(sets))
            logs.append(
                ExerciseLog(
                    id=log_id,
                    exercise_id=self._names.id_of(run[0].exercise),
                    sets=tuple(self._set(f"{log_id}-{i}", row, unit) for i, row in enumerate(sets)),
                    notes=_joined(row.notes for row in run),
                    superset_id=f"{id_}-s{run[0].superset}" if run[0].superset else None,
                )
            )
        return tuple(logs)

    def _set(self, id_: str, row: SetRow, unit: Unit) -> SetLog:
        distance = row.distance
        if distance is not None and not row.metres_known:
            named = "km" if self._unit is Unit.KG else "mi"
            self._issues.warning(
                "distance_unit_assumed", f"line {row.line}", "a unit of length", f"{named} assumed"
            )
            distance *= _METRES_PER_DISTANCE[self._unit]
        return SetLog(
            id=id_,
            reps=row.reps,
            weight=self._weight(row, unit),
            rpe=row.rpe,
            type=row.kind or "N",
            # Apps write reps of 0 for a set that was planned and not done.
            completed=bool(row.reps or row.seconds or distance),
            seconds=row.seconds,
            distance_meters=None if distance is None else round(distance, 3),
        )


def _starts(rows: Sequence[SetRow], pause_minutes: int) -> dict[Moment, Moment]:
    """Return the start of its workout for each moment: the first without a longer pause."""
    starts: dict[Moment, Moment] = {}
    pause = timedelta(minutes=pause_minutes)
    start = last = None
    for moment in sorted({row.moment for row in rows}, key=lambda moment: moment.epoch_ms(0)):
        if start is None or last is None or moment.wall - last > pause:
            start = moment
        starts[moment], last = start, moment.wall
    return starts


def _joined(texts: Iterable[str]) -> str | None:
    """Return distinct notes, one a line; None where there are none."""
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None

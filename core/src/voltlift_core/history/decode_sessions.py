"""Decoding of workout sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.spelling import read_status, read_unit
from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import SessionStatus, Unit
from voltlift_core.history.decode_exercises import ExerciseIds
from voltlift_core.history.decode_sets import decode_sets
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.records import SessionRecord, SetRecord
from voltlift_core.history.values import NAN, as_name, as_number, as_seconds
from voltlift_core.wire import Json

MOCK_IDS = frozenset({"h1", "h2"})
"""Sessions that every new user of the app carries; nobody trained them."""

LONGEST_S = 86_400.0
"""A workout that was longer was not ended when it was over."""

MAX_OFFSET = 14 * 60
"""Minutes that the lifter's clock may be ahead of UTC, or behind it."""


class SessionReader:
    """Reads sessions of one state or delta.

    Parameters
    ----------
    catalogue : Catalogue
        Resolves exercise ids.
    unit : Unit
        Unit of sessions that do not carry their own.
    unit_known : bool
        Whether the lifter said so; where not, one warning is given.
    utc_offset_minutes : int
        UTC offset of sessions that do not carry their own.
    issues : IssueLog
        Takes note of what was repaired or left out.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        unit: Unit,
        unit_known: bool,
        utc_offset_minutes: int,
        issues: IssueLog,
    ) -> None:
        self._ids = ExerciseIds(catalogue, issues)
        self._unit = unit
        self._unit_known = unit_known
        self._utc_offset = utc_offset_minutes
        self._issues = issues

    def read_all(
        self, values: Sequence[Json], path: str, hashes: Mapping[str, str], first: int = 0
    ) -> tuple[tuple[SessionRecord, ...], frozenset[str]]:
        """Return ``(records of completed workouts, ids of the others)``.

        Of equal ids the last one counts. ``first`` is the index of the first value, for paths,
        where they come in parts.
        """
        found: dict[str, SessionRecord | None] = {}
        for index, value in enumerate(values, first):
            here = f"{path}[{index}]"
            if not isinstance(value, dict):
                self._issues.quarantined("session_unreadable", here, "a session", value)
                continue
            id_ = as_name(value.get("id"))
            if id_ is None:
                self._issues.quarantined(
                    "session_without_id", f"{here}.id", "text", value.get("id")
                )
                continue
            if id_ in found:
                self._issues.quarantined("duplicate_session", f"{here}.id", "an id of its own", id_)
            found[id_] = self._read(value, id_, here, hashes.get(id_, ""))
        return (
            tuple(record for record in found.values() if record is not None),
            frozenset(id_ for id_, record in found.items() if record is None),
        )

    def _read(
        self, value: dict[str, Json], id_: str, path: str, content_hash: str
    ) -> SessionRecord | None:
        if id_ in MOCK_IDS or not self._is_completed(value.get("status"), f"{path}.status"):
            return None
        start_s, end_s = self._read_times(value, path)
        if start_s is None:
            return None
        own_unit = self._read_unit(value.get("unit"), path)
        return SessionRecord(
            id=id_,
            start_s=start_s,
            end_s=end_s,
            utc_offset=self._read_offset(value.get("utcOffsetMinutes"), path),
            time_known=value.get("timeKnown") is not False,
            sets=self._read_logs(value.get("logs"), path, own_unit or self._unit),
            content_hash=content_hash,
            unit_stated=own_unit is not None,
        )

    def _is_completed(self, value: Json, path: str) -> bool:
        if value == "completed":
            return True
        expected = "one of " + ", ".join(SessionStatus)
        status = read_status(value) if isinstance(value, str) else None
        if status is None:
            self._issues.warning("session_status_unknown", path, expected, value)
            return True
        if status != value:
            self._issues.repaired("session_status_spelling", path, repr(str(status)), value)
        return status is SessionStatus.COMPLETED

    def _read_times(self, value: dict[str, Json], path: str) -> tuple[float | None, float]:
        expected = "epoch milliseconds from 1970 to 2100"
        start, start_exact = as_seconds(value.get("startTime"))
        end, end_exact = as_seconds(value.get("endTime"))
        if start is None:
            self._issues.quarantined(
                "session_without_time" if end is None else "start_time_unreadable",
                f"{path}.startTime",
                expected,
                value.get("startTime"),
            )
            return end, NAN
        if not start_exact:
            here = f"{path}.startTime"
            self._issues.repaired("start_time_as_text", here, expected, value["startTime"])
        if value.get("endTime") is None:
            return start, NAN
        here = f"{path}.endTime"
        if end is None:
            self._issues.quarantined("end_time_unreadable", here, expected, value["endTime"])
            return start, NAN
        if not end_exact:
            self._issues.repaired("end_time_as_text", here, expected, value["endTime"])
        if end < start:
            self._issues.quarantined("end_before_start", here, "a later time", value["endTime"])
            return start, NAN
        if end - start > LONGEST_S:
            self._issues.quarantined(
                "session_too_long", here, "at most 24 hours after the start", value["endTime"]
            )
            return start, NAN
        return start, end

    def _read_offset(self, value: Json, path: str) -> int:
        if value is None:
            return self._utc_offset
        number = as_number(value)
        if number is not None and number.is_integer() and abs(number) <= MAX_OFFSET:
            return int(number)
        self._issues.quarantined(
            "utc_offset_unreadable",
            f"{path}.utcOffsetMinutes",
            "whole minutes from -840 to 840",
            value,
        )
        return self._utc_offset

    def _read_unit(self, value: Json, path: str) -> Unit | None:
        """Return the session's own unit; None where that of the settings holds."""
        if value == "kg":
            return Unit.KG
        if value == "lbs":
            return Unit.LB
        here = f"{path}.unit"
        if value is None:
            if not self._unit_known:
                expected = "a unit in the settings or in the session"
                self._issues.warning("unit_assumed", here, expected, value)
            return None
        unit = read_unit(value) if isinstance(value, str) else None
        if unit is None:
            self._issues.warning("session_unit_unknown", here, "kg or lbs", value)
            return None
        self._issues.repaired("session_unit_spelling", here, repr(str(unit)), value)
        return unit

    def _read_logs(self, value: Json, path: str, unit: Unit) -> tuple[SetRecord, ...]:
        if not isinstance(value, list | tuple):
            if value is not None:
                self._issues.quarantined(
                    "exercises_unreadable", f"{path}.logs", "a list of exercises", value
                )
            return ()
        sets: list[SetRecord] = []
        for entry, item in enumerate(value):
            here = f"{path}.logs[{entry}]"
            if not isinstance(item, dict):
                self._issues.quarantined("exercise_unreadable", here, "an exercise", item)
                continue
            exercise_id = self._ids.read(item.get("exerciseId"), f"{here}.exerciseId")
            if exercise_id is None:
                continue
            decode_sets(
                item.get("sets"),
                f"{here}.sets",
                exercise_id=exercise_id,
                entry=entry,
                kg_per_unit=KG_PER_UNIT[unit],
                issues=self._issues,
                into=sets,
            )
        return tuple(sets)

"""A chunk of the log: up to 256 sessions as self-contained columns, and its stored form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.records import SessionRecord, SetRecord

CHUNK_FORMAT = "chunk/1"

Column: TypeAlias = NDArray[Any]
"""One column; its dtype is the one listed for its name."""

ROW_COLUMNS: Mapping[str, np.dtype[np.generic]] = {
    "session": np.dtype(np.int32),
    "exercise": np.dtype(np.int32),
    "entry": np.dtype(np.int32),
    "load_kg": np.dtype(np.float64),
    "reps": np.dtype(np.int32),
    "rpe": np.dtype(np.float32),
    "kind": np.dtype(np.int8),
    "completed": np.dtype(np.bool_),
    "seconds": np.dtype(np.float32),
}
"""``entry`` is the position of the exercise in its session; ``kind`` see ``records``."""

SESSION_COLUMNS: Mapping[str, np.dtype[np.generic]] = {
    "start_s": np.dtype(np.float64),
    "end_s": np.dtype(np.float64),
    "utc_offset": np.dtype(np.int32),
    "time_known": np.dtype(np.bool_),
    "unit_stated": np.dtype(np.bool_),
}

_ALL_COLUMNS = {f"r.{k}": v for k, v in ROW_COLUMNS.items()} | {
    f"s.{k}": v for k, v in SESSION_COLUMNS.items()
}


@dataclass(frozen=True, eq=False)
class Chunk:
    """Columns of consecutive sessions; ``session`` and ``exercise`` index within the chunk."""

    session_ids: tuple[str, ...]
    content_hashes: tuple[str, ...]
    exercise_ids: tuple[str, ...]
    sessions: Mapping[str, Column]
    rows: Mapping[str, Column]

    @property
    def n_sessions(self) -> int:
        """Number of sessions."""
        return len(self.session_ids)

    @property
    def n_rows(self) -> int:
        """Number of sets."""
        return len(self.rows["session"])

    @property
    def first_key(self) -> tuple[float, str]:
        """Sort key of the first session."""
        return float(self.sessions["start_s"][0]), self.session_ids[0]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Position of each session by id."""
        return {id_: index for index, id_ in enumerate(self.session_ids)}

    def records(self) -> list[SessionRecord]:
        """Return the sessions as records; the inverse of ``build_chunk``."""
        rows = {name: column.tolist() for name, column in self.rows.items()}
        sessions = {name: column.tolist() for name, column in self.sessions.items()}
        sets: list[list[SetRecord]] = [[] for _ in self.session_ids]
        for i, session in enumerate(rows["session"]):
            sets[session].append(
                SetRecord(
                    exercise_id=self.exercise_ids[rows["exercise"][i]],
                    entry=rows["entry"][i],
                    load_kg=rows["load_kg"][i],
                    reps=rows["reps"][i],
                    rpe=rows["rpe"][i],
                    kind=rows["kind"][i],
                    completed=rows["completed"][i],
                    seconds=rows["seconds"][i],
                )
            )
        return [
            SessionRecord(
                id=id_,
                start_s=sessions["start_s"][i],
                end_s=sessions["end_s"][i],
                utc_offset=sessions["utc_offset"][i],
                time_known=sessions["time_known"][i],
                sets=tuple(sets[i]),
                content_hash=self.content_hashes[i],
                unit_stated=sessions["unit_stated"][i],
            )
            for i, id_ in enumerate(self.session_ids)
        ]

    def with_unit(self, old: Unit, new: Unit) -> Chunk:
        """Return the chunk with bare weights, once read in a unit, read in another."""
        bare = ~self.sessions["unit_stated"][self.rows["session"]]
        if not bare.any():
            return self
        # Rounded to what was entered: no change of units leaves noise behind.
        entered = np.round(self.rows["load_kg"] / KG_PER_UNIT[old], 9)
        load_kg = np.where(bare, entered * KG_PER_UNIT[new], self.rows["load_kg"])
        return replace(self, rows={**self.rows, "load_kg": load_kg})

    def dump(self) -> tuple[str, bytes]:
        """Return ``(header, data)`` for the feature store; ``load_chunk`` reads it back."""
        columns = {f"r.{k}": v for k, v in self.rows.items()} | {
            f"s.{k}": v for k, v in self.sessions.items()
        }
        header = {
            "format": CHUNK_FORMAT,
            "rows": self.n_rows,
            "sessionIds": self.session_ids,
            "hashes": self.content_hashes,
            "exerciseIds": self.exercise_ids,
        }
        data = b"".join(columns[name].tobytes() for name in _ALL_COLUMNS)
        return json.dumps(header, separators=(",", ":")), data


def build_chunk(records: Sequence[SessionRecord]) -> Chunk:
    """Return the chunk of these sessions, which are ordered by start time and id."""
    # Sets are tuples: one transposition gives all columns but the two indices.
    columns = zip(*(item for record in records for item in record.sets), strict=True)
    table: dict[str, Sequence[Any]] = dict(zip(SetRecord._fields, columns, strict=False))
    index: dict[str, int] = {}
    table["exercise"] = [index.setdefault(id_, len(index)) for id_ in table.pop("exercise_id", ())]
    table["session"] = [i for i, record in enumerate(records) for _ in record.sets]
    return Chunk(
        session_ids=tuple(record.id for record in records),
        content_hashes=tuple(record.content_hash for record in records),
        exercise_ids=tuple(index),
        sessions={
            name: np.array([getattr(record, name) for record in records], dtype=dtype)
            for name, dtype in SESSION_COLUMNS.items()
        },
        rows={
            name: np.array(table.get(name, ()), dtype=dtype) for name, dtype in ROW_COLUMNS.items()
        },
    )


def load_chunk(header: str, data: bytes) -> Chunk:
    """Return the chunk that ``Chunk.dump`` wrote.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where header and bytes do not fit each other or this version.
    """
    try:
        fields = json.loads(header)
        if fields["format"] != CHUNK_FORMAT:
            raise ValueError(f"format {fields['format']!r}")
        session_ids = tuple(map(str, fields["sessionIds"]))
        counts = {"r": int(fields["rows"]), "s": len(session_ids)}
        columns: dict[str, Column] = {}
        offset = 0
        for name, dtype in _ALL_COLUMNS.items():
            columns[name] = np.frombuffer(data, dtype, counts[name[0]], offset)
            offset += columns[name].nbytes
        if offset != len(data):
            raise ValueError(f"{len(data)} bytes, {offset} expected")
        chunk = Chunk(
            session_ids=session_ids,
            content_hashes=tuple(map(str, fields["hashes"])),
            exercise_ids=tuple(map(str, fields["exerciseIds"])),
            sessions={name: columns[f"s.{name}"] for name in SESSION_COLUMNS},
            rows={name: columns[f"r.{name}"] for name in ROW_COLUMNS},
        )
        _check_indices(chunk)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            f"a stored chunk of the log cannot be used ({error})",
            expected=CHUNK_FORMAT,
            received=header[:60],
            remedy="It is derived data and will be rebuilt from the log",
        ) from error
    return chunk


def _check_indices(chunk: Chunk) -> None:
    if len(chunk.content_hashes) != chunk.n_sessions:
        raise ValueError("hashes do not fit the sessions")
    if not chunk.n_sessions:
        raise ValueError("no session")
    if np.any(np.diff(chunk.rows["session"]) < 0) or np.any(np.diff(chunk.sessions["start_s"]) < 0):
        raise ValueError("out of order")
    for name, limit in (("session", chunk.n_sessions), ("exercise", len(chunk.exercise_ids))):
        column = np.asarray(chunk.rows[name], dtype=np.int64)
        if column.size and (column.min() < 0 or column.max() >= limit):
            raise ValueError(f"column {name} points outside")

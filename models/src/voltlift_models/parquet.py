"""A corpus on disk: one Parquet row a set, and one a lifter.

``sets.parquet`` holds the logs, ordered by lifter, session and set; a session without a set
has one row whose exercise and set columns are null. ``lifters.parquet`` holds a row for each
lifter: name, source, and the documents of the app state (settings, own exercises, daily logs)
as JSON. Its metadata names the format and lists what was left out. Both read with any Parquet
library; ``read_corpus`` gives back the very logs that were written, column by column.

====================  =======  ==========================================================
Column                Type     Meaning
====================  =======  ==========================================================
lifter                string   name of the lifter
session               string   id of the session
start_s, end_s        double   epoch seconds; end null where unknown
utc_offset            int32    minutes to add to UTC for the lifter's clock
time_known            bool     false where the export has dates only
unit_stated           bool     false where the weights were read in the settings' unit
entry                 int32    position of the exercise in its session
exercise              string   exercise id, catalogue or ``custom-``
load_kg               double   load in kilograms, null where there is none
reps                  int32    repetitions, 0 for timed or skipped sets
rpe                   float    rate of perceived exertion, null where not logged
kind                  string   N normal, W warm-up, D drop set, F to failure
completed             bool     whether it was done
seconds               float    duration of a timed set, null elsewhere
====================  =======  ==========================================================
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from voltlift_core import ErrorCode, Json, VoltLiftError
from voltlift_models.corpus import Corpus, Excluded, Lifter, Notice, Source

FORMAT = "voltlift-corpus/1"
SETS, LIFTERS = "sets.parquet", "lifters.parquet"

KINDS = "NWDF"
"""Letters of the engine's set kinds, by code."""

SET_SCHEMA = pa.schema(
    [
        ("lifter", pa.string()),
        ("session", pa.string()),
        ("start_s", pa.float64()),
        ("end_s", pa.float64()),
        ("utc_offset", pa.int32()),
        ("time_known", pa.bool_()),
        ("unit_stated", pa.bool_()),
        ("entry", pa.int32()),
        ("exercise", pa.string()),
        ("load_kg", pa.float64()),
        ("reps", pa.int32()),
        ("rpe", pa.float32()),
        ("kind", pa.string()),
        ("completed", pa.bool_()),
        ("seconds", pa.float32()),
    ]
)

LIFTER_SCHEMA = pa.schema(
    [
        ("lifter", pa.string()),
        ("file", pa.string()),
        ("sha256", pa.string()),
        ("licence", pa.string()),
        ("simulated", pa.bool_()),
        ("sessions", pa.int32()),
        ("sets", pa.int32()),
        ("documents", pa.string()),
    ]
)

_SESSION_COLUMNS = ("start_s", "end_s", "utc_offset", "time_known", "unit_stated")
_SET_COLUMNS = ("entry", "load_kg", "reps", "rpe", "completed", "seconds")
_KG_PER_LB = 0.45359237


def write_corpus(folder: Path, corpus: Corpus) -> None:
    """Write a corpus, in place of one that may be there."""
    folder.mkdir(parents=True, exist_ok=True)
    # Without it there is no corpus: an interruption leaves no mixture of two.
    (folder / LIFTERS).unlink(missing_ok=True)
    sets = [sets_table(lifter) for lifter in corpus.lifters]
    table = pa.concat_tables(sets) if sets else SET_SCHEMA.empty_table()
    pq.write_table(table, folder / SETS, compression="zstd")
    metadata = {
        "format": FORMAT,
        "excluded": json.dumps([asdict(item) for item in corpus.excluded]),
        "notices": json.dumps([asdict(item) for item in corpus.notices]),
    }
    lifters = lifters_table(corpus.lifters).replace_schema_metadata(metadata)
    pq.write_table(lifters, folder / LIFTERS, compression="zstd")


def read_corpus(folder: Path) -> Corpus:
    """Return the corpus that ``write_corpus`` wrote.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where the files are missing, damaged or of another format.
    """
    try:
        lifters = pq.read_table(folder / LIFTERS)
        stored = {k.decode(): v.decode() for k, v in (lifters.schema.metadata or {}).items()}
        if stored.get("format") != FORMAT:
            raise ValueError(f"format {stored.get('format')!r}")
        sets = pq.read_table(folder / SETS)
        remarks = {name: json.loads(stored[name]) for name in ("excluded", "notices")}
        return Corpus(
            tuple(lifters_of(sets, lifters)),
            tuple(Excluded(**item) for item in remarks["excluded"]),
            tuple(Notice(**item) for item in remarks["notices"]),
        )
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError) as error:
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            f"there is no corpus that can be read ({error})",
            path=str(folder),
            expected=f"{LIFTERS} and {SETS} of format {FORMAT}",
            remedy="Write it again with `voltlift ingest`",
        ) from error


def is_corpus(folder: Path) -> bool:
    """Return whether a folder holds a corpus rather than exports."""
    return (folder / LIFTERS).is_file() and (folder / SETS).is_file()


def lifters_table(lifters: Sequence[Lifter]) -> pa.Table:
    """Return one row a lifter, in ``LIFTER_SCHEMA``."""
    rows = [
        {
            "lifter": lifter.name,
            **asdict(lifter.source),
            "sessions": lifter.state.log.n_sessions,
            "sets": lifter.state.log.n_rows,
            "documents": json.dumps(dict(lifter.state.documents), separators=(",", ":")),
        }
        for lifter in lifters
    ]
    return pa.Table.from_pylist(rows, LIFTER_SCHEMA)


def sets_table(lifter: Lifter) -> pa.Table:
    """Return the log of a lifter, in ``SET_SCHEMA``."""
    log = lifter.state.log
    rows, sessions = log.rows, log.sessions
    empty = np.setdiff1d(np.arange(log.n_sessions), rows["session"])
    session = np.append(rows["session"], empty).astype(np.int64)
    order = np.argsort(session, kind="stable")
    session = session[order]
    blank = np.append(np.zeros(log.n_rows, np.bool_), np.ones(len(empty), np.bool_))[order]

    def of_set(values: Any) -> Any:
        padded = np.append(values, np.zeros(len(empty), values.dtype))
        return np.asarray(padded[order], values.dtype)

    kinds = np.array(list(KINDS))[of_set(rows["kind"])]
    ids = np.array([*log.exercise_ids, ""], dtype=object)[of_set(rows["exercise"])]
    columns = {
        "lifter": pa.array([lifter.name] * len(session), pa.string()),
        "session": pa.array([log.session_ids[at] for at in session.tolist()], pa.string()),
        "exercise": pa.array(ids, pa.string(), mask=blank),
        "kind": pa.array(kinds, pa.string(), mask=blank),
    }
    for name in _SESSION_COLUMNS:
        columns[name] = pa.array(sessions[name][session], from_pandas=True)
    for name in _SET_COLUMNS:
        values = of_set(rows[name])
        # A mask of one's own takes the place of the one that pyarrow makes of NaN.
        columns[name] = pa.array(values, mask=blank | np.isnan(values))
    return pa.table([columns[name] for name in SET_SCHEMA.names], schema=SET_SCHEMA)


def lifters_of(sets: pa.Table, lifters: pa.Table) -> Iterator[Lifter]:
    """Return the lifters of tables in the two schemas; the inverse of writing them."""
    rows = sets.to_pylist()
    logs = {name: list(group) for name, group in groupby(rows, itemgetter("lifter"))}
    for row in lifters.to_pylist():
        documents = json.loads(row["documents"])
        unit = (documents.get("settings") or {}).get("units", "kg")
        history = [
            _session(list(group), unit)
            for _, group in groupby(logs.get(row["lifter"], []), itemgetter("session"))
        ]
        if len(history) != row["sessions"]:
            raise ValueError(f"{row['lifter']} has {len(history)} of {row['sessions']} sessions")
        source = Source(row["file"], row["sha256"], row["licence"], row["simulated"])
        state: Json = {**documents, "history": history}
        yield Lifter.of_app_state(row["lifter"], state, source)


def _session(rows: list[dict[str, Any]], unit: str) -> Json:
    """Return a session of an app state; bare weights go back to the unit they were read in."""
    head = rows[0]
    bare = not head["unit_stated"] and unit != "kg"
    logs: list[Json] = []
    sets = [row for row in rows if row["exercise"] is not None]
    for entry, group in groupby(sets, itemgetter("entry")):
        items = list(group)
        # Entries that held no set still count, so that the others keep their positions.
        logs += [{"exerciseId": items[0]["exercise"], "sets": []}] * (entry - len(logs))
        logs.append(
            {"exerciseId": items[0]["exercise"], "sets": [_set(item, bare) for item in items]}
        )
    return {
        "id": head["session"],
        "startTime": _milliseconds(head["start_s"]),
        "endTime": None if head["end_s"] is None else _milliseconds(head["end_s"]),
        "utcOffsetMinutes": head["utc_offset"],
        "timeKnown": head["time_known"],
        "unit": "kg" if head["unit_stated"] else None,
        "status": "completed",
        "logs": logs,
    }


def _set(row: dict[str, Any], bare: bool) -> Json:
    load = row["load_kg"]
    return {
        "weight": round(load / _KG_PER_LB, 9) if bare and load is not None else load,
        "reps": row["reps"],
        "rpe": row["rpe"],
        "type": row["kind"],
        "completed": row["completed"],
        "seconds": row["seconds"],
    }


def _milliseconds(seconds: float) -> float:
    value = seconds * 1000
    return round(value) if math.isclose(value, round(value), abs_tol=1e-3) else value

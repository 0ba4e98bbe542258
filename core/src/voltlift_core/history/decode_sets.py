"""Decoding of sets: the innermost loop, fast where the values are as they should be."""

from __future__ import annotations

from voltlift_core.domain.spelling import read_set_type
from voltlift_core.domain.vocabulary import SetType
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.records import DROP, FAILURE, NORMAL, WARM_UP, SetRecord
from voltlift_core.history.values import NAN, NumberField
from voltlift_core.wire import Json

MAX_WEIGHT = 5000.0
MAX_REPS = 10_000
MAX_SECONDS = 604_800.0

_WEIGHT = NumberField("weight", 0, MAX_WEIGHT)
_REPS = NumberField("reps", 0, MAX_REPS)
_RPE = NumberField("rpe", 1, 10)
_SECONDS = NumberField("seconds", 0, MAX_SECONDS, "s")

KINDS: dict[str, int] = {
    SetType.NORMAL.value: NORMAL,
    SetType.WARM_UP.value: WARM_UP,
    SetType.DROP.value: DROP,
    SetType.FAILURE.value: FAILURE,
}
"""Wire letter of a set type → code of the column ``kind``."""

_DONE = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def decode_sets(
    value: Json,
    path: str,
    *,
    exercise_id: str,
    entry: int,
    kg_per_unit: float,
    issues: IssueLog,
    into: list[SetRecord],
) -> None:
    """Append the readable sets of one exercise of a session.

    A set with an unreadable value keeps its other values (the weight is then NaN, the reps
    are 0, the RPE is NaN); only what is no object at all is left out.
    """
    if not isinstance(value, list | tuple):
        if value is not None:
            issues.quarantined("sets_unreadable", path, "a list of sets", value)
        return
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            issues.quarantined("set_unreadable", f"{path}[{index}]", "a set", item)
            continue
        get = item.get
        weight = get("weight")
        # Exact types on the good path: a boolean is an int, and NaN fails every comparison.
        if not ((type(weight) is float or type(weight) is int) and 0 <= weight <= MAX_WEIGHT):
            weight = _WEIGHT.read(weight, f"{path}[{index}].weight", issues)
        reps = get("reps")
        if not (type(reps) is int and 0 <= reps <= MAX_REPS):
            reps = _read_reps(reps, f"{path}[{index}].reps", issues)
        rpe = get("rpe")
        if rpe is None:
            rpe = NAN
        elif not ((type(rpe) is float or type(rpe) is int) and 1 <= rpe <= 10):
            rpe = _RPE.read(rpe, f"{path}[{index}].rpe", issues)
        kind = get("type")
        code = KINDS.get(kind) if type(kind) is str else None
        if code is None:
            code = _read_kind(kind, f"{path}[{index}].type", issues)
        completed = get("completed")
        if completed is not True and completed is not False:
            completed = _read_completed(completed, f"{path}[{index}].completed", issues)
        seconds = get("seconds")
        seconds = (
            NAN if seconds is None else _SECONDS.read(seconds, f"{path}[{index}].seconds", issues)
        )
        into.append(
            SetRecord(
                exercise_id,
                entry,
                weight * kg_per_unit,
                reps,
                float(rpe),
                code,
                completed,
                seconds,
            )
        )


def _read_reps(value: Json, path: str, issues: IssueLog) -> int:
    number = _REPS.read(value, path, issues)
    if number != number:
        return 0
    if not number.is_integer():
        issues.repaired("reps_fraction", path, "a whole number", value)
    return int(number)


def _read_kind(value: Json, path: str, issues: IssueLog) -> int:
    kind = read_set_type(value) if isinstance(value, str) else None
    if kind is None:
        issues.warning("set_type_unknown", path, "one of N, W, D, F", value)
        return NORMAL
    issues.repaired("set_type_spelling", path, repr(str(kind)), value)
    return KINDS[kind]


def _read_completed(value: Json, path: str, issues: IssueLog) -> bool:
    """Return whether a set was done: only what says so counts."""
    done: bool | None = None
    if isinstance(value, str):
        done = _DONE.get(value.strip().casefold())
    elif isinstance(value, int | float) and value in (0, 1):
        done = bool(value)
    if done is None:
        issues.quarantined("completed_unreadable", path, "true or false", value)
        return False
    issues.repaired("completed_spelling", path, "true or false", value)
    return done

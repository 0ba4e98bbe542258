"""Decoding of what the lifter told about suggestions, and of the strength test."""

from __future__ import annotations

from collections.abc import Mapping

from voltlift_core.domain.feedback import Outcome, SuggestionRecord
from voltlift_core.domain.settings import BaselineLift
from voltlift_core.domain.spelling import read_unit
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode_exercises import ExerciseIds
from voltlift_core.history.issues import IssueLog
from voltlift_core.history.values import NumberField, as_seconds
from voltlift_core.wire import Json

MAX_SUGGESTIONS = 500
"""Suggestions that are kept and read, the latest ones."""

_BIAS = NumberField("suggestion_bias", 0.2, 5)
_WEIGHT = NumberField("suggestion_weight", 0, 5000)
_REPS = NumberField("suggestion_reps", 0, 10_000)
_RPE = NumberField("rpe", 1, 10)
_PROPENSITY = NumberField("propensity", 0, 1)
_BASELINE_WEIGHT = NumberField("baseline_weight", 0, 5000)
_BASELINE_REPS = NumberField("baseline_reps", 1, 100)

_OUTCOMES: Mapping[str, Outcome] = {
    "accepted": "accepted",
    "modified": "modified",
    "ignored": "ignored",
}
_CONFIDENCES = ("high", "medium", "low")  # A tuple: what is compared may not be hashable.


def decode_bias(value: Json, path: str, ids: ExerciseIds, issues: IssueLog) -> dict[str, float]:
    """Return the factor on suggested weights by exercise id."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        issues.quarantined("suggestion_bias_unreadable", path, "an object by exercise id", value)
        return {}
    bias: dict[str, float] = {}
    for key, item in value.items():
        factor = _BIAS.read(item, f"{path}.{key}", issues)
        exercise_id = ids.read(key, f"{path}.{key}") if factor == factor else None
        if exercise_id is not None:
            bias[exercise_id] = factor
    return bias


def decode_suggestions(
    value: Json, path: str, unit: Unit, ids: ExerciseIds, issues: IssueLog
) -> tuple[SuggestionRecord, ...]:
    """Return the last ``MAX_SUGGESTIONS`` readable records, in time order.

    Records of an app that stores ``accepted`` alone are read as ``accepted``, else
    ``modified`` where a weight was done, else ``ignored``. A record may carry its own
    ``unit``; bare weights are in that of the settings.
    """
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        issues.quarantined("suggestion_history_unreadable", path, "a list", value)
        return ()
    first = max(len(value) - MAX_SUGGESTIONS, 0)
    read = (
        _suggestion(item, f"{path}[{first + i}]", unit, ids, issues)
        for i, item in enumerate(value[first:])
    )
    return tuple(sorted((item for item in read if item), key=lambda item: item.time_s))


def _suggestion(
    item: Json, path: str, unit: Unit, ids: ExerciseIds, issues: IssueLog
) -> SuggestionRecord | None:
    if not isinstance(item, dict):
        issues.quarantined("suggestion_unreadable", path, "an object", item)
        return None
    own = item.get("unit")
    unit = (read_unit(own) if isinstance(own, str) else None) or unit
    exercise_id = ids.read(item.get("exerciseId"), f"{path}.exerciseId")
    suggested = _WEIGHT.read(item.get("suggestedWeight"), f"{path}.suggestedWeight", issues)
    if exercise_id is None or suggested != suggested:
        issues.quarantined("suggestion_unreadable", path, "exerciseId and suggestedWeight", item)
        return None
    actual = _WEIGHT.read(item.get("actualWeight"), f"{path}.actualWeight", issues)
    reps = _REPS.read(item.get("actualReps"), f"{path}.actualReps", issues)
    rpe = _RPE.read(item.get("rpe"), f"{path}.rpe", issues)
    propensity = _PROPENSITY.read(item.get("propensity"), f"{path}.propensity", issues)
    bias = _BIAS.read(item.get("bias"), f"{path}.bias", issues)
    time = item.get("timestamp")
    time_s, _ = as_seconds(time)
    if time_s is None and time is not None:
        issues.quarantined("suggestion_time_unreadable", f"{path}.timestamp", "a time", time)
    confidence, version = item.get("confidence"), item.get("version")
    return SuggestionRecord(
        exercise_id=exercise_id,
        suggested_kg=parse(suggested, unit),
        actual_kg=parse(actual, unit) if actual == actual else None,
        suggested_reps=_range(item.get("suggestedReps"), f"{path}.suggestedReps", issues),
        actual_reps=int(reps) if reps == reps else None,
        outcome=_outcome(item, actual == actual),
        rpe=rpe if rpe == rpe else None,
        time_s=time_s or 0.0,
        confidence=next((word for word in _CONFIDENCES if word == confidence), None),
        propensity=propensity if propensity == propensity else 1.0,
        bias=bias if bias == bias else 1.0,
        version=version if isinstance(version, str) else "",
    )


def _outcome(item: Mapping[str, Json], done: bool) -> Outcome:
    stated = item.get("outcome")
    outcome = _OUTCOMES.get(stated) if isinstance(stated, str) else None
    if outcome is not None:
        return outcome
    if item.get("accepted") is True:
        return "accepted"
    return "modified" if done else "ignored"


def _range(value: Json, path: str, issues: IssueLog) -> tuple[int, int] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or len(value) != 2:
        issues.quarantined("suggestion_reps_unreadable", path, "a list of two numbers", value)
        return None
    low, high = (_REPS.read(item, f"{path}[{i}]", issues) for i, item in enumerate(value))
    return (int(low), int(high)) if low <= high else None


def decode_baseline(
    value: Json, path: str, unit: Unit, ids: ExerciseIds, issues: IssueLog
) -> tuple[BaselineLift, ...]:
    """Return the lifts of the strength test; of several of one exercise the last counts."""
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        issues.quarantined("baseline_unreadable", path, "a list of lifts", value)
        return ()
    lifts: dict[str, BaselineLift] = {}
    for index, item in enumerate(value):
        here = f"{path}[{index}]"
        if not isinstance(item, dict):
            issues.quarantined("baseline_lift_unreadable", here, "an object", item)
            continue
        exercise_id = ids.read(item.get("exerciseId"), f"{here}.exerciseId")
        weight = _BASELINE_WEIGHT.read(item.get("weight"), f"{here}.weight", issues)
        reps = _BASELINE_REPS.read(item.get("reps"), f"{here}.reps", issues)
        rpe = _RPE.read(item.get("rpe"), f"{here}.rpe", issues)
        own = item.get("unit")
        own_unit = (read_unit(own) if isinstance(own, str) else None) or unit
        if exercise_id is None or not weight > 0 or reps != reps:
            expected = "exerciseId, weight and reps"
            issues.quarantined("baseline_lift_unreadable", here, expected, item)
            continue
        lifts[exercise_id] = BaselineLift(
            exercise_id=exercise_id,
            kg=parse(weight, own_unit),
            reps=int(reps),
            rpe=rpe if rpe == rpe else None,
        )
    return tuple(lifts.values())

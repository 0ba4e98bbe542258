"""Why habit speaks for an exercise, as codes with values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from voltlift_learned.habit.days import ABSENT, PastDays
from voltlift_learned.habit.features import HabitFeatures
from voltlift_learned.habit.past import HabitPast
from voltlift_learned.habit.prefix import Prefix

ReasonCode: TypeAlias = Literal["follows", "opens", "session_like", "due", "weekday", "new"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_RECENT = 10
_OFTEN = 0.4


@dataclass(frozen=True, slots=True)
class HabitReason:
    """A reason.

    Parameters
    ----------
    code : str
        ``follows``, ``opens``, ``session_like``, ``due``, ``weekday`` or ``new``.
    values : dict
        ``follows``: ``exercise`` after which it stood directly, ``times`` of the last ``of``
        days with both or the one; ``opens``: the first of the day ``times`` in the last
        ``of`` days with it; ``session_like``: ``days`` ago it came on a day like today;
        ``due``: done ``every`` so many days, last ``days`` ago; ``weekday``, its name:
        ``times`` in the last ``of`` such days of training; ``new``: nothing.
    strength : float
        By which reasons are ordered, from 0 to 1.
    """

    code: ReasonCode
    values: dict[str, str | float]
    strength: float


def habit_reasons(features: HabitFeatures, index: int, top: int = 2) -> tuple[HabitReason, ...]:
    """Return why a candidate is likely now, the strongest reason first; often fewer than asked.

    Parameters
    ----------
    features : HabitFeatures
        The candidates of a moment.
    index : int
        Which one.
    top : int
        At most so many.
    """
    past = features.past.days
    exercise = features.exercise_ids[index]
    column = past.index.get(exercise)
    if column is None:
        return (HabitReason("new", {}, 0.0),)
    done = features.today.done
    found = [_due(features.past, column), _weekday(past, column)]
    if done:
        found += [_follows(past, column, done[-1]), _like(features.prefix, column)]
    else:
        found.append(_opens(past, column))
    kept = [reason for reason in found if reason is not None]
    return tuple(sorted(kept, key=lambda reason: -reason.strength)[:top])


def _follows(past: PastDays, column: int, last: str) -> HabitReason | None:
    at = past.index.get(last)
    if at is None:
        return None
    rows = np.flatnonzero(past.done[:, at])[-_RECENT:]
    times = int((past.position[rows, column] == past.position[rows, at] + 1).sum())
    values: dict[str, str | float] = {"exercise": last, "times": times, "of": len(rows)}
    return _often("follows", values, times, len(rows), 1.0)


def _opens(past: PastDays, column: int) -> HabitReason | None:
    rows = np.flatnonzero(past.done[:, column])[-_RECENT:]
    times = int((past.position[rows, column] == 0).sum())
    return _often("opens", {"times": times, "of": len(rows)}, times, len(rows), 0.8)


def _weekday(past: PastDays, column: int) -> HabitReason | None:
    rows = np.flatnonzero(past.same_weekday)[-_RECENT:]
    times = int(past.done[rows, column].sum())
    # Local day 0, 1970-01-01, was a Thursday.
    values: dict[str, str | float] = {
        "weekday": WEEKDAYS[(past.day + 3) % 7],
        "times": times,
        "of": len(rows),
    }
    every = float(past.done[-3 * _RECENT :, column].mean())
    usual = times / len(rows) if len(rows) else 0.0
    # What is done on most days is no matter of the weekday.
    return _often("weekday", values, times, len(rows), 0.9) if usual > 1.5 * every else None


def _due(past: HabitPast, column: int) -> HabitReason | None:
    since, interval = (float(values[column]) for values in past.due)
    ratio = since / interval if interval > 0 else 0.0
    if not 0.8 <= ratio <= 2.0:
        return None
    values: dict[str, str | float] = {"every": interval, "days": since}
    return HabitReason("due", values, 0.75 - 0.25 * abs(ratio - 1.0))


def _like(prefix: Prefix, column: int) -> HabitReason | None:
    """Return the day most like today that went on with the exercise."""
    past = prefix.past
    likeness = np.where(past.position[:, column] < ABSENT, prefix.likeness(25.0, 1.0), 0.0)
    row = int(likeness.argmax())
    share = float(prefix.overlap[row] / prefix.n_today)
    if share < 0.5 or likeness[row] <= 0:
        return None
    return HabitReason("session_like", {"days": past.day - int(past.days[row])}, 0.7 * share)


def _often(
    code: ReasonCode, values: dict[str, str | float], times: int, of: int, weight: float
) -> HabitReason | None:
    """Return a reason of a share, if it happened twice and often."""
    if times < 2 or times < _OFTEN * of:
        return None
    return HabitReason(code, values, weight * (times + 0.5) / (of + 1.0))

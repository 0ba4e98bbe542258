"""Weeks and days of training: hard sets per muscle group, balance, the calendar."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from voltlift_core.contract import GroupWeeks, Reason, TrainingDay
from voltlift_core.domain.vocabulary import STRENGTH_GROUPS
from voltlift_core.features.entries import Floats, working_rows
from voltlift_core.features.moment import Moment
from voltlift_core.features.view import DAY_S

BALANCE_WEEKS = 4
"""Weeks that balance, and advice on the number of sets, look back."""

TOO_FEW, TOO_MANY = 0.5, 1.1
"""Shares of the landmark below and above which there is something to do."""

MAX_MINUTES = 360.0
"""A workout that lasts longer was not ended in time: its length is unknown."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local weeks up to now, as days since 1970-01-01.

    ``first_day`` is a Monday, ``today`` the lifter's calendar day.
    """

    first_day: int
    today: int
    weeks: int

    @classmethod
    def of(cls, at: Moment, weeks: int) -> Period:
        """Return the period of so many weeks, the current one included."""
        monday = at.local_day - at.weekday
        return cls(monday - 7 * (weeks - 1), at.local_day, weeks)

    @property
    def week_starts(self) -> tuple[str, ...]:
        """The Mondays, oldest first, as ``YYYY-MM-DD``."""
        return tuple(iso_day(self.first_day + 7 * week) for week in range(self.weeks))

    @property
    def earliest_s(self) -> float:
        """A moment before everything in it, whatever the offset of a workout's clock."""
        return (self.first_day - 1) * DAY_S


def iso_day(day: int) -> str:
    """Return days since 1970-01-01 as ``YYYY-MM-DD``.

    Examples
    --------
    >>> iso_day(20_000)
    '2024-10-04'
    """
    return (dt.date(1970, 1, 1) + dt.timedelta(days=day)).isoformat()


def weekly_sets(at: Moment, period: Period) -> Floats:
    """Return hard sets by group and week, shape (6, weeks + 3), secondary groups by half.

    Three weeks more than the period has come first, for means that look back.
    """
    lead = BALANCE_WEEKS - 1
    first = period.first_day - 7 * lead
    start = np.searchsorted(at.view.entry("start_s"), (first - 1) * DAY_S)
    window = slice(int(start), at.view.n_entries)
    day = at.view.local_day[at.view.entry("session")[window]]
    # A workout of a lifter who flew west can lie on a day that has not come yet here.
    week = np.minimum((day - first) // 7, period.weeks + lead - 1)
    inside = week >= 0
    exercise = at.view.entry("exercise")[window][inside]
    key = exercise * np.int32(period.weeks + lead) + week[inside].astype(np.int32)
    size = (at.n + 1) * (period.weeks + lead)
    sums = np.bincount(key, at.view.entry("sets")[window][inside], minlength=size)
    by_exercise = sums.reshape(at.n + 1, -1)
    weights = at.view.group_weights[:, : len(STRENGTH_GROUPS)]
    total: Floats = weights.T @ by_exercise
    return total


def group_weeks(
    at: Moment, period: Period, landmarks: Mapping[str, float]
) -> tuple[GroupWeeks, ...]:
    """Return sets, balance and advice per strength group.

    Parameters
    ----------
    at : Moment
        The moment.
    period : Period
        The weeks.
    landmarks : mapping of str to float
        Maximum adaptive volume by group, sets a week.
    """
    sets = weekly_sets(at, period)
    landmark = np.array([landmarks[group] for group in STRENGTH_GROUPS])
    sums = np.cumsum(np.pad(sets, ((0, 0), (1, 0))), axis=1)
    lately = (sums[:, BALANCE_WEEKS:] - sums[:, :-BALANCE_WEEKS]) / BALANCE_WEEKS
    share = lately / landmark[:, None]
    mean = share.sum(axis=0) / len(STRENGTH_GROUPS)
    balance = np.where(mean > 0, share / np.where(mean > 0, mean, 1.0), np.nan)
    return tuple(
        GroupWeeks(
            group=str(group),
            sets=tuple(sets[i, BALANCE_WEEKS - 1 :].tolist()),
            maximum_adaptive=float(landmark[i]),
            reasons=(_advice(str(group), _recent(at, sets[i], period), float(landmark[i])),),
            balance=tuple(None if math.isnan(b) else round(b, 3) for b in balance[i].tolist()),
        )
        for i, group in enumerate(STRENGTH_GROUPS)
    )


def _recent(at: Moment, sets: Floats, period: Period) -> float:
    """Return mean sets a week of the last four whole weeks; of the lifter's first ones, fewer."""
    start = at.view.session("start_s")
    if not len(start):
        return 0.0
    monday = period.first_day + 7 * (period.weeks - 1)
    begun = int(at.view.local_day[0])
    whole = min(max((monday - begun) // 7, 0), BALANCE_WEEKS)
    if not whole:
        return float(sets[-1])
    before = sets[: len(sets) - 1][-whole:]
    return float(before.sum()) / whole


def _advice(group: str, sets: float, landmark: float) -> Reason:
    """Return what to do about a number of sets a week."""
    share = sets / landmark
    if sets == 0:
        code = "not_trained"
    elif share < TOO_FEW:
        code = "below_landmark"
    elif share > TOO_MANY:
        code = "above_landmark"
    else:
        code = "within_landmark"
    values: dict[str, str | float] = {
        "group": group,
        "sets": round(sets, 1),
        "landmark": landmark,
        "share": round(share, 2),
    }
    return Reason(code=code, points=0.0, values=values)


def training_days(at: Moment, period: Period) -> tuple[TrainingDay, ...]:
    """Return the days with a workout, oldest first."""
    days: dict[int, list[tuple[str, int, float]]] = {}
    for chunk in at.view.log.chunks:
        start = chunk.sessions["start_s"]
        if start[-1] < period.earliest_s or start[0] >= at.now_s:
            continue
        done = chunk.rows["session"][working_rows(chunk)]
        sets = np.bincount(done, minlength=chunk.n_sessions)
        minutes = (chunk.sessions["end_s"] - start) / 60
        local = np.floor((start + chunk.sessions["utc_offset"] * 60.0) / DAY_S)
        inside = (local >= period.first_day) & (start < at.now_s)
        for i in np.flatnonzero(inside).tolist():
            known = 0 < minutes[i] <= MAX_MINUTES
            length = float(minutes[i]) if known else math.nan
            item = (chunk.session_ids[i], int(sets[i]), length)
            days.setdefault(int(local[i]), []).append(item)
    return tuple(
        TrainingDay(
            day=iso_day(day),
            session_ids=tuple(id_ for id_, _, _ in items),
            sets=sum(count for _, count, _ in items),
            minutes=_sum_known([length for _, _, length in items]),
        )
        for day, items in sorted(days.items())
    )


def _sum_known(lengths: list[float]) -> float | None:
    known = [length for length in lengths if not math.isnan(length)]
    return round(sum(known), 1) if known else None

"""How recovered the lifter is: groups, the curve of recent days, advice to go lighter."""

from __future__ import annotations

import bisect
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np

from voltlift_coach.insights.weeks import iso_day
from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.fatigue import Fatigue
from voltlift_coach.progression.recovery import recovery_score
from voltlift_core.contract import GroupRecovery, ReadinessDay, Reason
from voltlift_core.contract.insights import RecoveryState
from voltlift_core.domain.vocabulary import MUSCLE_GROUPS
from voltlift_core.features.entries import Floats
from voltlift_core.features.moment import FeatureInputs, Moment
from voltlift_core.features.view import DAY_S
from voltlift_core.history.records import DailyRecord

CHECK_IN = (
    "sleep_hours",
    "sleep_quality",
    "stress_level",
    "muscle_soreness",
    "perceived_recovery",
    "perceived_energy",
)
"""Readings of a check-in; weighing oneself alone is none."""

BLOCKS_ABOVE = 3.5
"""Level of fatigue above which long training without a lighter week is reason enough."""


def group_recovery(at: Moment, optimal_days: Mapping[str, float]) -> tuple[GroupRecovery, ...]:
    """Return how recovered each muscle group is.

    Days since the group was trained as primary group over its optimal days r: below 0.5
    just trained, below 1 recovering, to 2 ready, beyond (or never trained) fresh.
    """
    window = at.entries(7)
    sets = at.per_group(at.view.entry("sets")[window], window)
    found = []
    for index, group in enumerate(MUSCLE_GROUPS):
        days, optimal = float(at.days_since_group[index]), optimal_days[group]
        never = math.isnan(days)
        ratio = math.inf if never else days / optimal
        found.append(
            GroupRecovery(
                group=str(group),
                recovered=min(round(ratio, 3), 1.0),
                state=_state(ratio),
                days_since=None if never else round(days, 2),
                ready_in_days=0.0 if never else round(max(optimal - days, 0.0), 2),
                hard_sets_7d=float(sets[index]),
            )
        )
    return tuple(found)


def _state(ratio: float) -> RecoveryState:
    if ratio < 0.5:
        return "just_trained"
    if ratio < 1:
        return "recovering"
    return "ready" if ratio <= 2 else "fresh"


def days_since_workout(at: Moment, day: int | None = None) -> int | None:
    """Return calendar days from the last workout to a local day; None where there is none.

    On a day other than today only workouts before it count: the curve shows with what one
    went into the day.
    """
    trained = at.view.local_day
    if day is not None:
        trained = trained[: int(np.searchsorted(trained, day))]
    today = at.local_day if day is None else day
    return max(today - int(trained[-1]), 0) if len(trained) else None


@dataclass(frozen=True, slots=True)
class DailyCurve:
    """The curve of recent days.

    Parameters
    ----------
    inputs : FeatureInputs
        What the moment was made from.
    optimal_days : mapping of str to float
        Optimal days between two workouts of each group.
    """

    inputs: FeatureInputs
    optimal_days: Mapping[str, float]

    def days(self, at: Moment, count: int, today_score: float) -> tuple[ReadinessDay, ...]:
        """Return the last ``count`` local days, oldest first, today included."""
        first = at.local_day - count + 1
        sets = _sets_by_day(at, first, count)
        trained = _trained_by_group(at)
        found = []
        for offset in range(count):
            day = first + offset
            today = day == at.local_day
            noon_s = at.now_s
            if not today:
                # Readings are kept by UTC day; far from UTC local noon is not on that of its date.
                noon_s = (day + 0.5) * DAY_S - at.utc_offset * 60
                noon_s = min(max(noon_s, day * DAY_S), (day + 1) * DAY_S - 1)
            record = _record(self.inputs.daily, int(noon_s // DAY_S))
            score: float | None = today_score
            if record is None or (math.isnan(record.sleep_hours) and math.isnan(record.hrv_ms)):
                score = None
            elif not today:
                score = self._score(at, noon_s, day)
            sleep = math.nan if record is None else record.sleep_hours
            found.append(
                ReadinessDay(
                    day=iso_day(day),
                    score=score,
                    sleep_hours=None if math.isnan(sleep) else sleep,
                    hard_sets=float(sets[offset]),
                    recovered=self._recovered(trained, noon_s),
                )
            )
        return tuple(found)

    def _score(self, at: Moment, noon_s: float, day: int) -> float:
        then = Moment(replace(self.inputs, now_s=noon_s))
        numbers = ProgressionConfig.bundled().recovery
        return recovery_score(then, days_since_workout(at, day), numbers).value

    def _recovered(self, trained: list[Floats], moment_s: float) -> dict[str, float]:
        shares = {}
        for group, starts in zip(MUSCLE_GROUPS, trained, strict=True):
            before = int(np.searchsorted(starts, moment_s))
            days = (moment_s - float(starts[before - 1])) / DAY_S if before else math.inf
            shares[str(group)] = min(round(days / self.optimal_days[group], 3), 1.0)
        return shares


def _sets_by_day(at: Moment, first: int, count: int) -> Floats:
    """Return hard sets by local day; what lies after today is today's."""
    start = int(np.searchsorted(at.view.entry("start_s"), (first - 1) * DAY_S))
    day = np.minimum(at.view.local_day[at.view.entry("session")[start:]] - first, count - 1)
    inside = day >= 0
    values = at.view.entry("sets")[start:][inside]
    sums: Floats = np.bincount(day[inside], values, minlength=count).astype(np.float64)
    return sums


def _trained_by_group(at: Moment) -> list[Floats]:
    """Return the starts of the workouts of each primary group, ascending."""
    window = at.entries(400)
    group = at.view.primary_group[at.view.entry("exercise")[window]]
    start = at.view.entry("start_s")[window]
    return [start[group == index] for index in range(len(MUSCLE_GROUPS))]


def _record(daily: tuple[DailyRecord, ...], day: int) -> DailyRecord | None:
    """Return the readings of a UTC day, or None."""
    index = bisect.bisect_left(daily, day, key=attrgetter("day"))
    return daily[index] if index < len(daily) and daily[index].day == day else None


def checked_in(daily: tuple[DailyRecord, ...], at: Moment) -> bool:
    """Whether today's check-in was done (readings are kept by UTC day)."""
    record = _record(daily, at.utc_day)
    return record is not None and any(not math.isnan(getattr(record, f)) for f in CHECK_IN)


def advice(
    fatigue: Fatigue, score: float, deload_below: float
) -> tuple[list[Reason], Reason | None]:
    """Return what is to be said of fatigue, and why a lighter week would do good, if it would.

    The signs are those that lower suggested weights, so that advice and suggestions never
    contradict each other. A recovery score below ``deload_below`` makes today lighter, not
    the week.
    """
    said = list(fatigue.reasons)
    if score < deload_below:
        said.append(Reason(code="lighter_today", points=0.0, values={"score": score}))
    values: dict[str, str | float] = {"weeks": float(fatigue.weeks)}
    if not math.isnan(fatigue.level):
        values["level"] = round(fatigue.level, 1)
    codes = {reason.code for reason in fatigue.reasons}
    if "lifts_falling" in codes:
        values |= {"falling": float(fatigue.falling), "lifts": float(fatigue.lifts)}
    if fatigue.high:
        return said, Reason(code="deload_fatigue", points=0.0, values=values)
    if "no_lighter_week" in codes and fatigue.level > BLOCKS_ABOVE:
        return said, Reason(code="deload_due", points=0.0, values=values)
    return said, None

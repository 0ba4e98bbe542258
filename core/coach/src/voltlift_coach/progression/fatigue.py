"""Signs that the whole lifter, not one lift, needs a lighter week."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from voltlift_coach.progression.config import FatigueNumbers
from voltlift_core.contract import Reason
from voltlift_core.features.moment import Moment
from voltlift_core.features.recovery import fatigue_level, rpe_change
from voltlift_core.features.view import DAY_S, LogView

WEEK_DAYS = 7.0


@dataclass(frozen=True, slots=True)
class Fatigue:
    """Fatigue as of a moment.

    Parameters
    ----------
    level : float
        1 (fresh) to 5 (spent), the feature ``fatigueLevel``; NaN where nothing is known.
    high : bool
        A reason for a deload.
    blocks : bool
        No weight should be added.
    lifts, falling : int
        Lifts trained at least three times of late, and those that are falling.
    rpe_rise : float
        Mean RPE of the last week less that of the month before; NaN where unknown.
    weeks : int
        Weeks in a row without a lighter one, the current week apart.
    reasons : tuple of Reason
        ``fatigue_level``, ``lifts_falling``, ``effort_rising``, ``no_lighter_week``.
    """

    level: float
    high: bool
    blocks: bool
    lifts: int
    falling: int
    rpe_rise: float
    weeks: int
    reasons: tuple[Reason, ...]


_FOUND: WeakKeyDictionary[Moment, tuple[FatigueNumbers, Fatigue]] = WeakKeyDictionary()
_Window = tuple[int, int, float, FatigueNumbers]
_FALLING: WeakKeyDictionary[LogView, dict[_Window, tuple[int, int]]] = WeakKeyDictionary()
_MOST_WINDOWS = 16


def fatigue(at: Moment, numbers: FatigueNumbers) -> Fatigue:
    """Return how tired the lifter is, and why.

    High from a fatigue level of 4, or where several lifts are falling (at least two and half
    of those trained of late, by 3 % and more) and another sign agrees: effort a point higher
    than in the month before, or more than six weeks without a lighter one. A lift that does
    not fall needs no rest, however many weeks there are: so the signs never count alone.
    Found once per moment: all lifts of a session share it.
    """
    known = _FOUND.get(at)
    if known is None or known[0] is not numbers:
        known = _FOUND[at] = numbers, _fatigue(at, numbers)
    return known[1]


def _fatigue(at: Moment, numbers: FatigueNumbers) -> Fatigue:
    level, rise = fatigue_level(at), rpe_change(at)
    lifts, falling = _falling(at, numbers)
    weeks = _weeks_without_lighter(at, numbers.lighter_week)
    reasons: list[Reason] = []

    def sign(code: str, holds: bool, **values: float) -> bool:
        if holds:
            reasons.append(Reason(code=code, points=0.0, values={**values}))
        return holds

    tired = sign("fatigue_level", level >= numbers.high_from, level=level)
    several = falling >= numbers.lifts and falling >= numbers.lift_share * lifts
    several = sign("lifts_falling", several, falling=falling, lifts=lifts)
    signs = (
        sign("effort_rising", rise >= numbers.rpe_rise, change=rise),
        sign("no_lighter_week", weeks > numbers.weeks, weeks=weeks),
    )
    return Fatigue(
        level=level,
        high=tired or (several and any(signs)),
        blocks=level > numbers.blocks_above or several,
        lifts=lifts,
        falling=falling,
        rpe_rise=rise,
        weeks=weeks,
        reasons=tuple(reasons),
    )


def _falling(at: Moment, numbers: FatigueNumbers) -> tuple[int, int]:
    """Return ``(lifts trained at least three times in the window, those falling)``.

    A lift falls where the best estimates of its last two sessions are both below the best
    before them by the share. Kept by the entries that the window holds.
    """
    window = at.entries(numbers.window_days)
    key = window.start, window.stop, at.body_kg, numbers
    known = _FALLING.setdefault(at.view, {})
    if key not in known:
        if len(known) >= _MOST_WINDOWS:
            known.clear()
        known[key] = _falling_in(at, window, numbers)
    return known[key]


def _falling_in(at: Moment, window: slice, numbers: FatigueNumbers) -> tuple[int, int]:
    exercise = at.view.entry("exercise")[window]
    share = at.view.bodyweight_share[exercise]
    load = at.view.entry("top_load")[window]
    load = np.where(np.isnan(load), 0.0, load) + share * at.body_kg
    estimate = load * at.view.entry("top_factor")[window]
    by_lift: dict[int, list[float]] = {}
    for lift, value in zip(exercise.tolist(), estimate.tolist(), strict=True):
        if value > 0:
            by_lift.setdefault(lift, []).append(value)
    known = [values for values in by_lift.values() if len(values) >= 3]
    falling = [v for v in known if max(v[-2:]) < (1 - numbers.falling) * max(v[:-2])]
    return len(known), len(falling)


def _weeks_without_lighter(at: Moment, lighter: float) -> int:
    """Return the weeks before the last seven days in a row that were not lighter.

    Weeks count back from now; lighter is one with less than a share of the median volume
    load of the weeks before the current one in the last twelve.
    """
    window = at.entries(12 * WEEK_DAYS)
    age = (at.now_s - at.view.entry("start_s")[window]) / (WEEK_DAYS * DAY_S)
    week = np.minimum(age.astype(np.int32), 11)
    volume = np.bincount(week, at.volume(window), minlength=12)[1:]
    trained = volume[volume > 0]
    if not len(trained):
        return 0
    # np.median would load numpy.ma, which the browser's runtime leaves out.
    ordered = np.sort(trained)
    median = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    lighter_weeks = np.flatnonzero(volume < lighter * float(median))
    return int(lighter_weeks[0]) if len(lighter_weeks) else len(volume)

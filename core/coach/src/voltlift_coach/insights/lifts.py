"""Strength over time: the estimated one-repetition maximum of each lift, and its trend."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from voltlift_coach.insights.weeks import Period
from voltlift_core.contract import LiftPoint, LiftSeries, Reason
from voltlift_core.contract.insights import TrendState
from voltlift_core.domain.strength import MAX_REPS
from voltlift_core.domain.units import display
from voltlift_core.features.entries import Floats, Ints
from voltlift_core.features.moment import Moment
from voltlift_core.features.view import DAY_S
from voltlift_core.ranking.present import exercise_info

MONTH_DAYS = 365.25 / 12
MIN_POINTS, MIN_DAYS = 4, 14
"""Sessions, and days from the first to the last, that a trend needs."""

STABLE = 0.01
"""A change a month of less than this share of the mean is none."""

Z80 = 1.2815515655446004
"""Quantile of the normal distribution that leaves a tenth on either side."""

PLATEAU_POINTS = 6
NEGLECTED_DAYS = 21
BEST_DAYS = 14


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A least-squares line with its confidence band; ``slope`` is per day.

    ``half_width`` is that of the band at each point; ``slope_margin`` that of the slope.
    """

    fitted: Floats
    half_width: Floats
    slope: float
    slope_margin: float


def student_t(degrees: int, z: float = Z80) -> float:
    """Return the quantile of Student's t that belongs to a quantile of the normal distribution.

    Cornish-Fisher expansion to the order of 1/n³ (Abramowitz, Stegun 1964, 26.7.5), good to
    1 % from two degrees of freedom on for z up to 1.3; exact below, where it is not.

    Examples
    --------
    >>> round(student_t(10), 3)
    1.372
    """
    if degrees == 1:
        return math.tan(0.4 * math.pi)  # Cauchy's, for the 80 % that Z80 stands for.
    n = float(degrees)
    z2 = z * z
    return z * (
        1
        + (z2 + 1) / (4 * n)
        + ((5 * z2 + 16) * z2 + 3) / (96 * n * n)
        + (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * n * n * n)
    )


def trend_line(days: Floats, values: Floats) -> TrendLine | None:
    """Return the trend of values over days; None for fewer than three, or all on one day.

    With n points, residual variance s² = Σ(y - ŷ)² / (n - 2) and t of n - 2 degrees of
    freedom, the 80 % confidence band of the line at x has the half width
    t s √(1/n + (x - x̄)² / Sxx), and the slope the margin t s / √Sxx (Draper, Smith, *Applied
    Regression Analysis*, 1998, ch. 1).

    Examples
    --------
    >>> line = trend_line(np.array([0.0, 1.0, 2.0]), np.array([10.0, 12.0, 14.0]))
    >>> line.slope, line.fitted.tolist()
    (2.0, [10.0, 12.0, 14.0])
    """
    n = len(days)
    if n < 3:
        return None
    x = days - days.sum() / n
    y = values - values.sum() / n
    squares = float((x * x).sum())
    if squares <= 0:
        return None
    slope = float((x * y).sum()) / squares
    residual = y - slope * x
    margin = student_t(n - 2) * math.sqrt(float((residual * residual).sum()) / (n - 2))
    return TrendLine(
        fitted=values.sum() / n + slope * x,
        half_width=margin * np.sqrt(1 / n + x * x / squares),
        slope=slope,
        slope_margin=margin / math.sqrt(squares),
    )


def main_lifts(at: Moment, period: Period, most: int) -> list[int]:
    """Return the lifts with the most sessions in the period, by catalogue index.

    Only those done with a load, whose strength can be estimated; ties go to the more common,
    then to the id.
    """
    window = _window(at, period)
    known = ~np.isnan(at.one_rep_max[window]) & (at.view.entry("top_load")[window] > 0)
    exercise = at.view.entry("exercise")[window][known]
    counts = np.bincount(exercise, minlength=at.n + 1)[: at.n]
    order = np.lexsort((at.catalogue.id_rank, -at.catalogue.commonness, -counts))[:most]
    return [index for index in order.tolist() if counts[index]]


def lift_series(at: Moment, period: Period, index: int) -> LiftSeries:
    """Return a lift's sessions in the period, the trend through them and what to do about it."""
    window = _window(at, period)
    mine = np.flatnonzero(
        (at.view.entry("exercise")[window] == index) & ~np.isnan(at.one_rep_max[window])
    )
    rows = (mine + window.start).astype(np.int32)
    start, estimate = at.view.entry("start_s")[rows], at.one_rep_max[rows]
    line = trend_line((start - at.now_s) / DAY_S, estimate)
    trend, change = ("unknown", None) if _capped(at, rows) else _judge(line, start, estimate)
    unit = at.settings.unit
    band: tuple[tuple[float, float], ...] = ()
    if line is not None:
        low, high = line.fitted - line.half_width, line.fitted + line.half_width
        band = tuple(
            (round(display(a, unit), 1), round(display(b, unit), 1))
            for a, b in zip(low.tolist(), high.tolist(), strict=True)
        )
    return LiftSeries(
        exercise=exercise_info(at.catalogue.exercises[index]),
        points=_points(at, rows),
        band=band,
        trend=trend,
        change_per_month=None if change is None else round(display(change, unit), 2),
        reasons=tuple(_advice(at, index, rows, trend, change)),
    )


def _window(at: Moment, period: Period) -> slice:
    """Return the entries of the period: those whose local day lies in it."""
    view = at.view
    first = int(np.searchsorted(view.entry("start_s"), period.earliest_s))
    day = view.local_day[view.entry("session")[first:]]
    # Days follow moments but for travel: from the first one that lies in it.
    inside = np.flatnonzero(day >= period.first_day)
    return slice(first + int(inside[0]) if len(inside) else view.n_entries, view.n_entries)


def _points(at: Moment, rows: Ints) -> tuple[LiftPoint, ...]:
    unit = at.settings.unit
    columns = zip(
        at.view.entry("start_s")[rows].tolist(),
        at.one_rep_max[rows].tolist(),
        np.nan_to_num(at.view.entry("top_load")[rows]).tolist(),
        at.view.entry("top_reps")[rows].tolist(),
        strict=True,
    )
    return tuple(
        LiftPoint(
            time=round(start * 1000),
            one_rep_max=round(display(estimate, unit), 1),
            weight=display(load, unit),
            reps=int(reps),
        )
        for start, estimate, load, reps in columns
    )


def _capped(at: Moment, rows: Ints) -> bool:
    """Whether repetitions grow beyond what an estimate tells apart, and no load does."""
    load, reps = at.view.entry("top_load")[rows], at.view.entry("top_reps")[rows]
    return not (load > 0).any() and bool((reps > MAX_REPS).any())


def _judge(
    line: TrendLine | None, start: Floats, estimate: Floats
) -> tuple[TrendState, float | None]:
    """Return the trend and the kilograms a month, None where there is too little to tell."""
    if line is None or len(start) < MIN_POINTS or start[-1] - start[0] < MIN_DAYS * DAY_S:
        return "unknown", None
    change = line.slope * MONTH_DAYS
    mean = float(estimate.sum()) / len(estimate)
    if abs(change) < STABLE * mean or abs(line.slope) <= line.slope_margin:
        return "stable", change
    return ("rising" if change > 0 else "falling"), change


def _advice(
    at: Moment, index: int, rows: Ints, trend: TrendState, change: float | None
) -> list[Reason]:
    """Return what the series says and what to do about it."""
    estimate, unit = at.one_rep_max[rows], at.settings.unit
    reasons: list[Reason] = []

    def add(code: str, **values: float) -> None:
        reasons.append(Reason(code=code, points=0.0, values={**values}))

    idle = float(at.days_since(at.view.last_performed_s[index : index + 1])[0])
    if _capped(at, rows):
        add("reps_beyond_estimate", reps=MAX_REPS)
    elif trend == "unknown" or change is None:
        add("few_sessions", sessions=float(len(rows)), needed=float(MIN_POINTS))
    else:
        mean = float(estimate.sum()) / len(estimate)
        share = round(change / mean, 4)
        code = {"rising": "lift_rising", "falling": "lift_falling"}.get(trend, "lift_stable")
        if trend == "stable" and len(rows) >= PLATEAU_POINTS:
            code = "lift_plateau"
        values = {"change": round(display(change, unit), 2), "share": share}
        add(code, sessions=float(len(rows)), **values)
    if len(rows) and estimate[-1] > _best_before(at, index, int(rows[-1])):
        age = float(at.days_since(at.view.entry("start_s")[rows[-1:]])[0])
        if age <= BEST_DAYS:
            add("new_best", one_rep_max=round(display(float(estimate[-1]), unit), 1))
    if idle > NEGLECTED_DAYS:
        add("not_done_lately", days=float(math.floor(idle)))
    return reasons


def _best_before(at: Moment, index: int, row: int) -> float:
    """Return the best estimate before an entry; infinite where it is the first."""
    mine = at.one_rep_max[:row][at.view.entry("exercise")[:row] == index]
    known = mine[~np.isnan(mine)]
    return float(known.max()) if len(known) else math.inf

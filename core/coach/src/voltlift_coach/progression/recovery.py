"""How recovered the lifter is, 0 to 10: sleep before all else, then rest, HRV and strain."""

from __future__ import annotations

import math
from dataclasses import dataclass

from voltlift_coach.progression.config import From, RecoveryNumbers
from voltlift_core.contract import Reason
from voltlift_core.features.moment import Moment
from voltlift_core.features.recovery import hrv_ratio, sleep_last


@dataclass(frozen=True, slots=True)
class RecoveryScore:
    """The score, and the points that add up to it.

    Parameters
    ----------
    value : float
        0 (spent) to 10 (fresh).
    reasons : tuple of Reason
        ``recovery_base``, ``sleep``, ``days_off``, ``day_before``, ``hrv``, ``strain`` and
        ``clamped``, where they count; their points add up to ``value``.
    """

    value: float
    reasons: tuple[Reason, ...]


def recovery_score(at: Moment, days_since: int | None, numbers: RecoveryNumbers) -> RecoveryScore:
    """Return the recovery score as of a moment.

    Starts at 7. Sleep of the last night from 8 h +2, 7 h +1, 6 h -1, 5 h -3, below -5; three
    days and more since the exercise +1, the day before -1; HRV against the mean of the other
    readings of 30 days above +10 % +3, +5 % +2, within 5 % nothing, to -10 % -1, to -20 % -3,
    below -5. High stress or soreness take off 1 in all, and only where sleep is known to be
    short: which way their scales ran is not recorded. What is not known counts nothing.

    Parameters
    ----------
    at : Moment
        The moment.
    days_since : int or None
        Calendar days since what is to be trained was trained; None where never.
    numbers : RecoveryNumbers
        The numbers above.
    """
    sleep, hrv = sleep_last(at), hrv_ratio(at)
    reasons = [Reason(code="recovery_base", points=numbers.base, values={})]
    if not math.isnan(sleep):
        points = _points(sleep, numbers.sleep)
        reasons.append(Reason(code="sleep", points=points, values={"hours": sleep}))
    if days_since is not None and days_since >= numbers.days_off:
        values: dict[str, str | float] = {"days": float(days_since)}
        reasons.append(Reason(code="days_off", points=numbers.days_off_points, values=values))
    if days_since == 1:
        reasons.append(Reason(code="day_before", points=numbers.day_before_points, values={}))
    if not math.isnan(hrv) and (points := _points(hrv, numbers.hrv)):
        reasons.append(Reason(code="hrv", points=points, values={"ratio": hrv}))
    if sleep < numbers.strain_only_below_sleep and (strained := _strain(at, numbers.strain_from)):
        reasons.append(Reason(code="strain", points=numbers.strain_points, values=strained))
    total = sum(reason.points for reason in reasons)
    value = min(max(total, 0.0), numbers.max)
    if value != total:
        reasons.append(Reason(code="clamped", points=value - total, values={}))
    return RecoveryScore(value, tuple(reasons))


def _points(value: float, steps: tuple[From, ...]) -> float:
    return next(step.points for step in steps if value >= step.since)


def _strain(at: Moment, high: float) -> dict[str, str | float]:
    """Return what is high of stress and soreness, as last logged yesterday or today."""
    found: dict[str, str | float] = {}
    for name, field in (("stress", "stress_level"), ("soreness", "muscle_soreness")):
        values = at.daily(field, 2)
        if len(values) and values[-1] >= high:
            found[name] = float(values[-1])
    return found

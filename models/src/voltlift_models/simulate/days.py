"""When a made-up lifter trains: weekdays, skipped days, breaks, quitting and coming back."""

from __future__ import annotations

import numpy as np

from voltlift_models.simulate import facts
from voltlift_models.simulate.person import Person

_WEEKDAYS: tuple[tuple[int, ...], ...] = (
    (0, 3),
    (0, 3),
    (0, 2, 4),
    (0, 1, 3, 4),
    (0, 1, 2, 4, 5),
    (0, 1, 2, 3, 4, 5),
    (0, 1, 2, 3, 4, 5),
)
"""Usual weekdays (Monday is 0) by sessions a week."""


def training_days(person: Person, rng: np.random.Generator) -> list[int]:
    """Return the days trained, as days since 1970, ascending.

    The log ends where the lifter quits, or where it was exported.
    """
    length = float(min(np.exp(rng.normal(np.log(420), 0.7)), facts.MOST_DAYS))
    start = facts.LAST_DAY - int(rng.uniform(0, 1800)) - int(length)
    shift, skip = int(rng.integers(7)), float(rng.uniform(0.03, 0.25))
    breaks = float(rng.gamma(1.5, 0.8)) / 365.0
    plan = {(d + shift) % 7 for d in _WEEKDAYS[min(round(person.per_week), 6)]}
    loose = float(rng.uniform(0.1, 0.6))
    quits = _quits(person, rng)
    days: list[int] = []
    day = float(start)
    while day < start + length and len(days) < facts.MOST_SESSIONS:
        if day - start > quits:
            if rng.random() > facts.RETURN_SHARE:
                break
            day += float(rng.uniform(30, 240))
            quits = day - start + _quits(person, rng)
        elif rng.random() < breaks * 7 / person.per_week:
            day += float(np.clip(np.exp(rng.normal(np.log(14), 0.7)), 5, 150))
        if person.locked:
            day = _next_planned(int(day) + 1, plan, skip, rng)
        else:
            mean = 7.0 / person.per_week
            day += max(float(rng.normal(mean, loose * mean)), 0.6)
        if not days or int(day) > days[-1]:
            days.append(int(day))
    return [d for d in days if d <= facts.LAST_DAY]


def weekday(day: int) -> int:
    """Return the weekday of days since 1970 (a Thursday); Monday is 0.

    Examples
    --------
    >>> weekday(0)
    3
    """
    return (day + 3) % 7


def _quits(person: Person, rng: np.random.Generator) -> float:
    """Return the days until this lifter quits; who has trained for years hardly does."""
    scale = facts.QUIT_SCALE_DAYS * (1.0 + 4.0 * person.years)
    return scale * float(rng.weibull(facts.QUIT_SHAPE))


def _next_planned(day: int, plan: set[int], skip: float, rng: np.random.Generator) -> int:
    while True:
        if weekday(day) in plan and rng.random() >= skip:
            return day
        if weekday(day) not in plan and rng.random() < 0.02:
            return day
        day += 1

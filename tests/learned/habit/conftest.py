"""Diaries and moments made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from voltlift_learned.diary import DAY_S, Diary, Today

Days = Sequence[tuple[int, Sequence[str]]]


def make_diary(days: Days) -> Diary:
    """Return a diary of (local day, exercises in order), one set of 100 kg x 5 each."""
    ids = tuple(dict.fromkeys(id_ for _, done in days for id_ in done))
    lengths = [len(done) for _, done in days]
    n = sum(lengths)
    day = np.array([d for d, _ in days], np.int32)
    return Diary(
        exercise_ids=ids,
        day=day,
        start_s=day * DAY_S,
        local_s=day * DAY_S,
        time_known=np.zeros(len(days), np.bool_),
        first_entry=np.append(0, np.cumsum(lengths)).astype(np.int32),
        exercise=np.array([ids.index(id_) for _, done in days for id_ in done], np.int32),
        first_set=np.arange(n + 1, dtype=np.int32),
        set_s=np.repeat(day * DAY_S, lengths),
        kg=np.full(n, 100.0),
        rpe=np.full(n, np.nan),
        reps=np.full(n, 5, np.int32),
    )


def make_today(days: Days, day: int, done: Sequence[str] = ()) -> Today:
    """Return the moment of a day, after some exercises; later days are in no way in it."""
    past = make_diary([item for item in days if item[0] < day])
    local_s = day * DAY_S + 18 * 3600
    return Today(past, make_diary([]), tuple(done), now_s=local_s, local_s=local_s)


@pytest.fixture(scope="session")
def diary_of() -> Callable[[Days], Diary]:
    return make_diary


@pytest.fixture(scope="session")
def today_of() -> Callable[..., Today]:
    return make_today


@pytest.fixture(scope="session")
def split() -> Days:
    """Ten weeks of Monday A, Wednesday B, Friday C: 1970-01-05 was a Monday."""
    plan = {
        0: ("squat", "leg-press", "calf-raise"),
        2: ("bench", "dips", "fly"),
        4: ("deadlift", "row", "curl"),
    }
    return [(4 + 7 * week + day, plan[day]) for week in range(10) for day in plan]

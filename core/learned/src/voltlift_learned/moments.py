"""The moment of the engine's question, as models see it; made once for several of them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from voltlift_core.features.moment import FeatureInputs
from voltlift_core.history.log import TrainingLog
from voltlift_learned.diary import DAY_S, Diary, Today

_DAY_MINUTES = 1440


def today_of(inputs: FeatureInputs) -> Today:
    """Return what is known at the moment of a question."""
    diary = diary_of(inputs.view.log)
    offset = _offset(diary, inputs.now_s, inputs.utc_offset)
    return Today.of(diary, inputs.now_s, offset, inputs.current)


@lru_cache(maxsize=2)
def diary_of(log: TrainingLog) -> Diary:
    """Return the diary of a revision's log, made once."""
    return Diary.of(log)


def _offset(diary: Diary, now_s: float, utc_offset: int) -> int:
    """Return the UTC offset of a question, moved by whole days where the log was kept elsewhere.

    Days are local ones: far west of a question a later workout can have an earlier day, far
    east an earlier workout a later one. The day of a question is not before that of the last
    workout which it knows, and not after that of the next one.
    """
    begun = int(np.searchsorted(diary.start_s, now_s))
    local = int((now_s + utc_offset * 60.0) // DAY_S)
    day = local
    if begun < diary.n_days:
        day = min(day, int(diary.day[begun]))
    if begun:
        last = int(diary.day[begun - 1])
        sets = slice(*diary.first_set[diary.first_entry[[begun - 1, begun]]])
        # Of that day's workouts one may be yet to come.
        day = last if (diary.set_s[sets] >= now_s).any() else max(day, last)
    return utc_offset + (day - local) * _DAY_MINUTES

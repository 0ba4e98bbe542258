"""The moment of the engine's question, as models see it; made once for several of them."""

from __future__ import annotations

from functools import lru_cache

from voltlift_core.features.moment import FeatureInputs
from voltlift_core.history.log import TrainingLog
from voltlift_learned.diary import Diary, Today


def today_of(inputs: FeatureInputs) -> Today:
    """Return what is known at the moment of a question."""
    diary = diary_of(inputs.view.log)
    return Today.of(diary, inputs.now_s, inputs.utc_offset, inputs.current)


@lru_cache(maxsize=2)
def diary_of(log: TrainingLog) -> Diary:
    """Return the diary of a revision's log, made once."""
    return Diary.of(log)

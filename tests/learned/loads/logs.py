"""Small logs for the tests of the load model."""

from __future__ import annotations

import math

import numpy as np

from voltlift_core import TrainingLog
from voltlift_core.history.records import NORMAL, SessionRecord, SetRecord
from voltlift_learned.diary import DAY_S, Diary, Today
from voltlift_learned.loads.candidates import CANDIDATE_FEATURES
from voltlift_learned.loads.features import LOAD_FEATURES
from voltlift_learned.loads.interval import Calibration
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.trees import TreeEnsemble


def one_set(name, kg, reps=5, kind=NORMAL, rpe=math.nan, entry=0):
    return SetRecord(name, entry, kg, reps, rpe, kind, True, math.nan)


def workout(day, *sets):
    start = day * DAY_S + 18 * 3600
    return SessionRecord(f"day {day}", start, math.nan, 0, True, tuple(sets))


def diary_of(*workouts):
    return Diary.of(TrainingLog.from_records(workouts))


def lift(weights, reps=5, every=3, name="squat", first=0):
    """A workout of one exercise every few days."""
    repeated = [reps] * len(weights) if isinstance(reps, int) else reps
    return [
        workout(first + at * every, one_set(name, kg, n))
        for at, (kg, n) in enumerate(zip(weights, repeated, strict=True))
    ]


def today_at(diary, day, current=None):
    return Today.of(diary, day * DAY_S + 18 * 3600, current=current)


def random_log(seed, n_days=40, names=("squat", "bench", "row", "curl")):
    """Workouts of a made-up lifter, with gaps, light days and changing repetitions."""
    rng = np.random.default_rng(seed)
    kg = {name: 20.0 + 10 * rng.integers(1, 8) for name in names}
    day, workouts = 0, []
    for _ in range(n_days):
        day += int(rng.choice([1, 2, 3, 40], p=[0.3, 0.4, 0.27, 0.03]))
        sets = []
        for entry, name in enumerate(rng.permutation(names)[: rng.integers(1, len(names) + 1)]):
            kg[name] = max(5.0, kg[name] + 2.5 * rng.integers(-1, 3))
            reps = int(rng.integers(3, 13))
            sets += [
                one_set(str(name), kg[name] - 5 * k, reps + k, entry=entry)
                for k in range(rng.integers(1, 4))
            ]
        workouts.append(workout(day, *sets))
    return workouts


def trees(features, values, on=None, at=0.0, link="identity"):
    """A stump: ``values[0]`` where the feature is at most ``at``, else ``values[1]``."""
    index = 0 if on is None else features.index(on)
    return TreeEnsemble(
        features=features,
        depth=1,
        feature=np.array([index], np.int16),
        threshold=np.array([np.inf if on is None else at], np.float32),
        mean=np.array([sum(values) / 2], np.float32),
        leaf=np.array(values, np.float32),
        link=link,
    )


CALM = Calibration((0.02, 0.06), (0.0, 0.0, 0.0, 0.0), 30.0, 0.8)


def stump_model(point=(0.05, 0.05), low=-0.02, high=0.08, favours="c_last", calibration=CALM):
    """A model that is known by heart: its chooser favours one feature of a candidate."""
    choice = LOAD_FEATURES + CANDIDATE_FEATURES
    chooser = trees(choice, (-4.0, 4.0), favours, 0.5, "sigmoid")
    return LoadModel(
        point=trees(LOAD_FEATURES, point, "plan_reps"),
        low=trees(LOAD_FEATURES, (low, low)),
        high=trees(LOAD_FEATURES, (high, high)),
        chooser=chooser,
        planned_chooser=chooser,
        calibration=calibration,
    )

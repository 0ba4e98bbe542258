"""A tiny gym, and short spellings for logs made by hand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import Category, Equipment, Level, MovementPattern, MuscleGroup
from voltlift_core.features import FeatureFrame, FeatureInputs, LogView
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import (
    NORMAL,
    CurrentRecord,
    DailyRecord,
    SessionRecord,
    SetRecord,
)

NAN = math.nan
DAY = 86_400.0
# A Sunday, noon UTC.
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC).timestamp()

_G, _E, _C, _P = MuscleGroup, Equipment, Category, MovementPattern

GYM = Catalogue(
    [
        Exercise(
            id="bench",
            name="Bench Press",
            muscle_group=_G.CHEST,
            secondary_muscles=(_G.SHOULDERS, _G.ARMS),
            equipment=_E.BARBELL,
            category=_C.COMPOUND,
            difficulty=Level.INTERMEDIATE,
            movement_pattern=_P.HORIZONTAL_PUSH,
            commonness=3,
        ),
        Exercise(
            id="squat",
            name="Squat",
            muscle_group=_G.LEGS,
            secondary_muscles=(_G.CORE,),
            equipment=_E.BARBELL,
            category=_C.COMPOUND,
            difficulty=Level.ADVANCED,
            movement_pattern=_P.SQUAT,
            commonness=3,
        ),
        Exercise(
            id="pull-up",
            name="Pull-Up",
            muscle_group=_G.BACK,
            secondary_muscles=(_G.ARMS,),
            equipment=_E.BODYWEIGHT,
            category=_C.BODYWEIGHT,
            difficulty=Level.INTERMEDIATE,
            bodyweight_share=1.0,
            movement_pattern=_P.VERTICAL_PULL,
            commonness=2,
        ),
        Exercise(
            id="curl",
            name="Curl",
            muscle_group=_G.ARMS,
            equipment=_E.DUMBBELL,
            category=_C.ISOLATION,
            difficulty=Level.BEGINNER,
            unilateral=True,
            movement_pattern=_P.ELBOW_FLEXION,
        ),
        Exercise(
            id="rower",
            name="Rower",
            muscle_group=_G.CARDIO,
            equipment=_E.CARDIO_MACHINE,
            category=_C.CARDIO,
            difficulty=Level.BEGINNER,
            movement_pattern=_P.LOCOMOTION,
        ),
    ]
)
BENCH, SQUAT, PULL_UP, CURL, ROWER = range(5)


def one(
    exercise: str,
    load: float = 100.0,
    reps: int = 5,
    *,
    rpe: float = NAN,
    kind: int = NORMAL,
    done: bool = True,
    seconds: float = NAN,
    entry: int = 0,
) -> SetRecord:
    """Return one set."""
    return SetRecord(exercise, entry, load, reps, rpe, kind, done, seconds)


def workout(
    days_ago: float,
    *sets: SetRecord,
    name: str = "",
    minutes: float = 60.0,
    offset: int = 0,
    time_known: bool = True,
    now: float = NOW,
) -> SessionRecord:
    """Return a workout that started so many days before ``now``; entries by exercise."""
    order: dict[str, int] = {}
    numbered = tuple(
        SetRecord(
            s.exercise_id,
            order.setdefault(s.exercise_id, len(order)),
            s.load_kg,
            s.reps,
            s.rpe,
            s.kind,
            s.completed,
            s.seconds,
        )
        for s in sets
    )
    start = now - days_ago * DAY
    id_ = name or f"w{days_ago}"
    return SessionRecord(id_, start, start + minutes * 60, offset, time_known, numbered)


def day(days_ago: int, **readings: float) -> DailyRecord:
    """Return a day's readings."""
    fields = dict.fromkeys(DailyRecord.__slots__[1:], NAN)
    return DailyRecord(day=int(NOW // DAY) - days_ago, **(fields | readings))


def frame(
    sessions: Sequence[SessionRecord] = (),
    *,
    settings: Settings | None = None,
    daily: Sequence[DailyRecord] = (),
    current: CurrentRecord | None = None,
    now: float = NOW,
    offset: int = 0,
    catalogue: Catalogue = GYM,
) -> FeatureFrame:
    """Return the frame of a hand-made history."""
    return FeatureFrame(
        FeatureInputs(
            view=LogView(TrainingLog.from_records(sessions), catalogue),
            settings=settings or Settings(),
            daily=tuple(sorted(daily, key=lambda record: record.day)),
            current=current or CurrentRecord(),
            now_s=now,
            utc_offset=offset,
        )
    )

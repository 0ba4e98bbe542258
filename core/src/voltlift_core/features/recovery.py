"""Recovery features: sleep, readings, effort and load of late."""

from __future__ import annotations

import math

import numpy as np

from voltlift_core.features.moment import Moment
from voltlift_core.features.numeric import Floats, mean, ratio, spread
from voltlift_core.features.spec import FEATURES, Scalar
from voltlift_core.features.user import consecutive_workout_days

_SETS = "history[].logs[].sets"
_RPE = "history[].logs[].sets[].rpe"


def _reading(field: str, days: int) -> Scalar:
    def compute(at: Moment) -> float:
        return mean(at.daily(field, days))

    return compute


for _name, _field, _wire, _days, _unit, _span, _default in (
    ("sleepAvg7d", "sleep_hours", "sleepHours", 7, "h", (0, 14), 7),
    ("sleepAvg30d", "sleep_hours", "sleepHours", 30, "h", (0, 14), 7),
    ("sleepQualityAvg7d", "sleep_quality", "sleepQuality", 7, "1-5", (1, 5), 3),
    ("stressAvg7d", "stress_level", "stressLevel", 7, "1-5", (1, 5), 3),
    ("sorenessAvg7d", "muscle_soreness", "muscleSoreness", 7, "1-5", (1, 5), 3),
    ("recoveryAvg7d", "perceived_recovery", "perceivedRecovery", 7, "1-5", (1, 5), 3),
    ("energyAvg7d", "perceived_energy", "perceivedEnergy", 7, "1-5", (1, 5), 3),
    ("hrvAvg7d", "hrv_ms", "hrv", 7, "ms", (5, 250), 60),
    ("restingHrAvg7d", "resting_hr", "restingHR", 7, "1/min", (30, 120), 60),
    ("waterAvg7d", "water_litres", "waterLitres", 7, "l", (0, 10), 2),
    ("difficultyAvg30d", "workout_difficulty", "workoutDifficulty", 30, "1-5", (1, 5), 3),
    ("satisfactionAvg30d", "workout_satisfaction", "workoutSatisfaction", 30, "1-5", (1, 5), 3),
):
    FEATURES.scalar(
        _name,
        "recovery",
        _unit,
        _span,
        default=_default,
        source=f"dailyLogs[].{_wire}",
        description=f"Mean of {_wire} over the days of the last {_days} that have it.",
    )(_reading(_field, _days))


@FEATURES.scalar("sleepLast", "recovery", "h", (0, 14), default=7, source="dailyLogs[].sleepHours")
def sleep_last(at: Moment) -> float:
    """Latest sleep reading of yesterday or today."""
    values = at.daily("sleep_hours", 2)
    return float(values[-1]) if len(values) else math.nan


@FEATURES.scalar(
    "sleepDebt7d", "recovery", "h", (0, 56), default=3, source="dailyLogs[].sleepHours"
)
def sleep_debt(at: Moment) -> float:
    """Hours of sleep short of 8 a night over the last 7 days.

    Nights not logged are taken to be like the mean of the others.
    """
    values = at.daily("sleep_hours", 7)
    return 7 * mean(np.maximum(8 - values, 0.0))


@FEATURES.scalar(
    "sleepSpread30d", "recovery", "h", (0, 6), default=0.8, source="dailyLogs[].sleepHours"
)
def sleep_spread(at: Moment) -> float:
    """Standard deviation of the hours of sleep of the last 30 days."""
    return spread(at.daily("sleep_hours", 30))


@FEATURES.scalar(
    "sleepLoggedShare30d", "recovery", "share", (0, 1), default=0, source="dailyLogs[].sleepHours"
)
def sleep_logged_share(at: Moment) -> float:
    """Share of the last 30 days with a sleep reading."""
    return len(at.daily("sleep_hours", 30)) / 30


def _against_baseline(values: Floats) -> float:
    return float(values[-1]) / mean(values[:-1]) if len(values) >= 4 else math.nan


@FEATURES.scalar("hrvRatio", "recovery", "ratio", (0.3, 3), default=1, source="dailyLogs[].hrv")
def hrv_ratio(at: Moment) -> float:
    """Latest HRV (of the last 3 days) over the mean of the other readings of 30 days."""
    return _against_baseline(at.daily("hrv_ms", 30)) if len(at.daily("hrv_ms", 3)) else math.nan


@FEATURES.scalar(
    "restingHrRatio", "recovery", "ratio", (0.5, 2), default=1, source="dailyLogs[].restingHR"
)
def resting_hr_ratio(at: Moment) -> float:
    """Latest resting pulse (of the last 3 days) over the mean of the others of 30 days."""
    recent = at.daily("resting_hr", 3)
    return _against_baseline(at.daily("resting_hr", 30)) if len(recent) else math.nan


@FEATURES.scalar(
    "painDays14d", "recovery", "days", (0, 14), default=0, source="dailyLogs[].hadPainOrDiscomfort"
)
def pain_days(at: Moment) -> float:
    """Days of the last 14 with pain or discomfort; missing where it was never asked."""
    values = at.daily("pain", 14)
    return float((values > 0).sum()) if len(values) else math.nan


@FEATURES.scalar(
    "proteinPerKg7d",
    "recovery",
    "g/kg",
    (0, 5),
    default=1.5,
    source="dailyLogs[].proteinGrams, settings.bodyweight",
)
def protein_per_kg(at: Moment) -> float:
    """Mean protein a day over the last 7 days by kilogram of bodyweight."""
    return mean(at.daily("protein_grams", 7)) / at.bodyweight_kg


@FEATURES.scalar(
    "bodyweightChange30d",
    "recovery",
    "share",
    (-0.3, 0.3),
    default=0,
    source="dailyLogs[].bodyweight",
)
def bodyweight_change(at: Moment) -> float:
    """Mean bodyweight of the last 7 days against that of the 30 days before, relative."""
    before = mean(at.daily("bodyweight_kg", 37, 7))
    return mean(at.daily("bodyweight_kg", 7)) / before - 1


# Effort


@FEATURES.scalar("rpeAvg7d", "recovery", "RPE", (1, 10), default=7, source=_RPE)
def rpe_avg_7d(at: Moment) -> float:
    """Mean RPE of the working sets of the last 7 days that have one."""
    return at.rpe(7)


@FEATURES.scalar("rpeAvg30d", "recovery", "RPE", (1, 10), default=7, source=_RPE)
def rpe_avg_30d(at: Moment) -> float:
    """Mean RPE of the working sets of the last 30 days that have one."""
    return at.rpe(30)


@FEATURES.scalar("rpeChange", "recovery", "RPE", (-9, 9), default=0, source=_RPE)
def rpe_change(at: Moment) -> float:
    """Mean RPE of the last 7 days less that of the 30 days before."""
    return at.rpe(7) - at.rpe(37, 7)


@FEATURES.scalar("lastWorkoutRpe", "recovery", "RPE", (1, 10), default=7, source=_RPE)
def last_workout_rpe(at: Moment) -> float:
    """Mean RPE of the last workout."""
    rated = _last_workout(at, "rpe_sets")
    return ratio(_last_workout(at, "rpe_sum"), rated)


# Load


def _last_workout(at: Moment, column: str) -> float:
    session = at.view.entry("session")
    if not len(session):
        return math.nan
    first = int(np.searchsorted(session, session[-1]))
    return float(at.view.entry(column)[first:].sum())


@FEATURES.scalar(
    "daysSinceLastWorkout",
    "recovery",
    "days",
    (0, 999),
    default=999,
    source="history[].startTime",
)
def days_since_last_workout(at: Moment) -> float:
    """Days since the last workout began, at most 999."""
    start = at.view.session("start_s")
    return float(at.days_idle(start[-1:])[0]) if len(start) else math.nan


@FEATURES.scalar("lastWorkoutSets", "recovery", "sets", (0, 100), default=18, source=_SETS)
def last_workout_sets(at: Moment) -> float:
    """Working sets of the last workout."""
    return _last_workout(at, "sets")


@FEATURES.scalar("hardSets48h", "recovery", "sets", (0, 150), default=0, source=_SETS)
def hard_sets_48h(at: Moment) -> float:
    """Working sets of the last 48 hours."""
    return float(at.view.entry("sets")[at.entries(2)].sum())


@FEATURES.scalar("restDays7d", "recovery", "days", (0, 7), default=7, source="history[].startTime")
def rest_days(at: Moment) -> float:
    """Days without a workout among today and the six days before."""
    return 7 - sum(day > at.local_day - 7 for day in at.training_days)


@FEATURES.scalar("volumeLast7Days", "recovery", "kg", (0, 150_000), default=0, source=_SETS)
def volume_7d(at: Moment) -> float:
    """Volume load of the last 7 days."""
    return float(at.volume(at.entries(7)).sum())


@FEATURES.scalar("volumeLast28Days", "recovery", "kg", (0, 600_000), default=0, source=_SETS)
def volume_28d(at: Moment) -> float:
    """Volume load of the last 28 days."""
    return float(at.volume(at.entries(28)).sum())


@FEATURES.scalar("acuteChronicRatio", "recovery", "ratio", (0, 4), default=1, source=_SETS)
def acute_chronic_ratio(at: Moment) -> float:
    """Working sets of the last 7 days over a quarter of those of the last 28.

    Missing below 14 days of training.
    """
    start = at.view.session("start_s")
    if not len(start) or at.now_s - float(start[0]) < 14 * 86_400:
        return math.nan
    sets = at.view.entry("sets")
    return ratio(float(sets[at.entries(7)].sum()), float(sets[at.entries(28)].sum()) / 4)


def _daily_sets(at: Moment) -> Floats:
    """Working sets of each of the last 7 times 24 hours."""
    window = at.entries(7)
    age = at.days_since(at.view.entry("start_s")[window]).astype(np.int32)
    sets = np.bincount(np.minimum(age, 6), at.view.entry("sets")[window], minlength=7)
    return sets.astype(np.float64, copy=False)


@FEATURES.scalar("trainingMonotony7d", "recovery", "ratio", (0, 10), default=0, source=_SETS)
def training_monotony(at: Moment) -> float:
    """Mean over standard deviation of the daily working sets of the last 7 days (Foster)."""
    daily = _daily_sets(at)
    return ratio(mean(daily), spread(daily))


@FEATURES.scalar("trainingStrain7d", "recovery", "sets", (0, 1000), default=0, source=_SETS)
def training_strain(at: Moment) -> float:
    """Working sets of the last 7 days times their monotony (Foster)."""
    return float(_daily_sets(at).sum()) * training_monotony(at)


@FEATURES.scalar(
    "fatigueLevel",
    "recovery",
    "1-5",
    (1, 5),
    default=2,
    source="dailyLogs[].sleepHours, history[].logs[].sets, history[].startTime",
)
def fatigue_level(at: Moment) -> float:
    """Fatigue, 1 fresh to 5 spent: 2 + sleep + 0.75 effort + 0.5 load + 0.5 streak.

    The parts, each within ±1: (7 - sleepAvg7d) / 1.5, (rpeAvg7d - 7) / 1.5,
    (acuteChronicRatio - 1) / 0.5 and (days in a row - 2) / 3, the last not below 0. What is
    unknown adds nothing; missing where all is. Soreness stays out: its direction in app
    states is uncertain.
    """
    parts = (
        (1.0, (7 - mean(at.daily("sleep_hours", 7))) / 1.5),
        (0.75, (at.rpe(7) - 7) / 1.5),
        (0.5, (acute_chronic_ratio(at) - 1) / 0.5),
    )
    known = [weight * min(max(part, -1.0), 1.0) for weight, part in parts if part == part]
    if not known:
        return math.nan
    tired = 0.5 * min(max((consecutive_workout_days(at) - 2) / 3, 0.0), 1.0)
    return min(max(2 + sum(known) + tired, 1.0), 5.0)

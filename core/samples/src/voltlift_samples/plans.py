"""Who the sample lifters are and what they train."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifter:
    """A made-up lifter.

    Parameters
    ----------
    settings : mapping
        Parts of the app state's settings, as they are.
    weekdays : tuple of int
        Training days, Monday is 0; no gap of more than three days.
    hour : int
        Usual start, local time.
    days : mapping of str to tuple of str
        Workouts in rotation; each line is ``sets reps start exercise...`` with reps
        ``low-high`` or ``600s``, start weight in kilograms, and exercises that take turns.
    workouts : int
        Length of the history by default.
    gain : float
        Strength that is still to be gained, as a share.
    effort_logged, skips, layoffs : float
        Chance that a set has an RPE, that a training day is skipped, that a break of two to
        four weeks begins after a workout.
    diary : mapping of str to float
        Chance per day that a reading of the daily log is there.
    """

    settings: Mapping[str, object]
    weekdays: tuple[int, ...]
    hour: int
    days: Mapping[str, tuple[str, ...]]
    workouts: int
    gain: float
    effort_logged: float
    skips: float = 0.08
    layoffs: float = 0.006
    diary: Mapping[str, float]


LIFTERS: Mapping[str, Lifter] = {
    "beginner": Lifter(
        settings={
            "name": "Bo",
            "units": "kg",
            "goal": {"type": "General Fitness", "targetPerWeek": 3},
            "experienceLevel": "Beginner",
            "availableEquipment": ["Machine", "Bodyweight", "Resistance Bands"],
            "bodyweight": 68,
            "gender": "female",
            "favoriteExercises": ["leg-press", "stationary-bike"],
        },
        weekdays=(0, 2, 4),
        hour=18,
        days={
            "Full Body A": (
                "1 600s 0 stationary-bike",
                "3 10-12 60 leg-press",
                "3 8-12 20 machine-chest-press",
                "3 8-12 30 machine-lat-pulldown machine-row",
                "3 10-15 10 machine-lateral-raise",
                "2 30s 0 plank",
            ),
            "Full Body B": (
                "3 10-20 0 bodyweight-squat",
                "3 10-12 25 machine-row",
                "3 8-12 15 machine-shoulder-press",
                "3 10-15 20 lying-leg-curl",
                "2 10-15 10 machine-biceps-curl machine-preacher-curl",
                "2 12-20 0 crunch dead-bug",
                "1 900s 0 treadmill-walk rowing-machine",
            ),
        },
        workouts=24,
        gain=0.45,
        effort_logged=0.15,
        skips=0.15,
        diary={"sleepHours": 0.5, "bodyweight": 0.1, "waterLitres": 0.3, "perceivedEnergy": 0.3},
    ),
    "intermediate": Lifter(
        settings={
            "name": "Ina",
            "units": "kg",
            "goal": {"type": "Power-Building", "targetPerWeek": 4},
            "experienceLevel": "Intermediate",
            "availableEquipment": [
                "Barbell",
                "Dumbbell",
                "Machine",
                "Cable",
                "Bodyweight",
                "Resistance Bands",
            ],
            "barWeight": 20,
            "bodyweight": 82,
            "gender": "male",
            "favoriteExercises": ["barbell-bench-press", "pull-up", "cable-fly"],
            "activeProgram": {"programId": "upper-lower", "currentSessionIndex": 2},
        },
        weekdays=(0, 1, 3, 5),
        hour=17,
        days={
            "Upper 1": (
                "4 5-8 70 barbell-bench-press",
                "3 6-10 60 barbell-row seated-cable-row",
                "3 8-12 24 dumbbell-shoulder-press",
                "3 6-10 0 pull-up chin-up",
                "3 10-15 12 cable-fly pec-deck",
                "3 10-15 25 cable-triceps-pushdown overhead-cable-triceps-extension",
            ),
            "Lower 1": (
                "4 5-8 95 barbell-squat",
                "3 8-10 80 barbell-romanian-deadlift",
                "3 10-15 120 leg-press hack-squat",
                "3 10-15 40 lying-leg-curl seated-leg-curl",
                "4 10-15 60 machine-standing-calf-raise",
                "2 10-15 0 hanging-leg-raise",
                "2 6-10 8 man-maker",
            ),
            "Upper 2": (
                "3 6-8 42.5 barbell-overhead-press",
                "4 8-12 55 cable-lat-pulldown",
                "3 8-12 26 incline-dumbbell-bench-press",
                "3 8-12 50 seated-cable-row",
                "3 12-20 8 dumbbell-lateral-raise cable-lateral-raise",
                "3 8-12 25 ez-bar-curl hammer-curl",
                "1 900s 0 rowing-machine",
            ),
            "Lower 2": (
                "3 3-6 120 barbell-deadlift",
                "3 8-12 20 bulgarian-split-squat dumbbell-walking-lunge",
                "3 10-15 45 leg-extension",
                "3 8-12 80 barbell-hip-thrust",
                "3 12-20 40 machine-seated-calf-raise",
                "3 10-15 35 cable-crunch",
            ),
        },
        workouts=160,
        gain=0.25,
        effort_logged=0.5,
        diary={
            "sleepHours": 0.8,
            "sleepQuality": 0.5,
            "bodyweight": 0.4,
            "muscleSoreness": 0.3,
            "stressLevel": 0.2,
            "perceivedRecovery": 0.3,
            "workoutSatisfaction": 0.3,
        },
    ),
    "advanced": Lifter(
        settings={
            "name": "Ada",
            "units": "kg",
            "goal": {"type": "Powerlifting", "targetPerWeek": 5},
            "experienceLevel": "Advanced",
            "availableEquipment": [
                "Barbell",
                "Dumbbell",
                "Machine",
                "Cable",
                "Bodyweight",
                "Kettlebell",
            ],
            "barWeight": 25,
            "bodyweight": 93,
            "gender": "male",
            "favoriteExercises": ["barbell-squat", "barbell-deadlift"],
            "activeProgram": {"programId": "peaking", "currentSessionIndex": 7},
        },
        weekdays=(0, 1, 3, 4, 5),
        hour=7,
        days={
            "Squat": (
                "5 3-5 165 barbell-squat",
                "3 5-8 120 paused-barbell-squat barbell-front-squat",
                "3 8-10 130 barbell-romanian-deadlift",
                "3 10-15 55 leg-extension",
                "3 8-12 60 cable-crunch",
            ),
            "Bench": (
                "5 3-5 120 barbell-bench-press",
                "3 6-8 95 close-grip-bench-press spoto-press",
                "4 6-10 90 barbell-row",
                "3 8-12 20 weighted-chest-dip",
                "3 12-20 14 dumbbell-lateral-raise",
            ),
            "Pull": (
                "4 5-8 15 weighted-pull-up",
                "4 8-12 75 seated-cable-row t-bar-row",
                "3 12-20 25 cable-face-pull",
                "3 8-12 40 barbell-curl",
                "3 10-15 24 kettlebell-swing",
            ),
            "Deadlift": (
                "4 2-5 200 barbell-deadlift",
                "3 4-6 150 deficit-deadlift rack-pull",
                "3 8-12 220 leg-press",
                "3 8-12 60 lying-leg-curl",
                "3 10-15 0 hanging-leg-raise",
            ),
            "Press": (
                "4 4-6 72.5 barbell-overhead-press",
                "3 8-12 36 incline-dumbbell-bench-press",
                "3 8-12 70 cable-lat-pulldown",
                "3 8-12 40 ez-bar-skullcrusher jm-press",
                "2 1200s 0 stationary-bike",
            ),
        },
        workouts=320,
        gain=0.1,
        effort_logged=0.9,
        skips=0.04,
        diary={
            "sleepHours": 0.95,
            "sleepQuality": 0.9,
            "stressLevel": 0.7,
            "muscleSoreness": 0.7,
            "perceivedRecovery": 0.7,
            "perceivedEnergy": 0.6,
            "bodyweight": 0.8,
            "hrv": 0.9,
            "restingHR": 0.9,
            "proteinGrams": 0.6,
            "waterLitres": 0.5,
            "workoutDifficulty": 0.5,
            "workoutSatisfaction": 0.5,
            "hadPainOrDiscomfort": 0.4,
        },
    ),
    "no_effort": Lifter(
        settings={
            "name": "Nils",
            "units": "kg",
            "goal": {"type": "Strength", "targetPerWeek": 3},
            "experienceLevel": "Intermediate",
            "availableEquipment": ["Barbell", "Bodyweight", "Kettlebell"],
            "barWeight": 15,
            "gender": "male",
        },
        weekdays=(1, 3, 6),
        hour=20,
        days={
            "A": (
                "5 4-6 85 barbell-squat",
                "5 4-6 62.5 barbell-bench-press",
                "5 5-8 55 barbell-row pendlay-row",
                "3 5-10 0 pull-up",
                "3 10-15 16 kettlebell-swing",
            ),
            "B": (
                "5 4-6 60 barbell-front-squat barbell-squat",
                "5 4-6 40 barbell-overhead-press",
                "3 3-5 110 barbell-deadlift",
                "4 8-20 0 push-up",
                "3 8-12 25 barbell-curl",
                "1 1200s 0 outdoor-run",
            ),
        },
        workouts=120,
        gain=0.3,
        effort_logged=0.0,
        skips=0.12,
        diary={},
    ),
    "dumbbell": Lifter(
        settings={
            "name": "Dee",
            "units": "lbs",
            "goal": {"type": "Build Muscle", "targetPerWeek": 4},
            "experienceLevel": "Beginner",
            "availableEquipment": ["Dumbbells", "Bodyweight", "Resistance Bands"],
            "bodyweight": 141,
            "favoriteExercises": ["dumbbell-bench-press", "goblet-squat"],
        },
        weekdays=(0, 2, 3, 5),
        hour=6,
        days={
            "Push": (
                "4 8-12 14 dumbbell-bench-press",
                "3 8-12 10 dumbbell-shoulder-press arnold-press",
                "3 10-20 0 push-up",
                "3 12-20 4.5 dumbbell-lateral-raise",
                "3 10-15 8 overhead-dumbbell-triceps-extension",
                "3 20s 0 side-plank",
            ),
            "Legs": (
                "4 8-12 18 goblet-squat",
                "4 8-12 18 dumbbell-romanian-deadlift",
                "3 8-12 9 dumbbell-lunge dumbbell-step-up",
                "3 12-20 14 dumbbell-standing-calf-raise",
                "3 8-15 0 jump-squat",
                "3 10-20 0 burpee mountain-climber",
            ),
            "Pull": (
                "4 8-12 14 chest-supported-dumbbell-row dumbbell-row",
                "3 10-15 0 band-lat-pulldown",
                "3 10-15 5 dumbbell-reverse-fly",
                "3 8-12 8 hammer-curl dumbbell-curl",
                "3 12-20 0 bicycle-crunch",
            ),
        },
        workouts=70,
        gain=0.35,
        effort_logged=0.3,
        diary={"sleepHours": 0.4, "stressLevel": 0.15, "proteinGrams": 0.3, "restingHR": 0.3},
    ),
}
"""Sample lifters by name: goals, levels and equipment differ; one never notes effort."""

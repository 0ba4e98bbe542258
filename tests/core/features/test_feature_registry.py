import subprocess
import sys
from pathlib import Path

import pytest

from voltlift_core.domain.vocabulary import MUSCLE_GROUPS
from voltlift_core.features import FEATURES, GROUPS
from voltlift_core.features.spec import Registry

ROOT = Path(__file__).parents[3]

# The names that the architecture overview gives.
OVERVIEW = {
    "user": (
        "experienceLevel",
        "goal",
        "bodyweight",
        "gender",
        "totalWorkouts",
        "workoutsLast7Days",
        "avgRestDays",
        "consecutiveWorkoutDays",
    ),
    "balance": [f"{prefix}{group}" for prefix in ("volume", "sessions") for group in MUSCLE_GROUPS],
    "recovery": (
        "sleepAvg7d",
        "sleepAvg30d",
        "rpeAvg7d",
        "rpeAvg30d",
        "fatigueLevel",
        "daysSinceLastWorkout",
    ),
    "exercise": (
        "daysSinceLastPerformed",
        "avgWeight",
        "maxWeight",
        "volumeLast6Sessions",
        "completionRate",
        "avgRPE",
        "weightTrend",
        "volumeTrend",
        "rpeTrend",
        "personalBest1RM",
    ),
    "context": (
        "timeOfDay",
        "dayOfWeek",
        "workoutDurationSoFar",
        "exercisesInSessionCount",
        "muscleGroupsTrainedToday",
    ),
}


@pytest.mark.parametrize(
    ("group", "name"), [(group, name) for group, names in OVERVIEW.items() for name in names]
)
def test_every_name_of_the_overview_is_a_feature_of_its_group(group: str, name: str):
    assert FEATURES[name].group == group


def test_there_are_at_least_150_features():
    assert len({spec.name for spec in FEATURES}) == len(FEATURES) >= 150
    assert {spec.group for spec in FEATURES} == set(GROUPS)


@pytest.mark.parametrize("spec", list(FEATURES), ids=lambda spec: spec.name)
def test_every_feature_is_well_formed(spec):
    assert spec.name.isidentifier()
    assert spec.name[0].islower()
    assert spec.source
    assert spec.low <= spec.default <= spec.high


@pytest.mark.cpython_only(reason="the wheel ships without docstrings, which are the descriptions")
def test_every_feature_is_described():
    assert [spec.name for spec in FEATURES if not spec.description.endswith(".")] == []


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("sleepAvg7d", 7),
        ("sleepAvg30d", 7),
        ("sleepLast", 7),
        ("rpeAvg7d", 7),
        ("rpeAvg30d", 7),
        ("avgRPE", 7),
        ("daysSinceLastPerformed", 999),
        ("daysSinceLastWorkout", 999),
        ("daysSinceChest", 999),
        ("barWeight", 20),
        ("experienceLevel", 0),
        ("equipmentCount", 5),
        ("hasBarbell", 1),
        ("hasKettlebell", 0),
    ],
)
def test_defaults_are_those_of_the_domain(name: str, default: float):
    assert FEATURES[name].default == default


def test_a_name_is_registered_once_only():
    registry = Registry()
    register = registry.scalar("x", "user", "", (0, 1), default=0, source="s", description="It.")
    register(lambda at: 0.0)
    with pytest.raises(ValueError, match="two features are called 'x'"):
        register(lambda at: 0.0)


def test_a_feature_needs_a_range():
    register = Registry().scalar("x", "user", "", (1, 1), default=1, source="s", description="It.")
    with pytest.raises(ValueError, match="its range is empty"):
        register(lambda at: 0.0)


@pytest.mark.cpython_only(reason="compares a committed file in a process of its own")
def test_the_reference_page_is_up_to_date():
    run = subprocess.run(
        [sys.executable, "docs/generate_features.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": "core/src"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr

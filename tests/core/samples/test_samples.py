import json
from itertools import pairwise

import pytest

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode import decode_state
from voltlift_samples import LIFTERS, generated_catalogue, sample_state
from voltlift_samples.training import Slot

NOW = 1_772_366_400_000  # 2026-03-01T12:00Z
DAY = 86_400_000
NAMES = sorted(LIFTERS)
CATALOGUE = Catalogue.bundled()
PLANNED = sorted(
    {
        (name, exercise)
        for name, lifter in LIFTERS.items()
        for lines in lifter.days.values()
        for line in lines
        for exercise in Slot.read(line).exercises
    }
)


def sets_of(state: dict) -> list[dict]:
    return [
        item
        for session in state["state"]["history"]
        for log in session["logs"]
        for item in log["sets"]
    ]


@pytest.mark.parametrize(("name", "exercise"), PLANNED)
def test_planned_exercises_exist_and_can_be_done_with_the_equipment(name: str, exercise: str):
    state = sample_state(name, now_ms=NOW, workouts=0)
    decoded, _ = decode_state(state, catalogue=CATALOGUE, utc_offset_minutes=0)
    found = CATALOGUE.get(exercise)
    assert found is not None
    assert decoded.settings is not None
    assert decoded.settings.equipment is not None
    assert found.equipment in usable_equipment(decoded.settings.equipment)


@pytest.mark.parametrize("name", NAMES)
def test_favourites_exist(name: str):
    for exercise in LIFTERS[name].settings.get("favoriteExercises", []):
        assert CATALOGUE.get(exercise) is not None


@pytest.mark.parametrize("name", NAMES)
def test_the_decoder_takes_all_of_it(name: str):
    state = sample_state(name, now_ms=NOW, utc_offset_minutes=120)
    decoded, report = decode_state(state, catalogue=CATALOGUE, utc_offset_minutes=120)
    assert [issue for issue in report.issues if issue.severity == "quarantined"] == []
    assert len(decoded.sessions) == LIFTERS[name].workouts
    assert len(decoded.daily) == len(state["state"]["dailyLogs"])
    assert sum(len(session.sets) for session in decoded.sessions) == len(sets_of(state))


@pytest.mark.parametrize("name", NAMES)
def test_history_is_newest_first_and_ends_one_to_three_days_ago(name: str):
    starts = [s["startTime"] for s in sample_state(name, now_ms=NOW)["state"]["history"]]
    assert all(later > earlier for later, earlier in pairwise(starts))
    days_ago = NOW // DAY - starts[0] // DAY
    assert 1 <= days_ago <= 3


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_state_and_another_one_does_not(name: str):
    first = json.dumps(sample_state(name, now_ms=NOW, workouts=12))
    assert json.dumps(sample_state(name, now_ms=NOW, workouts=12)) == first
    assert json.dumps(sample_state(name, now_ms=NOW, workouts=12, seed=8)) != first


def test_sets_are_known_so_that_every_platform_can_be_held_to_them():
    state = sample_state("intermediate", now_ms=NOW, workouts=40)
    loads = [item["weight"] for item in sets_of(state)]
    assert (len(loads), sum(loads)) == (938, 43_916.5)


@pytest.mark.parametrize("workouts", [0, 1, 10, 500])
def test_the_history_has_the_length_asked_for_with_about_twenty_sets_each(workouts: int):
    state = sample_state("intermediate", now_ms=NOW, workouts=workouts)
    assert len(state["state"]["history"]) == workouts
    if workouts >= 10:
        assert 16 <= len(sets_of(state)) / workouts <= 26


def test_the_history_looks_like_training():
    state = sample_state("intermediate", now_ms=NOW)
    sets = sets_of(state)
    kinds = {item["type"] for item in sets}
    assert kinds == {"N", "W", "F", "D"}
    assert any(not item["completed"] for item in sets)
    rated = sum("rpe" in item for item in sets) / len(sets)
    assert 0.2 < rated < 0.8
    starts = [s["startTime"] for s in state["state"]["history"]]
    gaps = [(later - earlier) / DAY for later, earlier in pairwise(starts)]
    assert max(gaps) > 13
    bench = [
        item["weight"]
        for session in reversed(state["state"]["history"])
        for log in session["logs"]
        if log["exerciseId"] == "barbell-bench-press"
        for item in log["sets"]
        if item["type"] == "N"
    ]
    assert bench[-1] > bench[0]
    assert any(later < earlier for earlier, later in pairwise(bench))


def test_one_lifter_never_notes_effort():
    assert not any("rpe" in item for item in sets_of(sample_state("no_effort", now_ms=NOW)))


def test_weights_lie_on_the_grid_of_the_lifters_unit():
    for item in sets_of(sample_state("dumbbell", now_ms=NOW)):
        assert item["weight"] % 5 == 0


@pytest.mark.parametrize(
    ("name", "workouts"), [("nobody", None), ("beginner", -1), ("beginner", 10_001)]
)
def test_bad_requests_are_refused(name: str, workouts: int | None):
    with pytest.raises(VoltLiftError) as caught:
        sample_state(name, now_ms=NOW, workouts=workouts)
    assert caught.value.code is ErrorCode.INVALID_REQUEST


@pytest.mark.parametrize("n", [1, 100, len(CATALOGUE), 500, 1000])
def test_a_generated_catalogue_has_so_many_distinct_exercises(n: int):
    catalogue = generated_catalogue(n, seed=3)
    assert len(catalogue) == n
    assert len({e.name for e in catalogue.exercises}) == n
    assert generated_catalogue(n, seed=3).exercises == catalogue.exercises


def test_a_generated_catalogue_starts_with_the_bundled_one():
    assert generated_catalogue(900).exercises[: len(CATALOGUE)] == CATALOGUE.exercises

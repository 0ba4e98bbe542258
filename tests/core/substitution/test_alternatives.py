"""What can stand in for an exercise: known answers, points that add up, filters that hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_coach.substitution.candidates import alternatives
from voltlift_coach.substitution.config import SubstitutionConfig
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.domain.vocabulary import (
    Category,
    Equipment,
    Level,
    MovementPattern,
    MuscleGroup,
)
from voltlift_core.errors import ErrorCode, VoltLiftError

CATALOGUE = Catalogue.bundled()
IDS = tuple(CATALOGUE.index)


def without(exercise_id):
    return frozenset(Equipment) - {CATALOGUE.get(exercise_id).equipment}


@pytest.mark.parametrize(
    ("taken", "first"),
    [
        ("barbell-bench-press", "dumbbell-bench-press"),
        ("incline-barbell-bench-press", "incline-dumbbell-bench-press"),
        ("barbell-squat", "trap-bar-squat"),
        ("barbell-deadlift", "trap-bar-deadlift"),
        ("barbell-curl", "dumbbell-curl"),
        ("machine-standing-calf-raise", "dumbbell-standing-calf-raise"),
        ("cable-lat-pulldown", "machine-lat-pulldown"),
        ("barbell-overhead-press", "dumbbell-shoulder-press"),
        ("treadmill-run", "outdoor-run"),
    ],
)
def test_the_same_movement_with_other_equipment_comes_first(taken, first):
    assert alternatives(CATALOGUE, taken, without(taken))[0].exercise_id == first


def test_a_body_alone_still_trains_the_chest():
    found = alternatives(CATALOGUE, "barbell-bench-press", usable_equipment([]))
    assert {"push-up", "chest-dip"} <= {item.exercise_id for item in found}
    assert all(item.reasons[0].code == "same_pattern" for item in found[:5])


def test_what_was_done_before_is_preferred_to_what_is_merely_common():
    plain = alternatives(CATALOGUE, "barbell-row", without("barbell-row"), limit=None)
    known = alternatives(
        CATALOGUE,
        "barbell-row",
        without("barbell-row"),
        familiar=["chest-supported-dumbbell-row"],
        limit=None,
    )
    place = [i.exercise_id for i in known].index("chest-supported-dumbbell-row")
    assert place < [i.exercise_id for i in plain].index("chest-supported-dumbbell-row")
    assert any(reason.code == "done_before" for reason in known[place].reasons)


@given(st.sampled_from(IDS), st.frozensets(st.sampled_from(Equipment)), st.integers(0, 20))
def test_points_add_up_and_filters_hold(exercise_id, equipment, limit):
    excluded = IDS[::3]
    found = alternatives(CATALOGUE, exercise_id, equipment, excluded, limit=limit)
    original = CATALOGUE.get(exercise_id)
    assert len(found) <= limit
    assert len({item.exercise_id for item in found}) == len(found)
    for item in found:
        other = CATALOGUE.get(item.exercise_id)
        assert item.score == sum(reason.points for reason in item.reasons)
        assert SubstitutionConfig.bundled().similarity.minimum <= item.score <= 100
        assert other.equipment in equipment
        assert item.exercise_id not in {exercise_id, *excluded}
        assert ({original.muscle_group, *original.secondary_muscles}) & (
            {other.muscle_group, *other.secondary_muscles}
        )
        assert (other.muscle_group == "Cardio") == (original.muscle_group == "Cardio")
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)


@given(st.sampled_from(IDS))
def test_the_order_of_the_catalogue_does_not_matter(exercise_id):
    backwards = Catalogue(CATALOGUE.exercises[::-1])
    assert alternatives(backwards, exercise_id, None) == alternatives(CATALOGUE, exercise_id, None)


def test_a_perfect_likeness_gets_all_points():
    twin = Exercise(
        id="custom-1",
        name="Dumbbell Bench Press",
        muscle_group=MuscleGroup.CHEST,
        secondary_muscles=CATALOGUE.get("dumbbell-bench-press").secondary_muscles,
        equipment=Equipment.DUMBBELL,
        category=Category.COMPOUND,
        difficulty=Level.BEGINNER,
        movement_pattern=MovementPattern.HORIZONTAL_PUSH,
    )
    found = alternatives(
        CATALOGUE.with_custom([twin]), "dumbbell-bench-press", None, familiar=["custom-1"]
    )
    assert (found[0].exercise_id, found[0].score) == ("custom-1", 100)


def test_an_own_exercise_without_a_pattern_is_judged_by_group_and_kind():
    own = Exercise(
        id="custom-2",
        name="Grandpa's Chest Machine",
        muscle_group=MuscleGroup.CHEST,
        equipment=Equipment.MACHINE,
        category=Category.MACHINE,
        difficulty=Level.BEGINNER,
    )
    catalogue = CATALOGUE.with_custom([own])
    found = alternatives(catalogue, "custom-2", None, limit=None)
    groups = {catalogue.get(item.exercise_id).muscle_group for item in found}
    assert groups <= {MuscleGroup.CHEST}
    assert all(item.reasons[0].code == "pattern_unknown" for item in found)


def test_an_unknown_exercise_is_named():
    with pytest.raises(VoltLiftError) as caught:
        alternatives(CATALOGUE, "moon-press", None)
    assert caught.value.code is ErrorCode.UNKNOWN_EXERCISE
    assert caught.value.received == "'moon-press'"


def test_every_number_of_the_configuration_names_something_that_exists():
    config = SubstitutionConfig.bundled()
    patterns = set(MovementPattern)
    assert set(config.strength) <= patterns
    assert set(config.related_patterns) <= patterns
    assert {other for pair in config.related_patterns.values() for other in pair} <= patterns
    assert {kind for table in config.strength.values() for kind in table} <= set(Equipment)
    assert set(config.exercises) <= set(IDS)
    points = config.similarity
    best = (
        points.same_pattern,
        points.same_muscle,
        points.secondary_muscles,
        points.same_category,
        points.same_variation,
        points.same_loading,
        points.same_sides,
        points.same_difficulty,
        points.done_before,
    )
    assert sum(best) == 100


@pytest.mark.parametrize("taken", ["pull-up", "chest-dip", "plank"])
def test_the_same_with_weight_on_top_takes_the_same_place(taken):
    found = [item.exercise_id for item in alternatives(CATALOGUE, taken, None, limit=None)]
    assert f"weighted-{taken}" not in found
    back = [item.exercise_id for item in alternatives(CATALOGUE, f"weighted-{taken}", None)]
    assert taken in back  # Without the belt it goes on.

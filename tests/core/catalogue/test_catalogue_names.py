"""Names brought to one spelling, and matched to exercises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.catalogue.names import NameIndex, normalise_name
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import Category, Equipment, Level, MuscleGroup

CATALOGUE = Catalogue.bundled()


def exercise(id_: str, name: str, *aliases: str) -> Exercise:
    return Exercise(
        id=id_,
        name=name,
        aliases=aliases,
        muscle_group=MuscleGroup.CHEST,
        equipment=Equipment.BARBELL,
        category=Category.COMPOUND,
        difficulty=Level.BEGINNER,
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bench Press (Barbell)", "Barbell Bench Press"),
        ("Pull-Ups", "pullup"),
        ("Push Up", "PUSH-UPS"),
        ("Bicep Curl (Dumbbell)", "Dumbbell Biceps Curls"),
        ("DB Bench Press", "Dumbbell Bench Press"),
        ("One-Arm Row", "Single Arm Row"),
        ("Skull Crusher (EZ Bar)", "EZ-Bar Skullcrushers"),
        ("Cable Flyes", "Cable Flies"),
        ("Ｂｅｎｃｈ Press", "bench  press"),
        ("Farmer's Walk", "Farmer’s Walk"),
        ("Clean & Press", "Clean and Press"),
        ("Squat (Smith Machine)", "Smith Machine Squat"),
        ("Lat Pull-down (Cable)", "Cable Lat Pulldown"),
    ],
)
def test_spellings_of_one_name_are_equal(left: str, right: str) -> None:
    assert normalise_name(left) == normalise_name(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bench Press (Barbell)", "Bench Press (Dumbbell)"),
        ("Leg Curl", "Leg Extension"),
        ("Incline Bench Press", "Bench Press"),
        ("Hip Abduction", "Hip Adduction"),
        ("Pull Up", "Push Up"),
        ("Press", "Pres"),
    ],
)
def test_different_names_stay_different(left: str, right: str) -> None:
    assert normalise_name(left) != normalise_name(right)


@given(st.text())
def test_any_text_has_a_normalised_form_without_case_or_outer_space(text: str) -> None:
    key = normalise_name(text)
    assert key == key.strip()
    assert "  " not in key
    CATALOGUE.match(text)


@given(st.sampled_from(CATALOGUE.exercises), st.booleans(), st.sampled_from(["", " ", "  "]))
def test_every_name_and_alias_is_found_whatever_its_case(
    item: Exercise, upper: bool, space: str
) -> None:
    for name in (item.name, *item.aliases):
        written = space + (name.upper() if upper else name.lower()) + space
        match = CATALOGUE.match(written)
        assert match is not None
        assert match.exercise_id == item.id


@pytest.mark.parametrize(
    ("name", "exercise_id", "how"),
    [
        ("Barbell Bench Press", "barbell-bench-press", "exact"),
        ("Bench Press (Barbell)", "barbell-bench-press", "exact"),
        ("bench-press", "barbell-bench-press", "alias"),
        ("Lat Pulldown (Cable)", "cable-lat-pulldown", "exact"),
        ("Lat Pulldown (Machine)", "machine-lat-pulldown", "exact"),
        ("Incline Bench Press (Dumbbell)", "incline-dumbbell-bench-press", "rearranged"),
        ("Lateral Dumbbell Raise", "dumbbell-lateral-raise", "rearranged"),
        ("Triceps Rope Pushdown", "rope-triceps-pushdown", "rearranged"),
        ("Goblet Squat (Kettlebell)", "kettlebell-goblet-squat", "exact"),
        ("OHP", "barbell-overhead-press", "alias"),
        ("Low to High Cable Fly", "low-cable-fly", "alias"),
        ("High to Low Cable Fly", "high-cable-fly", "alias"),
    ],
)
def test_names_of_the_apps_are_matched(name: str, exercise_id: str, how: str) -> None:
    match = CATALOGUE.match(name)
    assert match is not None
    assert (match.exercise_id, match.how) == (exercise_id, how)


@pytest.mark.parametrize(
    "name",
    ["", "   ", "()", "Ohio State", "Press", "Bench Pres", "Squat (Cable)", "卧推", "Triceps"],
)
def test_what_is_not_certain_is_not_matched(name: str) -> None:
    assert CATALOGUE.match(name) is None


@pytest.mark.parametrize(
    ("name", "exercise_id"),
    [
        ("Hammer Curl (Dumbbell)", "hammer-curl"),
        ("Leg Extension Machine", "leg-extension"),
        ("Pull Up (Bodyweight)", "pull-up"),
        ("Squat (Machine)", "machine-squat"),
        ("Plank (Machine)", None),
        ("Squat (Cable)", None),
        ("Dumbbell Barbell Curl", None),
    ],
)
def test_a_name_may_say_the_equipment_that_its_exercise_has_and_no_other(
    name: str, exercise_id: str | None
) -> None:
    match = CATALOGUE.match(name)
    assert (match and match.exercise_id) == exercise_id


def test_a_rearrangement_that_fits_two_exercises_fits_none() -> None:
    index = NameIndex([exercise("a", "High to Low Fly"), exercise("b", "Low to High Fly")])
    assert index.match("Fly High to Low") is None
    found = index.match("low-to-high fly")
    assert found is not None
    assert found.exercise_id == "b"


def test_names_count_before_aliases_and_bundled_ones_before_custom_ones() -> None:
    index = NameIndex([exercise("a", "One", "Two"), exercise("b", "Two")])
    found = index.match("two")
    assert found is not None
    assert found.exercise_id == "b"
    custom = CATALOGUE.with_custom([exercise("custom-1", "Squat"), exercise("custom-2", "Mine")])
    squat, mine = custom.match("squat"), custom.match("MINE")
    assert squat is not None
    assert squat.exercise_id == "barbell-squat"
    assert mine is not None
    assert mine.exercise_id == "custom-2"


def test_resolve_reads_unknown_ids_as_names_but_never_custom_ones() -> None:
    bench = CATALOGUE.resolve("bench-press")
    assert bench is not None
    assert bench.id == "barbell-bench-press"
    pull_up = CATALOGUE.resolve("pull-up")
    assert pull_up is not None
    assert pull_up.id == "pull-up"
    assert CATALOGUE.resolve("custom-squat") is None
    assert CATALOGUE.resolve("no-such-exercise") is None

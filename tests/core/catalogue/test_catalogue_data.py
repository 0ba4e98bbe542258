"""The bundled exercises: their form, and the scheme of docs/reference/catalogue-scheme.md."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

from voltlift_core.catalogue.catalogue import (
    Catalogue,
    exercise_from_json,
    exercise_to_definition,
)
from voltlift_core.catalogue.names import EQUIPMENT_OF_WORD, normalise_name
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import (
    STRENGTH_GROUPS,
    Category,
    Equipment,
    Level,
    MovementPattern,
    MuscleGroup,
)
from voltlift_core.wire import encode

TEXT = files("voltlift_core.catalogue").joinpath("data/exercises.json").read_text("utf-8")
ENTRIES = json.loads(TEXT)
EXERCISES = Catalogue.bundled().exercises

SINGLE_JOINT = {
    MovementPattern.KNEE_EXTENSION,
    MovementPattern.KNEE_FLEXION,
    MovementPattern.HIP_ABDUCTION,
    MovementPattern.HIP_ADDUCTION,
    MovementPattern.CALF_RAISE,
    MovementPattern.CHEST_FLY,
    MovementPattern.FRONT_RAISE,
    MovementPattern.REAR_DELT,
    MovementPattern.SHRUG,
    MovementPattern.PULLOVER,
    MovementPattern.ELBOW_FLEXION,
    MovementPattern.WRIST,
    MovementPattern.TRUNK_FLEXION,
    MovementPattern.TRUNK_EXTENSION,
}
MAIN_EQUIPMENT = (
    Equipment.BARBELL,
    Equipment.DUMBBELL,
    Equipment.MACHINE,
    Equipment.CABLE,
    Equipment.BODYWEIGHT,
    Equipment.KETTLEBELL,
    Equipment.BAND,
)
OWN_BODY = {Equipment.BODYWEIGHT, Equipment.SUSPENSION}
GUIDED = {Equipment.MACHINE, Equipment.SMITH_MACHINE}


def ids(exercises: list[Exercise]) -> list[str]:
    return [exercise.id for exercise in exercises]


def test_file_is_one_entry_a_line_sorted_by_id() -> None:
    lines = [json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in ENTRIES]
    assert "[\n" + ",\n".join(lines) + "\n]\n" == TEXT
    assert ids(list(EXERCISES)) == sorted(ids(list(EXERCISES)))


def test_there_are_enough_and_ids_are_kebab_case() -> None:
    assert len(EXERCISES) >= 500
    assert all(
        (part.isalnum() and part.islower()) or part.isdigit()
        for exercise in EXERCISES
        for part in exercise.id.split("-")
    )


def test_entries_have_known_fields_only_and_read_back_as_they_are() -> None:
    for entry in ENTRIES:
        encoded = encode(exercise_to_definition(exercise_from_json(entry)))
        assert isinstance(encoded, dict)
        assert entry.keys() <= encoded.keys()
        assert {key: encoded[key] for key in entry} == entry


def test_no_name_or_alias_means_two_exercises() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for exercise in EXERCISES:
        for name in (exercise.name, *exercise.aliases):
            owners[normalise_name(name)].add(exercise.id)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}
    assert "" not in owners


def test_no_two_exercises_are_the_same_by_equipment_movement_and_words() -> None:
    owners: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for exercise in EXERCISES:
        words = set(normalise_name(exercise.name).split())
        own = {word for word, kind in EQUIPMENT_OF_WORD.items() if kind is exercise.equipment}
        kind = (exercise.muscle_group, exercise.equipment, exercise.movement_pattern)
        owners[*kind, " ".join(sorted(words - own))].append(exercise.id)
    assert [found for found in owners.values() if len(found) > 1] == []


def test_no_alias_is_stored_that_its_spelling_gives_anyway() -> None:
    for exercise in EXERCISES:
        keys = [normalise_name(name) for name in (exercise.name, *exercise.aliases)]
        assert len(set(keys)) == len(keys), exercise.id


def test_no_id_read_as_a_name_means_another_exercise() -> None:
    catalogue = Catalogue.bundled()
    for exercise in EXERCISES:
        match = catalogue.match(exercise.id)
        assert match is not None
        assert match.exercise_id == exercise.id


def test_secondary_muscles_are_others_than_the_primary_one() -> None:
    for exercise in EXERCISES:
        assert exercise.muscle_group not in exercise.secondary_muscles
        assert len(set(exercise.secondary_muscles)) == len(exercise.secondary_muscles)
        assert MuscleGroup.CARDIO not in exercise.secondary_muscles


def test_bodyweight_share_is_positive_exactly_where_the_own_body_is_the_load() -> None:
    own_load = {Category.BODYWEIGHT, Category.PLYOMETRIC}
    for exercise in EXERCISES:
        assert 0 <= exercise.bodyweight_share <= 1, exercise.id
        moves_body = exercise.category in own_load and exercise.equipment in {
            *OWN_BODY,
            Equipment.OTHER,
        }
        assert (exercise.bodyweight_share > 0) == moves_body, exercise.id


def test_category_follows_from_joints_and_equipment() -> None:
    for exercise in EXERCISES:
        cardio = exercise.muscle_group is MuscleGroup.CARDIO
        assert (exercise.category is Category.CARDIO) == cardio, exercise.id
        jump = exercise.movement_pattern is MovementPattern.JUMP
        assert (exercise.category is Category.PLYOMETRIC) == jump, exercise.id
        if cardio or jump:
            continue
        if exercise.equipment in OWN_BODY:
            assert exercise.category is Category.BODYWEIGHT, exercise.id
        elif exercise.movement_pattern in SINGLE_JOINT and exercise.bodyweight_share == 0:
            assert exercise.category is Category.ISOLATION, exercise.id
        elif exercise.equipment in GUIDED:
            assert exercise.category in {Category.MACHINE, Category.ISOLATION}, exercise.id
        else:
            assert exercise.category is not Category.MACHINE, exercise.id


def test_squats_presses_and_pulls_with_free_weights_are_compound() -> None:
    multi_joint = {
        MovementPattern.SQUAT,
        MovementPattern.HINGE,
        MovementPattern.LUNGE,
        MovementPattern.HORIZONTAL_PULL,
        MovementPattern.VERTICAL_PULL,
        MovementPattern.VERTICAL_PUSH,
        MovementPattern.OLYMPIC,
        MovementPattern.CARRY,
    }
    free = {Equipment.BARBELL, Equipment.DUMBBELL, Equipment.KETTLEBELL, Equipment.TRAP_BAR}
    for exercise in EXERCISES:
        if exercise.movement_pattern in multi_joint and exercise.equipment in free:
            assert exercise.category is Category.COMPOUND, exercise.id


@pytest.mark.parametrize("group", STRENGTH_GROUPS)
@pytest.mark.parametrize("equipment", MAIN_EQUIPMENT)
def test_every_strength_group_can_be_trained_with_each_main_equipment(
    group: MuscleGroup, equipment: Equipment
) -> None:
    assert any(e.muscle_group is group and e.equipment is equipment for e in EXERCISES)


def test_each_group_has_exercises_of_every_level() -> None:
    for group in STRENGTH_GROUPS:
        levels = {e.difficulty for e in EXERCISES if e.muscle_group is group}
        assert levels == set(Level), group


def test_staples_are_few_and_spread() -> None:
    staples = [e for e in EXERCISES if e.commonness == 3]
    assert 35 <= len(staples) <= 55
    assert {e.commonness for e in EXERCISES} == {1, 2, 3}
    groups = Counter(e.muscle_group for e in staples)
    assert all(groups[group] >= 4 for group in MuscleGroup)
    equipment = Counter(e.equipment for e in staples)
    for kind in MAIN_EQUIPMENT[:5]:
        assert equipment[kind] >= 5, kind
    assert {e.difficulty for e in staples} == set(Level)


@pytest.mark.parametrize(
    ("exercise_id", "group", "equipment", "category", "share"),
    [
        ("barbell-bench-press", "Chest", "Barbell", "Compound", 0),
        ("barbell-deadlift", "Back", "Barbell", "Compound", 0),
        ("leg-extension", "Legs", "Machine", "Isolation", 0),
        ("leg-press", "Legs", "Machine", "Machine", 0),
        ("cable-face-pull", "Shoulders", "Cable", "Isolation", 0),
        ("pull-up", "Back", "Bodyweight", "Bodyweight", 1),
        ("push-up", "Chest", "Bodyweight", "Bodyweight", 0.64),
        ("box-jump", "Legs", "Bodyweight", "Plyometric", 0.89),
        ("treadmill-run", "Cardio", "Cardio Machine", "Cardio", 0),
    ],
)
def test_known_exercises(
    exercise_id: str, group: str, equipment: str, category: str, share: float
) -> None:
    exercise = Catalogue.bundled().get(exercise_id)
    assert exercise is not None
    assert exercise.muscle_group == group
    assert exercise.equipment == equipment
    assert exercise.category == category
    assert exercise.bodyweight_share == share

"""The exercises of a file: choices, ids of new exercises, and what their names say of them."""

from __future__ import annotations

import pytest

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_importers.exercises import (
    MAX_MATCHED,
    MAX_PROPOSED,
    ExerciseNames,
    custom_id_of,
)

CATALOGUE = Catalogue.bundled()


def test_a_choice_counts_before_any_match_and_is_told() -> None:
    names = ExerciseNames(
        CATALOGUE,
        {
            "Ohio State": "barbell-row",
            "Bench Press": "dumbbell-bench-press",
            "Squat": "",
            "Deadlift": "no-such-exercise",
        },
    )
    assert names.id_of("Ohio State") == "barbell-row"
    assert names.id_of("Bench Press") == "dumbbell-bench-press"
    assert names.id_of("Squat") == custom_id_of("Squat")
    assert names.id_of("Deadlift") == "barbell-deadlift"
    names.count("Squat", 3)
    assert [(n.name, n.sets, n.chosen) for n in names.unmatched()] == [
        ("Squat", 3, ""),
        ("Bench Press", 0, "dumbbell-bench-press"),
        ("Ohio State", 0, "barbell-row"),
    ]
    assert [e.id for e in names.custom_exercises()] == [custom_id_of("Squat")]


def test_unknown_names_come_with_proposals_and_one_id_for_all_spellings() -> None:
    names = ExerciseNames(CATALOGUE)
    assert names.id_of("Chest Supported Row") == names.id_of("chest-supported row")
    (first, second) = names.unmatched()
    assert first.custom_id == second.custom_id == custom_id_of("Chest Supported Row")
    assert first.chosen is None
    assert first.proposals[0].exercise_id == "chest-supported-dumbbell-row"
    assert len(names.custom_exercises()) == 1


@pytest.mark.parametrize(
    ("name", "group", "equipment"),
    [
        ("Cable Triceps Thing", "Arms", "Cable"),
        ("Ohio State", "Cardio", "Other"),
        ("Barbell and Dumbbell Medley", "Cardio", "Other"),
        ("Wunderübung am Kabelzug", "Cardio", "Cable"),
        ("Neue Bizepsübung (Kurzhantel)", "Arms", "Dumbbell"),
        ("Truc fessier (élastique)", "Legs", "Resistance Band"),
        ("Invento de tríceps con mancuernas", "Arms", "Dumbbell"),
        ("Novidade de panturrilha na máquina", "Legs", "Machine"),
        ("Cosa nuova per polpacci (manubrio)", "Legs", "Dumbbell"),
        ("Yeni baldır hareketi (makine)", "Legs", "Machine"),
        ("新奇小腿（器械）", "Legs", "Machine"),
        ("Chest Supported Flail", "Cardio", "Other"),
    ],
)
def test_a_new_exercise_takes_from_its_name_what_is_certain_in_any_language(
    name: str, group: str, equipment: str
) -> None:
    names = ExerciseNames(CATALOGUE)
    names.id_of(name)
    (made,) = names.custom_exercises()
    assert (made.muscle_group, made.equipment) == (group, equipment)
    assert made.name == name


def test_a_file_with_a_name_a_row_is_read_with_the_catalogues_own_names_to_the_end() -> None:
    names = ExerciseNames(CATALOGUE)
    made = {names.id_of(f"Nonsense {i}") for i in range(MAX_MATCHED)}
    assert len(made) == MAX_MATCHED
    assert not names.too_many
    assert names.id_of("Bench Press (Barbell)") == "barbell-bench-press"
    assert not names.too_many
    assert names.id_of("Kreuzheben") == custom_id_of("Kreuzheben")
    assert names.too_many
    assert names.id_of("Nonsense 1") in made
    unmatched = names.unmatched()
    assert len(unmatched) == MAX_MATCHED + 1
    assert all(name.proposals == () for name in unmatched[MAX_PROPOSED:])

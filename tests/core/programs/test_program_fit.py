"""Fitting a program to the equipment."""

from itertools import combinations

import pytest
from program_builders import library

from voltlift_coach.programs.fit import fit
from voltlift_coach.programs.library import Library
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.domain.vocabulary import Category, Equipment

CATALOGUE = Catalogue.bundled()
LIBRARY = Library.bundled()
AT_HOME = usable_equipment([Equipment.DUMBBELL])
NOTHING = usable_equipment([])


def test_what_can_be_done_stays_as_it_is():
    program = LIBRARY.get("linear-5x5")
    for usable in (None, usable_equipment([Equipment.BARBELL])):
        fitted = fit(LIBRARY, program, CATALOGUE, usable)
        assert {id_: f.exercise.id for id_, f in fitted.exercises.items()} == {
            id_: id_ for id_ in program.exercise_ids
        }
        assert (fitted.substitutions, fitted.left_out) == (0, 0)


def test_what_cannot_be_done_is_replaced_with_reasons():
    fitted = fit(LIBRARY, LIBRARY.get("linear-5x5"), CATALOGUE, AT_HOME)
    bench = fitted.exercises["barbell-bench-press"]
    assert bench.exercise.id == "dumbbell-bench-press"
    assert bench.reasons[0].code == "equipment_missing"
    assert bench.reasons[0].values == {"equipment": "Barbell"}
    assert bench.reasons[1].code == "same_pattern"
    assert fitted.substitutions == 5


@pytest.mark.parametrize("usable", [AT_HOME, NOTHING, usable_equipment([Equipment.MACHINE])])
@pytest.mark.parametrize("program", LIBRARY.programs.values(), ids=lambda p: p.id)
def test_every_program_fits_every_room(program, usable):
    fitted = fit(LIBRARY, program, CATALOGUE, usable)
    assert set(fitted.exercises) == set(program.exercise_ids)
    for day in program.days:
        slots = LIBRARY.slots(program, day)
        done = [(slot, fitted.exercises[slot.exercise_id].exercise) for slot in slots]
        for _, exercise in done:
            assert exercise is None or exercise.equipment in usable
        distinct = {(s.exercise_id, e.id) for s, e in done if e}
        for (_, one), (_, other) in combinations(distinct, 2):
            assert one != other, (day, one)
        for slot, exercise in done:
            replaced = exercise is not None and exercise.id != slot.exercise_id
            if replaced and exercise.category == Category.CARDIO:
                assert slot.waves[0][0].seconds, (day, exercise.id)


def test_sets_by_time_stay_sets_by_time():
    lib = library({"days": {"A": ["kettlebell-farmers-carry 3x40s", "pallof-press 3x12"]}})
    fitted = fit(lib, lib.get("test"), CATALOGUE, AT_HOME)
    carry = fitted.exercises["kettlebell-farmers-carry"].exercise
    assert carry.id == "dumbbell-farmers-carry"
    press = fitted.exercises["pallof-press"].exercise
    assert not press.id.endswith(("plank", "hold"))


def test_what_is_loaded_stays_loaded():
    machines = usable_equipment([Equipment.MACHINE])
    fitted = fit(LIBRARY, LIBRARY.get("linear-5x5"), CATALOGUE, machines)
    # A bodyweight squat is more alike in the catalogue's points, but no set of five.
    assert fitted.exercises["barbell-squat"].exercise.id == "smith-machine-squat"


def test_stand_ins_are_not_beyond_the_level_where_others_exist():
    lib = library({"days": {"A": ["leg-extension 3x12"]}})
    stand_in = fit(lib, lib.get("test"), CATALOGUE, AT_HOME).exercises["leg-extension"].exercise
    assert stand_in.difficulty == "Beginner"


def test_what_nothing_stands_in_for_is_left_out():
    lib = library({"days": {"A": ["barbell-squat 3x5", "cable-external-rotation 3x10"]}})
    fitted = fit(lib, lib.get("test"), CATALOGUE, NOTHING)
    assert fitted.exercises["cable-external-rotation"].exercise is None
    assert fitted.left_out == 1
    assert fitted.exercises["barbell-squat"].exercise is not None


def test_answers_are_kept_per_program_and_equipment():
    program = LIBRARY.get("upper-lower")
    assert fit(LIBRARY, program, CATALOGUE, AT_HOME) is fit(LIBRARY, program, CATALOGUE, AT_HOME)
    assert fit(LIBRARY, program, CATALOGUE, AT_HOME) is not fit(LIBRARY, program, CATALOGUE, None)

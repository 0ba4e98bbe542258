"""The programs that ship: complete, doable, and within sane bounds."""

import json
import re
from importlib.resources import files

import pytest
from program_volume import weekly_sets

from voltlift_coach.programs.expand import expand, minutes
from voltlift_coach.programs.fit import fit
from voltlift_coach.programs.library import WEEKDAYS, Library
from voltlift_coach.programs.recommend import describe
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.domain.vocabulary import (
    LEVELS,
    STRENGTH_GROUPS,
    Equipment,
    Goal,
    Level,
    MuscleGroup,
)
from voltlift_core.errors import VoltLiftError
from voltlift_core.scoring.config import RuleConfig

LIBRARY = Library.bundled()
CATALOGUE = Catalogue.bundled()
PROGRAMS = list(LIBRARY.programs.values())
VARIANTS = [(program, n) for program in PROGRAMS for n in program.frequencies]
SPLITS = {"PPL", "Upper/Lower", "Full Body", "Body Part Split"}

LEAST, MOST, MOST_DECLARED = 0.3, 1.3, 2.0
"""Bounds of weekly hard sets over the maximum adaptive volume of the level."""

MOST_INDIRECT = 1.75
"""For arms and core, to which every press, row and squat adds half a set."""

INDIRECT = {MuscleGroup.ARMS, MuscleGroup.CORE}

each_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.id)
each_variant = pytest.mark.parametrize(
    ("program", "frequency"), VARIANTS, ids=[f"{p.id}-{n}" for p, n in VARIANTS]
)


def test_there_is_something_for_everyone():
    assert len(PROGRAMS) >= 24
    assert {(p.goal, p.level) for p in PROGRAMS} == {(g, x) for g in Goal for x in LEVELS}
    assert {n for p in PROGRAMS for n in p.frequencies} == set(range(2, 8))
    needs = {describe(LIBRARY, p).equipment for p in PROGRAMS}
    for kind in ("Bodyweight", "Dumbbell", "Machine", "Barbell", "Kettlebell", "Resistance Band"):
        assert (kind,) in needs
    starters = {p.starter_days: p.level for p in PROGRAMS if p.starter_days}
    assert starters == {3: Level.BEGINNER, 4: Level.INTERMEDIATE, 5: Level.ADVANCED}


def test_ids_names_and_descriptions_are_unique():
    for attribute in ("id", "name", "description"):
        assert len({getattr(p, attribute) for p in PROGRAMS}) == len(PROGRAMS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", p.id) for p in PROGRAMS)
    text = files("voltlift_coach.programs").joinpath("data/programs-1.json").read_text("utf-8")
    # Programs are read into a mapping: of two with one id the first would be lost.
    assert len(json.loads(text)["programs"]) == len(PROGRAMS)


@each_program
def test_it_refers_to_nothing_that_is_missing(program):
    assert [id_ for id_ in program.exercise_ids if CATALOGUE.get(id_) is None] == []
    assert program.split in SPLITS
    for day in program.days:
        assert LIBRARY.slots(program, day)


@each_program
def test_every_day_is_used_and_no_exercise_comes_twice_in_one(program):
    used = {day for n in program.frequencies for day in program.rotation(n)}
    assert used == set(program.days)
    for session in expand(LIBRARY, program, program.default_frequency):
        ids = [item.exercise_id for item in session.exercises]
        assert len(ids) == len(set(ids)), session.name


@each_program
def test_its_stated_equipment_is_enough(program):
    info = describe(LIBRARY, program)
    usable = usable_equipment(Equipment(kind) for kind in info.equipment)
    fitted = fit(LIBRARY, program, CATALOGUE, usable)
    assert (fitted.substitutions, fitted.left_out) == (0, 0)


@each_variant
def test_weeks_add_up(program, frequency):
    sessions = expand(LIBRARY, program, frequency)
    assert len(sessions) == program.weeks * frequency
    assert [s.index for s in sessions] == list(range(len(sessions)))
    expected = [(w, d) for w in range(1, program.weeks + 1) for d in WEEKDAYS[frequency]]
    assert [(s.week, s.day) for s in sessions] == expected
    assert all(s.exercises for s in sessions)
    assert {s.name for s in sessions} == set(program.rotation(frequency))


@each_variant
def test_waves_of_a_day_are_complete(program, frequency):
    """No exercise stops in the middle of its wave, unless the program states no wave at all."""
    sessions = expand(LIBRARY, program, frequency)
    for day in set(program.rotation(frequency)):
        turns = sum(s.name == day for s in sessions)
        for slot in LIBRARY.slots(program, day):
            assert turns % len(slot.waves) == 0, (day, slot.exercise_id, turns)


@each_variant
def test_weekly_sets_are_within_bounds(program, frequency):
    sessions = expand(LIBRARY, program, frequency)
    easy = {s.week for s in sessions if any(item.easy for item in s.exercises)}
    hard = [s for s in sessions if s.week not in easy]
    landmarks = RuleConfig.bundled().balance.maximum_adaptive_volume[program.level]
    weeks = program.weeks - len(easy)
    sets = weekly_sets(hard, weeks=weeks)
    direct = weekly_sets(hard, weeks=weeks, direct_only=True)
    for group in STRENGTH_GROUPS:
        most = MOST_INDIRECT if group in INDIRECT else MOST
        if (program.volume or {}).get(group) == "high":
            most = MOST_DECLARED
        share = sets[group] / landmarks[group]
        assert LEAST <= share <= most, (group, round(share, 2))
        assert direct[group] / landmarks[group] <= MOST, group


@each_program
def test_a_declared_volume_is_true(program):
    shares = []
    for frequency in program.frequencies:
        sessions = expand(LIBRARY, program, frequency)
        easy = {s.week for s in sessions if any(item.easy for item in s.exercises)}
        hard = [s for s in sessions if s.week not in easy]
        shares.append(weekly_sets(hard, weeks=program.weeks - len(easy)))
    landmarks = RuleConfig.bundled().balance.maximum_adaptive_volume[program.level]
    for group, volume in (program.volume or {}).items():
        assert volume == "high"
        assert max(share[group] for share in shares) > MOST * landmarks[group]


@each_variant
def test_sessions_take_a_plausible_time(program, frequency):
    exercises = {id_: CATALOGUE.get(id_) for id_ in program.exercise_ids}
    sessions = expand(LIBRARY, program, frequency)
    lengths = [minutes(session, exercises) for session in sessions]
    assert max(lengths) <= 90
    # The last week before a test is short on purpose.
    assert min(lengths[: -2 * frequency]) >= 20
    assert 25 <= describe(LIBRARY, program).minutes <= 75


@each_variant
def test_efforts_and_percentages_are_plausible(program, frequency):
    for session in expand(LIBRARY, program, frequency):
        for item in session.exercises:
            for group in item.groups:
                assert group.rpe is None or 5 <= group.rpe <= 10
                assert group.percent is None or 0.35 <= group.percent <= 1.0
                assert group.percent is None or group.rpe is None
                assert 1 <= group.count <= 10
                # Epley, with a margin: nobody is asked for ten reps at 90 %.
                if group.percent:
                    possible = 1 / (group.percent * program.training_max) - 1
                    assert group.reps[0] <= 30 * possible + 1.5, (session.name, item.exercise_id)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda p: p.update(goal="Fame"), "$.programs[0].goal"),
        (lambda p: p.update(level="Expert"), "$.programs[0].level"),
        (lambda p: p["weekly"].update({"8": []}), "$.programs[0].weekly.8"),
        (lambda p: p["weekly"].update({"3": ["Nowhere"]}), "$.programs[0].weekly.3"),
        (lambda p: p.update(volume={"Toes": "high"}), "$.programs[0].volume.Toes"),
        (lambda p: p.update(rule="magic"), "$.programs[0].rule"),
        (lambda p: p.update(weeks="many"), "$.programs[0].weeks"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_path(change, path):
    text = files("voltlift_coach.programs").joinpath("data/programs-1.json").read_text("utf-8")
    content = json.loads(text)
    change(content["programs"][0])
    with pytest.raises(VoltLiftError) as caught:
        Library(json.dumps(content))
    assert caught.value.path == path

"""Scoring programs: the table of the rules, line by line."""

from hypothesis import given
from hypothesis import strategies as st
from program_builders import library

from voltlift_coach.programs.library import Library
from voltlift_coach.programs.recommend import Wishes, score_programs
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.domain.vocabulary import LEVELS, Equipment, Goal, Level

CATALOGUE = Catalogue.bundled()
LIBRARY = Library.bundled()
BARBELL = usable_equipment([Equipment.BARBELL])


def parts(wishes, lib=LIBRARY, program_id="linear-5x5"):
    (found,) = (s for s in score_programs(lib, CATALOGUE, wishes) if s.program.id == program_id)
    return {part.component: (part.points, part.code) for part in found.parts}


def test_a_program_that_fits_in_all_has_100_points():
    wishes = Wishes(
        goal=Goal.STRENGTH, level=Level.BEGINNER, days_per_week=3, usable=BARBELL, done=()
    )
    assert parts(wishes) == {
        "goal": (30, "same_goal"),
        "difficulty": (25, "same_level"),
        "frequency": (20, "frequency_fits"),
        "equipment": (15, "equipment_fits"),
        "new": (10, "new_program"),
    }
    assert score_programs(LIBRARY, CATALOGUE, wishes)[0].score == 100


def test_what_was_not_said_is_named_and_gives_nothing():
    assert parts(Wishes()) == {
        "goal": (0, "goal_unknown"),
        "difficulty": (0, "level_unknown"),
        "frequency": (0, "frequency_unknown"),
        "equipment": (0, "equipment_unknown"),
        "new": (10, "new_program"),
    }


def test_goals_are_compatible_as_the_rules_say():
    compatible = {
        Goal.STRENGTH: {Goal.POWERLIFTING, Goal.POWER_BUILDING},
        Goal.HYPERTROPHY: {Goal.POWER_BUILDING, Goal.GENERAL_FITNESS},
        Goal.POWERLIFTING: {Goal.STRENGTH},
        Goal.POWER_BUILDING: {Goal.STRENGTH, Goal.HYPERTROPHY},
        Goal.GENERAL_FITNESS: {Goal.HYPERTROPHY},
    }
    one_each = {Goal(p.goal): p.id for p in LIBRARY.programs.values()}
    for goal in Goal:
        for other, program_id in one_each.items():
            points = parts(Wishes(goal=goal), program_id=program_id)["goal"][0]
            assert points == (30 if goal == other else 20 if other in compatible[goal] else 0)


def test_difficulty_by_levels_apart():
    lib = library({"level": "Beginner"})
    found = [parts(Wishes(level=level), lib, "test")["difficulty"] for level in LEVELS]
    assert found == [(25, "same_level"), (15, "easier"), (5, "easier")]
    lib = library({"level": "Advanced"})
    assert parts(Wishes(level=Level.BEGINNER), lib, "test")["difficulty"] == (5, "harder")


def test_frequency_loses_five_points_a_day_to_the_nearest():
    lib = library({"weekly": {"2": [], "4": []}})
    wished = {n: parts(Wishes(days_per_week=n), lib, "test")["frequency"] for n in range(1, 8)}
    assert {n: points for n, (points, _) in wished.items()} == {
        1: 15, 2: 20, 3: 15, 4: 20, 5: 15, 6: 10, 7: 5,
    }  # fmt: skip
    assert wished[3][1] == "frequency_off"
    found = score_programs(lib, CATALOGUE, Wishes(days_per_week=3))[0]
    assert found.days_per_week == 2, "of two equally near the smaller"
    lib = library({"weekly": {"2": []}})
    assert parts(Wishes(days_per_week=7), lib, "test")["frequency"] == (0, "frequency_off")


def test_equipment_by_the_share_of_exercises():
    days = {"A": ["barbell-squat 5", "dumbbell-curl 5", "leg-press 5", "push-up 5"]}
    lib = library({"days": days})
    assert parts(Wishes(usable=BARBELL), lib, "test")["equipment"] == (7.5, "equipment_share")


def test_a_program_done_before_is_no_news():
    assert parts(Wishes(done={"linear-5x5"}))["new"] == (2, "done_before")


def test_starters_come_first_among_equals_only():
    same = {"goal": "Strength", "level": "Beginner", "weekly": {"3": []}}
    lib = library(
        {"id": "one", **same},
        {"id": "starter", "starterDays": 3, **same},
        {"id": "best", **same, "goal": "Powerlifting"},
    )
    wishes = Wishes(goal=Goal.POWERLIFTING)

    def order(**options):
        return [s.program.id for s in score_programs(lib, CATALOGUE, wishes, **options)]

    assert order() == ["best", "one", "starter"]
    assert order(starters_first=True) == ["best", "starter", "one"]


@given(
    goal=st.none() | st.sampled_from(list(Goal)),
    level=st.none() | st.sampled_from(LEVELS),
    days=st.none() | st.integers(1, 7),
    owned=st.none() | st.sets(st.sampled_from(list(Equipment))),
    done=st.sets(st.sampled_from(list(LIBRARY.programs))),
)
def test_points_add_up_and_stay_in_bounds(goal, level, days, owned, done):
    usable = None if owned is None else usable_equipment(owned)
    wishes = Wishes(goal=goal, level=level, days_per_week=days, usable=usable, done=done)
    scored = score_programs(LIBRARY, CATALOGUE, wishes)
    assert {s.program.id for s in scored} == set(LIBRARY.programs)
    assert [s.score for s in scored] == sorted((s.score for s in scored), reverse=True)
    for item in scored:
        assert 0 <= item.score <= 100
        assert item.days_per_week in item.program.frequencies
        for component in item.components:
            assert 0 <= component.points <= component.max_points
            assert component.points == sum(reason.points for reason in component.reasons)


@given(kind=st.sampled_from(list(Equipment)), owned=st.sets(st.sampled_from(list(Equipment))))
def test_more_equipment_is_never_worse(kind, owned):
    def scores(kinds):
        found = score_programs(LIBRARY, CATALOGUE, Wishes(usable=usable_equipment(kinds)))
        return {s.program.id: s.score for s in found}

    before, after = scores(owned), scores(owned | {kind})
    assert all(after[id_] >= before[id_] for id_ in before)

"""Every number of the six rules, on a gym of five exercises."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feature_builders import (
    BENCH,
    CURL,
    GYM,
    PULL_UP,
    ROWER,
    SQUAT,
    frame,
    one,
    workout,
)
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import STRENGTH_GROUPS, Category, Goal, Level
from voltlift_core.history.records import WARM_UP, CurrentRecord
from voltlift_core.scoring.config import RuleConfig
from voltlift_core.scoring.rules import RuleScorer, balance_ratios

RULES = RuleScorer(RuleConfig.bundled())


def component(scores, index, name):
    return next(c for c in scores.components(index) if c.component == name)


def codes(scores, index, name):
    return {reason.code: reason.points for reason in component(scores, index, name).reasons}


def sets(exercise, count, **kwargs):
    return [one(exercise, **kwargs)] * count


# Balance


@pytest.mark.parametrize(
    ("bench_sets", "ratio", "code", "points"),
    [
        # With s chest sets and 20 sets each of the five other groups, all landmarks equal:
        # ratio = s / ((s + 100) / 6).
        (8, 0.44, "undertrained", 30),
        (12, 0.64, "slightly_undertrained", 20),
        (17, 0.87, "below_average", 10),
        (30, 1.38, "balanced", 0),
        (40, 1.71, "overtrained", -15),
    ],
)
def test_balance_follows_the_ratio_of_hard_sets(bench_sets, ratio, code, points):
    hard_sets = np.array([bench_sets, 20.0, 20, 20, 20, 20])
    equal = dict.fromkeys(STRENGTH_GROUPS, 14.0)
    assert balance_ratios(hard_sets, equal)[0] == pytest.approx(ratio, abs=0.005)

    flat = dataclasses.replace(
        RULES.config.balance,
        maximum_adaptive_volume=dict.fromkeys(("Beginner", "Intermediate", "Advanced"), equal),
    )
    scorer = RuleScorer(dataclasses.replace(RULES.config, balance=flat))
    catalogue = one_exercise_per_group()
    history = [
        workout(5, *sets("Chest", bench_sets), name="a"),
        *(workout(6 + i, *sets(group, 20)) for i, group in enumerate(STRENGTH_GROUPS[1:])),
    ]
    scores = scorer.score(frame(history, catalogue=catalogue))
    chest = catalogue.index["Chest"]
    assert codes(scores, chest, "balance")[code] == points


def one_exercise_per_group():
    return Catalogue(
        dataclasses.replace(GYM.exercises[CURL], id=str(group), name=str(group), muscle_group=group)
        for group in STRENGTH_GROUPS
    )


def test_landmarks_weigh_the_groups():
    # 12 chest and 14 back sets a week are the beginner's landmarks: both are trained alike.
    landmarks = RULES.config.balance.maximum_adaptive_volume["Beginner"]
    ratios = balance_ratios(np.array([landmarks[group] for group in STRENGTH_GROUPS]), landmarks)
    assert ratios.tolist() == pytest.approx([1.0] * 6)


def test_without_any_training_every_group_is_balanced():
    assert balance_ratios(np.zeros(6), dict.fromkeys(STRENGTH_GROUPS, 10.0)) is None
    scores = RULES.score(frame())
    assert codes(scores, BENCH, "balance") == {"no_history": 0, "secondary_muscles": 5}
    assert codes(scores, CURL, "balance") == {"no_history": 0}


def test_a_group_trained_today_loses_twenty_points_and_the_clamp_says_so():
    today = CurrentRecord(exercise_ids=("bench",))
    scores = RULES.score(frame(current=today))
    assert codes(scores, BENCH, "balance") == {
        "no_history": 0,
        "trained_today": -20,
        "secondary_muscles": 5,
        "clamped": 15,
    }
    assert component(scores, BENCH, "balance").points == 0
    assert "trained_today" not in codes(scores, SQUAT, "balance")


def test_thirty_points_are_the_most_that_balance_gives():
    history = [workout(3, *sets("squat", 30))]
    scores = RULES.score(frame(history))
    assert codes(scores, BENCH, "balance") == {
        "undertrained": 30,
        "secondary_muscles": 5,
        "clamped": -5,
    }


def test_warm_ups_are_no_hard_sets():
    warm = [workout(3, *sets("bench", 10, kind=WARM_UP))]
    assert codes(RULES.score(frame(warm)), BENCH, "balance")["no_history"] == 0


def test_cardio_counts_sessions_only_where_the_goal_wants_it():
    fitness = Settings(goal=Goal.GENERAL_FITNESS)
    scores = RULES.score(frame(settings=fitness))
    assert codes(scores, ROWER, "balance") == {"cardio_below_target": 10}
    strength = RULES.score(frame(settings=Settings(goal=Goal.STRENGTH)))
    assert codes(strength, ROWER, "balance") == {"cardio_not_wanted": 0}
    # Two sessions a week over 30 days are 8.6: nine of them reach the target.
    often = [workout(1 + 3 * i, one("rower", 0, 0, seconds=1200)) for i in range(9)]
    reached = RULES.score(frame(often, settings=fitness))
    assert codes(reached, ROWER, "balance") == {"cardio_target_met": 0}


# Recovery


@pytest.mark.parametrize(
    ("days", "code", "points"),
    [
        (0.9, "recovering", 0),
        (1.0, "partly_recovered", 10),
        (1.9, "partly_recovered", 10),
        (2.0, "recovered", 20),
        (4.0, "recovered", 20),
        (4.1, "rested_long", 15),
    ],
)
def test_recovery_of_a_group_with_two_optimal_days(days, code, points):
    scores = RULES.score(frame([workout(days, one("bench"))]))
    assert codes(scores, BENCH, "recovery") == {code: points}


def test_every_group_has_its_own_optimal_days():
    scores = RULES.score(frame([workout(2.5, one("squat"), one("curl"))]))
    assert codes(scores, SQUAT, "recovery") == {"partly_recovered": 10}  # 2.5 of 3 days
    assert codes(scores, CURL, "recovery") == {"recovered": 20}  # 2.5 of 1.5 days


def test_a_group_never_trained_is_rested():
    assert codes(RULES.score(frame()), BENCH, "recovery") == {"never_trained": 15}


# Preference


def test_favourites_and_reliable_exercises_reach_twenty_points():
    history = [workout(3, *sets("bench", 10))]
    scores = RULES.score(frame(history, settings=Settings(favourites=frozenset({"bench"}))))
    assert codes(scores, BENCH, "preference") == {"favourite": 10, "reliable": 10}
    assert codes(scores, CURL, "preference") == {"not_done_before": 0}


@pytest.mark.parametrize(
    ("done", "planned", "expected"),
    [
        (10, 10, {"reliable": 10}),
        (9, 10, {"done_before": 5}),  # exactly 0.9 is not above it
        (5, 10, {"done_before": 5}),  # exactly 0.5 is not below it
        (4, 10, {"often_unfinished": -5, "clamped": 5}),
        (0, 3, {"often_unfinished": -5, "clamped": 5}),  # planned and always left out
    ],
)
def test_completion_rate(done, planned, expected):
    missed = sets("bench", planned - done, done=False)
    history = [workout(3, *sets("bench", done), *missed)]
    assert codes(RULES.score(frame(history)), BENCH, "preference") == expected


# Goal, experience, novelty


def test_the_goal_table_is_read_by_goal_and_category():
    expected = {
        Goal.STRENGTH: (15, 15, 8, 5, 0),
        Goal.HYPERTROPHY: (12, 12, 8, 15, 2),
        Goal.POWERLIFTING: (15, 15, 5, 5, 0),
        Goal.POWER_BUILDING: (15, 15, 8, 10, 3),
        Goal.GENERAL_FITNESS: (10, 10, 12, 8, 12),
    }
    for goal, points in expected.items():
        scores = RULES.score(frame(settings=Settings(goal=goal)))
        given_points = [component(scores, i, "goal").points for i in range(5)]
        assert given_points == list(points), goal


def test_the_goal_table_of_the_two_categories_that_the_gym_lacks():
    table = RULES.config.goal.points
    machine = [table[goal][Category.MACHINE] for goal in Goal]
    plyometric = [table[goal][Category.PLYOMETRIC] for goal in Goal]
    assert machine == [5, 12, 3, 8, 8]
    assert plyometric == [3, 5, 2, 10, 8]


@pytest.mark.parametrize(
    ("level", "bench", "squat", "curl"),
    [  # bench is Intermediate, squat Advanced, curl Beginner
        (Level.BEGINNER, ("harder", 6), ("far_level", 2), ("same_level", 10)),
        (Level.INTERMEDIATE, ("same_level", 10), ("harder", 6), ("easier", 8)),
        (Level.ADVANCED, ("easier", 8), ("same_level", 10), ("far_level", 2)),
    ],
)
def test_experience_compares_level_and_difficulty(level, bench, squat, curl):
    scores = RULES.score(frame(settings=Settings(level=level)))
    for index, (code, points) in ((BENCH, bench), (SQUAT, squat), (CURL, curl)):
        assert codes(scores, index, "experience") == {code: points}


def test_what_the_lifter_did_not_say_gives_no_points_and_is_named():
    scores = RULES.score(frame())
    assert codes(scores, BENCH, "goal") == {"goal_unknown": 0}
    assert codes(scores, BENCH, "experience") == {"level_unknown": 0}


@pytest.mark.parametrize(
    ("days", "code", "points"),
    [
        (30, "recent", 0),
        (31, "a_while_ago", 3),
        (60, "a_while_ago", 3),
        (61, "long_ago", 5),
    ],
)
def test_novelty(days, code, points):
    scores = RULES.score(frame([workout(days, one("bench"))]))
    assert codes(scores, BENCH, "novelty") == {code: points}
    assert codes(scores, CURL, "novelty") == {"new_exercise": 5}


# The whole

workouts = st.lists(
    st.builds(
        lambda days, exercise, count, done: workout(
            days, *sets(exercise, count, done=done), name=f"{days}-{exercise}"
        ),
        st.floats(0.01, 120),
        st.sampled_from(["bench", "squat", "pull-up", "curl", "rower", "unheard-of"]),
        st.integers(1, 30),
        st.booleans(),
    ),
    max_size=12,
)
lifters = st.builds(
    Settings,
    goal=st.none() | st.sampled_from(Goal),
    level=st.none() | st.sampled_from(Level),
    favourites=st.frozensets(st.sampled_from(["bench", "curl"])),
)
today = st.builds(
    CurrentRecord, exercise_ids=st.lists(st.sampled_from(["bench", "curl", "rower"])).map(tuple)
)


@given(workouts, lifters, today)
def test_reasons_add_up_and_every_component_keeps_its_bounds(history, lifter, current):
    scores = RULES.score(frame(history, settings=lifter, current=current))
    for index in range(len(GYM)):
        parts = scores.components(index)
        assert sum(part.points for part in parts) == scores.total[index]
        assert 0 <= scores.total[index] <= 100
        for part in parts:
            assert 0 <= part.points <= part.max_points
            assert part.points == sum(reason.points for reason in part.reasons)
            assert part.reasons, f"{part.component} says nothing"


def test_the_six_components_make_a_hundred_points():
    maxima = [part.max_points for part in RULES.score(frame()).components(PULL_UP)]
    assert maxima == [30, 20, 20, 15, 10, 5]

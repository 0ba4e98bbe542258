"""The questions of each task: which there are, what is known then, and nothing of later."""

from __future__ import annotations

import pytest

from replay_samples import (
    BENCH,
    CURL,
    DEADLIFT,
    FIRST_DAY,
    PLANK,
    ROW,
    SQUAT,
    days_of,
    one_set,
    state_of,
    workout,
)
from voltlift_learned.diary import DAY_S
from voltlift_replay.questions import Replay

TEN = [workout(at, (BENCH, [(60, 8)])) for at in range(10)]


def questions(state, task):
    return [(c.moment.day, c.moment.done, c.truth) for c in Replay(state).ranks(task)]


def test_the_first_question_is_asked_on_the_eleventh_day():
    last = workout(10, (SQUAT, [(80, 5)]), (ROW, [(50, 8)]))
    state = state_of(*TEN, last)
    assert questions(state, "T1") == [(10, (), (SQUAT,)), (10, (SQUAT,), (ROW,))]
    assert questions(state, "T2") == [(10, (), (SQUAT, ROW))]
    replay = Replay(state)
    assert list(replay.ranks("T1"))
    assert replay.excluded == {"T1: among the first 10 sessions": 10}


def test_cold_questions_are_those_of_the_second_to_the_tenth_day():
    state = state_of(*TEN, workout(10, (SQUAT, [(80, 5)])))
    assert questions(state, "cold") == [(day, (), (BENCH,)) for day in range(1, 10)]
    assert questions(state_of(*TEN[:1]), "cold") == []


def test_two_workouts_of_a_day_are_one_session_and_repeats_are_no_questions():
    morning = workout(10, (SQUAT, [(80, 5)]), (BENCH, [(60, 8)]), hour=7)
    evening = workout(10, (BENCH, [(62, 8)]), (ROW, [(50, 8)]), hour=19)
    state = state_of(*TEN, morning, evening)
    assert questions(state, "T1") == [
        (10, (), (SQUAT,)),
        (10, (SQUAT,), (BENCH,)),
        (10, (SQUAT, BENCH), (ROW,)),
    ]
    first, second, third = (case.moment for case in Replay(state).ranks("T1"))
    assert first.now_s == second.now_s == (FIRST_DAY + 10) * DAY_S + 7 * 3600
    assert third.now_s == first.now_s + 12 * 3600
    assert second.current.exercise_ids == (SQUAT,)
    assert third.current.exercise_ids == (BENCH,)
    assert third.today.done == third.done


def test_warm_ups_drop_sets_and_undone_sets_are_no_exercise():
    kinds = [{"type": "W"}, {"type": "D"}, {"completed": False}]
    none = [(ROW, [one_set(20, 5, **kind)]) for kind in kinds]
    last = workout(10, *none, (SQUAT, [(80, 5)]))
    assert questions(state_of(*TEN, last), "T1") == [(10, (), (SQUAT,))]


def test_novel_questions_are_those_never_done_before():
    last = workout(10, (BENCH, [(60, 8)]), (SQUAT, [(80, 5)]), (CURL, [(10, 8)]))
    state = state_of(*TEN, last)
    assert questions(state, "T4") == [
        (10, (BENCH,), (SQUAT,)),
        (10, (BENCH, SQUAT), (CURL,)),
    ]
    moment = next(iter(Replay(state).ranks("T4"))).moment
    assert moment.taken == {BENCH}
    assert moment.novel


def test_own_exercises_do_not_exist_before_they_are_done():
    own = ("custom-a", "custom-b")
    days = [(10, "custom-a"), (11, "custom-b")]
    first, second = (workout(day, (BENCH, [(60, 8)]), (id_, [(5, 5)])) for day, id_ in days)
    state = state_of(*TEN, first, second, custom=own)
    unknown = [case.moment.unknown_custom for case in Replay(state).ranks("T1")]
    assert unknown == [{*own}, {*own}, {"custom-b"}, {"custom-b"}]


def test_the_session_holds_what_was_done_in_this_workout_before():
    last = workout(
        10,
        (SQUAT, [one_set(40, 5, type="W"), (80, 5), one_set(82.5, 5, rpe=9)]),
        (BENCH, [one_set(20, 5, type="W"), (60, 8)]),
        (SQUAT, [(60, 12)]),
        (ROW, [(50, 8)]),
    )
    moments = [case.moment for case in Replay(state_of(*TEN, last)).ranks("T1")]
    assert [m.current.exercise_ids for m in moments] == [(), (SQUAT,), (SQUAT, BENCH)]
    assert [s.load_kg for s in moments[1].current.sets] == [40, 80, 82.5]
    assert len(moments[2].current.sets) == 6
    (log,) = moments[1].session.logs
    assert log.exercise_id == SQUAT
    assert [(s.weight, s.reps, s.type, s.rpe) for s in log.sets] == [
        (40, 5, "W", None),
        (80, 5, "N", None),
        (82.5, 5, "N", 9),
    ]
    assert moments[1].session.unit == "kg"


def test_questions_of_a_day_share_what_was_before_it():
    cases = list(Replay(state_of(*days_of(14, [BENCH, SQUAT], [ROW, CURL]))).ranks("T1"))
    one, other = (case.moment for case in cases[:2])
    assert one.past is other.past
    assert one.today.past is one.past
    assert one.past.n_days == one.day == 10
    assert one.known == {BENCH, SQUAT, ROW, CURL}


def lifts(state):
    return [
        (c.asked.exercise_id, c.kg, c.reps, c.asked.kg_before.tolist(), c.asked.gap_days)
        for c in Replay(state).loads()
    ]


def test_weights_are_asked_from_the_fourth_day_with_an_exercise():
    days = [workout(at, (BENCH, [(40, 5), (60 + at, 8), (60 + at, 9)])) for at in (0, 2, 4, 35)]
    (case,) = Replay(state_of(*days)).loads()
    assert (case.kg, case.reps) == (95, 9)
    assert case.asked.kg_before.tolist() == [60, 62, 64]
    assert case.asked.reps_before.tolist() == [9, 9, 9]
    assert (case.asked.last_kg, case.asked.last_reps) == (64, 9)
    assert case.asked.gap_days == 31
    assert case.question(False).planned_reps is None
    assert case.question(True).planned_reps == 9


def test_a_day_without_a_load_is_no_case_nor_are_the_three_after_it():
    weights = [60, 60, 0, 60, 60, 60, 60, 1, 60]
    days = [workout(at, (BENCH, [(kg, 8)])) for at, kg in enumerate(weights)]
    replay = Replay(state_of(*days))
    assert [case.asked.moment.day for case in replay.loads()] == [6]
    assert replay.excluded == {
        "T3: fewer than 3 sessions of the exercise": 3,
        "T3: no load, then or in the three sessions before": 5,
    }


def test_timed_sets_are_no_weights():
    timed = {"weight": 0, "reps": 0, "seconds": 60, "completed": True, "type": "N"}
    days = [workout(at, (PLANK, [timed]), (BENCH, [timed, (50, 5)])) for at in range(5)]
    replay = Replay(state_of(*days))
    assert {case.asked.exercise_id for case in replay.loads()} == {BENCH}
    assert replay.excluded["T3: timed sets"] == 5


@pytest.mark.parametrize("task", ["T1", "T2", "T4", "T3"])
def test_no_future_set_changes_a_question(task):
    """The leakage test of the harness: what comes after is replaced, questions stay."""
    days = [
        workout(at, (BENCH, [(60 + at, 8)]), ((SQUAT, ROW, CURL)[at % 3], [(50, 8 + at % 2)]))
        for at in range(24)
    ]
    other = [workout(at, (DEADLIFT, [(200, 1)]), (BENCH, [(1, 1)])) for at in range(17, 30)]
    one, changed = state_of(*days), state_of(*days[:17], *other)

    def seen(state):
        replay = Replay(state)
        cases = replay.loads() if task == "T3" else replay.ranks(task)
        return [known(case) for case in cases]

    def known(case):
        asked = case.asked if task == "T3" else case
        moment = asked.moment
        before = (asked.kg_before.tolist(), asked.reps_before.tolist()) if task == "T3" else ()
        past = moment.today.past
        sets = past.kg.tolist(), past.reps.tolist(), past.day.tolist()
        so_far = moment.today.so_far
        return (moment.day, moment.done, sorted(moment.known), before, sets, so_far.kg.tolist())

    ours = [item for item in seen(one) if item[0] < 17]
    theirs = [item for item in seen(changed) if item[0] < 17]
    assert ours == theirs
    assert ours or task == "T4"


def test_a_day_on_a_clock_that_went_back_is_left_out():
    """Over the date line: what is later by the sun is on an earlier local day."""
    first = workout(13, (SQUAT, [(80, 5)]), hour=1, offset=840)
    second = workout(12, (ROW, [(50, 8)]), hour=20, offset=-600)
    replay = Replay(state_of(*TEN, first, second, workout(15, (BENCH, [(60, 8)]))))
    assert [case.truth for case in replay.ranks("T1")] == [(SQUAT,), (BENCH,)]
    assert replay.excluded["T1: the clock went back over midnight"] == 1


def test_an_empty_log_has_no_questions():
    replay = Replay(state_of())
    assert list(replay.loads()) == []
    assert list(replay.ranks("T1")) == []
    assert replay.excluded == {}

"""Samples of the next working weight: the same as asked one by one, and which are taught."""

from __future__ import annotations

import numpy as np
import pytest

from learned.loads.logs import diary_of, lift, one_set, random_log, today_at, workout
from voltlift_core.history.records import CurrentRecord
from voltlift_learned.diary import Diary, Today
from voltlift_learned.loads.model import load_features
from voltlift_models.prepare.loads import load_samples, questions_of
from voltlift_models.simulate import simulate
from voltlift_replay.questions import Replay


@pytest.fixture(scope="module")
def lifter():
    return simulate(1, seed=4).lifters[0]


@pytest.mark.parametrize("planned", [False, True])
def test_a_sample_is_what_a_question_at_that_moment_sees(planned):
    workouts = random_log(2, 60)
    diary = diary_of(*workouts)
    samples = load_samples(diary, planned=planned)
    questions, rows = questions_of(diary, planned=planned)
    lifts = questions.lifts
    by_day = {int(w.start_s // 86400): w for w in workouts}
    assert samples.n > 50
    for at, row in enumerate(rows.tolist()):
        day, name = int(lifts.day[row]), lifts.exercise_ids[lifts.exercise[row]]
        sets = by_day[day].sets
        first = next(k for k, item in enumerate(sets) if item.exercise_id == name)
        done = tuple(dict.fromkeys(item.exercise_id for item in sets[:first]))
        now = CurrentRecord(exercise_ids=done, sets=sets[:first])
        seen = load_features(
            today_at(diary_of(*[w for d, w in by_day.items() if d < day]), day, now),
            name,
            int(lifts.reps[row]) if planned else None,
        )
        assert seen is not None
        assert seen.vector.tobytes() == samples.vectors[at].tobytes()
        slots = np.flatnonzero(samples.choice.real[at])
        order = slots[np.argsort(samples.choice.log_kg[at, slots])]
        assert seen.matrix.tobytes() == samples.rows[at, order].tobytes()


def test_no_set_of_the_future_changes_a_sample():
    workouts = random_log(3, 50)
    cut = int(workouts[30].start_s // 86400)
    spoiled = [workout(int(w.start_s // 86400), one_set("squat", 400, 1)) for w in workouts[30:]]
    one = load_samples(diary_of(*workouts), planned=True)
    other = load_samples(diary_of(*workouts[:30], *spoiled), planned=True)
    n = int((one.view.now < cut).sum())
    assert n > 20
    assert one.vectors[:n].tobytes() == other.vectors[:n].tobytes()
    assert one.rows[:n].tobytes() == other.rows[:n].tobytes()
    assert one.log_kg[:n].tolist() == other.log_kg[:n].tolist()


def test_samples_are_the_cases_of_the_evaluation(lifter):
    samples = load_samples(lifter, planned=True)
    cases = {
        (case.asked.exercise_id, int(case.asked.moment.today.day)): (case.kg, case.reps)
        for case in Replay(lifter.state).loads()
    }
    questions, rows = questions_of(Diary.of(lifter.state.log), planned=True)
    lifts = questions.lifts
    mine = {
        (lifts.exercise_ids[lifts.exercise[row]], int(lifts.day[row])): (
            float(lifts.kg[row]),
            int(lifts.reps[row]),
        )
        for row in rows
    }
    assert samples.n == len(mine) == len(cases)
    assert mine.keys() == cases.keys()
    assert all(mine[key][0] == pytest.approx(cases[key][0]) for key in cases)


def test_failed_sets_and_extreme_efforts_are_judged_but_not_taught():
    workouts = [
        *lift([50] * 4, reps=8),
        workout(12, one_set("squat", 50, 8, rpe=10)),
        workout(15, one_set("squat", 50, 2)),
        workout(18, one_set("squat", 50, 8, rpe=8)),
        workout(21, one_set("squat", 70, 2)),
    ]
    samples = load_samples(diary_of(*workouts), planned=False)
    assert samples.n == 5
    assert samples.taught.tolist() == [True, False, False, True, True]


def test_own_earlier_values_are_of_earlier_days():
    both = [workout(3 * k, one_set("squat", 50), one_set("bench", 40, entry=1)) for k in range(6)]
    samples = load_samples(diary_of(*both), planned=False)
    own = samples.last_own(np.arange(samples.n, dtype=float))
    assert samples.day_before.tolist() == [0, 0, 2, 2, 4, 4]
    assert np.isnan(own[:2]).all()
    assert own[2, -2:].tolist() == own[3, -2:].tolist() == [0.0, 1.0]


def test_the_latest_weights_alone_where_told_so(lifter):
    whole, some = (load_samples(lifter, planned=False, max_cases=n) for n in (0, 30))
    assert some.n == 30 < whole.n
    assert some.vectors.tobytes() == whole.vectors[-30:].tobytes()


def test_an_empty_log_has_no_samples():
    assert load_samples(diary_of(), planned=True).n == 0
    assert load_samples(diary_of(*lift([50, 60, 70])), planned=True).n == 0


def test_a_day_that_is_asked_is_no_earlier_one():
    diary = diary_of(*lift([50, 55, 60, 65]))
    today = Today.of(diary, 9 * 86400.0 + 3600)
    seen = load_features(today, "squat")
    assert seen is not None
    assert seen.last_kg == pytest.approx(60)

"""Naive rows against answers by hand."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from evaluation_samples import BENCH, CURL, DEADLIFT, ROW, SQUAT, lifter_of, routine, workout
from voltlift_core import Catalogue
from voltlift_models.evaluate import LoadMoment, Replay
from voltlift_models.evaluate.naive import (
    Bigram,
    Due,
    GlobalPopularity,
    Popularity,
    naive_rankers,
    others_by_exercise,
)
from voltlift_models.evaluate.naive_loads import epley_at_reps, mean_of_three, naive_loads
from voltlift_models.evaluate.reference import NearestSessions, SimilarSessions
from voltlift_models.evaluate.rows import tasks_of
from voltlift_replay.naive import Cycle, Resume, jaccard, last_weight

PUSH, LEGS = [BENCH, CURL], [SQUAT, DEADLIFT, ROW]


def days_of(*plans, gap=2):
    sessions = [
        workout(at * gap, *((id_, [(60, 8)]) for id_ in plan)) for at, plan in enumerate(plans)
    ]
    return lifter_of(*sessions)


def answers(row, lifter, task="T1"):
    """Return what a ranker gives for each question, by (day, exercises done)."""
    return {
        (case.moment.day, *case.moment.done): list(row(case.moment))
        for case in Replay(lifter.state).ranks(task)
    }


def test_popularity_counts_sessions():
    lifter = days_of(*[PUSH] * 6, *[LEGS] * 4, [BENCH])
    (ranked,) = answers(Popularity(), lifter).values()
    assert ranked[:2] == [BENCH, CURL]
    assert set(ranked) == {*PUSH, *LEGS}


def test_a_bigram_knows_what_followed():
    lifter = days_of(*[[BENCH, CURL]] * 5, *[[BENCH, ROW]] * 4, [SQUAT, BENCH], [BENCH, DEADLIFT])
    plain = answers(Bigram(backed_off=False), lifter)
    assert plain[10,] == [BENCH, SQUAT]
    assert plain[10, BENCH] == [CURL, ROW]
    backed = answers(Bigram(backed_off=True), lifter)
    assert backed[10, BENCH] == [CURL, ROW, BENCH, SQUAT]


def test_ties_go_to_what_was_done_more_lately():
    lifter = days_of(*[[BENCH, CURL], [BENCH, ROW]] * 5, [BENCH, SQUAT])
    assert answers(Bigram(backed_off=False), lifter)[10, BENCH] == [ROW, CURL]


def test_resume_takes_up_the_most_similar_session_where_it_was_left():
    lifter = days_of(*[PUSH] * 5, *[LEGS] * 5, [BENCH, ROW])
    found = answers(Resume(), lifter)
    assert found[10,][:3] == LEGS
    assert found[10, BENCH][0] == CURL


def test_due_is_what_its_own_interval_says():
    plans = [[BENCH, *([CURL] if at % 2 else []), *([ROW] if at < 4 else [])] for at in range(10)]
    lifter = days_of(*plans, [BENCH])
    due = Due()
    (ranked,) = answers(due, lifter).values()
    today = 19_700 + 20
    assert due.distance(BENCH, today) == 0
    assert due.distance(CURL, today) == pytest.approx(math.log(2))
    assert due.distance(ROW, today) == pytest.approx(math.log(14 / 2))
    assert ranked == [BENCH, CURL, ROW]


def test_what_was_done_once_has_no_interval():
    lifter = days_of([DEADLIFT], *[[BENCH]] * 9, [BENCH])
    due = Due()
    (ranked,) = answers(due, lifter).values()
    assert due.distance(DEADLIFT, 19_720) == math.inf
    assert ranked == [BENCH, DEADLIFT]


def test_the_cycle_is_the_session_that_followed_the_last_one():
    lifter = routine(13, PUSH, LEGS, [CURL, ROW])
    found = answers(Cycle(), lifter, "T2")
    assert found[10,][:3] == LEGS
    assert found[11,][:2] == [CURL, ROW]
    assert found[12,][:2] == PUSH


def test_global_popularity_leaves_the_lifter_out():
    one = routine(11, [BENCH, SQUAT], name="one")
    two = routine(3, [SQUAT, DEADLIFT], name="two")
    three = routine(3, [DEADLIFT], name="three")
    others = others_by_exercise([one, two, three])
    assert others == {
        "one": {SQUAT: 1, DEADLIFT: 2},
        "two": {BENCH: 1, SQUAT: 1, DEADLIFT: 1},
        "three": {BENCH: 1, SQUAT: 2, DEADLIFT: 1},
    }
    case = next(iter(Replay(one.state).ranks("T1")))
    ranked = GlobalPopularity(one, others)(case.moment)
    assert ranked[:2] == [DEADLIFT, SQUAT]
    assert len(ranked) == len(Catalogue.bundled())


def test_commonness_is_the_catalogues():
    lifter = routine(11, [BENCH])
    case = next(iter(Replay(lifter.state).ranks("T1")))
    commonness = [
        Catalogue.bundled().exercises[Catalogue.bundled().index[id_]].commonness
        for id_ in GlobalPopularity(lifter, {})(case.moment)
    ]
    assert commonness == sorted(commonness, reverse=True)


def test_nearest_sessions_vote_by_what_came_before():
    lifter = routine(14, PUSH, LEGS)
    found = answers(NearestSessions(), lifter, "T2")
    assert set(found[10,][:2]) == set(PUSH)
    assert set(found[11,][:3]) == set(LEGS)


def test_similar_sessions_vote_for_what_comes_next_in_order():
    lifter = routine(14, PUSH, LEGS)
    found = answers(SimilarSessions(), lifter)
    assert found[11, SQUAT][0] == DEADLIFT
    assert found[11, SQUAT, DEADLIFT][0] == ROW
    assert set(found[10,][:2]) == set(PUSH)


def test_jaccard():
    assert jaccard({"a", "b"}, {"b", "c"}) == 1 / 3
    assert jaccard(set(), set()) == 0


@pytest.mark.parametrize(
    "make",
    [
        Popularity,
        partial(Bigram, backed_off=True),
        Resume,
        Due,
        Cycle,
        NearestSessions,
        SimilarSessions,
    ],
)
def test_no_row_sees_what_comes_later(make):
    plans = [(PUSH, LEGS, [CURL, ROW])[at % 3] for at in range(16)]
    one, changed = days_of(*plans), days_of(*plans[:13], *[[DEADLIFT, BENCH]] * 3)
    ours, theirs = answers(make(), one), answers(make(), changed)
    shared = [key for key in ours if key[0] < 13]
    assert len(shared) > 5
    assert all(ours[key] == theirs[key] for key in shared)


FOR_NEXT = [
    "personal popularity",
    "personal bigram",
    "backed-off bigram",
    "resume the most similar session",
]


def test_each_task_has_the_naive_rows_of_the_protocol():
    rows = naive_rankers([routine(3, [BENCH])])
    by_task = {
        task: [r.name for r in rows if task in tasks_of(r)] for task in ("T1", "T2", "T4", "cold")
    }
    assert by_task == {
        "T1": FOR_NEXT,
        "T2": ["own frequency", "due by own interval", "cycle"],
        "T4": ["catalogue commonness", "global popularity"],
        "cold": [*FOR_NEXT, "global popularity"],
    }
    assert {row.kind for row in rows} == {"naive"}


def asked(weights, reps, planned=None):
    moment = next(iter(Replay(routine(11, [BENCH]).state).ranks("T1"))).moment
    return LoadMoment(moment, BENCH, np.array(weights), np.array(reps, np.int32), 3.0, planned)


def test_weights_by_hand():
    question = asked([50.0, 60.0, 80.0, 70.0], [5, 5, 5, 10])
    assert last_weight(question).kg == 70
    assert last_weight(question).reps == 10
    assert mean_of_three(question).kg == 70
    assert mean_of_three(asked([60.0, 80.0, 100.0], [1, 1, 1])).kg == 80
    planned = epley_at_reps(asked([70.0] * 3, [10] * 3, planned=5))
    assert planned.kg == pytest.approx(70 * (1 + 10 / 30) / (1 + 5 / 30))
    assert planned.reps == 5


def test_epley_without_a_plan_is_the_last_weight():
    assert epley_at_reps(asked([70.0] * 3, [10] * 3)) == last_weight(asked([70.0] * 3, [10] * 3))


def test_only_epley_is_given_a_plan():
    lifter = routine(5, [BENCH])
    rows = naive_loads()
    assert [row.name for row in rows if row.planned] == ["Epley, with planned reps"]
    for row in rows:
        guess = row.make(lifter)(next(iter(Replay(lifter.state).loads())).question(row.planned))
        assert guess.kg == pytest.approx(60)

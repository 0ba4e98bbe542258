"""A log as a diary: days, order, sets that count, and nothing of what comes later."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core import TrainingLog
from voltlift_core.history.records import (
    DROP,
    NORMAL,
    WARM_UP,
    CurrentRecord,
    SessionRecord,
    SetRecord,
)
from voltlift_learned.diary import DAY_S, Diary, Today

NAMES = ("squat", "bench", "row", "curl")


def one_set(name, kg=100.0, reps=5, kind=NORMAL, completed=True, seconds=math.nan, entry=0):
    return SetRecord(name, entry, kg, reps, math.nan, kind, completed, seconds)


def workout(day, *sets, hour=18.0, offset=0):
    start = day * DAY_S + hour * 3600 - offset * 60
    return SessionRecord(
        id=f"{day}-{hour}",
        start_s=start,
        end_s=math.nan,
        utc_offset=offset,
        time_known=True,
        sets=tuple(sets),
    )


def names(diary, day):
    return [diary.exercise_ids[at] for at in diary.done(day).tolist()]


def test_exercises_of_a_day_are_in_the_order_they_were_begun():
    log = TrainingLog.from_records(
        [workout(10, one_set("row"), one_set("bench"), one_set("row"), one_set("squat"))]
    )
    diary = Diary.of(log)
    assert names(diary, 0) == ["row", "bench", "squat"]
    assert diary.position.tolist() == [0, 1, 2]
    assert diary.first_set.tolist() == [0, 2, 3, 4]


def test_two_workouts_of_a_day_are_one():
    log = TrainingLog.from_records(
        [
            workout(10, one_set("row"), hour=7),
            workout(10, one_set("bench"), one_set("row", 90), hour=19),
            workout(11, one_set("squat")),
        ]
    )
    diary = Diary.of(log)
    assert diary.day.tolist() == [10, 11]
    assert names(diary, 0) == ["row", "bench"]
    assert diary.kg[: diary.first_set[1]].tolist() == [100, 90]


@pytest.mark.parametrize(
    "left_out",
    [
        one_set("curl", kind=WARM_UP),
        one_set("curl", kind=DROP),
        one_set("curl", completed=False),
        one_set("curl", reps=0),
    ],
)
def test_sets_that_are_no_work_do_not_count(left_out):
    diary = Diary.of(TrainingLog.from_records([workout(10, one_set("row"), left_out)]))
    assert names(diary, 0) == ["row"]


def test_a_timed_set_counts():
    plank = one_set("plank", kg=math.nan, reps=0, seconds=60.0)
    assert names(Diary.of(TrainingLog.from_records([workout(10, plank)])), 0) == ["plank"]


def test_the_day_is_the_lifters_own():
    late = workout(10, one_set("row"), hour=23.5, offset=-300)
    assert late.start_s // DAY_S == 11  # In UTC it is the next day already.
    assert Diary.of(TrainingLog.from_records([late])).day.tolist() == [10]


def test_days_never_go_back_with_a_travellers_clock():
    east = workout(11, one_set("row"), hour=1, offset=600)
    west = SessionRecord(
        id="west",
        start_s=east.start_s + 3600,
        end_s=math.nan,
        utc_offset=-600,
        time_known=True,
        sets=(one_set("bench"),),
    )
    assert Diary.of(TrainingLog.from_records([east, west])).day.tolist() == [11]


def test_an_empty_log_is_an_empty_diary():
    diary = Diary.of(TrainingLog())
    assert (diary.n_days, diary.n_entries) == (0, 0)
    today = Today.of(diary, 1e9)
    assert (today.past.n_days, today.done) == (0, ())


LOGS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from([6.0, 12.0, 20.0]),
        st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 9)), min_size=1, max_size=5),
    ),
    max_size=15,
    unique_by=lambda item: item[:2],
)


def log_of(items):
    return TrainingLog.from_records(
        workout(day, *(one_set(name, kg=10.0 * reps, reps=reps) for name, reps in sets), hour=hour)
        for day, hour, sets in items
    )


def content(diary):
    return [
        (
            int(diary.day[d]),
            [
                (
                    diary.exercise_ids[diary.exercise[e]],
                    diary.kg[diary.first_set[e] : diary.first_set[e + 1]].tolist(),
                )
                for e in range(diary.first_entry[d], diary.first_entry[d + 1])
            ],
        )
        for d in range(diary.n_days)
    ]


@given(LOGS)
def test_it_says_what_going_through_the_sets_one_by_one_says(items):
    expected: dict[int, dict[str, list[float]]] = {}
    for day, _, sets in sorted(items, key=lambda item: item[:2]):
        for name, reps in sets:
            expected.setdefault(day, {}).setdefault(name, []).append(10.0 * reps)
    assert content(Diary.of(log_of(items))) == [(d, [*s.items()]) for d, s in expected.items()]


@given(LOGS, st.integers(0, 13), st.sampled_from([6.0, 12.0, 20.0, 21.0]))
def test_what_begins_later_changes_nothing(items, day, hour):
    """The leak that would make every evaluation too good."""
    now = day * DAY_S + hour * 3600
    before = [i for i in items if (i[0], i[1]) < (day, hour)]
    whole, cut = Today.of(Diary.of(log_of(items)), now), Today.of(Diary.of(log_of(before)), now)
    assert content(whole.past) == content(cut.past)
    assert content(whole.so_far) == content(cut.so_far)
    assert whole.done == cut.done


def test_the_workout_going_on_comes_after_what_was_done_today():
    diary = Diary.of(TrainingLog.from_records([workout(10, one_set("row"), hour=7)]))
    current = CurrentRecord(
        exercise_ids=("dip", "row"), sets=(one_set("dip", 20), one_set("row", 110))
    )
    today = Today.of(diary, 10 * DAY_S + 70_000, current=current)
    assert today.done == ("row", "dip")
    assert content(today.so_far) == [(10, [("row", [100, 110]), ("dip", [20])])]
    assert today.past.n_days == 0


def test_an_exercise_begun_without_a_set_is_part_of_today():
    today = Today.of(Diary.of(TrainingLog()), 1e9, current=CurrentRecord(exercise_ids=("dip",)))
    assert today.done == ("dip",)
    assert today.so_far.n_days == 0


def test_entries_of_an_exercise_are_in_time_order():
    log = log_of([(1, 6.0, [("row", 1)]), (2, 6.0, [("bench", 2), ("row", 3)])])
    diary = Diary.of(log)
    entries = diary.entries_of(diary.index["row"])
    assert diary.entry_day[entries].tolist() == [0, 1]
    assert np.all(np.diff(diary.set_s) >= 0)

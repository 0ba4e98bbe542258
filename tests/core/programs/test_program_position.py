"""Where a lifter stands: the program waits, goes on after a lay-off, and ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from program_builders import library

from voltlift_coach.programs.expand import expand
from voltlift_coach.programs.position import locate
from voltlift_core.domain.settings import ActiveProgram

MONDAY = 20_000
LIB = library({"weekly": {"3": []}})
PLAN = expand(LIB, LIB.get("test"), 3)


def at(today, *, done=0, start=MONDAY, trained=(), later=0):
    active = ActiveProgram(program_id="test", current_index=done, start_day=start)
    return locate(PLAN, active, 3, today, trained, later)


def codes(position):
    return [reason.code for reason in position.reasons]


def test_the_first_session_is_due_on_the_first_day():
    position = at(MONDAY)
    assert (position.index, position.done, position.missed) == (0, 0, 0)
    assert codes(position) == ["first_session"]


def test_a_start_in_the_future_is_waited_for():
    position = at(MONDAY - 3)
    assert position.index == 0
    assert codes(position) == ["starts_later"]
    assert position.reasons[0].values == {"days": 3.0}


def test_days_that_go_by_are_counted_and_nothing_is_skipped():
    # Planned on Monday, Wednesday, Friday; today is the Saturday.
    position = at(MONDAY + 5)
    assert (position.index, position.missed) == (0, 3)
    assert codes(position) == ["first_session", "program_waits"]


def test_after_a_session_the_program_counts_from_it():
    # The first session was done on Tuesday instead of Monday: the next is due on Thursday.
    trained = (MONDAY + 1,)
    assert at(MONDAY + 3, done=1, trained=trained).missed == 0
    assert at(MONDAY + 4, done=1, trained=trained).missed == 1
    assert at(MONDAY + 3, done=1, trained=trained).index == 1


def test_trained_today_is_said_and_the_next_session_shown():
    position = at(MONDAY, done=1, trained=(MONDAY,))
    assert position.trained_today
    assert (position.index, position.missed) == (1, 0)
    assert codes(position) == ["next_session", "trained_today"]


def test_workouts_before_the_start_do_not_count():
    position = at(MONDAY + 1, done=1, trained=(MONDAY - 40,))
    assert not position.trained_today
    assert codes(position) == ["next_session"]


@pytest.mark.parametrize(
    ("idle", "index", "factor"),
    [(28, 7, 1.0), (29, 4, 0.975), (56, 4, 0.975), (57, 4, 0.95), (400, 4, 0.9)],
)
def test_after_a_lay_off_the_last_week_is_repeated_lighter(idle, index, factor):
    position = at(MONDAY + 14 + idle, done=7, trained=(MONDAY, MONDAY + 14))
    assert (position.index, position.done) == (index, index)
    assert position.factor == pytest.approx(factor)
    if idle > 28:
        assert codes(position) == ["week_repeated"]
        assert position.reasons[0].values["days"] == idle


def test_a_lay_off_in_the_first_week_starts_from_the_first_session():
    assert at(MONDAY + 60, done=2, trained=(MONDAY, MONDAY + 2)).index == 0


@pytest.mark.parametrize("done", [12, 13, 10_000])
def test_a_finished_program_has_no_session(done):
    position = at(MONDAY + 30, done=done, trained=(MONDAY + 28,))
    assert position.index is None
    assert position.done == len(PLAN) == 12
    assert codes(position) == ["program_finished"]


def test_a_look_back_takes_off_what_was_done_later():
    assert at(MONDAY + 2, done=5, trained=(MONDAY,), later=4).index == 1
    assert at(MONDAY, done=5, later=9).index == 0


@given(
    gaps=st.lists(st.integers(0, 28), min_size=12, max_size=12),
    frequency=st.just(3),
)
def test_following_to_the_end_visits_every_session_once(gaps, frequency):
    visited, trained, index, today = [], [], 0, MONDAY
    for gap in gaps:
        today += gap
        position = at(today, done=index, trained=trained)
        visited.append(position.index)
        index = position.index + 1
        trained.append(today)
    assert visited == list(range(12))
    assert at(today, done=index, trained=trained).index is None


@given(
    done=st.integers(-5, 30),
    today=st.integers(MONDAY - 50, MONDAY + 500),
    start=st.none() | st.integers(MONDAY - 20, MONDAY + 20),
    trained=st.lists(st.integers(MONDAY - 50, MONDAY + 300)).map(sorted),
    later=st.integers(0, 30),
)
def test_whatever_the_settings_say_there_is_an_answer(done, today, start, trained, later):
    known = [day for day in trained if day <= today]
    position = at(today, done=done, start=start, trained=known, later=later)
    assert position.index is None or 0 <= position.index < len(PLAN)
    assert 0 <= position.done <= len(PLAN)
    assert 0 <= position.missed <= len(PLAN)
    assert 0.9 <= position.factor <= 1
    assert position.reasons

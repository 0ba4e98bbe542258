"""Local time: offsets, midnight, daylight saving, travel, dates without a time."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feature_builders import BENCH, frame, one
from voltlift_core.history.records import SessionRecord

TOKYO, HONOLULU = 540, -600


def berlin(moment: dt.datetime) -> int:
    """Return the offset of a wall-clock time in Berlin, in minutes (Pyodide has no zones)."""
    first, last = (
        dt.datetime(moment.year, month, 31 - dt.datetime(moment.year, month, 31).isoweekday() % 7)
        for month in (3, 10)
    )
    summer = first + dt.timedelta(hours=2) <= moment < last + dt.timedelta(hours=3)
    return 120 if summer else 60


def local(*when: int, zone: int | None = None) -> tuple[float, int]:
    """Return ``(epoch seconds, UTC offset in minutes)`` of a wall-clock time."""
    moment = dt.datetime(*when)
    offset = berlin(moment) if zone is None else zone
    return moment.replace(tzinfo=dt.UTC).timestamp() - 60 * offset, offset


def session(*when: int, zone: int | None = None, time_known: bool = True) -> SessionRecord:
    start, offset = local(*when, zone=zone)
    return SessionRecord(
        id="-".join(map(str, when)),
        start_s=start,
        end_s=start + 3600,
        utc_offset=offset,
        time_known=time_known,
        sets=(one("bench"),),
    )


def at(*when: int, sessions=(), zone: int | None = None):
    now, offset = local(*when, zone=zone)
    return frame(sessions, now=now, offset=offset)


def test_the_clock_is_the_lifters():
    f = at(2026, 7, 4, 18, 30)  # A Saturday; UTC is two hours behind.
    assert f.scalar("timeOfDay") == 18.5
    assert f.scalar("dayOfWeek") == 5
    assert f.scalar("isWeekend") == 1
    assert f.scalar("timeOfDaySin") == pytest.approx(np.sin(2 * np.pi * 18.5 / 24))
    assert f.scalar("timeOfDayCos") == pytest.approx(np.cos(2 * np.pi * 18.5 / 24))


def test_just_after_local_midnight_it_is_the_next_day_though_utc_is_not():
    assert at(2026, 7, 5, 23, 59).scalar("dayOfWeek") == 6
    monday = at(2026, 7, 6, 0, 1)
    assert monday.scalar("dayOfWeek") == 0
    assert monday.scalar("timeOfDay") == pytest.approx(1 / 60)


@pytest.mark.parametrize("month_day", [(3, 29), (10, 25)])
def test_nights_of_the_clock_change_neither_add_nor_lose_a_training_day(month_day):
    month, change = month_day
    sessions = [session(2026, month, d, 23, 30) for d in (change - 2, change - 1, change)]
    sessions.append(session(2026, month, change + 1, 0, 30))
    f = at(2026, month, change + 1, 9, sessions=sessions)
    assert f.scalar("consecutiveWorkoutDays") == 4
    assert f.scalar("workoutsToday") == 1
    assert f.scalar("restDays7d") == 3
    assert f.scalar("avgRestDays") == 0


@pytest.mark.parametrize("when", [(2026, 3, 29, 12), (2026, 10, 25, 12)])
def test_the_usual_hour_follows_the_clock_through_the_change(when):
    year, month, change, hour = when
    sessions = [session(year, month, d, 18) for d in (change - 3, change - 1, change)]
    f = at(year, month, change + 1, 18, sessions=sessions)
    assert f.scalar("usualHour") == pytest.approx(18)
    assert f.scalar("usualHourGap") == pytest.approx(0, abs=1e-9)
    assert at(year, month, change, hour, sessions=sessions).scalar("usualHourGap") == pytest.approx(
        6
    )


def test_a_workout_across_midnight_belongs_to_the_day_it_began():
    f = at(2026, 7, 7, 1, sessions=[session(2026, 7, 6, 23, 50)])
    assert f.scalar("workoutsToday") == 0
    assert f.scalar("consecutiveWorkoutDays") == 1
    assert f.scalar("weekdayShare90d") == 0
    assert at(2026, 7, 13, 1, sessions=[session(2026, 7, 6, 23, 50)]).scalar("weekdayShare90d") == 1


def test_a_traveller_keeps_the_days_they_trained_on():
    sessions = [
        session(2026, 5, 4, 8, zone=TOKYO),  # 3 May in UTC
        session(2026, 5, 5, 20, zone=HONOLULU),  # 6 May in UTC
    ]
    f = at(2026, 5, 6, 7, sessions=sessions, zone=HONOLULU)
    assert f.scalar("consecutiveWorkoutDays") == 2


def test_dates_without_a_time_say_nothing_about_the_hour():
    f = at(2026, 7, 8, 12, sessions=[session(2026, 7, 6, 12, time_known=False)])
    assert f.missing("usualHour")
    assert f.missing("usualHourGap")
    mixed = [session(2026, 7, 6, 0, time_known=False), session(2026, 7, 7, 18)]
    assert at(2026, 7, 8, 12, sessions=mixed).scalar("usualHour") == pytest.approx(18)


def test_streaks_end_with_a_day_or_a_week_off():
    days = [session(2026, 7, d, 18) for d in (1, 2, 4, 5)]
    assert at(2026, 7, 6, 12, sessions=days).scalar("consecutiveWorkoutDays") == 2
    assert at(2026, 7, 5, 20, sessions=days).scalar("consecutiveWorkoutDays") == 2
    assert at(2026, 7, 7, 12, sessions=days).scalar("consecutiveWorkoutDays") == 0
    weeks = [session(2026, 6, d, 18) for d in (3, 17, 24)] + [session(2026, 7, 1, 18)]
    assert at(2026, 7, 8, 12, sessions=weeks).scalar("weekStreak") == 3
    assert at(2026, 7, 14, 12, sessions=weeks).scalar("weekStreak") == 0


def test_the_weekday_of_an_exercise_is_the_local_one():
    # Sunday 23:30 UTC is Monday in Berlin.
    f = at(2026, 7, 13, 12, sessions=[session(2026, 7, 6, 1, 30)])
    assert f.exercise("weekdayShare")[BENCH] == 1


@given(st.integers(-14 * 4, 14 * 4), st.floats(0, 4e9))
def test_times_stay_on_the_clock_face_for_every_offset(quarters: int, now: float):
    f = frame(now=now, offset=15 * quarters)
    assert 0 <= f.scalar("timeOfDay") < 24
    assert f.scalar("dayOfWeek") in range(7)
    moment = dt.datetime.fromtimestamp(now, dt.UTC) + dt.timedelta(minutes=15 * quarters)
    assert f.scalar("dayOfWeek") == moment.weekday()

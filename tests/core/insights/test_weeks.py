"""Weeks by hand: sets, balance, the calendar; on the lifter's own clock."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feature_builders import DAY, NAN, NOW, frame, one, workout
from voltlift_coach.insights.weeks import Period, group_weeks, iso_day, training_days, weekly_sets
from voltlift_core.domain.vocabulary import STRENGTH_GROUPS
from voltlift_core.history.records import WARM_UP

LANDMARKS = dict.fromkeys(STRENGTH_GROUPS, 12.0)


def weeks_of(sessions, *, weeks=4, **changes):
    at = frame(sessions, **changes).moment
    period = Period.of(at, weeks)
    return period, {g.group: g for g in group_weeks(at, period, LANDMARKS)}


def days_of(sessions, *, weeks=4, **changes):
    at = frame(sessions, **changes).moment
    return training_days(at, Period.of(at, weeks))


def bench(days_ago, sets=4, **changes):
    return workout(days_ago, *[one("bench", 100.0, 5)] * sets, **changes)


def test_weeks_begin_on_local_mondays():
    period, _ = weeks_of([])
    assert period.week_starts == ("2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23")
    # NOW is noon on a Sunday in UTC, and Monday already 13 hours further east.
    east, _ = weeks_of([], offset=13 * 60)
    assert east.week_starts[-1] == "2026-03-02"


@given(st.integers(-1000, 60_000))
def test_days_are_written_as_calendars_do(day):
    assert dt.date.fromisoformat(iso_day(day)) == dt.date(1970, 1, 1) + dt.timedelta(days=day)


def test_sets_per_week_with_secondary_groups_by_half():
    _, found = weeks_of([bench(1, 4), bench(3, 2), bench(8, 3), bench(400, 9)])
    assert found["Chest"].sets == (0, 0, 3, 6)
    assert found["Shoulders"].sets == found["Arms"].sets == (0, 0, 1.5, 3)
    assert found["Legs"].sets == (0, 0, 0, 0)
    assert "Cardio" not in found


def test_warm_ups_and_what_was_not_done_do_not_count():
    sets = (one("bench", 40.0, 5, kind=WARM_UP), one("bench"), one("bench", done=False))
    _, found = weeks_of([workout(1, *sets)])
    assert found["Chest"].sets[-1] == 1


@pytest.mark.parametrize(
    ("sets", "code"),
    [(0, "not_trained"), (5, "below_landmark"), (6, "within_landmark"), (14, "above_landmark")],
)
def test_advice_looks_at_the_last_whole_weeks(sets, code):
    sessions = [workout(7 * w + 7, *[one("squat")], *[one("bench")] * sets) for w in range(6)]
    _, found = weeks_of([*sessions, bench(0.5, 50)])
    (reason,) = found["Chest"].reasons
    assert reason.code == code
    assert reason.values == {
        "group": "Chest",
        "sets": float(sets),
        "landmark": 12.0,
        "share": round(sets / 12, 2),
    }


def test_a_lifter_in_their_first_week_is_judged_by_it():
    _, found = weeks_of([bench(1, 8)])
    assert found["Chest"].reasons[0].values["sets"] == 8


def test_balance_over_four_weeks():
    sessions = [workout(7 * w + 1, *[one("squat")] * 6) for w in range(8)]
    _, found = weeks_of(sessions)
    # Squats: 6 for legs, 3 for the core, nothing else; the mean share is 9/6 of twelve.
    assert found["Legs"].balance == (4.0, 4.0, 4.0, 4.0)
    assert found["Core"].balance == (2.0, 2.0, 2.0, 2.0)
    assert found["Arms"].balance == (0.0, 0.0, 0.0, 0.0)


def test_balance_of_nothing_is_unknown():
    _, found = weeks_of([])
    assert found["Legs"].balance == (None,) * 4
    _, found = weeks_of([bench(1)])
    assert found["Legs"].balance == (None, None, None, 0.0)


def test_the_calendar_sums_the_workouts_of_a_day():
    (day,) = days_of([bench(1.2, 3, name="a", minutes=40), bench(1.0, 2, name="b", minutes=30)])
    assert (day.day, day.session_ids, day.sets, day.minutes) == ("2026-02-28", ("a", "b"), 5, 70)


@pytest.mark.parametrize("minutes", [NAN, -5.0, 60 * 24])
def test_a_length_that_cannot_be_is_unknown(minutes):
    (day,) = days_of([bench(1, minutes=minutes)])
    assert day.minutes is None


def test_a_workout_after_midnight_lies_on_its_own_local_day():
    # 23:30 on the 28th in UTC is the 1st of March one hour further east.
    late = [bench(0.5 + 0.5 / 24, offset=60)]
    assert days_of(late)[0].day == "2026-03-01"
    assert days_of([bench(0.5 + 0.5 / 24)])[0].day == "2026-02-28"


@given(
    st.lists(st.integers(0, 400), max_size=12, unique=True),
    st.integers(1, 60),
    st.integers(-300, 300),
)
def test_every_set_of_the_period_is_in_exactly_one_week(days, weeks, ago):
    now = NOW - ago * DAY / 10
    sessions = [bench(day + 0.1, 3, now=NOW) for day in days]
    at = frame(sessions, now=now).moment
    period = Period.of(at, weeks)
    sets = weekly_sets(at, period)[0, 3:]
    listed = training_days(at, period)
    assert sets.sum() == sum(day.sets for day in listed)
    first = dt.datetime.fromisoformat(period.week_starts[0]).replace(tzinfo=dt.UTC).timestamp()
    assert sum(len(day.session_ids) for day in listed) == sum(
        first <= session.start_s < now for session in sessions
    )
    assert [day.day for day in listed] == sorted(day.day for day in listed)

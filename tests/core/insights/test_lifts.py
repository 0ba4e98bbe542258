"""Trends of strength: known answers, and lines that behave."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feature_builders import BENCH, NOW, PULL_UP, SQUAT, frame, one, workout
from voltlift_coach.insights.lifts import lift_series, main_lifts, student_t, trend_line
from voltlift_coach.insights.weeks import Period
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Unit


def series(sessions, *, weeks=12, index=BENCH, settings=None, now=NOW):
    at = frame(sessions, settings=settings, now=now).moment
    return lift_series(at, Period.of(at, weeks), index)


def benches(loads, every=7, reps=5):
    """Return bench workouts, oldest first in ``loads``, the last one a day ago."""
    return [
        workout(1 + every * back, one("bench", load, reps))
        for back, load in enumerate(reversed(loads))
    ]


def codes(found):
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [(1, 3.0777), (2, 1.8856), (3, 1.6377), (5, 1.4759), (10, 1.3722), (30, 1.3104)],
)
def test_quantiles_of_student_are_those_of_the_tables(degrees, expected):
    assert student_t(degrees) == pytest.approx(expected, rel=0.01)


def test_a_band_by_hand():
    """Points 1, 3, 2 at days 0, 1, 2: slope 1/2, s² = 3/2, one degree of freedom."""
    line = trend_line(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 2.0]))
    assert line.slope == pytest.approx(0.5)
    assert line.fitted.tolist() == pytest.approx([1.5, 2.0, 2.5])
    t_s = math.tan(0.4 * math.pi) * math.sqrt(1.5)
    assert line.half_width.tolist() == pytest.approx(
        [t_s * math.sqrt(1 / 3 + 1 / 2), t_s * math.sqrt(1 / 3), t_s * math.sqrt(1 / 3 + 1 / 2)]
    )
    assert line.slope_margin == pytest.approx(t_s / math.sqrt(2))


def test_no_line_through_too_little():
    assert trend_line(np.array([0.0, 1.0]), np.array([1.0, 2.0])) is None
    assert trend_line(np.zeros(5), np.arange(5.0)) is None


@given(
    st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 300)), min_size=3, max_size=40),
    st.floats(-3, 3),
    st.floats(-100, 100),
)
def test_a_line_moves_with_what_is_added(points, slope, shift):
    days, values = (np.array(column) for column in zip(*points, strict=True))
    if np.ptp(days) < 1:
        return
    line, other = trend_line(days, values), trend_line(days, values + slope * days + shift)
    assert np.all(line.half_width >= 0)
    assert other.slope == pytest.approx(line.slope + slope, abs=1e-6)
    assert other.half_width == pytest.approx(line.half_width, rel=1e-3, abs=1e-4)


def test_a_rising_lift():
    found = series(benches([100, 102.5, 105, 107.5, 110, 112.5]))
    assert found.trend == "rising"
    # Sets of 5: 1RM is the load times 36/32; 2.5 kg a week over a month of 30.44 days.
    assert found.change_per_month == pytest.approx(2.5 * 36 / 32 * 365.25 / 12 / 7, abs=0.01)
    assert [point.weight for point in found.points] == [100, 102.5, 105, 107.5, 110, 112.5]
    assert found.points[0].one_rep_max == pytest.approx(112.5)
    assert {point.reps for point in found.points} == {5}
    assert codes(found) == ["lift_rising", "new_best"]
    assert len(found.band) == 6
    for (low, high), point in zip(found.band, found.points, strict=True):
        assert low <= point.one_rep_max <= high


def test_a_falling_lift():
    found = series(benches([110, 107.5, 105, 102.5, 100]))
    assert found.trend == "falling"
    assert found.change_per_month < 0
    assert codes(found) == ["lift_falling"]
    assert found.reasons[0].values["share"] < 0


def test_a_plateau_is_named_once_it_lasts():
    assert codes(series(benches([100] * 4))) == ["lift_stable"]
    assert codes(series(benches([100] * 6))) == ["lift_plateau"]


def test_noise_is_no_trend():
    found = series(benches([100, 110, 95, 108, 97, 109, 96, 104]))
    assert found.trend == "stable"


def test_too_few_sessions_tell_nothing():
    for loads, every in (([100, 110], 7), ([100, 102, 104, 106], 2)):
        found = series(benches(loads, every))
        assert (found.trend, found.change_per_month) == ("unknown", None)
        assert codes(found)[0] == "few_sessions"
    assert series(benches([100, 110])).band == ()


def test_no_session_at_all():
    found = series([])
    assert (found.points, found.band, found.trend) == ((), (), "unknown")
    assert codes(found) == ["few_sessions"]


def test_the_best_set_of_a_session_counts():
    sets = (one("bench", 60, 5), one("bench", 100, 3), one("bench", 90, 8), one("bench", 80, 8))
    (point,) = series([workout(1, *sets)]).points
    assert (point.weight, point.reps) == (90, 8)
    assert point.one_rep_max == pytest.approx(114, abs=0.1)


def test_weights_are_those_of_the_lifters_unit():
    loads = [parse(x, Unit.LB) for x in (135, 140, 145, 150)]
    found = series(benches(loads), settings=Settings(unit=Unit.LB))
    assert [point.weight for point in found.points] == [135, 140, 145, 150]
    assert found.change_per_month == pytest.approx(5 * 36 / 32 * 365.25 / 12 / 7, abs=0.02)


def test_a_lift_left_alone_is_named():
    found = series([workout(40 + 7 * i, one("bench", 100, 5)) for i in range(4)])
    assert codes(found)[-1] == "not_done_lately"
    assert found.reasons[-1].values == {"days": 40.0}


def test_more_repetitions_than_an_estimate_tells_apart_are_no_plateau():
    sessions = [workout(1 + 7 * i, one("pull-up", math.nan, 20 - i)) for i in range(6)]
    found = series(sessions, index=PULL_UP)
    assert (found.trend, found.change_per_month) == ("unknown", None)
    assert codes(found) == ["reps_beyond_estimate"]


def test_pull_ups_with_few_repetitions_have_a_trend():
    sessions = [workout(1 + 7 * i, one("pull-up", math.nan, 10 - i)) for i in range(6)]
    found = series(sessions, index=PULL_UP, settings=Settings(bodyweight_kg=80.0))
    assert found.trend == "rising"
    assert found.points[-1].weight == 0


def test_main_lifts_are_those_done_most_in_the_period_and_loaded():
    sessions = [
        *(workout(i, one("squat", 100), one("pull-up", math.nan, 8)) for i in range(1, 6)),
        *(workout(i + 0.2, one("bench", 80)) for i in range(1, 4)),
        *(workout(i, one("curl", 10)) for i in range(100, 130)),
    ]
    at = frame(sessions).moment
    assert main_lifts(at, Period.of(at, 4), 6) == [SQUAT, BENCH]
    assert main_lifts(at, Period.of(at, 4), 1) == [SQUAT]
    assert main_lifts(at, Period.of(at, 4), 0) == []


def test_only_the_period_is_shown():
    found = series(benches([100] * 10), weeks=4)
    # NOW is a Sunday: four weeks are the 28 days up to it, and sessions lie on Saturdays.
    assert len(found.points) == 4

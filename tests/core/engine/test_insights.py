"""Readiness and insights through the engine: as of any moment, and with bad input."""

import datetime as dt

import pytest

from voltlift_core import (
    Engine,
    ErrorCode,
    IngestRequest,
    InsightsRequest,
    ReadinessRequest,
    SampleStateRequest,
    VoltLiftError,
)
from voltlift_core.wire import encode_json

NOW = 1_790_000_000_000
DAY = 86_400_000
SAMPLES = ["beginner", "intermediate", "advanced", "no_effort", "dumbbell"]


async def sample_engine(name="intermediate", until=None):
    """Return an engine that knows a sample lifter's log, cut before a moment."""
    engine = await Engine.create()
    sample = await engine.sample_state(SampleStateRequest(now=NOW, name=name))
    state = sample.app_state["state"]
    if until is not None:
        state["history"] = [s for s in state["history"] if s["startTime"] < until]
        state["dailyLogs"] = {
            date: log for date, log in state["dailyLogs"].items() if _date_ms(date) <= until
        }
    await engine.ingest(IngestRequest(state=sample.app_state))
    return engine


def _date_ms(date):
    return dt.datetime.fromisoformat(date).replace(tzinfo=dt.UTC).timestamp() * 1000


def answer_of(response):
    """Return everything but the meta, which holds times."""
    return {n: getattr(response, n) for n in response.__dataclass_fields__ if n != "meta"}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("days_ago", [3, 40, 200, 2000])
async def test_as_of_a_past_day_it_equals_a_log_that_ends_there(name, days_ago):
    then = NOW - days_ago * DAY
    whole, cut = await sample_engine(name), await sample_engine(name, until=then)
    for method, request in (
        ("insights", InsightsRequest(now=then, utc_offset_minutes=120)),
        ("readiness", ReadinessRequest(now=then, utc_offset_minutes=120)),
    ):
        seen = await getattr(whole, method)(request)
        truth = await getattr(cut, method)(request)
        assert answer_of(seen) == answer_of(truth)
        assert seen.meta.workouts == truth.meta.workouts == cut.workouts


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_sample_lifter_gets_whole_answers(name):
    engine = await sample_engine(name)
    found = await engine.insights(InsightsRequest(now=NOW))
    assert len(found.week_starts) == 12
    assert len(found.groups) == 6
    assert all(len(group.sets) == len(group.balance) == 12 for group in found.groups)
    assert found.lifts
    for lift in found.lifts:
        assert lift.points
        assert [p.time for p in lift.points] == sorted(p.time for p in lift.points)
        assert len(lift.band) in (0, len(lift.points))
        assert lift.reasons
    assert [day.day for day in found.days] == sorted({day.day for day in found.days})
    assert [s.name for s in found.meta.scorers] == ["insights"]
    ready = await engine.readiness(ReadinessRequest(now=NOW, days=30))
    assert ready.score == sum(reason.points for reason in ready.reasons)
    assert 0 <= ready.score <= 10
    assert 0 <= ready.fatigue <= 5
    assert len(ready.days) == 30
    assert len(ready.groups) == 7
    encode_json(found), encode_json(ready)  # No NaN crosses the boundary.


async def test_an_empty_log_is_answered():
    engine = await Engine.create()
    found = await engine.insights(InsightsRequest(now=NOW))
    assert [reason.code for reason in found.reasons] == ["no_training"]
    assert (found.lifts, found.days) == ((), ())
    assert {group.sets for group in found.groups} == {(0.0,) * 12}
    assert {group.reasons[0].code for group in found.groups} == {"not_trained"}
    ready = await engine.readiness(ReadinessRequest(now=NOW))
    assert (ready.score, ready.fatigue, ready.deload) == (7.0, 0.0, None)
    assert {group.state for group in ready.groups} == {"fresh"}
    assert {(day.score, day.sleep_hours, day.hard_sets) for day in ready.days} == {(None, None, 0)}
    assert not ready.checked_in_today
    encode_json(found), encode_json(ready)


async def test_lifts_asked_for_come_in_that_order_once():
    engine = await sample_engine()
    found = await engine.insights(
        InsightsRequest(now=NOW, exercise_ids=("pull-up", "bench-press", "barbell-bench-press"))
    )
    assert [lift.exercise.id for lift in found.lifts] == ["pull-up", "barbell-bench-press"]
    none = await engine.insights(InsightsRequest(now=NOW, exercise_ids=()))
    assert none.lifts == ()


async def test_the_lifter_is_measured_by_their_own_target():
    engine = await sample_engine()
    (reason, *_) = (await engine.insights(InsightsRequest(now=NOW))).reasons
    assert reason.code in ("on_target", "below_target")
    assert reason.values["target"] == 4
    found = await engine.insights(InsightsRequest(now=NOW))
    assert reason.values["workouts"] == sum(len(day.session_ids) for day in found.days)


async def test_one_lift_and_one_week_are_enough():
    engine = await sample_engine()
    found = await engine.insights(InsightsRequest(now=NOW, weeks=1, max_lifts=1))
    assert len(found.week_starts) == 1
    ready = await engine.readiness(ReadinessRequest(now=NOW, days=1))
    assert len(ready.days) == 1
    assert ready.days[0].score in (ready.score, None)


async def test_ten_years_hold_every_workout():
    engine = await sample_engine()
    found = await engine.insights(InsightsRequest(now=NOW, weeks=520))
    assert sum(len(day.session_ids) for day in found.days) == engine.workouts


@pytest.mark.parametrize(
    ("request_", "path"),
    [
        (InsightsRequest(now=NOW, weeks=0), "$.weeks"),
        (InsightsRequest(now=NOW, weeks=521), "$.weeks"),
        (InsightsRequest(now=NOW, max_lifts=-1), "$.maxLifts"),
        (InsightsRequest(now=NOW, max_lifts=51), "$.maxLifts"),
        (InsightsRequest(now=NOW, exercise_ids=("squat", "moon-press")), "$.exerciseIds[1]"),
        (InsightsRequest(now=-1), "$.now"),
        (ReadinessRequest(now=NOW, days=0), "$.days"),
        (ReadinessRequest(now=NOW, days=91), "$.days"),
        (ReadinessRequest(now=NOW, utc_offset_minutes=5000), "$.utcOffsetMinutes"),
    ],
)
async def test_what_cannot_be_answered_says_where(request_, path):
    engine = await Engine.create()
    method = engine.insights if isinstance(request_, InsightsRequest) else engine.readiness
    with pytest.raises(VoltLiftError) as caught:
        await method(request_)
    expected = ErrorCode.UNKNOWN_EXERCISE if "Ids" in path else ErrorCode.INVALID_REQUEST
    assert (caught.value.code, caught.value.path) == (expected, path)


async def test_a_check_in_is_seen_at_once():
    engine = await Engine.create()
    today = "2026-09-21"
    assert abs(NOW - _date_ms(today)) < DAY
    state = {"settings": {"units": "kg"}, "history": [], "dailyLogs": {}}
    await engine.ingest(IngestRequest(state={"state": state, "version": 1}))
    before = await engine.readiness(ReadinessRequest(now=NOW))
    state["dailyLogs"] = {today: {"date": today, "sleepHours": 4}}
    await engine.ingest(IngestRequest(state={"state": state, "version": 1}))
    after = await engine.readiness(ReadinessRequest(now=NOW))
    assert (before.checked_in_today, after.checked_in_today) == (False, True)
    assert after.score < 5 <= before.score
    assert after.days[-1].score == after.score
    assert "lighter_today" in {reason.code for reason in after.reasons}

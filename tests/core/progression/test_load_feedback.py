"""The feedback loop: what is recorded, what is learned from it, and that one can see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifters import BENCH, DAY, NOW, bench, codes, engine_of, straight

from voltlift_core import (
    Delta,
    ErrorCode,
    IngestRequest,
    RecordFeedbackRequest,
    SuggestLoadRequest,
    VoltLiftError,
)

DAYS = [(n, straight(100, 9)) for n in (12, 9, 6, 3)]


def feedback(**changes) -> RecordFeedbackRequest:
    base = {
        "now": NOW,
        "exercise_id": BENCH,
        "outcome": "accepted",
        "unit": "kg",
        "suggested_weight": 100.0,
        "suggested_reps": (8, 10),
        "confidence": "medium",
        "version": "progression/1",
    }
    return RecordFeedbackRequest(**{**base, **changes})


async def store(engine, settings, answer) -> dict:
    """Do what the owner of the settings does with an answer, and hand it in again."""
    settings = {
        **settings,
        "suggestionHistory": list(answer.suggestion_history),
        "suggestionBias": answer.suggestion_bias,
    }
    await engine.ingest(IngestRequest(delta=Delta(settings=settings)))
    return settings


async def told(*requests, **settings):
    """Return the engine after feedback, and the last answer to it."""
    app_state = bench(*DAYS, **settings)
    engine, settings, answer = await engine_of(app_state), app_state["settings"], None
    for request in requests:
        answer = await engine.record_feedback(request)
        settings = await store(engine, settings, answer)
    return engine, answer


async def suggestion(engine, now: int = NOW):
    return await engine.suggest_load(SuggestLoadRequest(now=now, exercise_id=BENCH))


@pytest.mark.parametrize(
    ("outcome", "actual", "reward", "stored", "accepted"),
    [
        ("accepted", None, 1, 100, True),
        ("accepted", 100.0, 1, 100, True),
        ("modified", 95.0, 0, 95, False),
        ("ignored", None, 0, None, False),
    ],
)
async def test_each_outcome_is_kept_with_what_suggested_it(
    outcome, actual, reward, stored, accepted
):
    _, answer = await told(feedback(outcome=outcome, actual_weight=actual, propensity=0.8, rpe=8))
    (record,) = answer.suggestion_history
    assert answer.reward == reward
    expected = {"outcome": outcome, "actualWeight": stored, "accepted": accepted, "rpe": 8}
    assert record.items() >= expected.items()
    assert (record["propensity"], record["version"], record["unit"]) == (0.8, "progression/1", "kg")


async def test_three_deviations_make_a_bias_that_moves_the_next_suggestion():
    heavier = [feedback(now=NOW + i, outcome="modified", actual_weight=105.0) for i in range(3)]
    engine, two = await told(*heavier[:2])
    assert two.suggestion_bias == {}
    before = await suggestion(engine)
    engine, three = await told(*heavier)
    assert three.suggestion_bias == {BENCH: pytest.approx(1.05)}
    after = await suggestion(engine, NOW + 10)
    assert after.choice.weight > before.choice.weight
    assert "personal_bias" in codes(after)
    assert after.track_record.bias == pytest.approx(1.05)


async def test_what_was_learned_stays_learned_when_suggestions_fit():
    heavier = [feedback(now=NOW + i, outcome="modified", actual_weight=105.0) for i in range(3)]
    fitting = [feedback(now=NOW + i, suggested_weight=105.0) for i in range(3, 12)]
    _, answer = await told(*heavier, *fitting)
    assert answer.suggestion_bias[BENCH] == pytest.approx(1.05, abs=1e-3)


@given(st.lists(st.floats(20, 400), min_size=3, max_size=14))
def test_the_bias_stays_within_its_bounds(weights):
    import asyncio

    requests = [
        feedback(now=NOW + i, outcome="modified", actual_weight=weight)
        for i, weight in enumerate(weights)
    ]
    _, answer = asyncio.run(told(*requests))
    assert 0.85 <= answer.suggestion_bias.get(BENCH, 1.0) <= 1.15
    assert answer.track_record.suggestions == len(weights)


async def test_suggestions_that_were_right_make_confidence_rise_and_wrong_ones_fall():
    engine, _ = await told(feedback())
    usual = await suggestion(engine)
    assert usual.confidence == "medium"
    engine, answer = await told(*(feedback(now=NOW + i) for i in range(5)))
    right = await suggestion(engine, NOW + 10)
    assert (right.confidence, codes(right)[-1]) == ("high", "suggestions_right")
    assert (answer.track_record.followed, answer.track_record.mean_deviation) == (5, 0)
    changes = [80.0, 125.0, 80.0, 125.0, 95.0]
    wrong_ones = (
        feedback(now=NOW + i, outcome="modified", actual_weight=weight)
        for i, weight in enumerate(changes)
    )
    engine, _ = await told(*wrong_ones)
    wrong = await suggestion(engine, NOW + 10)
    assert (wrong.confidence, codes(wrong)[-1]) == ("low", "suggestions_wrong")


async def test_the_same_set_told_twice_is_one_record():
    first = feedback(outcome="accepted", session_id="s", set_index=0)
    again = feedback(
        now=NOW + 5, outcome="modified", actual_weight=95.0, session_id="s", set_index=0
    )
    _, answer = await told(first, again, feedback(now=NOW + 6, session_id="s", set_index=1))
    assert [record["outcome"] for record in answer.suggestion_history] == ["modified", "accepted"]
    assert answer.track_record.suggestions == 2


async def test_records_of_another_app_and_damaged_ones_are_kept_as_they_are():
    legacy = {
        "exerciseId": BENCH,
        "suggestedWeight": 100,
        "actualWeight": 100,
        "accepted": True,
        "note": "x",
    }
    _, answer = await told(feedback(), suggestionHistory=[legacy, "damaged"])
    assert answer.suggestion_history[:2] == (legacy, "damaged")
    assert answer.track_record.suggestions == 2


async def test_feedback_of_later_says_nothing_about_earlier():
    later = [feedback(now=NOW + DAY, outcome="modified", actual_weight=115.0)] * 5
    engine, _ = await told(*later)
    assert (await suggestion(engine)).track_record.suggestions == 0
    assert (await suggestion(engine, NOW + 2 * DAY)).track_record.suggestions == 5


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"exercise_id": "no-such-thing"}, ErrorCode.UNKNOWN_EXERCISE, "$.exerciseId"),
        ({"suggested_weight": -1.0}, ErrorCode.INVALID_REQUEST, "$.suggestedWeight"),
        ({"actual_weight": float("nan")}, ErrorCode.INVALID_REQUEST, "$.actualWeight"),
        ({"rpe": 11.0}, ErrorCode.INVALID_REQUEST, "$.rpe"),
        ({"suggested_reps": (8, 6)}, ErrorCode.INVALID_REQUEST, "$.suggestedReps[1]"),
        ({"propensity": 1.5}, ErrorCode.INVALID_REQUEST, "$.propensity"),
    ],
)
async def test_feedback_that_cannot_be_is_refused(changes, code, path):
    engine = await engine_of(bench(*DAYS))
    with pytest.raises(VoltLiftError) as caught:
        await engine.record_feedback(feedback(**changes))
    assert (caught.value.code, caught.value.path) == (code, path)

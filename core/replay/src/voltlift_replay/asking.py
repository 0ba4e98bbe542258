"""Questions as requests to the engine, and its responses as answers."""

from __future__ import annotations

import math

from voltlift_core import (
    RecommendExercisesRequest,
    RecommendExercisesResponse,
    SuggestLoadRequest,
    SuggestLoadResponse,
)
from voltlift_replay.answers import Guess, Ranked
from voltlift_replay.moments import LoadMoment, Moment
from voltlift_replay.units import KG_PER_UNIT

PLACES = 10


def rank_request(
    moment: Moment, *, limit: int = PLACES, routine: float | None = None
) -> RecommendExercisesRequest:
    """Return the request for the next exercises as of a moment.

    Today's exercises so far are the workout going on; what no ranking may hold is excluded.

    Parameters
    ----------
    moment : Moment
        When.
    limit : int
        How many exercises.
    routine : float, optional
        The weight of habit; None for the default.
    """
    return RecommendExercisesRequest(
        now=moment.now_ms,
        utc_offset_minutes=moment.utc_offset,
        session=moment.session,
        limit=limit,
        exclude=tuple(sorted(moment.taken | moment.unknown_custom)),
        routine=routine,
    )


def ranked_of(answer: RecommendExercisesResponse) -> Ranked:
    """Return the exercises of a response, with their points as shares of 100."""
    listed = answer.recommendations
    return Ranked([item.exercise.id for item in listed], [item.score / 100 for item in listed])


def load_request(asked: LoadMoment) -> SuggestLoadRequest:
    """Return the request for the next weight as of a moment."""
    reps = asked.planned_reps
    return SuggestLoadRequest(
        now=asked.moment.now_ms,
        utc_offset_minutes=asked.moment.utc_offset,
        exercise_id=asked.exercise_id,
        session=asked.moment.session,
        planned_reps=None if reps is None else (reps, reps),
    )


def guess_of(answer: SuggestLoadResponse) -> Guess:
    """Return the weight of a response, with its interval where a model gave one."""
    if answer.choice is None:
        return Guess(math.nan)
    kg = KG_PER_UNIT[answer.unit]
    forecast = answer.prediction
    return Guess(
        answer.choice.weight * kg,
        answer.choice.reps[0],
        low=math.nan if forecast is None else forecast.low * kg,
        high=math.nan if forecast is None else forecast.high * kg,
        flagged=answer.step_exceeds_cap,
    )

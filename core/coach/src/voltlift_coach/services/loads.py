"""Progressive overload as a service."""

from __future__ import annotations

from typing import Literal

from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.draft import reason
from voltlift_coach.progression.feedback import Record
from voltlift_coach.progression.fit import Choice
from voltlift_coach.progression.history import LiftSession
from voltlift_coach.progression.suggest import DEFAULT_REPS, Question, Suggestion, suggest
from voltlift_coach.services.feedback import add_feedback
from voltlift_coach.substitution.loads import first_load
from voltlift_coach.substitution.strength import StrengthProfile
from voltlift_core.contract import (
    LastTime,
    LoadAlternatives,
    LoadChoice,
    LoadPrediction,
    PlatePicture,
    RecordFeedbackRequest,
    RecordFeedbackResponse,
    ScorerStatus,
    SuggestLoadRequest,
    SuggestLoadResponse,
    TrackRecord,
)
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.loads import Plates
from voltlift_core.domain.units import display
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.engine.answer import Stopwatch, rules_used
from voltlift_core.engine.learned import LoadForecast, LoadModel
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.features.moment import FeatureInputs, Moment
from voltlift_core.history.decode import decode_current

SCORER = "progression"
_MAX_REPS, _MAX_SETS = 1000, 50


def suggest_load(
    state: EngineState,
    request: SuggestLoadRequest,
    watch: Stopwatch,
    model: LoadModel | None = None,
) -> SuggestLoadResponse:
    """Return weight and repetitions for the next set, as of the request's moment.

    By rules; where a model is given and the exercise was done often enough, moved by what it
    forecasts.

    Raises
    ------
    VoltLiftError
        ``unknown_exercise``; ``invalid_request`` where repetitions, sets or index are out of
        range.
    """
    _check(request)
    exercise = state.catalogue.require(request.exercise_id)
    settings = state.settings
    inputs = FeatureInputs(
        view=state.view,
        settings=settings,
        daily=state.daily,
        current=decode_current(request.session, catalogue=state.catalogue, unit=settings.unit),
        now_s=request.now / 1000,
        utc_offset=request.utc_offset_minutes,
    )
    at = Moment(inputs)
    watch.lap()
    question = Question(
        planned_reps=request.planned_reps,
        planned_sets=request.planned_sets,
        set_index=request.set_index,
        warm_ups=request.warm_ups,
    )
    forecast = None if model is None else model.forecast(inputs, exercise.id, _middle(request))
    found = suggest_or_estimate(state, at, exercise, question, forecast)
    watch.lap()
    config = ProgressionConfig.bundled()
    unit, choice = settings.unit, found.choice
    return SuggestLoadResponse(
        exercise_id=exercise.id,
        unit=unit.code,
        kind=found.kind,
        choice=None if choice is None else _choice(choice, unit),
        sets=found.sets,
        set_index=found.set_index,
        decision="no_history" if choice is None else choice.decision,
        confidence=found.confidence,
        reasoning=found.reasons,
        alternatives=_alternatives(found, unit),
        warm_ups=tuple(
            LoadChoice(weight=display(kg, unit), reps=(reps, reps)) for kg, reps in found.warm_ups
        ),
        plates=_plates(found),
        last=None if found.last is None else _last(found.last, unit),
        track_record=_record(found.record),
        step_exceeds_cap=choice is not None and choice.exceeds_cap,
        propensity=1.0,
        version=config.version,
        prediction=None if forecast is None else _prediction(forecast, found, unit),
        meta=watch.meta(state, _scorers(config, model, found)),
    )


def _middle(request: SuggestLoadRequest) -> int | None:
    reps = request.planned_reps
    return None if reps is None else round(sum(reps) / 2)


def _prediction(forecast: LoadForecast, found: Suggestion, unit: Unit) -> LoadPrediction:
    return LoadPrediction(
        model=forecast.model,
        version=forecast.version,
        weight=display(forecast.kg, unit),
        low=display(forecast.low_kg, unit),
        high=display(forecast.high_kg, unit),
        confidence=found.forecast_confidence,
        used=found.forecast_used,
    )


def _scorers(
    config: ProgressionConfig, model: LoadModel | None, found: Suggestion
) -> tuple[ScorerStatus, ...]:
    rules = rules_used(SCORER, config.version)
    if model is None:
        return rules
    status: Literal["used", "abstained"] = "used" if found.forecast_used else "abstained"
    return (
        *rules,
        ScorerStatus(name=model.name, version=model.version, status=status, part="habit"),
    )


def suggest_or_estimate(
    state: EngineState,
    at: Moment,
    exercise: Exercise,
    question: Question,
    forecast: LoadForecast | None = None,
) -> Suggestion:
    """Return the suggestion from the exercise's own history, else from related lifts."""
    found = suggest(at, exercise, question, ProgressionConfig.bundled(), forecast)
    if found.choice is not None or found.kind not in ("load", "bodyweight"):
        return found
    reps = question.planned_reps or DEFAULT_REPS
    profile = StrengthProfile(state.view, at.settings, at.now_s, body_kg=at.body_kg)
    estimate = first_load(profile, exercise.id, reps[1], found.grid)
    if estimate is None:
        return found
    why = reason("carried_over", exercise=estimate.source_exercise_id, basis=str(estimate.basis))
    span = reps[1] - reps[0]
    choice = Choice(
        decision="cold_start",
        kg=estimate.kg,
        reps=(max(estimate.reps - span, 1), estimate.reps),
        reasons=(why, reason("cold_start")),
    )
    return found.with_choice(choice, warm_ups=question.warm_ups)


def record_feedback(state: EngineState, request: RecordFeedbackRequest) -> RecordFeedbackResponse:
    """Return the settings' feedback with what became of a suggestion; nothing is stored.

    Raises
    ------
    VoltLiftError
        ``unknown_exercise``; ``invalid_request`` where a number is out of range.
    """
    exercise = state.catalogue.require(request.exercise_id)
    changed = add_feedback(
        state.settings,
        state.documents.get("settings"),
        state.catalogue,
        exercise.id,
        request,
        ProgressionConfig.bundled().bias,
    )
    return RecordFeedbackResponse(
        suggestion_history=changed.history,
        suggestion_bias=changed.bias,
        track_record=_record(changed.record),
        reward=1.0 if request.outcome == "accepted" else 0.0,
    )


def _check(request: SuggestLoadRequest) -> None:
    low, high = request.planned_reps or (1, 1)
    for path, holds, expected, received in (
        (
            "$.plannedReps",
            1 <= low <= high <= _MAX_REPS,
            f"two whole numbers from 1 to {_MAX_REPS}, the second not below the first",
            request.planned_reps,
        ),
        (
            "$.plannedSets",
            1 <= (1 if request.planned_sets is None else request.planned_sets) <= _MAX_SETS,
            f"a whole number from 1 to {_MAX_SETS}",
            request.planned_sets,
        ),
        (
            "$.setIndex",
            0 <= (request.set_index or 0) < _MAX_SETS,
            f"a whole number from 0 to {_MAX_SETS - 1}",
            request.set_index,
        ),
    ):
        if not holds:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                "a suggestion cannot be given for this",
                path=path,
                expected=expected,
                received=repr(received),
            )


def _choice(choice: Choice, unit: Unit) -> LoadChoice:
    return LoadChoice(weight=display(choice.kg, unit), reps=choice.reps, seconds=choice.seconds)


def _alternatives(found: Suggestion, unit: Unit) -> LoadAlternatives | None:
    ways = found.alternatives
    if ways is None:
        return None
    return LoadAlternatives(
        deload=_choice(ways.deload, unit),
        maintain=_choice(ways.maintain, unit),
        push=_choice(ways.push, unit),
    )


def _plates(found: Suggestion) -> PlatePicture | None:
    if not isinstance(found.grid, Plates) or found.choice is None:
        return None
    per_side = found.grid.per_side(found.choice.kg)
    return None if per_side is None else PlatePicture(bar=found.grid.bar, per_side=per_side)


def _last(session: LiftSession, unit: Unit) -> LastTime:
    rpe = session.rpe
    return LastTime(
        start_time=round(session.start_s * 1000),
        sets=tuple(
            LoadChoice(
                weight=display(item.kg, unit),
                reps=(item.reps, item.reps),
                seconds=item.seconds if item.seconds > 0 else None,
            )
            for item in session.sets
        ),
        rpe=rpe if rpe == rpe else None,
    )


def _record(record: Record) -> TrackRecord:
    return TrackRecord(
        suggestions=record.suggestions,
        followed=record.followed,
        mean_deviation=record.mean_deviation,
        bias=record.bias,
    )

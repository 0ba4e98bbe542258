"""Programs as a service."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from voltlift_coach.programs.expand import expand
from voltlift_coach.programs.fit import Fit, fit
from voltlift_coach.programs.library import WEEKDAYS, Library, Program
from voltlift_coach.programs.position import Position, locate
from voltlift_coach.programs.present import present_session, progression_of
from voltlift_coach.programs.recommend import Wishes, describe, score_programs
from voltlift_coach.programs.weights import Weights
from voltlift_core.contract import (
    PlannedSession,
    ProgramRequest,
    ProgramResponse,
    Reason,
    RecommendedProgram,
    RecommendProgramsRequest,
    RecommendProgramsResponse,
    TodaysSessionRequest,
    TodaysSessionResponse,
)
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.domain.vocabulary import Equipment
from voltlift_core.engine.answer import Stopwatch, rules_used
from voltlift_core.engine.recommend import MAX_LIMIT, read_equipment_names
from voltlift_core.engine.state import COLD_START_WORKOUTS, EngineState
from voltlift_core.errors import check_range
from voltlift_core.features.moment import FeatureInputs, Moment

SCORER = "program-rules"


def recommend_programs(
    state: EngineState, request: RecommendProgramsRequest, watch: Stopwatch
) -> RecommendProgramsResponse:
    """Return the programs that suit the lifter best.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where limit, days or equipment are out of range.
    """
    check_range("limit", request.limit, 1, MAX_LIMIT)
    days = request.days_per_week
    if days is not None:
        check_range("daysPerWeek", days, 1, max(WEEKDAYS))
    library, settings = Library.bundled(), state.settings
    usable = _usable(state, request.equipment)
    cold = state.view.until(request.now / 1000).n_sessions < COLD_START_WORKOUTS
    watch.lap()
    scored = score_programs(
        library,
        state.catalogue,
        Wishes(
            goal=settings.goal,
            level=settings.level,
            days_per_week=settings.days_per_week if days is None else days,
            usable=usable,
            done=_done(state),
        ),
        starters_first=cold,
    )
    watch.lap()
    return RecommendProgramsResponse(
        recommendations=tuple(
            RecommendedProgram(
                rank=rank,
                program=describe(library, item.program),
                score=item.score,
                days_per_week=item.days_per_week,
                components=item.components,
                substitutions=fit(library, item.program, state.catalogue, usable).substitutions,
                is_starter=cold and item.program.starter_days > 0,
            )
            for rank, item in enumerate(scored[: request.limit], start=1)
        ),
        considered=len(scored),
        cold_start=cold,
        meta=watch.meta(state, rules_used(SCORER, library.version)),
    )


def program(state: EngineState, request: ProgramRequest, watch: Stopwatch) -> ProgramResponse:
    """Return a program, or one of its weeks, fitted to the equipment.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there is no such program, or days, week or equipment are
        out of range.
    """
    library = Library.bundled()
    found = library.get(request.program_id)
    wished = request.days_per_week
    if wished is not None:
        check_range("daysPerWeek", wished, 1, max(WEEKDAYS))
    if request.week is not None:
        check_range("week", request.week, 1, found.weeks)
    frequency = found.nearest_frequency(state.settings.days_per_week if wished is None else wished)
    fitted = fit(library, found, state.catalogue, _usable(state, request.equipment))
    originals = _originals(found, state)
    return ProgramResponse(
        program=describe(library, found),
        days_per_week=frequency,
        sessions=tuple(
            present_session(session, fitted, originals)
            for session in expand(library, found, frequency)
            if request.week in (None, session.week)
        ),
        progression=progression_of(found),
        meta=watch.meta(state),
    )


def todays_session(
    state: EngineState, request: TodaysSessionRequest, watch: Stopwatch
) -> TodaysSessionResponse:
    """Return the active program's next session with weights filled in.

    A program of another app, or none, is an answer with its reason.
    """
    library, active = Library.bundled(), state.settings.active_program
    if active is None:
        return _none(state, watch, Reason(code="no_program", points=0.0, values={}))
    found = library.programs.get(active.program_id)
    if found is None:
        values: dict[str, str | float] = {"program": active.program_id}
        return _none(state, watch, Reason(code="foreign_program", points=0.0, values=values))
    frequency = found.nearest_frequency(active.frequency or state.settings.days_per_week)
    fitted = fit(library, found, state.catalogue, _usable(state, request.equipment))
    at = Moment(
        FeatureInputs(
            view=state.view,
            settings=state.settings,
            daily=state.daily,
            now_s=request.now / 1000,
            utc_offset=request.utc_offset_minutes,
        )
    )
    sessions = expand(library, found, frequency)
    days, later = _trained(state, at, fitted.exercise_ids)
    position = locate(sessions, active, frequency, at.local_day, days, later)
    start = active.start_day
    if start is None and 0 < position.done <= len(days):
        start = days[-position.done]
    watch.lap()
    return TodaysSessionResponse(
        program=describe(library, found),
        session=_session(state, at, library, found, fitted, frequency, position, start),
        unit=state.settings.unit.code,
        done=position.done,
        total=len(sessions),
        missed=position.missed,
        trained_today=position.trained_today,
        next_index=len(sessions) if position.index is None else position.index + 1,
        reasons=position.reasons,
        meta=watch.meta(state, rules_used(SCORER, library.version)),
    )


def _session(
    state: EngineState,
    at: Moment,
    library: Library,
    program: Program,
    fitted: Fit,
    frequency: int,
    position: Position,
    start_day: int | None,
) -> PlannedSession | None:
    """Return the session of a position with the weights of today."""
    if position.index is None:
        return None
    weights = Weights(
        at,
        training_max=program.training_max,
        factor=position.factor,
        start_day=start_day,
    )
    draft = expand(library, program, frequency)[position.index]
    return present_session(draft, fitted, _originals(program, state), weights)


def _trained(
    state: EngineState, at: Moment, exercise_ids: Collection[str]
) -> tuple[list[int], int]:
    """Return the local days of workouts with any of these exercises, and how many are later."""
    view, index = state.view, state.catalogue.index
    ours = np.zeros(view.n + 1, np.bool_)
    ours[[index[id_] for id_ in exercise_ids if id_ in index]] = True
    hits = view.entry("session")[ours[view.entry("exercise")]]
    trained = np.zeros(view.n_sessions, np.bool_)
    trained[hits] = True
    until = at.view.n_sessions
    return view.local_day[:until][trained[:until]].tolist(), int(trained[until:].sum())


def _originals(program: Program, state: EngineState) -> dict[str, Exercise]:
    exercises, index = state.catalogue.exercises, state.catalogue.index
    return {id_: exercises[index[id_]] for id_ in program.exercise_ids}


def _none(state: EngineState, watch: Stopwatch, reason: Reason) -> TodaysSessionResponse:
    return TodaysSessionResponse(
        program=None,
        session=None,
        unit=state.settings.unit.code,
        done=0,
        total=0,
        missed=0,
        trained_today=False,
        next_index=0,
        reasons=(reason,),
        meta=watch.meta(state),
    )


def _usable(state: EngineState, names: tuple[str, ...] | None) -> frozenset[Equipment] | None:
    """Return what can be trained with: as the request says, else the settings, else unknown."""
    owned = state.settings.equipment if names is None else read_equipment_names(names)
    return None if owned is None else usable_equipment(owned)


def _done(state: EngineState) -> frozenset[str]:
    """Return the programs that are no news: those finished, and the one being followed."""
    active = state.settings.active_program
    following = frozenset() if active is None else frozenset({active.program_id})
    return state.settings.completed_programs | following

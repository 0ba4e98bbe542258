"""Substitutes as a service: "the rack is taken"."""

from __future__ import annotations

import math

import numpy as np

from voltlift_coach.progression.loading import load_grid
from voltlift_coach.substitution.candidates import alternatives
from voltlift_coach.substitution.config import SubstitutionConfig
from voltlift_coach.substitution.loads import first_load
from voltlift_coach.substitution.strength import StrengthProfile
from voltlift_core.contract import (
    LoadEstimate,
    Substitute,
    SubstituteRequest,
    SubstituteResponse,
)
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.settings import Settings, usable_equipment
from voltlift_core.domain.units import display
from voltlift_core.domain.vocabulary import Equipment, Goal
from voltlift_core.engine.answer import Stopwatch, rules_used
from voltlift_core.engine.recommend import MAX_LIMIT, read_equipment_names
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import check_range
from voltlift_core.features.moment import FeatureInputs, Moment
from voltlift_core.features.numeric import divide
from voltlift_core.history.decode import decode_current
from voltlift_core.ranking.present import exercise_info

USUAL_REPS = {Goal.STRENGTH: 5, Goal.POWERLIFTING: 5, Goal.HYPERTROPHY: 10}
"""Repetitions of a set where the log does not say; 8 for other goals."""

OTHER_REPS = 8
REP_RANGE = 2
"""A weight is given for so many repetitions and up to this many more."""


def substitute(
    state: EngineState, request: SubstituteRequest, watch: Stopwatch
) -> SubstituteResponse:
    """Return what can stand in for an exercise, with a load to begin with.

    What was done today already, and what needs equipment that is taken, is left out; what
    the lifter has done before is preferred.

    Raises
    ------
    VoltLiftError
        ``unknown_exercise``; ``invalid_request`` where the limit is out of range or
        equipment unknown.
    """
    check_range("limit", request.limit, 1, MAX_LIMIT)
    catalogue, settings = state.catalogue, state.settings
    original = catalogue.resolve(request.exercise_id)
    current = decode_current(request.session, catalogue=catalogue, unit=settings.unit)
    at = Moment(
        FeatureInputs(
            view=state.view,
            settings=settings,
            daily=state.daily,
            current=current,
            now_s=request.now / 1000,
            utc_offset=request.utc_offset_minutes,
        )
    )
    done_before = np.flatnonzero(at.view.times_performed > 0).tolist()
    watch.lap()
    found = alternatives(
        catalogue,
        request.exercise_id if original is None else original.id,
        _usable(settings, request),
        (*current.exercise_ids, *(item.exercise_id for item in current.sets)),
        familiar=[catalogue.exercises[index].id for index in done_before],
        limit=None,
    )
    watch.lap()
    loads = _Loads(at)
    reps = loads.usual_reps(request.exercise_id if original is None else original.id)
    listed = []
    for rank, item in enumerate(found[: request.limit], start=1):
        exercise = catalogue.exercises[catalogue.index[item.exercise_id]]
        listed.append(
            Substitute(
                rank=rank,
                exercise=exercise_info(exercise),
                score=item.score,
                reasons=item.reasons,
                load=loads.estimate(exercise, reps),
            )
        )
    return SubstituteResponse(
        substitutes=tuple(listed),
        considered=len(found),
        meta=watch.meta(state, rules_used("substitution", SubstitutionConfig.bundled().version)),
    )


def _usable(settings: Settings, request: SubstituteRequest) -> frozenset[Equipment]:
    """Return what can be trained with right now."""
    owned = settings.equipment
    if request.equipment is not None:
        owned = read_equipment_names(request.equipment)
    usable = frozenset(Equipment) if owned is None else usable_equipment(owned)
    return usable - read_equipment_names(request.without_equipment, "withoutEquipment")


class _Loads:
    """Loads for the substitutes, from one profile of the lifter's strength."""

    def __init__(self, at: Moment) -> None:
        self._at = at
        self._profile = StrengthProfile(at.view, at.settings, at.now_s, body_kg=at.body_kg)

    def usual_reps(self, exercise_id: str) -> int | None:
        """Return the repetitions of a set of the last session; None where there is none."""
        view, index = self._at.view, self._at.catalogue.index.get(exercise_id)
        if index is None or not view.n_entries:
            return None
        reps, sets = view.recent_column("reps")[:, -1], view.recent_column("sets")[:, -1]
        mean = float(divide(reps, sets)[index])
        return None if math.isnan(mean) or mean < 1 else round(mean)

    def estimate(self, exercise: Exercise, reps: int | None) -> LoadEstimate | None:
        """Return a load for as many repetitions as the exercise replaced was done with."""
        settings = self._at.settings
        if reps is None:
            goal_reps = OTHER_REPS
            if settings.goal is not None:
                goal_reps = USUAL_REPS.get(settings.goal, OTHER_REPS)
            reps = self.usual_reps(exercise.id) or goal_reps
        grid = load_grid(exercise, settings, self._done_with(exercise.equipment))
        found = first_load(self._profile, exercise.id, reps, grid)
        if found is None:
            return None
        return LoadEstimate(
            weight=display(found.kg, settings.unit),
            low=display(found.low_kg, settings.unit),
            high=display(found.high_kg, settings.unit),
            reps=(found.reps, found.reps + REP_RANGE),
            unit=settings.unit.code,
            confidence=found.confidence,
            own=found.own,
            source_exercise_id=found.source_exercise_id,
        )

    def _done_with(self, equipment: Equipment) -> list[float]:
        """Return loads done of late with a kind of equipment: they show what can be loaded."""
        view, catalogue = self._at.view, self._at.catalogue
        if not view.n_entries:
            return []
        latest = view.recent_column("max_load")[:, -3:]
        same = np.array([exercise.equipment is equipment for exercise in catalogue.exercises])
        loads = latest[same]
        known: list[float] = loads[loads > 0].tolist()
        return known

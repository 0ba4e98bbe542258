"""What an exercise is counted in, and what it can be loaded with."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from voltlift_coach.progression.history import LiftSession
from voltlift_core.contract.loads import EffortKind
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.loads import (
    DEFAULT_STEP,
    STANDARD_BAR,
    LoadGrid,
    Plates,
    Steps,
    WithOwn,
    round_to_loadable,
)
from voltlift_core.domain.settings import ExerciseLoad, Settings
from voltlift_core.domain.units import display, parse
from voltlift_core.domain.vocabulary import Category, Equipment, Unit

OWN_BODY = frozenset({Category.BODYWEIGHT, Category.PLYOMETRIC})
REPS_FIRST = OWN_BODY | {Category.CARDIO}
"""Categories that gain repetitions instead of weight."""

_WITHOUT_LOAD = frozenset({Equipment.BAND})
_PLATE_LOADED = frozenset(
    {Equipment.BARBELL, Equipment.EZ_BAR, Equipment.SMITH_MACHINE, Equipment.TRAP_BAR}
)

COARSE_STEPS: Mapping[Unit, tuple[float, ...]] = {Unit.KG: (5.0, 2.5, 2.0), Unit.LB: (5.0,)}
"""Steps that dumbbells and stacks usually come in; taken where all loads done fit one."""

DUMBBELL_STEP: Mapping[Unit, float] = {Unit.KG: 2.5, Unit.LB: 5.0}
"""Step of the usual dumbbell rack; taken where no load done speaks against it."""

LOADS_TO_INFER = 3
"""Different loads that it takes to infer a step from."""

_CLOSE = 0.001
_CLEAN = 0.25
"""Weights are multiples of this in the unit that they were loaded in."""


def effort_kind(exercise: Exercise, sessions: Sequence[LiftSession]) -> EffortKind:
    """Return what the sets of an exercise are counted in.

    ``time`` where the last session was timed without repetitions; ``bodyweight`` where the
    body is the load (a load of its own comes on top); ``reps`` where nothing can be weighed,
    or nothing ever was; else ``load``.
    """
    last = sessions[-1] if sessions else None
    if last is not None and last.best_reps == 0 and last.seconds > 0:
        return "time"
    if last is None and exercise.category is Category.CARDIO:
        return "time"
    if exercise.category in OWN_BODY and exercise.equipment not in _PLATE_LOADED:
        return "bodyweight"
    if exercise.equipment in _WITHOUT_LOAD or exercise.category is Category.CARDIO:
        return "reps" if last is None or last.kg == 0 else "load"
    if last is not None and all(session.kg == 0 for session in sessions):
        return "reps"
    return "load"


def is_help(exercise: Exercise) -> bool:
    """Return whether what is loaded takes weight off, as on a machine for assisted pull-ups."""
    return exercise.equipment is Equipment.MACHINE and exercise.name.startswith("Assisted ")


def load_grid(exercise: Exercise, settings: Settings, done_kg: Iterable[float] = ()) -> LoadGrid:
    """Return what an exercise can be loaded with, in the unit of the settings.

    In this order: what the lifter said of the exercise (plates, bar, step, ends of the
    range); the step of its kind of equipment; their plates, for a bar; the standard bar
    and plates where all loads done, if any, fit them; a usual coarse step that all of at least
    three different loads fit; for dumbbells the step of the usual rack, where the loads done
    fit it; else steps of 1.25 kg or 2.5 lb, and the loads done.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    settings : Settings
        The lifter's bar, plates and steps.
    done_kg : iterable of float
        Loads done of late, kilograms.
    """
    unit = settings.unit
    own = settings.exercise_loads.get(exercise.id, ExerciseLoad())
    bar = STANDARD_BAR[unit] if settings.bar_kg is None else display(settings.bar_kg, unit)
    if own.plates is not None or own.bar is not None:
        bar, plates = bar if own.bar is None else own.bar, own.plates or settings.plates
        return Plates.standard(unit, bar) if plates is None else _plates(unit, bar, plates)
    lightest, heaviest = own.lightest, math.inf if own.heaviest is None else own.heaviest
    step = settings.load_steps.get(exercise.equipment) if own.step is None else own.step
    loads = {display(kg, unit) for kg in done_kg if kg > 0}
    if step is None and exercise.equipment is Equipment.BARBELL:
        if settings.plates is not None:
            return _plates(unit, bar, settings.plates)
        standard = Plates.standard(unit, bar)
        if all(_fits(load, standard) for load in loads):
            return standard
    if step is None and exercise.equipment in _PLATE_LOADED and settings.plates is not None:
        # Bars of many weights: what is known is that plates come in pairs.
        step = 2 * min(settings.plates)
    if step is None and len(loads) >= LOADS_TO_INFER:
        step = next((c for c in COARSE_STEPS[unit] if all(_is_multiple(x, c) for x in loads)), None)
    known = step is not None
    if step is None:
        usual = DUMBBELL_STEP[unit]
        is_usual = exercise.equipment is Equipment.DUMBBELL and all(
            _is_multiple(load, usual) for load in loads
        )
        step = usual if is_usual else DEFAULT_STEP[unit]
    # Dumbbells and stacks begin with their first step, not with nothing.
    grid = Steps(unit, step, min(step, heaviest) if lightest is None else lightest, heaviest)
    # What was lifted can be loaded; a weight that was logged in another unit is none of ours.
    clean = tuple(sorted(load for load in loads if _is_multiple(load, _CLEAN)))
    return grid if known or not clean else WithOwn(grid, clean)


@lru_cache(maxsize=16)
def _plates(unit: Unit, bar: float, plates: tuple[float, ...]) -> Plates:
    return Plates(unit, bar, dict.fromkeys(plates))


def _fits(load: float, grid: LoadGrid) -> bool:
    kg = parse(load, grid.unit)
    return abs(round_to_loadable(kg, grid) - kg) < _CLOSE


def _is_multiple(load: float, step: float) -> bool:
    return abs(load - round(load / step) * step) < _CLOSE

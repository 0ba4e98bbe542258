"""Progressive overload: weight and repetitions for the next set of an exercise."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from voltlift_coach.progression.alternatives import Alternatives, alternatives_to
from voltlift_coach.progression.chart import load_share, reps_at
from voltlift_coach.progression.confidence import confidence
from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.draft import Reps, reason
from voltlift_coach.progression.feedback import Record, track_record
from voltlift_coach.progression.fit import Choice, fit
from voltlift_coach.progression.forecast import (
    agrees,
    forecast_confidence,
    takes_part,
    with_forecast,
)
from voltlift_coach.progression.history import LiftSession, LiftSet, sets_today
from voltlift_coach.progression.loading import effort_kind, load_grid
from voltlift_coach.progression.situation import Situation, situation
from voltlift_coach.progression.today import after_sets, drop_set, first_set
from voltlift_coach.progression.tree import decide, same_reps
from voltlift_coach.progression.warm_up import warm_up_sets
from voltlift_core.contract import Reason
from voltlift_core.contract.loads import EffortKind
from voltlift_core.contract.meta import Confidence
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.loads import LoadGrid, round_to_loadable
from voltlift_core.domain.settings import BaselineLift
from voltlift_core.domain.strength import one_rep_max
from voltlift_core.domain.units import display
from voltlift_core.engine.learned import LoadForecast
from voltlift_core.features.moment import Moment
from voltlift_core.history.records import DROP, WARM_UP

DEFAULT_SETS = 3
DEFAULT_REPS: Reps = (8, 10)
FIRST_TIME_RPE = 7.0
"""Effort at which a first set of an exercise should end."""

_WARM_UP_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to do next, in kilograms.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    kind : str
        What its sets are counted in.
    choice : Choice or None
        Weight and repetitions; None where nothing is known of the exercise.
    sets, set_index : int
        Working sets in all, and which of them this is.
    confidence : str
        How sure it is.
    reasons : tuple of Reason
        Why.
    alternatives : Alternatives or None
        The ways not taken; None without any history.
    warm_ups : tuple of (float, int)
        Kilograms and repetitions of warm-up sets, where asked for.
    grid : LoadGrid
        What can be loaded.
    last : LiftSession or None
        The last session of the exercise.
    record : Record
        How earlier suggestions fared.
    forecast_used : bool
        Whether a model decided the weight, inside of the rules' bounds.
    forecast_confidence : str
        How sure the model is; low without one.
    """

    exercise: Exercise
    kind: EffortKind
    choice: Choice | None
    sets: int
    set_index: int
    confidence: Confidence
    reasons: tuple[Reason, ...]
    alternatives: Alternatives | None
    warm_ups: tuple[tuple[float, int], ...]
    grid: LoadGrid
    last: LiftSession | None
    record: Record
    forecast_used: bool = False
    forecast_confidence: Confidence = "low"

    def with_choice(self, choice: Choice, *, warm_ups: bool) -> Suggestion:
        """Return the suggestion with a first weight that was found otherwise."""
        config = ProgressionConfig.bundled()
        return replace(
            self,
            choice=choice,
            reasons=choice.reasons,
            warm_ups=_warm_ups(self.kind, choice, self.grid, config) if warm_ups else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for.

    ``planned_reps`` and ``planned_sets`` are what a program asks for; ``set_index`` counts
    working sets from 0, None means the next one not done, and the heaviest where no
    workout is going on.
    """

    planned_reps: Reps | None = None
    planned_sets: int | None = None
    set_index: int | None = None
    warm_ups: bool = False


def suggest(
    at: Moment,
    exercise: Exercise,
    question: Question,
    config: ProgressionConfig,
    forecast: LoadForecast | None = None,
) -> Suggestion:
    """Return the suggestion for the next set of an exercise, as of a moment.

    Parameters
    ----------
    at : Moment
        The moment: sessions and readings until then, settings, the workout going on.
    exercise : Exercise
        The exercise.
    question : Question
        What is asked for.
    config : ProgressionConfig
        The numbers.
    forecast : LoadForecast, optional
        What a model expects; it takes part until the first set of today is done.
    """
    record = track_record(at.settings, exercise.id, at.now_s, config.bias)
    s = situation(at, exercise, config, question.planned_reps, question.planned_sets)
    if s is None:
        return _first_time(at, exercise, question, config, record)
    done = _working(sets_today(at, exercise.id), s.last.kg)
    going_on = exercise.id in at.current.exercise_ids
    index = question.set_index
    if index is None:
        index = len(done) if going_on else s.last.top_index
    draft = decide(s)
    choice = fit(s, draft)
    alternatives = alternatives_to(s, choice)
    sure = "low" if forecast is None else forecast_confidence(s, forecast, config.forecast)
    if done or not takes_part(s, choice):
        forecast = None
    if forecast is not None:
        lightest = alternatives.deload.kg
        choice = with_forecast(s, draft, choice, lightest, forecast)
        if choice.kg > alternatives.push.kg:
            alternatives = replace(alternatives, push=replace(choice, reasons=()))
    level, learned = confidence(s, record, None if forecast is None else sure)
    other = forecast is not None and not agrees(choice, forecast, config.confidence.deviation)
    if level == "high" and (choice.exceeds_cap or other):
        level = "medium"
    choice = _set_of_today(s, choice, done, index, going_on or question.set_index is not None)
    reasons = _with_points(s, choice)
    return Suggestion(
        exercise=exercise,
        kind=s.kind,
        choice=choice,
        sets=question.planned_sets or len(s.last.sets),
        set_index=index,
        confidence=level,
        reasons=(*reasons, *learned),
        alternatives=alternatives,
        warm_ups=_warm_ups(s.kind, choice, s.grid, config) if question.warm_ups else (),
        grid=s.grid,
        last=s.sessions[-1],
        record=record,
        forecast_used=forecast is not None,
        forecast_confidence=sure,
    )


def _with_points(s: Situation, choice: Choice) -> tuple[Reason, ...]:
    """Return the reasons with what they add to the weight of last time, in the lifter's unit.

    The first takes what the decision wished, the bias and the rounding follow: together they
    are the weight suggested less that of the last session.
    """
    weight = display(s.sessions[-1].kg, s.grid.unit)
    parts: list[Reason] = []

    def add(item: Reason, kg: float) -> None:
        nonlocal weight
        before, weight = weight, display(kg, s.grid.unit)
        parts.append(replace(item, points=round(weight - before, 4)))

    first, *others = choice.reasons
    wished = choice.kg if choice.wished_kg is None else choice.wished_kg
    add(first, wished)
    if choice.wished_kg is not None and choice.bias != 1:
        add(reason("personal_bias", factor=choice.bias), wished * choice.bias)
    fitted = choice.kg if choice.rules_kg is None else choice.rules_kg
    if choice.wished_kg is not None and display(fitted, s.grid.unit) != weight:
        add(reason("rounded", weight=display(fitted, s.grid.unit)), fitted)
    for item in others:
        if item.code == "forecast" and choice.wished_kg is not None:
            add(item, choice.kg)
        else:
            parts.append(item)
    return tuple(parts)


def _working(done: tuple[LiftSet, ...], last_kg: float) -> tuple[LiftSet, ...]:
    """Leave out warm-ups that lost their type: less than half of the weight of last time."""
    return tuple(item for item in done if item.kg >= _WARM_UP_SHARE * last_kg)


def _set_of_today(
    s: Situation, choice: Choice, done: tuple[LiftSet, ...], index: int, single: bool
) -> Choice:
    if _next_is_drop(s) and s.kind == "load" and not s.helped:
        return drop_set(s, choice, sets_today(s.at, s.exercise.id, drops=True))
    if done:
        return after_sets(s, choice, done, max(index, 1))
    return first_set(s, choice, index) if single else choice


def _next_is_drop(s: Situation) -> bool:
    """Return whether the next set of the workout going on is marked as a drop set."""
    for item in s.at.current.sets:
        if item.exercise_id == s.exercise.id and not item.completed and item.kind != WARM_UP:
            return item.kind == DROP
    return False


def _warm_ups(
    kind: EffortKind, choice: Choice, grid: LoadGrid, config: ProgressionConfig
) -> tuple[tuple[float, int], ...]:
    return warm_up_sets(choice.kg, grid, config) if kind == "load" else ()


# Without history


def _first_time(
    at: Moment,
    exercise: Exercise,
    question: Question,
    config: ProgressionConfig,
    record: Record,
) -> Suggestion:
    """Return a suggestion from today's sets or the strength test; else none."""
    grid = load_grid(exercise, at.settings)
    kind = effort_kind(exercise, ())
    done = sets_today(at, exercise.id)
    reps = question.planned_reps or DEFAULT_REPS
    choice: Choice | None = None
    last: LiftSession | None = None
    if done:
        last = LiftSession(at.now_s, at.local_day, done)
        reps_asked, sets_asked = question.planned_reps, question.planned_sets
        s = Situation(at, exercise, (last,), reps_asked, sets_asked, config, last)
        kind, grid = s.kind, s.grid
        seconds = last.seconds if kind == "time" else None
        start = Choice(decision="hold", kg=last.kg, reps=same_reps(s), seconds=seconds)
        choice = after_sets(s, start, done, len(done))
    else:
        lift = next((b for b in at.settings.baseline if b.exercise_id == exercise.id), None)
        if lift is not None and kind == "load":
            choice = from_baseline(lift, reps, grid, config)
    return Suggestion(
        exercise=exercise,
        kind=kind,
        choice=choice,
        sets=question.planned_sets or DEFAULT_SETS,
        set_index=len(done) if question.set_index is None else question.set_index,
        confidence="low",
        reasons=(reason("no_history"),) if choice is None else choice.reasons,
        alternatives=None,
        warm_ups=_warm_ups(kind, choice, grid, config) if choice and question.warm_ups else (),
        grid=grid,
        last=None,
        record=record,
    )


def from_baseline(
    lift: BaselineLift, reps: Reps, grid: LoadGrid, config: ProgressionConfig
) -> Choice:
    """Return a first working weight from the strength test: RPE 7 at the top of the range.

    Where even the lightest weight is more than that, it is that weight for fewer repetitions.
    """
    strength = float(one_rep_max(lift.kg, lift.reps, math.nan if lift.rpe is None else lift.rpe))
    wished = strength * load_share(reps[1], config.reps, FIRST_TIME_RPE)
    kg = round_to_loadable(wished, grid, "down")
    if kg > wished:
        # Nothing so light can be loaded, an empty bar for one: as easy with fewer repetitions.
        possible = reps_at(kg / strength, config.reps) - round(10 - FIRST_TIME_RPE)
        reps = (max(min(reps[0], possible), 1), max(min(reps[1], possible), 1))
    return Choice(
        decision="cold_start",
        kg=kg,
        reps=reps,
        reasons=(reason("baseline", reps=lift.reps), reason("cold_start")),
    )

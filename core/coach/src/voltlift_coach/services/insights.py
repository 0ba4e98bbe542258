"""Readiness and insights as services."""

from __future__ import annotations

import math

import numpy as np

from voltlift_coach.insights.lifts import lift_series, main_lifts
from voltlift_coach.insights.readiness import (
    DailyCurve,
    advice,
    checked_in,
    days_since_workout,
    group_recovery,
)
from voltlift_coach.insights.weeks import Period, group_weeks, training_days
from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.fatigue import fatigue
from voltlift_coach.progression.recovery import recovery_score
from voltlift_core.contract import (
    GroupWeeks,
    InsightsRequest,
    InsightsResponse,
    LiftSeries,
    ReadinessRequest,
    ReadinessResponse,
    Reason,
    TrainingDay,
)
from voltlift_core.domain.vocabulary import Level
from voltlift_core.engine.answer import Stopwatch, rules_used
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import check_range
from voltlift_core.features.moment import FeatureInputs, Moment
from voltlift_core.scoring.config import RuleConfig

MAX_DAYS, MAX_WEEKS, MAX_LIFTS = 90, 520, 50

BEHIND = 0.7
"""Balance of a group over the last four weeks below which it is named as behind."""


def readiness(state: EngineState, request: ReadinessRequest, watch: Stopwatch) -> ReadinessResponse:
    """Return how recovered the lifter is, group by group and day by day.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where ``days`` is out of range.
    """
    check_range("days", request.days, 1, MAX_DAYS)
    inputs = _inputs(state, request.now, request.utc_offset_minutes)
    at, numbers = Moment(inputs), ProgressionConfig.bundled()
    optimal = RuleConfig.bundled().recovery.optimal_days
    watch.lap()
    score = recovery_score(at, days_since_workout(at), numbers.recovery)
    tired = fatigue(at, numbers.fatigue)
    said, deload = advice(tired, score.value, numbers.recovery.deload_below)
    watch.lap()
    return ReadinessResponse(
        score=score.value,
        fatigue=0.0 if math.isnan(tired.level) else round(tired.level, 2),
        checked_in_today=checked_in(state.daily, at),
        groups=group_recovery(at, optimal),
        days=DailyCurve(inputs, optimal).days(at, request.days, score.value),
        reasons=(*score.reasons, *said),
        deload=deload,
        meta=watch.meta(state, rules_used("readiness", numbers.version)),
    )


def insights(state: EngineState, request: InsightsRequest, watch: Stopwatch) -> InsightsResponse:
    """Return the figures behind the charts, as of the moment asked for.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where a number is out of range, ``unknown_exercise``.
    """
    check_range("weeks", request.weeks, 1, MAX_WEEKS)
    check_range("maxLifts", request.max_lifts, 0, MAX_LIFTS)
    at = Moment(_inputs(state, request.now, request.utc_offset_minutes))
    period, rules = Period.of(at, request.weeks), RuleConfig.bundled()
    watch.lap()
    groups = group_weeks(
        at, period, rules.balance.maximum_adaptive_volume[state.settings.level or Level.BEGINNER]
    )
    days = training_days(at, period)
    wanted = _wanted(state, at, period, request)
    lifts = tuple(lift_series(at, period, index) for index in wanted)
    watch.lap()
    return InsightsResponse(
        unit=state.settings.unit.code,
        week_starts=period.week_starts,
        groups=groups,
        lifts=lifts,
        days=days,
        reasons=tuple(_overall(state, at, period, groups, lifts, days)),
        meta=watch.meta(state, rules_used("insights", rules.version)),
    )


def _inputs(state: EngineState, now: int, utc_offset_minutes: int) -> FeatureInputs:
    return FeatureInputs(
        view=state.view,
        settings=state.settings,
        daily=state.daily,
        now_s=now / 1000,
        utc_offset=utc_offset_minutes,
    )


def _wanted(state: EngineState, at: Moment, period: Period, request: InsightsRequest) -> list[int]:
    """Return the lifts asked for, or those trained most."""
    if request.exercise_ids is None:
        return main_lifts(at, period, request.max_lifts)
    catalogue, found = state.catalogue, []
    for position, id_ in enumerate(request.exercise_ids):
        exercise = catalogue.require(id_, f"$.exerciseIds[{position}]")
        found.append(catalogue.index[exercise.id])
    return list(dict.fromkeys(found))


def _overall(
    state: EngineState,
    at: Moment,
    period: Period,
    groups: tuple[GroupWeeks, ...],
    lifts: tuple[LiftSeries, ...],
    days: tuple[TrainingDay, ...],
) -> list[Reason]:
    """Return the statements about all of it: how often, what is behind, what gained most."""
    if not at.view.n_sessions:
        return [Reason(code="no_training", points=0.0, values={})]
    reasons = [_frequency(state, at, period, days)]
    behind = [
        (group.balance[-1], group.group)
        for group in groups
        if group.balance and group.balance[-1] is not None and group.balance[-1] < BEHIND
    ]
    if behind:
        ratio, name = min(behind)
        values: dict[str, str | float] = {"group": name, "ratio": round(ratio, 2)}
        reasons.append(Reason(code="group_behind", points=0.0, values=values))
    rising = [lift for lift in lifts if lift.trend == "rising" and lift.change_per_month]
    if rising:
        best = max(rising, key=lambda lift: (lift.reasons[0].values["share"], lift.exercise.id))
        gained: dict[str, str | float] = {
            "exercise": best.exercise.id,
            "name": best.exercise.name,
            "change": best.change_per_month or 0.0,
            "share": best.reasons[0].values["share"],
        }
        reasons.append(Reason(code="most_gained", points=0.0, values=gained))
    return reasons


def _frequency(
    state: EngineState, at: Moment, period: Period, days: tuple[TrainingDay, ...]
) -> Reason:
    """Return workouts a week over the whole weeks of the period, against the lifter's target."""
    begun = int(at.view.local_day[0])
    start = max(period.first_day, begun)
    weeks = max((period.today + 1 - start) / 7, 1.0)
    count = sum(len(day.session_ids) for day in days)
    values: dict[str, str | float] = {
        "workouts": float(count),
        "weeks": float(np.ceil(weeks)),
        "per_week": round(count / weeks, 1),
    }
    target = state.settings.days_per_week
    if target is None:
        return Reason(code="per_week", points=0.0, values=values)
    values["target"] = float(target)
    # Half a workout a week short is a missed session in a fortnight: still on target.
    code = "on_target" if count / weeks >= target - 0.5 else "below_target"
    return Reason(code=code, points=0.0, values=values)

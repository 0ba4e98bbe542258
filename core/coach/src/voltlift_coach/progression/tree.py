"""The decision tree of progressive overload: which way, and why.

In this order, the first that holds decides: low recovery, a lay-off, a deload just done,
repetitions of another plan, high effort or fatigue, missed targets, pain; then more weight,
more repetitions or neither, by effort where it is known and by repetitions where it is not.
"""

from __future__ import annotations

import math
from dataclasses import replace

from voltlift_coach.progression.chart import load_share, reps_at
from voltlift_coach.progression.draft import Draft, Reps, reason
from voltlift_coach.progression.situation import Situation
from voltlift_core.contract import Reason


def decide(s: Situation) -> Draft:
    """Return the draft of the next set's weight and repetitions."""
    return (
        _low_recovery(s)
        or _lay_off(s)
        or _after_deload(s)
        or _other_reps(s)
        or _too_hard(s)
        or _missed(s)
        or _blocked(s)
        or _by_time(s)
        or (_by_effort(s) if s.efforts else _by_reps(s))
    )


# Less than last time


def _low_recovery(s: Situation) -> Draft | None:
    numbers = s.config.recovery
    if s.recovery.value >= numbers.deload_below:
        return None
    parts = (
        # Points of a score are no part of the weight: they go into the values.
        replace(part, points=0.0, values={**part.values, "points": part.points})
        for part in s.recovery.reasons
        if part.code not in ("recovery_base", "clamped")
    )
    return Draft(
        decision="deload_recovery",
        reasons=(reason("recovery_low", score=s.recovery.value), *parts),
        reps=same_reps(s),
        factor=numbers.deload_factor * _conversion(s),
        strict=True,
        lighter=True,
        seconds_factor=numbers.deload_factor,
    )


def lay_off_loss(s: Situation) -> float:
    """Return the share of the weight that a lay-off takes off.

    None up to 28 days; then 2.5 % for each period of 28 days that has begun, at most 10 %.
    """
    numbers = s.config.lay_off
    periods = math.ceil((s.gap_days - numbers.days) / numbers.days)
    return min(max(periods, 0) * numbers.per_period, numbers.most)


def _lay_off(s: Situation) -> Draft | None:
    loss = lay_off_loss(s)
    if loss <= 0:
        return None
    return Draft(
        decision="return_after_gap",
        reasons=(reason("gap", days=math.floor(s.gap_days), loss=loss),),
        reps=same_reps(s),
        factor=(1 - loss) * _conversion(s),
        strict=True,
        seconds_factor=1 - loss,
    )


def _too_hard(s: Situation) -> Draft | None:
    """Return a deload where effort or fatigue ask for one, a hold after one hard session."""
    numbers = s.config.effort
    if s.hard or s.fatigue.high:
        why = [reason("effort_hard", rpe=s.effort)] if s.hard else []
        if s.fatigue.high:
            why += [reason("fatigue_high"), *s.fatigue.reasons]
        return Draft(
            decision="deload_effort",
            reasons=tuple(why),
            reps=same_reps(s),
            factor=numbers.deload_factor,
            strict=True,
            lighter=True,
            seconds_factor=numbers.deload_factor,
        )
    if s.last.rpe > numbers.hard_above:
        return _hold(s, reason("effort_hard", rpe=s.last.rpe), strict=True)
    return None


def _missed(s: Situation) -> Draft | None:
    """Return a hold after a missed target, a deload after several in a row."""
    if s.planned is None or not 0 < s.last.reps < s.planned[0]:
        return None
    why = reason("target_missed", times=max(s.missed, 1), reps=s.last.reps, target=s.planned[0])
    if not s.falling_short:
        return _hold(s, why, strict=True)
    return Draft(
        decision="deload_effort",
        reasons=(why,),
        reps=s.planned,
        factor=s.config.effort.deload_factor,
        strict=True,
        lighter=True,
    )


# The same as last time


def _hold(s: Situation, *why: Reason, strict: bool = False) -> Draft:
    return Draft(decision="hold", reasons=why, reps=same_reps(s), strict=strict)


def _after_deload(s: Situation) -> Draft | None:
    """Return to the weight before: a deload is no measure of strength."""
    return _hold(s, reason("after_deload", sessions=s.deloads)) if s.deloads else None


def _other_reps(s: Situation) -> Draft | None:
    """Return the same effort at the repetitions of another plan, by the RPE chart."""
    wanted = _wanted(s)
    if wanted is None:
        return None
    done = s.last.best_reps
    factor = _conversion(s)
    if factor > 1 and (s.pain or s.last.rpe > s.config.effort.hard_above):
        factor = 1.0
    if s.hard or s.fatigue.high:
        factor = min(factor, 1.0) * s.config.effort.deload_factor
    return Draft(
        decision="hold",
        reasons=(reason("reps_converted", done=done, planned=wanted),),
        reps=same_reps(s),
        factor=factor,
        strict=factor <= 1,
    )


def _blocked(s: Situation) -> Draft | None:
    """Return a hold where no weight should be added: with pain, or tired."""
    if s.pain:
        return _hold(s, reason("pain"), strict=True)
    if s.fatigue.blocks:
        return _hold(s, reason("fatigue", level=s.fatigue.level), *s.fatigue.reasons, strict=True)
    return None


# More than last time


def _by_time(s: Situation) -> Draft | None:
    """Return more seconds for a timed exercise: 10 % after easy ones, else 5 %."""
    if s.kind != "time":
        return None
    easy = bool(s.efforts) and s.easy
    why = reason("effort_easy", rpe=s.effort) if easy else reason("time_grows")
    growth = s.config.reps.growth_by_time * (1 if easy else 0.5)
    return Draft(decision="increase_reps", reasons=(why,), reps=(1, 1), seconds_factor=1 + growth)


def _by_effort(s: Situation) -> Draft:
    numbers, reps = s.config.effort, s.last.reps
    top = numbers.easy_reps if s.planned is None else s.planned[1]
    if s.easy and reps >= top and s.sets_done:
        return _more_weight(s, 1.0, reason("effort_easy", rpe=s.effort, reps=reps))
    stable = s.config.trend.stable
    effort = reason("effort_fits", rpe=s.effort)
    if not s.sets_done:
        return _hold(s, reason("sets_missing", sets=len(s.last.top_sets)), effort)
    if s.weight_change > stable and s.rpe_change <= stable:
        return _more_weight(s, 0.5, reason("weight_rising", change=s.weight_change), effort)
    if abs(s.weight_change) <= stable:
        ceiling = numbers.top_reps if s.planned is None else s.planned[1]
        if reps >= ceiling and not s.reps_first:
            return _more_weight(s, 0.5, reason("top_of_range", reps=reps), effort, *_plateau(s))
        return _more_reps(s, s.config.reps.added, *_plateau(s), effort)
    return _hold(s, reason("weight_changing", change=s.weight_change), effort)


def _by_reps(s: Situation) -> Draft:
    """Return what follows without any RPE: the common case."""
    numbers, reps = s.config.effort, s.last.reps
    top = numbers.top_reps if s.planned is None else s.planned[1]
    unknown = reason("effort_unknown")
    if reps >= top and s.sets_done:
        if s.stays:
            # The reps were there several times and the weight stayed: that is a choice.
            why = reason("stayed", times=s.chances[0], taken=s.chances[1])
            return _more_reps(s, s.config.reps.added_without_effort, why, unknown)
        return _more_weight(s, 1.0, reason("top_of_range", reps=reps), unknown)
    if s.planned is None and reps < numbers.few_reps:
        return _hold(s, reason("few_reps", reps=reps), *_plateau(s), unknown)
    if not s.sets_done:
        return _hold(s, reason("sets_missing", sets=len(s.last.top_sets)), unknown)
    return _more_reps(s, s.config.reps.added_without_effort, *_plateau(s), unknown)


def _plateau(s: Situation) -> tuple[Reason, ...]:
    return (reason("plateau", sessions=s.plateau),) if s.plateau else ()


def _more_weight(s: Situation, share: float, *why: Reason) -> Draft:
    """Return an increment; exercises of the own body gain repetitions instead."""
    if s.reps_first and (s.last.kg == 0 or s.kind != "bodyweight"):
        return _more_reps(s, s.config.reps.added, *why)
    amount = s.increment * share
    return Draft(
        decision="increase_weight" if share == 1 else "increase_half_step",
        reasons=(*why, reason("increment", weight=amount)),
        reps=s.planned or lowered_reps(s, s.last.kg * 1.05),
        amount=amount,
    )


def _more_reps(s: Situation, added: int, *why: Reason) -> Draft:
    """Return the same weight for one repetition more, up to ``added``."""
    low = s.last.reps + 1
    high = max(s.last.reps + added, low)
    if s.planned is not None and not s.reps_first:
        low, high = max(min(low, s.planned[1]), s.planned[0]), s.planned[1]
    return Draft(
        decision="increase_reps",
        reasons=(*why, reason("volume_progression", reps=added)),
        reps=(low, high),
    )


# Repetitions


def same_reps(s: Situation) -> Reps:
    """Return the planned range, else what was done last time and up to two more."""
    if s.planned is not None:
        return s.planned
    return s.last.reps, s.last.reps + s.config.reps.range_width


def lowered_reps(s: Situation, kg: float) -> Reps:
    """Return the range that the chart gives for a heavier weight; its top is at most 10.

    As hard as last time where the effort is not known, else with two repetitions in reserve.
    """
    numbers, rpe = s.config.reps, s.last.rpe
    reserve = 0.0 if math.isnan(rpe) else 10 - rpe
    done = load_share(max(s.last.reps, 1) + reserve, numbers)
    share = done * (kg + s.body_kg) / max(s.last.kg + s.body_kg, 1e-9)
    possible = reps_at(share, numbers) - (0 if math.isnan(rpe) else numbers.reserve)
    high = max(min(possible, s.config.effort.easy_reps), 1)
    return max(high - numbers.range_width, 1), high


def _wanted(s: Situation) -> int | None:
    """Return the nearest planned repetitions, where last time's are of another plan."""
    if s.planned is None or s.kind not in ("load", "bodyweight") or s.last.kg <= 0:
        return None
    low, high = s.planned
    tolerance = s.config.reps.tolerance
    if 0 < s.last.best_reps < low - tolerance:
        return low
    # The last set may be one for as many as possible: all of them are of another plan.
    return high if s.last.reps > high + tolerance else None


def _conversion(s: Situation) -> float:
    """Return the factor on the weight for the repetitions of another plan; 1 for the same."""
    wanted = _wanted(s)
    if wanted is None:
        return 1.0
    numbers = s.config.reps
    ratio = load_share(wanted, numbers) / load_share(s.last.best_reps, numbers)
    return max(((s.last.kg + s.body_kg) * ratio - s.body_kg) / s.last.kg, 0.0)

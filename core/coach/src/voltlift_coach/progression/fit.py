"""From a draft to what can be loaded: rounding, the cap, and repetitions where steps are coarse."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from voltlift_coach.progression.draft import Draft, Reps, reason
from voltlift_coach.progression.situation import Situation
from voltlift_coach.progression.tree import lowered_reps
from voltlift_core.contract import Reason
from voltlift_core.contract.loads import Decision
from voltlift_core.domain.loads import add_load, round_to_loadable
from voltlift_core.domain.units import display, parse

_ABOVE = 1 + 1e-9
"""A weight this much above a limit is on it: conversion leaves noise."""

_SHORT_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A weight that can be loaded, with a range of repetitions.

    ``kg`` is what is added to the body for bodyweight exercises; ``seconds`` is set for
    timed ones; ``exceeds_cap`` marks the one step that is larger than the cap. ``wished_kg``
    is the weight before ``bias`` and rounding; None where it was not rounded. ``rules_kg`` is
    the rules' weight where a forecast moved it.
    """

    decision: Decision
    kg: float
    reps: Reps
    reasons: tuple[Reason, ...] = ()
    seconds: float | None = None
    exceeds_cap: bool = False
    wished_kg: float | None = None
    bias: float = 1.0
    rules_kg: float | None = None


def fit(s: Situation, draft: Draft) -> Choice:
    """Return the choice that a draft leads to, inside of the safe bounds.

    At most 10 % above the working weight of last time. Where the smallest step is larger,
    repetitions come first, up to four beyond the top of the range and at most 20; then that
    one step is offered, with the repetitions that the RPE chart gives, and flagged.
    """
    if s.kind == "time":
        return _timed(s, draft)
    if s.last.kg <= 0 or s.helped:
        return Choice(
            decision=draft.decision, kg=s.last.kg, reps=_fewer(s, draft), reasons=draft.reasons
        )
    bias = min(s.bias, 1.0) if draft.strict else s.bias
    if draft.amount > 0:
        return _step(s, draft, bias)
    wished = s.last.kg * draft.factor
    kg = at_most(s, wished * bias, lighter=draft.lighter, strict=draft.strict)
    stuck = draft.lighter and kg >= s.last.kg / _ABOVE  # An empty bar: nothing comes off it.
    return Choice(
        decision=draft.decision,
        kg=kg,
        reps=_fewer(s, draft) if stuck else draft.reps,
        reasons=draft.reasons,
        exceeds_cap=beyond_cap(s, kg),
        wished_kg=wished,
        bias=bias,
    )


def beyond_cap(s: Situation, kg: float) -> bool:
    """Return whether a weight is more than the cap above the very last session's.

    That is so for a single coarse step, for the return from a deload, and for a heavy day
    after a light one.
    """
    last = min(s.sessions[-1].kg, s.newest.kg)
    return kg > last * (1 + s.config.cap) * _ABOVE


def cap_kg(s: Situation) -> float:
    """Return the heaviest weight that is safe, kilograms."""
    return s.last.kg * (1 + s.config.cap)


def at_most(s: Situation, kg: float, *, lighter: bool = False, strict: bool = False) -> float:
    """Return the loadable weight nearest to a wish that is neither above the cap nor a limit.

    ``strict`` - not above the last weight; ``lighter`` - below it. Where the grid has nothing
    so light, it is its lightest weight.
    """
    last = s.last.kg
    limit = last if strict or lighter else cap_kg(s)
    found = round_to_loadable(min(kg, limit), s.grid)
    if found > limit * _ABOVE:
        found = round_to_loadable(limit, s.grid, "down")
    if lighter and found >= last / _ABOVE:
        found = min(add_load(last, -1e-3, s.grid), found)
    return found


def next_step(s: Situation, amount: float) -> float | None:
    """Return the last weight with an amount of the lifter's unit added, if that is safe.

    The nearest loadable weight, at least one step up; where it is above the cap the
    heaviest one below it; None where the cap leaves none.
    """
    last, cap = s.last.kg, cap_kg(s)
    kg = add_load(last, amount, s.grid)
    if kg > cap * _ABOVE:
        kg = round_to_loadable(cap, s.grid, "down")
    return kg if last * _ABOVE < kg <= cap * _ABOVE else None


def single_step(s: Situation) -> Choice | None:
    """Return the one step beyond the cap, flagged; None at the end of what can be loaded."""
    kg = add_load(s.last.kg, 1e-3, s.grid)
    if kg <= s.last.kg * _ABOVE:
        return None
    why = reason(
        "step_exceeds_cap",
        weight=display(kg - s.last.kg, s.grid.unit),
        share=kg / s.last.kg - 1,
    )
    return Choice(
        decision="increase_weight",
        kg=kg,
        reps=lowered_reps(s, kg),
        reasons=(why,),
        exceeds_cap=beyond_cap(s, kg),
    )


def _step(s: Situation, draft: Draft, bias: float) -> Choice:
    kg = next_step(s, draft.amount)
    if kg is None:
        return _coarse(s, draft)
    wished = s.last.kg + parse(draft.amount, s.grid.unit)
    if bias != 1:
        kg = at_most(s, wished * bias)
    return Choice(
        decision=draft.decision,
        kg=kg,
        reps=draft.reps if s.planned is not None else lowered_reps(s, kg),
        reasons=draft.reasons,
        exceeds_cap=beyond_cap(s, kg),
        wished_kg=wished,
        bias=bias,
    )


def _coarse(s: Situation, draft: Draft) -> Choice:
    """Return repetitions first, then the single step that is larger than the cap."""
    numbers, done = s.config.reps, s.last.reps
    top = s.config.effort.top_reps if s.planned is None else s.planned[1]
    limit = min(top + numbers.beyond_top, numbers.most)
    step = single_step(s)
    if done >= limit and step is not None and draft.decision == "increase_weight":
        return replace(step, reasons=(*step.reasons, *draft.reasons))
    code = "reps_first" if step is not None else "heaviest_weight"
    low = max(min(done + 1, limit), 1)
    kg = at_most(s, s.last.kg)
    return Choice(
        decision="increase_reps" if done < limit else "hold",
        kg=kg,
        reps=(low, max(min(done + numbers.added, limit), low)),
        reasons=(reason(code, cap=s.config.cap), *draft.reasons),
        exceeds_cap=beyond_cap(s, kg),
    )


def _fewer(s: Situation, draft: Draft) -> Reps:
    """Return the repetitions without a weight that could be lowered instead."""
    if not (draft.lighter or draft.factor < 1):
        return draft.reps
    low, high = (max(math.floor(r * draft.seconds_factor), 1) for r in draft.reps)
    most = max(math.floor(s.last.reps * draft.seconds_factor), 1)
    return min(low, most), min(high, most) if s.planned is None else high


def _timed(s: Situation, draft: Draft) -> Choice:
    """Return seconds, in steps of 5 up to two minutes and of 30 beyond."""
    last = s.last.seconds
    step = 5.0 if last <= _SHORT_S else 30.0
    wished = last * draft.seconds_factor
    seconds = last
    if wished > last:
        seconds = max(math.floor(wished / step) * step, last + step)
    elif wished < last:
        seconds = max(math.floor(wished / step) * step, min(step, last))
    kg = at_most(s, s.last.kg, strict=True) if s.last.kg > 0 else 0.0
    return Choice(
        decision=draft.decision, kg=kg, reps=(1, 1), reasons=draft.reasons, seconds=seconds
    )

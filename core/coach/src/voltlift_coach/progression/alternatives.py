"""The three ways not taken: lighter, the same as last time, and heavier."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from voltlift_coach.progression.fit import Choice, at_most, beyond_cap, next_step, single_step
from voltlift_coach.progression.situation import Situation
from voltlift_coach.progression.tree import lay_off_loss, lowered_reps, same_reps


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """The three ways not taken: their weights never fall from one to the next."""

    deload: Choice
    maintain: Choice
    push: Choice


def alternatives_to(s: Situation, choice: Choice) -> Alternatives:
    """Return lighter, the same and heavier than the choice would be, in that order."""
    effort, recovery = s.config.effort, s.config.recovery
    factor = effort.deload_factor
    if choice.decision == "deload_recovery":
        factor = recovery.deload_factor
    loss = lay_off_loss(s)
    reps = same_reps(s)
    if s.kind == "time" or s.last.kg <= 0 or s.helped:
        return _without_load(s, choice, factor)
    maintain = at_most(s, s.last.kg * (1 - loss))
    deload = at_most(s, s.last.kg * (1 - loss) * factor, lighter=True)
    if choice.decision.startswith("deload"):
        deload = min(deload, choice.kg)
    push_kg = next_step(s, s.increment)
    push = Choice(decision="hold", kg=at_most(s, s.last.kg), reps=reps)
    if loss == 0 and choice.decision not in ("deload_recovery", "deload_effort") and not s.pain:
        if push_kg is not None:
            reps_up = s.planned or lowered_reps(s, push_kg)
            push = Choice(decision="increase_weight", kg=push_kg, reps=reps_up)
        else:
            push = single_step(s) or push
    if choice.kg > push.kg:
        push = replace(choice, reasons=())
    push = replace(push, exceeds_cap=beyond_cap(s, push.kg))
    maintain = min(maintain, push.kg)
    return Alternatives(
        deload=Choice(decision="deload_effort", kg=min(deload, maintain), reps=reps),
        maintain=Choice(decision="hold", kg=maintain, reps=reps),
        push=push,
    )


def _without_load(s: Situation, choice: Choice, factor: float) -> Alternatives:
    """Return the alternatives in repetitions or seconds."""
    last, timed = s.last, s.kind == "time"
    more = s.config.reps.added

    def of(share: float, added: int) -> Choice:
        reps = max(math.floor(last.reps * share) + added, 1)
        seconds = max(round(last.seconds * share / 5) * 5.0, 5.0) if timed else None
        return Choice(
            decision="hold",
            kg=choice.kg,
            reps=(1, 1) if timed else (reps, reps + more),
            seconds=seconds,
        )

    growth = s.config.reps.growth_by_time if timed else 0.0
    return Alternatives(deload=of(factor, 0), maintain=of(1, 0), push=of(1 + growth, more))

"""The next set, given the sets of today."""

from __future__ import annotations

from dataclasses import replace

from voltlift_coach.progression.chart import convert
from voltlift_coach.progression.draft import Reps, reason
from voltlift_coach.progression.fit import Choice, cap_kg
from voltlift_coach.progression.history import SAME_LOAD, LiftSet
from voltlift_coach.progression.situation import Situation
from voltlift_core.domain.loads import round_to_loadable


def set_share(s: Situation, index: int) -> float:
    """Return the weight of a set last time, as a share of that day's working weight.

    1 for straight sets; below it for a pyramid's first sets and for back-off sets. Sets
    beyond those of last time are like the last of them.
    """
    if s.last.kg <= 0:
        return 1.0
    sets = s.last.sets
    return sets[min(index, len(sets) - 1)].kg / s.last.kg


def first_set(s: Situation, choice: Choice, index: int) -> Choice:
    """Return a set's weight before any was done today: as last time, in proportion."""
    share = set_share(s, index)
    if share >= 1 or choice.kg <= 0:
        return choice
    kg = round_to_loadable(choice.kg * share, s.grid)
    done = s.last.sets[min(index, len(s.last.sets) - 1)].reps
    why = reason("set_pattern", set=index + 1, share=share)
    reps = (done, done + s.config.reps.range_width) if s.planned is None else choice.reps
    return replace(
        choice,
        kg=min(kg, choice.kg),
        reps=reps,
        reasons=(why, *choice.reasons),
        exceeds_cap=choice.exceeds_cap and kg >= choice.kg,
        wished_kg=None,
    )


def after_sets(s: Situation, choice: Choice, done: tuple[LiftSet, ...], index: int) -> Choice:
    """Return the next set's weight after sets of today.

    The weight that was taken stays: the lifter is right. A set that missed its repetitions
    by two and more, or ended at RPE 9 and above, lowers it: by 5 %, or by what the RPE chart
    gives for the repetitions missed, whichever is more, the own body included. Where nothing
    can be taken off, repetitions follow what was done.
    """
    last = done[-1]
    if choice.seconds is not None:
        return replace(choice, reasons=(reason("today", sets=len(done)), *choice.reasons))
    goal = choice.reps
    numbers = s.config.today
    missed = 0 < last.reps <= goal[0] - numbers.missed_reps
    if missed or last.rpe >= numbers.hard_from:
        return _lighter(s, last, goal, missed)
    if last.kg <= 0:
        why = reason("today", sets=len(done))
        return replace(choice, kg=last.kg, reasons=(why, *choice.reasons), wished_kg=None)
    before = set_share(s, index - 1)
    kg = last.kg * set_share(s, index) / before if before > 0 else last.kg
    if kg != last.kg:
        kg = round_to_loadable(min(kg, max(cap_kg(s), last.kg)), s.grid, "down")
    elif abs(round_to_loadable(kg, s.grid) - kg) > 1e-6:
        kg = round_to_loadable(kg, s.grid)
    same = abs(kg - choice.kg) < 1e-6
    return replace(
        choice,
        decision=choice.decision if same else "hold",
        kg=kg,
        reasons=(reason("today", sets=len(done)), *choice.reasons),
        exceeds_cap=choice.exceeds_cap and same,
        wished_kg=None,
    )


def _lighter(s: Situation, last: LiftSet, goal: Reps, missed: bool) -> Choice:
    """Return less than the set before; where no load can be taken off, fewer repetitions."""
    moved = last.kg + s.body_kg
    wished = moved * (1 - s.config.today.reduce)
    if missed:
        wished = min(wished, convert(moved, last.reps, goal[0], s.config.reps))
    wished -= s.body_kg
    kg = last.kg if s.helped else 0.0
    if wished > 0 and last.kg > 0 and not s.helped:
        kg = round_to_loadable(wished, s.grid)
        if kg >= last.kg:
            kg = round_to_loadable(wished, s.grid, "down")
    elif last.kg > 0 and s.kind == "load" and not s.helped:
        kg = round_to_loadable(0.0, s.grid)
    kg = min(kg, last.kg)
    code = "today_missed" if missed else "today_harder"
    values = {"reps": float(last.reps)} | ({} if last.rpe != last.rpe else {"rpe": last.rpe})
    # What the day began with is no reason any more.
    why = (reason(code, target=goal[0], **values),)
    if kg >= last.kg * (1 - SAME_LOAD) or wished < 0:
        most = max(last.reps - (not missed), 1)
        goal = min(goal[0], max(most - 1, 1)), min(goal[1], most)
    return Choice(decision="deload_effort", kg=kg, reps=goal, reasons=why)


def drop_set(s: Situation, choice: Choice, done: tuple[LiftSet, ...]) -> Choice:
    """Return a drop set: 20 % less than the set before it, for as many repetitions."""
    kg, reps = (done[-1].kg, done[-1].reps) if done else (choice.kg, choice.reps[1])
    wished = kg * (1 - s.config.today.drop)
    lighter = round_to_loadable(wished, s.grid)
    if lighter >= kg:
        lighter = round_to_loadable(wished, s.grid, "down")
    goal: Reps = (max(reps, 1), max(reps, 1) + s.config.reps.range_width)
    why = reason("drop_set", share=s.config.today.drop)
    return Choice(decision="hold", kg=min(lighter, kg), reps=goal, reasons=(why,))

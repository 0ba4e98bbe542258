"""Sessions and progression rules as the contract shows them."""

from __future__ import annotations

from typing import Protocol

from voltlift_coach.programs.expand import DraftExercise, DraftSession, minutes, rest_seconds
from voltlift_coach.programs.fit import Fit
from voltlift_coach.programs.library import Program
from voltlift_coach.programs.scheme import SetGroup
from voltlift_core.contract import ExerciseInfo, PlannedExercise, PlannedSession, PlannedSet, Reason
from voltlift_core.domain.exercise import Exercise
from voltlift_core.ranking.present import exercise_info


class Weigh(Protocol):
    """Knows the weights of today: those of an exercise's groups of sets, with the reasons."""

    def __call__(
        self, exercise: Exercise, item: DraftExercise
    ) -> tuple[tuple[float | None, ...], tuple[Reason, ...]]:
        """Return one weight per group, in the lifter's unit, None where it is not known."""
        ...


def present_session(
    session: DraftSession, fit: Fit, originals: dict[str, Exercise], weigh: Weigh | None = None
) -> PlannedSession:
    """Return a session fitted to the equipment.

    Parameters
    ----------
    session : DraftSession
        The session as it is written.
    fit : Fit
        What is done in place of what.
    originals : dict of str to Exercise
        The exercises as they are written, by id.
    weigh : Weigh, optional
        Fills in weights; without it there are none.
    """
    planned: list[PlannedExercise] = []
    left_out: list[ExerciseInfo] = []
    done: dict[str, Exercise] = {}
    label, follows = -1, False
    for item in session.exercises:
        fitted, original = fit.exercises[item.exercise_id], originals[item.exercise_id]
        exercise = fitted.exercise
        if exercise is None:
            left_out.append(exercise_info(original))
            follows = False
            continue
        done[item.exercise_id] = exercise
        label += item.joined and not follows
        weights, reasons = weigh(exercise, item) if weigh else ((None,) * len(item.groups), ())
        if item.easy:
            reasons = (Reason(code="deload_week", points=0.0, values={}), *reasons)
        planned.append(
            PlannedExercise(
                exercise=exercise_info(exercise),
                sets=tuple(
                    _planned_set(group, weight)
                    for group, weight in zip(item.groups, weights, strict=True)
                    for _ in range(group.count)
                ),
                rest_seconds=rest_seconds(item, exercise),
                superset=chr(ord("A") + label) if item.joined or follows else None,
                reasons=(*fitted.reasons, *reasons),
                instead_of=exercise_info(original) if fitted.reasons else None,
            )
        )
        follows = item.joined
    return PlannedSession(
        index=session.index,
        week=session.week,
        day=session.day,
        name=session.name,
        exercises=tuple(planned),
        minutes=minutes(session, done),
        left_out=tuple(left_out),
    )


def progression_of(program: Program) -> tuple[Reason, ...]:
    """Return how a program moves on, as codes with values."""
    reasons = [Reason(code=f"{program.rule}_progression", points=0.0, values={})]

    def add(code: str, **values: float) -> None:
        reasons.append(
            Reason(code=code, points=0.0, values={k: float(v) for k, v in values.items()})
        )

    if program.training_max != 1.0:
        add("training_max", share=program.training_max)
    if program.effort:
        add("effort_wave", first=program.effort[0], last=program.effort[-1])
    if program.deload_every:
        add("deload_weeks", every=program.deload_every)
    for group, volume in (program.volume or {}).items():
        reasons.append(Reason(code=f"{volume}_volume", points=0.0, values={"group": group}))
    return tuple(reasons)


def _planned_set(group: SetGroup, weight: float | None) -> PlannedSet:
    return PlannedSet(
        reps=group.reps,
        percent=group.percent,
        rpe=group.rpe,
        amrap=group.amrap,
        seconds=group.seconds,
        weight=weight,
    )

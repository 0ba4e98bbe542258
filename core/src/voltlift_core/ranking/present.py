"""From picks to contract objects: components, reasons and the score that they add up to."""

from __future__ import annotations

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import ComponentScore, ExerciseInfo, Reason, RecommendedExercise
from voltlift_core.contract.exercises import ComponentName
from voltlift_core.domain.exercise import Exercise
from voltlift_core.ranking.rank import Pick
from voltlift_core.scoring.blend import Blend


def exercise_info(exercise: Exercise) -> ExerciseInfo:
    """Return what a list shows of an exercise."""
    return ExerciseInfo(
        id=exercise.id,
        name=exercise.name,
        muscle_group=str(exercise.muscle_group),
        secondary_muscles=tuple(str(group) for group in exercise.secondary_muscles),
        equipment=str(exercise.equipment),
        category=str(exercise.category),
        difficulty=str(exercise.difficulty),
    )


def present(catalogue: Catalogue, scores: Blend, pick: Pick, rank: int) -> RecommendedExercise:
    """Return a pick with its components; their points add up to its score."""
    exercise = catalogue.exercises[pick.index]
    components = list(scores.shown.components(pick.index))
    if pick.diversity:
        values: dict[str, str | float] = {
            "group": str(exercise.muscle_group),
            "count": float(pick.earlier),
        }
        reason = Reason(code="same_group_listed", points=pick.diversity, values=values)
        components.append(_single("diversity", reason))
    if pick.clamp:
        reason = Reason(code="clamped", points=pick.clamp, values={"limit": 0.0})
        components.append(_single("total", reason))
    return RecommendedExercise(
        rank=rank,
        exercise=exercise_info(exercise),
        score=pick.score,
        fit=float(scores.fit[pick.index]),
        habit=None if scores.habit is None else float(scores.habit[pick.index]),
        components=tuple(components),
    )


def _single(component: ComponentName, reason: Reason) -> ComponentScore:
    return ComponentScore(
        component=component, points=reason.points, max_points=0.0, reasons=(reason,)
    )

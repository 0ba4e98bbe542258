"""One exercise, from the catalogue or made by the lifter."""

from __future__ import annotations

from dataclasses import dataclass

from voltlift_core.domain.vocabulary import (
    Category,
    Equipment,
    Level,
    MovementPattern,
    MuscleGroup,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """What the engine knows of an exercise.

    Parameters
    ----------
    id : str
        Stable identifier; custom exercises start with ``custom-``.
    name : str
        Display name.
    aliases : tuple of str
        Other names that exports use for it.
    muscle_group : MuscleGroup
        The group that its sets count for in full.
    secondary_muscles : tuple of MuscleGroup
        Groups that its sets count for by half.
    equipment : Equipment
        What is needed to do it.
    category : Category
        Kind of exercise.
    difficulty : Level
        Skill that it asks for.
    unilateral : bool
        Whether a repetition is done with one side at a time.
    bodyweight_share : float
        Share of the bodyweight that is moved, 0 to 1 (a pull-up 1.0, a press 0).
    movement_pattern : MovementPattern or None
        How the body moves; None for a custom exercise that does not say.
    commonness : int
        3 for a staple of most gyms, 2 for common, 1 for rare; breaks ties only.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    muscle_group: MuscleGroup
    secondary_muscles: tuple[MuscleGroup, ...] = ()
    equipment: Equipment
    category: Category
    difficulty: Level
    unilateral: bool = False
    bodyweight_share: float = 0.0
    movement_pattern: MovementPattern | None = None
    commonness: int = 1

    @property
    def is_custom(self) -> bool:
        """Whether the lifter made it."""
        return self.id.startswith("custom-")

"""Hard filters: which exercises may be listed at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voltlift_core.catalogue.catalogue import EQUIPMENT, Catalogue
from voltlift_core.contract import Reason
from voltlift_core.domain.settings import usable_equipment
from voltlift_core.domain.vocabulary import LEVELS, Equipment, Level


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which exercises may be listed, and what keeps the others out; masks of shape (n,)."""

    equipment_missing: NDArray[np.bool_]
    excluded: NDArray[np.bool_]
    in_session: NDArray[np.bool_]
    above_level: NDArray[np.bool_]

    @property
    def allowed(self) -> NDArray[np.bool_]:
        """Exercises that no filter keeps out."""
        allowed: NDArray[np.bool_] = ~(
            self.equipment_missing | self.excluded | self.in_session | self.above_level
        )
        return allowed

    def reason(self, catalogue: Catalogue, index: int) -> Reason | None:
        """Return what keeps the exercise at ``index`` out, or None."""
        if self.in_session[index]:
            return Reason(code="in_session", points=0.0, values={})
        if self.equipment_missing[index]:
            name = str(catalogue.exercises[index].equipment)
            return Reason(code="equipment", points=0.0, values={"equipment": name})
        if self.excluded[index]:
            return Reason(code="excluded_by_request", points=0.0, values={})
        if self.above_level[index]:
            difficulty = str(catalogue.exercises[index].difficulty)
            return Reason(code="above_level", points=0.0, values={"difficulty": difficulty})
        return None


def find_candidates(
    catalogue: Catalogue,
    *,
    equipment: Collection[Equipment] | None,
    excluded: Collection[str] = (),
    in_session: Collection[str] = (),
    hardest: Level | None = None,
) -> Candidates:
    """Return the filters' verdict on every exercise.

    Parameters
    ----------
    catalogue : Catalogue
        All exercises.
    equipment : collection of Equipment or None
        Equipment at hand; None where the lifter did not say: nothing is kept out then.
    excluded, in_session : collection of str
        Ids not asked for, and ids that the current workout already holds.
    hardest : Level or None
        What asks for more skill is kept out; None for no limit.
    """
    if equipment is None:
        missing = np.zeros(len(catalogue), dtype=np.bool_)
    else:
        usable = usable_equipment(equipment)
        missing = np.array([item not in usable for item in EQUIPMENT])[catalogue.equipment]
    return Candidates(
        equipment_missing=missing,
        excluded=_mask(catalogue, excluded),
        in_session=_mask(catalogue, in_session),
        above_level=(
            np.zeros(len(catalogue), dtype=np.bool_)
            if hardest is None
            else catalogue.difficulty > LEVELS.index(hardest)
        ),
    )


def _mask(catalogue: Catalogue, ids: Collection[str]) -> NDArray[np.bool_]:
    mask = np.zeros(len(catalogue), dtype=np.bool_)
    for exercise_id in ids:
        position = catalogue.index.get(exercise_id)
        if position is not None:
            mask[position] = True
    return mask

"""The 100 numbers that the neural net sees of an exercise at a moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voltlift_core.features.frame import FeatureFrame
from voltlift_core.features.vectors import DENSE_100


def dense_rows(frame: FeatureFrame, exercises: Sequence[int]) -> NDArray[np.float32]:
    """Return the rows of exercises, shape (n, 100): user, exercise, context.

    Parameters
    ----------
    frame : FeatureFrame
        The moment.
    exercises : sequence of int
        Indices in the frame's catalogue.
    """
    vectors = DENSE_100.compile(frame, exercises)
    user, context = (np.tile(part, (len(exercises), 1)) for part in (vectors.user, vectors.context))
    return np.hstack((user, vectors.exercise, context))


DENSE_FEATURES: tuple[str, ...] = tuple(
    f"{part}.{entry.transform} {entry.feature}"
    for part, entries in (
        ("user", DENSE_100.user),
        ("exercise", DENSE_100.exercise),
        ("context", DENSE_100.context),
    )
    for entry in entries
)
"""Names of the columns; ``DENSE_100.hash`` says what else they mean."""

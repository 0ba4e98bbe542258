"""What the load model was trained on: outside of it, it has nothing to say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.loads.features import LOAD_FEATURES

LIMITS: dict[str, tuple[float, float]] = {
    "log_kg": (0.0, 5.75),
    "gap": (0.0, 6.56),
    "change_1": (-2.8, 2.8),
}
"""Least and most of a feature, from the training data, rounded outwards.

The last top set from 1 to 314 kg; up to 705 days since; the last weight up to 16 times the one
before or as much less. Trees know no trend beyond what they have seen: whoever comes back after
longer, or lifts more, gets the answer of somebody else. All other features are bounded by how
they are made, or are ratios that these three bound.
"""

_AT = np.array([LOAD_FEATURES.index(name) for name in LIMITS], np.intp)
_LOW, _HIGH = np.array(list(LIMITS.values()), np.float32).T


def in_range(vector: NDArray[np.float32]) -> bool:
    """Return whether a question is like those that the model was trained on.

    Parameters
    ----------
    vector : ndarray of float32, shape (F,)
        In the order of ``LOAD_SPEC``.
    """
    asked = vector[_AT]
    return bool(((asked >= _LOW) & (asked <= _HIGH)).all())

"""The ordered features of the load models."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.loads.candidates import CANDIDATE_FEATURES
from voltlift_learned.loads.features import LOAD_FEATURES
from voltlift_learned.spec import ModelSpec

LOAD_SPEC = ModelSpec(f"load-{len(LOAD_FEATURES)}/1", LOAD_FEATURES)
"""What the regression and its quantiles take."""

CONTEXT_FEATURES = LOAD_FEATURES

CHOICE_SPEC = ModelSpec(
    f"load-choice-{len(CONTEXT_FEATURES) + len(CANDIDATE_FEATURES)}/1",
    CONTEXT_FEATURES + CANDIDATE_FEATURES,
)
"""What the chooser takes: the question's features and the candidate's own."""

CONTEXT: NDArray[np.intp] = np.array([LOAD_FEATURES.index(n) for n in CONTEXT_FEATURES], np.intp)
"""Where the features of ``CONTEXT_FEATURES`` are in ``LOAD_FEATURES``."""

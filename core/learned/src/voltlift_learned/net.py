"""The neural net as a scorer of habit: rows for its runtime, points of what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.contract.exercises import ComponentName
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.ports import InferenceSession, Tensor
from voltlift_core.scoring.protocol import Explanation, Scores, Term
from voltlift_core.scoring.session import wrong_output
from voltlift_learned.confidence import NET_LEVELS, confidence
from voltlift_learned.dense import dense_rows
from voltlift_learned.habit import habit_points

MAX_POINTS = 100.0

REPERTOIRE_DAYS = 365
"""What was not done for a year is no habit; all of the catalogue would be asked for nothing."""

LIKELY = 0.5

_HABIT: ComponentName = "habit"

New: TypeAlias = Callable[[FeatureFrame], tuple[int, ...]]
"""Gives the exercises, by index, that another scorer holds for likely though they are new."""


class NetScorer:
    """The habit part by the neural net: which exercises look like this lifter's at this moment.

    It is asked about the lifter's own exercises of the last year and the new ones that the
    ranker considers, and gives the others no points: these are what it was trained to tell
    apart, and a row of 100 numbers for each exercise of the catalogue would only cost time.

    Parameters
    ----------
    session : InferenceSession
        The net, open: rows of ``dense-100/1`` in, a probability a row out.
    version : str
        Its version.
    new : callable, optional
        Gives the new exercises that the ranker considers.
    """

    name = "exercise-net"
    part: Literal["fit", "habit"] = "habit"

    def __init__(self, session: InferenceSession, version: str, new: New | None = None) -> None:
        self.session = session
        self.version = version
        self._new = new
        self._last: tuple[FeatureFrame, NDArray[np.intp]] | None = None

    def feeds(self, frame: FeatureFrame) -> dict[str, Tensor] | None:
        """Return the rows of the exercises in question; None where there are none."""
        asked = self._asked(frame)
        if not len(asked):
            return None
        return {self.session.inputs[0]: dense_rows(frame, asked.tolist())}

    def scores(self, frame: FeatureFrame, outputs: Mapping[str, Tensor]) -> Scores:
        """Return points of habit for every exercise, 0 for those that were not in question."""
        asked = self._asked(frame)
        (output, *_) = outputs.values()
        if output.size != len(asked) or bool(((output < 0) | (output > 1)).any()):
            raise wrong_output(
                "the net's answer is not a probability an exercise",
                f"{len(asked)} numbers from 0 to 1",
                f"shape {list(output.shape)}, {output.min()} to {output.max()}",
            )
        chance = output.ravel().astype(np.float64)
        n = len(frame.inputs.view.catalogue)
        points, chances = np.zeros(n), np.full(n, np.nan)
        points[asked] = net_points(frame, chance)
        chances[asked] = chance

        def explain(index: int) -> Explanation | None:
            if np.isnan(chances[index]):
                return None
            share = float(chances[index])
            return ("net_likely" if share >= LIKELY else "net_unlikely"), {"share": share}

        return Scores(
            (Term(_HABIT, points, explain),),
            {_HABIT: MAX_POINTS},
            confidence=confidence(float(chance.max()), NET_LEVELS),
        )

    def _asked(self, frame: FeatureFrame) -> NDArray[np.intp]:
        """Return the exercises in question, as indices; found once for both halves."""
        if self._last is None or self._last[0] is not frame:
            self._last = frame, self._find(frame)
        return self._last[1]

    def _find(self, frame: FeatureFrame) -> NDArray[np.intp]:
        asked = (frame.exercise("timesPerformed") > 0) & (
            frame.exercise("daysSinceLastPerformed") <= REPERTOIRE_DAYS
        )
        if not asked.any():
            return np.zeros(0, np.intp)
        if self._new is not None:
            asked[list(self._new(frame))] = True
        index = frame.inputs.view.catalogue.index
        asked[[index[id_] for id_ in frame.inputs.current.exercise_ids if id_ in index]] = False
        return np.flatnonzero(asked)


def net_points(frame: FeatureFrame, chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities as points on the ranker's scale, so that both can be added.

    The logit is spread as a ranker's score is: near equals stay near, the best one stands out.
    """
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    task: Literal["next", "session"] = "next" if frame.inputs.current.exercise_ids else "session"
    return habit_points(task, np.log(sure / (1 - sure)))

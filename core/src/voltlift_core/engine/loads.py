"""A model of loads that may fail: the rules stand, and it is said."""

from __future__ import annotations

import math
from dataclasses import replace

from voltlift_core.contract import SuggestLoadResponse
from voltlift_core.engine.learned import LoadForecast, LoadModel
from voltlift_core.errors import VoltLiftError
from voltlift_core.features.moment import FeatureInputs
from voltlift_core.scoring.session import wrong_output


class GuardedLoads:
    """A model that abstains from where it failed on, until other models are loaded.

    Parameters
    ----------
    model : LoadModel
        What is asked.
    """

    def __init__(self, model: LoadModel) -> None:
        self._model = model
        self._failed: str | None = None
        self.name = model.name
        self.version = model.version

    def forecast(
        self, inputs: FeatureInputs, exercise_id: str, planned_reps: int | None
    ) -> LoadForecast | None:
        """Return the model's forecast; None where it abstains or has failed."""
        if self._failed is not None:
            return None
        try:
            found = self._model.forecast(inputs, exercise_id, planned_reps)
            _check(found)
        except Exception as error:
            known = isinstance(error, VoltLiftError)
            self._failed = str(error) if known else f"{type(error).__name__}: {error}"
            return None
        return found

    def told(self, answer: SuggestLoadResponse) -> SuggestLoadResponse:
        """Return an answer that says of a model that failed that it did, and why."""
        if self._failed is None:
            return answer
        scorers = tuple(
            replace(item, status="failed", weight=0.0, reason=self._failed)
            if item.name == self.name
            else item
            for item in answer.meta.scorers
        )
        return replace(answer, meta=replace(answer.meta, scorers=scorers))


def _check(found: LoadForecast | None) -> None:
    if found is None:
        return
    given = (found.low_kg, found.kg, found.high_kg)
    if not all(map(math.isfinite, given)) or found.low_kg > found.high_kg:
        raise wrong_output(
            "the forecast is no load with an interval", "finite kilograms, in order", str(given)
        )

"""The load model as the engine asks for it."""

from __future__ import annotations

from voltlift_core.engine.learned import LoadForecast
from voltlift_core.features.moment import FeatureInputs
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.moments import today_of


class LoadForecaster:
    """Forecasts loads with boosted trees.

    Parameters
    ----------
    model : LoadModel
        The trees and their calibration.
    version : str
        Version of the artefact.
    """

    name = "load"

    def __init__(self, model: LoadModel, version: str) -> None:
        self.model = model
        self.version = version

    def forecast(
        self, inputs: FeatureInputs, exercise_id: str, planned_reps: int | None
    ) -> LoadForecast | None:
        """Return the weight that this lifter is likely to take; None to abstain.

        It is one that they have used, or a step from it: the weighted median of the chooser's
        candidates.
        """
        found = self.model.predict(today_of(inputs), exercise_id, planned_reps)
        if found is None:
            return None
        return LoadForecast(
            model=self.name,
            version=self.version,
            kg=found.chosen_kg,
            low_kg=found.low_kg,
            high_kg=found.high_kg,
            reasons=tuple(
                (f"forecast_{reason.code}", {"share": reason.change}) for reason in found.reasons
            ),
        )

"""Before there is a log: what the answers to the questionnaire say of an exercise."""

from __future__ import annotations

from typing import Literal

import numpy as np

from voltlift_core.catalogue.catalogue import CATEGORIES
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.scoring.config import RuleConfig
from voltlift_core.scoring.protocol import Requirements, Scores, Term
from voltlift_core.scoring.terms import flat


class ColdStartScorer:
    """Puts first what one begins a goal with, on top of the six rules.

    Strength and powerlifting begin with compound exercises, hypertrophy with compound and
    isolation exercises, other goals with anything; a lifter who did not say their goal gets no
    points, named as such. Abstains where the configuration has nothing of it.

    Parameters
    ----------
    config : RuleConfig
        The rules; ``cold_start`` of them.
    """

    name = "cold-start"
    part: Literal["fit", "habit"] = "fit"
    requires = Requirements()

    def __init__(self, config: RuleConfig) -> None:
        self.config = config

    @property
    def version(self) -> str:
        """Version of the rule configuration."""
        return self.config.version

    def score(self, frame: FeatureFrame) -> Scores | None:
        """Return the points of the component ``cold_start`` for every exercise."""
        rules, goal = self.config.cold_start, frame.inputs.settings.goal
        category = frame.inputs.view.catalogue.category
        if not rules.points:
            return None
        if goal is None:
            term = flat("cold_start", len(category), "start_goal_unknown")
        elif goal not in rules.points:
            term = flat("cold_start", len(category), "start_anywhere")
        else:
            table = rules.points[goal]
            points = np.array([table.get(name, 0.0) for name in CATEGORIES])[category]
            term = Term(
                component="cold_start",
                points=points,
                explain=lambda i: (
                    "start_with" if points[i] else "start_later",
                    {"goal": str(goal), "category": str(CATEGORIES[category[i]])},
                ),
            )
        return Scores(terms=(term,), maxima={"cold_start": rules.max})

"""The six-component rule scorer: what should be done next, 0-100.

Source of every number: ``scoring/data/rules-1.json``; the formulas are explained in
``docs/formulas.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voltlift_core.catalogue.catalogue import CATEGORIES
from voltlift_core.contract.exercises import ComponentName
from voltlift_core.domain.vocabulary import (
    LEVELS,
    MUSCLE_GROUPS,
    STRENGTH_GROUPS,
    Level,
    MuscleGroup,
)
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.scoring.config import RuleConfig
from voltlift_core.scoring.protocol import Requirements, Scores, Term
from voltlift_core.scoring.terms import choose, clamped, flat, steps

WEEKS_30D = 30 / 7
_CARDIO = MUSCLE_GROUPS.index(MuscleGroup.CARDIO)


def balance_ratios(
    hard_sets_30d: NDArray[np.float64], landmarks: Mapping[str, float]
) -> NDArray[np.float64] | None:
    """Return how much each strength group was trained, relative to the mean of all six.

    ratio_g = (s_g / (m_g · 30/7)) / mean over groups of the same, with the hard sets s_g
    of 30 days and the maximum adaptive volume m_g in sets per week. 1 is balanced.

    Parameters
    ----------
    hard_sets_30d : ndarray, shape (6,)
        Hard sets by strength group.
    landmarks : mapping
        Maximum adaptive volume by strength group.

    Returns
    -------
    ndarray of shape (6,), or None where nothing was trained

    Examples
    --------
    >>> import numpy as np
    >>> landmarks = dict.fromkeys(STRENGTH_GROUPS, 14.0)
    >>> balance_ratios(np.array([60.0, 30, 30, 30, 15, 15]), landmarks).tolist()
    [2.0, 1.0, 1.0, 1.0, 0.5, 0.5]
    """
    targets = np.array([landmarks[group] for group in STRENGTH_GROUPS]) * WEEKS_30D
    share: NDArray[np.float64] = hard_sets_30d / targets
    mean = float(np.sum(share)) / len(STRENGTH_GROUPS)
    return share / mean if mean > 0 else None


class RuleScorer:
    """Scores what should be done next by six rules (the *fit* part).

    Parameters
    ----------
    config : RuleConfig
        Every number.
    """

    name = "rules"
    part: Literal["fit", "habit"] = "fit"
    requires = Requirements(
        exercise=("daysSinceLastPerformed", "timesPerformed", "completionRate", "isFavourite"),
        by_group=("hardSets30d", "daysSince", "trainedToday", "sessions30d"),
    )

    def __init__(self, config: RuleConfig) -> None:
        self.config = config

    @property
    def version(self) -> str:
        """Version of the rule configuration."""
        return self.config.version

    def score(self, frame: FeatureFrame) -> Scores:
        """Return the points of all six components for every exercise."""
        rules = self.config
        maxima: dict[ComponentName, float] = {
            "balance": rules.balance.max,
            "recovery": rules.recovery.max,
            "preference": rules.preference.max,
            "goal": rules.goal.max,
            "experience": rules.experience.max,
            "novelty": rules.novelty.max,
        }
        terms = (
            *self._balance(frame),
            self._recovery(frame),
            *self._preference(frame),
            self._goal(frame),
            self._experience(frame),
            self._novelty(frame),
        )
        return Scores(terms=terms, maxima=maxima)

    def _balance(self, frame: FeatureFrame) -> list[Term]:
        rules = self.config.balance
        catalogue, settings = frame.inputs.view.catalogue, frame.inputs.settings
        group = catalogue.muscle_group
        landmarks = rules.maximum_adaptive_volume[settings.level or Level.BEGINNER]
        ratios = balance_ratios(frame.by_group("hardSets30d")[: len(STRENGTH_GROUPS)], landmarks)
        trained_today = frame.by_group("trainedToday") > 0

        is_cardio = group == _CARDIO
        weekly = rules.cardio_sessions_per_week.get(settings.goal or "", 0.0)
        target = weekly * WEEKS_30D
        sessions = float(frame.by_group("sessions30d")[_CARDIO])
        cardio = choose(
            "balance",
            [
                (is_cardio & (sessions < target), rules.cardio_max, "cardio_below_target"),
                (is_cardio & (target > 0), 0.0, "cardio_target_met"),
                (is_cardio, 0.0, "cardio_not_wanted"),
            ],
            (0.0, None),
            lambda _: {"sessions": sessions, "target": round(target, 1)},
        )

        if ratios is None:
            strength = choose(
                "balance", [(~is_cardio, 0.0, "no_history")], (0.0, None), lambda _: {}
            )
        else:
            ratio = np.append(ratios, 1.0)[group]
            strength = choose(
                "balance",
                [
                    *(
                        (~is_cardio & hit, pts, code)
                        for hit, pts, code in steps(ratio, rules.steps)
                    ),
                    (
                        ~is_cardio & (ratio > rules.overtrained_above),
                        rules.overtrained,
                        "overtrained",
                    ),
                    (~is_cardio, 0.0, "balanced"),
                ],
                (0.0, None),
                lambda i: {"group": _group(group, i), "ratio": round(float(ratio[i]), 2)},
            )
        today = choose(
            "balance",
            [(trained_today[group], rules.trained_today, "trained_today")],
            (0.0, None),
            lambda i: {"group": _group(group, i)},
        )
        secondary_count = np.sum(catalogue.group_weights == 0.5, axis=1)
        secondary = choose(
            "balance",
            [(secondary_count > 0, rules.secondary_muscles, "secondary_muscles")],
            (0.0, None),
            lambda i: {"count": float(secondary_count[i])},
        )
        return clamped("balance", [strength, cardio, today, secondary], rules.max)

    def _recovery(self, frame: FeatureFrame) -> Term:
        rules = self.config.recovery
        group = frame.inputs.view.catalogue.muscle_group
        optimal = np.array([rules.optimal_days[name] for name in MUSCLE_GROUPS])
        days = frame.by_group("daysSince")
        never = frame.missing_by_group("daysSince")
        ratio = days / optimal
        return choose(
            "recovery",
            [
                (never[group], rules.rested_long, "never_trained"),
                *steps(ratio[group], rules.steps),
                ((ratio > rules.rested_long_above)[group], rules.rested_long, "rested_long"),
            ],
            (rules.recovered, "recovered"),
            lambda i: {
                "group": _group(group, i),
                "optimal": float(optimal[group[i]]),
                **({} if never[group[i]] else {"days": round(float(days[group[i]]), 1)}),
            },
        )

    def _preference(self, frame: FeatureFrame) -> list[Term]:
        rules = self.config.preference
        rate, times = frame.exercise("completionRate"), frame.exercise("timesPerformed")
        known, planned = times > 0, ~np.asarray(frame.missing("completionRate"))
        favourite = choose(
            "preference",
            [(frame.exercise("isFavourite") > 0, rules.favourite, "favourite")],
            (0.0, None),
            lambda _: {},
        )
        completion = choose(
            "preference",
            [
                (planned & (rate > rules.reliable_above), rules.reliable, "reliable"),
                (
                    planned & (rate < rules.often_unfinished_below),
                    rules.often_unfinished,
                    "often_unfinished",
                ),
                (known, rules.done_before, "done_before"),
            ],
            (0.0, "not_done_before"),
            lambda i: (
                {"times": float(times[i]), "rate": round(float(rate[i]), 2)} if planned[i] else {}
            ),
        )
        return clamped("preference", [favourite, completion], rules.max)

    def _goal(self, frame: FeatureFrame) -> Term:
        category, goal = frame.inputs.view.catalogue.category, frame.inputs.settings.goal
        if goal is None:
            return flat("goal", len(category), "goal_unknown")
        table = self.config.goal.points[goal]
        points = np.array([table[name] for name in CATEGORIES])
        return Term(
            component="goal",
            points=points[category],
            explain=lambda i: (
                "goal_fit",
                {"goal": str(goal), "category": str(CATEGORIES[category[i]])},
            ),
        )

    def _experience(self, frame: FeatureFrame) -> Term:
        rules, level = self.config.experience, frame.inputs.settings.level
        difficulty = frame.inputs.view.catalogue.difficulty
        if level is None:
            return flat("experience", len(difficulty), "level_unknown")
        step = difficulty - LEVELS.index(level)
        return choose(
            "experience",
            [
                (step == 0, rules.same, "same_level"),
                (step == -1, rules.one_easier, "easier"),
                (step == 1, rules.one_harder, "harder"),
            ],
            (rules.far, "far_level"),
            lambda i: {"level": str(level), "difficulty": str(LEVELS[difficulty[i]])},
        )

    def _novelty(self, frame: FeatureFrame) -> Term:
        rules = self.config.novelty
        days, never = (
            frame.exercise("daysSinceLastPerformed"),
            frame.exercise("timesPerformed") == 0,
        )
        return choose(
            "novelty",
            [
                (never, rules.never, "new_exercise"),
                (days > rules.long_ago_above_days, rules.long_ago, "long_ago"),
                (days > rules.a_while_ago_above_days, rules.a_while_ago, "a_while_ago"),
            ],
            (0.0, "recent"),
            lambda i: {} if never[i] else {"days": round(float(days[i]), 1)},
        )


def _group(codes: NDArray[np.int32], index: int) -> str:
    return str(MUSCLE_GROUPS[codes[index]])

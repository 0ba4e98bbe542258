"""Weights of a planned session: by percentage, by progression, or carried over."""

from __future__ import annotations

import math
from functools import cached_property

from voltlift_coach.programs.expand import DELOAD_SHARE, DraftExercise
from voltlift_coach.programs.scheme import SetGroup
from voltlift_coach.progression.chart import load_share
from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.history import LiftSession, lift_sessions
from voltlift_coach.progression.loading import load_grid
from voltlift_coach.progression.recovery import recovery_score
from voltlift_coach.progression.suggest import Question, suggest
from voltlift_coach.substitution.loads import first_load
from voltlift_coach.substitution.strength import StrengthProfile
from voltlift_core.contract import Reason
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.loads import LoadGrid, round_to_loadable
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.strength import one_rep_max
from voltlift_core.domain.units import display
from voltlift_core.features.moment import Moment
from voltlift_core.features.view import RECENT_SESSIONS

Weighed = tuple[tuple[float | None, ...], tuple[Reason, ...]]

_MEASURED_RPE = 8.0
"""From this effort on a set tells the maximum; an easier one only that it is not below."""

_MEASUREMENTS = 2
_MOST_SESSIONS = 100


class Weights:
    """Fills in the weights of a planned session as of one moment.

    Parameters
    ----------
    at : Moment
        The log as of now, and the settings.
    training_max : float
        Share of the estimated one-repetition maximum that percentages are taken of.
    factor : float
        What percentages are multiplied with after a lay-off.
    start_day : int or None
        Local day on which the program began: easy weeks of it lower no maximum.
    """

    def __init__(
        self,
        at: Moment,
        *,
        training_max: float = 1.0,
        factor: float = 1.0,
        start_day: int | None = None,
    ) -> None:
        self._at = at
        self._start_day = at.local_day if start_day is None else start_day
        self._settings: Settings = at.settings
        self._training_max, self._factor = training_max, factor

    def __call__(self, exercise: Exercise, item: DraftExercise) -> Weighed:
        """Return one weight per group of sets, in the lifter's unit, with the reasons."""
        weights: list[float | None] = []
        reasons: dict[str, Reason] = {}
        for group in item.groups:
            if group.seconds is not None:
                weights.append(None)
                continue
            kg, reason = self._weigh(exercise, item, group)
            reasons.setdefault(reason.code, reason)
            score = self._recovery(self._lifts(exercise.id))
            if reason.code == "percent_of_max" and score is not None:
                reasons["recovery_low"] = _reason("recovery_low", score=score)
            # Nothing on the bar of a push-up is no weight to show.
            weights.append(display(kg, self._settings.unit) if kg else None)
        return tuple(weights), tuple(reasons.values())

    def _weigh(
        self, exercise: Exercise, item: DraftExercise, group: SetGroup
    ) -> tuple[float | None, Reason]:
        if group.percent is not None:
            return self._by_percent(exercise, group, group.percent)
        if group.rpe is not None and any(other.reps != group.reps for other in item.groups):
            # A top set and lighter ones after it: last time's weight is that of the top set.
            chart = ProgressionConfig.bundled().reps
            return self._by_percent(
                exercise, group, load_share(group.reps[1], chart, group.rpe), training_max=1.0
            )
        sets = sum(other.count for other in item.groups if other.reps == group.reps)
        question = Question(planned_reps=group.reps, planned_sets=sets)
        found = suggest(self._at, exercise, question, ProgressionConfig.bundled())
        if found.choice is None:
            return self._carried_over(exercise, group, found.grid)
        kg = found.choice.kg
        if item.easy and kg > 0 and not found.choice.decision.startswith("deload"):
            kg = round_to_loadable(kg * DELOAD_SHARE, found.grid, "down")
        values: dict[str, str | float] = {"decision": found.choice.decision}
        return kg, Reason(code="from_progression", points=0.0, values=values)

    def _by_percent(
        self,
        exercise: Exercise,
        group: SetGroup,
        percent: float,
        training_max: float | None = None,
    ) -> tuple[float | None, Reason]:
        training_max = self._training_max if training_max is None else training_max
        lifts = self._lifts(exercise.id)
        factor = self._factor
        if self._recovery(lifts) is not None:
            factor *= ProgressionConfig.bundled().recovery.deload_factor
        share = percent * training_max * factor
        done = (item.kg for lift in lifts[-RECENT_SESSIONS:] for item in lift.sets)
        grid = load_grid(exercise, self._settings, done)
        best = self.one_rep_max(exercise)
        if best is None:
            return self._carried_over(exercise, group, grid, share)
        body = exercise.bodyweight_share * self._at.body_kg
        kg = round_to_loadable(max(share * best - body, 0.0), grid)
        return kg, _reason(
            "percent_of_max",
            max=round(display(best, self._settings.unit), 1),
            training_max=training_max,
            lighter=round(1 - factor, 3),
        )

    def _carried_over(
        self, exercise: Exercise, group: SetGroup, grid: LoadGrid, share: float = 1.0
    ) -> tuple[float | None, Reason]:
        """Return a first weight: a careful one, and no more than a share of the maximum."""
        found = first_load(self._profile, exercise.id, group.reps[1], grid)
        body = exercise.bodyweight_share * self._at.body_kg
        if found is None:
            return None, _reason("own_body" if body else "weight_unknown")
        most = max(share * found.one_rep_max_kg - body, 0.0)
        kg = min(found.kg, round_to_loadable(most, grid, "down"))
        values: dict[str, str | float] = {
            "exercise": found.source_exercise_id,
            "confidence": found.confidence,
        }
        return kg, Reason(code="carried_over", points=0.0, values=values)

    def one_rep_max(self, exercise: Exercise) -> float | None:
        """Return the strength that percentages are taken of, in kilograms; None if unknown.

        The second best estimate of the last six sessions, which one wrong entry does not
        move, nor a light week; of fewer than three the best. It holds the share of the
        bodyweight that the exercise moves.

        Sets of a program that stay away from failure look like less strength, and percentages
        of that would sink from week to week. So what was shown since six sessions before the
        program began counts as well, or a strength test where there are none; unless at least
        two of the last six sessions ended at RPE 8 and above: then they are a measurement.
        """
        body = exercise.bodyweight_share * self._at.body_kg
        lifts = self._lifts(exercise.id)
        latest = lifts[-RECENT_SESSIONS:]
        measured = sum(lift.rpe >= _MEASURED_RPE for lift in latest) >= _MEASUREMENTS
        estimates = [lift.one_rep_max(body) for lift in (latest if measured else lifts)]
        if not measured and lifts and lifts[0].day >= self._start_day:
            estimates += self._tested(exercise, body)
        known = sorted(kg for kg in estimates if kg == kg)
        return known[-2 if len(known) > 2 else -1] if known else None

    def _recovery(self, lifts: tuple[LiftSession, ...]) -> float | None:
        """Return the recovery score where it is so low that weights are lowered, else None."""
        numbers = ProgressionConfig.bundled().recovery
        days = self._at.local_day - lifts[-1].day if lifts else None
        score = recovery_score(self._at, days, numbers).value
        return score if score < numbers.deload_below else None

    def _tested(self, exercise: Exercise, body: float) -> list[float]:
        """Return the estimates from strength tests of the exercise, kilograms."""
        tests = (lift for lift in self._settings.baseline if lift.exercise_id == exercise.id)
        return [
            float(
                one_rep_max(test.kg + body, test.reps, math.nan if test.rpe is None else test.rpe)
            )
            for test in tests
        ]

    def _lifts(self, exercise_id: str) -> tuple[LiftSession, ...]:
        """Return the sessions since the program began and the last six before it."""
        view = self._at.view
        lifts = lift_sessions(view.log, exercise_id, self._at.now_s, _MOST_SESSIONS)
        before = sum(lift.day < self._start_day for lift in lifts)
        return lifts[max(before - RECENT_SESSIONS, 0) :]

    @cached_property
    def _profile(self) -> StrengthProfile:
        return StrengthProfile(
            self._at.view, self._settings, self._at.now_s, body_kg=self._at.body_kg
        )


def _reason(code: str, **values: float) -> Reason:
    return Reason(code=code, points=0.0, values={k: float(v) for k, v in values.items()})

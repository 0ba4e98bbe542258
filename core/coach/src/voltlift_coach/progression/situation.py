"""Everything that the decision tree looks at, gathered once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from voltlift_coach.progression.config import ProgressionConfig
from voltlift_coach.progression.fatigue import Fatigue, fatigue
from voltlift_coach.progression.feedback import bias_of
from voltlift_coach.progression.history import SAME_LOAD, LiftSession, lift_sessions
from voltlift_coach.progression.loading import REPS_FIRST, effort_kind, is_help, load_grid
from voltlift_coach.progression.recovery import RecoveryScore, recovery_score
from voltlift_core.contract.loads import EffortKind
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.loads import LoadGrid, add_load, round_to_loadable
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import Category, MuscleGroup
from voltlift_core.features.moment import Moment
from voltlift_core.features.numeric import row_trends
from voltlift_core.features.view import DAY_S


@dataclass(frozen=True)
class Situation:
    """A lift as of a moment: at least one session, and what is asked for.

    Parameters
    ----------
    at : Moment
        The moment.
    exercise : Exercise
        The lift.
    sessions : tuple of LiftSession
        Its last sessions, oldest first.
    planned : tuple of int or None
        The range of repetitions that a program asks for.
    planned_sets : int or None
        The sets that it asks for.
    config : ProgressionConfig
        The numbers.
    newest : LiftSession
        The very last session, also where it is of another plan and ``sessions`` are not.
    """

    at: Moment
    exercise: Exercise
    sessions: tuple[LiftSession, ...]
    planned: tuple[int, int] | None
    planned_sets: int | None
    config: ProgressionConfig
    newest: LiftSession

    @property
    def settings(self) -> Settings:
        """The lifter's settings."""
        return self.at.settings

    @cached_property
    def kind(self) -> EffortKind:
        """What sets are counted in."""
        return effort_kind(self.exercise, self.sessions)

    @cached_property
    def grid(self) -> LoadGrid:
        """What can be loaded."""
        return load_grid(self.exercise, self.settings, (s.kg for s in self.sessions))

    @cached_property
    def body_kg(self) -> float:
        """The part of the bodyweight that each repetition moves."""
        return self.exercise.bodyweight_share * self.at.body_kg

    # Which session counts

    @cached_property
    def normal(self) -> tuple[LiftSession, ...]:
        """The sessions without those at the end that were deloads; at least one."""
        return self.sessions[: len(self.sessions) - self.deloads]

    @cached_property
    def deloads(self) -> int:
        """How many sessions at the end were deloads, see ``LighterNumbers``."""
        most = min(self.config.lighter.most, len(self.sessions) - 1)
        for count in range(most, 0, -1):
            before = self.sessions[-count - 1]
            if all(self._is_deload(session, before) for session in self.sessions[-count:]):
                return count
        return 0

    @property
    def last(self) -> LiftSession:
        """The reference: the last session that was no deload."""
        return self.normal[-1]

    def _is_deload(self, session: LiftSession, before: LiftSession) -> bool:
        """Return whether a session was lighter on purpose, or for pain."""
        numbers = self.config.lighter
        if not numbers.least * before.kg <= session.kg < numbers.below * before.kg:
            return False
        if session.best_reps > before.best_reps + self.config.reps.tolerance:
            return False  # Lighter for more repetitions: another kind of training.
        if session.rpe <= numbers.easy_up_to or self._pain_on(session):
            return True
        if session.kg >= add_load(before.kg, -1e-3, self.grid) * (1 - SAME_LOAD):
            return False  # One step down is as often a bad day.
        # Without a word on effort: exactly a deload as it is suggested, with all repetitions.
        loaded = (round_to_loadable(before.kg * share, self.grid) for share in numbers.planned)
        same = before.reps <= session.reps and session.best_reps <= before.best_reps
        return same and any(abs(kg - session.kg) < 1e-6 * before.kg for kg in loaded)

    def _pain_on(self, session: LiftSession) -> bool:
        ago = self.at.utc_day - int(session.start_s // DAY_S)
        return bool((self.at.daily("pain", ago + 1, ago) > 0).any())

    # When

    @cached_property
    def days_since(self) -> int:
        """Calendar days since the exercise was last done."""
        return self.at.local_day - self.newest.day

    @property
    def gap_days(self) -> float:
        """Days since the exercise was last done, to the hour."""
        return (self.at.now_s - self.newest.start_s) / DAY_S

    # How it went

    @cached_property
    def efforts(self) -> tuple[float, ...]:
        """Mean RPE of the last sessions that have one; empty where the last has none."""
        if math.isnan(self.last.rpe):
            return ()
        known = [s.rpe for s in self.normal if s.rpe == s.rpe]
        return tuple(known[-self.config.effort.sessions :])

    @property
    def effort(self) -> float:
        """Mean of ``efforts``; NaN without."""
        return sum(self.efforts) / len(self.efforts) if self.efforts else math.nan

    @property
    def easy(self) -> bool:
        """Whether the last session, and the last ones on average, were easy."""
        return max(self.last.rpe, self.effort) < self.config.effort.easy_below

    @property
    def hard(self) -> bool:
        """Whether the last session, and the last ones on average, were hard."""
        return min(self.last.rpe, self.effort) > self.config.effort.hard_above

    def change(self, values: Sequence[float]) -> float:
        """Return the change along a straight line through values, relative; 0 for few."""
        known = [value for value in values if value == value]
        trend = float(row_trends(np.array([known or [0.0]]))[0])
        return 0.0 if math.isnan(trend) else trend * (len(known) - 1)

    @cached_property
    def weight_change(self) -> float:
        """Change of the working weight over the last sessions, relative."""
        return self.change([s.kg for s in self.normal[-self.config.trend.sessions :]])

    @cached_property
    def rpe_change(self) -> float:
        """Change of the effort over the last sessions, relative."""
        return self.change([s.rpe for s in self.normal[-self.config.trend.sessions :]])

    @cached_property
    def plateau(self) -> int:
        """Sessions over which neither weight nor estimated strength changed; 0 for no plateau."""
        numbers = self.config.trend
        window = self.normal[-numbers.plateau_window :]
        if len(window) < numbers.plateau_sessions or self.kind not in ("load", "bodyweight"):
            return 0
        strengths = [s.one_rep_max(self.body_kg) for s in window]
        mean = sum(strengths) / len(strengths)
        # Both ends: a rise that was lost again is a plateau, a single good day is none.
        steady = abs(self.change(strengths)) <= numbers.stable and all(
            abs(value - mean) <= 2 * numbers.stable * mean for value in strengths
        )
        weights = [s.kg for s in window]
        moved = max(weights) - min(weights) > numbers.stable * max(*weights, 1e-9)
        return len(window) if steady and not moved else 0

    @cached_property
    def missed(self) -> int:
        """Sessions in a row, at the end and at the same weight, that missed the plan.

        In a program (one that asks for sets, too) with any set, else with all of them.
        """
        if self.planned is None:
            return 0
        count = 0
        for session in reversed(self.normal):
            same = abs(session.kg - self.last.kg) <= 1e-6 * self.last.kg
            reps = session.best_reps if self.planned_sets is None else session.reps
            if not (same and 0 < reps < self.planned[0]):
                break
            count += 1
        return count

    @cached_property
    def chances(self) -> tuple[int, int]:
        """Sessions whose repetitions allowed for more weight, and how often more followed."""
        top = self.config.effort.top_reps if self.planned is None else self.planned[1]
        pairs = [(a, b) for a, b in pairwise(self.normal) if a.reps >= top]
        return len(pairs), sum(after.kg > before.kg * (1 + SAME_LOAD) for before, after in pairs)

    @property
    def stays(self) -> bool:
        """Whether the lifter keeps the weight though the repetitions would allow for more.

        Not in a program (one that asks for sets, too): it says when to go up.
        """
        numbers, (chances, taken) = self.config.stay, self.chances
        enough = chances >= numbers.chances and self.planned_sets is None
        return enough and taken < numbers.taken_share * chances

    @property
    def falling_short(self) -> bool:
        """Whether targets were missed often enough for a deload.

        Several times in a row, in a program (one that asks for sets, too) or with fewer
        repetitions in the end: who is asked for one more than last time has missed nothing.
        """
        if self.missed < self.config.missed_deload_after:
            return False
        first = self.normal[-self.missed]
        return self.planned_sets is not None or self.last.best_reps < first.best_reps

    @property
    def sets_done(self) -> bool:
        """Whether a program's sets were all done with the working weight: lighter ones are none."""
        return self.planned_sets is None or len(self.last.top_sets) >= self.planned_sets

    # The lifter

    @cached_property
    def recovery(self) -> RecoveryScore:
        """The recovery score."""
        return recovery_score(self.at, self.days_since, self.config.recovery)

    @cached_property
    def fatigue(self) -> Fatigue:
        """Fatigue of the whole lifter."""
        return fatigue(self.at, self.config.fatigue)

    @cached_property
    def pain(self) -> bool:
        """Whether pain was logged yesterday or today."""
        readings = self.at.daily("pain", 2)
        return bool(len(readings) and readings[-1] > 0)

    @cached_property
    def increment(self) -> float:
        """What is added at a time, in the settings' unit."""
        settings, numbers = self.settings, self.config.increment
        if settings.increments is not None:
            lower = self.exercise.muscle_group is MuscleGroup.LEGS
            amount = settings.increments.lower if lower else settings.increments.upper
        elif self.exercise.category is Category.ISOLATION:
            amount = numbers.isolation[settings.unit]
        else:
            amount = numbers.full[settings.unit]
        return amount * numbers.aggressiveness[settings.aggressiveness]

    @property
    def reps_first(self) -> bool:
        """Whether the exercise gains repetitions instead of weight."""
        return self.exercise.category in REPS_FIRST or self.kind == "reps" or self.helped

    @property
    def helped(self) -> bool:
        """Whether the load is the help of a machine: less of it is harder."""
        return is_help(self.exercise)

    @cached_property
    def bias(self) -> float:
        """Factor on weights that was learned from feedback."""
        return bias_of(self.settings, self.exercise.id, self.at.now_s, self.config.bias)


def situation(
    at: Moment,
    exercise: Exercise,
    config: ProgressionConfig,
    planned: tuple[int, int] | None = None,
    planned_sets: int | None = None,
) -> Situation | None:
    """Return a lift's situation as of a moment; None where it was never done."""
    sessions = lift_sessions(at.view.log, exercise.id, at.now_s)
    if not sessions:
        return None
    newest = sessions[-1]
    if planned is not None:
        sessions = _of_plan(sessions, planned, at.now_s, config)
    return Situation(at, exercise, sessions, planned, planned_sets, config, newest)


def _of_plan(
    sessions: tuple[LiftSession, ...],
    planned: tuple[int, int],
    now_s: float,
    config: ProgressionConfig,
) -> tuple[LiftSession, ...]:
    """Return the sessions with about the planned repetitions, where the last one has others.

    Heavy and light days of a lift each go on from their own last time, not from each other;
    unless that is so long ago, or the last one so much stronger, that it says more.
    """
    low, high = planned[0] - config.reps.tolerance, planned[1] + config.reps.tolerance
    alike = tuple(s for s in sessions if s.reps <= high and s.best_reps >= low)
    if not alike or alike[-1] is sessions[-1]:
        return sessions
    recent = now_s - alike[-1].start_s <= config.lay_off.days * DAY_S
    known, last = alike[-1].one_rep_max(), sessions[-1].one_rep_max()
    return alike if recent and not last > (1 + config.cap) * known else sessions

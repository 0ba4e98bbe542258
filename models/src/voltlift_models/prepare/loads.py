"""Samples of the next working weight: every weight of a log, as it was to be guessed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Diary, Floats
from voltlift_learned.loads.candidates import Candidates, candidates
from voltlift_learned.loads.features import LOAD_FEATURES, feature_matrix
from voltlift_learned.loads.interval import RECENT
from voltlift_learned.loads.lifts import HORIZON_DAYS, Lifts, Questions
from voltlift_learned.loads.model import MIN_SESSIONS, choice_matrix
from voltlift_learned.loads.views import SAME, View
from voltlift_models.corpus import Lifter

MIN_RPE, MAX_RPE = 5.0, 9.5
"""Efforts outside say that the weight was not meant to be that."""

COLLAPSE = 0.5
"""A set at no more weight and less than this share of the repetitions has failed."""


@dataclass(frozen=True, eq=False)
class LoadSamples:
    """Every weight of one lifter's log from the fourth day with an exercise on, in time order.

    Parameters
    ----------
    lifter : str
        Whose log it is.
    simulated : bool
        True for a made-up lifter.
    planned : bool
        Whether the repetitions that were then done are given as the planned ones: an oracle,
        since no log holds a plan.
    view : View
        Windows of the questions.
    vectors : ndarray of float32, shape (n, F)
        In the order of ``LOAD_SPEC``.
    choice : Candidates
        Weights to choose from.
    rows : ndarray of float32, shape (n, C, G)
        In the order of ``CHOICE_SPEC``.
    log_kg : ndarray of float64, shape (n,)
        Log of the weight that was done.
    taught : ndarray of bool, shape (n,)
        False for failed sets and extreme efforts: they are judged, but nothing is learned
        from them.
    day_before : ndarray of int32, shape (n,)
        Number of samples from earlier days.
    """

    lifter: str
    simulated: bool
    planned: bool
    view: View = field(repr=False)
    vectors: NDArray[np.float32] = field(repr=False)
    choice: Candidates = field(repr=False)
    rows: NDArray[np.float32] = field(repr=False)
    log_kg: Floats = field(repr=False)
    taught: NDArray[np.bool_] = field(repr=False)
    day_before: NDArray[np.int32] = field(repr=False)

    @property
    def n(self) -> int:
        """Number of samples."""
        return len(self.log_kg)

    @property
    def change(self) -> Floats:
        """Log ratio of each weight to the last one: what is learned."""
        out: Floats = self.log_kg - self.view.w[:, -1]
        return out

    @property
    def changed(self) -> NDArray[np.bool_]:
        """Where the weight is another than the last time."""
        return np.asarray(np.abs(self.change) > SAME)

    @property
    def gap_days(self) -> Floats:
        """Days since the exercise was done."""
        out: Floats = self.view.now - self.view.day[:, -1]
        return out

    @property
    def nearest(self) -> tuple[NDArray[np.intp], Floats]:
        """The candidate nearest to what was done, and how far off it is in log load."""
        away = np.abs(self.choice.log_kg - self.log_kg[:, None])
        off = np.where(self.choice.real, away, np.inf)
        at = off.argmin(1)
        return at, off[np.arange(self.n), at]

    def last_own(self, values: Floats) -> Floats:
        """Return the latest values of earlier days before each sample, NaN where fewer."""
        at = self.day_before[:, None] + np.arange(-RECENT, 0)
        return np.where(at >= 0, values[np.maximum(at, 0)], np.nan)


def load_samples(lifter: Lifter | Diary, *, planned: bool, max_cases: int = 0) -> LoadSamples:
    """Return the samples of a log, each as of the moment when it was to be guessed.

    Parameters
    ----------
    lifter : Lifter or Diary
        The log.
    planned : bool
        Whether the repetitions that were then done are given as the planned ones.
    max_cases : int
        Where positive, only the latest so many weights.
    """
    diary = lifter if isinstance(lifter, Diary) else Diary.of(lifter.state.log)
    questions, rows = questions_of(diary, planned=planned, max_cases=max_cases)
    lifts = questions.lifts
    view = View.of(questions)
    vectors = feature_matrix(view, LOAD_FEATURES)
    choice = candidates(view)
    return LoadSamples(
        lifter="" if isinstance(lifter, Diary) else lifter.name,
        simulated=not isinstance(lifter, Diary) and lifter.source.simulated,
        planned=planned,
        view=view,
        vectors=vectors,
        choice=choice,
        rows=choice_matrix(vectors, choice),
        log_kg=np.log(lifts.kg[rows]),
        taught=_taught(lifts, rows, view),
        day_before=np.searchsorted(questions.day, questions.day).astype(np.int32),
    )


def questions_of(
    diary: Diary, *, planned: bool, max_cases: int = 0
) -> tuple[Questions, NDArray[np.intp]]:
    """Return all questions of a log in time order, and the rows that answer them."""
    lifts = Lifts.of(diary)
    rows = _enough(lifts)[-max_cases:]
    reps = lifts.reps[rows] if planned else np.zeros(len(rows))
    cutoff = rows.astype(np.int32)
    return Questions(lifts, lifts.exercise[rows], lifts.day[rows], cutoff, reps), rows


def _enough(lifts: Lifts) -> NDArray[np.intp]:
    """Return the rows with at least three sessions of the exercise in the horizon before."""
    order = np.argsort(lifts.exercise, kind="stable")
    exercise, day = lifts.exercise[order], lifts.day[order]
    third = np.arange(len(order)) - MIN_SESSIONS
    same = (third >= 0) & (exercise[np.maximum(third, 0)] == exercise)
    near = day - day[np.maximum(third, 0)] <= HORIZON_DAYS
    return np.sort(order[same & near])


def _taught(lifts: Lifts, rows: NDArray[np.intp], view: View) -> NDArray[np.bool_]:
    rpe, reps = lifts.rpe[rows], lifts.reps[rows]
    sane = (rpe == 0) | ((rpe >= MIN_RPE) & (rpe <= MAX_RPE))
    no_more = np.log(lifts.kg[rows]) <= view.w[:, -1] + SAME
    failed = no_more & (reps < COLLAPSE * view.reps[:, -1])
    return np.asarray(sane & ~failed)

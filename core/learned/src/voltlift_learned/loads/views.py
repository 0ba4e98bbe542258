"""What every feature of a question is computed from: its windows on the log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats
from voltlift_learned.loads.kalman import Strength, strength
from voltlift_learned.loads.lifts import Questions, rows_before

SESSIONS = 20
"""Sessions of the exercise that are looked back on."""

TODAY = 12
"""Exercises of today so far that are looked at."""

HABIT = 60
"""Entries over all exercises that tell how this lifter moves weights."""

FORM = 200
"""Entries over all exercises that tell how this lifter comes back from a gap."""

HABIT_DAYS = 730
"""Older entries tell nothing of how a lifter moves weights now."""

GAP_DAYS = 28.0
"""Days without an exercise from which on it is a gap."""

SAME = 0.001
"""Relative difference below which two weights are the same: converted units leave less."""


@dataclass(frozen=True, eq=False)
class View:
    """Windows of questions; ``K`` is ``SESSIONS``, oldest first, the last one the last session.

    Parameters
    ----------
    known : ndarray of bool, shape (n, K)
        Where there is a session.
    w, e, reps, least, sets, at_top, rpe, day : ndarray of float64, shape (n, K)
        Columns of ``Lifts``, the load as its log; missing ones repeat the oldest.
    now : ndarray of float64, shape (n,)
        Day of the question.
    planned : ndarray of float64, shape (n,)
        Planned repetitions, 0 without a plan.
    reps_now : ndarray of float64, shape (n,)
        Planned repetitions, without a plan those of the last time.
    strength : Strength
        Hidden strength on the day.
    likeness : ndarray of float64, shape (n, K)
        Share of today's exercises so far that the day of each session had too.
    moves : ndarray of float64, shape (n, H)
        Latest changes of log load over all exercises, NaN where there are fewer.
    form : ndarray of float64, shape (n, G)
        ``residual`` of the latest entries of earlier days, NaN where there are fewer.
    comeback : ndarray of bool, shape (n, G)
        Which of them came after a gap.
    residual : ndarray of float64, shape (n, T)
        Log estimated maximum of today's exercises so far against the mean of their last three,
        the latest one last, NaN where there are fewer.
    shift : ndarray of float64, shape (n, T)
        The same for log load against the last time's.
    rest_days : ndarray of float64, shape (n,)
        Days since anything was trained.
    """

    known: NDArray[np.bool_]
    w: Floats
    e: Floats
    reps: Floats
    least: Floats
    sets: Floats
    at_top: Floats
    rpe: Floats
    day: Floats
    now: Floats
    planned: Floats
    reps_now: Floats
    strength: Strength
    likeness: Floats
    moves: Floats
    form: Floats
    comeback: NDArray[np.bool_]
    residual: Floats
    shift: Floats
    rest_days: Floats

    @property
    def n(self) -> int:
        """Number of questions."""
        return len(self.now)

    @property
    def count(self) -> NDArray[np.int32]:
        """Number of sessions in the window, per question."""
        out: NDArray[np.int32] = self.known.sum(1, dtype=np.int32)
        return out

    @classmethod
    def of(cls, questions: Questions) -> View:
        """Return the windows of questions with at least one earlier session each."""
        lifts = questions.lifts
        rows = rows_before(questions, SESSIONS)
        known = rows >= 0
        oldest = rows[np.arange(len(rows)), known.argmax(1)]
        rows = np.where(known, rows, oldest[:, None])
        w, day = np.log(lifts.kg[rows]), lifts.day[rows].astype(np.float64)
        reps, now = lifts.reps[rows], questions.day.astype(np.float64)
        planned = questions.planned
        begun = np.searchsorted(lifts.day, questions.day).astype(np.intp)
        today = _span(begun, questions.cutoff.astype(np.intp), TODAY)
        # Sets of the exercise itself done today are no news of other ones.
        asked = lifts.exercise[np.maximum(today, 0)] == questions.exercise[:, None]
        today = np.where(asked, -1, today)
        since = np.searchsorted(lifts.day, questions.day - HABIT_DAYS).astype(np.intp)
        before = _span(since, begun, FORM)
        both = np.concatenate([before, today], axis=1)
        shift, residual, since_last = _against_before(questions, both)
        rest = now - lifts.day[np.maximum(begun - 1, 0)]
        return cls(
            known=known,
            w=w,
            e=lifts.e1rm[rows],
            reps=reps,
            least=lifts.least[rows],
            sets=lifts.sets[rows],
            at_top=lifts.at_top[rows],
            rpe=lifts.rpe[rows],
            day=day,
            now=now,
            planned=planned,
            reps_now=np.where(planned > 0, planned, reps[:, -1]),
            strength=strength(w, reps, day, known, now),
            likeness=_likeness(questions, rows, today),
            moves=shift[:, FORM - HABIT : FORM],
            form=residual[:, :FORM],
            comeback=since_last[:, :FORM] > GAP_DAYS,
            residual=residual[:, FORM:],
            shift=shift[:, FORM:],
            rest_days=rest,
        )


def _span(first: NDArray[np.intp], last: NDArray[np.intp], length: int) -> NDArray[np.intp]:
    """Return rows ``last - length`` up to ``last``, -1 before ``first``."""
    rows = last[:, None] + np.arange(-length, 0)
    return np.where(rows >= first[:, None], rows, -1)


def _against_before(questions: Questions, rows: NDArray[np.intp]) -> tuple[Floats, Floats, Floats]:
    """Return log load against the last time, log maximum against the mean of three, days since."""
    lifts = questions.lifts
    # Every row needed once: the windows of a log's questions overlap.
    needed = np.flatnonzero(np.bincount(rows[rows >= 0].astype(np.intp), minlength=1))
    shift, residual, rest = np.full((3, len(lifts.kg) + 1), np.nan)
    if len(needed):
        earlier = _last_three(questions, needed)
        exists = earlier >= 0
        near = exists & (lifts.day[needed, None] - lifts.day[earlier] <= _RECENT_DAYS)
        w, e = np.log(lifts.kg), lifts.e1rm
        shift[needed] = np.where(near[:, 2], w[needed] - w[earlier[:, 2]], np.nan)
        n = near.sum(1)
        mean = np.where(near, e[earlier], 0.0).sum(1) / np.maximum(n, 1)
        residual[needed] = np.where(n > 0, e[needed] - mean, np.nan)
        rest[needed] = np.where(near[:, 2], lifts.day[needed] - lifts.day[earlier[:, 2]], np.nan)
    return shift[rows], residual[rows], rest[rows]


_RECENT_DAYS = 180


def _last_three(questions: Questions, needed: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the three rows of the same exercise before each row, oldest first, or -1."""
    lifts = questions.lifts
    order = lifts.by_exercise
    place = np.empty(len(order), np.intp)
    place[order] = np.arange(len(order))
    at = place[needed, None] + np.arange(-3, 0)
    found = order[np.maximum(at, 0)]
    same = (at >= 0) & (lifts.exercise[found] == lifts.exercise[needed, None])
    return np.where(same, found, -1)


def _likeness(questions: Questions, rows: NDArray[np.intp], today: NDArray[np.intp]) -> Floats:
    """Return the share of today's exercises so far that each session's day had too."""
    lifts = questions.lifts
    out = np.zeros(rows.shape)
    asked = today >= 0
    if not asked.any():
        return out
    keys = lifts.day_keys
    n_today = np.maximum(asked.sum(1), 1)
    for k in range(today.shape[1]):
        on = np.flatnonzero(asked[:, k])
        if len(on):
            key = lifts.day_key(lifts.day[rows[on]], lifts.exercise[today[on, k]][:, None])
            at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            out[on] += keys[at] == key
    return np.asarray(out / n_today[:, None])

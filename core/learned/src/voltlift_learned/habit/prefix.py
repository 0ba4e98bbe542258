"""Votes of the past for the exercise to do next, given those done today."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats
from voltlift_learned.habit.days import ABSENT, PastDays


class Prefix:
    """The past seen from today's exercises so far.

    Parameters
    ----------
    past : PastDays
        The days before.
    columns : list of int
        Columns of today's exercises, in order; those never done before are left out.
    n_today : int
        How many were done today, the new ones included.
    """

    def __init__(self, past: PastDays, columns: list[int], n_today: int) -> None:
        self.past, self.columns, self.n_today = past, columns, n_today
        at = np.array(columns, dtype=np.intp)
        positions = past.position[:, at]
        shared = positions < ABSENT
        self.overlap: Floats = shared.sum(axis=1).astype(np.float64)
        self.rest: Floats = past.length - self.overlap
        self.last_shared = np.where(shared, positions, -1).max(axis=1, initial=-1)
        undone = past.position.copy()
        undone[:, at] = ABSENT
        self.undone = undone
        self.ahead = np.where(undone > self.last_shared[:, None], undone, ABSENT)
        self.left: Floats = (undone < ABSENT).astype(np.float64)
        self.share: Floats = self.overlap / np.maximum(n_today + 0.3 * self.rest, 1.0)

    def by_rest(self, weight: Floats) -> Floats:
        """Return votes of weighted days for all their undone exercises."""
        votes: Floats = weight @ self.left
        return votes

    def by_next(self, weight: Floats, ahead: NDArray[np.int32] | None = None) -> Floats:
        """Return votes of weighted days for the undone exercise after the last shared one.

        The first gets the whole weight, the second .35 of it.
        """
        table = self.ahead if ahead is None else ahead
        rows = np.flatnonzero(weight > 0)
        votes = np.zeros(self.past.k)
        if not len(rows) or not self.past.k:
            return votes
        table, weight = table[rows].copy(), weight[rows]
        line = np.arange(len(rows))
        for factor in (1.0, 0.35):
            best = table.argmin(axis=1)
            there = table[line, best] < ABSENT
            votes += np.bincount(best[there], factor * weight[there], minlength=self.past.k)
            table[line, best] = ABSENT
        return votes

    def likeness(self, half_life: float, power: float = 3.0) -> Floats:
        """Return the weight of each day by what it shares with today."""
        weight: Floats = self.share**power * self.past.decay(half_life)
        return weight

    def fit(self) -> Floats:
        """Return how well each day continues today: 1 for every exercise shared."""
        share = (self.overlap + 0.25) / (self.n_today + 0.25)
        # The last exercise says most of what comes next.
        last = self.columns[-1] if self.columns else -1
        if last >= 0:
            share = share * np.where(self.past.done[:, last] > 0, 1.0, 0.6)
        scored: Floats = share**4
        return scored

    def after(self, back: int, decay: Floats) -> Floats:
        """Return votes for what stood ``back`` places after the exercise done so long ago.

        ``back`` 1 is what followed the last exercise, 2 what came two after the one before.
        """
        past, votes = self.past, np.zeros(self.past.k)
        if len(self.columns) < back or len(past.exercise) <= back:
            return votes
        same = past.row[back:] == past.row[:-back]
        at = np.flatnonzero(same & (past.exercise[:-back] == self.columns[-back]))
        votes += np.bincount(past.exercise[at + back], decay[past.row[at]], minlength=past.k)
        return votes

    def after_two(self, decay: Floats) -> Floats:
        """Return votes for what followed the last two exercises, in either order."""
        past, votes = self.past, np.zeros(self.past.k)
        if len(self.columns) < 2 or len(past.exercise) < 3:
            return votes
        a, b = self.columns[-2:]
        e, d = past.exercise, past.row
        straight = (e[:-2] == a) & (e[1:-1] == b)
        turned = (e[:-2] == b) & (e[1:-1] == a)
        at = np.flatnonzero((straight | turned) & (d[2:] == d[:-2]))
        votes += np.bincount(e[at + 2], decay[d[at]], minlength=past.k)
        return votes

    def successor(self) -> Floats:
        """Return votes of each occurrence of the last exercise for its undone successors."""
        past = self.past
        if not self.columns:
            return np.zeros(past.k)
        last = past.position[:, self.columns[-1]]
        share = self.overlap / max(self.n_today, 1)
        weight = np.where(last < ABSENT, past.decay(12.0) * (1.0 + 2.0 * share) ** 2, 0.0)
        rows = np.flatnonzero(weight > 0)
        table = np.full_like(self.undone, ABSENT)
        table[rows] = np.where(self.undone[rows] > last[rows, None], self.undone[rows], ABSENT)
        return self.by_next(weight, table)

    def resume(self) -> tuple[Floats, int]:
        """Return votes of the single most similar day for what remains of it, and its row.

        What comes after the last shared exercise first; the row is -1 where there is no day.
        """
        past, votes = self.past, np.zeros(self.past.k)
        if not self.columns:
            return votes, -1
        row = int(np.argmax(self.share - 0.02 * np.sqrt(past.age)))
        left = np.flatnonzero(self.left[row])
        ahead = self.ahead[row, left]
        key = np.where(ahead < ABSENT, ahead, ABSENT + self.undone[row, left])
        votes[left[np.argsort(key, kind="stable")]] = 1.0 / np.arange(1, len(left) + 1)
        return votes, row

    def company(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return, of days with today's exercises, shares with each other one.

        Mean and maximum and minimum over today's exercises, and the mean share in which it
        came after them.
        """
        past = self.past
        if not self.columns:
            empty = np.zeros(past.k)
            return empty, empty, empty, empty
        at = np.array(self.columns, dtype=np.intp)
        count = np.diagonal(past.together)[at][:, None] + 0.5
        share = past.together[at] / count
        later = past.before[at] / (past.before[at] + past.before[:, at].T + 0.3)
        return share.mean(axis=0), share.max(axis=0), share.min(axis=0), later.mean(axis=0)

    def order(self, chance: Floats) -> Floats:
        """Return the chance of being next: expected today, and nothing expected comes before.

        Parameters
        ----------
        chance : ndarray of float64, shape (k,)
            Chance of each exercise to be still done today.
        """
        before = self.past.before
        precedes = (before + 0.5) / (before + before.T + 1.0)
        blocked = np.log1p(-0.95 * np.minimum(chance, 1.0)[:, None] * precedes)
        np.fill_diagonal(blocked, 0.0)
        votes: Floats = chance * np.exp(blocked.sum(axis=0))
        return votes

"""Votes of the past for the exercises of a day, before anything of it is known."""

from __future__ import annotations

import numpy as np

from voltlift_learned.diary import Floats, Ints
from voltlift_learned.habit.days import PastDays

LAGS = {
    "knn_1": (1.0,),
    "knn_4": (1.0, 0.8, 0.5, 0.4),
    "knn_8": (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3),
}
"""Weights of the days before, newest first, by which two moments of a log are compared."""


def alike(past: PastDays, lags: tuple[float, ...]) -> Floats:
    """Return how much the days before each day resemble the last days, from 0 to 1."""
    score = np.zeros(past.n)
    for lag, weight in enumerate(lags[: past.latest.shape[1]]):
        # Day t is compared by the day lag + 1 before it.
        score[lag + 1 :] += weight * past.latest[: past.n - lag - 1, lag]
    return score / sum(lags)


def neighbours(past: PastDays, lags: tuple[float, ...]) -> Floats:
    """Return the weight of each day as a neighbour of today by its recency pattern.

    Similarity cubed, halved every 40 days, 1.5 times on the same weekday, and less the more
    the days of rest before it differ from those before today.
    """
    similar = alike(past, lags)
    weight = np.where(similar > 0.055, similar, 0.0) ** 3 * past.decay(40.0)
    weight = weight * np.where(past.same_weekday, 1.5, 1.0)
    scored: Floats = weight * np.exp(-np.abs(past.gap - past.gap_now) / 4.0)
    return scored


def rhythm(past: PastDays) -> tuple[Floats, Floats]:
    """Return the weight of each day by the lag at which the log repeats, and the lags' fit.

    The fit of a lag, 1 to 10, is the decayed mean Jaccard similarity of days so far apart
    over the last 30; a day so long ago weighs exp(12 fit).
    """
    last = past.done[-40:]
    both = last @ last.T
    size = last.sum(axis=1)
    similar = both / np.maximum(size[:, None] + size - both, 1.0)
    fit = np.zeros(10)
    for lag in range(1, len(fit) + 1):
        pairs = np.diagonal(similar, -lag)[-30:]
        weight = 0.5 ** (np.arange(len(pairs), 0, -1) / 10.0)
        fit[lag - 1] = (pairs @ weight) / (weight.sum() + 1.0)
    votes = np.zeros(past.n)
    reach = min(len(fit), past.n)
    votes[past.n - reach :] = np.exp(12.0 * (fit - fit.max()))[:reach][::-1]
    return votes, fit


def hazard(past: PastDays) -> Floats:
    """Return how often an exercise was done after as many training days without it.

    Intervals are halved in weight every 40 days; those one off count .3.
    """
    order = past.by_exercise
    exercise, row = past.exercise[order], past.row[order]
    same = exercise[1:] == exercise[:-1]
    owner = exercise[1:][same].astype(np.intp)
    interval = (row[1:] - row[:-1])[same]
    weight = past.decay(40.0)[row[1:][same]]
    now = past.since[owner]
    hit = np.bincount(owner, weight * (interval == now), minlength=past.k)
    near = np.bincount(owner, weight * (np.abs(interval - now) == 1), minlength=past.k)
    risk = np.bincount(owner, weight * (interval >= now), minlength=past.k)
    rate: Floats = (hit + 0.3 * near + 0.05) / (risk + 0.3 * near + 1.0 + 0.1 * past.since)
    return rate


def due(past: PastDays) -> tuple[Floats, Floats]:
    """Return days since each exercise, and the median of its last intervals in days.

    Of up to six intervals; 0 for what was done once.
    """
    order = past.by_exercise
    end = np.cumsum(np.bincount(past.exercise, minlength=past.k))
    start = np.append(0, end)[:-1]
    back = end[:, None] - np.arange(1, 8)
    there = back >= start[:, None]
    day = past.days[past.row[order[np.maximum(back, 0)]]]
    interval = np.where(there[:, 1:], day[:, :-1] - day[:, 1:], 1_000_000)
    interval.sort(axis=1)
    count = there[:, 1:].sum(axis=1)
    line = np.arange(past.k)
    low = interval[line, np.maximum(count - 1, 0) // 2]
    high = interval[line, np.minimum(count // 2, 5)]
    median = np.where(count > 0, (low + high) / 2.0, 0.0)
    return (past.day - day[:, 0]).astype(np.float64), median


def cycle(past: PastDays) -> Floats:
    """Return votes for what followed the day most like the last one."""
    if past.n < 2:
        return np.zeros(past.k)
    best = int(np.argmax(past.latest[:-1, 0] - 0.01 * past.age[1:]))
    votes: Floats = past.done[best + 1]
    return votes


def followers(past: PastDays) -> Floats:
    """Return votes by what followed each exercise of the last three days, so many days on.

    The mean over the exercises of a day of the decayed share of their days that were
    followed by the exercise voted for; the days count 1, .6 and .4.
    """
    votes = np.zeros(past.k)
    for lag, weight in ((1, 1.0), (2, 0.6), (3, 0.4)):
        if past.n <= lag:
            break
        last = np.flatnonzero(past.done[-lag])
        earlier = past.done[:-lag, last] * past.decay(40.0)[lag:, None]
        count = earlier.sum(axis=0)[:, None]
        votes += weight * ((earlier.T @ past.done[lag:]) / (count + 1.0)).mean(axis=0)
    return votes


def types(past: PastDays) -> Floats:
    """Return the weight of each day by the session type expected today.

    Of the last 150 days, each is put to the type whose decayed mean is nearest by cosine (at
    least .45), or begins a new one. A type is expected by what followed the last one, thrice
    where the one before fits too.
    """
    rows = past.done[-150:]
    n = len(rows)
    label = np.zeros(n, dtype=np.intp)
    means, squared = np.zeros((24, past.k)), np.zeros(24)
    lengths = np.maximum(past.length[past.n - n :], 1.0).tolist()
    used = 0
    for t, row in enumerate(rows):
        # Every day holds an exercise, so none of these lengths is 0.
        near = means[:used] @ row / np.sqrt(squared[:used] * lengths[t])
        best = int(near.argmax()) if used else -1
        if best < 0 or (near[best] < 0.45 and used < len(means)):
            best = used
            used += 1
        mean = 0.8 * means[best] + row
        means[best], squared[best] = mean, (mean * mean).sum()
        label[t] = best
    recent = 0.5 ** (np.arange(n, 0, -1) / 25.0)
    slow = 0.5 ** (np.arange(n, 0, -1) / 30.0)
    chance = 0.02 + np.bincount(label, 0.05 * slow, minlength=used)
    for t in range(1, n):
        if label[t - 1] == label[-1]:
            deeper = t > 1 and label[t - 2] == label[-2]
            chance[label[t]] += slow[t] * (3.0 if deeper else 1.0)
    size = np.bincount(label, recent, minlength=used)
    votes = np.zeros(past.n)
    votes[past.n - n :] = chance[label] / chance.sum() * recent / size[label] if n else 0.0
    return votes


def ridge(past: PastDays) -> Floats:
    """Return the votes of a kernel ridge regression of a day on the days before it.

    Its kernel is the weighted sum of the cosines of the days 1 to 8 before, and .7 on the
    same weekday; noise grows with the age, twofold in 60 days. It knows the last 128 days.
    """
    rows = past.done[-128:]
    m = len(rows) - 1
    if m < 5:
        return np.zeros(past.k)
    unit = rows / np.sqrt(np.maximum(rows.sum(axis=1), 1.0))[:, None]
    cosine = unit @ unit.T
    # Row t of the kernel is the day after rows[t]; the last one is today.
    kernel = np.zeros((m + 1, m + 1))
    for lag, weight in enumerate((1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.3, 0.3)[: m + 1]):
        kernel[lag:, lag:] += weight * cosine[: m + 1 - lag, : m + 1 - lag]
    weekday: Ints = np.append(past.days[-m:], np.int32(past.day)) % 7
    kernel += 0.7 * (weekday[:, None] == weekday)
    after = rows[1:]
    recent = past.decay(30.0)[-m:]
    mean = recent @ after / recent.sum()
    noise = np.diag(1.5 / past.decay(60.0)[-m:])
    solved = np.linalg.solve(kernel[:m, :m] + noise, kernel[:m, m])
    votes: Floats = np.maximum(mean + solved @ (after - mean), 0.0)
    return votes

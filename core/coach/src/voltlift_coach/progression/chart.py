"""The RPE chart: what share of the one-repetition maximum a number of repetitions is.

The chart of M. Tuchscherer (Reactive Training Systems) gives a share by repetitions and RPE;
each point of RPE is one repetition in reserve, so one row, by repetitions to failure, says it
all. From the end of the chart on it falls by the same amount for each repetition.
"""

from __future__ import annotations

from voltlift_coach.progression.config import RepNumbers


def load_share(reps: float, numbers: RepNumbers, rpe: float = 10.0) -> float:
    """Return the share of the one-repetition maximum that can be lifted so often.

    Parameters
    ----------
    reps : float
        Repetitions, at least 1.
    numbers : RepNumbers
        Holds the chart.
    rpe : float
        The effort at which the last repetition ends.

    Examples
    --------
    >>> from voltlift_coach.progression.config import ProgressionConfig
    >>> chart = ProgressionConfig.bundled().reps
    >>> load_share(1, chart), load_share(8, chart), load_share(8, chart, rpe=8)
    (1.0, 0.786, 0.739)
    """
    to_failure = max(reps, 1.0) + max(10.0 - rpe, 0.0)
    last = len(numbers.shares)
    if to_failure >= last:
        share = numbers.shares[-1] - (to_failure - last) * numbers.share_per_rep
        return max(share, numbers.least_share)
    place = int(to_failure)
    low, high = numbers.shares[place - 1], numbers.shares[place]
    return low + (high - low) * (to_failure - place)


def reps_at(share: float, numbers: RepNumbers) -> int:
    """Return the whole repetitions to failure with a share of the one-repetition maximum.

    At least 1, at most ``numbers.most``.

    Examples
    --------
    >>> from voltlift_coach.progression.config import ProgressionConfig
    >>> chart = ProgressionConfig.bundled().reps
    >>> reps_at(0.8, chart), reps_at(1.2, chart)
    (7, 1)
    """
    reps = 1
    while reps < numbers.most and load_share(reps + 1, numbers) >= share - 1e-9:
        reps += 1
    return reps


def convert(kg: float, done: float, wanted: float, numbers: RepNumbers) -> float:
    """Return the load for other repetitions at the same effort.

    Examples
    --------
    >>> from voltlift_coach.progression.config import ProgressionConfig
    >>> round(convert(100.0, 8, 5, ProgressionConfig.bundled().reps), 1)
    109.8
    """
    return kg * load_share(wanted, numbers) / load_share(done, numbers)

"""Which of a log's questions are asked."""

from __future__ import annotations

import numpy as np

from voltlift_learned.diary import Ints

GOLDEN = (5**0.5 - 1) / 2


def spread(places: Ints, most: int) -> Ints:
    """Return at most so many places, spread evenly over all of them.

    Each is taken from a share of its own. Where in it moves by the golden ratio, of which no
    two multiples fall together: with equal steps, all questions of a lifter who does six
    exercises a day could be about the third.

    Parameters
    ----------
    places : ndarray of int32
        All, in time order.
    most : int
        How many at most.

    Examples
    --------
    >>> spread(np.arange(100, dtype=np.int32), 5).tolist()
    [0, 32, 44, 77, 89]
    """
    if len(places) <= most:
        return places
    at = np.arange(most)
    # In floating point: a product of both may not fit an index of 32 bits.
    ends = np.floor(np.arange(most + 1) * (len(places) / most)).astype(np.int32)
    ends[-1] = len(places)
    within = np.floor(at * GOLDEN % 1.0 * np.diff(ends)).astype(np.int32)
    chosen: Ints = places[ends[:-1] + within]
    return chosen

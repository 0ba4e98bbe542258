"""Which questions are asked: so many, evenly spread, and not always the same kind."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voltlift_replay.sampling import spread


def places(n):
    return np.arange(n, dtype=np.int32)


@given(st.integers(0, 5000), st.integers(1, 2000))
def test_as_many_as_there_are_or_are_wanted_each_once_in_order(n, most):
    chosen = spread(places(n), most)
    assert len(chosen) == min(n, most)
    assert (np.diff(chosen) > 0).all()
    assert chosen.dtype == np.int32


@given(st.integers(1, 5000), st.integers(1, 500))
def test_each_share_of_the_log_has_one(n, most):
    if n > most:
        share = spread(places(n), most) * most / n
        assert np.abs(share - np.arange(most)).max() < 1 + most / n


def test_no_position_in_a_session_is_preferred():
    for period in (2, 3, 4, 5, 6, 7, 8):
        counts = np.bincount(spread(places(600 * period), 200) % period, minlength=period)
        assert counts.min() > 0.6 * 200 / period

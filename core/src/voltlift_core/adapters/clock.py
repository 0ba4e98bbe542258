"""Clocks: the system's, and one that stands still until it is told to move."""

from __future__ import annotations

import time


class SystemClock:
    """The clock of the machine."""

    def now_ms(self) -> int:
        """Return epoch milliseconds."""
        return time.time_ns() // 1_000_000

    def monotonic_ms(self) -> float:
        """Return milliseconds that never run backwards."""
        return time.perf_counter() * 1000


class FixedClock:
    """A clock for tests and replays.

    Parameters
    ----------
    now_ms : int
        The moment at which it stands, epoch milliseconds.

    Examples
    --------
    >>> clock = FixedClock(1_700_000_000_000)
    >>> clock.advance(250)
    >>> clock.now_ms()
    1700000000250
    """

    def __init__(self, now_ms: int = 0) -> None:
        self._now_ms = now_ms
        self._elapsed_ms = 0

    def now_ms(self) -> int:
        """Return epoch milliseconds."""
        return self._now_ms + self._elapsed_ms

    def monotonic_ms(self) -> float:
        """Return the milliseconds that it was advanced by."""
        return float(self._elapsed_ms)

    def advance(self, milliseconds: int) -> None:
        """Let time pass.

        Raises
        ------
        ValueError
            Where time would run backwards.
        """
        if milliseconds < 0:
            raise ValueError(f"time cannot run backwards by {-milliseconds} ms")
        self._elapsed_ms += milliseconds

"""Checks that every ``Clock`` passes, one that stands still included."""

from __future__ import annotations

import math
from itertools import pairwise

from voltlift_conformance.harness import Check, Make, Reopen, Subject, expect, run
from voltlift_core import Clock


async def check_now_is_whole_epoch_milliseconds(subject: Subject[Clock]) -> None:
    """The moment is a whole number of milliseconds from 1970 to 2100."""
    now = (await subject.make()).now_ms()
    expect(type(now) is int, f"now_ms is an int, received {type(now).__name__}")
    expect(0 <= now < 4_133_980_800_000, f"now_ms lies from 1970 to 2100, received {now}")


async def check_monotonic_never_runs_backwards(subject: Subject[Clock]) -> None:
    """Of two readings the later one is never smaller, and all are finite."""
    clock = await subject.make()
    readings = [clock.monotonic_ms() for _ in range(1000)]
    expect(all(map(math.isfinite, readings)), "readings are finite")
    for earlier, later in pairwise(readings):
        expect(later >= earlier, f"{later} came after {earlier}")


CHECKS: tuple[Check[Clock], ...] = (
    check_now_is_whole_epoch_milliseconds,
    check_monotonic_never_runs_backwards,
)
"""All checks, each an ``async`` function of a ``Subject``."""


async def run_all(make: Make[Clock], reopen: Reopen[Clock] | None = None) -> list[str]:
    """Run all checks on a clock and return their names; see ``harness.Subject``.

    Raises
    ------
    AssertionError
        Naming every check that failed, and how.
    """
    return await run(CHECKS, Subject(make, reopen))

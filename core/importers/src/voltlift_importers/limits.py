"""How much an import takes; beyond, it refuses instead of keeping the device busy."""

from __future__ import annotations

from voltlift_core.errors import ErrorCode, VoltLiftError

MAX_CSV_BYTES = 25_000_000
MAX_JSON_BYTES = 100_000_000
MAX_ROWS = 200_000

MAX_SESSIONS = 50_000
"""More than anybody trains in a life; each costs time."""


def check_sessions(count: int) -> None:
    """Refuse more workouts than are read, as soon as there are so many.

    Raises
    ------
    VoltLiftError
        ``file_too_large``.
    """
    if count > MAX_SESSIONS:
        raise VoltLiftError(
            ErrorCode.FILE_TOO_LARGE,
            "the file has too many workouts to import",
            expected=f"at most {MAX_SESSIONS:,} workouts",
            received="more than that",
            remedy="Export a shorter period, or split the file",
        )

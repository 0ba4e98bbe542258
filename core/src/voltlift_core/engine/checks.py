"""What a request and the engine's ports are asked before a service begins."""

from __future__ import annotations

from typing import TypeVar

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode_sessions import MAX_OFFSET
from voltlift_core.history.issues import show
from voltlift_core.history.values import LAST_SECOND

T = TypeVar("T")

_TIMES = (
    ("now", "now", 0, int(LAST_SECOND) * 1000),
    ("utc_offset_minutes", "utcOffsetMinutes", -MAX_OFFSET, MAX_OFFSET),
)


def check_times(request: object) -> None:
    """Refuse moments and UTC offsets that no clock shows."""
    for name, wire, low, high in _TIMES:
        value = getattr(request, name, None)
        if value is not None and not low <= value <= high:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                f"{wire} is out of range",
                path=f"$.{wire}",
                expected=f"an integer from {low} to {high}",
                received=show(value),
            )


def installed_port(port: T | None, name: str) -> T:
    """Return a port that is a package of its own."""
    if port is None:
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            f"the engine was made without {name}",
            expected=f"Ports({name}=...)",
            received="None",
            remedy="Install its package and use Ports().with_installed()",
        )
    return port

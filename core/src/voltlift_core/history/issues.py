"""Collecting what the decoder repaired, put in quarantine or wondered about.

Codes are made of a subject and a problem and are stable: ``weight_as_text``,
``weight_unreadable``, ``unknown_exercise``, ``end_before_start``. ``docs`` and interfaces may
branch on them; ``expected`` and ``received`` are words for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract import Issue

Severity = Literal["repaired", "quarantined", "warning"]

_SHOWN = 60


def show(value: object) -> str:
    """Return a short description of any value; never recurses and never fails.

    Examples
    --------
    >>> show("eighty"), show([1, 2]), show(None)
    ("'eighty'", 'a list of 2', 'nothing')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number of more than 64 bits"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return repr(value) if len(value) <= _SHOWN else repr(value[: _SHOWN - 3]) + "..."
    if isinstance(value, dict):
        return f"an object of {len(value)}"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return type(value).__name__


@dataclass(slots=True)
class _Entry:
    severity: Severity
    code: str
    path: str
    expected: str
    received: str
    count: int = 1


class IssueLog:
    """Issues in order of first appearance; the same code at many places is one issue."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def repaired(self, code: str, path: str, expected: str, received: object) -> None:
        """Note a value that was understood after a correction."""
        self._add("repaired", code, path, expected, received)

    def quarantined(self, code: str, path: str, expected: str, received: object) -> None:
        """Note a value that was left out of the computation; the log keeps it."""
        self._add("quarantined", code, path, expected, received)

    def warning(self, code: str, path: str, expected: str, received: object) -> None:
        """Note a value that was accepted with a doubt."""
        self._add("warning", code, path, expected, received)

    def _add(
        self, severity: Severity, code: str, path: str, expected: str, received: object
    ) -> None:
        entry = self._entries.get(code)
        if entry is None:
            self._entries[code] = _Entry(severity, code, path, expected, show(received))
        else:
            entry.count += 1

    def issues(self) -> tuple[Issue, ...]:
        """Return what was collected."""
        return tuple(
            Issue(
                severity=entry.severity,
                code=entry.code,
                path=entry.path,
                expected=entry.expected,
                received=entry.received,
                count=entry.count,
            )
            for entry in self._entries.values()
        )

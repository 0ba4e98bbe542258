"""Rows that are not taken, with their reasons."""

from __future__ import annotations

from voltlift_core.contract.imports import RejectedRow

MAX_LISTED = 200


class Rejects:
    """Collects rejected rows; lists the first 200, those that matter before harmless ones."""

    def __init__(self) -> None:
        self._serious: list[RejectedRow] = []
        self._harmless: list[RejectedRow] = []
        self.total = 0
        self.harmless = 0

    def add(
        self,
        line: int,
        code: str,
        column: str | None,
        expected: str,
        received: str,
        *,
        harmless: bool = False,
    ) -> None:
        """Take note of a row."""
        self.total += 1
        self.harmless += harmless
        rows = self._harmless if harmless else self._serious
        if len(rows) < MAX_LISTED:
            shown = received if len(received) <= 60 else received[:57] + "..."
            rows.append(
                RejectedRow(
                    line=line,
                    code=code,
                    column=column,
                    expected=expected,
                    received=shown,
                    harmless=harmless,
                )
            )

    def rows(self) -> tuple[RejectedRow, ...]:
        """Return the listed rows in line order."""
        listed = [*self._serious, *self._harmless][:MAX_LISTED]
        return tuple(sorted(listed, key=lambda row: row.line))

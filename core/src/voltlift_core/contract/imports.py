"""Files from other apps: the dry run before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.ingest import Issue
from voltlift_core.contract.state import ExerciseDefinition, UnitCode, WorkoutSession
from voltlift_core.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewImportRequest:
    """Ask what a file holds; its bytes travel beside the request, or as ``text``.

    ``unit`` overrides what was inferred; ``utc_offset_minutes`` is assumed for wall
    times without an offset; ``known_session_ids`` marks what is stored already.
    """

    file_name: str
    text: str | None = None
    unit: UnitCode | None = None
    utc_offset_minutes: int = 0
    now: int | None = None
    known_session_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvidence:
    """Which unit the weights are in, and why.

    ``source``: ``stated`` by the file, ``inferred`` from plate patterns, ``chosen`` by
    the lifter, ``assumed`` where nothing speaks for either. ``kg_share`` and
    ``lb_share`` are the shares of distinct loads on each unit's plate grid.
    """

    unit: UnitCode
    source: Literal["stated", "inferred", "chosen", "assumed"]
    kg_share: float | None
    lb_share: float | None
    examples: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that was not taken, with its line in the file and the reason.

    ``harmless`` rows hold no set (notes, rest timers).
    """

    line: int
    code: str
    column: str | None
    expected: str
    received: str
    harmless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedName:
    """A name that no catalogue exercise carries; it becomes the custom exercise given."""

    name: str
    sets: int
    custom_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What a file holds and what storing it would add."""

    app: Literal["strong", "app_state"]
    dialect: str
    sessions: tuple[WorkoutSession, ...]
    new_sessions: int
    known_sessions: int
    sets: int
    exercises: int
    first_day: str | None
    last_day: str | None
    unit: UnitEvidence | None
    unmatched: tuple[UnmatchedName, ...]
    rejected: tuple[RejectedRow, ...]
    rejected_total: int
    issues: tuple[Issue, ...]
    custom_exercises: tuple[ExerciseDefinition, ...]
    settings: Json | None
    daily_logs: dict[str, Json] | None

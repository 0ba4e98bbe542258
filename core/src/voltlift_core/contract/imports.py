"""Files from other apps: the dry run before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.ingest import Issue
from voltlift_core.contract.state import (
    ExerciseDefinition,
    ExerciseLog,
    UnitCode,
    WorkoutSession,
)
from voltlift_core.wire import Json

AppName = Literal["strong", "hevy", "fitnotes", "fitbod", "app_state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewImportRequest:
    """Ask what a file holds; its bytes travel beside the request, or as ``text``.

    ``unit`` overrides what was inferred; ``utc_offset_minutes`` is assumed for wall
    times without an offset. ``names`` holds the lifter's choices by name as the file spells
    it: an exercise id, or an empty text for an exercise of its own. What is stored already
    is told by the log that the engine knows.
    """

    file_name: str
    text: str | None = None
    unit: UnitCode | None = None
    utc_offset_minutes: int = 0
    now: int | None = None
    names: dict[str, str] | None = None


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
class NameProposal:
    """An exercise that a name may stand for; ``score`` is 0 to 1, the likeliest first."""

    exercise_id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedName:
    """A name that no catalogue exercise carries for certain.

    Unless the lifter chooses one of ``proposals`` it becomes the custom exercise given.
    ``chosen`` is the choice that was applied (see ``PreviewImportRequest.names``).
    """

    name: str
    sets: int
    custom_id: str
    proposals: tuple[NameProposal, ...] = ()
    chosen: str | None = None


SessionOutlook = Literal["new", "known", "changed", "duplicate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedSession:
    """What storing would do with one session of the file.

    ``new``; ``known`` - stored already, and the file has nothing to add; ``changed`` - stored
    already under this id, and the file has ``new_sets`` sets more: ``additions`` are what to
    append to the stored session, which stays as it is otherwise; ``duplicate`` - the session
    ``duplicate_of``, logged elsewhere, is the same workout. ``first_line`` is its place in the
    file, where it has one.
    """

    id: str
    outlook: SessionOutlook
    sets: int
    exercises: int
    duplicate_of: str | None = None
    first_line: int | None = None
    new_sets: int = 0
    additions: tuple[ExerciseLog, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What a file holds and what storing it would add.

    ``sessions`` are all sessions of the file, ``outlooks`` says of each what storing it would
    do: the page stores those that are ``new``, the ``additions`` to those that are ``changed``,
    and a ``duplicate`` only where the lifter wants both. ``documents`` is the rest of an app
    state, as it is. ``rejected`` lists the first of the ``rejected_total`` rows that were not
    taken, of which ``rejected_harmless`` hold no set.
    """

    app: AppName
    dialect: str
    sessions: tuple[WorkoutSession, ...]
    outlooks: tuple[PreviewedSession, ...]
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
    changed_sessions: int = 0
    duplicate_sessions: int = 0
    rejected_harmless: int = 0
    documents: dict[str, Json] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportCsvRequest:
    """Ask for sessions as CSV that other apps read.

    ``sessions`` are app-state JSON as the log's owner keeps them; names come from the
    catalogue and the lifter's own exercises. Weights stay in the unit they were logged in.
    """

    sessions: tuple[Json, ...]
    format: Literal["strong", "hevy"] = "strong"
    utc_offset_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportCsvResponse:
    """The file's text, with what CSV cannot hold."""

    file_name: str
    text: str
    sessions: int
    sets: int
    left_out: tuple[Issue, ...]

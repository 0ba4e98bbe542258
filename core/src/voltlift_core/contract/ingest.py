"""Taking in the log: whole states, deltas, what was understood of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voltlift_core.contract.state import ExerciseDefinition
from voltlift_core.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What changed since the last revision.

    ``sessions``, ``daily_logs``, ``settings`` and ``custom_exercises`` are app-state
    JSON, decoded leniently; ``hashes`` may give a content hash per session id, which
    comes back in the manifest. A daily log of null deletes that day; settings and
    custom exercises replace the previous ones as a whole.
    """

    sessions: tuple[Json, ...] = ()
    deleted_sessions: tuple[str, ...] = ()
    hashes: dict[str, str] | None = None
    daily_logs: dict[str, Json] | None = None
    settings: Json | None = None
    custom_exercises: tuple[Json, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestRequest:
    """Take in a whole app state (replacing everything), or a delta; exactly one of them."""

    utc_offset_minutes: int = 0
    state: Json | None = None
    delta: Delta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing the decoder repaired, put in quarantine or wondered about.

    ``severity``: ``repaired`` - understood after a correction; ``quarantined`` - left
    out of the computation, kept in the log; ``warning`` - accepted with a doubt.
    ``count`` is how often it occurred; ``path`` is the first place.
    """

    severity: Literal["repaired", "quarantined", "warning"]
    code: str
    path: str
    expected: str
    received: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What was understood."""

    sessions: int
    sets: int
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResponse:
    """The new revision and what was understood of the part just taken in."""

    revision: int
    workouts: int
    changed_sessions: int
    report: IngestReport
    duration_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRequest:
    """Ask which sessions the engine knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestResponse:
    """Content hash per session id, as given at ingestion (empty where none was given)."""

    revision: int
    hashes: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRequest:
    """Ask for all exercises, custom ones included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueResponse:
    """All exercises by id order."""

    exercises: tuple[ExerciseDefinition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStateRequest:
    """Ask for a made-up lifter's app state, seeded, ending at ``now``."""

    now: int
    utc_offset_minutes: int = 0
    name: Literal["beginner", "intermediate", "advanced", "no_effort", "dumbbell"] = "intermediate"
    workouts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStateResponse:
    """An app-state envelope, ``{state, version}``."""

    app_state: Json

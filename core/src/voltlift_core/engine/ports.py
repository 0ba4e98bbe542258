"""What an engine is made with: the world outside, as the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from voltlift_core.adapters.clock import SystemClock
from voltlift_core.adapters.memory import MemoryFeatureStore, MemoryModelRegistry
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import (
    ExportCsvRequest,
    ExportCsvResponse,
    ImportPreview,
    PreviewImportRequest,
)
from voltlift_core.history.log import TrainingLog
from voltlift_core.ports import Clock, FeatureStore, LogStore, ModelRegistry, Progress
from voltlift_core.wire import Json


@dataclass(frozen=True, slots=True)
class Known:
    """What an import is compared with: all exercises, and the log so far."""

    catalogue: Catalogue
    log: TrainingLog = field(default_factory=TrainingLog)


class Importer(Protocol):
    """Files of other apps, in and out; ``voltlift_importers`` is one.

    A port, since the readers are a package of their own: who only asks for recommendations
    need not load them.
    """

    async def preview(
        self,
        request: PreviewImportRequest,
        data: bytes | None,
        known: Known,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """Return what a file holds and what storing it would do.

        Lets others have their turn between steps; an exception of ``progress`` ends it.
        """
        ...

    def export_csv(self, request: ExportCsvRequest, catalogue: Catalogue) -> ExportCsvResponse:
        """Return sessions as CSV that other apps read."""
        ...


class Samples(Protocol):
    """Made-up lifters; ``voltlift_samples`` is one such package."""

    def sample_state(
        self, name: str, *, now_ms: int, utc_offset_minutes: int = 0, workouts: int | None = None
    ) -> Json:
        """Return the app state of a made-up lifter."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """The world outside, as the engine sees it; everything in memory by default.

    ``log`` is None where the host owns the log and sends what changed; ``importer`` and
    ``samples`` are None where files are not read and no made-up lifter is wanted.
    """

    log: LogStore | None = None
    features: FeatureStore = field(default_factory=MemoryFeatureStore)
    models: ModelRegistry = field(default_factory=MemoryModelRegistry)
    clock: Clock = field(default_factory=SystemClock)
    importer: Importer | None = None
    samples: Samples | None = None

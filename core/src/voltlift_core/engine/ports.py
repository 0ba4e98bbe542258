"""What an engine is made with: the world outside, as the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from voltlift_core.adapters.clock import SystemClock
from voltlift_core.adapters.memory import MemoryFeatureStore, MemoryModelRegistry
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import (
    ExportCsvRequest,
    ExportCsvResponse,
    ImportPreview,
    InsightsRequest,
    InsightsResponse,
    PreviewImportRequest,
    ProgramRequest,
    ProgramResponse,
    ReadinessRequest,
    ReadinessResponse,
    RecommendExercisesRequest,
    RecommendExercisesResponse,
    RecommendProgramsRequest,
    RecommendProgramsResponse,
    RecordFeedbackRequest,
    RecordFeedbackResponse,
    ReplayRequest,
    ReplayResponse,
    SubstituteRequest,
    SubstituteResponse,
    SuggestLoadRequest,
    SuggestLoadResponse,
    TodaysSessionRequest,
    TodaysSessionResponse,
)
from voltlift_core.contract.state import UnitCode
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.learned import Learned, LoadModel
from voltlift_core.engine.state import EngineState
from voltlift_core.history.log import TrainingLog
from voltlift_core.ports import (
    Clock,
    FeatureStore,
    Inference,
    LogStore,
    ModelRegistry,
    Progress,
)
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


class Ask(Protocol):
    """The engine's own services, as a replay asks them: of one revision, with one set of models."""

    async def recommend_exercises(
        self, request: RecommendExercisesRequest
    ) -> RecommendExercisesResponse:
        """Return the top exercises."""
        ...

    async def suggest_load(self, request: SuggestLoadRequest) -> SuggestLoadResponse:
        """Return weight and reps for the next set."""
        ...

    def in_unit(self, unit: UnitCode) -> Ask:
        """Return the same services for weights of a unit, whatever the settings say."""
        ...


class Replayer(Protocol):
    """Asks the engine about the lifter's own past; ``voltlift_replay`` is one.

    A port, since it is a package of its own, loaded when somebody wants to know.
    """

    async def replay(
        self,
        state: EngineState,
        suggested: Ask,
        rules: Ask,
        request: ReplayRequest,
        watch: Stopwatch,
        progress: Progress | None = None,
    ) -> ReplayResponse:
        """Return how suggestions would have fared, beside rules alone and beside repeating.

        Lets others have their turn between questions; an exception of ``progress`` ends it.
        """
        ...


class Coach(Protocol):
    """The services besides exercise recommendations; ``voltlift_coach`` is one.

    A port, since they are a package of their own: the first list of exercises does not wait
    for them.
    """

    def suggest_load(
        self,
        state: EngineState,
        request: SuggestLoadRequest,
        watch: Stopwatch,
        model: LoadModel | None = None,
    ) -> SuggestLoadResponse:
        """Return weight and reps for the next set, by rules and a model where there is one."""
        ...

    def record_feedback(
        self, state: EngineState, request: RecordFeedbackRequest
    ) -> RecordFeedbackResponse:
        """Return the settings' feedback after what became of a suggestion."""
        ...

    def recommend_programs(
        self, state: EngineState, request: RecommendProgramsRequest, watch: Stopwatch
    ) -> RecommendProgramsResponse:
        """Return the top programs."""
        ...

    def program(
        self, state: EngineState, request: ProgramRequest, watch: Stopwatch
    ) -> ProgramResponse:
        """Return the whole of a program."""
        ...

    def todays_session(
        self, state: EngineState, request: TodaysSessionRequest, watch: Stopwatch
    ) -> TodaysSessionResponse:
        """Return the active program's next session."""
        ...

    def substitute(
        self, state: EngineState, request: SubstituteRequest, watch: Stopwatch
    ) -> SubstituteResponse:
        """Return alternatives to an exercise."""
        ...

    def readiness(
        self, state: EngineState, request: ReadinessRequest, watch: Stopwatch
    ) -> ReadinessResponse:
        """Return how recovered the lifter is."""
        ...

    def insights(
        self, state: EngineState, request: InsightsRequest, watch: Stopwatch
    ) -> InsightsResponse:
        """Return the figures behind the charts."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """The world outside, as the engine sees it; stores in memory by default.

    ``log`` is None where the host owns the log and sends what changed; ``coach``,
    ``importer``, ``samples``, ``learned`` and ``replayer`` are None where these services are not
    wanted, ``inference`` where no runtime besides numpy is to be had. A model in such a runtime
    has ``inference_limit_s`` seconds for an answer.
    """

    log: LogStore | None = None
    features: FeatureStore = field(default_factory=MemoryFeatureStore)
    models: ModelRegistry = field(default_factory=MemoryModelRegistry)
    clock: Clock = field(default_factory=SystemClock)
    coach: Coach | None = None
    importer: Importer | None = None
    samples: Samples | None = None
    learned: Learned | None = None
    replayer: Replayer | None = None
    inference: Inference | None = None
    inference_limit_s: float = 1.0

    def with_installed(self) -> Ports:
        """Return these ports with the packages of this project that are installed.

        Each is loaded when it is first used: it would only delay the first answer.
        """
        return replace(
            self,
            coach=self.coach or cast("Coach | None", _installed("voltlift_coach")),
            importer=self.importer or cast("Importer | None", _installed("voltlift_importers")),
            samples=self.samples or cast("Samples | None", _installed("voltlift_samples")),
            learned=self.learned or cast("Learned | None", _installed("voltlift_learned")),
            replayer=self.replayer or cast("Replayer | None", _installed("voltlift_replay")),
        )


class _Package:
    """A package that is imported with the first use of one of its names."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return getattr(import_module(self._name), attribute)


def _installed(name: str) -> _Package | None:
    return None if find_spec(name) is None else _Package(name)

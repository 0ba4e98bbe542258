"""Services that packages beside the engine answer: it hands them its state and its ports."""

from __future__ import annotations

from voltlift_core.contract import (
    ExportCsvRequest,
    ExportCsvResponse,
    ImportPreview,
    InsightsRequest,
    InsightsResponse,
    NovelExercisesRequest,
    NovelExercisesResponse,
    PreviewImportRequest,
    ProgramRequest,
    ProgramResponse,
    ReadinessRequest,
    ReadinessResponse,
    RecommendProgramsRequest,
    RecommendProgramsResponse,
    RecordFeedbackRequest,
    RecordFeedbackResponse,
    SampleStateRequest,
    SampleStateResponse,
    SimilarExercisesRequest,
    SimilarExercisesResponse,
    SubstituteRequest,
    SubstituteResponse,
    SuggestLoadRequest,
    SuggestLoadResponse,
    TodaysSessionRequest,
    TodaysSessionResponse,
    TryModelRequest,
    TryModelResponse,
)
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.checks import check_times, installed_port
from voltlift_core.engine.learned import Discovery, Models
from voltlift_core.engine.loads import GuardedLoads
from voltlift_core.engine.models import file_parts
from voltlift_core.engine.ports import Coach, Known, Ports
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Progress


class Services:
    """The services of the packages: each runs on the revision that is current when called.

    Parameters
    ----------
    ports : Ports
        The packages among them.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._state = EngineState()
        self._use(Models())

    def _use(self, models: Models) -> None:
        self._models = models
        self._loads = None if models.loads is None else GuardedLoads(models.loads)

    async def sample_state(self, request: SampleStateRequest) -> SampleStateResponse:
        """Return a made-up lifter's app state."""
        check_times(request)
        state = installed_port(self._ports.samples, "samples").sample_state(
            request.name,
            now_ms=request.now,
            utc_offset_minutes=request.utc_offset_minutes,
            workouts=request.workouts,
        )
        return SampleStateResponse(app_state=state)

    async def preview_import(
        self,
        request: PreviewImportRequest,
        data: bytes | None = None,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """Return what a file holds and what storing it would do; nothing is stored."""
        check_times(request)
        state = self._state
        known = Known(state.catalogue, state.log)
        importer = installed_port(self._ports.importer, "importer")
        return await importer.preview(request, data, known, progress)

    async def export_csv(self, request: ExportCsvRequest) -> ExportCsvResponse:
        """Return sessions as CSV that other apps read."""
        check_times(request)
        return installed_port(self._ports.importer, "importer").export_csv(
            request, self._state.catalogue
        )

    async def suggest_load(self, request: SuggestLoadRequest) -> SuggestLoadResponse:
        """Return weight and reps for the next set."""
        check_times(request)
        loads = self._loads
        watch = self._watch(request.now)
        answer = self._coach.suggest_load(self._state, request, watch, loads)
        return answer if loads is None else loads.told(answer)

    async def record_feedback(self, request: RecordFeedbackRequest) -> RecordFeedbackResponse:
        """Return the settings' feedback after what became of a suggestion, to be stored."""
        check_times(request)
        return self._coach.record_feedback(self._state, request)

    async def recommend_programs(
        self, request: RecommendProgramsRequest
    ) -> RecommendProgramsResponse:
        """Return the top programs."""
        check_times(request)
        return self._coach.recommend_programs(self._state, request, self._watch(request.now))

    async def program(self, request: ProgramRequest) -> ProgramResponse:
        """Return the whole of a program, fitted to the equipment."""
        check_times(request)
        return self._coach.program(self._state, request, self._watch(request.now))

    async def todays_session(self, request: TodaysSessionRequest) -> TodaysSessionResponse:
        """Return the active program's next session with weights filled in."""
        check_times(request)
        return self._coach.todays_session(self._state, request, self._watch(request.now))

    async def substitute(self, request: SubstituteRequest) -> SubstituteResponse:
        """Return alternatives to an exercise."""
        check_times(request)
        return self._coach.substitute(self._state, request, self._watch(request.now))

    async def readiness(self, request: ReadinessRequest) -> ReadinessResponse:
        """Return how recovered the lifter is."""
        check_times(request)
        return self._coach.readiness(self._state, request, self._watch(request.now))

    async def insights(self, request: InsightsRequest) -> InsightsResponse:
        """Return the figures behind the charts."""
        check_times(request)
        return self._coach.insights(self._state, request, self._watch(request.now))

    async def try_model(
        self, request: TryModelRequest, data: bytes | None = None
    ) -> TryModelResponse:
        """Return what a model that is not in use says to the rows of its card."""
        learned = installed_port(self._ports.learned, "learned")
        files = file_parts(request.files, data or b"")
        return await learned.try_model(request, files, self._ports.inference)

    async def similar_exercises(self, request: SimilarExercisesRequest) -> SimilarExercisesResponse:
        """Return the exercises nearest to one, by who does what and by what they are."""
        check_times(request)
        return self._discovery.similar_exercises(self._state, request, self._watch(request.now))

    async def novel_exercises(self, request: NovelExercisesRequest) -> NovelExercisesResponse:
        """Return what lifters with a log like this one do that this one never did."""
        check_times(request)
        return self._discovery.novel_exercises(self._state, request, self._watch(request.now))

    @property
    def _coach(self) -> Coach:
        return installed_port(self._ports.coach, "coach")

    @property
    def _discovery(self) -> Discovery:
        if self._models.discovery is not None:
            return self._models.discovery
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            "no embeddings of exercises are loaded",
            expected="an active collaborative-filter",
            received="none",
            remedy="Fetch the models, and load them",
        )

    def _watch(self, now: int) -> Stopwatch:
        return Stopwatch(self._ports.clock.monotonic_ms, now)

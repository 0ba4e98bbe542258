"""The engine: takes in the log, answers requests. The one async part of core."""

from __future__ import annotations

import hashlib
from copy import copy
from typing import TypeVar

from voltlift_core.catalogue.catalogue import Catalogue, exercise_to_definition
from voltlift_core.contract import (
    CatalogueRequest,
    CatalogueResponse,
    ExplainRequest,
    ExplainResponse,
    ExportCsvRequest,
    ExportCsvResponse,
    ImportPreview,
    IngestRequest,
    IngestResponse,
    InsightsRequest,
    InsightsResponse,
    LoadModelsRequest,
    LoadModelsResponse,
    ManifestRequest,
    ManifestResponse,
    NovelExercisesRequest,
    NovelExercisesResponse,
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
    ResponseMeta,
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
from voltlift_core.engine.explain import Explainer
from voltlift_core.engine.intake import catch_up, from_restored, take_in
from voltlift_core.engine.models import file_parts, load_active
from voltlift_core.engine.persistence import ColumnStore
from voltlift_core.engine.ports import Coach, Discovery, Known, Models, Ports
from voltlift_core.engine.recommend import Query, Ranking, rank_exercises
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError, unknown_exercise
from voltlift_core.history.decode_sessions import MAX_OFFSET
from voltlift_core.history.issues import show
from voltlift_core.history.values import LAST_SECOND
from voltlift_core.ports import ModelRegistry, Progress
from voltlift_core.scoring.config import RuleConfig
from voltlift_core.scoring.rules import RuleScorer
from voltlift_core.version import VERSION

T = TypeVar("T")


class Engine:
    """Answers from immutable revisions of one lifter's log.

    Make one with ``await Engine.create()``. Methods take and return contract objects; each
    runs on the revision that is current when it is called.

    Examples
    --------
    >>> import asyncio
    >>> from voltlift_core import Engine, RecommendExercisesRequest
    >>> async def first() -> int:
    ...     engine = await Engine.create()
    ...     answer = await engine.recommend_exercises(RecommendExercisesRequest(now=0))
    ...     return len(answer.recommendations)
    >>> asyncio.run(first())
    5
    """

    def __init__(self, ports: Ports, scorer: RuleScorer, notices: tuple[str, ...]) -> None:
        self._ports = ports
        self._scorer = scorer
        self._state = EngineState()
        self._columns = ColumnStore(ports.features, _stamp())
        self._saved_revision = 0
        self._models = Models()
        self.notices = notices

    @classmethod
    async def create(
        cls,
        ports: Ports | None = None,
        *,
        utc_offset_minutes: int = 0,
        progress: Progress | None = None,
    ) -> Engine:
        """Return an engine that knows what its stores hold.

        Restores the columns of the last revision, then catches up with the log store where
        there is one. Stored columns that do not fit are rebuilt; what is damaged in the log
        store is left out, and a rule configuration in the registry that does not fit leaves
        the bundled one in use: ``notices`` says so.
        """
        ports = ports or Ports().with_installed()
        config, notices = await _rule_config(ports.models)
        engine = cls(ports, RuleScorer(config), notices)
        restored = await engine._columns.restore()
        if restored is not None:
            engine._state = from_restored(restored)
            engine._saved_revision = restored.revision
        if ports.log is not None:
            engine._state, damaged = await catch_up(
                engine._state, ports.log, utc_offset_minutes, progress
            )
            engine.notices += damaged
        return engine

    async def load_models(self, request: LoadModelsRequest) -> LoadModelsResponse:
        """Load the active models of the registry; the next request is answered with them.

        Apart from ``create``, so that rules answer before the first model is there. What cannot
        be used is left out; the rules stand.

        Raises
        ------
        VoltLiftError
            ``not_available`` where the package that runs models is not installed.
        """
        started = self._ports.clock.monotonic_ms()
        learned = _installed(self._ports.learned, "learned")
        before = self._models
        self._models, left_out = await load_active(
            learned, self._ports.models, self._ports.inference
        )
        await before.dispose()
        return LoadModelsResponse(
            engine_version=VERSION,
            specs=learned.specs(),
            models=self._models.loaded,
            left_out=left_out,
            duration_ms=self._ports.clock.monotonic_ms() - started,
        )

    async def try_model(
        self, request: TryModelRequest, data: bytes | None = None
    ) -> TryModelResponse:
        """Return what a model that is not in use says to the rows of its card."""
        learned = _installed(self._ports.learned, "learned")
        files = file_parts(request.files, data or b"")
        return await learned.try_model(request, files, self._ports.inference)

    async def similar_exercises(self, request: SimilarExercisesRequest) -> SimilarExercisesResponse:
        """Return the exercises nearest to one, by who does what and by what they are."""
        _check_times(request)
        return self._discovery.similar_exercises(self._state, request, self._watch(request.now))

    async def novel_exercises(self, request: NovelExercisesRequest) -> NovelExercisesResponse:
        """Return what lifters with a log like this one do that this one never did."""
        _check_times(request)
        return self._discovery.novel_exercises(self._state, request, self._watch(request.now))

    async def replay(
        self, request: ReplayRequest, progress: Progress | None = None
    ) -> ReplayResponse:
        """Return how suggestions would have predicted the lifter's own training."""
        _check_times(request)
        replayer = _installed(self._ports.replayer, "replayer")
        suggested, rules = self._with(self._models), self._with(Models())
        watch = self._watch(request.now)
        return await replayer.replay(self._state, suggested, rules, request, watch, progress)

    @property
    def revision(self) -> int:
        """Number of the current revision."""
        return self._state.revision

    @property
    def workouts(self) -> int:
        """Number of completed workouts known."""
        return self._state.log.n_sessions

    @property
    def days(self) -> tuple[str, ...]:
        """Days of which a daily log is known, as they are named in the app state."""
        daily = self._state.documents.get("dailyLogs")
        return tuple(sorted(daily)) if isinstance(daily, dict) else ()

    async def save(self) -> None:
        """Write the columns of the current revision to the feature store, if not yet there.

        Apart from ``ingest``, so that an answer never waits for storage: what is written
        here can be rebuilt.
        """
        state = self._state
        if state.revision != self._saved_revision:
            await self._columns.save(state.revision, state.log, state.documents)
            self._saved_revision = state.revision

    async def ingest(self, request: IngestRequest) -> IngestResponse:
        """Take in a whole state or a delta; the next request sees the new revision."""
        _check_times(request)
        started = self._ports.clock.monotonic_ms()
        taken = take_in(self._state, request)
        self._state = taken.state
        return IngestResponse(
            revision=taken.state.revision,
            workouts=taken.state.log.n_sessions,
            changed_sessions=taken.changed,
            report=taken.report,
            duration_ms=self._ports.clock.monotonic_ms() - started,
        )

    async def manifest(self, request: ManifestRequest) -> ManifestResponse:
        """Return which sessions are known, by content hash."""
        return ManifestResponse(revision=self.revision, hashes=dict(self._state.log.hashes))

    async def catalogue(self, request: CatalogueRequest) -> CatalogueResponse:
        """Return all exercises, custom ones included."""
        exercises = self._state.catalogue.exercises
        return CatalogueResponse(exercises=tuple(map(exercise_to_definition, exercises)))

    async def sample_state(self, request: SampleStateRequest) -> SampleStateResponse:
        """Return a made-up lifter's app state."""
        _check_times(request)
        state = _installed(self._ports.samples, "samples").sample_state(
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
        _check_times(request)
        state = self._state
        known = Known(state.catalogue, state.log)
        importer = _installed(self._ports.importer, "importer")
        return await importer.preview(request, data, known, progress)

    async def export_csv(self, request: ExportCsvRequest) -> ExportCsvResponse:
        """Return sessions as CSV that other apps read."""
        _check_times(request)
        return _installed(self._ports.importer, "importer").export_csv(
            request, self._state.catalogue
        )

    async def recommend_exercises(
        self, request: RecommendExercisesRequest
    ) -> RecommendExercisesResponse:
        """Return the top exercises with their points and reasons."""
        _check_times(request)
        started = self._ports.clock.monotonic_ms()
        state = self._state
        ranking = self._rank(state, Query.of(request, state.settings))
        recommendations = ranking.presented()
        return RecommendExercisesResponse(
            recommendations=recommendations,
            cold_start=ranking.cold_start,
            considered=int(ranking.candidates.allowed.sum()),
            excluded_by_equipment=int(ranking.candidates.equipment_missing.sum()),
            meta=self._meta(state, ranking, started),
        )

    async def explain(self, request: ExplainRequest) -> ExplainResponse:
        """Return an exercise's points beside the last listed one, and what would change them.

        Raises
        ------
        VoltLiftError
            ``unknown_exercise`` where neither catalogue nor custom exercises have the id.
        """
        _check_times(request)
        started = self._ports.clock.monotonic_ms()
        state = self._state
        index = state.catalogue.index.get(request.exercise_id)
        if index is None:
            raise unknown_exercise(request.exercise_id)
        query = Query.of(request, state.settings)
        explainer = Explainer(
            state,
            self._scorer,
            query,
            index,
            self._ports.clock.monotonic_ms,
            self._models.habits,
        )
        return explainer.explain(lambda ranking: self._meta(state, ranking, started))

    async def suggest_load(self, request: SuggestLoadRequest) -> SuggestLoadResponse:
        """Return weight and reps for the next set."""
        _check_times(request)
        return self._coach.suggest_load(
            self._state, request, self._watch(request.now), self._models.loads
        )

    async def record_feedback(self, request: RecordFeedbackRequest) -> RecordFeedbackResponse:
        """Return the settings' feedback after what became of a suggestion, to be stored."""
        _check_times(request)
        return self._coach.record_feedback(self._state, request)

    async def recommend_programs(
        self, request: RecommendProgramsRequest
    ) -> RecommendProgramsResponse:
        """Return the top programs."""
        _check_times(request)
        return self._coach.recommend_programs(self._state, request, self._watch(request.now))

    async def program(self, request: ProgramRequest) -> ProgramResponse:
        """Return the whole of a program, fitted to the equipment."""
        _check_times(request)
        return self._coach.program(self._state, request, self._watch(request.now))

    async def todays_session(self, request: TodaysSessionRequest) -> TodaysSessionResponse:
        """Return the active program's next session with weights filled in."""
        _check_times(request)
        return self._coach.todays_session(self._state, request, self._watch(request.now))

    async def substitute(self, request: SubstituteRequest) -> SubstituteResponse:
        """Return alternatives to an exercise."""
        _check_times(request)
        return self._coach.substitute(self._state, request, self._watch(request.now))

    async def readiness(self, request: ReadinessRequest) -> ReadinessResponse:
        """Return how recovered the lifter is."""
        _check_times(request)
        return self._coach.readiness(self._state, request, self._watch(request.now))

    async def insights(self, request: InsightsRequest) -> InsightsResponse:
        """Return the figures behind the charts."""
        _check_times(request)
        return self._coach.insights(self._state, request, self._watch(request.now))

    @property
    def _coach(self) -> Coach:
        return _installed(self._ports.coach, "coach")

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

    def _with(self, models: Models) -> Engine:
        """Return this engine as it is now, with other models."""
        engine = copy(self)
        engine._models = models
        return engine

    def _watch(self, now: int) -> Stopwatch:
        return Stopwatch(self._ports.clock.monotonic_ms, now)

    def _rank(self, state: EngineState, query: Query) -> Ranking:
        return rank_exercises(
            state, self._scorer, query, self._ports.clock.monotonic_ms, self._models.habits
        )

    def _meta(self, state: EngineState, ranking: Ranking, started: float) -> ResponseMeta:
        return ResponseMeta(
            revision=state.revision,
            engine_version=VERSION,
            scorers=ranking.scorers,
            workouts=ranking.workouts,
            alpha=ranking.scores.alpha,
            cached=False,
            duration_ms=self._ports.clock.monotonic_ms() - started,
            stages=ranking.stages,
        )


_TIMES = (
    ("now", "now", 0, int(LAST_SECOND) * 1000),
    ("utc_offset_minutes", "utcOffsetMinutes", -MAX_OFFSET, MAX_OFFSET),
)


async def _rule_config(models: ModelRegistry) -> tuple[RuleConfig, tuple[str, ...]]:
    try:
        artefact = await models.active("rules")
        if artefact is not None:
            return RuleConfig.from_json(artefact.data), ()
    except VoltLiftError as error:
        return RuleConfig.bundled(), (f"bundled rules in use: {error}",)
    return RuleConfig.bundled(), ()


def _stamp() -> str:
    """Identify what stored columns depend on: the engine and the names it resolves."""
    exercises = Catalogue.bundled().exercises
    names = "\n".join(name for e in exercises for name in (e.id, e.name, *e.aliases))
    return f"{VERSION}/{hashlib.sha256(names.encode()).hexdigest()[:16]}"


def _check_times(request: object) -> None:
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


def _installed(port: T | None, name: str) -> T:
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

"""The engine: takes in the log, answers requests. The one async part of core."""

from __future__ import annotations

import asyncio
import hashlib
from copy import copy
from functools import partial

from voltlift_core.catalogue.catalogue import Catalogue, exercise_to_definition
from voltlift_core.contract import (
    CatalogueRequest,
    CatalogueResponse,
    ExplainRequest,
    ExplainResponse,
    IngestRequest,
    IngestResponse,
    LoadModelsRequest,
    LoadModelsResponse,
    ManifestRequest,
    ManifestResponse,
    RecommendExercisesRequest,
    RecommendExercisesResponse,
    ReplayRequest,
    ReplayResponse,
    ResponseMeta,
)
from voltlift_core.contract.state import UnitCode
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.engine.checks import check_times, installed_port
from voltlift_core.engine.explain import Explainer
from voltlift_core.engine.habits import Habits
from voltlift_core.engine.intake import catch_up, from_restored, take_in
from voltlift_core.engine.learned import Models
from voltlift_core.engine.models import load_active
from voltlift_core.engine.persistence import ColumnStore
from voltlift_core.engine.ports import Ports
from voltlift_core.engine.recommend import Query, Ranking, rank_exercises
from voltlift_core.engine.services import Services
from voltlift_core.engine.state import EngineState
from voltlift_core.errors import VoltLiftError, unknown_exercise
from voltlift_core.ports import ModelRegistry, Progress
from voltlift_core.scoring.config import RuleConfig
from voltlift_core.scoring.rules import RuleScorer
from voltlift_core.version import VERSION


class Engine(Services):
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
        super().__init__(ports)
        self._scorer = scorer
        self._columns = ColumnStore(ports.features, _stamp())
        self._saved_revision = 0
        self._loading = asyncio.Lock()
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
        learned = installed_port(self._ports.learned, "learned")
        # One after the other: a slow call never puts back what a later one has found active.
        async with self._loading:
            models, left_out = await load_active(learned, self._ports.models, self._ports.inference)
            before = self._habits
            self._use(models)
            await before.end()
        return LoadModelsResponse(
            engine_version=VERSION,
            specs=learned.specs(),
            models=models.loaded,
            left_out=left_out,
            duration_ms=self._ports.clock.monotonic_ms() - started,
        )

    async def replay(
        self, request: ReplayRequest, progress: Progress | None = None
    ) -> ReplayResponse:
        """Return how suggestions would have predicted the lifter's own training."""
        check_times(request)
        replayer = installed_port(self._ports.replayer, "replayer")
        suggested, rules = copy(self), copy(self)
        # Of their own: a model that fails at some moment of the past has not failed today.
        suggested._use(self._models)
        rules._use(Models())
        state = suggested._state = rules._state = self._state.without_hindsight()
        watch = self._watch(request.now)
        async with self._habits.kept():
            return await replayer.replay(state, suggested, rules, request, watch, progress)

    def in_unit(self, unit: UnitCode) -> Engine:
        """Return this engine as it is now, with answers in a unit whatever the settings say.

        It takes in nothing of what comes later, and shares what is kept of the log.
        """
        state = self._state.in_unit(Unit(unit))
        if state is self._state:
            return self
        engine = copy(self)
        engine._state = state
        return engine

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
        check_times(request)
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

    async def recommend_exercises(
        self, request: RecommendExercisesRequest
    ) -> RecommendExercisesResponse:
        """Return the top exercises with their points and reasons."""
        check_times(request)
        started = self._ports.clock.monotonic_ms()
        state = self._state
        ranking = await self._rank(self._habits, state, Query.of(request, state.settings))
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
        check_times(request)
        started = self._ports.clock.monotonic_ms()
        state = self._state
        index = state.catalogue.index.get(request.exercise_id)
        if index is None:
            raise unknown_exercise(request.exercise_id)
        query = Query.of(request, state.settings)
        habits = self._habits
        explainer = Explainer(state, query, index, self._scorer.config, partial(self._rank, habits))
        async with habits.kept():
            while True:
                failures = habits.failures
                answer = await explainer.explain(
                    lambda ranking: self._meta(state, ranking, started)
                )
                # With a model and without it points are no longer the same: none is compared so.
                if habits.failures == failures:
                    return answer

    def _use(self, models: Models) -> None:
        super()._use(models)
        self._habits = Habits(models, self._ports.inference_limit_s)

    async def _rank(self, habits: Habits, state: EngineState, query: Query) -> Ranking:
        clock = self._ports.clock.monotonic_ms
        return await rank_exercises(state, self._scorer, query, clock, habits)

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

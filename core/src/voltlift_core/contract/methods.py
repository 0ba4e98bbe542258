"""The methods of the engine as the wire knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voltlift_core.contract import (
    discovery,
    exercises,
    imports,
    ingest,
    insights,
    loads,
    models,
    programs,
    replay,
    substitutes,
)


@dataclass(frozen=True, slots=True)
class Method:
    """Request and response class of a method.

    ``takes_bytes`` where a file travels beside it, ``reports`` where it tells how far it is, can be
    given up, and lets other requests be answered meanwhile: it looks at one revision only.
    """

    request: type
    response: type
    takes_bytes: bool = False
    reports: bool = False


METHODS: Mapping[str, Method] = {
    "ingest": Method(ingest.IngestRequest, ingest.IngestResponse),
    "manifest": Method(ingest.ManifestRequest, ingest.ManifestResponse),
    "catalogue": Method(ingest.CatalogueRequest, ingest.CatalogueResponse),
    "sample_state": Method(ingest.SampleStateRequest, ingest.SampleStateResponse),
    "preview_import": Method(
        imports.PreviewImportRequest, imports.ImportPreview, takes_bytes=True, reports=True
    ),
    "export_csv": Method(imports.ExportCsvRequest, imports.ExportCsvResponse),
    "recommend_exercises": Method(
        exercises.RecommendExercisesRequest, exercises.RecommendExercisesResponse
    ),
    "explain": Method(exercises.ExplainRequest, exercises.ExplainResponse),
    "suggest_load": Method(loads.SuggestLoadRequest, loads.SuggestLoadResponse),
    "record_feedback": Method(loads.RecordFeedbackRequest, loads.RecordFeedbackResponse),
    "recommend_programs": Method(
        programs.RecommendProgramsRequest, programs.RecommendProgramsResponse
    ),
    "program": Method(programs.ProgramRequest, programs.ProgramResponse),
    "todays_session": Method(programs.TodaysSessionRequest, programs.TodaysSessionResponse),
    "substitute": Method(substitutes.SubstituteRequest, substitutes.SubstituteResponse),
    "readiness": Method(insights.ReadinessRequest, insights.ReadinessResponse),
    "insights": Method(insights.InsightsRequest, insights.InsightsResponse),
    "similar_exercises": Method(
        discovery.SimilarExercisesRequest, discovery.SimilarExercisesResponse
    ),
    "novel_exercises": Method(discovery.NovelExercisesRequest, discovery.NovelExercisesResponse),
    "replay": Method(replay.ReplayRequest, replay.ReplayResponse, reports=True),
    "load_models": Method(models.LoadModelsRequest, models.LoadModelsResponse),
    "try_model": Method(models.TryModelRequest, models.TryModelResponse, takes_bytes=True),
}
"""Method name → classes; the engine has an async method of the same name for each."""

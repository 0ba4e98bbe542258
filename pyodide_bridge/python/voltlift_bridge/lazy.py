"""Packages that are loaded when they are first asked for: they would delay the first answer."""

from __future__ import annotations

from voltlift_core import (
    Catalogue,
    ExportCsvRequest,
    ExportCsvResponse,
    ImportPreview,
    Json,
    Known,
    PreviewImportRequest,
    Progress,
)


class LazyImporter:
    """``voltlift_importers``, loaded with the first file."""

    async def preview(
        self,
        request: PreviewImportRequest,
        data: bytes | None,
        known: Known,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """Return what a file holds and what storing it would do."""
        import voltlift_importers

        return await voltlift_importers.preview(request, data, known, progress)

    def export_csv(self, request: ExportCsvRequest, catalogue: Catalogue) -> ExportCsvResponse:
        """Return sessions as CSV that other apps read."""
        import voltlift_importers

        return voltlift_importers.export_csv(request, catalogue)


class LazySamples:
    """``voltlift_samples``, loaded with the first made-up lifter."""

    def sample_state(
        self, name: str, *, now_ms: int, utc_offset_minutes: int = 0, workouts: int | None = None
    ) -> Json:
        """Return the app state of a made-up lifter."""
        import voltlift_samples

        return voltlift_samples.sample_state(
            name, now_ms=now_ms, utc_offset_minutes=utc_offset_minutes, workouts=workouts
        )

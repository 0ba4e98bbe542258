"""Sessions as CSV that other apps read."""

from __future__ import annotations

from voltlift_core import ErrorCode, ExportCsvRequest, ExportCsvResponse, VoltLiftError
from voltlift_core.catalogue.catalogue import Catalogue


def export_csv(request: ExportCsvRequest, catalogue: Catalogue) -> ExportCsvResponse:
    """Return sessions as CSV."""
    raise VoltLiftError(ErrorCode.NOT_AVAILABLE, "export_csv is not built into this version")

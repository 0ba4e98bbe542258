"""Readers and writers of other apps' files: one shared reader, one table per app.

A package of its own, which fulfils the engine's port ``Importer``:
``Engine.create(Ports(importer=voltlift_importers))``.
"""

from voltlift_importers.export import export_csv
from voltlift_importers.preview import preview, preview_now

__all__ = ["export_csv", "preview", "preview_now"]

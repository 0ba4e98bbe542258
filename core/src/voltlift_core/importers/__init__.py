"""Readers of other apps' exports: one shared reader, one table per app."""

from voltlift_core.importers.preview import preview

__all__ = ["preview"]

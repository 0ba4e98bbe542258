"""Exports of workout apps to lifters, through the importers of core."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import voltlift_importers
from voltlift_core import Engine, Json, Ports, PreviewImportRequest, encode
from voltlift_models.corpus import Lifter, Source


def read_export(path: Path, licence: str = "") -> Lifter:
    """Return the lifter whose export a file is; one file is one lifter."""
    data = path.read_bytes()
    source = Source(path.name, hashlib.sha256(data).hexdigest(), licence)
    return Lifter.of_app_state(path.stem, asyncio.run(_app_state(path.name, data)), source)


async def _app_state(name: str, data: bytes) -> Json:
    engine = await Engine.create(Ports(importer=voltlift_importers))
    preview = await engine.preview_import(PreviewImportRequest(file_name=name), data)
    return {
        "settings": {"units": preview.unit.unit if preview.unit else "kg"},
        "history": [encode(session) for session in preview.sessions],
        "customExercises": [encode(exercise) for exercise in preview.custom_exercises],
    }

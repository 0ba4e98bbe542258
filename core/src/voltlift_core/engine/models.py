"""From the registry to models that answer, and files that travel beside a request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from voltlift_core.contract import FilePart, LeftOutModel
from voltlift_core.engine.learned import Learned, Models
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Artefact, Inference, ModelRegistry


async def load_active(
    learned: Learned, registry: ModelRegistry, inference: Inference | None
) -> tuple[Models, tuple[LeftOutModel, ...]]:
    """Return the active models of a registry, and which of them cannot be used.

    An artefact that the registry cannot give, or that does not fit, is left out; all others are
    loaded.
    """
    names = learned.MODEL_NAMES
    reading = asyncio.gather(*map(registry.active, names), return_exceptions=True)
    # Begun, so that storage works while the package is imported.
    await learned.prepare()
    artefacts: dict[str, Artefact] = {}
    damaged: list[LeftOutModel] = []
    for name, found in zip(names, await reading, strict=True):
        if isinstance(found, VoltLiftError):
            code, message = str(found.code), str(found)
            damaged.append(LeftOutModel(name=name, version="", code=code, message=message))
        elif isinstance(found, BaseException):
            raise found
        elif found is not None:
            artefacts[name] = found
    models = await learned.load_models(artefacts, registry, inference)
    return models, (*damaged, *models.left_out)


def file_parts(parts: Sequence[FilePart], data: bytes) -> dict[str, bytes]:
    """Return the files of a request by name.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where the lengths are not those of the bytes.

    Examples
    --------
    >>> file_parts([FilePart(name="a", bytes=2), FilePart(name="b", bytes=1)], b"xyz")
    {'a': b'xy', 'b': b'z'}
    """
    total = sum(part.bytes for part in parts)
    if total != len(data) or any(part.bytes < 0 for part in parts):
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "the files are not those that the request names",
            path="$.files",
            expected=f"{total} bytes",
            received=f"{len(data)} bytes",
        )
    files, at = {}, 0
    for part in parts:
        files[part.name] = data[at : at + part.bytes]
        at += part.bytes
    return files

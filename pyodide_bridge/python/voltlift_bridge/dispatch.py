"""Requests from the other side of the boundary: JSON text in, JSON text out."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Awaitable
from dataclasses import replace
from typing import Protocol

from voltlift_bridge.behind import Behind, Others
from voltlift_bridge.javascript_inference import JavaScriptInference
from voltlift_bridge.javascript_stores import (
    JavaScriptFeatureStore,
    JavaScriptLogStore,
    JavaScriptModelRegistry,
)
from voltlift_core import (
    METHODS,
    Engine,
    ErrorCode,
    Ports,
    Progress,
    VoltLiftError,
    __version__,
    decode,
    encode_json,
    parse_json,
)

SAVE_DELAY_S = 0.3
"""How long derived data waits for requests to go first."""


class Buffer(Protocol):
    """A JavaScript ArrayBuffer or typed array, as Pyodide hands it over."""

    def to_bytes(self) -> bytes:
        """Return a copy of its bytes."""
        ...


class OnStep(Protocol):
    """Told how far a long request is; answers whether to go on with it."""

    def __call__(self, stage: str, done: int, total: int) -> bool:
        """Take note that ``done`` of ``total`` steps of ``stage`` are done."""
        ...


class _GivenUpError(Exception):
    """The page does not want the answer any more."""


class Dispatcher:
    """Answers one engine's requests. No exception crosses the boundary.

    ``call`` gives ``{"ok": response}`` or ``{"error": {code, message, details}}``.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._others = Others()
        self._saving: asyncio.Task[None] | None = None
        self._storage_error: Exception | None = None

    @classmethod
    async def create(
        cls,
        log_store: object = None,
        feature_store: object = None,
        model_registry: object = None,
        inference: object = None,
        on_progress: Progress | None = None,
        utc_offset_minutes: int = 0,
    ) -> Dispatcher:
        """Return a dispatcher over JavaScript stores; the worker's way in.

        Parameters
        ----------
        log_store, feature_store, model_registry : JavaScript object, optional
            The worker's stores (``pyodide_bridge/src/storage``); in memory where missing.
        inference : JavaScript object, optional
            The worker's runtimes (``pyodide_bridge/src/inference``); arrays alone where missing.
        on_progress : callable, optional
            Told how far the catching up with the log is.
        utc_offset_minutes : int
            UTC offset of sessions that do not carry their own.
        """
        ports = Ports()
        if log_store is not None:
            ports = replace(ports, log=JavaScriptLogStore(log_store))
        if feature_store is not None:
            ports = replace(ports, features=JavaScriptFeatureStore(feature_store))
        if model_registry is not None:
            ports = replace(ports, models=JavaScriptModelRegistry(model_registry))
        if inference is not None:
            ports = replace(ports, inference=JavaScriptInference(inference))
        return await cls.over(ports, utc_offset_minutes=utc_offset_minutes, progress=on_progress)

    @classmethod
    async def over(
        cls,
        ports: Ports | None = None,
        *,
        utc_offset_minutes: int = 0,
        progress: Progress | None = None,
    ) -> Dispatcher:
        """Return a dispatcher whose engine knows what its stores hold.

        Coach, importers and samples are added where the ports have none.
        """
        ports = (ports or Ports()).with_installed()
        engine = await Engine.create(
            ports, utc_offset_minutes=utc_offset_minutes, progress=progress
        )
        dispatcher = cls(engine)
        dispatcher._save_soon()
        return dispatcher

    def call(
        self,
        method: str,
        request: str,
        data: bytes | Buffer | None = None,
        on_step: OnStep | None = None,
    ) -> Awaitable[str]:
        """Answer one request. A long one, which reports, pauses while others are open.

        Parameters
        ----------
        method : str
            A name of ``voltlift_core.METHODS``.
        request : str
            The request as JSON text.
        data : bytes or JavaScript buffer, optional
            A file that travels beside the request.
        on_step : callable, optional
            Asked between the steps of a long request; where it answers False, the request is
            given up and answered with ``aborted``.
        """
        answer = self._call(method, request, data, on_step)
        spec = METHODS.get(method)
        if spec is not None and spec.reports:
            return Behind(answer, self._others).answer()
        # From now on, not from when the loop comes round to it.
        return self._others.first(answer)

    async def _call(
        self, method: str, request: str, data: bytes | Buffer | None, on_step: OnStep | None
    ) -> str:
        try:
            answer = await self._answer(method, request, data, on_step)
            return f'{{"ok":{encode_json(answer)}}}'
        except _GivenUpError:
            return json.dumps({"error": {"code": "aborted", "message": "the request was given up"}})
        except VoltLiftError as error:
            return json.dumps({"error": error.to_wire()})
        except Exception as error:
            return json.dumps({"error": _unexpected(method, error)})

    def describe(self) -> str:
        """Return engine version, revision, workouts, days and notices as JSON text."""
        notices = list(self._engine.notices)
        if self._storage_error is not None:
            notices.append(str(self._storage_error))
        return json.dumps(
            {
                "engineVersion": __version__,
                "revision": self._engine.revision,
                "workouts": self._engine.workouts,
                "days": self._engine.days,
                "notices": notices,
            }
        )

    async def settle(self) -> None:
        """Wait until derived data is written."""
        while self._saving is not None:
            await self._saving

    async def _answer(
        self, method: str, request: str, data: bytes | Buffer | None, on_step: OnStep | None
    ) -> object:
        spec = METHODS.get(method)
        if spec is None:
            raise VoltLiftError(
                ErrorCode.UNKNOWN_METHOD,
                "the engine has no such method",
                expected="one of " + ", ".join(METHODS),
                received=repr(method),
            )
        contract_request: object = decode(spec.request, parse_json(request))
        function = getattr(self._engine, method)
        besides: dict[str, object] = {}
        if spec.takes_bytes:
            besides["data"] = _bytes(data)
        if spec.reports:
            besides["progress"] = _progress(on_step)
        answer: object = await function(contract_request, **besides)
        if method == "ingest":
            self._save_soon()
        return answer

    def _save_soon(self) -> None:
        """Write derived data behind the answer; one write at a time, the last state wins."""
        if self._saving is None:
            self._saving = asyncio.ensure_future(self._save())

    async def _save(self) -> None:
        try:
            revision = -1
            while revision != self._engine.revision:
                # What follows a change (the next suggestions) goes first.
                await asyncio.sleep(SAVE_DELAY_S)
                revision = self._engine.revision
                await self._engine.save()
            self._storage_error = None
        except Exception as error:
            # Columns can be rebuilt from the log: worth a notice, not worth a failed request.
            self._storage_error = error
        finally:
            self._saving = None


def _bytes(data: bytes | Buffer | None) -> bytes | None:
    if data is None or isinstance(data, bytes):
        return data
    return data.to_bytes()


def _progress(on_step: OnStep | None) -> Progress | None:
    if on_step is None:
        return None

    def progress(stage: str, done: int, total: int) -> None:
        if not on_step(stage, done, total):
            raise _GivenUpError

    return progress


def _unexpected(method: str, error: Exception) -> dict[str, object]:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return {
        "code": str(ErrorCode.INTERNAL),
        "message": f"{method} failed unexpectedly: {type(error).__name__}: {error}",
        "details": {
            "where": f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} in {frame.name}",
            "remedy": "The log is untouched; please report this with the place named here",
        },
    }

"""The port ``Inference`` over the worker's runtimes: ONNX Runtime Web and TensorFlow.js.

As the stores: one JSON text each way and one buffer with all tensors; no proxy outlives its
call. The other side is ``pyodide_bridge/src/worker/python-inference.ts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod

import numpy as np

from voltlift_bridge.javascript_stores import JavaScriptObject
from voltlift_core import Tensor


class JavaScriptInference(JavaScriptObject):
    """Runtimes that run beside Python.

    Parameters
    ----------
    target : JavaScript object
        What ``pythonInference`` returns.
    """

    def can_open(self, file: str) -> bool:
        """Return whether a runtime here reads this kind of file, by its name."""
        return file.endswith((".onnx", "model.json"))

    async def open(self, file: str, files: Mapping[str, bytes]) -> JavaScriptSession:
        """Return a session of a file, warmed up."""
        sizes = [(name, len(data)) for name, data in files.items()]
        found, _ = await self._ask("open", file, sizes, data=b"".join(files.values()))
        names = tuple(found["inputs"]), tuple(found["outputs"])
        return JavaScriptSession(self._target, str(found["id"]), str(found["runtime"]), *names)


class JavaScriptSession(JavaScriptObject):
    """A session of one of these runtimes."""

    def __init__(
        self,
        target: object,
        id_: str,
        runtime: str,
        inputs: tuple[str, ...],
        outputs: tuple[str, ...],
    ) -> None:
        super().__init__(target)
        self._id = id_
        self.runtime = runtime
        self.inputs = inputs
        self.outputs = outputs

    async def run(self, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return all outputs for the inputs."""
        arrays = {name: np.ascontiguousarray(feed, np.float32) for name, feed in feeds.items()}
        shapes = [(name, array.shape) for name, array in arrays.items()]
        data = b"".join(array.tobytes() for array in arrays.values())
        found, received = await self._ask("run", self._id, shapes, data=data)
        return dict(_tensors(found, received))

    async def dispose(self) -> None:
        """Free what it holds; a second time does nothing."""
        await self._ask("dispose", self._id)


def _tensors(shapes: Iterable[tuple[str, list[int]]], data: bytes) -> Iterable[tuple[str, Tensor]]:
    at = 0
    for name, shape in shapes:
        size = prod(shape)
        yield name, np.frombuffer(data, np.float32, size, at).reshape(shape)
        at += 4 * size

"""The port ``Inference`` over ONNX Runtime: nets answer in CPython as they do in the browser."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import numpy as np
import onnxruntime as ort

from voltlift_core import ErrorCode, Tensor, VoltLiftError

RUNTIME = "onnxruntime"

_FLOAT = "tensor(float)"


class NativeInference:
    """Opens ONNX models on one thread of the processor.

    Examples
    --------
    >>> NativeInference().can_open("net.onnx"), NativeInference().can_open("tfjs/model.json")
    (True, False)
    """

    def can_open(self, file: str) -> bool:
        """Return whether this is an ONNX file, by its name."""
        return file.endswith(".onnx")

    async def open(self, file: str, files: Mapping[str, bytes]) -> NativeSession:
        """Return a session of a file that has answered a row of zeros.

        Raises
        ------
        VoltLiftError
            ``not_available`` where it is no ONNX file or takes other tensors than floats,
            ``corrupt_data`` where it is damaged or missing.
        """
        if not self.can_open(file):
            raise VoltLiftError(
                ErrorCode.NOT_AVAILABLE,
                "no runtime here reads this file",
                path=file,
                expected="*.onnx",
                received=file,
            )
        if file not in files:
            raise _corrupt(file, "no file of this name")
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            opened = ort.InferenceSession(files[file], options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise _corrupt(file, str(error)) from error
        session = NativeSession(opened, file)
        await session.warm()
        return session


class NativeSession:
    """A session of ONNX Runtime.

    Parameters
    ----------
    session : onnxruntime.InferenceSession
        What answers.
    file : str
        Its name, for errors.
    """

    runtime = RUNTIME

    def __init__(self, session: ort.InferenceSession, file: str) -> None:
        self._session: ort.InferenceSession | None = session
        self._shapes = {item.name: list(item.shape) for item in session.get_inputs()}
        for item in session.get_inputs():
            if item.type != _FLOAT:
                raise VoltLiftError(
                    ErrorCode.NOT_AVAILABLE,
                    "the model takes other tensors than floats",
                    path=f"{file}: {item.name}",
                    expected=_FLOAT,
                    received=item.type,
                )
        self._file = file
        self._lock = asyncio.Lock()
        self.inputs = tuple(self._shapes)
        self.outputs = tuple(item.name for item in session.get_outputs())

    async def warm(self) -> None:
        """Answer zeros once: the first answer of a session is its slowest."""
        await self.run(
            {
                name: np.zeros([n if isinstance(n, int) else 1 for n in shape], np.float32)
                for name, shape in self._shapes.items()
            }
        )

    async def run(self, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return all outputs for the inputs.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where names or shapes are others than the model's, ``inference``
            where the runtime fails or the session is disposed of.
        """
        session = self._session
        if session is None:
            raise self._failed("the session is disposed of")
        self._check(feeds)
        given = {name: np.ascontiguousarray(feed, np.float32) for name, feed in feeds.items()}
        async with self._lock:
            try:
                found = await asyncio.to_thread(session.run, list(self.outputs), given)
            except Exception as error:
                raise self._failed(str(error)) from error
        return {
            name: np.asarray(array, np.float32)
            for name, array in zip(self.outputs, found, strict=True)
        }

    async def dispose(self) -> None:
        """Let go of the model; a second time does nothing."""
        self._session = None

    def _check(self, feeds: Mapping[str, Tensor]) -> None:
        if set(feeds) != set(self._shapes):
            raise self._refused("other inputs than the model's", self.inputs, sorted(feeds))
        for name, shape in self._shapes.items():
            given = feeds[name].shape
            fixed = zip(shape, given, strict=False)
            if len(given) != len(shape) or any(
                isinstance(expected, int) and expected != received for expected, received in fixed
            ):
                raise self._refused(f"another shape of {name}", shape, list(given))

    def _refused(self, what: str, expected: object, received: object) -> VoltLiftError:
        return VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            f"{what} in {self._file}",
            expected=str(expected),
            received=str(received),
        )

    def _failed(self, why: str) -> VoltLiftError:
        return VoltLiftError(
            ErrorCode.INFERENCE, f"{self._file} did not answer", expected="outputs", received=why
        )


def _corrupt(file: str, why: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.CORRUPT_DATA,
        "this is no ONNX model",
        path=file,
        expected="a model that ONNX Runtime reads",
        received=why,
        remedy="Fetch the model again",
    )

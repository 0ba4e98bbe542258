"""What a model that is not in use yet says to the rows of its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

import numpy as np

from voltlift_core.contract import TryModelRequest, TryModelResponse
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Inference, Tensor
from voltlift_core.scoring.session import check_outputs, wrong_output
from voltlift_learned.factors import Factors
from voltlift_learned.loads.model import PARTS, LoadModel
from voltlift_learned.ranker import Ranker
from voltlift_learned.trees import TreeEnsemble

_READ: Mapping[tuple[str, str], Callable[[bytes], object]] = {
    ("ranker", "ranker.npz"): Ranker.from_npz,
    ("collaborative-filter", "factors.npz"): Factors.from_npz,
    ("load", "load.npz"): LoadModel.from_npz,
}


async def try_model(
    request: TryModelRequest, files: Mapping[str, bytes], inference: Inference | None
) -> TryModelResponse:
    """Return the answers to the rows of a request, one number a row.

    Trees are asked as the arrays that will answer later, under the name of the ONNX file that
    the card was made with: both are the same trees. Arrays without rows to be asked are read,
    as they will be when they are loaded: a card has none where a model takes no features.
    """
    if not request.inputs and _is_readable(request, files):
        return TryModelResponse(outputs=(), runtime="numpy")
    rows = _table(request.inputs)
    trees = _trees(request, files)
    if trees is not None:
        return TryModelResponse(outputs=tuple(trees.predict(rows).tolist()), runtime="numpy")
    if inference is None or not inference.can_open(request.file):
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            "nothing here runs this file",
            path="$.file",
            expected="arrays of a known model, or a runtime that reads it",
            received=request.file,
        )
    session = await inference.open(request.file, files)
    try:
        outputs = await session.run({session.inputs[0]: rows})
        check_outputs(outputs, len(rows))
        return TryModelResponse(outputs=_first(outputs, len(rows)), runtime=session.runtime)
    finally:
        await session.dispose()


def _table(inputs: Sequence[Sequence[float]]) -> Tensor:
    widths = sorted({len(row) for row in inputs})
    if len(widths) != 1:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "the rows are not all of one length",
            path="$.inputs",
            expected="at least one row, all of the same length",
            received=f"{len(inputs)} rows of the lengths {widths}",
        )
    return np.array(inputs, np.float32)


def _is_readable(request: TryModelRequest, files: Mapping[str, bytes]) -> bool:
    """Return whether the file is one of arrays; raises where these are damaged."""
    read = _READ.get((request.model, request.file))
    if read is None or request.file not in files:
        return False
    read(files[request.file])
    return True


def _trees(request: TryModelRequest, files: Mapping[str, bytes]) -> TreeEnsemble | None:
    part = PurePosixPath(request.file).stem
    if request.model == "ranker" and "ranker.npz" in files:
        ranker = Ranker.from_npz(files["ranker.npz"])
        return {"next": ranker.next_trees, "session": ranker.session_trees}.get(part)
    if request.model == "load" and "load.npz" in files and part in PARTS:
        trees: TreeEnsemble = getattr(LoadModel.from_npz(files["load.npz"]), part)
        return trees
    return None


def _first(outputs: Mapping[str, Tensor], rows: int) -> tuple[float, ...]:
    output = next(iter(outputs.values()))
    if output.size != rows:
        raise wrong_output("not one number a row", f"{rows} numbers", f"{output.size}")
    return tuple(output.ravel().tolist())

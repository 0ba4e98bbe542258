"""The files of the neural net: ONNX whole and in eight bits, and TensorFlow.js."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voltlift_models.cards import Probe
from voltlift_models.export.quantise import quantised
from voltlift_models.export.tfjs import to_tfjs
from voltlift_models.train.mlp import MlpFit, layers_of, to_onnx

WHOLE = "net.onnx"
SMALL = "net.u8.onnx"
TFJS = "tfjs"

SMALL_TOLERANCE = 0.05
"""How far eight bits may be off the whole net, in probability."""


def net_files(fit: MlpFit, rows: NDArray[np.float32]) -> tuple[dict[str, bytes], tuple[Probe, ...]]:
    """Return the files of a fitted net, and probes of each form that it ships in.

    Parameters
    ----------
    fit : MlpFit
        The net.
    rows : ndarray of float32, shape (n, 100)
        Rows to try it with.
    """
    whole = to_onnx(fit.model)
    layers = to_tfjs(fit.model.name, layers_of(fit.model))
    files = {
        WHOLE: whole,
        SMALL: quantised(whole),
        **{f"{TFJS}/{name}": content for name, content in layers.items()},
    }
    expected = fit.predict(rows)
    probes = (
        Probe.of(WHOLE, rows, expected),
        Probe.of(SMALL, rows, expected, SMALL_TOLERANCE),
        Probe.of(f"{TFJS}/model.json", rows, expected),
    )
    return files, probes

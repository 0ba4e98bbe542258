"""Small variants of ONNX models: weights in eight bits, answers in floats."""

from __future__ import annotations

import tempfile
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic


def quantised(data: bytes) -> bytes:
    """Return an ONNX model with its matrix products in dynamic QUInt8.

    Unsigned weights, since products of signed ones saturate on processors without VNNI.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "whole.onnx"), Path(folder, "small.onnx")
        source.write_bytes(data)
        quantize_dynamic(source, target, weight_type=QuantType.QUInt8)
        return target.read_bytes()

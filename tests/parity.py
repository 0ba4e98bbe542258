"""Answers of the runtimes of the browser, by way of Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

REPOSITORY = Path(__file__).parents[1]

Job = tuple[Literal["onnx", "tfjs"], Path, NDArray[np.float32]]


def answers(*jobs: Job) -> list[NDArray[np.float64]]:
    """Return what onnxruntime-web or TensorFlow.js answers, one number a row, a list a job."""
    asked = [
        {"runtime": runtime, "path": str(path), "rows": rows.tolist()}
        for runtime, path, rows in jobs
    ]
    ran = subprocess.run(
        ["node", str(REPOSITORY / "models/parity/predict.mjs")],
        input=json.dumps({"jobs": asked}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=REPOSITORY,
    )
    assert ran.returncode == 0, ran.stderr
    return [np.array(found, np.float64) for found in json.loads(ran.stdout)]

"""What is asked of the answer of a session before it is believed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import Tensor


def check_outputs(outputs: Mapping[str, Tensor], rows: int) -> None:
    """Refuse outputs that are no numbers, or not one answer a row.

    Parameters
    ----------
    outputs : mapping of str to ndarray
        What a session gave.
    rows : int
        How many rows it was asked.

    Raises
    ------
    VoltLiftError
        ``inference`` naming the output.

    Examples
    --------
    >>> check_outputs({"p": np.zeros((2, 1), np.float32)}, 2)
    """
    if not outputs:
        raise wrong_output("the model gives nothing", "an output", "none")
    for name, output in outputs.items():
        if output.ndim == 0 or len(output) != rows:
            raise wrong_output(
                f"{name} is not one answer a row", f"{rows} rows", f"shape {list(output.shape)}"
            )
        if not np.isfinite(output).all():
            strange = int((~np.isfinite(output)).sum())
            raise wrong_output(
                f"{name} is not all numbers", "finite numbers", f"{strange} that are not"
            )


def wrong_output(what: str, expected: str, received: str) -> VoltLiftError:
    """Return the error of a model that answers otherwise than its kind does."""
    return VoltLiftError(
        ErrorCode.INFERENCE,
        what,
        expected=expected,
        received=received,
        remedy="Roll the model back, or deactivate it",
    )

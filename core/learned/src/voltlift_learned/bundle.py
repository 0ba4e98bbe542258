"""Arrays with a description in one file: ``.npz`` without pickle, the same bytes every time."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.wire import Json

Array: TypeAlias = NDArray[Any]

_ABOUT = "about"


def pack(kind: str, about: Mapping[str, Json], arrays: Mapping[str, Array]) -> bytes:
    """Return arrays and what they are as the bytes of an ``.npz`` file.

    Parameters
    ----------
    kind : str
        Name and version of the format, such as ``trees/1``.
    about : mapping
        Whatever JSON can say about the arrays.
    arrays : mapping
        Arrays of numbers, by name.

    Examples
    --------
    >>> about, arrays = unpack("pair/1", pack("pair/1", {"unit": "kg"}, {"x": np.arange(2)}))
    >>> about["unit"], arrays["x"].tolist()
    ('kg', [0, 1])
    """
    text = json.dumps({**about, "kind": kind}, separators=(",", ":"), sort_keys=True)
    members = {_ABOUT: np.frombuffer(text.encode(), np.uint8), **arrays}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(members):
            # Without a date of its own a member has the first one that there is, 1980.
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as file:
                np.lib.format.write_array(file, members[name], allow_pickle=False)
    return out.getvalue()


def unpack(kind: str, data: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return what ``pack`` was given.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where the bytes are no such file, or one of another kind.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays: dict[str, Array] = {name: archive[name] for name in archive.files}
        for name, array in arrays.items():
            if array.dtype.kind not in "biuf":
                raise TypeError(f"{name} is of {array.dtype}")
        about = json.loads(arrays.pop(_ABOUT).tobytes())
    except Exception as error:  # Damaged bytes raise a dozen kinds: zip, zlib, numpy, JSON.
        raise corrupt(f"the file of {kind} cannot be read", str(error)) from error
    if not isinstance(about, dict) or about.get("kind") != kind:
        found = about.get("kind") if isinstance(about, dict) else None
        raise corrupt("the file holds something else", f"{found!r} instead of {kind!r}")
    return about, arrays


def corrupt(what: str, found: str) -> VoltLiftError:
    """Return the error for a file that is not what it should be."""
    return VoltLiftError(
        ErrorCode.CORRUPT_DATA,
        f"{what}: {found}",
        remedy="Fetch the model again; the rules and the last good version stay in use",
    )

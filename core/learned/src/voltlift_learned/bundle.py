"""Arrays with a description in one file: ``.npz`` without pickle, the same bytes every time."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.wire import Json

Array: TypeAlias = NDArray[Any]

_ABOUT = "about"

# What NumPy writes before numbers in the order of C; anything else is none of ours.
_HEADER = re.compile(
    rb"\{'descr': '([<|][biuf]\d)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \}\s*$"
)


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
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            arrays = {
                name.removesuffix(".npy"): _array(name, archive.read(name))
                for name in archive.namelist()
            }
        about = json.loads(arrays.pop(_ABOUT).tobytes())
    except Exception as error:  # Damaged bytes raise a dozen kinds: zip, zlib, numpy, JSON.
        raise corrupt(f"the file of {kind} cannot be read", str(error)) from error
    if not isinstance(about, dict) or about.get("kind") != kind:
        found = about.get("kind") if isinstance(about, dict) else None
        raise corrupt("the file holds something else", f"{found!r} instead of {kind!r}")
    return about, arrays


def _array(name: str, member: bytes) -> Array:
    """Return the array of a member; ``np.load`` takes twice as long for many small ones.

    Raises
    ------
    TypeError, ValueError
        Where the member is no array of numbers.
    """
    major, start = member[6], 10 if member[6] == 1 else 12
    if member[:6] != np.lib.format.MAGIC_PREFIX or major not in (1, 2):
        raise ValueError(f"{name} is no array")
    start += int.from_bytes(member[8:start], "little")
    header = _HEADER.match(member, 10 if major == 1 else 12, start)
    if header is None:
        raise TypeError(f"{name} holds no plain numbers")
    shape = tuple(int(length) for length in header[2].split(b",") if length.strip())
    return np.frombuffer(member, header[1].decode(), offset=start).reshape(shape)


def corrupt(what: str, found: str) -> VoltLiftError:
    """Return the error for a file that is not what it should be."""
    return VoltLiftError(
        ErrorCode.CORRUPT_DATA,
        f"{what}: {found}",
        remedy="Fetch the model again; the rules and the last good version stay in use",
    )

"""Arrays in one file: what comes back is what was packed, and anything else is refused."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.bundle import pack, unpack

DTYPES = st.sampled_from(["bool", "int8", "uint8", "int16", "int32", "int64", "float32", "float64"])


@given(
    DTYPES.flatmap(lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, min_side=0)))
)
def test_what_is_packed_comes_back(array) -> None:
    about, found = unpack("kind/1", pack("kind/1", {"unit": "kg"}, {"x": array, "y": np.arange(3)}))
    assert about == {"kind": "kind/1", "unit": "kg"}
    assert found["x"].dtype == array.dtype
    assert found["x"].shape == array.shape
    assert np.array_equal(found["x"], array, equal_nan=array.dtype.kind == "f")
    assert found["y"].tolist() == [0, 1, 2]


def test_numpy_reads_the_file_as_well() -> None:
    data = pack("kind/1", {}, {"x": np.arange(6.0).reshape(2, 3)})
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        assert archive["x"].tolist() == [[0, 1, 2], [3, 4, 5]]


def with_member(content: bytes) -> bytes:
    """Return a file whose array ``x`` has other bytes."""
    out = io.BytesIO(pack("kind/1", {}, {}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("x.npy", content)
    return out.getvalue()


def npy(array: np.ndarray, **options: bool) -> bytes:
    out = io.BytesIO()
    np.save(out, array, **options)
    return out.getvalue()


FINE = npy(np.arange(4, dtype=np.int32))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93NUM",
        b"no array at all, but long enough to be one",
        FINE[:-1],
        FINE + b"\x00\x00\x00\x00",
        FINE[:6] + b"\x09" + FINE[7:],
        FINE.replace(b"(4,)", b"(5,)"),
        FINE.replace(b"(4,)", b"(-1)"),
        FINE.replace(b"<i4", b"|O8"),
        npy(np.array(["text"])),
        npy(np.array([1 + 2j])),
        npy(np.asfortranarray(np.ones((2, 3)))),
        npy(np.array([{"an": "object"}], dtype=object), allow_pickle=True),
        npy(np.arange(4, dtype=">i4")),
    ],
    ids=[
        *("empty", "short", "text", "cut", "too long", "version", "more", "negative", "object"),
        *("strings", "complex", "fortran", "pickle", "big-endian"),
    ],
)
def test_anything_but_plain_numbers_is_refused(content) -> None:
    assert unpack("kind/1", with_member(FINE))[1]["x"].tolist() == [0, 1, 2, 3]
    with pytest.raises(VoltLiftError) as caught:
        unpack("kind/1", with_member(content))
    assert caught.value.code == ErrorCode.CORRUPT_DATA


def test_another_kind_is_refused() -> None:
    with pytest.raises(VoltLiftError, match="'kind/1' instead of 'kind/2'"):
        unpack("kind/2", pack("kind/1", {}, {}))

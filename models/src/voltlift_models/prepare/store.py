"""Prepared samples on disk: dataclasses of arrays as ``.npz`` without pickle."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np

from voltlift_core import ErrorCode, Json, VoltLiftError
from voltlift_learned.bundle import Array, pack, unpack

T = TypeVar("T")

_NESTED = "/"


def to_bytes(samples: object) -> bytes:
    """Return samples, a dataclass of arrays, numbers, texts and further dataclasses.

    Raises
    ------
    TypeError
        Where a field is of another kind.
    """
    arrays: dict[str, Array] = {}
    about: dict[str, Json] = {}
    _take_apart(samples, "", arrays, about)
    return pack(_kind(type(samples)), about, arrays)


def from_bytes(cls: type[T], data: bytes) -> T:
    """Return what ``to_bytes`` was given.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where the bytes are no samples of this class.
    """
    about, arrays = unpack(_kind(cls), data)
    try:
        return _put_together(cls, "", arrays, about)
    except (KeyError, TypeError, ValueError) as error:
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            "prepared samples are incomplete",
            expected=cls.__name__,
            received=str(error),
            remedy="Prepare them again",
        ) from error


def write_samples(path: Path, samples: object) -> None:
    """Write samples to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_bytes(samples))


def read_samples(cls: type[T], path: Path) -> T:
    """Return the samples of a file."""
    return from_bytes(cls, path.read_bytes())


def _kind(cls: type) -> str:
    return f"samples/1/{cls.__name__}"


def _take_apart(
    value: object, prefix: str, arrays: dict[str, Array], about: dict[str, Json]
) -> None:
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} at {prefix or '$'} is no dataclass")
    for field in dataclasses.fields(value):
        name, item = prefix + field.name, getattr(value, field.name)
        if isinstance(item, np.ndarray):
            arrays[name] = item
        elif isinstance(item, (bool, int, float, str)) or item is None:
            about[name] = item
        elif isinstance(item, tuple) and all(isinstance(part, str) for part in item):
            about[name] = list(item)
        elif isinstance(item, Mapping):
            about[name] = list(item)
            arrays |= {f"{name}{_NESTED}{key}": np.asarray(part) for key, part in item.items()}
        else:
            _take_apart(item, name + _NESTED, arrays, about)


def _put_together(
    cls: type[T], prefix: str, arrays: Mapping[str, Array], about: Mapping[str, Any]
) -> T:
    hints = get_type_hints(cls)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]  # any class is checked here
        name, hint = prefix + field.name, hints[field.name]
        if name in arrays:
            values[field.name] = arrays[name]
        elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
            values[field.name] = _put_together(hint, name + _NESTED, arrays, about)
        elif (
            isinstance(about[name], list)
            and f"{name}{_NESTED}{next(iter(about[name]), '')}" in arrays
        ):
            values[field.name] = {key: arrays[f"{name}{_NESTED}{key}"] for key in about[name]}
        else:
            found = about[name]
            values[field.name] = tuple(found) if isinstance(found, list) else found
    return cls(**values)

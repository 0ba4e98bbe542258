"""JSON codec of the contract: frozen dataclasses to and from camelCase JSON.

The codec reads the types off the dataclasses, so that there is one description of the
contract. Reading is strict (requests come from code, not from people): an unknown or
ill-typed field is an error that names its path. The lenient reading of app states is
the job of ``voltlift_core.history``.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from voltlift_core.errors import ErrorCode, VoltLiftError, invalid_configuration

Json: TypeAlias = object
"""Any JSON value; passed through unread by the codec."""

T = TypeVar("T")

_PLAIN = frozenset({str, int, float, bool, type(None)})


def camel_case(name: str) -> str:
    """Return the wire spelling of a field name.

    Examples
    --------
    >>> camel_case("utc_offset_minutes")
    'utcOffsetMinutes'
    """
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


@dataclasses.dataclass(frozen=True)
class Field:
    """A field of a contract class as the wire sees it."""

    name: str
    wire: str
    hint: object
    required: bool


@cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """Return the fields of a contract dataclass, with resolved types."""
    hints = get_type_hints(cls)
    return tuple(
        Field(
            name=field.name,
            wire=camel_case(field.name),
            hint=hints[field.name],
            required=field.default is dataclasses.MISSING
            and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(cls)
    )


def encode(value: object) -> object:
    """Return the JSON value of a contract object.

    Examples
    --------
    >>> from voltlift_core.contract import Reason
    >>> encode(Reason(code="favourite", points=10.0, values={"days": 3.0}))
    {'code': 'favourite', 'points': 10.0, 'values': {'days': 3.0}}
    """
    if type(value) in _PLAIN:  # First, since nine values of ten are.
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.wire: encode(getattr(value, field.name)) for field in fields_of(type(value))}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    return value


def encode_json(value: object) -> str:
    """Return the JSON text of a contract object; NaN and infinities are refused."""
    return _ENCODER.encode(value)


@cache
def _reader(cls: type) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """Return the wire names of a contract class, and what reads its fields."""
    names = [field.name for field in fields_of(cls)]
    # Two names more, which zip leaves out: attrgetter gives a tuple for several ones only.
    read = attrgetter(*names, "__class__", "__class__")
    return tuple(field.wire for field in fields_of(cls)), read


def _shallow(value: object) -> dict[str, object]:
    """Return the fields of a contract object, the rest being left to the encoder in C."""
    cls: type = type(value)
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"the wire has no rule for {cls!r}")
    wires, read = _reader(cls)
    return dict(zip(wires, read(value), strict=False))


_ENCODER = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_shallow
)


def parse_json(text: str | bytes) -> object:
    """Parse JSON text; an error carries line and column."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            f"not readable as JSON ({error})",
            path="$",
            expected="JSON text",
            received=_show(text[:40]),
        ) from error


def decode(cls: type[T], value: object, path: str = "$") -> T:
    """Return the contract object that a JSON value stands for.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` with the path of the first field that does not fit.

    Examples
    --------
    >>> from voltlift_core.contract import ExplainRequest
    >>> decode(ExplainRequest, {"now": 0, "exerciseId": "squat"}).exercise_id
    'squat'
    """
    return cast(T, _decode(cls, value, path))


def decode_configuration(
    cls: type[T],
    text: str | bytes,
    what: str,
    remedy: str | None = "The rules in use stay as they are",
) -> T:
    """Return the configuration that a JSON text holds.

    Parameters
    ----------
    cls : type
        Its dataclass.
    text : str or bytes
        JSON.
    what : str
        What cannot be used where it does not fit, for the error.
    remedy : str, optional
        What to do about it, for the error.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` with the path of the first field that does not fit.
    """
    try:
        return decode(cls, parse_json(text))
    except VoltLiftError as error:
        raise invalid_configuration(
            what, error.path, error.expected, error.received, remedy
        ) from error


def _decode(hint: object, value: object, path: str) -> object:
    if hint is object:
        return value
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _decode_dataclass(hint, value, path)
    if hint in (str, int, float, bool):
        return _decode_scalar(hint, value, path)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        if value in args and type(value) in {type(arg) for arg in args}:
            return value
        raise _mismatch(path, "one of " + ", ".join(map(repr, args)), value)
    if origin in (Union, types.UnionType):
        return _decode_union(args, value, path)
    if origin is tuple:
        return _decode_tuple(args, value, path)
    if origin is dict:
        if not isinstance(value, dict):
            raise _mismatch(path, "an object", value)
        return {key: _decode(args[1], item, f"{path}.{key}") for key, item in value.items()}
    raise TypeError(f"the wire has no rule for {hint!r}")


def _decode_dataclass(cls: type, value: object, path: str) -> object:
    if not isinstance(value, dict):
        raise _mismatch(path, f"an object ({cls.__name__})", value)
    known = fields_of(cls)
    unknown = value.keys() - {field.wire for field in known}
    if unknown:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            f"{cls.__name__} has no such field",
            path=f"{path}.{min(unknown)}",
            expected="one of " + ", ".join(field.wire for field in known),
            received=min(unknown),
        )
    arguments: dict[str, object] = {}
    for field in known:
        if field.wire in value:
            arguments[field.name] = _decode(field.hint, value[field.wire], f"{path}.{field.wire}")
        elif field.required:
            raise _mismatch(f"{path}.{field.wire}", "a value", "nothing", shown=True)
    return cls(**arguments)


def _decode_scalar(hint: object, value: object, path: str) -> object:
    if hint is str and isinstance(value, str):
        return value
    if hint is bool and isinstance(value, bool):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value):
        if hint is float:
            return float(value)
        if hint is int and float(value).is_integer():
            return int(value)
    names = {str: "a string", bool: "true or false", int: "a whole number", float: "a number"}
    raise _mismatch(path, names[cast(type, hint)], value)


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an int of hundreds of digits
        return False


def _decode_union(args: tuple[object, ...], value: object, path: str) -> object:
    if value is None and type(None) in args:
        return None
    options = [arg for arg in args if arg is not type(None)]
    if len(options) == 1:
        return _decode(options[0], value, path)
    for option in options:
        try:
            return _decode(option, value, path)
        except VoltLiftError:
            continue
    raise _mismatch(
        path, "one of " + ", ".join(getattr(o, "__name__", str(o)) for o in options), value
    )


def _decode_tuple(args: tuple[object, ...], value: object, path: str) -> object:
    if not isinstance(value, list | tuple):
        raise _mismatch(path, "a list", value)
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(_decode(args[0], item, f"{path}[{i}]") for i, item in enumerate(value))
    if len(value) != len(args):
        raise _mismatch(path, f"a list of {len(args)}", f"a list of {len(value)}", shown=True)
    return tuple(
        _decode(arg, item, f"{path}[{i}]")
        for i, (arg, item) in enumerate(zip(args, value, strict=True))
    )


def _mismatch(path: str, expected: str, value: object, *, shown: bool = False) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.INVALID_REQUEST,
        "the request does not fit the contract",
        path=path,
        expected=expected,
        received=cast(str, value) if shown else _show(value),
    )


def _show(value: object) -> str:
    if value and isinstance(value, dict | list):  # repr fails on what is nested deeply
        return (
            f"an object of {len(value)}" if isinstance(value, dict) else f"a list of {len(value)}"
        )
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def json_schema(roots: Mapping[str, type]) -> dict[str, object]:
    """Return one JSON Schema (draft 7) that defines every class reachable from ``roots``."""
    definitions: dict[str, object] = {}

    def schema_of(hint: object) -> dict[str, object]:
        if hint is object:
            return {}
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            define(hint)
            return {"$ref": f"#/definitions/{hint.__name__}"}
        if isinstance(hint, type):
            names = {str: "string", int: "integer", float: "number", bool: "boolean"}
            return {"type": "null" if hint is type(None) else names[hint]}
        origin, args = get_origin(hint), get_args(hint)
        if origin is Literal:
            return {"enum": list(args)}
        if origin in (Union, types.UnionType):
            return {"anyOf": [schema_of(arg) for arg in args]}
        if origin is tuple and args[1:] == (Ellipsis,):
            return {"type": "array", "items": schema_of(args[0])}
        if origin is tuple:
            return {
                "type": "array",
                "items": [schema_of(arg) for arg in args],
                "minItems": len(args),
                "maxItems": len(args),
            }
        if origin is dict:
            return {"type": "object", "additionalProperties": schema_of(args[1])}
        raise TypeError(f"the wire has no rule for {hint!r}")

    def define(cls: type) -> None:
        if cls.__name__ in definitions:
            return
        definition: dict[str, object] = {"type": "object", "additionalProperties": False}
        definitions[cls.__name__] = definition
        if cls.__doc__:
            definition["description"] = cls.__doc__.strip().split("\n\n")[0].replace("\n    ", " ")
        fields = fields_of(cls)
        definition["properties"] = {field.wire: schema_of(field.hint) for field in fields}
        definition["required"] = [field.wire for field in fields if field.required]

    for root in roots.values():
        define(root)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": dict(sorted(definitions.items())),
    }

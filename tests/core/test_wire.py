"""The codec of the contract: what is encoded comes back, what does not fit names its path."""

from __future__ import annotations

import dataclasses
import json
import sys
import types
from typing import Literal, Union, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import voltlift_core
from voltlift_core import (
    METHODS,
    Delta,
    ErrorCode,
    ExplainRequest,
    IngestRequest,
    RecommendExercisesRequest,
    SuggestLoadRequest,
    VoltLiftError,
    WorkoutSession,
    camel_case,
    decode,
    encode,
    encode_json,
    json_schema,
    parse_json,
)
from voltlift_core.wire import fields_of

CLASSES = [
    cls
    for name in voltlift_core.__all__
    if isinstance(cls := getattr(voltlift_core, name), type)
    and dataclasses.is_dataclass(cls)
    and cls.__module__.startswith("voltlift_core.contract.")
    and name != "Method"
]
ROOTS = {
    f"{name}.{part}": getattr(method, part)
    for name, method in METHODS.items()
    for part in ("request", "response")
}

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
numbers = st.floats(allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | text,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(text, inner, max_size=2),
    max_leaves=4,
)


def _values(hint: object) -> st.SearchStrategy[object]:
    """Values of a field, read off its type as the codec does."""
    if hint is object:
        return plain
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _instances(hint)
    scalars = {str: text, int: st.integers(-(2**53), 2**53), float: numbers, bool: st.booleans()}
    if hint in scalars:
        return scalars[hint]
    if hint is type(None):
        return st.none()
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, types.UnionType):
        # A union of str and float is told apart by the JSON type, so any order will do.
        return st.one_of(*map(_values, args))
    if origin is dict:
        return st.dictionaries(text, _values(args[1]), max_size=2)
    if args[1:] == (Ellipsis,):
        return st.lists(_values(args[0]), max_size=2).map(tuple)
    return st.tuples(*map(_values, args))


def _instances(cls: type) -> st.SearchStrategy[object]:
    return st.deferred(
        lambda: st.builds(cls, **{field.name: _values(field.hint) for field in fields_of(cls)})
    )


# Forty classes share the examples of the profile.
@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@settings(max_examples=max(settings.default.max_examples // 8, 5))
@given(data=st.data())
def test_what_is_encoded_comes_back(cls, data):
    value = data.draw(_instances(cls))
    assert decode(cls, parse_json(encode_json(value))) == value


@pytest.mark.cpython_only(reason="jsonschema is not among the packages inside Pyodide")
@given(data=st.data())
def test_what_is_encoded_fits_the_schema(data):
    import jsonschema

    cls = data.draw(st.sampled_from(CLASSES))
    schema = json_schema({cls.__name__: cls}) | {"$ref": f"#/definitions/{cls.__name__}"}
    value = json.loads(encode_json(data.draw(_instances(cls))))
    jsonschema.Draft7Validator(schema).validate(value)


def test_the_schema_defines_every_class_of_every_method():
    definitions = json_schema(ROOTS)["definitions"]
    assert {cls.__name__ for cls in CLASSES} <= set(definitions)
    for cls in CLASSES:
        definition = definitions[cls.__name__]
        assert list(definition["properties"]) == [field.wire for field in fields_of(cls)]
        assert definition["additionalProperties"] is False


@pytest.mark.parametrize(
    ("name", "wire"),
    [("id", "id"), ("utc_offset_minutes", "utcOffsetMinutes"), ("kg_share", "kgShare")],
)
def test_camel_case(name, wire):
    assert camel_case(name) == wire


def test_defaults_are_filled_in():
    request = decode(RecommendExercisesRequest, {"now": 5})
    assert request == RecommendExercisesRequest(now=5)
    assert request.limit == 5


SESSION = {"id": "a", "name": "", "startTime": 1}


@pytest.mark.parametrize(
    ("cls", "value", "path", "expected", "received"),
    [
        (ExplainRequest, None, "$", "an object (ExplainRequest)", "None"),
        (ExplainRequest, [], "$", "an object (ExplainRequest)", "[]"),
        (ExplainRequest, {"exerciseId": "a"}, "$.now", "a value", "nothing"),
        (ExplainRequest, {"now": "0", "exerciseId": "a"}, "$.now", "a whole number", "'0'"),
        (ExplainRequest, {"now": 0.5, "exerciseId": "a"}, "$.now", "a whole number", "0.5"),
        (ExplainRequest, {"now": True, "exerciseId": "a"}, "$.now", "a whole number", "True"),
        (ExplainRequest, {"now": float("nan"), "exerciseId": "a"}, "$.now", "whole", "nan"),
        (ExplainRequest, {"now": float("inf"), "exerciseId": "a"}, "$.now", "whole", "inf"),
        (ExplainRequest, {"now": 10**400, "exerciseId": "a"}, "$.now", "whole", "1000"),
        (ExplainRequest, {"now": 0, "exerciseId": None}, "$.exerciseId", "a string", "None"),
        (ExplainRequest, {"now": 0, "exercise_id": ""}, "$.exercise_id", "exerciseId", "exercise"),
        (ExplainRequest, {"now": 0, "__proto__": {}}, "$.__proto__", "one of now", "__proto__"),
        (
            ExplainRequest,
            {"now": 0, "exerciseId": "a", "exclude": ["a", 3]},
            "$.exclude[1]",
            "a string",
            "3",
        ),
        (
            ExplainRequest,
            {"now": 0, "exerciseId": "a", "session": {"logs": [{"id": "l"}]}},
            "$.session.logs[0].exerciseId",
            "a value",
            "nothing",
        ),
        (
            SuggestLoadRequest,
            {"now": 0, "exerciseId": "a", "plannedReps": [8]},
            "$.plannedReps",
            "a list of 2",
            "a list of 1",
        ),
        (WorkoutSession, SESSION | {"status": "done"}, "$.status", "'completed'", "'done'"),
        (WorkoutSession, SESSION | {"timeKnown": 1}, "$.timeKnown", "true or false", "1"),
        (IngestRequest, {"delta": {"hashes": {"a": 1}}}, "$.delta.hashes.a", "a string", "1"),
        (
            IngestRequest,
            {"delta": {"sessions": {"a": 1}}},
            "$.delta.sessions",
            "a list",
            "an object of 1",
        ),
    ],
)
def test_what_does_not_fit_names_its_path(cls, value, path, expected, received):
    with pytest.raises(VoltLiftError) as caught:
        decode(cls, value)
    error = caught.value
    assert (error.code, error.path) == (ErrorCode.INVALID_REQUEST, path)
    assert expected in error.expected
    assert received in error.received
    details = error.to_wire()["details"]
    assert details["path"] == path


@given(cls=st.sampled_from(CLASSES), value=plain)
def test_any_json_is_a_value_or_an_invalid_request(cls, value):
    error = None
    try:
        assert isinstance(decode(cls, value), cls)
    except VoltLiftError as refused:
        error = refused
    if error is not None:
        assert error.code is ErrorCode.INVALID_REQUEST
        assert error.path.startswith("$")


def test_deep_nesting_is_an_invalid_request():
    deep: object = []
    for _ in range(sys.getrecursionlimit() * 3):
        deep = [deep]
    with pytest.raises(VoltLiftError) as caught:
        decode(ExplainRequest, {"now": deep, "exerciseId": "a"})
    assert caught.value.received == "a list of 1"


@pytest.mark.parametrize("value", [3, 3.0, -1e300, 10**15])
def test_numbers_are_read_as_what_the_field_is(value):
    assert decode(SuggestLoadRequest, {"now": 3.0, "exerciseId": "a"}).now == 3
    weight = decode(
        voltlift_core.SetLog, {"id": "s", "reps": 1, "weight": value, "completed": False}
    ).weight
    assert isinstance(weight, float)
    assert weight == value


def test_json_that_is_passed_through_is_not_looked_at():
    settings = {"units": "stone", "__proto__": [None, {"x": float("inf")}]}
    assert decode(Delta, {"settings": settings}).settings is settings


@pytest.mark.parametrize(
    "content",
    ["", "{", "{'a': 1}", '{"a":1}x', "[" * 100_000, b"\xff\xfe\x00", b"\x00", "9" * 5000],
)
def test_unreadable_text_is_an_invalid_request(content):
    with pytest.raises(VoltLiftError) as caught:
        parse_json(content)
    assert caught.value.code is ErrorCode.INVALID_REQUEST
    assert caught.value.path == "$"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_json_has_not_are_never_written(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode_json(voltlift_core.LoadChoice(weight=value, reps=(1, 2)))


def test_text_is_written_as_it_is():
    assert encode_json(ExplainRequest(now=0, exercise_id="Übung 🏋️")).count("Übung 🏋️") == 1
    assert encode((1, [2, {"a": (3,)}])) == [1, [2, {"a": [3]}]]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@settings(max_examples=max(settings.default.max_examples // 8, 5))
@given(data=st.data())
def test_the_text_is_that_of_the_values(cls, data):
    value = data.draw(_instances(cls))
    plainly = json.dumps(encode(value), separators=(",", ":"), ensure_ascii=False)
    assert encode_json(value) == plainly


def test_what_is_no_json_is_refused():
    with pytest.raises(TypeError, match="no rule for <class 'object'>"):
        encode_json({"a": object()})

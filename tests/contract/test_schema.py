"""The committed JSON Schema describes what really crosses the boundary."""

import json
from pathlib import Path

import jsonschema
import pytest
from golden import CASES

from voltlift_core import METHODS, camel_case, fields_of, json_schema

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "pyodide_bridge/src/contract/schema.json").read_text()
)
FILES = sorted(CASES.glob("*.json"))


def strict(name):
    """The class's schema, with every property required: answers always carry all of them."""
    definitions = {
        key: {**value, "required": list(value["properties"])}
        for key, value in SCHEMA["definitions"].items()
    }
    return {**SCHEMA, "$ref": f"#/definitions/{name}", "definitions": definitions}


def test_the_committed_schema_is_the_generated_one():
    roots = {name: method.response for name, method in METHODS.items()}
    for name, definition in json_schema(roots)["definitions"].items():
        assert SCHEMA["definitions"][name] == definition


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_recorded_answers_fit_the_schema(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    fitted = 0
    for step in case["calls"]:
        if "ok" not in step["answer"]:
            assert step["answer"]["error"]["code"] in SCHEMA["x-error-codes"]
            continue
        response = METHODS[step["method"]].response
        answer = with_times(response, step["answer"]["ok"])
        jsonschema.validate(answer, strict(response.__name__))
        fitted += 1
    assert fitted or path.stem == "bad-requests"


def with_times(cls, answer):
    """Put back what the golden cases leave out."""
    answer = dict(answer)
    if "duration_ms" in {field.name for field in fields_of(cls)}:
        answer["durationMs"] = 1.0
    if "meta" in answer:
        stages = {"features": 0.1, "scoring": 0.1, "ranking": 0.1, "inference": None}
        answer["meta"] = {**answer["meta"], "durationMs": 1.0, "stages": stages}
    return answer


def test_every_method_is_in_the_schema():
    assert set(SCHEMA["x-methods"]) == {camel_case(name) for name in METHODS}

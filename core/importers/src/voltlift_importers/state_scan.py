"""Reading the JSON of an app state piece by piece, since it may have 100 MB.

The parts around the history are small and parsed as a whole. Of the history's sessions only the
places are noted; each is parsed again when it is its turn, so that never more than a few hundred
of them are in memory as objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.history.decode import STATE_PARTS
from voltlift_core.wire import Json
from voltlift_importers.limits import check_sessions
from voltlift_importers.steps import Step, Steps
from voltlift_importers.text import SUPPORTED

_BLANK = re.compile(r"[ \t\r\n]*")
_STEP = 1_000_000
_DECODER = json.JSONDecoder()


@dataclass(slots=True)
class StateText:
    """An app state whose history is still text.

    ``parts`` are its other keys, parsed; ``spans`` are the places of the history's items, and
    None where the history is missing or no list (it is then among the parts). ``path`` is
    where the state is, for issues.
    """

    text: str
    path: str = "$"
    parts: dict[str, Json] = field(default_factory=dict)
    spans: list[tuple[int, int]] | None = None

    @property
    def keys(self) -> set[str]:
        """Its keys."""
        return {*self.parts, *(() if self.spans is None else ("history",))}

    def sessions(self, size: int) -> Iterator[tuple[int, list[Json]]]:
        """Yield the history's items in groups, each with the index of its first one."""
        spans: Sequence[tuple[int, int]] = self.spans or ()
        for first in range(0, len(spans), size):
            yield first, [_value(self.text, at)[0] for at, _ in spans[first : first + size]]


def scan_state(text: str) -> Steps[StateText]:
    """Return the parts of an app state, whether it is in its envelope or not.

    Raises
    ------
    VoltLiftError
        ``unsupported_file`` where the text is no JSON, or JSON of something else.
    """
    try:
        outer, inner = yield from _scan(text)
    except (ValueError, IndexError, RecursionError) as error:
        raise VoltLiftError(
            ErrorCode.UNSUPPORTED_FILE,
            f"the file looks like JSON and is not readable as such ({error})",
            expected=SUPPORTED,
            received=repr(text[:40]),
            remedy="Export the app state again; the file may be cut off",
        ) from error
    # As ``inner_state`` decides for a state that is parsed.
    state = outer
    if inner is not None and (STATE_PARTS & inner.keys or not STATE_PARTS & outer.keys):
        state = inner
    if STATE_PARTS & state.keys:
        return state
    received = "a list"
    if text[_skip(text, 0)] == "{":
        keys = [*outer.parts, *(["state"] if inner else [])]
        shown = ", ".join(repr(key[:30]) for key in sorted(keys, key=text.find)[:6])
        received = f"an object with {shown}" if shown else "an empty object"
    raise VoltLiftError(
        ErrorCode.UNSUPPORTED_FILE,
        "the JSON is not an app state",
        path="$",
        expected="an object {state: {settings, history, dailyLogs, customExercises}}",
        received=received,
    )


def _scan(text: str) -> Steps[tuple[StateText, StateText | None]]:
    outer = StateText(text)
    at = _skip(text, 0)
    if text[at] != "{":
        return outer, None
    inner, end = yield from _members(text, at, outer, may_have_state=True)
    if _skip(text, end) < len(text):
        raise ValueError(f"more text behind the end, at character {end}")
    return outer, inner


def _members(
    text: str, at: int, state: StateText, *, may_have_state: bool = False
) -> Steps[tuple[StateText | None, int]]:
    """Fill a state with the members of the object at ``at``; return its inner one and the end."""
    inner: StateText | None = None
    at = _skip(text, at + 1)
    if text[at] == "}":
        return None, at + 1
    while True:
        if text[at] != '"':
            raise ValueError(f"a key in quotation marks expected at character {at}")
        key, at = _value(text, at)
        at = _skip(text, _expect(text, _skip(text, at), ":"))
        if key == "history" and text[at] == "[":
            state.spans, at = yield from _items(text, at)
        elif key == "state" and may_have_state and text[at] == "{":
            inner = StateText(text, "$.state")
            _, at = yield from _members(text, at, inner)
        else:
            value, at = _value(text, at)
            state.parts[str(key)] = value
        yield Step("reading", at, 2 * len(text))
        at = _skip(text, at)
        if text[at] == "}":
            return inner, at + 1
        at = _skip(text, _expect(text, at, ","))


def _items(text: str, at: int) -> Steps[tuple[list[tuple[int, int]], int]]:
    """Return the places of the items of the list at ``at``, and the end."""
    spans: list[tuple[int, int]] = []
    at, next_step = _skip(text, at + 1), at
    if text[at] == "]":
        return spans, at + 1
    while True:
        _, end = _value(text, at)
        spans.append((at, end))
        check_sessions(len(spans))
        if end > next_step:
            yield Step("reading", end, 2 * len(text))
            next_step = end + _STEP
        at = _skip(text, end)
        if text[at] == "]":
            return spans, at + 1
        at = _skip(text, _expect(text, at, ","))


def _value(text: str, at: int) -> tuple[Json, int]:
    value, end = _DECODER.raw_decode(text, at)
    return value, end


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return at if match is None else match.end()


def _expect(text: str, at: int, mark: str) -> int:
    if text[at] != mark:
        raise ValueError(f"{mark!r} expected at character {at}")
    return at + 1

"""JSON from elsewhere as a page may use it: nothing in it can reach an object's prototype."""

from __future__ import annotations

import math

from voltlift_core.wire import Json

PROTOTYPE_KEYS = frozenset({"__proto__", "constructor", "prototype"})
"""Keys that JavaScript objects have by themselves, or follow to what all objects share."""

_MAX_DEPTH = 24


def harmless(value: Json, depth: int = 0) -> Json:
    r"""Return JSON without prototype keys, nesting beyond any app state, and unwritable values.

    Numbers without end become null, halves of characters ``\ufffd``.

    Examples
    --------
    >>> harmless({"units": "kg", "__proto__": {"isAdmin": True}, "a": [1e999, "\ud800"]})
    {'units': 'kg', 'a': [None, '\ufffd']}
    """
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {
            whole(key): harmless(item, depth + 1)
            for key, item in value.items()
            if key not in PROTOTYPE_KEYS
        }
    if isinstance(value, list):
        return [harmless(item, depth + 1) for item in value]
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def whole(text: str) -> str:
    """Return text without halves of characters, which no file can hold."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def safe_id(text: str) -> str:
    """Return an id under which a page can keep something in a plain object.

    Examples
    --------
    >>> safe_id("squat"), safe_id("__proto__")
    ('squat', '__proto___')
    """
    return f"{whole(text)}_" if text in PROTOTYPE_KEYS else whole(text)

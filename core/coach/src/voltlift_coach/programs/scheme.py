"""The short notation that programs are written in: an exercise, its sets, week by week."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from voltlift_core.errors import VoltLiftError, invalid_configuration

_SETS = re.compile(
    r"(?:(?P<count>\d+)x)?(?P<low>\d+)(?:-(?P<high>\d+))?(?P<unit>[sm]?)(?P<amrap>\+?)"
    r"(?:@(?P<value>\d+(?:\.\d+)?)(?P<kind>%|rir)?)?"
)
_TIMED = {"s": 1.0, "m": 60.0}
_EXAMPLE = "sets such as 3x8-12, 5@75%, 3+@8, 3x10@2rir, 2x30s or 20m"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGroup:
    """Sets of the same kind.

    Parameters
    ----------
    count : int
        How many.
    reps : tuple of int
        Range of repetitions; ``(1, 1)`` for sets by time.
    percent : float or None
        Share of the (training) maximum, 0 to 1.
    rpe : float or None
        Effort aimed at; repetitions in reserve r are read as RPE 10 - r.
    amrap : bool
        As many repetitions as possible, at least ``reps[0]``.
    seconds : float or None
        Duration of a set by time.
    """

    count: int
    reps: tuple[int, int]
    percent: float | None = None
    rpe: float | None = None
    amrap: bool = False
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An exercise of a day: ``waves[i]`` holds the sets of the day's i-th turn, in a circle.

    An empty wave leaves the exercise out. ``joined``: forms a superset with the next one.
    """

    exercise_id: str
    waves: tuple[tuple[SetGroup, ...], ...]
    rest: int | None = None
    joined: bool = False


def parse_sets(text: str, path: str = "$") -> tuple[SetGroup, ...]:
    """Return the sets of one wave.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` with the path of what cannot be read.

    Examples
    --------
    >>> [(g.count, g.reps, g.percent, g.amrap) for g in parse_sets("3x5@65%,1+@95%")]
    [(3, (5, 5), 0.65, False), (1, (1, 1), 0.95, True)]
    >>> parse_sets("3x8-12@2rir")[0].rpe
    8.0
    """
    if text == "-":
        return ()
    return tuple(_group(part, path) for part in text.split(","))


def parse_slot(text: str, schemes: Mapping[str, str], path: str = "$") -> Slot:
    """Return an exercise of a day: ``id sets [r<seconds of rest>] [&]``.

    ``sets`` is ``$`` and the name of a scheme, or waves separated by ``|``.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` with the path of what cannot be read.

    Examples
    --------
    >>> slot = parse_slot("chin-up 3x5-10|- r90 &", {})
    >>> slot.rest, slot.joined, len(slot.waves), slot.waves[1]
    (90, True, 2, ())
    """
    exercise_id, *words = text.split(" ")
    if not words:
        raise _invalid(path, _EXAMPLE, text)
    sets, *flags = words
    if sets.startswith("$"):
        if sets[1:] not in schemes:
            raise _invalid(path, "one of the schemes " + ", ".join(schemes), sets)
        sets = schemes[sets[1:]]
    rest = None
    for flag in flags:
        if re.fullmatch(r"r\d+", flag):
            rest = int(flag[1:])
        elif flag != "&":
            raise _invalid(path, "r and seconds of rest, or &", flag)
    return Slot(
        exercise_id=exercise_id,
        waves=tuple(parse_sets(wave, path) for wave in sets.split("|")),
        rest=rest,
        joined="&" in flags,
    )


def _group(text: str, path: str) -> SetGroup:
    found = _SETS.fullmatch(text)
    if found is None:
        raise _invalid(path, _EXAMPLE, text)
    low = int(found["low"])
    high = int(found["high"] or low)
    count, value, kind = int(found["count"] or 1), found["value"], found["kind"]
    number = None if value is None else float(value)
    effort = number if kind is None else None
    if number is not None and kind == "rir":
        effort = 10 - number
    if not (0 < low <= high and count) or (effort is not None and not 1 <= effort <= 10):
        raise _invalid(path, _EXAMPLE, text)
    timed = found["unit"]
    return SetGroup(
        count=count,
        reps=(1, 1) if timed else (low, high),
        percent=number / 100 if number and kind == "%" else None,
        rpe=effort,
        amrap=bool(found["amrap"]),
        seconds=low * _TIMED[timed] if timed else None,
    )


def _invalid(path: str, expected: str, received: str) -> VoltLiftError:
    what = "a program cannot be read"
    return invalid_configuration(what, path, expected, repr(received), remedy=None)

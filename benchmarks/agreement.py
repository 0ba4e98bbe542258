"""Engine and baseline must give the same answer, or their times cannot be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
TOLERANCE = 1e-9


class DisagreementError(Exception):
    """The engine and the baseline gave different answers to one request."""


def check(where: str, number: int, engine: Sequence[Json], baseline: Sequence[Json]) -> None:
    """Compare the recommendations for one request: exercises, scores, reasons with their points.

    Reasons that give no points are comments; each side may have its own.

    Parameters
    ----------
    where : str
        What was measured, for the message.
    number : int
        Number of the request.
    engine : sequence
        Recommendations of the engine, as on the wire.
    baseline : sequence
        Those of the baseline: id, score and reasons as pairs of code and points.

    Raises
    ------
    DisagreementError
        With the first difference.
    """
    ours = [_listed(recommendation) for recommendation in engine]
    if len(ours) != len(baseline):
        raise DisagreementError(
            f"{where}, request {number}: the engine lists {len(ours)} exercises, "
            f"the baseline {len(baseline)}"
        )
    plain = [{**listed, "reasons": _giving(listed["reasons"])} for listed in baseline]
    for rank, (mine, theirs) in enumerate(zip(ours, plain, strict=True), start=1):
        if not _same(mine, theirs):
            raise DisagreementError(
                f"{where}, request {number}, rank {rank}:\n  engine   {mine}\n  baseline {theirs}"
            )


def _listed(recommendation: Json) -> Json:
    reasons = [
        [reason["code"], reason["points"]]
        for component in recommendation["components"]
        for reason in component["reasons"]
    ]
    return {
        "id": recommendation["exercise"]["id"],
        "score": recommendation["score"],
        "reasons": _giving(reasons),
    }


def _giving(reasons: list[list[Any]]) -> list[list[Any]]:
    return [[code, points] for code, points in reasons if points != 0]


def _same(mine: Json, theirs: Json) -> bool:
    if mine["id"] != theirs["id"] or not _close(mine["score"], theirs["score"]):
        return False
    if len(mine["reasons"]) != len(theirs["reasons"]):
        return False
    return all(
        code == other_code and _close(points, other_points)
        for (code, points), (other_code, other_points) in zip(
            mine["reasons"], theirs["reasons"], strict=True
        )
    )


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=0.0, abs_tol=TOLERANCE)

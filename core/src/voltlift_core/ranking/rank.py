"""The order of the list: by shown score, with diversity as a visible contribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pick:
    """One place of the list.

    ``diversity`` are the points taken for ``earlier`` picks of the same muscle group;
    ``clamp`` brings the shown score back to 0 where they would push it below.
    """

    index: int
    score: float
    diversity: float
    clamp: float
    earlier: int


def place(total: float, index: int, earlier: int, per_pick: float) -> Pick:
    """Return the pick of a candidate after ``earlier`` picks of its group."""
    diversity = per_pick * earlier
    score = max(total + diversity, 0.0)
    return Pick(
        index=index,
        score=score,
        diversity=diversity,
        clamp=score - (total + diversity),
        earlier=earlier,
    )


def tie_order(
    total: NDArray[np.float64],
    times_performed: NDArray[np.float64],
    commonness: NDArray[np.int32],
    id_rank: NDArray[np.int32],
) -> NDArray[np.intp]:
    """Return the indices ordered by score, ties by habit, commonness and id.

    Equal scores are frequent with coarse rules, so the order among them matters: first
    what the lifter did more often, then what more gyms do, then the id, so that the same
    input always gives the same list.
    """
    return np.lexsort((id_rank, -commonness, -times_performed, -total))


def top_k(
    total: NDArray[np.float64],
    order: NDArray[np.intp],
    group: NDArray[np.int32],
    allowed: NDArray[np.bool_],
    k: int,
    per_pick: float,
) -> list[Pick]:
    """Return the best ``k`` candidates, each pick lowering the later ones of its group.

    Greedy: each place goes to the candidate with the highest score after diversity, so
    scores never rise along the list. Within a group all candidates are lowered alike,
    hence only the best remaining one of each group competes for a place.

    Parameters
    ----------
    total : ndarray, shape (n,)
        Points before diversity.
    order : ndarray of int, shape (n,)
        Indices from best to worst (``tie_order``).
    group : ndarray of int, shape (n,)
        Muscle group per candidate.
    allowed : ndarray of bool, shape (n,)
        Candidates that may be listed.
    k : int
        Places.
    per_pick : float
        Points for each earlier pick of the same group (negative).
    """
    listed = order[allowed[order]]
    groups = group[listed]
    queues: dict[int, list[tuple[int, int]]] = {}
    for name in range(int(groups.max(initial=-1)) + 1):
        # A group cannot have more than all places.
        ranks = np.flatnonzero(groups == name)[:k]
        if len(ranks):
            queues[name] = list(zip(ranks.tolist(), listed[ranks].tolist(), strict=True))
    taken = dict.fromkeys(queues, 0)
    picks: list[Pick] = []
    while len(picks) < k:
        best: tuple[float, int, int] | None = None
        for name, queue in queues.items():
            if taken[name] < len(queue):
                rank, index = queue[taken[name]]
                score = max(float(total[index]) + per_pick * taken[name], 0.0)
                if best is None or (-score, rank) < best[:2]:
                    best = (-score, rank, index)
        if best is None:
            break
        index = best[2]
        name = int(group[index])
        picks.append(place(float(total[index]), index, taken[name], per_pick))
        taken[name] += 1
    return picks

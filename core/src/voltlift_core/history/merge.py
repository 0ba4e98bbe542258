"""New chunks from old ones by slicing columns, without a detour over records."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from voltlift_core.history.chunk import Chunk, build_chunk
from voltlift_core.history.records import SessionRecord


def take(chunk: Chunk, positions: NDArray[np.intp]) -> Chunk:
    """Return the chunk of the sessions at these positions, in this order.

    Exercises that no longer occur are left out, so the result equals ``build_chunk`` over
    the same sessions.
    """
    session = chunk.rows["session"]
    bounds = np.searchsorted(session, np.arange(chunk.n_sessions + 1))
    first = bounds[:-1][positions]
    counts = bounds[1:][positions] - first
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    index = np.arange(total) + np.repeat(first - (ends - counts), counts)
    rows = {name: column[index] for name, column in chunk.rows.items()}
    rows["session"] = np.repeat(np.arange(len(positions), dtype=np.int32), counts)
    used = list(dict.fromkeys(rows["exercise"].tolist()))
    lookup = np.zeros(len(chunk.exercise_ids), dtype=np.int32)
    lookup[np.array(used, dtype=np.intp)] = np.arange(len(used), dtype=np.int32)
    rows["exercise"] = lookup[rows["exercise"]]
    kept = positions.tolist()
    return Chunk(
        session_ids=tuple(chunk.session_ids[i] for i in kept),
        content_hashes=tuple(chunk.content_hashes[i] for i in kept),
        exercise_ids=tuple(chunk.exercise_ids[i] for i in used),
        sessions={name: column[positions] for name, column in chunk.sessions.items()},
        rows=rows,
    )


def head(chunk: Chunk, count: int) -> Chunk:
    """Return the chunk of the first ``count`` sessions."""
    return take(chunk, np.arange(count, dtype=np.intp))


def merge(
    chunk: Chunk,
    removed: Collection[str],
    additions: Sequence[SessionRecord],
    *,
    limit: int,
    is_last: bool,
) -> list[Chunk]:
    """Return the chunks that take the place of one after a change, in order.

    Parameters
    ----------
    chunk : Chunk
        The chunk as it was.
    removed : collection of str
        Ids of sessions to leave out; an id that is replaced is in both.
    additions : sequence of SessionRecord
        Sessions to insert.
    limit : int
        Most sessions in a chunk.
    is_last : bool
        Whether it is the log's last chunk. That one grows by every new workout, so it is
        filled up before another is begun; others are cut in equal parts.
    """
    whole = _join(chunk, build_chunk(additions)) if additions else chunk
    start = whole.sessions["start_s"].tolist()
    order = [
        i for i, id_ in enumerate(whole.session_ids) if i >= chunk.n_sessions or id_ not in removed
    ]
    order.sort(key=lambda i: (start[i], whole.session_ids[i]))
    positions = np.array(order, dtype=np.intp)
    pieces = -(-len(order) // limit)
    if is_last:
        cuts = list(range(limit, len(order), limit))
    else:
        cuts = [len(order) * piece // pieces for piece in range(1, pieces)]
    return [take(whole, part) for part in np.split(positions, cuts) if len(part)]


def _join(one: Chunk, other: Chunk) -> Chunk:
    """Return the sessions of both, those of ``one`` first, in no order of time."""
    index = {id_: i for i, id_ in enumerate(one.exercise_ids)}
    codes = [index.setdefault(id_, len(index)) for id_ in other.exercise_ids]
    added = dict(other.rows)
    added["session"] = other.rows["session"] + np.int32(one.n_sessions)
    added["exercise"] = np.array(codes, dtype=np.int32)[other.rows["exercise"]]
    return Chunk(
        session_ids=one.session_ids + other.session_ids,
        content_hashes=one.content_hashes + other.content_hashes,
        exercise_ids=tuple(index),
        sessions={
            name: np.concatenate([column, other.sessions[name]])
            for name, column in one.sessions.items()
        },
        rows={name: np.concatenate([column, added[name]]) for name, column in one.rows.items()},
    )

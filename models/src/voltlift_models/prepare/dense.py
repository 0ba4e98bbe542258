"""Samples of the neural net: what was done in a session, and what might have been."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from voltlift_core import FeatureFrame, FeatureInputs
from voltlift_learned.dense import dense_rows
from voltlift_models.corpus import Lifter
from voltlift_replay.moments import Moment, RankCase
from voltlift_replay.questions import Replay

REPERTOIRE_DAYS = 90
POPULAR = 5
PLANNED_WEIGHT = 2.0


@dataclass(frozen=True, eq=False)
class DenseSamples:
    """Exercises at moments of one lifter's log, in time order.

    Parameters
    ----------
    lifter : str
        Whose log it is.
    simulated : bool
        True for a made-up lifter.
    matrix : ndarray of float32, shape (n, 100)
        ``dense_rows``, as of the moment.
    label : ndarray of float32, shape (n,)
        1 for what was done from then on in the session, else 0.
    weight : ndarray of float32, shape (n,)
        2 for what was planned but not done, ``later`` for what was done, but not next, else 1.
    """

    lifter: str
    simulated: bool
    matrix: NDArray[np.float32] = field(repr=False)
    label: NDArray[np.float32] = field(repr=False)
    weight: NDArray[np.float32] = field(repr=False)

    @property
    def n(self) -> int:
        """Number of samples."""
        return len(self.label)


def dense_samples(
    lifter: Lifter,
    popular: Sequence[str],
    *,
    seed: int = 0,
    max_sessions: int = 0,
    on_the_way: int = 1,
    later: float = 1.0,
) -> DenseSamples:
    """Return the samples of a log: moments of sessions, their start and some on the way.

    Positive is what was done from that moment on. Negative is what was not done in that
    session: of the lifter's exercises of the last 90 days, and five popular ones that the
    equipment allows. Logs hold no skips; what was planned but not done counts double.

    Parameters
    ----------
    lifter : Lifter
        The log.
    popular : sequence of str
        Exercises by popularity among the lifters that are trained on.
    seed : int
        Of the choice of the moments on the way.
    max_sessions : int
        Where positive, only the latest so many sessions.
    on_the_way : int
        Moments of a session beside its start.
    later : float
        Weight of what was done from then on but not next; at 0 it is left out.
    """
    name = hashlib.sha256(f"{seed} {lifter.name}".encode()).digest()
    rng = np.random.Generator(np.random.PCG64(int.from_bytes(name[:8], "big")))
    rows: list[NDArray[np.float32]] = []
    labels: list[NDArray[np.float32]] = []
    weights: list[NDArray[np.float32]] = []
    for session in _sessions(lifter)[-max_sessions:]:
        done = {case.truth[0] for case in session}
        ways = np.arange(1, len(session))
        more = rng.choice(ways, min(on_the_way, len(ways)), replace=False) if len(ways) else ways
        planned = _planned(session[0].moment) - done
        for at in (0, *more.tolist()):
            moment = session[at].moment
            frame = frame_of(moment)
            rest = [case.truth[0] for case in session[at:]]
            positive = rest if later else rest[:1]
            negative = _negatives(moment, frame, popular, done, planned)
            index = frame.inputs.view.catalogue.index
            ids = [id_ for id_ in (*positive, *negative) if id_ in index]
            rows.append(dense_rows(frame, [index[id_] for id_ in ids]))
            labels.append(np.isin(ids, positive).astype(np.float32))
            weight = np.where(np.isin(ids, list(planned)), PLANNED_WEIGHT, 1.0)
            weights.append(np.where(np.isin(ids, rest[1:]), later, weight))
    return DenseSamples(
        lifter=lifter.name,
        simulated=lifter.source.simulated,
        matrix=np.concatenate([np.zeros((0, 100), np.float32), *rows]),
        label=np.concatenate([np.zeros(0, np.float32), *labels]),
        weight=np.concatenate([np.zeros(0, np.float32), *weights]).astype(np.float32),
    )


def frame_of(moment: Moment) -> FeatureFrame:
    """Return the engine's features of a moment of the replay."""
    state = moment.state
    return FeatureFrame(
        FeatureInputs(
            view=state.view,
            settings=state.settings,
            daily=state.daily,
            current=moment.current,
            now_s=moment.now_s,
            utc_offset=moment.utc_offset,
        )
    )


def repertoire(moment: Moment) -> list[str]:
    """Return what the lifter did in the last 90 days and not yet today, by name."""
    past = moment.past
    first = int(np.searchsorted(past.day, moment.today.day - REPERTOIRE_DAYS))
    recent = past.exercise[int(past.first_entry[first]) :]
    known = {past.exercise_ids[at] for at in np.unique(recent).tolist()}
    return sorted(known - set(moment.done))


def _sessions(lifter: Lifter) -> list[list[RankCase]]:
    cases = Replay(lifter.state).ranks("T1")
    sessions = [list(group) for _, group in groupby(cases, key=lambda case: case.moment.day)]
    return [session for session in sessions if not session[0].moment.done]


def _negatives(
    moment: Moment,
    frame: FeatureFrame,
    popular: Sequence[str],
    done: set[str],
    planned: set[str],
) -> Iterator[str]:
    known = {*repertoire(moment), *planned} - done
    yield from sorted(known)
    index = frame.inputs.view.catalogue.index
    feasible = frame.exercise("equipmentAvailable")
    others = (
        id_
        for id_ in popular
        if id_ in index and id_ not in known and id_ not in done and feasible[index[id_]] > 0
    )
    yield from (id_ for id_, _ in zip(others, range(POPULAR), strict=False))


def _planned(moment: Moment) -> set[str]:
    """Return the exercises of the workout that starts at a moment, done or not."""
    log = moment.state.log
    start = log.sessions["start_s"]
    first, last = np.searchsorted(start, [moment.now_s, np.nextafter(moment.now_s, np.inf)])
    rows = slice(*np.searchsorted(log.rows["session"], [first, last]).tolist())
    return {log.exercise_ids[at] for at in np.unique(log.rows["exercise"][rows]).tolist()}

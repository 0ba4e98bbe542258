"""Rankers without learning that are not simple: votes of the nearest past sessions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from voltlift_models.evaluate.naive import Anew
from voltlift_models.evaluate.rows import RankRow
from voltlift_replay.moments import Moment
from voltlift_replay.naive import Learner, jaccard

LAG_WEIGHTS = (1.0, 0.8, 0.5, 0.4)
LEAST_SIMILARITY = 0.15
HALF_LIFE_DAYS = 40.0
HALF_LIFE_PREFIX = 25.0


class NearestSessions(Learner):
    """Today's session by votes of past ones with the same sessions before them (kNN).

    Similarity of session t to now = Σⱼ wⱼ · Jaccard(session t-1-j, last session but j); where
    it exceeds .15, t votes with similarity³ · ½^((S-t)/40) · (1.5 on the same weekday) ·
    exp(-|gap before t - gap now| / 4).
    """

    def __init__(self) -> None:
        super().__init__()
        self.days: list[int] = []

    def observe(self, _ids: Sequence[str], day: int, /) -> None:
        """Note when the session was."""
        self.days.append(day)

    def rank(self, moment: Moment, /) -> Sequence[str]:
        """Return exercises by votes."""
        sets = [set(ids) for ids in self.sessions]
        now, today = len(sets), moment.today.day
        votes: defaultdict[str, float] = defaultdict(float, dict.fromkeys(self.count, 0.0))
        for t in range(1, now):
            similarity = sum(
                weight * jaccard(sets[t - 1 - lag], sets[-1 - lag])
                for lag, weight in enumerate(LAG_WEIGHTS)
                if t - 1 - lag >= 0
            )
            if similarity <= LEAST_SIMILARITY:
                continue
            gaps = self.days[t] - self.days[t - 1], today - self.days[-1]
            vote = similarity**3 * 0.5 ** ((now - t) / HALF_LIFE_DAYS)
            vote *= math.exp(-abs(gaps[0] - gaps[1]) / 4)
            if (self.days[t] - today) % 7 == 0:
                vote *= 1.5
            for id_ in self.sessions[t]:
                votes[id_] += vote
        return self.by(votes)


class SimilarSessions(Learner):
    """The next exercise by votes of past sessions that share today's ones so far.

    A session weighs (overlap / (n + .3 · rest))³ · ½^((S-t)/25), n exercises of today and
    rest being what it has besides, and votes for all its exercises and once more for the
    first one not yet done after the last shared one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.opening = NearestSessions()

    def rank(self, moment: Moment, /) -> Sequence[str]:
        """Return exercises by votes; an empty session is asked by what came before it."""
        today = set(moment.done)
        if not today:
            return self.opening(moment)
        now = len(self.sessions)
        votes: defaultdict[str, float] = defaultdict(float, dict.fromkeys(self.count, 0.0))
        for t, ids in enumerate(self.sessions):
            shared = [at for at, id_ in enumerate(ids) if id_ in today]
            if not shared:
                continue
            rest = len(ids) - len(shared)
            weight = (len(shared) / (len(today) + 0.3 * rest)) ** 3
            weight *= 0.5 ** ((now - t) / HALF_LIFE_PREFIX)
            for id_ in ids:
                votes[id_] += weight
            if shared[-1] + 1 < len(ids):
                votes[ids[shared[-1] + 1]] += weight
        return self.by(votes)


def reference_rankers() -> tuple[RankRow, ...]:
    """Return the reference rows of T1 and T2."""
    return (
        RankRow("votes of similar sessions", "reference", Anew(SimilarSessions), ("T1",)),
        RankRow("nearest past sessions (kNN)", "reference", Anew(NearestSessions), ("T2",)),
    )

"""Simply repeating: rankers and a forecast that know nothing but this lifter's own log.

Each ranker learns as it goes: before a question it takes in the days that have passed since the
last one. So none of them can see what comes later.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from voltlift_replay.answers import Guess
from voltlift_replay.moments import LoadMoment, Moment


class Learner:
    """The exercises of the days so far, and how often and when each was done."""

    def __init__(self) -> None:
        self.sessions: list[list[str]] = []
        self.count: Counter[str] = Counter()
        self.last: dict[str, int] = {}
        """Position of the last session of each exercise."""

    def __call__(self, moment: Moment) -> Sequence[str]:
        """Take in the days that have passed, then rank."""
        past = moment.past
        for day in range(len(self.sessions), past.n_days):
            ids = [past.exercise_ids[at] for at in past.done(day).tolist()]
            self.observe(ids, int(past.day[day]))
            self.sessions.append(ids)
            self.count.update(ids)
            self.last.update(dict.fromkeys(ids, day))
        return self.rank(moment)

    def observe(self, ids: Sequence[str], day: int, /) -> None:
        """Take in a day, before it is counted."""

    def rank(self, moment: Moment, /) -> Sequence[str]:
        """Return exercises, the likeliest first."""
        raise NotImplementedError

    def by(self, score: Mapping[str, float]) -> list[str]:
        """Return exercises by score; ties go to the one done more often, then more lately."""
        return sorted(score, key=lambda id_: (-score[id_], -self.count[id_], -self._age(id_), id_))

    def _age(self, id_: str) -> int:
        return self.last.get(id_, -1)


class Resume(Learner):
    """The rest of the most similar session.

    The most similar one has the highest number of today's exercises less .05 √(sessions
    since). What followed the last shared exercise comes first, in its order.
    """

    def rank(self, moment: Moment, /) -> Sequence[str]:
        """Return what is left of the best session, then exercises by popularity."""
        now, today = len(self.sessions), set(moment.done)
        best = max(
            range(now),
            key=lambda at: len(today.intersection(self.sessions[at])) - 0.05 * math.sqrt(now - at),
        )
        ids = self.sessions[best]
        after = max((at + 1 for at, id_ in enumerate(ids) if id_ in today), default=0)
        rest = [*ids[after:], *ids[:after]]
        return [*rest, *(id_ for id_ in self.by(self.count) if id_ not in ids)]


class Cycle(Learner):
    """The session that followed the last one before.

    Of the earlier sessions most like the last one (Jaccard) the latest; what followed it is
    today's session, in its order.
    """

    def rank(self, _moment: Moment, /) -> Sequence[str]:
        """Return the session that followed, then exercises by popularity."""
        *earlier, last = (set(ids) for ids in self.sessions)
        best = max(range(len(earlier)), key=lambda at: (jaccard(earlier[at], last), at))
        following = self.sessions[best + 1]
        return [*following, *(id_ for id_ in self.by(self.count) if id_ not in following)]


def last_weight(asked: LoadMoment) -> Guess:
    """Return the heaviest weight of the last time, for as many repetitions."""
    return Guess(asked.last_kg, asked.last_reps)


def jaccard(one: set[str], other: set[str]) -> float:
    """Return the size of the intersection over that of the union; 0 for empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0

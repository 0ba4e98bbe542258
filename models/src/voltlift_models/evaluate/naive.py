"""Naive rankers: what a list of exercises has to beat.

Each learns as it goes: before a question it takes in the days that have passed since the
last one. So none of them can see what comes later.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from voltlift_models.corpus import Lifter
from voltlift_models.evaluate.moments import Moment
from voltlift_models.evaluate.rows import RankRow

INTERVALS = 6
"""Own intervals between sessions of an exercise that its median is taken over."""

START = ""
"""What the first exercise of a session follows."""


class Learner:
    """The exercises of the days so far, and how often and when each was done."""

    def __init__(self, lifter: Lifter) -> None:
        self.lifter = lifter
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


class Popularity(Learner):
    """What this lifter did in most sessions."""

    def rank(self, _moment: Moment, /) -> Sequence[str]:
        """Return exercises by the number of sessions."""
        return self.by(self.count)


class Bigram(Learner):
    """What most often followed the last exercise; in an empty session, what opened them.

    Parameters
    ----------
    backed_off : bool
        Whether what never followed comes after, by popularity.
    """

    def __init__(self, lifter: Lifter, backed_off: bool) -> None:
        super().__init__(lifter)
        self.backed_off = backed_off
        self.following: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def observe(self, ids: Sequence[str], _day: int, /) -> None:
        """Count each pair of neighbours."""
        for one, next_one in pairwise([START, *ids]):
            self.following[one][next_one] += 1

    def rank(self, moment: Moment, /) -> Sequence[str]:
        """Return exercises by how often they followed."""
        followed = self.following[moment.done[-1] if moment.done else START]
        ranked = self.by(followed)
        if self.backed_off:
            ranked += [id_ for id_ in self.by(self.count) if id_ not in followed]
        return ranked


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


class Due(Learner):
    """What is nearest to its own interval.

    Ratio = days since / median of the last six intervals; 1 is due. What is long overdue was
    given up more often than forgotten, so ranked is |log ratio|, the lowest first.
    """

    def __init__(self, lifter: Lifter) -> None:
        super().__init__(lifter)
        self.days: defaultdict[str, list[int]] = defaultdict(list)

    def observe(self, ids: Sequence[str], day: int, /) -> None:
        """Note the day of each exercise."""
        for id_ in ids:
            self.days[id_].append(day)

    def rank(self, moment: Moment, /) -> Sequence[str]:
        """Return exercises by how close they are to being due."""
        return self.by(
            {id_: -self.distance(id_, moment.today.day) for id_ in self.days if self.count[id_]}
        )

    def distance(self, id_: str, today: int) -> float:
        """Return |log(days since / own interval)|; infinite for what was done once."""
        days = self.days[id_][-INTERVALS - 1 :]
        if len(days) < 2:
            return math.inf
        gaps = sorted(b - a for a, b in pairwise(days))
        middle = len(gaps) // 2
        median = gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2
        return abs(math.log(max(today - days[-1], 1) / median))


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


class Commonness(Learner):
    """What most gyms and programmes have, by the bundled catalogue."""

    def rank(self, _moment: Moment, /) -> Sequence[str]:
        """Return exercises of the catalogue."""
        return _by_commonness(self.lifter, {})


class GlobalPopularity(Learner):
    """What most other lifters of this evaluation did at all, then by the catalogue.

    Parameters
    ----------
    lifters_by_exercise : mapping of str to (mapping of str to int)
        By the name of the lifter who is left out: how many others did each exercise.
    """

    def __init__(self, lifter: Lifter, lifters_by_exercise: Mapping[str, Mapping[str, int]]):
        super().__init__(lifter)
        self.popular = _by_commonness(lifter, lifters_by_exercise.get(lifter.name, {}))

    def rank(self, _moment: Moment, /) -> Sequence[str]:
        """Return exercises of the catalogue."""
        return self.popular


def jaccard(one: set[str], other: set[str]) -> float:
    """Return the size of the intersection over that of the union; 0 for empty sets."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def others_by_exercise(lifters: Sequence[Lifter]) -> dict[str, dict[str, int]]:
    """Return, for each lifter, how many of the others ever did each exercise."""
    counts = Counter(id_ for item in lifters for id_ in item.state.log.exercise_ids)
    return {
        item.name: {
            id_: count
            for id_ in counts
            if (count := counts[id_] - (id_ in item.state.log.exercise_ids)) > 0
        }
        for item in lifters
    }


def naive_rankers(lifters: Sequence[Lifter]) -> tuple[RankRow, ...]:
    """Return the naive rows of T1, T2 and T4; the lifters are those who are evaluated."""
    others = others_by_exercise(lifters)
    return (
        RankRow("personal popularity", "naive", Popularity, ("T1",)),
        RankRow("personal bigram", "naive", partial(Bigram, backed_off=False), ("T1",)),
        RankRow("backed-off bigram", "naive", partial(Bigram, backed_off=True), ("T1",)),
        RankRow("resume the most similar session", "naive", Resume, ("T1",)),
        RankRow("own frequency", "naive", Popularity, ("T2",)),
        RankRow("due by own interval", "naive", Due, ("T2",)),
        RankRow("cycle", "naive", Cycle, ("T2",)),
        RankRow("catalogue commonness", "naive", Commonness, ("T4",)),
        RankRow(
            "global popularity",
            "naive",
            partial(GlobalPopularity, lifters_by_exercise=others),
            ("T4", "cold"),
        ),
    )


def _by_commonness(lifter: Lifter, counts: Mapping[str, int]) -> list[str]:
    exercises = lifter.state.catalogue.exercises
    return [
        item.id
        for item in sorted(exercises, key=lambda e: (-counts.get(e.id, 0), -e.commonness, e.id))
    ]

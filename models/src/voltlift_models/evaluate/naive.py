"""Naive rankers: what a list of exercises has to beat.

Those that repeat what this lifter did are in ``voltlift_replay.naive``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from voltlift_models.corpus import Lifter
from voltlift_models.evaluate.rows import RankRow
from voltlift_replay.moments import Moment
from voltlift_replay.naive import Cycle, Learner, Resume

INTERVALS = 6
"""Own intervals between sessions of an exercise that its median is taken over."""

START = ""
"""What the first exercise of a session follows."""


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

    def __init__(self, backed_off: bool) -> None:
        super().__init__()
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


class Due(Learner):
    """What is nearest to its own interval.

    Ratio = days since / median of the last six intervals; 1 is due. What is long overdue was
    given up more often than forgotten, so ranked is |log ratio|, the lowest first.
    """

    def __init__(self) -> None:
        super().__init__()
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


class GlobalPopularity:
    """What most other lifters of this evaluation did at all, then by the catalogue.

    Parameters
    ----------
    lifter : Lifter
        Who is left out.
    lifters_by_exercise : mapping of str to (mapping of str to int)
        By the name of the lifter who is left out: how many others did each exercise. Without
        the name it is the catalogue alone: what most gyms and programmes have.
    """

    def __init__(
        self, lifter: Lifter, lifters_by_exercise: Mapping[str, Mapping[str, int]]
    ) -> None:
        self.popular = _by_commonness(lifter, lifters_by_exercise.get(lifter.name, {}))

    def __call__(self, _moment: Moment) -> Sequence[str]:
        """Return exercises of the catalogue."""
        return self.popular


@dataclass(frozen=True)
class Anew:
    """Makes a ranker that needs to know nothing of the lifter; picklable."""

    learner: Callable[[], Learner]

    def __call__(self, _lifter: Lifter) -> Learner:
        """Return the ranker of a lifter."""
        return self.learner()


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
        RankRow("personal popularity", "naive", Anew(Popularity), ("T1",)),
        RankRow("personal bigram", "naive", Anew(partial(Bigram, backed_off=False)), ("T1",)),
        RankRow("backed-off bigram", "naive", Anew(partial(Bigram, backed_off=True)), ("T1",)),
        RankRow("resume the most similar session", "naive", Anew(Resume), ("T1",)),
        RankRow("own frequency", "naive", Anew(Popularity), ("T2",)),
        RankRow("due by own interval", "naive", Anew(Due), ("T2",)),
        RankRow("cycle", "naive", Anew(Cycle), ("T2",)),
        RankRow(
            "catalogue commonness",
            "naive",
            partial(GlobalPopularity, lifters_by_exercise={}),
            ("T4",),
        ),
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

"""Samples of the next exercise and of today's session: every choice of a log, as it was open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Diary
from voltlift_learned.habit import FEATURES, HabitPast, Known, habit_features
from voltlift_learned.habit.features import Task
from voltlift_models.corpus import Lifter
from voltlift_replay.moments import RankCase
from voltlift_replay.questions import Replay

OPENER, DONE = 2, 1
"""Grades of a session's exercises: the first one is to stand above the rest."""


@dataclass(frozen=True, eq=False)
class HabitSamples:
    """The choices of one lifter from the eleventh day on, in time order.

    Parameters
    ----------
    lifter : str
        Whose log it is.
    simulated : bool
        True for a made-up lifter.
    task : {"next", "session"}
        ``next``: what to do after something was done today; ``session``: the whole day,
        asked at its start.
    matrix : ndarray of float32, shape (n_rows, n_features)
        A row per candidate, choice after choice.
    label : ndarray of int32, shape (n_rows,)
        1 for what was done next, or for all that was done that day, and 2 for its first.
    sizes : ndarray of int32, shape (n_choices,)
        Candidates of each choice.
    wanted : ndarray of int32, shape (n_choices,)
        Exercises that were right, those among no candidates included.
    day : ndarray of int32, shape (n_choices,)
        Local day of each choice, since 1970-01-01.
    """

    lifter: str
    simulated: bool
    task: Task
    matrix: NDArray[np.float32] = field(repr=False)
    label: NDArray[np.int32] = field(repr=False)
    sizes: NDArray[np.int32] = field(repr=False)
    wanted: NDArray[np.int32] = field(repr=False)
    day: NDArray[np.int32] = field(repr=False)

    @property
    def n(self) -> int:
        """Number of choices."""
        return len(self.sizes)

    def choices(self) -> Iterator[slice]:
        """Return the rows of each choice."""
        end = np.cumsum(self.sizes).tolist()
        for size, stop in zip(self.sizes.tolist(), end, strict=True):
            yield slice(stop - size, stop)

    def thin(self, share: float, seed: int) -> HabitSamples:
        """Return the samples with only a share of what was not chosen and is seldom expected.

        The 24 candidates most expected by the mean of the experts stay, and all that is right.
        """
        if not self.n:
            return self
        expected = self.matrix[:, FEATURES[self.task].index("e_day")].astype(np.float64)
        if self.task == "next":
            expected = expected + self.matrix[:, FEATURES["next"].index("e_next")]
        keep = (self.label > 0) | (np.random.default_rng(seed).random(len(self.label)) < share)
        for rows in self.choices():
            keep[rows.start + np.argsort(-expected[rows], kind="stable")[:24]] = True
        starts = np.cumsum(self.sizes) - self.sizes
        return HabitSamples(
            self.lifter,
            self.simulated,
            self.task,
            self.matrix[keep],
            self.label[keep],
            np.add.reduceat(keep, starts, dtype=np.int32),
            self.wanted,
            self.day,
        )


def known_without(lifter: str, diaries: dict[str, Diary]) -> Known:
    """Return the habits of all lifters but one, whose own log must not speak through them."""
    return Known.of(diary for name, diary in diaries.items() if name != lifter)


def habit_samples(
    lifter: Lifter, known: Known, task: Task, *, most: int | None = None, seed: int = 0
) -> HabitSamples:
    """Return the choices of a lifter, with the features that the ranker is asked with.

    Parameters
    ----------
    lifter : Lifter
        Whose log is replayed.
    known : Known
        What is known of other lifters.
    task : {"next", "session"}
        Which choices.
    most : int, optional
        At most so many, drawn by the seed.
    seed : int
        Of the draw.
    """
    replay = Replay(lifter.state)
    matrices, labels, wanted, days = [], [], [], []
    past: HabitPast | None = None
    before: Diary | None = None
    for case in _drawn(list(_cases(replay, task)), most, seed):
        moment = case.moment
        if past is None or moment.past is not before:
            before = moment.past
            past = HabitPast.of(before, moment.today.day)
        asked = habit_features(moment.today, known, past)
        matrices.append(asked.matrix)
        labels.append(_labels(asked.exercise_ids, case.truth, task))
        wanted.append(len(case.truth))
        days.append(moment.today.day)
    empty = np.zeros((0, len(FEATURES[task])), np.float32)
    return HabitSamples(
        lifter=lifter.name,
        simulated=lifter.source.simulated,
        task=task,
        matrix=np.concatenate([empty, *matrices]),
        label=np.concatenate([np.zeros(0, np.int32), *labels]),
        sizes=np.array([len(label) for label in labels], dtype=np.int32),
        wanted=np.array(wanted, dtype=np.int32),
        day=np.array(days, dtype=np.int32),
    )


def _cases(replay: Replay, task: Task) -> Iterator[RankCase]:
    if task == "session":
        yield from replay.ranks("T2")
    else:
        yield from (case for case in replay.ranks("T1") if case.moment.done)


def _drawn(cases: Sequence[RankCase], most: int | None, seed: int) -> Sequence[RankCase]:
    if most is None or len(cases) <= most:
        return cases
    drawn = np.random.default_rng(seed).choice(len(cases), most, replace=False)
    return [cases[at] for at in np.sort(drawn).tolist()]


def _labels(ids: Sequence[str], truth: Sequence[str], task: Task) -> NDArray[np.int32]:
    first = OPENER if task == "session" else DONE
    grade = {id_: first if at == 0 else DONE for at, id_ in enumerate(truth)}
    return np.array([grade.get(id_, 0) for id_ in ids], dtype=np.int32)

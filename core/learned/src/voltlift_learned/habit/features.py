"""What a ranker sees of each candidate for the next exercise, or for today's session.

Columns are shares of votes (each sums to one over the candidates), ranks (1 is best, 40 the
worst), plain figures of a candidate's past, and, last, what is the same for all candidates.
Candidates that the lifter never did have zero in all but what is known of lifters at large.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats, Today
from voltlift_learned.habit.known import Known
from voltlift_learned.habit.past import EXPERTS, HabitPast
from voltlift_learned.habit.prefix import Prefix

Task: TypeAlias = Literal["next", "session"]

NEW = 10
"""Candidates that the lifter never did: up to five that follow the last one, then popular ones."""

_FOLLOWING = 5
_WORST = 40.0

_HISTORY = (
    *("since", "days_since", "due", "freq_7d", "freq_30d", "freq_90d"),
    *("share_5", "share_12", "share_45", "count", "lag_1", "lag_2", "lag_3", "lag_4"),
    *("position", "relative", "opens"),
)
_CONTEXT = ("c_days", "c_length", "c_known", "c_gap", "c_rhythm", "c_alike", "c_knn")
_DAY_RANKS = ("knn_4", "types", "ridge", "hazard", "rhythm", "followers")
_OPENING = ("p_next", "p_knn_next", "p_types_next", "order")
_ORDERED = (*_OPENING, "p_fit_next", "p_succ", "p_after1")
_REST = ("p_rest", "p_knn_rest", "p_types_rest", "p_fit_rest")
_TRACES = ("p_resume", "p_after1_all", "p_after2", "p_after3", "p_two")
_COMPANY = ("co_mean", "co_max", "co_min", "co_later")
_NEXT_RANKS = ("p_next", "p_knn_next", "p_fit_next", "p_succ", "p_after1", "p_knn_rest", "order")
_MOMENT = ("x_done", "x_alike", "x_resume_age", "x_sure", "x_seen", "x_next")


def _ranks(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"r_{name}" for name in names)


SESSION_FEATURES: tuple[str, ...] = (
    *EXPERTS,
    "e_day",
    *_HISTORY,
    *_OPENING,
    "e_open",
    *("g_follows", "g_popular"),
    *_ranks((*_DAY_RANKS, *_OPENING)),
    *_CONTEXT,
)
"""Columns of the model ``ranker-session``, asked while nothing was done today."""

NEXT_FEATURES: tuple[str, ...] = (
    *EXPERTS,
    "e_day",
    *_HISTORY,
    *_ORDERED,
    "e_next",
    *_REST,
    "e_rest",
    *_TRACES,
    *_COMPANY,
    *("chance", "chance_fit", "d_position", "g_follows", "g_popular"),
    *_ranks((*_DAY_RANKS, *_NEXT_RANKS)),
    *_CONTEXT,
    *_MOMENT,
)
"""Columns of the model ``ranker-next``, asked once something was done today."""

FEATURES: dict[Task, tuple[str, ...]] = {"next": NEXT_FEATURES, "session": SESSION_FEATURES}

_FREE = {*_HISTORY, *_CONTEXT, *_MOMENT, "co_min", "d_position"} - {"share_5", "share_12"}


def direction(name: str) -> int:
    """Return 1 where more of a feature must not lower the score, -1 where it must not raise it.

    Votes say the same of every lifter; binding the trees to that lets them carry over to
    lifters unlike those they were fitted to. 0 where either may be.
    """
    if name.startswith("r_"):
        return -1
    return 0 if name in _FREE else 1


@dataclass(frozen=True, eq=False)
class HabitFeatures:
    """Candidates of a moment and what a ranker sees of them.

    Parameters
    ----------
    task : {"next", "session"}
        Which ranker is asked: ``session`` while nothing was done today.
    exercise_ids : tuple of str
        The candidates: the lifter's own exercises not yet done today, then new ones.
    matrix : ndarray of float32, shape (n, n_features)
        A row per candidate; finite.
    today, past, prefix
        The moment, for reasons.
    """

    task: Task
    exercise_ids: tuple[str, ...]
    matrix: NDArray[np.float32]
    today: Today
    past: HabitPast
    prefix: Prefix

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return FEATURES[self.task]


def habit_features(today: Today, known: Known, past: HabitPast | None = None) -> HabitFeatures:
    """Return the candidates for the exercise to do now, with their features.

    Parameters
    ----------
    today : Today
        The moment.
    known : Known
        What is known of lifters at large.
    past : HabitPast, optional
        ``HabitPast.of(today.past, today.day)``, where it is at hand.
    """
    past = past if past is not None else HabitPast.of(today.past, today.day)
    days = past.days
    columns = [days.index[id_] for id_ in today.done if id_ in days.index]
    task: Task = "next" if today.done else "session"
    undone = np.setdiff1d(np.arange(days.k), np.array(columns, dtype=np.intp))
    new = new_candidates(today, known, past)
    ids = (*(days.exercise_ids[at] for at in undone.tolist()), *new)
    table = _Table(undone, len(ids))
    for name in EXPERTS:
        table.share(name, past.votes[name])
    table.mean("e_day", EXPERTS)
    for name in _HISTORY:
        table.put(name, past.history[name])
    prefix = Prefix(days, columns, len(today.done))
    _add_prefix(table, prefix, past)
    follows = known.after(today.done[-1]) if today.done else {}
    rows = [known.index.get(id_, -1) for id_ in ids]
    popular = np.append(known.popularity, 0.0)[rows]
    table.columns["g_popular"] = popular
    table.columns["g_follows"] = (
        np.array([follows.get(id_, 0.0) for id_ in ids])
        if today.done
        else np.append(known.opening, 0.0)[rows]
    )
    for name in (*_DAY_RANKS, *(_NEXT_RANKS if today.done else _OPENING)):
        table.rank(name)
    for name, value in past.context.items():
        table.columns[name] = np.full(len(ids), value)
    matrix = np.stack([table.columns[name] for name in FEATURES[task]], axis=1)
    return HabitFeatures(task, ids, matrix.astype(np.float32), today, past, prefix)


class _Table:
    """Columns over the candidates: the undone columns of the past first, then new ones."""

    def __init__(self, undone: NDArray[np.intp], n: int) -> None:
        self.undone, self.n = undone, n
        self.columns: dict[str, Floats] = {}

    def put(self, name: str, values: Floats) -> None:
        """Add figures of the past's columns; new candidates have 0."""
        column = np.zeros(self.n)
        column[: len(self.undone)] = values[self.undone]
        self.columns[name] = column

    def share(self, name: str, votes: Floats) -> None:
        """Add votes as shares of their sum over the candidates."""
        self.put(name, votes)
        self.columns[name] /= max(float(self.columns[name].sum()), 1e-12)

    def mean(self, name: str, experts: tuple[str, ...]) -> None:
        """Add the mean of the shares of several experts."""
        shares = [self.columns[expert] for expert in experts]
        total = [max(float(share.sum()), 1e-9) for share in shares]
        mean = sum(s / t for s, t in zip(shares, total, strict=True))
        self.columns[name] = np.asarray(mean) / len(experts)

    def rank(self, name: str) -> None:
        """Add the rank by a column; the worst for whom it has nothing."""
        values = self.columns[name]
        rank = np.empty(self.n)
        rank[np.argsort(-values, kind="stable")] = np.arange(1, self.n + 1)
        rank[values <= 0] = _WORST
        self.columns[f"r_{name}"] = np.minimum(rank, _WORST)


def new_candidates(today: Today, known: Known, past: HabitPast) -> list[str]:
    """Return candidates the lifter never did: what follows the last one, then popular ones."""
    taken = {*today.done, *past.days.index}
    follows = known.after(today.done[-1]) if today.done else {}
    new = [id_ for id_ in follows if id_ not in taken][:_FOLLOWING]
    taken.update(new)
    for id_ in known.exercise_ids:
        if len(new) >= NEW:
            break
        if id_ not in taken:
            new.append(id_)
    return new


def _add_prefix(table: _Table, prefix: Prefix, past: HabitPast) -> None:
    """Add what the past says given what was done today."""
    days, begun = past.days, prefix.n_today > 0
    like = prefix.likeness(25.0) if begun else days.decay(25.0)
    fit = prefix.fit() if begun else np.ones(days.n)
    knn = past.rows["knn_4"]
    knn = (knn + 0.02 * (knn.max(initial=0.0) + 1e-9) * days.decay(25.0)) * fit
    types = past.rows["types"] * fit
    close = days.decay(12.0) * fit**1.5
    weights = {"p": like, "p_knn": knn, "p_types": types, "p_fit": close}
    for name, weight in weights.items():
        table.share(f"{name}_rest", prefix.by_rest(weight))
        table.share(f"{name}_next", prefix.by_next(weight))
    chance = prefix.by_rest(knn) / max(float(knn.sum()), 1e-12)
    chance_fit = prefix.by_rest(close) / max(float(close.sum()), 1e-12)
    table.put("chance", chance)
    table.put("chance_fit", chance_fit)
    table.put("order", prefix.order(0.5 * chance + 0.5 * chance_fit))
    table.mean("e_open", _OPENING)
    if not begun:
        return
    decay = 0.96**days.age
    followed = prefix.after(1, np.ones(days.n))
    resume, row = prefix.resume()
    table.share("p_succ", prefix.successor())
    table.share("p_resume", resume)
    table.share("p_after1_all", followed)
    for back in (1, 2, 3):
        table.share(f"p_after{back}", prefix.after(back, decay))
    table.share("p_two", prefix.after_two(decay))
    table.mean("e_next", _ORDERED)
    table.mean("e_rest", _REST)
    for name, column in zip(_COMPANY, prefix.company(), strict=True):
        table.put(name, column)
    own = np.arange(table.n) < len(table.undone)
    position = table.columns["position"] - prefix.n_today
    table.columns["d_position"] = np.where(own, position, 0.0)
    moment = {
        "x_done": float(prefix.n_today),
        "x_alike": float(prefix.share.max(initial=0.0)),
        "x_resume_age": float(np.log1p(days.n - row)) if row >= 0 else 0.0,
        "x_sure": float(table.columns["p_after1"].max(initial=0.0)),
        "x_seen": float(np.log1p(followed.sum())),
        "x_next": float(table.columns["p_next"].max(initial=0.0)),
    }
    for name in _MOMENT:
        table.columns[name] = np.full(table.n, moment[name])

"""The ranker: two boosted models of a lifter's habits, and what is known of lifters at large."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import ScorerStatus
from voltlift_core.contract.exercises import ComponentName
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.ranking.candidates import find_candidates
from voltlift_core.scoring.protocol import Explanation, Requirements, Scores, Term
from voltlift_learned.bundle import Array, corrupt, pack, unpack
from voltlift_learned.confidence import FILTER_CONFIDENCE, RANKER_LEVELS, confidence
from voltlift_learned.diary import Diary, Floats, Today
from voltlift_learned.factors import Factors, preferences
from voltlift_learned.habit import (
    NEXT_FEATURES,
    SESSION_FEATURES,
    HabitFeatures,
    HabitPast,
    HabitReason,
    Known,
    habit_features,
    habit_points,
    habit_reasons,
    new_candidates,
)
from voltlift_learned.moments import diary_of, today_of
from voltlift_learned.spec import ModelSpec
from voltlift_learned.trees import TreeEnsemble

KIND = "ranker/1"
NEXT_SPEC = ModelSpec("ranker-next", NEXT_FEATURES)
SESSION_SPEC = ModelSpec("ranker-session", SESSION_FEATURES)
RANKER_SPEC = ModelSpec(
    "ranker",
    tuple(f"{spec.name}:{name}" for spec in (NEXT_SPEC, SESSION_SPEC) for name in spec.features),
)
"""Both halves; its hash is that of the artefact."""

MAX_POINTS = 100.0

_HABIT: ComponentName = "habit"


@dataclass(frozen=True, eq=False)
class Ranker:
    """What ranks exercises: one ensemble for the start of a session, one within it.

    Parameters
    ----------
    next_trees, session_trees : TreeEnsemble
        Fitted to ``NEXT_SPEC`` and ``SESSION_SPEC``.
    known : Known
        What lifters at large do, for exercises that this one never did.
    """

    next_trees: TreeEnsemble
    session_trees: TreeEnsemble
    known: Known

    def points(self, features: HabitFeatures) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Return points, 0-100, of the candidates of ``features``."""
        trees = self.session_trees if features.task == "session" else self.next_trees
        return habit_points(features.task, trees.predict(features.matrix))

    def to_npz(self) -> bytes:
        """Return it as the bytes of one file."""
        parts = {
            "next": self.next_trees.to_npz(),
            "session": self.session_trees.to_npz(),
            "known": self.known.to_npz(),
        }
        return pack(KIND, {}, {k: np.frombuffer(v, np.uint8) for k, v in parts.items()})

    @classmethod
    def from_npz(cls, data: bytes) -> Ranker:
        """Return the ranker of a file.

        Raises
        ------
        VoltLiftError
            ``corrupt_data`` where it is damaged; ``vector_spec_mismatch`` where it was fitted to
            other features.
        """
        _, arrays = unpack(KIND, data)
        found = cls(
            TreeEnsemble.from_npz(_bytes(arrays, "next")),
            TreeEnsemble.from_npz(_bytes(arrays, "session")),
            Known.from_npz(_bytes(arrays, "known")),
        )
        for spec, trees in ((NEXT_SPEC, found.next_trees), (SESSION_SPEC, found.session_trees)):
            spec.require(ModelSpec(spec.name, trees.features).hash)
        return found


class RankerScorer:
    """The habit part by the ranker: what this lifter will want to do.

    Parameters
    ----------
    ranker : Ranker
        The model.
    version : str
        Its version.
    factors : Factors, optional
        The collaborative filter. What novelty is worth is the ranker's say, by what is popular
        at large; which novel exercises these points go to is the filter's.
    factors_version : str
        The filter's version.
    """

    name = "ranker"
    part: Literal["fit", "habit"] = "habit"
    requires = Requirements()

    def __init__(
        self,
        ranker: Ranker,
        version: str,
        factors: Factors | None = None,
        factors_version: str = "",
    ) -> None:
        self.ranker = ranker
        self.version = version
        self.factors = factors
        self._last: tuple[FeatureFrame, Today] | None = None
        self._filter = ScorerStatus(
            name="collaborative-filter",
            version=factors_version,
            status="abstained",
            part="habit",
            weight=0.0,
        )

    @property
    def helpers(self) -> tuple[ScorerStatus, ...]:
        """The collaborative filter, where there is one."""
        return () if self.factors is None else (self._filter,)

    def new(self, frame: FeatureFrame) -> tuple[int, ...]:
        """Return the exercises, by index, that it considers though the lifter never did them."""
        today = self._today(frame)
        index = frame.inputs.view.catalogue.index
        past = _past(diary_of(frame.inputs.view.log), today.day)
        new = new_candidates(today, self.ranker.known, past)
        return tuple(index[id_] for id_ in new if id_ in index)

    def score(self, frame: FeatureFrame) -> Scores | None:
        """Return points of habit for every exercise; None without any history."""
        today = self._today(frame)
        if not today.past.n_days:
            return None
        past = _past(diary_of(frame.inputs.view.log), today.day)
        features = habit_features(today, self.ranker.known, past)
        catalogue = frame.inputs.view.catalogue
        place = {
            catalogue.index[id_]: at
            for at, id_ in enumerate(features.exercise_ids)
            if id_ in catalogue.index
        }
        points = np.zeros(len(catalogue))
        points[list(place)] = self.ranker.points(features)[list(place.values())]
        done = today.past.performed.union(today.done)
        before = {catalogue.index[id_] for id_ in done if id_ in catalogue.index}
        sure = confidence(float(points.max()), RANKER_LEVELS)
        alike: frozenset[int] = frozenset()
        if self.factors is not None:
            owned = frame.inputs.settings.equipment
            usable = find_candidates(catalogue, equipment=owned).allowed
            alike = _hand_over(self.factors, today, catalogue, points, place, done, usable)

        @cache
        def why(index: int) -> tuple[Explanation, ...]:
            if index in alike:
                return (("like_yours", {}),)
            reasons = habit_reasons(features, place[index]) if index in place else ()
            if index in before and any(reason.code == "new" for reason in reasons):
                # Done longer ago than habits are looked for.
                return (("not_usual", {}),)
            return tuple(_told(reason, catalogue) for reason in reasons)

        def explain(index: int, order: int) -> Explanation | None:
            reasons = why(index)
            if order < len(reasons):
                return reasons[order]
            # Points are never without a word.
            return ("usual" if points[index] > 0 else "not_usual", {}) if order == 0 else None

        return Scores(
            (
                Term(_HABIT, points, lambda index: explain(index, 0)),
                Term(_HABIT, np.zeros(len(catalogue)), lambda index: explain(index, 1)),
            ),
            {_HABIT: MAX_POINTS},
            sure,
            self._helped(points, alike),
        )

    def _today(self, frame: FeatureFrame) -> Today:
        """Return what is known at the moment of a frame; the net asks of the same one."""
        if self._last is None or self._last[0] is not frame:
            self._last = frame, today_of(frame.inputs)
        return self._last[1]

    def _helped(self, points: Floats, alike: frozenset[int]) -> tuple[ScorerStatus, ...]:
        """Return what the filter had to do with points: those of the exercises that it chose."""
        total = float(points.sum())
        if not alike or total <= 0:
            return self.helpers
        share = float(points[list(alike)].sum()) / total
        return (replace(self._filter, status="used", weight=share, confidence=FILTER_CONFIDENCE),)


@lru_cache(maxsize=2)
def _past(diary: Diary, day: int) -> HabitPast:
    """Return what a day's questions have in common; a list is asked for several times a day."""
    return HabitPast.of(diary.before(day), day)


def _hand_over(
    factors: Factors,
    today: Today,
    catalogue: Catalogue,
    points: Floats,
    own: Iterable[int],
    done: Collection[str],
    usable: NDArray[np.bool_],
) -> frozenset[int]:
    """Give the points of novel candidates to those that the filter puts first; say which.

    Only to what can be done with the lifter's equipment: on others they would be lost.
    """
    novel = [index for index in own if catalogue.exercises[index].id not in done]
    scores = factors.novel(preferences(today.past, today.day), today.done)
    ranked = (factors.exercise_ids[at] for at in np.argsort(-scores, kind="stable").tolist())
    better = (catalogue.index[id_] for id_ in ranked if id_ not in done and id_ in catalogue.index)
    chosen = list(islice(filter(usable.__getitem__, better), len(novel)))
    worth = -np.sort(-points[novel])
    points[novel] = 0.0
    points[chosen] = worth[: len(chosen)]
    return frozenset(chosen)


def _told(reason: HabitReason, catalogue: Catalogue) -> Explanation:
    """Return a reason with the exercise that it quotes by its name."""
    values, quoted = dict(reason.values), reason.values.get("exercise")
    if isinstance(quoted, str) and quoted in catalogue.index:
        values["exercise"] = catalogue.exercises[catalogue.index[quoted]].name
    return reason.code, values


def _bytes(arrays: dict[str, Array], name: str) -> bytes:
    if name not in arrays:
        raise corrupt("the ranker is incomplete", f"it has no {name!r}")
    return arrays[name].tobytes()

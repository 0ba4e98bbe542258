"""Exercises that are alike, and those that lifters with such a log take up next."""

from __future__ import annotations

from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import (
    CurrentSession,
    NovelExercise,
    NovelExercisesRequest,
    NovelExercisesResponse,
    Reason,
    ScorerStatus,
    SimilarExercise,
    SimilarExercisesRequest,
    SimilarExercisesResponse,
)
from voltlift_core.contract.discovery import Likeness
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import Level
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.recommend import MAX_LIMIT, read_equipment_names
from voltlift_core.engine.state import COLD_START_WORKOUTS, EngineState
from voltlift_core.errors import check_range
from voltlift_core.features.moment import FeatureInputs
from voltlift_core.history.decode import decode_current
from voltlift_core.ranking.candidates import find_candidates
from voltlift_core.ranking.present import exercise_info
from voltlift_learned.diary import Floats, Today
from voltlift_learned.factors import Factors, preferences
from voltlift_learned.moments import today_of
from voltlift_learned.novelty import Novelty

_BEST = 100.0
_LEAST = 0.05
"""Points below which a reason is not told: they are added to the strongest one."""


class FactorDiscovery:
    """Answers from the embeddings of the collaborative filter.

    Parameters
    ----------
    factors : Factors
        Embeddings by who does what, and by what exercises are.
    version : str
        Version of the artefact.
    """

    name = "collaborative-filter"

    def __init__(self, factors: Factors, version: str) -> None:
        self.factors = factors
        self.version = version

    def similar_exercises(
        self, state: EngineState, request: SimilarExercisesRequest, watch: Stopwatch
    ) -> SimilarExercisesResponse:
        """Return the catalogue's exercises nearest to one that can be done with what is at hand.

        Only what is nearer than unrelated, a cosine above 0, is like it. What nobody's log
        holds, as with an exercise of the lifter's own, has no likeness by lifters; one of the
        lifter's own is compared as the mean of the catalogue's exercises of its muscle group
        and equipment.

        Raises
        ------
        VoltLiftError
            ``unknown_exercise``; ``invalid_request`` where the limit is out of range or
            equipment unknown.
        """
        check_range("limit", request.limit, 1, MAX_LIMIT)
        exercise = state.catalogue.require(request.exercise_id)
        allowed = _usable(state, request.equipment)
        times = state.view.until(request.now / 1000).times_performed
        watch.lap()
        rows, found = self._rows(exercise), list[SimilarExercise]()
        near: dict[Likeness, Floats] = {
            "lifters": self.factors.cosines([] if exercise.is_custom else rows),
            "content": self.factors.cosines(rows, by_content=True),
        }
        for likeness, cosines in near.items():
            near_first = (
                (index, float(cosines[row]))
                for row, index in self._in_order(np.round(cosines, 6), state)
                if cosines[row] > 0
                and allowed[index]
                and state.catalogue.exercises[index].id != exercise.id
            )
            found += [
                SimilarExercise(
                    exercise=exercise_info(state.catalogue.exercises[index]),
                    likeness=likeness,
                    cosine=cosine,
                    times_performed=int(times[index]),
                )
                for index, cosine in islice(near_first, request.limit)
            ]
        watch.lap()
        return SimilarExercisesResponse(
            exercise_id=exercise.id,
            similar=tuple(found),
            meta=watch.meta(state, self._status(used=bool(found))),
        )

    def novel_exercises(
        self, state: EngineState, request: NovelExercisesRequest, watch: Stopwatch
    ) -> NovelExercisesResponse:
        """Return the exercises that this lifter never did and would most likely take up now.

        The lifter is folded in as of now, today's exercises included. The score is the log odds
        of ``Factors.novel`` above the least that any part of it can say, as a share of the best
        one's: popular at large, like what is done today, and liked by lifters with such a log.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where the limit is out of range or equipment unknown.
        """
        check_range("limit", request.limit, 1, MAX_LIMIT)
        today = _today(state, request.session, request.now, request.utc_offset_minutes)
        done = today.past.performed.union(today.done)
        begins = state.workouts_before(request.now) < COLD_START_WORKOUTS
        hardest = state.settings.level if begins else None
        allowed = _usable(state, request.equipment, hardest)
        watch.lap()
        novelty = self.factors.novelty(preferences(today.past, today.day), today.done)
        open_ = [
            (row, index)
            for row, index in self._in_order(novelty.total, state)
            if allowed[index] and state.catalogue.exercises[index].id not in done
        ]
        watch.lap()
        listed = self._explained(novelty, open_, state, request.limit) if done else ()
        return NovelExercisesResponse(
            exercises=listed, meta=watch.meta(state, self._status(used=bool(done)))
        )

    def _explained(
        self,
        novelty: Novelty,
        open_: list[tuple[int, int]],
        state: EngineState,
        limit: int,
    ) -> tuple[NovelExercise, ...]:
        """Return the first ones with reasons whose points add up to their score."""
        rows = np.array([row for row, _ in open_], np.intp)
        parts = np.stack([novelty.popular[rows], novelty.alike[rows], novelty.liked[rows]])
        # Each part above its least: no reason speaks against what is recommended.
        above = parts - parts.min(axis=1, keepdims=True, initial=np.inf)
        best = float(above.sum(axis=0).max(initial=0.0))
        if best <= 0:
            # All alike, or one alone.
            above[0], best = 1.0, 1.0
        points = above * (_BEST / best)
        names = {exercise.id: exercise.name for exercise in state.catalogue.exercises}
        listed = []
        for place, (row, index) in enumerate(open_[:limit]):
            popular, alike, liked = points[:, place].tolist()
            reasons = _reasons(
                [
                    ("novel_popular", popular, None),
                    ("novel_with", alike, names.get(novelty.nearest_today(row) or "")),
                    ("novel_like_yours", liked, names.get(novelty.strongest_own(row) or "")),
                ]
            )
            listed.append(
                NovelExercise(
                    rank=place + 1,
                    exercise=exercise_info(state.catalogue.exercises[index]),
                    score=sum(reason.points for reason in reasons),
                    reasons=reasons,
                )
            )
        return tuple(listed)

    def _rows(self, exercise: Exercise) -> list[int]:
        """Return the row of an exercise; of one that the factors do not know its twins."""
        known = self.factors.index
        if exercise.id in known:
            return [known[exercise.id]]
        same = [
            other
            for other in Catalogue.bundled().exercises
            if other.id in known
            and (other.muscle_group, other.equipment) == (exercise.muscle_group, exercise.equipment)
        ]
        close = [other for other in same if other.category == exercise.category]
        return [known[other.id] for other in close or same]

    def _in_order(self, scores: Floats, state: EngineState) -> list[tuple[int, int]]:
        """Return rows with their place in the catalogue, best first, of equal ones popular ones."""
        ids, index = self.factors.exercise_ids, state.catalogue.index
        order = np.lexsort((-self.factors.prior, -scores)).tolist()
        return [(row, index[ids[row]]) for row in order if ids[row] in index]

    def _status(self, *, used: bool) -> tuple[ScorerStatus, ...]:
        status: Literal["used", "abstained"] = "used" if used else "abstained"
        return (ScorerStatus(name=self.name, version=self.version, status=status, part="habit"),)


def _today(
    state: EngineState, session: CurrentSession | None, now: int, utc_offset_minutes: int
) -> Today:
    return today_of(
        FeatureInputs(
            view=state.view,
            settings=state.settings,
            daily=state.daily,
            current=decode_current(session, catalogue=state.catalogue, unit=state.settings.unit),
            now_s=now / 1000,
            utc_offset=utc_offset_minutes,
        )
    )


def _usable(
    state: EngineState, equipment: tuple[str, ...] | None, hardest: Level | None = None
) -> NDArray[np.bool_]:
    """Return which exercises can be done with what is at hand."""
    owned = state.settings.equipment if equipment is None else read_equipment_names(equipment)
    return find_candidates(state.catalogue, equipment=owned, hardest=hardest).allowed


def _reasons(told: list[tuple[str, float, str | None]]) -> tuple[Reason, ...]:
    """Return reasons, the strongest first; what is too small to tell goes to the strongest."""
    told = sorted(told, key=lambda reason: -reason[1])
    small = sum(points for _, points, _ in told[1:] if points < _LEAST)
    kept = [told[0], *(reason for reason in told[1:] if reason[1] >= _LEAST)]
    return tuple(
        Reason(
            code=code,
            points=points + (0.0 if at else small),
            values={} if name is None else {"exercise": name},
        )
        for at, (code, points, name) in enumerate(kept)
    )

"""The question "why not this one": points beside the last listed, and what would change them."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from voltlift_core.contract import Change, ExplainResponse
from voltlift_core.contract.exercises import ChangeCode
from voltlift_core.contract.meta import ResponseMeta
from voltlift_core.domain.vocabulary import MUSCLE_GROUPS, Category, Goal
from voltlift_core.engine.recommend import Query, Ranking
from voltlift_core.engine.state import EngineState
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.ranking.present import present
from voltlift_core.ranking.rank import Pick, place
from voltlift_core.scoring.config import RuleConfig

DAY_MS = 86_400_000

Rank: TypeAlias = Callable[[EngineState, Query], Awaitable[Ranking]]
"""Makes the list of a state and a query."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One thing changed: under which code, with which values, giving which state and query."""

    code: ChangeCode
    values: dict[str, str | float]
    state: EngineState
    query: Query
    lifts_filter: bool = False


class Explainer:
    """Explains one exercise against the list of a query.

    Parameters
    ----------
    state, query
        What the list is made of.
    index : int
        Index of the exercise in the catalogue.
    config : RuleConfig
        The rules.
    rank : async callable
        Makes the list of a state and a query.
    """

    def __init__(
        self, state: EngineState, query: Query, index: int, config: RuleConfig, rank: Rank
    ) -> None:
        self.state = state
        self.query = query
        self.index = index
        self.config = config
        self.rank = rank

    async def explain(self, meta: Callable[[Ranking], ResponseMeta]) -> ExplainResponse:
        """Return the candidate beside the last listed exercise, and what would change it."""
        catalogue = self.state.catalogue
        ranking = await self.rank(self.state, self.query)
        at = self._place(ranking)
        candidate = present(catalogue, ranking.scores, self._contender(ranking), at)
        picks = ranking.picks
        last = present(catalogue, ranking.scores, picks[-1], len(picks)) if picks else None
        return ExplainResponse(
            candidate=candidate,
            listed=at > 0,
            last_listed=last,
            gap=0.0 if last is None else last.score - candidate.score,
            excluded=ranking.candidates.reason(catalogue, self.index),
            changes=tuple([change async for change in self._changes(ranking, candidate.score)]),
            meta=meta(ranking),
        )

    def _place(self, ranking: Ranking) -> int:
        """Return the exercise's place in the list, from 1; 0 where it is not listed."""
        places = (i for i, pick in enumerate(ranking.picks, 1) if pick.index == self.index)
        return next(places, 0)

    def _contender(self, ranking: Ranking) -> Pick:
        """Return the exercise's own pick, or the one it would be for the last place."""
        at = self._place(ranking)
        if at:
            return ranking.picks[at - 1]
        group = self.state.catalogue.muscle_group
        ahead = ranking.picks[: self.query.limit - 1]
        earlier = sum(1 for pick in ahead if group[pick.index] == group[self.index])
        total = float(ranking.scores.shown.total[self.index])
        return place(total, self.index, earlier, ranking.per_pick)

    async def _changes(self, shown: Ranking, score: float) -> AsyncIterator[Change]:
        for attempt in self._attempts(shown):
            ranking = await self.rank(attempt.state, attempt.query)
            pick = self._contender(ranking)
            listed = self._place(ranking) > 0
            if pick.score > score or listed or attempt.lifts_filter:
                yield Change(
                    code=attempt.code,
                    values=attempt.values,
                    score=pick.score,
                    would_be_listed=listed,
                )

    def _attempts(self, shown: Ranking) -> Iterator[_Attempt]:
        state, query = self.state, self.query
        if self._place(shown):
            return
        exercise, settings = state.catalogue.exercises[self.index], state.settings
        if shown.candidates.equipment_missing[self.index] and query.equipment is not None:
            equipped = replace(query, equipment=query.equipment | {exercise.equipment})
            needed: dict[str, str | float] = {"equipment": str(exercise.equipment)}
            yield _Attempt("add_equipment", needed, state, equipped, lifts_filter=True)
        if exercise.id not in settings.favourites:
            changed = replace(settings, favourites=settings.favourites | {exercise.id})
            yield _Attempt("mark_favourite", {}, state.with_settings(changed), query)
        if query.session is not None and query.session.logs:
            in_session = bool(shown.candidates.in_session[self.index])
            later_on = replace(query, session=None)
            yield _Attempt("next_session", {}, state, later_on, lifts_filter=in_session)
        days = self._days_until_recovered(shown.frame)
        if days > 0:
            later = replace(query, session=None, now=query.now + round(days * DAY_MS))
            values: dict[str, str | float] = {"days": days, "group": str(exercise.muscle_group)}
            yield _Attempt("wait", values, _until(state, query.now), later)
        goal = self._better_goal(exercise.category)
        if goal is not None:
            changed = replace(settings, goal=goal)
            yield _Attempt("change_goal", {"goal": str(goal)}, state.with_settings(changed), query)

    def _days_until_recovered(self, frame: FeatureFrame) -> float:
        """Return days until the muscle group is past its optimal days; 0 where it is."""
        group = int(self.state.catalogue.muscle_group[self.index])
        optimal = self.config.recovery.optimal_days[MUSCLE_GROUPS[group]]
        remaining = optimal - float(frame.by_group("daysSince")[group])
        return math.ceil(remaining * 10) / 10 if remaining > 0 else 0.0

    def _better_goal(self, category: Category) -> Goal | None:
        """Return the goal that gives the category the most points, where that is more than now."""
        table, goal = self.config.goal.points, self.state.settings.goal
        now = 0.0 if goal is None else table[goal][category]
        best = max(Goal, key=lambda name: table[name][category])
        return best if table[best][category] > now else None


def _until(state: EngineState, now_ms: int) -> EngineState:
    """Return the state without workouts that a moment in the past does not know yet."""
    later = state.log.session_ids[state.workouts_before(now_ms) :]
    if not later:
        return state
    known = replace(state, log=state.log.with_changes((), later))
    known.__dict__["catalogue"] = state.catalogue
    return known

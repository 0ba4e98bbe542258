"""Exercise recommendations: features, scores, filter, order (steps 1 to 5 of the data flow)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voltlift_core.contract import (
    CurrentSession,
    RecommendedExercise,
    RecommendExercisesRequest,
    ScorerStatus,
    StageTimes,
)
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.spelling import read_equipment
from voltlift_core.domain.vocabulary import Equipment
from voltlift_core.engine.habits import Habits, statuses
from voltlift_core.engine.state import COLD_START_WORKOUTS, EngineState
from voltlift_core.errors import ErrorCode, VoltLiftError, check_range
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.features.moment import FeatureInputs
from voltlift_core.history.decode import decode_current
from voltlift_core.ranking.candidates import Candidates, find_candidates
from voltlift_core.ranking.present import present
from voltlift_core.ranking.rank import Pick, tie_order, top_k
from voltlift_core.scoring.blend import Blend, blend, habit_weight
from voltlift_core.scoring.cold_start import ColdStartScorer
from voltlift_core.scoring.protocol import Scorer, Scores
from voltlift_core.scoring.rules import RuleScorer

MAX_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a list is made for; the common part of recommending and explaining."""

    now: int
    utc_offset_minutes: int
    session: CurrentSession | None
    limit: int
    exclude: tuple[str, ...]
    equipment: frozenset[Equipment] | None
    routine: float | None = None

    @classmethod
    def of(cls, request: RecommendExercisesRequest, settings: Settings) -> Query:
        """Return the query of a request.

        Raises
        ------
        VoltLiftError
            ``invalid_request`` where limit or routine are out of range, or equipment unknown.
        """
        check_range("limit", request.limit, 1, MAX_LIMIT)
        if request.routine is not None:
            check_range("routine", request.routine, 0, 1)
        equipment = settings.equipment
        if request.equipment is not None:
            equipment = read_equipment_names(request.equipment)
        return cls(
            now=request.now,
            utc_offset_minutes=request.utc_offset_minutes,
            session=request.session,
            limit=request.limit,
            exclude=request.exclude,
            equipment=equipment,
            routine=request.routine,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Everything that led to a list.

    ``workouts`` is how many had begun before it, ``per_pick`` the points for each earlier pick
    of the same muscle group.
    """

    frame: FeatureFrame
    scores: Blend
    candidates: Candidates
    picks: list[Pick]
    stages: StageTimes
    scorers: tuple[ScorerStatus, ...]
    workouts: int
    cold_start: bool
    per_pick: float

    def presented(self) -> tuple[RecommendedExercise, ...]:
        """Return the list as it is shown."""
        catalogue = self.frame.inputs.view.catalogue
        return tuple(
            present(catalogue, self.scores, pick, rank)
            for rank, pick in enumerate(self.picks, start=1)
        )


def build_frame(state: EngineState, query: Query) -> FeatureFrame:
    """Return the features of a revision as of the query's moment."""
    return FeatureFrame(
        FeatureInputs(
            view=state.view,
            settings=state.settings,
            daily=state.daily,
            current=decode_current(
                query.session, catalogue=state.catalogue, unit=state.settings.unit
            ),
            now_s=query.now / 1000,
            utc_offset=query.utc_offset_minutes,
        )
    )


async def rank_exercises(
    state: EngineState,
    scorer: RuleScorer,
    query: Query,
    monotonic_ms: Callable[[], float],
    habits: Habits,
) -> Ranking:
    """Return the top exercises of a revision, with everything that led to them.

    Below three workouts the questionnaire takes part: nothing above the lifter's level is
    listed, and what one begins the goal with comes first. From then on the learned scorers
    fade in; each earlier pick of a group costs less where habit counts for more, since habits
    are not balanced.
    """
    workouts = state.workouts_before(query.now)
    cold_start = workouts < COLD_START_WORKOUTS
    beginning = ColdStartScorer(scorer.config)
    started = monotonic_ms()
    frame = build_frame(state, query)
    scorer.requires.load(frame)
    with_features = monotonic_ms()
    scores = scorer.score(frame)
    beginnings = beginning.score(frame) if cold_start else None
    if beginnings is not None:
        scores = scores.with_terms(beginnings)
    by_rules = monotonic_ms()
    alpha = habit_weight(workouts, scorer.config.habit, query.routine)
    rules = scorer.config.habit
    answers = await habits.ask(frame) if alpha > 0 else habits.unasked()
    given = [
        (item.scores, rules.share(item.scorer.name)) for item in answers if item.scores is not None
    ]
    blended = blend(scores, given, alpha)
    total = blended.shown.total
    per_pick = scorer.config.diversity.same_group_listed * (1 - blended.alpha)
    scored = monotonic_ms()
    catalogue = state.catalogue
    candidates = find_candidates(
        catalogue,
        equipment=query.equipment,
        excluded=query.exclude,
        in_session=frame.inputs.current.exercise_ids,
        hardest=state.settings.level if cold_start else None,
    )
    order = tie_order(
        total,
        frame.exercise("timesPerformed"),
        catalogue.commonness,
        catalogue.id_rank,
    )
    picks = top_k(
        total,
        order,
        catalogue.muscle_group,
        candidates.allowed,
        query.limit,
        per_pick,
    )
    ranked = monotonic_ms()
    return Ranking(
        frame=frame,
        scores=blended,
        candidates=candidates,
        picks=picks,
        stages=StageTimes(
            features=with_features - started,
            scoring=scored - with_features,
            ranking=ranked - scored,
            inference=scored - by_rules if habits else None,
        ),
        scorers=(
            _status(scorer, scores),
            _status(beginning, beginnings),
            *statuses(answers, rules),
        ),
        workouts=workouts,
        cold_start=cold_start,
        per_pick=per_pick,
    )


def _status(scorer: Scorer, given: Scores | None) -> ScorerStatus:
    return ScorerStatus(
        name=scorer.name,
        version=scorer.version,
        status="abstained" if given is None else "used",
        part=scorer.part,
    )


def read_equipment_names(names: tuple[str, ...], field: str = "equipment") -> frozenset[Equipment]:
    """Return the kinds of equipment that a field of a request names, in any spelling.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where a name is not known.
    """
    found: set[Equipment] = set()
    for position, name in enumerate(names):
        kinds = read_equipment(name)
        if not kinds:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                "unknown equipment",
                path=f"$.{field}[{position}]",
                expected="one of " + ", ".join(Equipment),
                received=repr(name),
            )
        found.update(kinds)
    return frozenset(found)

"""The evaluation on one lifter's own log, asked of the engine that answers the lifter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from voltlift_core import (
    EngineState,
    Progress,
    ReplayedWeight,
    ReplayRequest,
    ReplayResponse,
    ReplayScore,
    ReplayTask,
    ResponseMeta,
    ScorerStatus,
)
from voltlift_core.contract.replay import ReplayRowName, ReplayTaskName
from voltlift_core.domain.units import display
from voltlift_core.engine.answer import Stopwatch
from voltlift_core.engine.ports import Ask
from voltlift_core.errors import check_range
from voltlift_learned.diary import DAY_S, Ints
from voltlift_replay.answers import Guess, Ranked, clean, rank_figures
from voltlift_replay.asking import guess_of, load_request, rank_request, ranked_of
from voltlift_replay.figures import load_errors, load_scores, rank_errors, rank_scores
from voltlift_replay.moments import LoadCase
from voltlift_replay.naive import Cycle, Learner, Resume, last_weight
from voltlift_replay.questions import Replay
from voltlift_replay.sampling import spread
from voltlift_replay.units import unit_asked, units_by_day

MOST_QUESTIONS = 2_000
WINDOW_DAYS = 730

ROWS: tuple[ReplayRowName, ...] = ("suggested", "rules", "repeat")


@dataclass(frozen=True, slots=True)
class RankTask:
    """A task of rankings: its letters in the evaluation, the places that count, what repeats."""

    name: ReplayTaskName
    task: Literal["T1", "T2"]
    places: int
    repeat: type[Learner]


RANK_TASKS = (
    RankTask("next_exercise", "T1", 5, Resume),
    RankTask("todays_session", "T2", 10, Cycle),
)


async def replay(
    state: EngineState,
    suggested: Ask,
    rules: Ask,
    request: ReplayRequest,
    watch: Stopwatch,
    progress: Progress | None = None,
) -> ReplayResponse:
    """Return how suggestions would have fared; see ``voltlift_replay.replay``."""
    check_range("questions", request.questions, 1, MOST_QUESTIONS)
    if request.routine is not None:
        check_range("routine", request.routine, 0, 1)
    asked = _Asked(state, suggested, rules, request, progress)
    tasks = [await asked.about_exercises(task) for task in RANK_TASKS]
    about_weights, weights = await asked.about_weights()
    return ReplayResponse(
        tasks=(*tasks, about_weights),
        weights=weights,
        unit=state.settings.unit.code,
        first=min(asked.moments_ms, default=None),
        last=max(asked.moments_ms, default=None),
        meta=replace(watch.meta(state), scorers=tuple(asked.scorers.values()), alpha=asked.alpha),
    )


@dataclass
class _Asked:
    """A replay on its way: what is asked, and what the answers said of themselves."""

    state: EngineState
    suggested: Ask
    rules: Ask
    request: ReplayRequest
    progress: Progress | None
    moments_ms: list[int] = field(default_factory=list)
    scorers: dict[str, ScorerStatus] = field(default_factory=dict)
    alpha: float = 0.0

    def __post_init__(self) -> None:
        now_s = self.request.now / 1000
        # What began later is not there, not as an answer either.
        self.log = Replay(replace(self.state, log=self.state.log.until(now_s)))
        self.since_s = now_s - WINDOW_DAYS * DAY_S

    async def about_exercises(self, task: RankTask) -> ReplayTask:
        """Ask for exercises."""
        repeat = task.repeat()
        figures: dict[ReplayRowName, list[dict[str, float]]] = {row: [] for row in ROWS}
        days: list[int] = []
        learned = False
        async for place in self._each(task.name, self.log.rank_places(task.task)):
            case = self.log.rank(task.task, place)
            moment = case.moment
            query = rank_request(moment, limit=task.places, routine=self.request.routine)
            shown = by_rules = await self.suggested.recommend_exercises(query)
            # Where habit counts for nothing, rules have answered: nobody is asked twice.
            if shown.meta.alpha > 0:
                learned = True
                by_rules = await self.rules.recommend_exercises(query)
            self._note(moment.now_ms, shown.meta)
            days.append(moment.day)
            answers = (ranked_of(shown), ranked_of(by_rules), Ranked(repeat(moment)))
            for row, answer in zip(ROWS, answers, strict=True):
                ids = clean(answer, moment).ids
                figures[row].append(rank_figures(task.task, ids, case.truth))
        scores = tuple(
            ReplayScore(
                row=row,
                metrics=rank_scores(figures[row]),
                # Of what was suggested: there is no difference to itself.
                errors={}
                if row == "suggested"
                else rank_errors(figures["suggested"], figures[row], days),
            )
            for row in ROWS
        )
        return _task(task.name, days, learned, scores)

    async def about_weights(self) -> tuple[ReplayTask, tuple[ReplayedWeight, ...]]:
        """Ask for weights, each in the unit that was trained in then."""
        stated = self.state.settings.unit.code
        units = units_by_day(self.log.diary, stated)
        cases: list[LoadCase] = []
        guesses: dict[ReplayRowName, list[Guess]] = {row: [] for row in ROWS}
        learned = False
        async for place in self._each("next_weight", self._load_places()):
            case = self.log.load(place)
            unit = unit_asked(units, case.asked.moment.day, stated)
            query = load_request(case.asked)
            shown = by_rules = await self.suggested.in_unit(unit).suggest_load(query)
            if shown.prediction is not None:
                learned = True
                by_rules = await self.rules.in_unit(unit).suggest_load(query)
            self._note(case.asked.moment.now_ms, shown.meta)
            answers = (guess_of(shown), guess_of(by_rules), last_weight(case.asked))
            for row, guess in zip(ROWS, answers, strict=True):
                guesses[row].append(guess)
            cases.append(case)
        scores = tuple(
            ReplayScore(
                row=row,
                metrics=load_scores(cases, guesses[row]),
                errors={}
                if row == "suggested"
                else load_errors(cases, guesses["suggested"], guesses[row]),
            )
            for row in ROWS
        )
        days = [case.asked.moment.day for case in cases]
        weights = zip(cases, guesses["suggested"], guesses["rules"], strict=True)
        return (
            _task("next_weight", days, learned, scores),
            tuple(w for each in weights for w in self._weight(*each)),
        )

    def _load_places(self) -> Ints:
        """Return where weights are asked for, but of exercises that are no more."""
        places, diary, known = self.log.load_places(), self.log.diary, self.state.catalogue
        there = [known.resolve(id_) is not None for id_ in diary.exercise_ids]
        return places[[there[at] for at in diary.exercise[places].tolist()]]

    async def _each(self, stage: ReplayTaskName, places: Ints) -> AsyncIterator[int]:
        """Return the places to ask at, in time order; say how far it is, let others in."""
        recent = places[self.log.start_s[places] >= self.since_s]
        chosen = spread(recent, self.request.questions).tolist()
        self._report(stage, 0, len(chosen))
        for done, place in enumerate(chosen, start=1):
            yield place
            self._report(stage, done, len(chosen))
            await asyncio.sleep(0)

    def _report(self, stage: ReplayTaskName, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(stage, done, total)

    def _note(self, now_ms: int, meta: ResponseMeta) -> None:
        """Keep when a question was, and what answered.

        That something took part counts, and more that it failed: from then on the others
        answered alone.
        """
        self.moments_ms.append(now_ms)
        self.alpha = max(self.alpha, meta.alpha)
        for item in meta.scorers:
            before = self.scorers.get(item.name)
            if before is None or before.status == "abstained" or item.status == "failed":
                self.scorers[item.name] = item

    def _weight(self, case: LoadCase, shown: Guess, by_rules: Guess) -> Iterator[ReplayedWeight]:
        unit = self.state.settings.unit
        suggested, rules = display(shown.kg, unit), display(by_rules.kg, unit)
        low, high = display(shown.low, unit), display(shown.high, unit)
        # NaN is no answer.
        if suggested == suggested and rules == rules:
            yield ReplayedWeight(
                start_time=case.asked.moment.now_ms,
                exercise_id=case.asked.exercise_id,
                last=display(case.asked.last_kg, unit),
                suggested=suggested,
                rules=rules,
                low=low if low == low else None,
                high=high if high == high else None,
                done=display(case.kg, unit),
            )


def _task(
    name: ReplayTaskName, days: Sequence[int], learned: bool, scores: tuple[ReplayScore, ...]
) -> ReplayTask:
    """Return a task as it is told; ``days`` has the day of each question."""
    return ReplayTask(
        task=name,
        questions=len(days),
        days=len({*days}),
        learned=learned,
        scores=scores if days else (),
    )

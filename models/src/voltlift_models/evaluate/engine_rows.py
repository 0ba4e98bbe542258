"""Rows of the public engine: what a lifter would have been shown, by the code in the browser."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import cache, partial
from typing import Any, TypeAlias, TypeVar

from voltlift_core import (
    Engine,
    ErrorCode,
    IngestRequest,
    LoadModelsRequest,
    Ports,
    SuggestLoadResponse,
    VoltLiftError,
)
from voltlift_learned.diary import Diary
from voltlift_models.corpus import Lifter
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.evaluate.rows import LoadRow, RankRow, Row
from voltlift_replay.answers import Guess, Ranked
from voltlift_replay.asking import guess_of, load_request, rank_request, ranked_of
from voltlift_replay.moments import LoadMoment, Moment
from voltlift_replay.questions import Task
from voltlift_replay.units import Unit, unit_asked, units_by_day

T = TypeVar("T")

PortsFor: TypeAlias = Callable[[Lifter], Ports]
"""What the engine of a lifter is made with: by cross-validation, models that never saw it."""

RULES = "engine, rules alone (α = 0)"
DEFAULT = "engine, default α"
HABIT = "engine, habit alone (α = 1)"
LOAD_RULES = "engine, rules alone"
LOAD_DEFAULT = "engine"
WITH_REPS = ", with planned reps"


class EngineRanker:
    """Asks the engine for the next exercises.

    Every question is answered as of its moment, with today's exercises so far as the workout
    going on.

    Parameters
    ----------
    engine : Engine
        What knows the whole log, see ``engine_of``.
    routine : float, optional
        The weight of habit; None for the default.
    """

    def __init__(self, engine: Engine, routine: float | None = None) -> None:
        self._engine = engine
        self._routine = routine

    def __call__(self, moment: Moment) -> Ranked:
        """Return the first ten, with their points as shares of 100."""
        request = rank_request(moment, routine=self._routine)
        return ranked_of(wait(self._engine.recommend_exercises(request)))


class RankersOfOneEngine:
    """Makes the rankers of a lifter, all with one engine: they share what it keeps of a day.

    Parameters
    ----------
    ports_for : callable
        What the engine is made with.
    """

    def __init__(self, ports_for: PortsFor) -> None:
        self.ports_for = ports_for
        self._last: tuple[Lifter, Engine] | None = None

    def __getstate__(self) -> dict[str, object]:
        return {"ports_for": self.ports_for, "_last": None}

    def __call__(self, lifter: Lifter, routine: float | None = None) -> EngineRanker:
        """Return a ranker of a lifter."""
        if self._last is None or self._last[0] is not lifter:
            self._last = lifter, engine_of(lifter, self.ports_for)
        return EngineRanker(self._last[1], routine)


class EngineForecaster:
    """Asks the engine for the next weight, as ``EngineRanker`` does for exercises.

    Weights come in steps of the unit that is trained in: that of the last day before the
    question (``units_by_day``).
    """

    def __init__(self, lifter: Lifter, ports_for: PortsFor) -> None:
        self._engine = engine_of(lifter, ports_for)
        self._stated: Unit = lifter.state.settings.unit.code
        self._units = units_by_day(Diary.of(lifter.state.log), self._stated)

    def __call__(self, asked: LoadMoment) -> Guess:
        """Return the weight that is suggested, with its interval where a model gives one."""
        return guess_of(self.answer(asked))

    def answer(self, asked: LoadMoment) -> SuggestLoadResponse:
        """Return the whole response that the guess is taken from."""
        engine = self._engine.in_unit(unit_asked(self._units, asked.moment.day, self._stated))
        return wait(engine.suggest_load(load_request(asked)))


def engine_rows(ports_for: PortsFor | None = None) -> tuple[Row, ...]:
    """Return the rows of the engine: by rules alone, and with models where there are any.

    Parameters
    ----------
    ports_for : callable, optional
        What the engine of a lifter with models is made with; without it rules stand alone.
    """
    ranks: tuple[Task, ...] = ("T1", "T2", "T4")
    rules = partial(RankersOfOneEngine(rules_ports), routine=0.0)
    rows: list[Row] = [
        RankRow(RULES, "engine", rules, ranks),
        *_load_rows(LOAD_RULES, rules_ports),
    ]
    if ports_for is not None:
        shown = RankersOfOneEngine(ports_for)
        rows += [
            RankRow(DEFAULT, "engine", shown, ranks, "models"),
            RankRow(HABIT, "engine", partial(shown, routine=1.0), ranks, "models"),
            *_load_rows(LOAD_DEFAULT, ports_for),
        ]
    return tuple(rows)


def rules_ports(_lifter: Lifter) -> Ports:
    """Return ports without models."""
    return replace(Ports().with_installed(), learned=None)


def _load_rows(name: str, ports_for: PortsFor) -> tuple[LoadRow, LoadRow]:
    make = partial(EngineForecaster, ports_for=ports_for)
    return (
        LoadRow(name, "engine", make),
        LoadRow(name + WITH_REPS, "engine", make, planned=True),
    )


def engine_of(lifter: Lifter, ports_for: PortsFor) -> Engine:
    """Return an engine that knows a lifter's log, with its models loaded.

    Raises
    ------
    VoltLiftError
        ``corrupt_data`` where a model is left out: rules would stand in for it in silence.
    """
    # Not inside: whoever makes ports may want an event loop of its own.
    ports = ports_for(lifter)

    async def made() -> Engine:
        engine = await Engine.create(ports)
        await engine.ingest(IngestRequest(state=app_state_of(lifter)))
        if ports.learned is None:
            return engine
        left_out = (await engine.load_models(LoadModelsRequest())).left_out
        if left_out:
            raise VoltLiftError(
                ErrorCode.CORRUPT_DATA,
                "a model cannot be used",
                path=lifter.name,
                expected="models that fit this version of the engine",
                received="; ".join(f"{model.name}: {model.message}" for model in left_out),
                remedy="Train them again (voltlift run), or evaluate the rules alone",
            )
        return engine

    return wait(made())


def wait(answer: Coroutine[Any, Any, T]) -> T:
    """Return what an engine answers, on the one event loop of this process."""
    return _loop().run_until_complete(answer)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the event loop of this process: making one takes longer than many an answer."""
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop

"""Whatever way a log came in, the answers are those of a fresh engine fed with the result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Coroutine
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from voltlift_core import (
    Delta,
    Engine,
    ExplainRequest,
    IngestRequest,
    LogRecord,
    Ports,
    RecommendExercisesRequest,
    encode,
)
from voltlift_core.adapters.memory import MemoryFeatureStore, MemoryLogStore
from voltlift_core.engine.recommend import Query, build_frame
from voltlift_core.features.registry import FEATURES
from voltlift_core.history import log as log_module

NOW = 1_763_852_400_000
OFFSET = 60
DAY = 86_400_000
DAYS = ("2025-11-01", "2025-11-20", "2025-11-21", "2025-11-22")

EXERCISES = st.sampled_from(
    ["barbell-squat", "barbell-bench-press", "bench-press", "Deadlift", "custom-1", "custom-2",
     "Sled Thing", "nobody-knows"]
)  # fmt: skip
WEIGHTS = st.sampled_from([0, 20, 22.6796185, 45, 62.5, 100, 135, 225.5, "60", None])


T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Return the result of work that never has to wait, as with ports in memory."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("it waits for something")


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


SETS = st.fixed_dictionaries(
    {
        "reps": st.integers(0, 15),
        "weight": WEIGHTS,
        "type": st.sampled_from(["N", "W", "D", "F"]),
        "completed": st.booleans(),
    },
    optional={"rpe": st.integers(6, 10)},
)
SESSIONS = st.fixed_dictionaries(
    {
        "id": st.sampled_from([*"abcdefghij", "h1"]),
        "status": st.sampled_from(["completed"] * 4 + ["active"]),
        "startTime": st.integers(0, 120).map(lambda half_days: NOW - half_days * DAY // 2),
        "logs": st.lists(
            st.fixed_dictionaries(
                {"exerciseId": EXERCISES, "sets": st.lists(SETS, min_size=1, max_size=3)}
            ),
            max_size=3,
        ),
    },
    optional={"unit": st.sampled_from(["kg", "lbs"]), "utcOffsetMinutes": st.just(-300)},
)
SETTINGS = optional(
    units=st.sampled_from(["kg", "lbs"]),
    goal=st.sampled_from(["strength", "Build Muscle", "Lose Fat"]).map(lambda g: {"type": g}),
    experienceLevel=st.sampled_from(["Beginner", "Advanced"]),
    availableEquipment=st.sampled_from([["Barbell", "Machines"], ["Dumbbells"]]),
    bodyweight=st.sampled_from([80, 176.5]),
    favoriteExercises=st.lists(EXERCISES, max_size=2),
    personalRecords=st.just({"bench-press": {"bestWeight": {"value": 102.5}}}),
)
DAILY = optional(sleepHours=st.integers(4, 9), bodyweight=st.sampled_from([79.9, 180]))
CUSTOM = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["custom-1", "custom-2"]),
            "name": st.sampled_from(["Sled Thing", "Deadlift", "My Press"]),
            "muscleGroup": st.sampled_from(["Legs", "chest", "Cardio"]),
            "equipment": st.sampled_from(["Barbell", "Spaceship"]),
            "category": st.just("Compound"),
        }
    ),
    max_size=2,
)
BY_DAY = st.dictionaries(st.sampled_from(DAYS), DAILY, max_size=3)


class EngineMachine(RuleBasedStateMachine):
    """One engine kept up to date in every way there is, beside a plain model of the state."""

    def __init__(self) -> None:
        super().__init__()
        self.features, self.store = MemoryFeatureStore(), MemoryLogStore()
        self.engine = run(Engine.create(Ports(features=self.features)))
        self.sessions: dict[str, Any] = {}
        self.documents: dict[str, Any] = {}

    def state(self) -> dict[str, Any]:
        return {"history": list(self.sessions.values()), **self.documents}

    def ingest(self, **parts: Any) -> None:
        run(self.engine.ingest(IngestRequest(utc_offset_minutes=OFFSET, **parts)))

    def delta(self, **parts: Any) -> None:
        self.ingest(delta=Delta(**parts))

    @initialize(sessions=st.lists(SESSIONS, max_size=6), options=SETTINGS, daily=BY_DAY)
    def begin(self, sessions: list[Any], options: Any, daily: Any) -> None:
        self.whole_state(sessions, options, daily, [], False, False)

    @rule(
        sessions=st.lists(SESSIONS, max_size=6),
        options=SETTINGS,
        daily=BY_DAY,
        custom=CUSTOM,
        wrapped=st.booleans(),
        as_list=st.booleans(),
    )
    def whole_state(
        self,
        sessions: list[Any],
        options: Any,
        daily: Any,
        custom: list[Any],
        wrapped: bool,
        as_list: bool,
    ) -> None:
        self.sessions = {item["id"]: item for item in sessions}
        self.documents = {"settings": options, "dailyLogs": daily, "customExercises": custom}
        state = self.state()
        if as_list:
            state["dailyLogs"] = [{"date": day, **log} for day, log in daily.items()]
        self.ingest(
            state={"state": state, "version": 1} if wrapped else {**state, "state": {"theme": 1}}
        )

    @rule(sessions=st.lists(SESSIONS, min_size=1, max_size=4, unique_by=lambda item: item["id"]))
    def change_sessions(self, sessions: list[Any]) -> None:
        self.sessions |= {item["id"]: item for item in sessions}
        self.delta(sessions=tuple(sessions))

    @rule(ids=st.lists(st.sampled_from("abcdefghijz"), min_size=1, max_size=3))
    def delete_sessions(self, ids: list[str]) -> None:
        self.sessions = {id_: s for id_, s in self.sessions.items() if id_ not in ids}
        self.delta(deleted_sessions=tuple(ids))

    @rule(options=SETTINGS)
    def change_settings(self, options: Any) -> None:
        self.documents["settings"] = options
        self.delta(settings=options)

    @rule(unit=st.sampled_from(["kg", "lbs"]))
    def switch_unit(self, unit: str) -> None:
        self.change_settings({**self.documents["settings"], "units": unit})

    @rule(custom=CUSTOM)
    def change_custom_exercises(self, custom: list[Any]) -> None:
        self.documents["customExercises"] = custom
        self.delta(custom_exercises=tuple(custom))

    @rule(logs=st.dictionaries(st.sampled_from(DAYS), st.none() | DAILY, min_size=1, max_size=3))
    def change_daily_logs(self, logs: Any) -> None:
        merged = {**self.documents["dailyLogs"], **logs}
        self.documents["dailyLogs"] = {day: log for day, log in merged.items() if log is not None}
        self.delta(daily_logs=logs)

    @rule()
    def save(self) -> None:
        run(self.engine.save())

    @rule()
    def restart(self) -> None:
        self.save()
        self.engine = run(Engine.create(Ports(features=self.features)))

    @rule()
    def restart_with_log_store(self) -> None:
        """The columns kept may be older than the log, whose owner knows best."""
        run(self._write_store())
        ports = Ports(log=self.store, features=self.features)
        self.engine = run(Engine.create(ports, utc_offset_minutes=OFFSET))

    async def _write_store(self) -> None:
        records = []
        for id_, session in self.sessions.items():
            text = json.dumps(session)
            records.append(LogRecord(id_, hashlib.sha256(text.encode()).hexdigest(), text))
        gone = (await self.store.manifest()).keys() - self.sessions.keys()
        await self.store.write(records, gone)
        for name, value in self.documents.items():
            await self.store.write_document(name, json.dumps(value))

    @invariant()
    def answers_like_a_fresh_engine(self) -> None:
        fresh = run(Engine.create())
        request = IngestRequest(utc_offset_minutes=OFFSET, state=self.state())
        run(fresh.ingest(request))
        assert answers(self.engine) == answers(fresh)
        ours, theirs = features(self.engine), features(fresh)
        for name in theirs:
            np.testing.assert_array_equal(ours[name], theirs[name], err_msg=name)


def answers(engine: Engine) -> list[Any]:
    asked = RecommendExercisesRequest(now=NOW, utc_offset_minutes=OFFSET, limit=8)
    listed: Any = encode(run(engine.recommend_exercises(asked)))
    why = ExplainRequest(now=NOW, utc_offset_minutes=OFFSET, exercise_id="barbell-squat")
    explained: Any = encode(run(engine.explain(why)))
    return [{k: v for k, v in answer.items() if k != "meta"} for answer in (listed, explained)]


def features(engine: Engine) -> dict[str, Any]:
    state = engine._state
    query = Query.of(RecommendExercisesRequest(now=NOW, utc_offset_minutes=OFFSET), state.settings)
    frame = build_frame(state, query)
    return {
        spec.name: frame.exercise(spec.name)
        if spec.name in FEATURES.exercises
        else frame.scalar(spec.name)
        for spec in FEATURES
    }


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "CHUNK_SESSIONS", 3)


EngineMachine.TestCase.settings = settings(
    max_examples=settings.default.max_examples * 2 // 5,
    stateful_step_count=8,
    phases=(Phase.explicit, Phase.generate),  # shrinking whole histories takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TestEngineStates = EngineMachine.TestCase

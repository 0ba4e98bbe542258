"""The dispatcher: no exception crosses, derived data is written behind the answers."""

import asyncio
import json

from voltlift_bridge import Dispatcher
from voltlift_core import Ports, VoltLiftError
from voltlift_core.adapters.memory import MemoryFeatureStore

SESSION = {
    "id": "a",
    "status": "completed",
    "startTime": 1_780_000_000_000,
    "logs": [{"id": "l", "exerciseId": "pull-up", "sets": [{"id": "s", "reps": 5, "weight": 0}]}],
}


def ingest(*sessions):
    return json.dumps({"delta": {"sessions": sessions}})


async def test_an_ingestion_is_kept_behind_its_answer():
    store = MemoryFeatureStore()
    dispatcher = await Dispatcher.over(Ports(features=store))
    answer = json.loads(await dispatcher.call("ingest", ingest(SESSION)))
    assert answer["ok"]["workouts"] == 1
    await dispatcher.settle()
    again = await Dispatcher.over(Ports(features=store))
    assert json.loads(again.describe())["workouts"] == 1


async def test_ingestions_during_a_write_are_written_after_it():
    class SlowStore(MemoryFeatureStore):
        writes = 0

        async def write(self, entries, deleted=()):
            await asyncio.sleep(0)
            self.writes += 1
            await super().write(entries, deleted)

    store = SlowStore()
    dispatcher = await Dispatcher.over(Ports(features=store))
    for number in range(5):
        await dispatcher.call("ingest", ingest({**SESSION, "id": str(number)}))
    await dispatcher.settle()
    assert store.writes <= 3
    again = await Dispatcher.over(Ports(features=store))
    assert json.loads(again.describe())["workouts"] == 5


async def test_a_store_that_fails_becomes_a_notice_and_answers_go_on():
    class FullStore(MemoryFeatureStore):
        async def write(self, entries, deleted=()):
            raise VoltLiftError("storage", "the disk is full")

    dispatcher = await Dispatcher.over(Ports(features=FullStore()))
    answer = json.loads(await dispatcher.call("ingest", ingest(SESSION)))
    assert answer["ok"]["workouts"] == 1
    await dispatcher.settle()
    assert "the disk is full" in json.loads(dispatcher.describe())["notices"][0]


async def test_a_store_that_breaks_becomes_a_notice_until_a_write_succeeds():
    class BreakingStore(MemoryFeatureStore):
        broken = True

        async def write(self, entries, deleted=()):
            if self.broken:
                raise RuntimeError("Object has already been destroyed")
            await super().write(entries, deleted)

    store = BreakingStore()
    dispatcher = await Dispatcher.over(Ports(features=store))
    await dispatcher.call("ingest", ingest(SESSION))
    await dispatcher.settle()
    assert "already been destroyed" in json.loads(dispatcher.describe())["notices"][0]
    store.broken = False
    await dispatcher.call("ingest", ingest(SESSION | {"id": "b"}))
    await dispatcher.settle()
    assert json.loads(dispatcher.describe())["notices"] == []


async def test_an_unexpected_failure_names_its_place_and_crosses_as_an_error():
    class Broken:
        def to_bytes(self):
            raise RuntimeError("detached")

    dispatcher = await Dispatcher.over()
    request = json.dumps({"fileName": "x.csv"})
    answer = json.loads(await dispatcher.call("preview_import", request, Broken()))
    assert answer["error"]["code"] == "internal"
    assert "RuntimeError: detached" in answer["error"]["message"]
    assert "test_dispatch.py" in answer["error"]["details"]["where"]


async def test_answers_hold_no_nan():
    dispatcher = await Dispatcher.over()
    text = await dispatcher.call("recommend_exercises", '{"now": 0}')
    json.loads(text, parse_constant=lambda name: 1 / 0)
    assert '"ok"' in text


async def test_numbers_that_json_cannot_hold_cross_as_null():
    dispatcher = await Dispatcher.over()
    state = '{"state": {"settings": {"units": "kg", "bodyweight": 1e999}, "history": []}}'
    request = json.dumps({"fileName": "state.json", "text": state})
    answer = json.loads(await dispatcher.call("preview_import", request))
    assert answer["ok"]["settings"]["bodyweight"] is None


STRONG = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n" + "".join(
    f"20{10 + i // 28:02d}-01-{i % 28 + 1:02d} 10:00:00,A,Squat (Barbell),1,60,5\n"
    for i in range(800)
)


async def test_a_file_is_read_in_steps_that_are_told():
    dispatcher = await Dispatcher.over()
    steps = []

    def on_step(*step):
        steps.append(step)
        return True

    request = json.dumps({"fileName": "x.csv"})
    answer = json.loads(await dispatcher.call("preview_import", request, STRONG.encode(), on_step))
    assert answer["ok"]["newSessions"] == 800
    assert [*dict.fromkeys(stage for stage, _, _ in steps)] == ["reading", "building", "comparing"]


async def test_a_request_that_is_given_up_ends_at_its_next_step():
    dispatcher = await Dispatcher.over()
    steps = []

    def on_step(*step):
        steps.append(step)
        return len(steps) < 2

    request = json.dumps({"fileName": "x.csv"})
    answer = json.loads(await dispatcher.call("preview_import", request, STRONG.encode(), on_step))
    assert answer["error"]["code"] == "aborted"
    assert len(steps) == 2

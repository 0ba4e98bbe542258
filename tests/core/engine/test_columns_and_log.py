"""Columns that are stale, half written or another tab's never change an answer."""

import json
import random

import pytest

from voltlift_core import (
    Delta,
    Engine,
    IngestRequest,
    LogRecord,
    Ports,
    RecommendExercisesRequest,
)
from voltlift_core.adapters.memory import MemoryFeatureStore, MemoryLogStore
from voltlift_samples import sample_state

NOW = 1_790_000_000_000
STATE = sample_state("intermediate", now_ms=NOW, workouts=300)["state"]


def record(session, version=0):
    return LogRecord(session["id"], f"{session['id']}-{version}", json.dumps(session))


def edited(session, version):
    return {**session, "name": f"Version {version}", "logs": session["logs"][: version % 3]}


async def answers(engine):
    request = RecommendExercisesRequest(now=NOW, limit=50)
    return (await engine.recommend_exercises(request)).recommendations


async def snapshot(store):
    return await store.read("")


async def log_and_snapshots():
    """Return a log after some changes, and the columns as they were after each of them."""
    log, store = MemoryLogStore(), MemoryFeatureStore()
    await log.write([record(session) for session in STATE["history"]])
    await log.write_document("settings", json.dumps(STATE["settings"]))
    engine = await Engine.create(Ports(log=log, features=store))
    await engine.save()
    snapshots = [await snapshot(store)]
    for version in range(1, 5):
        changed = [edited(session, version) for session in STATE["history"][version::60]]
        gone = STATE["history"][version * 7]["id"]
        await log.write([record(session, version) for session in changed], deleted=[gone])
        engine = await Engine.create(Ports(log=log, features=store))
        await engine.save()
        snapshots.append(await snapshot(store))
    return log, snapshots


@pytest.mark.parametrize("seed", range(12))
async def test_columns_torn_between_revisions_are_never_used(seed):
    chance = random.Random(seed)
    log, snapshots = await log_and_snapshots()
    expected = await answers(await Engine.create(Ports(log=log)))
    keys = sorted({key for entries in snapshots for key in entries})
    torn = {}
    for key in keys:
        versions = [entries[key] for entries in snapshots if key in entries]
        if chance.random() < 0.9:
            torn[key] = chance.choice(versions)
    store = MemoryFeatureStore()
    await store.write(torn)
    engine = await Engine.create(Ports(log=log, features=store))
    assert await answers(engine) == expected
    # Nor is anything torn left behind.
    await engine.save()
    restored = await Engine.create(Ports(features=store))
    assert restored.workouts == engine.workouts
    assert await answers(restored) == expected


async def test_columns_of_an_erased_log_are_gone_with_their_documents():
    _, snapshots = await log_and_snapshots()
    store = MemoryFeatureStore()
    await store.write(snapshots[-1])
    engine = await Engine.create(Ports(log=MemoryLogStore(), features=store))
    assert engine.workouts == 0
    assert await answers(engine) == await answers(await Engine.create())


async def test_two_engines_over_one_store_do_not_spoil_each_others_columns():
    class Counting(MemoryLogStore):
        read_ids = ()

        async def read(self, ids):
            self.read_ids = (*self.read_ids, *ids)
            return await super().read(ids)

    log, store = Counting(), MemoryFeatureStore()
    await log.write([record(session) for session in STATE["history"]])
    tabs = [await Engine.create(Ports(log=log, features=store)) for _ in range(2)]
    for turn in range(6):
        session = edited(STATE["history"][turn * 11], turn)
        await log.write([record(session, turn + 1)])
        delta = Delta(sessions=(session,), hashes={session["id"]: f"{session['id']}-{turn + 1}"})
        # Both hear of it, and both keep their columns, now one first and now the other.
        for engine in tabs if turn % 2 else reversed(tabs):
            await engine.ingest(IngestRequest(delta=delta))
            await engine.save()
    log.read_ids = ()
    again = await Engine.create(Ports(log=log, features=store))
    assert log.read_ids == ()
    assert await answers(again) == await answers(tabs[0])


async def test_the_days_that_are_known_are_told():
    log, store = MemoryLogStore(), MemoryFeatureStore()
    assert (await Engine.create()).days == ()
    await log.write_document("dailyLogs", '{"2026-01-02": {}, "2026-01-01": {"sleepHours": 8}}')
    engine = await Engine.create(Ports(log=log, features=store))
    assert engine.days == ("2026-01-01", "2026-01-02")
    await engine.save()
    assert (await Engine.create(Ports(features=store))).days == engine.days

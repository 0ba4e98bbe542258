"""What is derived survives a restart, is rebuilt where it does not fit, and is never the truth."""

import dataclasses
import json

import pytest

from voltlift_core import (
    Artefact,
    Delta,
    Engine,
    FeatureEntry,
    IngestRequest,
    LogRecord,
    Ports,
    RecommendExercisesRequest,
    VoltLiftError,
)
from voltlift_core.adapters.memory import MemoryFeatureStore, MemoryLogStore, MemoryModelRegistry
from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.scoring.config import RuleConfig
from voltlift_core.wire import encode_json
from voltlift_samples import sample_state

NOW = 1_790_000_000_000
STATE = sample_state("intermediate", now_ms=NOW)["state"]


class CountingFeatureStore(MemoryFeatureStore):
    """Remembers which keys the last write touched."""

    def __init__(self):
        super().__init__()
        self.written = set()

    async def write(self, entries, deleted=()):
        self.written = set(entries)
        await super().write(entries, deleted)


async def filled(store):
    engine = await Engine.create(Ports(features=store))
    await engine.ingest(IngestRequest(state=STATE))
    await engine.save()
    return engine


async def answers(engine):
    return (
        await engine.recommend_exercises(RecommendExercisesRequest(now=NOW, limit=50))
    ).recommendations


async def test_a_restarted_engine_answers_the_same_without_the_log():
    store = MemoryFeatureStore()
    engine = await filled(store)
    again = await Engine.create(Ports(features=store))
    assert again.revision == engine.revision
    assert again.workouts == engine.workouts
    assert await answers(again) == await answers(engine)


async def test_a_change_rewrites_one_chunk():
    store = CountingFeatureStore()
    engine = await Engine.create(Ports(features=store))
    state = sample_state("intermediate", now_ms=NOW, workouts=600)["state"]
    await engine.ingest(IngestRequest(state=state))
    await engine.save()
    assert len([key for key in store.written if "chunk" in key]) == 3
    session = {**state["history"][300], "name": "Renamed"}
    session["logs"] = session["logs"][:1]
    await engine.ingest(IngestRequest(delta=Delta(sessions=(session,))))
    await engine.save()
    assert len([key for key in store.written if "chunk" in key]) == 1
    assert not [key for key in store.written if "document" in key]
    again = await Engine.create(Ports(features=store))
    assert await answers(again) == await answers(engine)


async def test_saving_twice_writes_once():
    store = CountingFeatureStore()
    engine = await filled(store)
    store.written = set()
    await engine.save()
    assert store.written == set()


def swap(entry, **changes):
    return dataclasses.replace(entry, **changes)


@pytest.mark.parametrize(
    "damage",
    [
        lambda entries: entries.pop("log/meta"),
        lambda entries: entries.update({"log/meta": FeatureEntry("{")}),
        lambda entries: entries.update({"log/meta": FeatureEntry("[]")}),
        lambda entries: entries.pop("log/chunk-000000"),
        lambda entries: entries.pop("log/document-settings"),
        lambda entries: entries.update(
            {"log/chunk-000000": swap(entries["log/chunk-000000"], data=b"\0" * 100)}
        ),
        lambda entries: entries.update(
            {
                "log/chunk-000000": swap(
                    entries["log/chunk-000000"],
                    data=bytes([entries["log/chunk-000000"].data[0] ^ 1])
                    + entries["log/chunk-000000"].data[1:],
                )
            }
        ),
        lambda entries: entries.update(
            {
                "log/meta": FeatureEntry(
                    json.dumps({**json.loads(entries["log/meta"].header), "stamp": "0.0.1/x"})
                )
            }
        ),
    ],
    ids=[
        "no meta",
        "meta cut off",
        "meta of another shape",
        "chunk missing",
        "document missing",
        "chunk truncated",
        "one bit flipped",
        "older engine",
    ],
)
async def test_columns_that_do_not_fit_are_dropped_and_rebuilt_from_the_log(damage):
    store = MemoryFeatureStore()
    await filled(store)
    entries = await store.read("")
    before = set(entries)
    damage(entries)
    await store.write(entries, deleted=before - set(entries))
    log = await owned_log()
    engine = await Engine.create(Ports(features=store, log=log))
    assert engine.workouts == 160
    await engine.save()
    assert (await Engine.create(Ports(features=store))).workouts == 160
    alone = MemoryFeatureStore()
    await alone.write(entries)
    assert (await Engine.create(Ports(features=alone))).workouts == 0


# Catching up with the owner of the log


async def owned_log(sessions=None):
    log = MemoryLogStore()
    await log.write([record(session) for session in sessions or STATE["history"]])
    for name in ("settings", "dailyLogs", "customExercises"):
        await log.write_document(name, json.dumps(STATE[name]))
    return log


def record(session, content_hash="1"):
    return LogRecord(session["id"], content_hash, json.dumps(session))


async def test_an_engine_over_a_log_knows_it_from_the_start_with_progress():
    seen = []
    engine = await Engine.create(
        Ports(log=await owned_log()), progress=lambda *step: seen.append(step)
    )
    whole = await Engine.create()
    await whole.ingest(IngestRequest(state=STATE))
    assert await answers(engine) == await answers(whole)
    assert seen[-1] == ("sessions", len(STATE["history"]), len(STATE["history"]))


async def test_only_what_changed_is_read_again():
    class CountingLog(MemoryLogStore):
        read_ids = ()

        async def read(self, ids):
            self.read_ids = (*self.read_ids, *ids)
            return await super().read(ids)

    store, log = MemoryFeatureStore(), CountingLog()
    await log.write([record(session) for session in STATE["history"]])
    first = await Engine.create(Ports(log=log, features=store))
    await first.save()
    changed, removed = STATE["history"][3], STATE["history"][7]
    await log.write([record({**changed, "logs": []}, "2")], deleted=[removed["id"]])
    log.read_ids = ()
    second = await Engine.create(Ports(log=log, features=store))
    assert log.read_ids == (changed["id"],)
    assert second.workouts == first.workouts - 1


async def test_a_day_that_the_owner_deleted_is_gone_after_a_restart():
    store, log = MemoryFeatureStore(), MemoryLogStore()
    await log.write_document("dailyLogs", '{"2026-01-01": {"bodyweight": 80}}')
    await (await Engine.create(Ports(log=log, features=store))).save()
    await log.write_document("dailyLogs", '{"2026-01-02": {"sleepHours": 8}}')
    again = await Engine.create(Ports(log=log, features=store))
    assert [record.sleep_hours for record in again._state.daily] == [8.0]


async def test_what_is_damaged_in_the_log_store_is_left_out_and_said_so():
    log = MemoryLogStore()
    whole = STATE["history"][0]
    await log.write([record(whole), LogRecord("torn", "1", '{"id": "torn", "sta')])
    await log.write_document("settings", "{")
    engine = await Engine.create(Ports(log=log))
    assert engine.workouts == 1
    assert [notice.split(" left out")[0] for notice in engine.notices] == [
        "settings",
        "session torn",
    ]


async def test_daily_logs_in_a_list_survive_a_restart():
    store = MemoryFeatureStore()
    engine = await Engine.create(Ports(features=store))
    daily = [{"date": "2026-01-01", "sleepHours": 8}, {"sleepHours": 7}]
    await engine.ingest(IngestRequest(state={"history": [], "dailyLogs": daily}))
    await engine.save()
    again = await Engine.create(Ports(features=store))
    assert [record.sleep_hours for record in again._state.daily] == [8.0]


async def test_settings_nested_too_deeply_to_be_written_do_not_keep_the_rest_from_it():
    store, nested = MemoryFeatureStore(), []
    for _ in range(5000):
        nested = [nested]
    engine = await Engine.create(Ports(features=store))
    settings = {"units": "lbs", "suggestionHistory": nested}
    await engine.ingest(IngestRequest(delta=Delta(settings=settings)))
    await engine.save()
    again = await Engine.create(Ports(features=store))
    assert str(again._state.settings.unit) == "lbs"


async def test_columns_are_rebuilt_where_the_catalogue_reads_names_another_way(monkeypatch):
    store = MemoryFeatureStore()
    await filled(store)
    first, *rest = Catalogue.bundled().exercises
    renamed = Catalogue([dataclasses.replace(first, aliases=("Another Name",)), *rest])
    monkeypatch.setattr(Catalogue, "bundled", lambda: renamed)
    assert (await Engine.create(Ports(features=store))).workouts == 0


# Rules from the registry


def artefact(config_text):
    import hashlib

    data = config_text.encode()
    return Artefact("rules", "9", hashlib.sha256(data).hexdigest(), data)


async def registry(text):
    models = MemoryModelRegistry()
    await models.install(artefact(text))
    await models.activate("rules", "9")
    return models


async def test_rules_of_the_registry_replace_the_bundled_ones():
    bundled = RuleConfig.bundled()
    generous = dataclasses.replace(
        bundled, version="rules/9", novelty=dataclasses.replace(bundled.novelty, never=4)
    )
    engine = await Engine.create(Ports(models=await registry(encode_json(generous))))
    answer = await engine.recommend_exercises(RecommendExercisesRequest(now=NOW))
    assert answer.meta.scorers[0].version == "rules/9"
    novelty = {c.component: c.points for c in answer.recommendations[0].components}["novelty"]
    assert novelty == 4


async def test_rules_that_do_not_fit_leave_the_bundled_ones_and_say_so():
    engine = await Engine.create(Ports(models=await registry('{"version": "rules/9"}')))
    answer = await engine.recommend_exercises(RecommendExercisesRequest(now=NOW))
    assert answer.meta.scorers[0].version == "rules/1"
    assert "$.balance" in engine.notices[0]


async def test_a_failing_store_is_reported_and_the_engine_keeps_answering():
    class FullStore(MemoryFeatureStore):
        async def write(self, entries, deleted=()):
            raise VoltLiftError("storage", "the disk is full")

    engine = await Engine.create(Ports(features=FullStore()))
    await engine.ingest(IngestRequest(state=STATE))
    with pytest.raises(VoltLiftError, match="full"):
        await engine.save()
    assert len(await answers(engine)) == 50

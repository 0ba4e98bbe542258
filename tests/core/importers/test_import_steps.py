"""Reading in steps: progress that grows, a place to stop, and other tasks in between."""

from __future__ import annotations

import asyncio
import json

import pytest
from strong_files import CATALOGUE, read, strong

from voltlift_core import Engine, Known, Ports
from voltlift_core.contract import ImportPreview, IngestRequest, PreviewImportRequest
from voltlift_core.wire import encode
from voltlift_importers import export_csv, preview, preview_now


class Importers:
    preview = staticmethod(preview)
    export_csv = staticmethod(export_csv)


FILE = strong(
    *[
        f"20{10 + i // 360:02d}-{i // 30 % 12 + 1:02d}-{i % 28 + 1:02d} 10:00:{i % 60:02d},A{i},1h,"
        f"Squat (Barbell),1,{60 + i % 20},5,0,0,,,"
        for i in range(2500)
    ]
).encode()
STATE = json.dumps(
    {
        "settings": {"units": "kg"},
        "history": [
            {"id": str(i), "status": "completed", "startTime": 1_400_000_000_000 + i, "logs": []}
            for i in range(1000)
        ],
    }
).encode()


@pytest.mark.parametrize("data", [FILE, STATE])
async def test_progress_grows_stage_by_stage_and_the_answer_is_the_same(data: bytes) -> None:
    seen: list[tuple[str, int, int]] = []
    request = PreviewImportRequest(file_name="x")
    known = Known(CATALOGUE)
    found = await preview(request, data, known, lambda *step: seen.append(step))
    assert found == preview_now(request, data, known)
    stages = list(dict.fromkeys(stage for stage, _, _ in seen))
    assert stages == ["reading", "building", "comparing"]
    for stage in stages:
        shares = [done / total for name, done, total in seen if name == stage]
        assert shares == sorted(shares)
        assert all(0 <= share <= 1 for share in shares)
        assert len(shares) >= 3
    assert [stage for stage, _, _ in seen] == sorted(
        (stage for stage, _, _ in seen), key=stages.index
    )


async def test_other_tasks_have_their_turn_between_steps() -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    await preview(PreviewImportRequest(file_name="x"), FILE, Known(CATALOGUE))
    task.cancel()
    assert turns >= 20


async def test_what_progress_raises_ends_the_work_at_once() -> None:
    class StopError(Exception):
        pass

    calls = 0

    def stop(stage: str, done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise StopError

    with pytest.raises(StopError):
        await preview(PreviewImportRequest(file_name="x"), FILE, Known(CATALOGUE), stop)
    assert calls == 3


async def test_the_engine_compares_with_its_log() -> None:
    engine = await Engine.create(Ports(importer=Importers))
    request = PreviewImportRequest(file_name="x")
    first = await engine.preview_import(request, FILE)
    assert (first.new_sessions, first.known_sessions) == (2500, 0)
    history = [encode(session) for session in first.sessions]
    await engine.ingest(IngestRequest(state={"settings": {"units": "kg"}, "history": history}))
    again = await engine.preview_import(request, FILE)
    assert (again.new_sessions, again.known_sessions) == (0, 2500)


def test_a_preview_knows_nothing_of_steps() -> None:
    assert isinstance(read(FILE), ImportPreview)

"""First weights on real logs: loads carried over from related exercises against what was used.

Run with ``python -m benchmarks.first_loads DIR``: DIR holds exports of workout apps. Each log
is imported and ingested by the public engine, which is then asked for every exercise as of the
moment it was first done, with the repetitions of its best set as the plan; it looks at nothing
that began later. What comes from other exercises is compared with the load then used.

First loads are often light, since people feel their way, and apps are used in more than one
way (one dumbbell or both, help of machines): so ratios are shown, not errors.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks.replay import KG_PER_UNIT, lifts_by_day
from voltlift_core import Engine, IngestRequest, PreviewImportRequest, SuggestLoadRequest
from voltlift_core.wire import encode

TOO_HEAVY = 1.1


async def first_loads(path: Path) -> tuple[int, list[float]]:
    """Return how many exercises have a first load, and suggested over used where one was given."""
    engine = await Engine.create()
    preview = await engine.preview_import(
        PreviewImportRequest(file_name=path.name), path.read_bytes()
    )
    state = {
        "settings": {"units": preview.unit.unit if preview.unit else "kg"},
        "history": [encode(session) for session in preview.sessions],
        "customExercises": [encode(exercise) for exercise in preview.custom_exercises],
    }
    await engine.ingest(IngestRequest(state=state))
    firsts = {id_: days[0] for id_, days in lifts_by_day(preview.sessions).items()}
    used = {id_: day for id_, day in firsts.items() if day.kg > 0}
    ratios = []
    for id_, day in used.items():
        answer = await engine.suggest_load(
            SuggestLoadRequest(now=day.start, exercise_id=id_, planned_reps=(day.reps, day.reps))
        )
        if answer.decision == "cold_start" and answer.choice is not None:
            ratios.append(answer.choice.weight * KG_PER_UNIT[answer.unit] / day.kg)
    return len(used), ratios


def row(name: str, cases: int, ratios: list[float]) -> str:
    """Return one line of the table."""
    if not ratios:
        return f"{name:16}{cases:7}{0:7}"
    heavy = sum(ratio > TOO_HEAVY for ratio in ratios) / len(ratios)
    return (
        f"{name:16}{cases:7}{len(ratios):7}{statistics.median(ratios):9.2f}"
        f"{heavy:11.1%}{max(ratios):9.2f}"
    )


def lines(folder: Path) -> Iterator[str]:
    """Return the table, a line a log and one of all."""
    yield f"{'log':16}{'first':>7}{'given':>7}{'median':>9}{'> 1.1 x':>11}{'most':>9}"
    total, everything = 0, []
    for path in sorted(folder.glob("*.csv")):
        cases, ratios = asyncio.run(first_loads(path))
        total += cases
        everything += ratios
        yield row(path.name, cases, ratios)
    yield row("all", total, everything)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    print(*lines(parser.parse_args().folder), sep="\n")


if __name__ == "__main__":
    main()

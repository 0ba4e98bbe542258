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

from voltlift_core import Engine, IngestRequest, SuggestLoadRequest, VoltLiftError
from voltlift_learned.diary import Diary
from voltlift_models.corpus import Lifter
from voltlift_models.evaluate.app_state import app_state_of
from voltlift_models.ingest import read_export
from voltlift_replay.questions import NO_LOAD_KG, top_sets
from voltlift_replay.units import KG_PER_UNIT

TOO_HEAVY = 1.1


async def first_loads(lifter: Lifter) -> tuple[int, list[float]]:
    """Return how many exercises have a first load, and suggested over used where one was given."""
    engine = await Engine.create()
    await engine.ingest(IngestRequest(state=app_state_of(lifter)))
    diary = Diary.of(lifter.state.log)
    top = top_sets(diary)
    used, ratios = 0, []
    for exercise, id_ in enumerate(diary.exercise_ids):
        # Timed sets have no weight to compare; what was never done has no set at all.
        sets = top[diary.entries_of(exercise)]
        first = next(iter(sets[diary.reps[sets] > 0].tolist()), None)
        if first is None or not diary.kg[first] > NO_LOAD_KG:
            continue
        used += 1
        reps = int(diary.reps[first])
        answer = await engine.suggest_load(
            SuggestLoadRequest(
                now=round(diary.set_s[first] * 1000), exercise_id=id_, planned_reps=(reps, reps)
            )
        )
        if answer.decision == "cold_start" and answer.choice is not None:
            ratios.append(answer.choice.weight * KG_PER_UNIT[answer.unit] / diary.kg[first])
    return used, ratios


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
        cases, ratios = asyncio.run(first_loads(read_export(path)))
        total += cases
        everything += ratios
        yield row(path.name, cases, ratios)
    yield row("all", total, everything)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    try:
        print(*lines(parser.parse_args().folder), sep="\n")
    except VoltLiftError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()

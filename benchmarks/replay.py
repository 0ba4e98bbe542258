"""Next working weight on real logs: the rules against simply repeating last time.

Run with ``python -m benchmarks.replay DIR [--json FILE]``: DIR holds exports of workout apps.
Each log is imported and ingested by the public engine, which is then asked for every lift as
of every day (it looks at nothing that began later); figures are averaged per lifter first.

* A case is the heaviest completed set of an exercise on a day, warm-ups and drop sets apart,
  after at least three days with the exercise. A load of 1 kg or lb at most is how some
  apps write "no load": a day is no case where it, or one of the three before, has none.
* "With plan" gives the repetitions that were then done as the planned ones: an oracle, since
  no log holds a plan.
* Unsafe is a weight that is more than 10 % above what was done, or that was failed: done at
  this weight or less for fewer repetitions than both the row and the last time asked for.
* Above cap counts suggestions more than 10 % above the last weight that are not flagged.

Exit code 1 where a target of the rules is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import voltlift_coach
import voltlift_importers
from benchmarks.replay_metrics import Case, Guess, judged, macro, table
from voltlift_core import (
    Delta,
    Engine,
    IngestRequest,
    Ports,
    PreviewImportRequest,
    SuggestLoadRequest,
    WorkoutSession,
)
from voltlift_core.contract.state import UnitCode
from voltlift_core.wire import encode

DAY_MS = 86_400_000
KG_PER_UNIT = {"kg": 1.0, "lbs": 0.45359237}
DAYS_BEFORE = 3
NO_LOAD = 1.0

TARGETS = (
    ("rules", "last weight", "mape", 1.02),
    ("rules", "last weight", "mape_gap", 1.05),
    ("rules, with plan", "last weight", "mape", 0.95),
    ("rules", "last weight", "unsafe", 1.0),
    ("rules, with plan", "last weight", "unsafe", 1.0),
)
"""Row, row that it is compared with, figure, and the greatest ratio allowed."""


@dataclass(frozen=True, slots=True)
class Day:
    """The heaviest set of an exercise on a day, in kilograms."""

    start: int
    kg: float
    reps: int
    unit: UnitCode


def lifts_by_day(sessions: tuple[WorkoutSession, ...]) -> dict[str, list[Day]]:
    """Return each exercise's days in time order."""
    found: dict[str, dict[int, Day]] = defaultdict(dict)
    for session in sorted(sessions, key=lambda item: item.start_time):
        unit: UnitCode = session.unit or "kg"
        local = session.start_time + (session.utc_offset_minutes or 0) * 60_000
        for log in session.logs:
            for item in log.sets:
                counted = item.completed and item.type not in ("W", "D") and item.reps > 0
                if not counted:
                    continue
                days = found[log.exercise_id]
                kg = item.weight * KG_PER_UNIT[unit] if item.weight > NO_LOAD else 0.0
                before = days.get(local // DAY_MS)
                if before is None:
                    days[local // DAY_MS] = Day(session.start_time, kg, item.reps, unit)
                elif (kg, item.reps) > (before.kg, before.reps):
                    days[local // DAY_MS] = replace(before, kg=kg, reps=item.reps)
    return {id_: sorted(days.values(), key=lambda day: day.start) for id_, days in found.items()}


def cases_of(lifts: dict[str, list[Day]]) -> Iterator[tuple[str, Day, Case]]:
    """Return ``(exercise, day, case)`` of all that is to be guessed, in time order."""
    found = [
        (id_, day, Case(day.kg, day.reps, tuple((d.kg, d.reps) for d in days[:at]), _gap(days, at)))
        for id_, days in lifts.items()
        for at, day in enumerate(days)
        if at >= DAYS_BEFORE and all(before.kg > 0 for before in days[at - DAYS_BEFORE : at + 1])
    ]
    return iter(sorted(found, key=lambda item: (item[1].start, item[0])))


def _gap(days: list[Day], at: int) -> float:
    return (days[at].start - days[at - 1].start) / DAY_MS


def naive(case: Case) -> dict[str, Guess]:
    """Return the rows that a suggestion has to beat."""
    kg, reps = case.before[-1]
    mean = sum(weight for weight, _ in case.before[-3:]) / 3
    epley = kg * (1 + reps / 30) / (1 + case.reps / 30)
    return {
        "last weight": Guess(kg, reps),
        "mean of three": Guess(mean, reps),
        "Epley, with plan": Guess(epley, case.reps),
    }


async def replay(path: Path) -> tuple[dict[str, list[tuple[Case, Guess]]], list[float]]:
    """Return all guesses of one log by row, and the milliseconds that each answer took."""
    engine = await Engine.create(Ports(importer=voltlift_importers, coach=voltlift_coach))
    preview = await engine.preview_import(
        PreviewImportRequest(file_name=path.name), path.read_bytes()
    )
    state = {
        "history": [encode(session) for session in preview.sessions],
        "customExercises": [encode(exercise) for exercise in preview.custom_exercises],
    }
    unit: UnitCode = preview.unit.unit if preview.unit else "kg"
    await engine.ingest(IngestRequest(state={"settings": {"units": unit}, **state}))
    rows: dict[str, list[tuple[Case, Guess]]] = defaultdict(list)
    times: list[float] = []
    for exercise_id, day, case in cases_of(lifts_by_day(preview.sessions)):
        if day.unit != unit:
            # Whoever logs in another unit has set it.
            unit = day.unit
            await engine.ingest(IngestRequest(delta=Delta(settings={"units": unit})))
        for name, guess in naive(case).items():
            rows[name].append((case, guess))
        for name, planned in (("rules", None), ("rules, with plan", (case.reps, case.reps))):
            started = time.perf_counter()
            answer = await engine.suggest_load(
                SuggestLoadRequest(now=day.start, exercise_id=exercise_id, planned_reps=planned)
            )
            times.append((time.perf_counter() - started) * 1000)
            choice = answer.choice
            weight = math.nan if choice is None else choice.weight * KG_PER_UNIT[answer.unit]
            reps = 1 if choice is None else choice.reps[0]
            rows[name].append((case, Guess(weight, reps, answer.step_exceeds_cap)))
    return rows, times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="exports of workout apps, one a lifter")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    arguments = parser.parse_args()
    lifters: dict[str, dict[str, dict[str, float]]] = {}
    times: list[float] = []
    for path in sorted(arguments.folder.glob("*.csv")):
        rows, took = asyncio.run(replay(path))
        times += took
        if rows:
            lifters[path.stem] = {name: judged(guesses) for name, guesses in rows.items()}
    if not lifters:
        print(f"no export with enough training in {arguments.folder}", file=sys.stderr)
        return 2
    figures = macro(lifters)
    print(table(figures, lifters, times))
    failed = 0
    for row, rival, figure, limit in TARGETS:
        ratio = figures[row][figure] / figures[rival][figure]
        failed += ratio > limit
        verdict = "reached" if ratio <= limit else "MISSED"
        print(f"{row}: {figure} {ratio:.3f} x {rival}'s, target at most {limit:g} x: {verdict}")
    above = sum(row["above_cap"] for rows in lifters.values() for row in rows.values() if row)
    ours = sum(rows[name]["above_cap"] for rows in lifters.values() for name in _OURS)
    print(f"above the cap without a flag: {ours:g} of ours ({above:g} of all rows)")
    if arguments.json:
        report = {"macro": figures, "lifters": lifters}
        arguments.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 1 if failed or ours else 0


_OURS = ("rules", "rules, with plan")

if __name__ == "__main__":
    raise SystemExit(main())

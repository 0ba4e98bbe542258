"""Made-up lifters' logs, as app states that the engine itself decodes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from voltlift_core import Catalogue, ErrorCode, Json, VoltLiftError
from voltlift_models.corpus import Corpus, Lifter, Source
from voltlift_models.simulate import facts
from voltlift_models.simulate.body import Body
from voltlift_models.simulate.days import training_days, weekday
from voltlift_models.simulate.lift import Circumstances, Lift
from voltlift_models.simulate.loading import Grid
from voltlift_models.simulate.person import Person
from voltlift_models.simulate.routine import Routine

VERSION = "simulator/1"
MOST_LIFTERS = 100_000

_BIG = ("Compound", "Machine")
_ATTEMPTS = 200


def simulate(
    n: int, seed: int, *, workers: int = 1, progress: Callable[[int], None] | None = None
) -> Corpus:
    """Return made-up lifters.

    Parameters
    ----------
    n : int
        How many.
    seed : int
        Other seeds give other lifters.
    workers : int
        Processes; the result does not depend on it.
    progress : callable, optional
        Told how many are done.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where a number is out of range.

    Examples
    --------
    >>> corpus = simulate(2, seed=1)
    >>> [lifter.name for lifter in corpus.lifters], len(corpus.real)
    (['simulated-1-0000', 'simulated-1-0001'], 0)
    """
    if not (0 <= n <= MOST_LIFTERS and seed >= 0):
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "so many lifters cannot be simulated",
            expected=f"0 to {MOST_LIFTERS} lifters, and a seed from 0 on",
            received=f"{n} lifters, seed {seed}",
        )
    make = partial(simulate_lifter, seed)
    found: list[Lifter] = []
    if workers > 1 and n > 1:
        with ProcessPoolExecutor(workers) as pool:
            for lifter in pool.map(make, range(n), chunksize=4):
                found.append(lifter)
                if progress is not None:
                    progress(len(found))
    else:
        for index in range(n):
            found.append(make(index))
            if progress is not None:
                progress(index + 1)
    return Corpus(tuple(found))


def simulate_lifter(seed: int, index: int) -> Lifter:
    """Return lifter ``index`` of a seed."""
    state = app_state(seed, index)
    text = json.dumps(state, separators=(",", ":"), sort_keys=True)
    source = Source(
        file=f"{VERSION} seed {seed} lifter {index}",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        licence="MIT",
        simulated=True,
    )
    return Lifter.of_app_state(f"simulated-{seed}-{index:04d}", state, source)


def app_state(seed: int, index: int) -> dict[str, Json]:
    """Return the app state of a made-up lifter.

    Who quits after a handful of sessions leaves nothing to learn from: another is drawn.
    """
    rng = np.random.Generator(np.random.PCG64([seed, index]))
    for _ in range(_ATTEMPTS):
        person = Person.draw(rng)
        days = training_days(person, rng)
        if len(days) >= facts.LEAST_SESSIONS:
            break
    settings: dict[str, Json] = {
        "units": person.unit,
        "gender": "female" if person.female else "male",
        "bodyweight": round(person.bodyweight / facts.KG_PER_UNIT[person.unit], 1),
        "experienceLevel": "Beginner"
        if person.years < 1
        else "Intermediate"
        if person.years < 4
        else "Advanced",
    }
    return {"settings": settings, "history": _Trainee(person, rng).train(days)}


class _Trainee:
    """A lifter on the way through the log."""

    def __init__(self, person: Person, rng: np.random.Generator) -> None:
        self._person, self._rng = person, rng
        self._body, self._routine = Body(person, rng), Routine(person, rng)
        self._catalogue = Catalogue.bundled()
        self._lifts: dict[str, Lift] = {}
        self._last: dict[str, int] = {}
        self._away = float(rng.uniform(0.02, 0.2)) if rng.random() < 0.4 else 0.0
        self._variants: dict[str, tuple[float, float]] = {}
        self._both: dict[str, bool] = {}

    def train(self, days: list[int]) -> list[Json]:
        history: list[Json] = []
        for number, day in enumerate(days):
            gap = day - days[number - 1] if number else 3
            self._body.begin_day(gap)
            history.append(self._session(number, day, days[0]))
        return history

    def _session(self, number: int, day: int, first: int) -> Json:
        rng, person = self._rng, self._person
        hour = float(np.clip(rng.normal(person.hour, 1.2), 5, 22))
        name, exercises = self._routine.today(weekday(day))
        easy = bool(person.deload_every) and (day - first) // 7 % person.deload_every == (
            person.deload_every - 1
        )
        away = bool(rng.random() < self._away)
        easy = easy or bool(rng.random() < 0.01 + 0.05 * person.chaos)
        logs: list[Json] = []
        for exercise in exercises:
            moment = day + hour / 24.0
            gap = float(day - self._last.get(exercise, day))
            scale, logged = self._scale(away, exercise), self._logged(exercise)
            now = Circumstances(moment, gap, easy, scale, logged)
            logs.append({"exerciseId": exercise, "sets": self._sets(exercise, now)})
            self._last[exercise] = day
        start = int(day * 86_400_000 + hour * 3_600_000) // 60_000 * 60_000
        minutes = 8 + sum(2.5 * len(log["sets"]) for log in logs if isinstance(log, dict))
        return {
            "id": f"{number:04d}",
            "name": name,
            "startTime": start,
            "endTime": start + int(minutes * float(rng.uniform(0.8, 1.3))) * 60_000,
            "utcOffsetMinutes": 0,
            "unit": person.unit,
            "status": "completed",
            "logs": logs,
        }

    def _sets(self, exercise_id: str, now: Circumstances) -> list[Json]:
        strength = self._body.of(exercise_id)
        if not strength.base:
            return self._without_load(exercise_id)
        if exercise_id not in self._lifts:
            exercise = self._catalogue.exercises[self._catalogue.index[exercise_id]]
            grid = Grid.draw(self._person, str(exercise.equipment), self._rng)
            big = str(exercise.category) in _BIG
            self._lifts[exercise_id] = Lift(self._person, strength, grid, big, self._rng)
        return self._lifts[exercise_id].work_out(self._body, now)

    def _without_load(self, exercise_id: str) -> list[Json]:
        """Return sets of what has no strength to speak of: cardio, planks, bands."""
        rng = self._rng
        exercise = self._catalogue.exercises[self._catalogue.index[exercise_id]]
        cardio = str(exercise.category) == "Cardio"
        timed = cardio or str(exercise.movement_pattern) in ("anti_movement", "carry")
        count = 1 if cardio else int(rng.integers(2, 4))
        sets: list[Json] = []
        for _ in range(count):
            seconds = 60 * int(rng.integers(5, 31)) if cardio else 15 * int(rng.integers(2, 7))
            reps = 0 if timed else int(rng.integers(8, 21))
            done: dict[str, Json] = {"weight": 0, "reps": reps, "type": "N", "completed": True}
            sets.append({**done, "seconds": seconds} if timed else done)
        return sets

    def _scale(self, away: bool, exercise_id: str) -> float:
        """Return how the load of today's variant compares with that of the usual one.

        Another gym's stack, another attachment, a pause, one side at a time: what apps log
        under one name is not always the same.
        """
        rng = self._rng
        if exercise_id not in self._variants:
            exercise = self._catalogue.exercises[self._catalogue.index[exercise_id]]
            machine = str(exercise.equipment) in ("Machine", "Cable")
            varies = rng.random() < (0.6 if machine else 0.35) * (0.4 + self._person.chaos)
            scale = float(np.exp(rng.normal(0, 0.26)))
            share = float(rng.uniform(0.05, 0.5)) if varies else 0.0
            self._variants[exercise_id] = scale, share + (self._away if machine else 0.0)
        scale, share = self._variants[exercise_id]
        return scale if rng.random() < share or (away and share) else 1.0

    def _logged(self, exercise_id: str) -> float:
        """Return what is logged over what was lifted: one dumbbell, or now and then both."""
        rng = self._rng
        exercise = self._catalogue.exercises[self._catalogue.index[exercise_id]]
        if exercise.unilateral or str(exercise.equipment) != "Dumbbell":
            return 1.0
        both = self._both.setdefault(exercise_id, bool(rng.random() < 0.15))
        if rng.random() < 0.004 * (0.5 + self._person.chaos):
            self._both[exercise_id] = both = not both
        return 2.0 if both else 1.0

"""Vector specs: versioned, ordered lists of features that models take as input.

Models carry the hash of the spec they were fitted with. One that does not fit is refused:
a model must never see features in another order or on another scale than it was fitted to.
"""

from __future__ import annotations

import hashlib
import json
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.features.registry import FEATURES

Transform: TypeAlias = Literal["range", "log", "missing"]
Floats32: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a vector.

    Parameters
    ----------
    feature : str
        Name of the feature.
    transform : {"range", "log", "missing"}
        ``range``: (x - low) / (high - low), clipped to 0 and 1. ``log``: the same of
        log(1 + x), for loads, volumes and counts, whose differences matter at the low end.
        ``missing``: 1 where the default was filled in, else 0.
    """

    feature: str
    transform: Transform = "range"

    @classmethod
    def read(cls, text: str) -> Entry:
        """Return the entry of ``name``, ``log name`` or ``name?`` (its missing-mask)."""
        if text.endswith("?"):
            return cls(text[:-1], "missing")
        if text.startswith("log "):
            return cls(text[4:], "log")
        return cls(text)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Compiled vectors: ``user`` and ``context`` once, ``exercise`` a row per exercise."""

    user: Floats32
    exercise: Floats32
    context: Floats32


class HashedSpec(ABC):
    """What a model was fitted to, told by a hash; specs of all kinds share it.

    A subclass has a ``name`` and gives ``canonical``, the text of all that decides the values.
    """

    name: str

    @property
    @abstractmethod
    def canonical(self) -> str:
        """JSON text of all that decides the values."""

    @cached_property
    def hash(self) -> str:
        """SHA-256 of ``canonical``, hexadecimal."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def require(self, expected: str) -> None:
        """Check the hash that a model carries.

        Raises
        ------
        VoltLiftError
            ``vector_spec_mismatch`` where the model was fitted to another spec.
        """
        if expected != self.hash:
            raise VoltLiftError(
                ErrorCode.VECTOR_SPEC_MISMATCH,
                f"the model was fitted to other features than {self.name}",
                expected=f"spec hash {self.hash}",
                received=expected,
                remedy="Use a model made for this version of the engine",
            )


@dataclass(frozen=True)
class VectorSpec(HashedSpec):
    """Which features make up the vectors, in which order and on which scale.

    Parameters
    ----------
    name : str
        Name and version, such as ``dense-100/1``; a change of any entry needs a new one.
    user, exercise, context : tuple of Entry
        Places of the three vectors.
    """

    name: str
    user: tuple[Entry, ...]
    exercise: tuple[Entry, ...]
    context: tuple[Entry, ...]

    @cached_property
    def canonical(self) -> str:
        """JSON text of all that decides the values: names, order, transforms, ranges, defaults."""
        parts = {
            part: [
                [e.feature, e.transform, spec.low, spec.high, spec.default]
                for e in entries
                for spec in (FEATURES[e.feature],)
            ]
            for part, entries in (
                ("user", self.user),
                ("exercise", self.exercise),
                ("context", self.context),
            )
        }
        return json.dumps({"name": self.name, **parts}, separators=(",", ":"), sort_keys=True)

    def compile(self, frame: FeatureFrame, exercises: Sequence[int] | None = None) -> Vectors:
        """Return the vectors of a frame; every value is finite and from 0 to 1.

        Parameters
        ----------
        frame : FeatureFrame
            The moment.
        exercises : sequence of int, optional
            Indices in the frame's catalogue: rows of these alone, in this order.
        """
        n = len(frame.inputs.view.catalogue)
        columns = np.array([_raw(entry, frame) for entry in self.exercise]).reshape(-1, n)
        if exercises is not None:
            columns = columns[:, np.array(exercises, np.int32)]
        logs, low, scale = self._scales
        columns[logs] = np.log1p(np.maximum(columns[logs], 0.0))
        exercise = np.clip((columns - low) * scale, 0.0, 1.0).T.astype(np.float32, order="C")
        return Vectors(_row(self.user, frame), exercise, _row(self.context, frame))

    @cached_property
    def _scales(self) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
        """Which exercise entries are logarithms, and what is taken off and multiplied with."""
        logs = [at for at, entry in enumerate(self.exercise) if entry.transform == "log"]
        scales = np.array([_scale(entry) for entry in self.exercise]).reshape(-1, 2)
        return np.array(logs, np.intp), scales[:, :1], scales[:, 1:]


def _raw(entry: Entry, frame: FeatureFrame) -> NDArray[np.float64]:
    if entry.transform == "missing":
        return np.asarray(frame.missing(entry.feature), dtype=np.float64)
    return frame.exercise(entry.feature)


def _row(entries: tuple[Entry, ...], frame: FeatureFrame) -> Floats32:
    return np.array([_value(entry, frame) for entry in entries], dtype=np.float32)


def _value(entry: Entry, frame: FeatureFrame) -> float:
    if entry.transform == "missing":
        return float(bool(frame.missing(entry.feature)))
    value = frame.scalar(entry.feature)
    low, scale = _scale(entry)
    if entry.transform == "log":
        value = math.log1p(max(value, 0.0))
    return min(max((value - low) * scale, 0.0), 1.0)


@cache
def _scale(entry: Entry) -> tuple[float, float]:
    if entry.transform == "missing":
        return 0.0, 1.0
    spec = FEATURES[entry.feature]
    curve: Callable[[float], float] = math.log1p if entry.transform == "log" else float
    low, high = curve(spec.low), curve(spec.high)
    return low, 1.0 / (high - low)


def _entries(text: str) -> tuple[Entry, ...]:
    return tuple(Entry.read(line.strip()) for line in text.split(",") if line.strip())


DENSE_100 = VectorSpec(
    name="dense-100/1",
    user=_entries(
        """
        experienceLevel, goalStrength, goalHypertrophy, goalPowerlifting, goalPowerBuilding,
        log bodyweight, bodyweight?, gender, targetDaysPerWeek, programActive,
        log totalWorkouts, workoutsLast7Days, workoutsLast30Days, avgRestDays,
        consecutiveWorkoutDays, adherence30d, log avgVolume90d, log avgSets90d, avgDuration90d,
        log repertoire, newExerciseShare30d, setCompletion30d, effortLoggedShare30d,
        lowRepShare30d, highRepShare30d, compoundShare90d, barbellShare90d, machineShare90d,
        log hardSets30dChest, log hardSets30dBack, log hardSets30dLegs, log hardSets30dShoulders,
        log hardSets30dArms, log hardSets30dCore, log hardSets30dCardio,
        pushShare30d, lowerBodyShare30d, balanceEvenness30d,
        sleepAvg7d, sleepAvg7d?, sleepAvg30d, rpeAvg7d, rpeAvg7d?, rpeAvg30d, fatigueLevel,
        log daysSinceLastWorkout, acuteChronicRatio, hrvRatio, log hardSets48h, painDays14d
        """
    ),
    exercise=_entries(
        """
        log daysSinceLastPerformed, daysSinceLastPerformed?, log timesPerformed,
        log timesPerformed30d, log frequencyDecayed45d, log workoutsSinceLastPerformed,
        log dueRatio, completionRate, completionRate?, log avgWeight, log maxWeight,
        avgWeight?, log volumeLast6Sessions, avgReps, avgRPE, avgRPE?, weightTrend, volumeTrend,
        rpeTrend, log personalBest1RM, relativeIntensity, isFavourite, equipmentAvailable,
        difficultyGap, isCompound, isIsolation, log groupDaysSince, groupTrainedToday,
        successorShare, coOccurrence
        """
    ),
    context=_entries(
        """
        timeOfDaySin, timeOfDayCos, dayOfWeek, isWeekend, weekdayShare90d, usualHourGap,
        log workoutDurationSoFar, workoutDurationSoFar?, log exercisesInSessionCount,
        exerciseShare, log setsInSession, muscleGroupsTrainedToday, rpeInSession,
        trainedTodayChest, trainedTodayBack, trainedTodayLegs, trainedTodayShoulders,
        trainedTodayArms, trainedTodayCore, trainedTodayCardio
        """
    ),
)
"""The vectors of the architecture: 50 places for the user, 30 an exercise, 20 of context."""

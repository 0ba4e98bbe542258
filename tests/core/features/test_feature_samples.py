"""Over the sample lifters no feature is constant, none doubles another, all keep their range."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import Settings
from voltlift_core.features import FEATURES, FeatureFrame, FeatureInputs, LogView
from voltlift_core.history.decode import decode_state
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import CurrentRecord
from voltlift_samples import LIFTERS, sample_state

NOW = 1_772_366_400  # Sunday 2026-03-01T12:00Z
DAY = 86_400


@cache
def frames() -> list[FeatureFrame]:
    """Return sample lifters at many moments: before and during workouts, and in between."""
    catalogue = Catalogue.bundled()
    out = []
    for name in LIFTERS:
        state = sample_state(name, now_ms=NOW * 1000, utc_offset_minutes=60)
        decoded, _ = decode_state(state, catalogue=catalogue, utc_offset_minutes=60)
        log = TrainingLog.from_records(decoded.sessions)
        view = LogView(log, catalogue)
        sessions = sorted(decoded.sessions, key=lambda record: record.start_s)
        daily = tuple(sorted(decoded.daily, key=lambda record: record.day))
        settings = decoded.settings or Settings()
        picks = [0, 3, *range(5, len(sessions), max(len(sessions) // 12, 1))]
        for number, index in enumerate(picks):
            session = sessions[index]
            done = session.sets[: len(session.sets) * (number % 5) // 4]
            pending = tuple(
                item._replace(completed=False)
                for item in session.sets[len(done) : len(done) + number % 3]
            )
            sets = done + pending
            current = CurrentRecord(
                start_s=session.start_s,
                exercise_ids=tuple(dict.fromkeys(item.exercise_id for item in sets)),
                sets=sets,
            )
            during = session.start_s + 60 * (1 + 2 * len(done))
            after = session.start_s + 3 * 3600 + 7 * 3600 * (number % 4)
            before = view.until(session.start_s)
            out.append(FeatureFrame(FeatureInputs(before, settings, daily, current, during, 60)))
            out.append(
                FeatureFrame(FeatureInputs(view, settings, daily, now_s=after, utc_offset=60))
            )
        out.append(FeatureFrame(FeatureInputs(view, settings, daily, now_s=NOW, utc_offset=60)))
    unknown = LogView(TrainingLog(), catalogue)
    out.append(FeatureFrame(FeatureInputs(unknown, Settings(), now_s=NOW + 40 * DAY)))
    return out


@cache
def values(name: str) -> np.ndarray:
    """Return a feature over all frames, one row a frame."""
    if FEATURES[name].group == "exercise":
        return np.stack([frame.exercise(name) for frame in frames()])
    return np.array([[frame.scalar(name)] for frame in frames()])


NAMES = [spec.name for spec in FEATURES]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_not_constant_and_keeps_its_range(name: str):
    spec, column = FEATURES[name], values(name)
    assert np.ptp(column) > 0, f"{name} is always {column.flat[0]}"
    assert spec.low <= column.min(), f"{name} falls to {column.min()}"
    assert column.max() <= spec.high, f"{name} rises to {column.max()}"


@pytest.mark.parametrize("exercise", [False, True])
def test_no_two_features_say_the_same(exercise: bool):
    names = [spec.name for spec in FEATURES if (spec.group == "exercise") is exercise]
    seen: dict[bytes, str] = {}
    twins = []
    for name in names:
        # Compared up to an affine change, so that a feature in other units is found as well.
        column = values(name).astype(np.float64).ravel()
        scaled = (column - column.min()) / np.ptp(column)
        for candidate in (scaled, 1 - scaled):
            key = np.round(candidate, 9).tobytes()
            if seen.setdefault(key, name) != name:
                twins.append((seen[key], name))
    assert twins == []


def test_missing_values_read_as_the_default():
    for frame in frames()[::7]:
        for spec in FEATURES:
            missing = np.asarray(frame.missing(spec.name))
            read = (
                frame.exercise(spec.name)
                if spec.group == "exercise"
                else np.asarray(frame.scalar(spec.name))
            )
            assert np.all(read[missing] == spec.default), spec.name

"""Two files of one lifter: a log that counted twice would train and be scored on itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from voltlift_learned.diary import Diary
from voltlift_models.corpus import Excluded, Lifter

SHARED = 0.5
"""Share of the shorter log's days, equal set by set, from which on two are the same lifter."""

ENOUGH_DAYS = 3
"""Fewer equal days may be chance, in logs of a handful of sets."""


def without_duplicates(lifters: Iterable[Lifter]) -> tuple[list[Lifter], list[Excluded]]:
    """Return each lifter once, by the longest log, and the files left out.

    Two logs are one lifter's where at least half the days of the shorter one are in the other
    with the same weights (to 0.1 kg) and repetitions; names of exercises may differ, as they
    do between apps.
    """
    ordered = sorted(lifters, key=lambda item: (-item.state.log.n_rows, item.source.file))
    kept: list[tuple[Lifter, set[int]]] = []
    excluded: list[Excluded] = []
    for lifter in ordered:
        days = _days(lifter)
        twin = next((other for other, theirs in kept if _same(days, theirs)), None)
        if twin is None:
            kept.append((lifter, days))
            continue
        same_file = lifter.source.sha256 == twin.source.sha256
        how = "the same file as" if same_file else "mostly the same sessions as"
        message = f"{how} {twin.source.file}: one lifter counts once"
        excluded.append(Excluded(lifter.source.file, "duplicate", message))
    return [lifter for lifter, _ in kept], excluded


def _same(one: set[int], other: set[int]) -> bool:
    shared, shorter = len(one & other), min(len(one), len(other))
    enough = shared >= min(ENOUGH_DAYS, shorter)
    return enough and shared >= SHARED * shorter


def _days(lifter: Lifter) -> set[int]:
    """Return a fingerprint of each day: its date, and its sets in any order."""
    diary = Diary.of(lifter.state.log)
    first = diary.first_set[diary.first_entry]
    kg = np.round(np.nan_to_num(diary.kg, nan=-1.0), 1)
    sets = list(zip(kg.tolist(), diary.reps.tolist(), strict=True))
    return {
        hash((day, frozenset(Counter(sets[first[at] : first[at + 1]]).items())))
        for at, day in enumerate(diary.day.tolist())
    }

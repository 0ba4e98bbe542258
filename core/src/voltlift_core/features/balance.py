"""Balance features: how training is spread over the muscle groups."""

from __future__ import annotations

import math

import numpy as np

from voltlift_core.domain.vocabulary import MovementPattern, MuscleGroup
from voltlift_core.features.moment import Moment
from voltlift_core.features.numeric import divide, ratio
from voltlift_core.features.spec import FEATURES, Floats

_LOG = "history[].logs[].sets"
_STRENGTH = slice(0, 6)


def _sets(at: Moment, days: float) -> Floats:
    window = at.entries(days)
    return at.per_group(at.view.entry("sets")[window], window)


@FEATURES.per_group("volume", "balance", "kg", (0, 300_000), default=0, source=_LOG)
def volume_30d(at: Moment) -> Floats:
    """Volume load for {group} in the last 30 days; as secondary muscle it counts half.

    Load times reps; the load includes the share of the bodyweight that is moved.
    """
    window = at.entries(30)
    return at.per_group(at.volume(window), window)


@FEATURES.per_group(
    "sessions", "balance", "sessions", (0, 60), default=0, source=_LOG, alias="sessions30d"
)
def sessions_30d(at: Moment) -> Floats:
    """Workouts of the last 30 days with {group} as primary muscle group."""
    return at.sessions_per_group(30)


@FEATURES.per_group("hardSets30d", "balance", "sets", (0, 400), default=0, source=_LOG)
def hard_sets_30d(at: Moment) -> Floats:
    """Working sets for {group} in the last 30 days; as secondary muscle they count half."""
    return _sets(at, 30)


@FEATURES.per_group("hardSets7d", "balance", "sets", (0, 120), default=0, source=_LOG)
def hard_sets_7d(at: Moment) -> Floats:
    """Working sets for {group} in the last 7 days; as secondary muscle they count half."""
    return _sets(at, 7)


@FEATURES.per_group("setShare90d", "balance", "share", (0, 1), default=1 / 7, source=_LOG)
def set_share_90d(at: Moment) -> Floats:
    """Share of {group} in the sets of all groups, in the last 90 days."""
    sets = _sets(at, 90)
    return divide(sets, sets.sum())


@FEATURES.per_group("daysSince", "balance", "days", (0, 999), default=999, source=_LOG)
def days_since(at: Moment) -> Floats:
    """Days since a working set with {group} as primary muscle group, at most 999."""
    return at.days_since_group


@FEATURES.per_group("rpe30d", "balance", "RPE", (1, 10), default=7, source=_LOG)
def rpe_30d(at: Moment) -> Floats:
    """Mean RPE of sets with {group} as primary muscle group in the last 30 days."""
    window = at.entries(30)
    rated = at.per_primary_group(at.view.entry("rpe_sets")[window], window)
    return divide(at.per_primary_group(at.view.entry("rpe_sum")[window], window), rated)


_P = MovementPattern
_PUSH = frozenset({_P.HORIZONTAL_PUSH, _P.VERTICAL_PUSH})
_PULL = frozenset({_P.HORIZONTAL_PULL, _P.VERTICAL_PULL})
_HORIZONTAL = frozenset({_P.HORIZONTAL_PUSH, _P.HORIZONTAL_PULL})
_VERTICAL = frozenset({_P.VERTICAL_PUSH, _P.VERTICAL_PULL})
_KNEE = frozenset({_P.SQUAT, _P.LUNGE, _P.KNEE_EXTENSION})
_HIP = frozenset({_P.HINGE, _P.HIP_EXTENSION, _P.KNEE_FLEXION})


def _pattern_share(at: Moment, part: frozenset[_P], other: frozenset[_P]) -> float:
    sets = at.view.per_exercise("sets", at.entries(30))
    trained = np.flatnonzero(sets)
    exercises = at.catalogue.exercises
    totals = {True: 0.0, False: 0.0}
    for index in trained.tolist():
        pattern = exercises[index].movement_pattern
        if pattern in part or pattern in other:
            totals[pattern in part] += float(sets[index])
    return ratio(totals[True], totals[True] + totals[False])


@FEATURES.scalar("pushShare30d", "balance", "share", (0, 1), default=0.5, source=_LOG)
def push_share(at: Moment) -> float:
    """Pressing sets over pressing and pulling sets (rows, pull-ups), in the last 30 days."""
    return _pattern_share(at, _PUSH, _PULL)


@FEATURES.scalar("horizontalShare30d", "balance", "share", (0, 1), default=0.5, source=_LOG)
def horizontal_share(at: Moment) -> float:
    """Horizontal over all pressing and pulling sets, in the last 30 days."""
    return _pattern_share(at, _HORIZONTAL, _VERTICAL)


@FEATURES.scalar("kneeShare30d", "balance", "share", (0, 1), default=0.5, source=_LOG)
def knee_share(at: Moment) -> float:
    """Knee-dominant over knee- and hip-dominant leg sets, in the last 30 days."""
    return _pattern_share(at, _KNEE, _HIP)


@FEATURES.scalar("unilateralShare30d", "balance", "share", (0, 1), default=0.1, source=_LOG)
def unilateral_share(at: Moment) -> float:
    """Share of sets done one side at a time, in the last 30 days."""
    sets = at.view.per_exercise("sets", at.entries(30))
    one_sided = sum(
        float(sets[i]) for i in np.flatnonzero(sets) if at.catalogue.exercises[i].unilateral
    )
    return ratio(one_sided, float(sets.sum()))


@FEATURES.scalar("lowerBodyShare30d", "balance", "share", (0, 1), default=0.3, source=_LOG)
def lower_body_share(at: Moment) -> float:
    """Share of the sets of the strength groups that train the legs, in the last 30 days."""
    sets = _sets(at, 30)[_STRENGTH]
    return ratio(float(sets[tuple(MuscleGroup).index(MuscleGroup.LEGS)]), float(sets.sum()))


@FEATURES.scalar("balanceEvenness30d", "balance", "share", (0, 1), default=1, source=_LOG)
def balance_evenness(at: Moment) -> float:
    """Evenness of the sets of the last 30 days over the six strength groups.

    Their entropy over that of an even spread (Pielou): 1 is even, 0 one group only.
    """
    sets = _sets(at, 30)[_STRENGTH]
    total = float(sets.sum())
    if not total:
        return math.nan
    share = sets[sets > 0] / total
    return float(-(share * np.log(share)).sum()) / math.log(6)


@FEATURES.scalar("groupsTrained7d", "balance", "groups", (0, 7), default=0, source=_LOG)
def groups_trained(at: Moment) -> float:
    """Muscle groups trained as primary group in the last 7 days."""
    return float((at.sessions_per_group(7) > 0).sum())


@FEATURES.scalar("longestNeglect", "balance", "days", (0, 999), default=999, source=_LOG)
def longest_neglect(at: Moment) -> float:
    """Days since the strength group longest not trained was trained.

    Missing where one of them never was.
    """
    return float(at.days_since_group[_STRENGTH].max())

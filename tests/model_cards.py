"""A model card for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voltlift_models.cards import Figure, FileCard, ModelCard, Probe, SpecCard, trained_on
from voltlift_models.corpus import Source

SOURCES = [
    Source("a.csv", "a" * 64, "MIT"),
    Source("simulated/1 seed 3 lifter 0", "b" * 64, "MIT", simulated=True),
    Source("simulated/1 seed 3 lifter 1", "c" * 64, "MIT", simulated=True),
]


def card(**changes: Any) -> ModelCard:
    whole = ModelCard(
        model="ranker-next",
        version="1.0.0",
        task="T1",
        beats="backed-off bigram",
        default=True,
        description="Ranks what comes next.",
        trained_on=trained_on(120, SOURCES, "2026-01-31"),
        metrics={"ranker": {"HR@1": Figure(0.45, 0.4, 0.5, 7)}},
        spec=SpecCard("pair/1", "f" * 64, ("reps", "gap")),
        seed=7,
        tools={"lightgbm": "4.7.0"},
        limits=("Seven lifters.",),
        probes=(Probe.of("trees.npz", [[8, 0.1]], [0.25]),),
        min_engine="0.3.0",
        files=(FileCard("trees.npz", 10, "d" * 64),),
    )
    return replace(whole, **changes)

"""The load model's limits hold what it was trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voltlift_learned.loads.limits import in_range
from voltlift_models.corpus import Lifter
from voltlift_models.ingest import read_export
from voltlift_models.prepare.loads import load_samples
from voltlift_models.simulate import simulate_lifter

LOGS = Path(__file__).parents[3] / "shared" / "data" / "logs"


def all_in_range(lifter: Lifter) -> bool:
    vectors = load_samples(lifter, planned=False).vectors
    return all(in_range(np.asarray(vector)) for vector in vectors)


def test_made_up_lifters_of_the_training_are_inside():
    assert all(all_in_range(simulate_lifter(1, index)) for index in range(4))


@pytest.mark.skipif(not LOGS.is_dir(), reason="needs the real logs in ../shared/data/logs")
@pytest.mark.parametrize("file", ["hevy-1.csv", "fitnotes-1.csv", "strong-3.csv"])
def test_real_lifters_of_the_training_are_inside(file):
    assert all_in_range(read_export(LOGS / file))

"""Model specs: the hash says which features in which order."""

from __future__ import annotations

import hashlib

import pytest

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_learned.spec import ModelSpec


def test_the_hash_is_that_of_the_canonical_json() -> None:
    text = b'{"features":["reps","gap"],"name":"pair/1"}'
    assert ModelSpec("pair/1", ("reps", "gap")).hash == hashlib.sha256(text).hexdigest()


def test_name_order_and_features_all_decide() -> None:
    specs = [
        ModelSpec("pair/1", ("reps", "gap")),
        ModelSpec("pair/1", ("gap", "reps")),
        ModelSpec("pair/2", ("reps", "gap")),
        ModelSpec("pair/1", ("reps",)),
    ]
    assert len({spec.hash for spec in specs}) == 4


def test_a_model_of_other_features_is_refused() -> None:
    spec = ModelSpec("pair/1", ("reps", "gap"))
    spec.require(spec.hash)
    with pytest.raises(VoltLiftError, match="pair/1") as caught:
        spec.require("0" * 64)
    assert caught.value.code == ErrorCode.VECTOR_SPEC_MISMATCH


def test_a_feature_is_listed_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        ModelSpec("pair/1", ("reps", "reps"))

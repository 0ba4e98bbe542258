"""Features by name: computed when first asked for, defaults filled in, gaps remembered."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from voltlift_core.features.moment import FeatureInputs, Moment
from voltlift_core.features.registry import FEATURES
from voltlift_core.features.spec import FeatureSpec, Floats, unknown_feature

__all__ = ["FeatureFrame", "FeatureInputs"]

Bools = NDArray[np.bool_]


class FeatureFrame:
    """All features of a lifter at one moment.

    Parameters
    ----------
    inputs : FeatureInputs
        Log, catalogue, settings, daily readings, current session and time.

    Notes
    -----
    Values are raw, in the unit of their spec. A missing value reads as the default of its
    spec; rules that must not take a default for a fact ask ``missing``.
    """

    def __init__(self, inputs: FeatureInputs) -> None:
        self.inputs = inputs
        self.moment = Moment(inputs)
        self._scalars: dict[str, tuple[float, bool]] = {}
        self._vectors: dict[str, tuple[Floats, Bools]] = {}

    def scalar(self, name: str) -> float:
        """Return a feature that has one value.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` where no such feature has this name.
        """
        return self._scalar(name)[0]

    def exercise(self, name: str) -> Floats:
        """Return an exercise feature, shape (n,) in catalogue order.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` where no exercise feature has this name.
        """
        return self._exercise(name)[0]

    def by_group(self, prefix: str) -> Floats:
        """Return a feature of the seven muscle groups, in ``MUSCLE_GROUPS`` order.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` where no such family of features exists.
        """
        return self._family(prefix)[0]

    def missing(self, name: str) -> bool | Bools:
        """Whether the default was filled in; per exercise for an exercise feature."""
        return self._exercise(name)[1] if name in FEATURES.exercises else self._scalar(name)[1]

    def missing_by_group(self, prefix: str) -> Bools:
        """Whether the default was filled in, per muscle group."""
        return self._family(prefix)[1]

    def _scalar(self, name: str) -> tuple[float, bool]:
        found = self._scalars.get(name)
        if found is None:
            found = self._scalars[name] = self._compute_scalar(name)
        return found

    def _compute_scalar(self, name: str) -> tuple[float, bool]:
        if name in FEATURES.members:
            prefix, index = FEATURES.members[name]
            values, gaps = self._family(prefix)
            return float(values[index]), bool(gaps[index])
        if name not in FEATURES.scalars:
            raise unknown_feature(name)
        spec, compute = FEATURES.scalars[name]
        value = float(compute(self.moment))
        return (value, False) if math.isfinite(value) else (spec.default, True)

    def _exercise(self, name: str) -> tuple[Floats, Bools]:
        found = self._vectors.get(name)
        if found is None:
            if name not in FEATURES.exercises:
                raise unknown_feature(name)
            spec, compute = FEATURES.exercises[name]
            found = self._vectors[name] = _filled(compute(self.moment), spec)
        return found

    def _family(self, prefix: str) -> tuple[Floats, Bools]:
        prefix, family = FEATURES.family(prefix)
        key = f"{prefix}*"
        found = self._vectors.get(key)
        if found is None:
            found = _filled(family.compute(self.moment), family.specs[0])
            self._vectors[key] = found
        return found


def _filled(values: Floats, spec: FeatureSpec) -> tuple[Floats, Bools]:
    values = np.asarray(values, dtype=np.float64)
    gaps = ~np.isfinite(values)
    filled = np.where(gaps, spec.default, values)
    filled.setflags(write=False)
    gaps.setflags(write=False)
    return filled, gaps

"""Model specs: the ordered features that a model was fitted to, and their hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from voltlift_core.features.vectors import HashedSpec


@dataclass(frozen=True)
class ModelSpec(HashedSpec):
    """Which features a model takes, in which order.

    A model carries the hash of its own spec, not of everything that can be computed, so new
    features refuse no old model.

    Parameters
    ----------
    name : str
        Name and version, such as ``load-64/1``; any change of what a feature means needs a
        new one, since names and order are all that the hash sees.
    features : tuple of str
        Names of the columns, each once.

    Raises
    ------
    ValueError
        Where a feature is listed twice.

    Examples
    --------
    >>> ModelSpec("pair/1", ("reps", "gap")).hash[:12]
    '9f2749eea7cd'
    """

    name: str
    features: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(set(self.features)) != len(self.features):
            raise ValueError(f"{self.name} lists a feature twice")

    @cached_property
    def canonical(self) -> str:
        """JSON text that the hash is taken of."""
        content = {"name": self.name, "features": list(self.features)}
        return json.dumps(content, separators=(",", ":"), sort_keys=True)

"""What a feature is, and the registry that keeps description and computation together.

A computation returns NaN where the value is missing; the frame fills in the default and
remembers that it did. To add a feature, write one decorated function in the module of its
group: the registry, the reference page and the training columns follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.domain.vocabulary import MUSCLE_GROUPS
from voltlift_core.errors import ErrorCode, VoltLiftError

if TYPE_CHECKING:
    from voltlift_core.features.moment import Moment

Group: TypeAlias = Literal["user", "balance", "recovery", "exercise", "context"]
GROUPS: tuple[Group, ...] = ("user", "balance", "recovery", "exercise", "context")
Floats: TypeAlias = NDArray[np.float64]
Scalar: TypeAlias = "Callable[[Moment], float]"
Vector: TypeAlias = "Callable[[Moment], Floats]"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureSpec:
    """Description of one raw feature.

    Parameters
    ----------
    name : str
        Name on the wire, in training columns and in vector specs.
    group : str
        ``exercise`` features have one value per exercise, all others one value.
    unit : str
        Unit of the value; weights are kilograms.
    low, high : float
        Range that values lie in for any plausible lifter; vectors clip to it.
    default : float
        Stands in where the value is missing.
    source : str
        Fields of the app state that it derives from.
    description : str
        What it says about the lifter.
    """

    name: str
    group: Group
    unit: str
    low: float
    high: float
    default: float
    source: str
    description: str


@dataclass(frozen=True, slots=True)
class Family:
    """Seven features that differ in the muscle group only, computed together."""

    specs: tuple[FeatureSpec, ...]
    compute: Vector


class Registry:
    """All features, in the order in which they were registered.

    Examples
    --------
    >>> from voltlift_core.features import FEATURES
    >>> FEATURES["hardSets30dChest"].unit
    'sets'
    """

    def __init__(self) -> None:
        self.scalars: dict[str, tuple[FeatureSpec, Scalar]] = {}
        self.exercises: dict[str, tuple[FeatureSpec, Vector]] = {}
        self.families: dict[str, Family] = {}
        self.members: dict[str, tuple[str, int]] = {}
        self.aliases: dict[str, str] = {}
        self._specs: dict[str, FeatureSpec] = {}

    def scalar(
        self,
        name: str,
        group: Group,
        unit: str,
        span: tuple[float, float],
        *,
        default: float,
        source: str,
        description: str | None = None,
    ) -> Callable[[Scalar], Scalar]:
        """Register the decorated function; by default its docstring is the description."""

        def register(compute: Scalar) -> Scalar:
            text = description or compute.__doc__
            spec = _spec(name, group, unit, span, default, source, text)
            self._add(spec)
            self.scalars[name] = (spec, compute)
            return compute

        return register

    def per_exercise(
        self,
        name: str,
        unit: str,
        span: tuple[float, float],
        *,
        default: float,
        source: str,
        description: str | None = None,
    ) -> Callable[[Vector], Vector]:
        """Register the decorated function, which returns a value per catalogue exercise."""

        def register(compute: Vector) -> Vector:
            text = description or compute.__doc__
            spec = _spec(name, "exercise", unit, span, default, source, text)
            self._add(spec)
            self.exercises[name] = (spec, compute)
            return compute

        return register

    def per_group(
        self,
        prefix: str,
        group: Group,
        unit: str,
        span: tuple[float, float],
        *,
        default: float,
        source: str,
        alias: str | None = None,
    ) -> Callable[[Vector], Vector]:
        """Register the decorated function, which returns a value per muscle group.

        ``{group}`` in its docstring stands for the name of the group; ``alias`` is a
        second name for the prefix.
        """

        def register(compute: Vector) -> Vector:
            specs = tuple(
                _spec(prefix + g, group, unit, span, default, source, compute.__doc__, g.lower())
                for g in MUSCLE_GROUPS
            )
            for index, spec in enumerate(specs):
                self._add(spec)
                self.members[spec.name] = (prefix, index)
            self.families[prefix] = Family(specs, compute)
            if alias is not None:
                self.aliases[alias] = prefix
            return compute

        return register

    def family(self, prefix: str) -> tuple[str, Family]:
        """Return the family that a prefix or its alias names."""
        prefix = self.aliases.get(prefix, prefix)
        if prefix not in self.families:
            raise unknown_feature(prefix)
        return prefix, self.families[prefix]

    def __getitem__(self, name: str) -> FeatureSpec:
        if name not in self._specs:
            raise unknown_feature(name)
        return self._specs[name]

    def __contains__(self, name: object) -> bool:
        return name in self._specs

    def __iter__(self) -> Iterator[FeatureSpec]:
        return iter(self._specs.values())

    def __len__(self) -> int:
        return len(self._specs)

    def _add(self, spec: FeatureSpec) -> None:
        if spec.name in self._specs:
            raise ValueError(f"two features are called {spec.name!r}")
        # No check of the description: without docstrings (python -OO) there is none.
        if not spec.low < spec.high:
            raise ValueError(f"{spec.name}: its range is empty")
        self._specs[spec.name] = spec


def _spec(
    name: str,
    group: Group,
    unit: str,
    span: tuple[float, float],
    default: float,
    source: str,
    doc: str | None,
    member: str = "",
) -> FeatureSpec:
    return FeatureSpec(
        name=name,
        group=group,
        unit=unit,
        low=float(span[0]),
        high=float(span[1]),
        default=float(default),
        source=source,
        description=" ".join((doc or "").replace("{group}", member).split()),
    )


def unknown_feature(name: str) -> VoltLiftError:
    """Return the error for a name that no feature has."""
    return VoltLiftError(
        ErrorCode.INVALID_CONFIGURATION,
        "there is no such feature",
        expected="a name listed in docs/reference/features.md",
        received=repr(name),
        remedy="A model or configuration made for another version needs to be replaced",
    )


FEATURES = Registry()
"""Every feature of the engine."""

"""The role of a scorer: points per candidate and component, as terms that add up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voltlift_core.contract import ComponentScore, Reason, ScorerStatus
from voltlift_core.contract.exercises import ComponentName
from voltlift_core.contract.meta import Confidence
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.ports import InferenceSession, Tensor

Explanation: TypeAlias = tuple[str, dict[str, str | float]]
"""Code of a reason and the values it quotes."""


@dataclass(frozen=True, slots=True)
class Term:
    """Points of one rule for every candidate.

    Parameters
    ----------
    component : str
        The component that the points belong to.
    points : ndarray of float64, shape (n,)
        Points per candidate.
    explain : callable
        Gives code and values for the candidate at an index, or None where the rule has
        nothing to say there. Called for the few candidates that are shown.
    """

    component: ComponentName
    points: NDArray[np.float64]
    explain: Callable[[int], Explanation | None]


@dataclass(frozen=True)
class Scores:
    """What a scorer gave: its terms in the order of their components.

    ``total`` is the sum of all terms per candidate, so reasons always add up to it.
    ``confidence`` is how sure a learned scorer is of this answer; ``helpers`` are other models
    that had a say in it, each with its share of these points as ``weight``.
    """

    terms: tuple[Term, ...]
    maxima: Mapping[ComponentName, float]
    confidence: Confidence | None = None
    helpers: tuple[ScorerStatus, ...] = ()

    @cached_property
    def total(self) -> NDArray[np.float64]:
        """Sum of all points, shape (n,)."""
        total: NDArray[np.float64] = np.sum([term.points for term in self.terms], axis=0)
        return total

    def with_terms(self, other: Scores) -> Scores:
        """Return these points and another scorer's of the same part together.

        A component of both can give what both can.
        """
        maxima = dict(self.maxima)
        for name, maximum in other.maxima.items():
            maxima[name] = maxima.get(name, 0.0) + maximum
        return Scores(self.terms + other.terms, maxima)

    def scaled(self, factor: float) -> Scores:
        """Return these scores with every point, and every maximum, times a factor."""
        return Scores(
            tuple(
                # Plus zero: a loss that counts for nothing is 0, not -0.
                Term(term.component, term.points * factor + 0.0, term.explain)
                for term in self.terms
            ),
            {name: maximum * factor for name, maximum in self.maxima.items()},
        )

    def components(self, index: int) -> tuple[ComponentScore, ...]:
        """Return points and reasons of the candidate at ``index``, by component."""
        reasons: dict[ComponentName, list[Reason]] = {name: [] for name in self.maxima}
        for term in self.terms:
            points = float(term.points[index])
            explanation = term.explain(index)
            if explanation is not None:
                code, values = explanation
                reasons[term.component].append(Reason(code=code, points=points, values=values))
        return tuple(
            ComponentScore(
                component=name,
                points=sum(reason.points for reason in reasons[name]),
                max_points=maximum,
                reasons=tuple(reasons[name]),
            )
            for name, maximum in self.maxima.items()
        )


@dataclass(frozen=True, slots=True)
class Requirements:
    """Names of the features that a scorer reads, so that they can be computed beforehand."""

    exercise: tuple[str, ...] = ()
    by_group: tuple[str, ...] = ()
    scalar: tuple[str, ...] = ()

    def load(self, frame: FeatureFrame) -> None:
        """Compute them."""
        for name in self.exercise:
            frame.exercise(name)
        for prefix in self.by_group:
            frame.by_group(prefix)
        for name in self.scalar:
            frame.scalar(name)


class Named(Protocol):
    """What every scorer says of itself.

    It belongs to one ``part``: *fit* says what should be done, *habit* what this lifter will
    want to do; each part is worth 0-100.
    """

    @property
    def name(self) -> str:
        """Name that responses show."""
        ...

    @property
    def version(self) -> str:
        """Version of its numbers or weights."""
        ...

    @property
    def part(self) -> Literal["fit", "habit"]:
        """Which part it scores."""
        ...


class Scorer(Named, Protocol):
    """Gives points to every exercise of the catalogue.

    A scorer is pure: the same frame gives the same points.
    """

    @property
    def requires(self) -> Requirements:
        """The features it reads."""
        ...

    def score(self, frame: FeatureFrame) -> Scores | None:
        """Return points for every exercise of ``frame``, or None to abstain."""
        ...


class HabitScorer(Scorer, Protocol):
    """A scorer of the habit part that is a model of arrays."""

    @property
    def helpers(self) -> tuple[ScorerStatus, ...]:
        """Other models that have a say in its answers, as they are while it gives none."""
        ...


class SessionScorer(Named, Protocol):
    """A scorer of the habit part whose model is open in a runtime of its own.

    Both halves are pure: the engine awaits the session between them, within a limit, and
    checks what comes back.
    """

    @property
    def session(self) -> InferenceSession:
        """What is asked; disposed of with the models."""
        ...

    def feeds(self, frame: FeatureFrame) -> dict[str, Tensor] | None:
        """Return the inputs for the session, or None to abstain."""
        ...

    def scores(self, frame: FeatureFrame, outputs: Mapping[str, Tensor]) -> Scores:
        """Return points for every exercise of ``frame``, by the outputs for its feeds.

        Raises
        ------
        VoltLiftError
            ``inference`` where the outputs are others than the model's.
        """
        ...

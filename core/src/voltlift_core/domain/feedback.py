"""What became of suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["accepted", "modified", "ignored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionRecord:
    """One suggestion and what the lifter did.

    Parameters
    ----------
    exercise_id : str
        The exercise.
    suggested_kg : float
        Weight suggested.
    actual_kg, actual_reps : float, int or None
        What was done; None where nothing was.
    suggested_reps : tuple of int or None
        Range suggested.
    outcome : str
        ``accepted`` - done as suggested; ``modified`` - done otherwise; ``ignored`` - not done.
    rpe : float or None
        Effort of the set.
    time_s : float
        When, epoch seconds; 0 where it is not known.
    confidence : str or None
        ``high``, ``medium`` or ``low``, as it was suggested.
    propensity : float
        Probability with which this was suggested.
    bias : float
        Factor learned from earlier feedback that the suggestion held.
    version : str
        What suggested it; empty where that was not recorded.
    """

    exercise_id: str
    suggested_kg: float
    actual_kg: float | None = None
    suggested_reps: tuple[int, int] | None = None
    actual_reps: int | None = None
    outcome: Outcome = "ignored"
    rpe: float | None = None
    time_s: float = 0.0
    confidence: str | None = None
    propensity: float = 1.0
    bias: float = 1.0
    version: str = ""

    @property
    def deviation(self) -> float | None:
        """How far the weight done was from the one suggested, relative; None where unknown.

        Examples
        --------
        >>> SuggestionRecord(
        ...     exercise_id="squat", suggested_kg=100, actual_kg=75, outcome="modified"
        ... ).deviation
        -0.25
        """
        if self.actual_kg is None or self.outcome == "ignored" or self.suggested_kg <= 0:
            return None
        return self.actual_kg / self.suggested_kg - 1

    @property
    def unbiased_deviation(self) -> float | None:
        """The deviation from what would have been suggested without the bias.

        Learning from this one converges; from ``deviation`` it would forget what it has
        learned as soon as suggestions fit.
        """
        deviation = self.deviation
        return None if deviation is None else (1 + deviation) * self.bias - 1

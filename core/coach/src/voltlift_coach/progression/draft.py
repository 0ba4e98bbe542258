"""What the decision tree answers: a wish, before it is fitted to what can be loaded."""

from __future__ import annotations

from dataclasses import dataclass

from voltlift_core.contract import Reason
from voltlift_core.contract.loads import Decision

Reps = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision, and the weight and repetitions wished for.

    Parameters
    ----------
    decision : str
        Which branch answered.
    reasons : tuple of Reason
        Why, the weightiest first.
    reps : tuple of int
        Range of repetitions.
    factor : float
        What the reference weight is multiplied by.
    amount : float
        What is then added, in the lifter's unit.
    strict : bool
        Whether the weight must not be above the reference, however it is rounded.
    lighter : bool
        Whether it must be below it.
    seconds_factor : float
        What the time of timed exercises is multiplied by.
    """

    decision: Decision
    reasons: tuple[Reason, ...]
    reps: Reps
    factor: float = 1.0
    amount: float = 0.0
    strict: bool = False
    lighter: bool = False
    seconds_factor: float = 1.0


def reason(code: str, **values: float | str) -> Reason:
    """Return a reason; progression gives no points."""
    return Reason(code=code, points=0.0, values={**values})

"""Learning from what became of suggestions."""

from __future__ import annotations

from dataclasses import dataclass

from voltlift_coach.progression.config import BiasNumbers
from voltlift_core.domain.feedback import SuggestionRecord
from voltlift_core.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Record:
    """How suggestions for one exercise fared.

    Parameters
    ----------
    suggestions, followed : int
        Suggestions that something became of, and those accepted as they were.
    mean_deviation : float or None
        Mean of |done - suggested| / suggested of the last ones; None where none was done.
    bias : float
        Factor that was learned from them; 1 for none.
    """

    suggestions: int
    followed: int
    mean_deviation: float | None
    bias: float


def records_of(
    settings: Settings, exercise_id: str, before_s: float
) -> tuple[SuggestionRecord, ...]:
    """Return the feedback on an exercise before a moment, oldest first."""
    history = settings.suggestion_history
    return tuple(r for r in history if r.exercise_id == exercise_id and r.time_s <= before_s)


def track_record(
    settings: Settings, exercise_id: str, before_s: float, numbers: BiasNumbers
) -> Record:
    """Return how suggestions for an exercise fared until a moment."""
    records = records_of(settings, exercise_id, before_s)
    known = [d for record in records if (d := record.deviation) is not None]
    known = known[-numbers.suggestions :]
    return Record(
        suggestions=len(records),
        followed=sum(record.outcome == "accepted" for record in records),
        mean_deviation=sum(map(abs, known)) / len(known) if known else None,
        bias=bias_of(settings, exercise_id, before_s, numbers),
    )


def bias_of(settings: Settings, exercise_id: str, before_s: float, numbers: BiasNumbers) -> float:
    """Return the factor on suggested weights.

    ``1 + mean(done / suggested without its bias - 1)`` of the last ten suggestions that were
    done, from three on, clipped to ± 15 %. With fewer, what is stored in the settings counts, or
    nothing.
    """
    records = records_of(settings, exercise_id, before_s)
    known = [d for record in records if (d := record.unbiased_deviation) is not None]
    known = known[-numbers.suggestions :]
    if len(known) < numbers.least:
        stored = settings.suggestion_bias.get(exercise_id, 1.0)
        return min(max(stored, 1 - numbers.most), 1 + numbers.most)
    mean = sum(known) / len(known)
    return 1 + min(max(mean, -numbers.most), numbers.most)

"""How sure a suggestion is."""

from __future__ import annotations

from itertools import pairwise

from voltlift_coach.progression.draft import reason
from voltlift_coach.progression.feedback import Record
from voltlift_coach.progression.situation import Situation
from voltlift_core.contract import Reason
from voltlift_core.contract.meta import Confidence

LEVELS: tuple[Confidence, ...] = ("low", "medium", "high")


def confidence(
    s: Situation, record: Record, forecast: Confidence | None = None
) -> tuple[Confidence, tuple[Reason, ...]]:
    """Return the confidence, and what feedback did to it.

    Where a model decides the weight it is what the ``forecast`` says of itself, else:

    High with effort or a plan known and the last session at most 14 days ago, or with six
    sessions whose weights deviate by 5 % or less from one to the next, before a lay-off. Low
    without effort and with few sessions, a gap of more than 14 days or fewer than 6
    repetitions. Else medium.
    Suggestions that were right (five and more, within 5 % on average) raise it by a level,
    wrong ones (more than 10 %) lower it.
    """
    level = _by_rules(s) if forecast is None else forecast
    numbers = s.config.confidence
    deviation = record.mean_deviation
    if deviation is None or record.suggestions < numbers.suggestions:
        return level, ()
    place = LEVELS.index(level)
    values = {"suggestions": float(record.suggestions), "deviation": deviation}
    if deviation <= numbers.deviation:
        return LEVELS[min(place + 1, 2)], (reason("suggestions_right", **values),)
    if deviation > numbers.wrong:
        return LEVELS[max(place - 1, 0)], (reason("suggestions_wrong", **values),)
    return level, ()


def _by_rules(s: Situation) -> Confidence:
    numbers = s.config.confidence
    informed = bool(s.efforts) or s.planned is not None
    recent = s.gap_days <= numbers.recent_days
    if (informed and recent) or (_steady(s) and s.gap_days <= s.config.lay_off.days):
        return "high"
    few = len(s.sessions) < numbers.few_sessions or s.last.reps < s.config.effort.few_reps
    return "low" if not s.efforts and (few or not recent) else "medium"


def _steady(s: Situation) -> bool:
    """Return whether weights hardly changed from one session to the next."""
    numbers = s.config.confidence
    weights = [session.kg for session in s.normal[-numbers.sessions :]]
    if len(weights) < numbers.sessions or min(weights) <= 0:
        return False
    steps = pairwise(weights)
    changes = [abs(after / before - 1) for before, after in steps]
    return sum(changes) / len(changes) <= numbers.deviation

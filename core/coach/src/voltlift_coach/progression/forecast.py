"""Rules and a model together: what the log makes likely, inside of what rules call safe."""

from __future__ import annotations

from dataclasses import replace

from voltlift_coach.progression.config import ForecastNumbers
from voltlift_coach.progression.draft import Draft, Reps, reason
from voltlift_coach.progression.fit import Choice, at_most, beyond_cap, cap_kg
from voltlift_coach.progression.situation import Situation
from voltlift_coach.progression.tree import lowered_reps, same_reps
from voltlift_core.contract import Reason
from voltlift_core.contract.meta import Confidence
from voltlift_core.domain.loads import add_load
from voltlift_core.domain.units import display
from voltlift_core.engine.learned import LoadForecast

_SAME = 1e-6
_DELOADS = ("deload_recovery", "deload_effort")


def takes_part(s: Situation, choice: Choice) -> bool:
    """Return whether a model may decide the weight.

    Not in a deload, and not for what is not counted in kilograms. Below three sessions of the
    exercise the model abstains itself.
    """
    counted = s.kind == "load" and not s.helped and choice.kg > 0
    return counted and choice.decision not in _DELOADS


def with_forecast(
    s: Situation, draft: Draft, choice: Choice, lightest_kg: float, forecast: LoadForecast
) -> Choice:
    """Return the forecast's weight as far as the rules call it safe.

    Never above what they call safe, nor below the lighter of their deload and their choice. Not
    a mean of the two weights: nobody means what lies between, and it misses both (on held-out
    lifters such a blend was exact in 53 % of cases where the forecast was in 67 %).

    Parameters
    ----------
    s : Situation
        The lift.
    draft : Draft
        What the tree wished; a strict one holds for the model as well.
    choice : Choice
        What it was fitted to.
    lightest_kg : float
        The rules' deload.
    forecast : LoadForecast
        What a model expects.
    """
    wished, floor = forecast.kg, min(lightest_kg, choice.kg)
    kg = max(_safe(s, wished, strict=draft.strict or s.pain), floor)
    if abs(kg - choice.kg) <= _SAME * choice.kg:
        return choice
    return replace(
        choice,
        decision="forecast",
        kg=kg,
        reps=_reps(s, kg),
        reasons=(*choice.reasons, _reason(s, forecast), *_why(forecast)),
        exceeds_cap=beyond_cap(s, kg),
        wished_kg=choice.kg if choice.wished_kg is None else choice.wished_kg,
        rules_kg=choice.kg,
    )


def forecast_confidence(
    s: Situation, forecast: LoadForecast, numbers: ForecastNumbers
) -> Confidence:
    """Return how sure a forecast is, by its interval's width and the history that it rests on.

    ``voltlift confidence`` counts how often each level was right on lifters that the model was not
    fitted to.
    """
    width = (forecast.high_kg - forecast.low_kg) / max(forecast.kg, _SAME)
    if width > numbers.wide or s.gap_days > numbers.long_days:
        return "low"
    performed = s.at.view.times_performed[s.at.catalogue.index[s.exercise.id]]
    informed = performed >= numbers.sessions and s.gap_days <= numbers.recent_days
    return "high" if informed and width <= numbers.narrow else "medium"


def agrees(choice: Choice, forecast: LoadForecast, deviation: float) -> bool:
    """Return whether a weight is what the model expects, up to a relative deviation."""
    return abs(choice.kg - forecast.kg) <= deviation * forecast.kg


def _safe(s: Situation, wished: float, *, strict: bool) -> float:
    """Return a weight that is safe; what was lifted of late can be loaded, whatever the grid."""
    limit = s.last.kg if strict else cap_kg(s)
    lifted = (item.kg for session in s.sessions for item in session.sets)
    if wished <= limit * (1 + _SAME) and any(abs(kg - wished) <= _SAME * kg for kg in lifted):
        return wished
    return at_most(s, wished, strict=strict)


def _reps(s: Situation, kg: float) -> Reps:
    if s.planned is not None:
        return s.planned
    if kg > add_load(s.last.kg, 1e-3, s.grid) * (1 - _SAME):
        return lowered_reps(s, kg)
    return same_reps(s)


def _reason(s: Situation, forecast: LoadForecast) -> Reason:
    unit = s.grid.unit
    return reason(
        "forecast",
        weight=display(forecast.kg, unit),
        low=display(forecast.low_kg, unit),
        high=display(forecast.high_kg, unit),
    )


def _why(forecast: LoadForecast) -> tuple[Reason, ...]:
    return tuple(reason(code, **values) for code, values in forecast.reasons)

"""Weight and reps of the next set, programs, substitutes, readiness, insights.

A package of its own, which fulfils the engine's port ``Coach``: exercise recommendations
come without it, and the worker loads it with the first question that needs it.
"""

from voltlift_coach.services.insights import insights, readiness
from voltlift_coach.services.loads import record_feedback, suggest_load
from voltlift_coach.services.programs import program, recommend_programs, todays_session
from voltlift_coach.services.substitutes import substitute

__all__ = [
    "insights",
    "program",
    "readiness",
    "recommend_programs",
    "record_feedback",
    "substitute",
    "suggest_load",
    "todays_session",
]

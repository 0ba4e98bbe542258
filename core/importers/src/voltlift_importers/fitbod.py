"""The CSV export of Fitbod: always kilograms and UTC, no workout names.

``multiplier`` tells how often Fitbod counts a weight for volume (2 for a pair of dumbbells);
the weight itself is the one of a single dumbbell, as everywhere else.
"""

from __future__ import annotations

from voltlift_core.domain.vocabulary import Unit
from voltlift_importers.formats import Format

FITBOD = Format(
    app="fitbod",
    headings={
        "date": ("date",),
        "exercise": ("exercise",),
        "reps": ("reps",),
        "weight": ("weight",),
        "seconds": ("duration",),
        "distance": ("distance",),
        "ignored": ("incline", "resistance", "multiplier"),
        "warm_up": ("iswarmup", "is warmup"),
        "notes": ("note", "notes"),
    },
    required=("date", "exercise", "reps", "warm_up"),
    layouts=(
        (
            *("date", "exercise", "reps", "weight", "seconds", "distance", "ignored", "ignored"),
            *("warm_up", "notes", "ignored"),
        ),
    ),
    unit=Unit.KG,
    longest_pause_minutes=90,
)
"""Fitbod, iOS and Android."""

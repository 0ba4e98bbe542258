"""The CSV export of Hevy: English headings, months in the language of the app."""

from __future__ import annotations

from voltlift_importers.formats import Format

HEVY = Format(
    app="hevy",
    headings={
        "workout": ("title", "workout title"),
        "date": ("start time",),
        "end": ("end time",),
        "workout_notes": ("description",),
        "exercise": ("exercise title",),
        "superset": ("superset id",),
        "notes": ("exercise notes",),
        "ignored": ("set index",),
        "set_order": ("set type",),
        "weight": ("weight",),
        "reps": ("reps",),
        "distance": ("distance",),
        "seconds": ("duration seconds",),
        "rpe": ("rpe",),
    },
    required=("date", "exercise", "set_order", "reps"),
    layouts=(
        (
            *("workout", "date", "end", "workout_notes", "exercise", "superset", "notes"),
            *("ignored", "set_order", "weight", "reps", "distance", "seconds", "rpe"),
        ),
    ),
    set_types={
        "normal": "N",
        "": "N",
        "warmup": "W",
        "warm up": "W",
        "dropset": "D",
        "drop set": "D",
        "failure": "F",
    },
)
"""Hevy, iOS, Android and web; weights in ``weight_kg`` or ``weight_lbs``."""

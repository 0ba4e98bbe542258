"""The CSV export of FitNotes: dates without a time, one workout a day, no kinds of sets."""

from __future__ import annotations

from voltlift_importers.formats import Column, Format

_START: tuple[Column, ...] = ("date", "exercise", "category", "weight")
_DISTANCE: tuple[Column, ...] = ("reps", "distance", "distance_unit", "seconds")

FITNOTES = Format(
    app="fitnotes",
    headings={
        "date": ("date",),
        "exercise": ("exercise",),
        "category": ("category",),
        "weight": ("weight",),
        "weight_unit": ("weight unit",),
        "reps": ("reps",),
        "distance": ("distance",),
        "distance_unit": ("distance unit",),
        "seconds": ("time", "duration"),
        "notes": ("comment", "notes"),
    },
    required=("date", "exercise", "category", "reps"),
    layouts=(
        (*_START, "weight_unit", *_DISTANCE, "notes"),
        (*_START, "weight_unit", *_DISTANCE),
        (*_START, *_DISTANCE, "notes"),
        (*_START, *_DISTANCE),
    ),
    repairs_shifts=True,
)
"""FitNotes, Android and iOS."""

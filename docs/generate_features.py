"""Write docs/reference/features.md: registry and learned columns; ``--check`` only compares."""

from __future__ import annotations

from learned_features import CHOICE, HABIT, LOADS, Column, columns
from reference_page import write_or_check

from voltlift_core.features import FEATURES, GROUPS
from voltlift_core.features.spec import FeatureSpec
from voltlift_core.features.vectors import DENSE_100, Entry
from voltlift_learned.habit import FEATURES as HABIT_FEATURES
from voltlift_learned.habit import NEXT_FEATURES, SESSION_FEATURES
from voltlift_learned.loads.candidates import CANDIDATE_FEATURES
from voltlift_learned.loads.specs import CHOICE_SPEC, LOAD_SPEC
from voltlift_learned.ranker import RANKER_SPEC

TERMS = (
    "Weights are kilograms. A working set is completed, no warm-up, and has repetitions or "
    "seconds; sessions count once they have one. Nothing that starts at or after the moment "
    "counts. Windows such as 30 d end now. Where a value is missing the default is filled in "
    "and marked: vectors carry the mark, rules take the path without the value. How to add "
    "one: CONTRIBUTING.md."
)
PLACES = (
    "Every place is from 0 to 1: the value over its range, clipped; `log` takes the same of "
    "log(1 + x); `?` is 1 where the value is missing. A model carries the hash of the spec "
    "that it was fitted to, and one with another hash is refused."
)
LEARNED = (
    "Models of arrays and trees see the log itself, by columns of their own: most compare a "
    "moment with the lifter's own past. They are computed where they are asked for, in the "
    "browser as in training, and finite: what is missing is 0 unless said otherwise."
)
QUESTION = (
    "Of an exercise before its next working weight; a log ratio is to the top weight of the "
    "last session."
)
OTHERS = (
    "The collaborative filter takes no columns (it folds the log in by preferences of exercises, "
    "see docs/formulas.md); the neural net takes the vector above."
)
INTRODUCTIONS = {
    "user": "Who the lifter is, what they want and how they usually train. One value each.",
    "balance": "How training is spread over the muscle groups. One value each.",
    "recovery": "Sleep, readings, effort and load of late. One value each.",
    "exercise": "One value per exercise of the catalogue.",
    "context": "The moment, and the workout going on. One value each.",
}


def number(value: float) -> str:
    """Return a number as short as it can be read back at table precision."""
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"


def row(spec: FeatureSpec) -> str:
    """Return a feature as a table row."""
    cells = (
        f"`{spec.name}`",
        spec.unit or "–",
        f"{number(spec.low)} to {number(spec.high)}",
        number(spec.default),
        ", ".join(f"`{part.strip()}`" for part in spec.source.split(",")),
        spec.description,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def place(entry: Entry) -> str:
    """Return a vector entry in short."""
    forms = {"range": "`{}`", "log": "log `{}`", "missing": "`{}`?"}
    return forms[entry.transform].format(entry.feature)


def column(item: Column, *more: str) -> str:
    """Return a column of a learned model as a table row."""
    span = f"{number(item.low)} to {number(item.high)}"
    return "| " + " | ".join((f"`{item.name}`", item.unit, span, *more, item.meaning)) + " |"


def asked(name: str) -> str:
    """Return which of the ranker's two halves looks at a column."""
    halves = {"next": "within", "session": "at the start"}
    return ", ".join(halves[task] for task, names in HABIT_FEATURES.items() if name in names)


def learned() -> list[str]:
    """Return the part about the columns of the learned models."""
    habit = tuple(dict.fromkeys((*NEXT_FEATURES, *SESSION_FEATURES)))
    return [
        "## Learned models",
        "",
        LEARNED,
        "",
        f"### Ranker: {len(NEXT_FEATURES)} within a session, {len(SESSION_FEATURES)} at its start",
        "",
        f"Of a candidate for the next exercise. SHA-256: `{RANKER_SPEC.hash}`",
        "",
        "| Name | Unit | Range | Asked | Meaning |",
        "|---|---|---|---|---|",
        *(column(item, asked(item.name)) for item in columns(HABIT, habit)),
        "",
        f"### Loads: {len(LOAD_SPEC.features)}",
        "",
        f"{QUESTION} SHA-256: `{LOAD_SPEC.hash}`",
        "",
        "| Name | Unit | Range | Meaning |",
        "|---|---|---|---|",
        *(column(item) for item in columns(LOADS, LOAD_SPEC.features)),
        "",
        f"### Choice of a load: the same and {len(CANDIDATE_FEATURES)} of each candidate",
        "",
        f"SHA-256: `{CHOICE_SPEC.hash}`",
        "",
        "| Name | Unit | Range | Meaning |",
        "|---|---|---|---|",
        *(column(item) for item in columns(CHOICE, CANDIDATE_FEATURES)),
        "",
        OTHERS,
    ]


def page() -> str:
    """Return the reference page."""
    lines = [
        "# Features",
        "",
        "<!-- Generated by docs/generate_features.py from the registry; do not edit. -->",
        "",
        f"The engine can compute {len(FEATURES)} raw features of a lifter at a moment. {TERMS}",
        "",
    ]
    for group in GROUPS:
        specs = [spec for spec in FEATURES if spec.group == group]
        lines += [
            f"## {group.capitalize()} ({len(specs)})",
            "",
            INTRODUCTIONS[group],
            "",
            "| Name | Unit | Range | Default | Source | Meaning |",
            "|---|---|---|---|---|---|",
            *map(row, specs),
            "",
        ]
    aliases = ", ".join(f"`{alias}…` is `{prefix}…`" for alias, prefix in FEATURES.aliases.items())
    lines += [f"Second names: {aliases}.", "", f"## Vectors: `{DENSE_100.name}`", ""]
    lines += [
        PLACES,
        "",
        f"SHA-256: `{DENSE_100.hash}`",
        "",
    ]
    for name in ("user", "exercise", "context"):
        entries = getattr(DENSE_100, name)
        lines.append(f"- {name} ({len(entries)}): {', '.join(map(place, entries))}")
    lines += ["", *learned()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(write_or_check("features.md", page(), "registry and models"))

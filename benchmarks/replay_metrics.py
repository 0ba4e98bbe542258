"""How good guesses of the next working weight are, per lifter and over lifters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

CAP = 0.1
GAP_DAYS = 28.0
EXACT = 0.001
"""Relative difference below which two weights are the same: converted units leave less."""

COLUMNS = (
    ("mape", "MAPE"),
    ("median", "median"),
    ("within_2_5", "<=2.5%"),
    ("within_5", "<=5%"),
    ("within_10", "<=10%"),
    ("exact", "exact"),
    ("mape_changed", "changed"),
    ("mape_gap", "gap>28d"),
    ("unsafe", "unsafe"),
    ("failed", "failed"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A heaviest set: kilograms, repetitions, the days before, and days since the last."""

    kg: float
    reps: int
    before: tuple[tuple[float, int], ...]
    gap_days: float


@dataclass(frozen=True, slots=True)
class Guess:
    """A weight in kilograms for at least so many repetitions, with our flag above the cap."""

    kg: float
    reps: int
    flagged: bool = False


def judged(guesses: Sequence[tuple[Case, Guess]]) -> dict[str, float]:
    """Return one lifter's figures of one row; shares in percent, NaN without a case."""
    done = np.array([case.kg for case, _ in guesses])
    given = np.array([guess.kg for _, guess in guesses])
    last = np.array([case.before[-1][0] for case, _ in guesses])
    error = np.abs(given - done) / done
    # No answer is as far off as one of nothing.
    error = np.where(np.isnan(error), 1.0, error)
    above = given > done * (1 + CAP + EXACT)
    failed = np.array([_failed(case, guess) for case, guess in guesses])
    gap = np.array([case.gap_days > GAP_DAYS for case, _ in guesses])
    changed = np.abs(done / last - 1) > EXACT
    flagged = np.array([guess.flagged for _, guess in guesses])
    return {
        "cases": float(len(guesses)),
        "mape": _percent(error),
        "median": 100 * float(np.median(error)),
        "within_2_5": _percent(error <= 0.025 + EXACT),
        "within_5": _percent(error <= 0.05 + EXACT),
        "within_10": _percent(error <= 0.1 + EXACT),
        "exact": _percent(error <= EXACT),
        "mape_changed": _percent(error[changed]),
        "mape_gap": _percent(error[gap]),
        "unsafe": _percent(above | failed),
        "failed": _percent(failed),
        "above_cap": float(np.sum((given > last * (1 + CAP + EXACT)) & ~flagged)),
    }


def _failed(case: Case, guess: Guess) -> bool:
    wanted = min(guess.reps, case.before[-1][1])
    return case.kg <= guess.kg * (1 + EXACT) and case.reps < wanted


def _percent(values: np.ndarray) -> float:
    return 100 * float(values.mean()) if len(values) else math.nan


def macro(lifters: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    """Return the mean over lifters of each row's figures, those without a case apart."""
    rows = next(iter(lifters.values()))
    names = next(iter(rows.values()))
    return {
        row: {
            name: float(np.nanmean([figures[row][name] for figures in lifters.values()]))
            for name in names
        }
        for row in rows
    }


def table(
    figures: Mapping[str, Mapping[str, float]],
    lifters: Mapping[str, Mapping[str, Mapping[str, float]]],
    times: Sequence[float],
) -> str:
    """Return the figures as text."""
    lines = [f"{'row':18}" + "".join(f"{title:>9}" for _, title in COLUMNS)]
    for row, values in figures.items():
        lines.append(f"{row:18}" + "".join(f"{values[name]:9.2f}" for name, _ in COLUMNS))
    lines.append("")
    lines.append(f"{'MAPE by lifter':18}{'cases':>9}" + "".join(f"{row:>18}" for row in figures))
    for lifter, rows in lifters.items():
        cases = rows["last weight"]["cases"]
        by_row = "".join(f"{rows[row]['mape']:18.2f}" for row in figures)
        lines.append(f"{lifter:18}{cases:9.0f}{by_row}")
    half, most = np.percentile(times, [50, 95])
    lines.append(
        f"\nengine.suggest_load: p50 {half:.2f} ms, p95 {most:.2f} ms ({len(times)} calls)\n"
    )
    return "\n".join(lines)

"""Every number of progressive overload, versioned and replaceable.

The bundled ``progression-1.json`` is read by the strict decoder of the contract; one that
does not fit is refused with the path of the first field that is wrong. Shares and factors
are fractions of 1, times are days, weights are in the unit that they stand under.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from voltlift_core.domain.vocabulary import Unit
from voltlift_core.errors import invalid_configuration
from voltlift_core.wire import decode_configuration

_UNUSABLE = "the progression configuration cannot be used"


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """``points`` from a value on; the first step that fits counts."""

    since: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryNumbers:
    """The recovery score, and what it decides."""

    base: float
    max: float
    deload_below: float
    deload_factor: float
    sleep: tuple[From, ...]
    days_off: int
    days_off_points: float
    day_before_points: float
    hrv: tuple[From, ...]
    strain_from: float
    strain_points: float
    strain_only_below_sleep: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastNumbers:
    """When a model is sure, and when not: its interval in shares of the weight, and the history.

    High up to ``narrow``, from so many ``sessions`` of the exercise on and within
    ``recent_days`` of the last one; low beyond ``wide`` or after ``long_days``.
    """

    narrow: float = 0.15
    wide: float = 0.3
    sessions: int = 6
    recent_days: float = 28
    long_days: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortNumbers:
    """What effort and repetitions decide: ``easy_below`` and ``hard_above`` are RPE."""

    easy_below: float
    hard_above: float
    sessions: int
    deload_factor: float
    easy_reps: int
    top_reps: int
    few_reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendNumbers:
    """Trends over the last ``sessions``: a change of less than ``stable`` is none."""

    sessions: int
    stable: float
    plateau_sessions: int
    plateau_window: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepNumbers:
    """How repetitions grow, and how far a plan's may be from those of last time.

    ``shares`` is the share of the one-repetition maximum by repetitions to failure, from 1
    on; ``share_per_rep`` goes on from its end.
    """

    added: int
    added_without_effort: int
    range_width: int
    reserve: int
    beyond_top: int
    most: int
    tolerance: int
    growth_by_time: float
    shares: tuple[float, ...]
    share_per_rep: float
    least_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IncrementNumbers:
    """What is added at a time, by unit; factors by aggressiveness."""

    full: dict[str, float]
    isolation: dict[str, float]
    aggressiveness: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayOffNumbers:
    """Beyond ``days`` without the exercise, ``per_period`` for each period of as many days."""

    days: float
    per_period: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StayNumbers:
    """A lifter who stays: of ``chances`` to add weight less than ``taken_share`` were taken."""

    chances: int
    taken_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LighterNumbers:
    """What a deload session is: one that must not become the reference.

    ``least`` and ``below`` - shares of the working weight before; ``planned`` - the shares
    that deloads are suggested with; ``easy_up_to`` - RPE; ``most`` - sessions in a row that
    can be left out.
    """

    least: float
    below: float
    planned: tuple[float, ...]
    easy_up_to: float
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FatigueNumbers:
    """Signs of fatigue of the whole lifter, see ``fatigue``."""

    blocks_above: float
    high_from: float
    lifts: int
    lift_share: float
    falling: float
    rpe_rise: float
    window_days: float
    weeks: int
    lighter_week: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceNumbers:
    """What makes a suggestion sure."""

    recent_days: float
    sessions: int
    deviation: float
    few_sessions: int
    suggestions: int
    wrong: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasNumbers:
    """Learning from feedback: the mean deviation of the last ``suggestions``, clipped."""

    most: float
    suggestions: int
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayNumbers:
    """What today's sets change: after a harder set, and for a drop set."""

    drop: float
    hard_from: float
    reduce: float
    missed_reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """One warm-up set, as a share of the working weight."""

    share: float
    reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionConfig:
    """Every number of progressive overload (``docs/formulas-weights.md`` explains them).

    Examples
    --------
    >>> ProgressionConfig.bundled().version
    'progression/1'
    """

    version: str
    recovery: RecoveryNumbers
    effort: EffortNumbers
    trend: TrendNumbers
    reps: RepNumbers
    cap: float
    increment: IncrementNumbers
    lay_off: LayOffNumbers
    missed_deload_after: int
    stay: StayNumbers
    lighter: LighterNumbers
    fatigue: FatigueNumbers
    confidence: ConfidenceNumbers
    bias: BiasNumbers
    today: TodayNumbers
    warm_ups: tuple[WarmUp, ...]
    warm_up_from_kg: float
    forecast: ForecastNumbers = field(default_factory=ForecastNumbers)

    @classmethod
    def bundled(cls) -> ProgressionConfig:
        """Return the configuration that ships with the engine."""
        return _bundled()

    @classmethod
    def from_json(cls, text: str | bytes) -> ProgressionConfig:
        """Return the configuration that a JSON text holds.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` with the path of what does not fit.
        """
        config = decode_configuration(cls, text, _UNUSABLE)
        for path, ok, expected in _conditions(config):
            if not ok:
                raise invalid_configuration(_UNUSABLE, path, expected, "other values")
        return config


def _conditions(config: ProgressionConfig) -> tuple[tuple[str, bool, str], ...]:
    """What the decoder cannot see: tables that are whole, steps in order."""
    shares = config.reps.shares
    sleep, hrv = ([step.since for step in s] for s in (config.recovery.sleep, config.recovery.hrv))
    units = {str(unit) for unit in Unit}
    increment = config.increment
    return (
        ("$.cap", 0 < config.cap <= 0.1, "a share above 0, at most 0.1"),
        (
            "$.reps.shares",
            len(shares) > 1 and shares[0] == 1 and list(shares) == sorted(set(shares))[::-1],
            "shares falling from 1",
        ),
        ("$.reps.leastShare", 0 < config.reps.least_share < shares[-1], "less than the last share"),
        ("$.recovery.sleep", sleep == sorted(sleep)[::-1] and sleep[-1:] == [0], "falling to 0"),
        ("$.recovery.hrv", hrv == sorted(hrv)[::-1] and hrv[-1:] == [0], "falling to 0"),
        (
            "$.forecast.wide",
            0 <= config.forecast.narrow <= config.forecast.wide,
            "a share, at least that of narrow",
        ),
        (
            "$.forecast.longDays",
            0 <= config.forecast.recent_days <= config.forecast.long_days,
            "days, at least those of recentDays",
        ),
        ("$.increment.full", increment.full.keys() >= units, "a number for each unit"),
        ("$.increment.isolation", increment.isolation.keys() >= units, "a number for each unit"),
        (
            "$.increment.aggressiveness",
            increment.aggressiveness.keys() >= {"conservative", "moderate", "aggressive"},
            "a factor for conservative, moderate and aggressive",
        ),
    )


@cache
def _bundled() -> ProgressionConfig:
    text = files("voltlift_coach.progression").joinpath("data/progression-1.json").read_bytes()
    return ProgressionConfig.from_json(text)

"""The rule configuration: every number of the rule scorer, versioned and replaceable.

The bundled ``rules-1.json`` is the default; a registry may hold a newer one, which is
read by the same strict decoder and refused with the path of the first field that does
not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from voltlift_core.domain.vocabulary import (
    LEVELS,
    MUSCLE_GROUPS,
    STRENGTH_GROUPS,
    Category,
    Goal,
)
from voltlift_core.errors import invalid_configuration
from voltlift_core.wire import decode_configuration

_UNUSABLE = "the rule configuration cannot be used"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``points`` and ``code`` where a value is below ``below`` (and not below an earlier step)."""

    below: float
    points: float
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRules:
    """Muscle balance: a group's share of hard sets against its landmark."""

    max: float
    steps: tuple[Step, ...]
    overtrained_above: float
    overtrained: float
    trained_today: float
    secondary_muscles: float
    cardio_sessions_per_week: dict[str, float]
    cardio_max: float
    maximum_adaptive_volume: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRules:
    """Recovery: days since the group was trained ÷ its optimal days."""

    max: float
    optimal_days: dict[str, float]
    steps: tuple[Step, ...]
    recovered: float
    rested_long_above: float
    rested_long: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceRules:
    """Preference: favourites, and how reliably an exercise is completed."""

    max: float
    favourite: float
    reliable_above: float
    reliable: float
    often_unfinished_below: float
    often_unfinished: float
    done_before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRules:
    """Goal alignment: points by goal and category."""

    max: float
    points: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceRules:
    """Experience match: difficulty against the lifter's level."""

    max: float
    same: float
    one_easier: float
    one_harder: float
    far: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NoveltyRules:
    """Novelty: what was not done for a while."""

    max: float
    never: float
    long_ago_above_days: float
    long_ago: float
    a_while_ago_above_days: float
    a_while_ago: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ColdStartRules:
    """Cold start: points by goal and category while there is too little of a log."""

    max: float = 0.0
    points: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiversityRules:
    """Diversity: points for each earlier pick of the same group."""

    same_group_listed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitRules:
    """Habit: the weight of what models learned, and the workouts over which it fades in.

    ``shares`` are the weights of its scorers beside each other, by name; 1 where not named.
    """

    weight: float = 0.7
    from_workouts: int = 3
    until_workouts: int = 10
    shares: dict[str, float] = field(default_factory=lambda: {"exercise-net": 0.1})

    def share(self, scorer: str) -> float:
        """Return the weight of a scorer beside the others that answer."""
        return self.shares.get(scorer, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleConfig:
    """Every number of the rule scorer (``docs/formulas.md`` explains them).

    Examples
    --------
    >>> RuleConfig.bundled().version
    'rules/1'
    """

    version: str
    balance: BalanceRules
    recovery: RecoveryRules
    preference: PreferenceRules
    goal: GoalRules
    experience: ExperienceRules
    novelty: NoveltyRules
    diversity: DiversityRules
    cold_start: ColdStartRules = field(default_factory=ColdStartRules)
    habit: HabitRules = field(default_factory=HabitRules)

    @classmethod
    def bundled(cls) -> RuleConfig:
        """Return the configuration that ships with the engine."""
        return _bundled()

    @classmethod
    def from_json(cls, text: str | bytes) -> RuleConfig:
        """Return the configuration that a JSON text holds.

        Raises
        ------
        VoltLiftError
            ``invalid_configuration`` with the path of what does not fit.
        """
        config = decode_configuration(cls, text, _UNUSABLE)
        _check(config)
        return config


def _check(config: RuleConfig) -> None:
    """Refuse tables that miss a key, and steps that are out of order."""
    tables: list[tuple[str, dict[str, float], list[str]]] = [
        ("$.recovery.optimalDays", config.recovery.optimal_days, [*MUSCLE_GROUPS]),
    ]
    volume = config.balance.maximum_adaptive_volume
    tables += [
        (f"$.balance.maximumAdaptiveVolume.{level}", volume.get(level, {}), [*STRENGTH_GROUPS])
        for level in LEVELS
    ]
    tables += [
        (f"$.goal.points.{goal}", config.goal.points.get(goal, {}), [*Category]) for goal in Goal
    ]
    for path, table, keys in tables:
        missing = [key for key in keys if key not in table]
        if missing:
            raise invalid_configuration(
                _UNUSABLE, path, f"a number for {', '.join(missing)}", f"only {sorted(table)}"
            )
    for path, positive in (
        ("$.recovery.optimalDays", config.recovery.optimal_days),
        *((f"$.balance.maximumAdaptiveVolume.{level}", volume[level]) for level in LEVELS),
    ):
        for key, value in positive.items():
            if value <= 0:
                raise invalid_configuration(
                    _UNUSABLE, f"{path}.{key}", "a number above 0", str(value)
                )
    habit = config.habit
    if not 0 <= habit.weight <= 1:
        raise invalid_configuration(
            _UNUSABLE, "$.habit.weight", "a number from 0 to 1", str(habit.weight)
        )
    if not 0 <= habit.from_workouts <= habit.until_workouts:
        raise invalid_configuration(
            _UNUSABLE,
            "$.habit.fromWorkouts",
            f"a whole number from 0 to untilWorkouts ({habit.until_workouts})",
            str(habit.from_workouts),
        )
    for name, share in habit.shares.items():
        if share < 0:
            raise invalid_configuration(
                _UNUSABLE, f"$.habit.shares.{name}", "a number from 0", str(share)
            )
    for path, steps in (
        ("$.balance.steps", config.balance.steps),
        ("$.recovery.steps", config.recovery.steps),
    ):
        limits = [step.below for step in steps]
        if limits != sorted(set(limits)):
            raise invalid_configuration(_UNUSABLE, path, "steps in ascending order", str(limits))


@cache
def _bundled() -> RuleConfig:
    text = files("voltlift_core.scoring").joinpath("data/rules-1.json").read_bytes()
    return RuleConfig.from_json(text)

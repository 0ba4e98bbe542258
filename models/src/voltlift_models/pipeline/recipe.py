"""Recipes: what is trained on whom, with which settings and seeds; ``models/configs/*.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.artifacts import is_name
from voltlift_models.train.als import AlsConfig
from voltlift_models.train.loads import LoadConfig
from voltlift_models.train.mlp import MlpConfig
from voltlift_models.train.rankers import RankerConfig

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Simulated:
    """Made-up lifters that join in training.

    Parameters
    ----------
    lifters : int
        How many are made up.
    seed : int
        Of the simulator.
    rankers, loads, factors, net : int
        How many of them each kind of model is trained on.
    """

    lifters: int = 0
    seed: int = 0
    rankers: int = 0
    loads: int = 0
    factors: int = 0
    net: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained, and how.

    Parameters
    ----------
    version : str
        Version of the artefacts.
    date : str
        Day that their cards show (YYYY-MM-DD): the same recipe writes the same cards.
    seed : int
        Of everything random, the simulator apart.
    folds : int
        Folds over lifters of the cross-validation; as many as lifters leaves one out at a time.
    simulated : Simulated
        Made-up lifters.
    rankers, loads, factors : dataclass
        Settings of the models.
    net : MlpConfig
        Settings of the neural net.
    """

    version: str
    date: str
    seed: int = 0
    folds: int = 5
    simulated: Simulated = field(default_factory=Simulated)
    rankers: RankerConfig = field(default_factory=RankerConfig)
    loads: LoadConfig = field(default_factory=LoadConfig)
    factors: AlsConfig = field(default_factory=AlsConfig)
    net: MlpConfig = field(default_factory=MlpConfig)


def read_recipe(path: Path) -> Recipe:
    """Return the recipe of a TOML file.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` with the path of the setting that is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refused(str(path), "a TOML file", str(error)) from error
    recipe = read_table(
        Recipe,
        {
            **content,
            "simulated": read_table(Simulated, content.pop("simulated", {}), "simulated"),
            "rankers": read_table(RankerConfig, content.pop("rankers", {}), "rankers"),
            "loads": read_table(LoadConfig, content.pop("loads", {}), "loads"),
            "factors": read_table(AlsConfig, content.pop("factors", {}), "factors"),
            "net": read_table(MlpConfig, _tuples(content.pop("net", {})), "net"),
        },
        "",
    )
    _require_usable(recipe)
    return recipe


def _require_usable(recipe: Recipe) -> None:
    """Refuse what would only fail, or train on fewer than was asked for, hours later."""
    if recipe.folds < 2:
        raise _refused("folds", "2 or more", str(recipe.folds))
    if not is_name(recipe.version):
        raise _refused("version", "letters, digits, . and -, such as 1.0.0", repr(recipe.version))
    try:
        date.fromisoformat(recipe.date)
    except ValueError as error:
        raise _refused("date", "a day, such as 2026-01-31", repr(recipe.date)) from error
    if recipe.seed < 0:
        raise _refused("seed", "0 or more", str(recipe.seed))
    for name, boosting in (("rankers", recipe.rankers), ("loads", recipe.loads)):
        for key, least in (("trees", 1), ("leaves", 2)):
            if getattr(boosting, key) < least:
                raise _refused(f"{name}.{key}", f"{least} or more", str(getattr(boosting, key)))
    simulated = asdict(recipe.simulated)
    for key, value in simulated.items():
        if value < 0:
            raise _refused(f"simulated.{key}", "0 or more", str(value))
        if key != "seed" and value > recipe.simulated.lifters:
            made = f"at most the {recipe.simulated.lifters} lifters that are made up"
            raise _refused(f"simulated.{key}", made, str(value))


def _tuples(table: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(table, Mapping):
        return table  # read_table refuses it
    return {key: tuple(item) if isinstance(item, list) else item for key, item in table.items()}


def read_table(cls: type[T], table: Mapping[str, Any], name: str) -> T:
    """Return a dataclass of the settings of a table; what is not given keeps its default.

    Raises
    ------
    VoltLiftError
        ``invalid_configuration`` where a setting is unknown, missing or of another type.
    """
    if not isinstance(table, Mapping):
        raise _refused(name, f"a table [{name}]", repr(table))
    hints = get_type_hints(cls)
    prefix = f"{name}." if name else ""
    for key, value in table.items():
        if key not in hints:
            raise _refused(f"{prefix}{key}", f"one of {', '.join(hints)}", key)
        # A whole number is a number as well; true and false are neither.
        kinds: tuple[type, ...] = {float: (float, int)}.get(hints[key], (hints[key],))
        if hints[key] in (int, float, str, bool) and type(value) not in kinds:
            raise _refused(f"{prefix}{key}", hints[key].__name__, repr(value))
    try:
        return cls(**table)
    except TypeError as error:
        raise _refused(name or "$", "all settings that have no default", str(error)) from error


def _refused(path: str, expected: str, received: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.INVALID_CONFIGURATION,
        "the recipe cannot be used",
        path=path,
        expected=expected,
        received=received,
        remedy="models/configs/default.toml shows all settings",
    )

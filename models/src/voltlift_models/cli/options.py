"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

CONFIGS = Path(__file__).parents[3] / "configs"
"""The configurations that ship with the project."""


class Engine(StrEnum):
    """What runs the work on many lifters."""

    LOCAL = "local"
    SPARK = "spark"


AsJson = Annotated[
    bool, typer.Option("--json", help="One JSON document on standard output, for programs.")
]
Workers = Annotated[int, typer.Option(min=1, help="Processes that work side by side.")]
Seed = Annotated[int, typer.Option(min=0, help="Of everything random.")]
Out = Annotated[Path, typer.Option("--out", help="Where to write the result.")]
Config = Annotated[
    Path, typer.Option("--config", exists=True, dir_okay=False, help="What to train, and how.")
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="One process, or Spark (needs the extra and Java 17).")
]

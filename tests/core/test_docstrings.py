"""The examples in the docstrings are true."""

import doctest
import importlib
import importlib.util
import pkgutil
from pathlib import Path

import pytest

import voltlift_bridge
import voltlift_conformance
import voltlift_core
import voltlift_importers
import voltlift_learned
import voltlift_replay
import voltlift_samples

pytestmark = pytest.mark.cpython_only(reason="the wheel ships without docstrings")

MODULES = sorted(
    module.name
    for package in (
        voltlift_core,
        voltlift_bridge,
        voltlift_conformance,
        voltlift_importers,
        voltlift_learned,
        voltlift_replay,
        voltlift_samples,
    )
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


@pytest.mark.parametrize("name", [*MODULES, "voltlift_conformance"])
def test_examples_give_what_they_say(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_build_hook_gives_what_it_says():
    path = Path(__file__).parents[2] / "core/hatch_build.py"
    spec = importlib.util.spec_from_file_location("hatch_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0

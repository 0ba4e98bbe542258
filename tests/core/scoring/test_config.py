"""The rule configuration: what is refused, and where."""

import json
from importlib.resources import files

import pytest

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_core.scoring.config import RuleConfig

TEXT = files("voltlift_core.scoring").joinpath("data/rules-1.json").read_text()


def damaged(*path, value=None, drop=False):
    document = json.loads(TEXT)
    target = document
    for key in path[:-1]:
        target = target[key]
    if drop:
        del target[path[-1]]
    else:
        target[path[-1]] = value
    return json.dumps(document)


def test_the_bundled_configuration_is_read():
    assert RuleConfig.from_json(TEXT) == RuleConfig.bundled()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{", "$"),
        ("[]", "$"),
        (damaged("balance", "max", value="thirty"), "$.balance.max"),
        (damaged("balance", "max", drop=True), "$.balance.max"),
        (damaged("surprise", value=1), "$.surprise"),
        (damaged("recovery", "optimalDays", "Legs", drop=True), "$.recovery.optimalDays"),
        (damaged("recovery", "optimalDays", "Legs", value=0), "$.recovery.optimalDays.Legs"),
        (damaged("goal", "points", "Strength", drop=True), "$.goal.points.Strength"),
        (
            damaged("balance", "maximumAdaptiveVolume", "Advanced", "Core", value=-1),
            "$.balance.maximumAdaptiveVolume.Advanced.Core",
        ),
        (damaged("balance", "steps", value=[]), None),
        (damaged("balance", "steps", 0, "below", value=0.9), "$.balance.steps"),
    ],
)
def test_a_damaged_configuration_is_refused_with_its_path(text, path):
    if path is None:
        assert RuleConfig.from_json(text).balance.steps == ()
        return
    with pytest.raises(VoltLiftError) as caught:
        RuleConfig.from_json(text)
    assert caught.value.code is ErrorCode.INVALID_CONFIGURATION
    assert caught.value.path == path
    assert "stay as they are" in str(caught.value)


def test_a_configuration_that_says_nothing_of_shares_means_the_bundled_ones():
    """One of before there were nets: none of them gets as much as the ranker by that."""
    without = damaged("habit", "shares", drop=True)
    habit, ours = RuleConfig.from_json(without).habit, RuleConfig.bundled().habit
    names = ("ranker", "exercise-net", "another")
    assert [habit.share(name) for name in names] == [ours.share(name) for name in names]
    assert habit.share("exercise-net") == 0.1

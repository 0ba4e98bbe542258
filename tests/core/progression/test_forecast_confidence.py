"""How sure a forecast is: by the width of its interval and by the history."""

from __future__ import annotations

import asyncio
import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifters import BENCH, NOW, bench, codes, straight
from test_forecast import Says, ask, lifted

from voltlift_coach.progression.config import ForecastNumbers, ProgressionConfig
from voltlift_core import ErrorCode, VoltLiftError

pytestmark = pytest.mark.filterwarnings("error")

LEVELS = ("low", "medium", "high")
BUNDLED = files("voltlift_coach.progression").joinpath("data/progression-1.json").read_text()


def after(gap_days: int, sessions: int = 8, kg: float = 100.0):
    """A log of sessions every three days, the last one so many days ago."""
    return bench(*((gap_days + 3 * n, straight(kg, 8)) for n in range(sessions - 1, -1, -1)))


@pytest.mark.parametrize(
    ("half_width", "sessions", "gap_days", "level"),
    [
        (0.07, 8, 3, "high"),
        (0.075, 6, 28, "high"),
        (0.08, 8, 3, "medium"),
        (0.07, 5, 3, "medium"),
        (0.07, 8, 30, "medium"),
        (0.14, 3, 50, "medium"),
        (0.16, 8, 3, "low"),
        (0.07, 8, 61, "low"),
        (0.5, 3, 100, "low"),
    ],
)
async def test_known_levels(half_width, sessions, gap_days, level):
    answer = await ask(after(gap_days, sessions), Says(100, half_width))
    assert answer.prediction.confidence == level


@settings(max_examples=15, deadline=None)
@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(3, 12),
    st.integers(1, 90),
)
def test_a_wider_interval_is_never_surer(first, second, sessions, gap_days):
    async def levels():
        log = after(gap_days, sessions)
        narrow, wide = sorted((first, second))
        return [
            LEVELS.index((await ask(log, Says(100, half / 2))).prediction.confidence)
            for half in (narrow, wide)
        ]

    narrow, wide = asyncio.run(levels())
    assert narrow >= wide


@pytest.mark.parametrize("half_width", [0.05, 0.1, 0.3])
async def test_where_the_model_decides_the_answer_is_as_sure_as_it(half_width):
    answer = await ask(lifted(8), Says(102.5, half_width))
    assert answer.prediction.used
    assert answer.confidence == answer.prediction.confidence


async def test_in_a_deload_the_rules_say_how_sure_they_are():
    hard = bench(*((3 * n, straight(100, 8, 9.5)) for n in range(8, 0, -1)))
    with_model = await ask(hard, Says(100, 0.5))
    rules = await ask(hard, Says(None))
    assert not with_model.prediction.used
    assert with_model.prediction.confidence == "low"
    assert with_model.confidence == rules.confidence != "low"


async def test_a_weight_that_the_bounds_hold_back_is_not_what_the_model_was_sure_of():
    held = await ask(lifted(8), Says(120, 0.05))
    assert held.choice.weight < 115
    assert held.prediction.confidence == "high"
    assert held.confidence == "medium"


async def test_feedback_raises_and_lowers_it():
    def asked(deviation):
        given_ = [
            {
                "exerciseId": BENCH,
                "date": NOW - (n + 1) * 86_400_000,
                "suggestedWeight": 100,
                "actualWeight": 100 * (1 + deviation),
                "accepted": True,
            }
            for n in range(6)
        ]
        return ask(lifted(8, suggestionHistory=given_), Says(100, 0.1))

    right, wrong = await asked(0.0), await asked(0.2)
    assert (right.prediction.confidence, right.confidence) == ("medium", "high")
    assert codes(right)[-1] == "suggestions_right"
    assert (wrong.prediction.confidence, wrong.confidence) == ("medium", "low")


def test_the_numbers_are_those_of_the_configuration():
    assert json.loads(BUNDLED)["forecast"] == {
        "narrow": 0.15,
        "wide": 0.3,
        "sessions": 6,
        "recentDays": 28,
        "longDays": 60,
    }
    assert ProgressionConfig.bundled().forecast == ForecastNumbers()


@pytest.mark.parametrize(
    ("numbers", "path"),
    [({"narrow": 0.4}, "$.forecast.wide"), ({"recentDays": 70}, "$.forecast.longDays")],
)
def test_bounds_in_the_wrong_order_are_refused(numbers, path):
    config = json.loads(BUNDLED)
    config["forecast"] |= numbers
    with pytest.raises(VoltLiftError) as caught:
        ProgressionConfig.from_json(json.dumps(config))
    assert caught.value.code == ErrorCode.INVALID_CONFIGURATION
    assert caught.value.path == path

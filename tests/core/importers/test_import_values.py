"""Numbers, durations and dates as files write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from voltlift_importers.dates import (
    OrderDecision,
    decide_order,
    local_day,
    read_moment,
)
from voltlift_importers.values import read_duration, read_number


@pytest.mark.parametrize(
    ("text", "comma_is_decimal", "number"),
    [
        ("61.23492", False, 61.23492),
        (" 60 ", False, 60),
        ("61,5", True, 61.5),
        ("61,5", False, 61.5),
        ("1,234", False, 1234),
        ("1,234", True, 1.234),
        ("1,234.5", True, 1234.5),
        ("1.234,5", False, 1234.5),
        ("-5", False, -5),
        (".5", False, 0.5),
        ("1e2", False, 100),
    ],
)
def test_numbers(text: str, comma_is_decimal: bool, number: float) -> None:
    assert read_number(text, comma_is_decimal=comma_is_decimal) == number


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e999", "12kg", "1-2", "--1", "٣", "."])
def test_what_is_no_number(text: str) -> None:
    assert read_number(text, comma_is_decimal=False) is None


@given(st.floats(0, 10_000).map(lambda value: round(value, 4)))
def test_decimal_signs_mean_the_same_number(value: float) -> None:
    text = f"{value:.4f}"
    assert read_number(text, comma_is_decimal=False) == value
    assert read_number(text.replace(".", ","), comma_is_decimal=True) == value


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("51m", 3060),
        ("1h 5m", 3900),
        ("1h", 3600),
        ("45s", 45),
        ("1小时13分钟", 4380),
        ("58分钟", 3480),
        ("1 Std. 5 Min.", 3900),
        ("1 h 5 min", 3900),
        ("4543", 4543),
        ("1:05:00", 3900),
        ("51:30", 3090),
        ("0", 0),
    ],
)
def test_durations(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "-5", "soon", "5 parsecs", "h5", "5m x", "1;5"])
def test_what_is_no_duration(text: str) -> None:
    assert read_duration(text) is None


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("2024-04-16 19:47:42", datetime(2024, 4, 16, 19, 47, 42)),
        ("2024-04-16T19:47", datetime(2024, 4, 16, 19, 47)),
        ("2024/4/6 9:07", datetime(2024, 4, 6, 9, 7)),
        ("16.04.2024 19:47", datetime(2024, 4, 16, 19, 47)),
        ("16/4/24 7:47 PM", datetime(2024, 4, 16, 19, 47)),
        ("16/4/24, 12:01 am", datetime(2024, 4, 16, 0, 1)),
    ],
)
def test_moments(text: str, wall: datetime) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert (moment.wall, moment.time_known, moment.utc_offset_minutes) == (wall, True, None)


@pytest.mark.parametrize(
    "text",
    [
        "26 13月 2025",
        "",
        "yesterday",
        "2024-02-30",
        "2024-13-01",
        "9999-01-01",
        "0001-01-01",
        "1/2",
        "16/4/24 13 PM",
        "2024-04-16 25:00",
        "2024-04-16 19:61",
        "16/4/24 13:00 PM",
        "16/04-2024",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert read_moment(text) is None


def test_an_offset_in_the_file_counts_more_than_the_one_given() -> None:
    moment = read_moment("2024-04-16 19:47:42 +0200")
    assert moment is not None
    assert moment.utc_offset_minutes == 120
    assert moment.epoch_ms(-300) == 1_713_289_662_000
    without = read_moment("2024-04-16 19:47:42")
    assert without is not None
    assert without.epoch_ms(120) == moment.epoch_ms(0)


def test_a_date_alone_has_no_time_of_day_and_stays_that_day_in_every_zone() -> None:
    moment = read_moment("2024-04-16")
    assert moment is not None
    assert not moment.time_known
    for offset in (-660, 0, 660):
        assert local_day(moment.epoch_ms(offset), offset) == "2024-04-16"


@pytest.mark.parametrize(
    ("texts", "decision"),
    [
        (["2024-01-02", "nonsense"], None),
        (["03/04/2024", "13/04/2024"], OrderDecision("day_first", True)),
        (["03/04/2024", "04/13/2024"], OrderDecision("month_first", True)),
        (["13/04/2024", "04/13/2024", "04/14/2024"], OrderDecision("month_first", True)),
        (["1.2.2024"], OrderDecision("day_first", True)),
        # Read day first, 10 December lies between 10 January and 10 February.
        (["01/10/2024", "12/10/2024", "02/11/2024"], OrderDecision("day_first", True)),
        (["01/05/2024", "01/10/2024", "02/03/2024"], OrderDecision("month_first", True)),
        (["05/05/2024"], OrderDecision("day_first", False)),
    ],
)
def test_order_of_day_and_month_is_decided_per_file(
    texts: list[str], decision: OrderDecision | None
) -> None:
    assert decide_order(texts) == decision


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1),
    st.sampled_from([("day_first", "%d/%m/%Y"), ("month_first", "%m/%d/%Y")]),
)
def test_a_sorted_file_with_one_clear_date_is_read_right(
    days: list[date], way: tuple[str, str]
) -> None:
    order, layout = way
    dates = sorted(days)
    assume(any(day.day > 12 for day in dates))
    texts = [day.strftime(layout) for day in dates]
    decision = decide_order(texts)
    assert decision is not None
    assert decision.order == order
    read = [read_moment(text, decision.order) for text in texts]
    assert [moment.wall.date() for moment in read if moment] == dates

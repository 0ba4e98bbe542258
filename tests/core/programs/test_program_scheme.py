"""The notation of programs: known answers, and what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_coach.programs.scheme import SetGroup, parse_sets, parse_slot
from voltlift_core.errors import ErrorCode, VoltLiftError


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("5", SetGroup(count=1, reps=(5, 5))),
        ("3x8-12", SetGroup(count=3, reps=(8, 12))),
        ("5+@85%", SetGroup(count=1, reps=(5, 5), percent=0.85, amrap=True)),
        ("2x5@72.5%", SetGroup(count=2, reps=(5, 5), percent=0.725)),
        ("4x6@8.5", SetGroup(count=4, reps=(6, 6), rpe=8.5)),
        ("3x10@2rir", SetGroup(count=3, reps=(10, 10), rpe=8.0)),
        ("3x10@0rir", SetGroup(count=3, reps=(10, 10), rpe=10.0)),
        ("2x30s", SetGroup(count=2, reps=(1, 1), seconds=30.0)),
        ("20m", SetGroup(count=1, reps=(1, 1), seconds=1200.0)),
    ],
)
def test_a_group_of_sets(text, group):
    assert parse_sets(text) == (group,)


def test_groups_follow_each_other_and_a_dash_is_none():
    assert [group.count for group in parse_sets("4x3,3+,2x10")] == [4, 1, 2]
    assert parse_sets("-") == ()


def test_a_slot_takes_its_waves_from_a_scheme():
    slot = parse_slot("barbell-squat $wave r240", {"wave": "5@65%|3@70%|-"})
    assert slot.exercise_id == "barbell-squat"
    assert slot.rest == 240
    assert not slot.joined
    assert [len(wave) for wave in slot.waves] == [1, 1, 0]


@pytest.mark.parametrize(
    "text",
    ["", "x", "0x5", "3x0", "3x12-8", "3x8@", "3x8@11", "3x8@10rir", "3x8@0", "3*8", "3x8,", "1.5"],
)
def test_what_is_no_set_is_refused_with_its_path(text):
    with pytest.raises(VoltLiftError) as caught:
        parse_sets(text, "$.here")
    assert caught.value.code == ErrorCode.INVALID_CONFIGURATION
    assert caught.value.path == "$.here"
    assert caught.value.expected


@pytest.mark.parametrize("text", ["squat", "squat $none", "squat 3x5 r", "squat 3x5 rest", ""])
def test_what_is_no_slot_is_refused(text):
    with pytest.raises(VoltLiftError):
        parse_slot(text, {})


@given(
    count=st.integers(1, 20),
    low=st.integers(1, 50),
    more=st.integers(0, 20),
    percent=st.none() | st.integers(1, 105),
)
def test_what_is_written_is_read(count, low, more, percent):
    text = f"{count}x{low}-{low + more}" + ("" if percent is None else f"@{percent}%")
    (group,) = parse_sets(text)
    assert (group.count, group.reps) == (count, (low, low + more))
    assert group.percent == (None if percent is None else percent / 100)

"""Spellings: our own words are always read as themselves, and nothing else by accident."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.domain import spelling
from voltlift_core.domain.vocabulary import (
    Category,
    Equipment,
    Goal,
    Level,
    MovementPattern,
    MuscleGroup,
    SessionStatus,
    SetType,
    Unit,
)

READERS = [
    (spelling.read_unit, Unit),
    (spelling.read_goal, Goal),
    (spelling.read_level, Level),
    (spelling.read_muscle_group, MuscleGroup),
    (spelling.read_category, Category),
    (spelling.read_movement_pattern, MovementPattern),
    (spelling.read_set_type, SetType),
    (spelling.read_status, SessionStatus),
]


@pytest.mark.parametrize(
    ("read", "word"), [(read, word) for read, words in READERS for word in words]
)
def test_our_words_are_read_in_any_case_and_punctuation(read, word):
    text = str(word)
    for spelled in (text, text.lower(), text.upper(), f"  {text} ", text.replace(" ", "-")):
        assert read(spelled) is word


@pytest.mark.parametrize("item", Equipment)
def test_equipment_is_read_as_itself(item):
    assert spelling.read_equipment(str(item).upper()) == (item,)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Dumbbells", (Equipment.DUMBBELL,)),
        ("Kettlebells", (Equipment.KETTLEBELL,)),
        ("Resistance Bands", (Equipment.BAND,)),
        ("Machines", (Equipment.MACHINE, Equipment.CABLE)),
        ("Machine", (Equipment.MACHINE,)),
        ("body only", (Equipment.BODYWEIGHT,)),
        ("", ()),
        ("None of these", ()),
    ],
)
def test_spellings_of_equipment(text, items):
    assert spelling.read_equipment(text) == items


@given(st.text(max_size=20))
def test_any_text_gives_a_word_or_nothing(text):
    for read, words in READERS:
        word = read(text)
        assert word is None or (word in words and spelling.fold(text))

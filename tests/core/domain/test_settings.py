"""What equipment comes with what."""

from __future__ import annotations

import pytest

from voltlift_core.domain.settings import DEFAULT_EQUIPMENT, usable_equipment
from voltlift_core.domain.vocabulary import Equipment


@pytest.mark.parametrize("item", Equipment)
def test_what_is_owned_and_the_own_body_can_be_used(item):
    assert {item, Equipment.BODYWEIGHT} <= usable_equipment([item])


def test_a_gym_has_more_than_the_app_state_names():
    usable = usable_equipment(DEFAULT_EQUIPMENT)
    assert {Equipment.EZ_BAR, Equipment.PLATE, Equipment.SMITH_MACHINE} <= usable
    assert Equipment.KETTLEBELL not in usable


def test_without_equipment_there_is_the_own_body():
    assert usable_equipment([]) == {Equipment.BODYWEIGHT}

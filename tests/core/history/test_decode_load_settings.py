"""Settings that loads and feedback need: plates, steps, increments, suggestions, baseline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import (
    ActiveProgram,
    BaselineLift,
    ExerciseLoad,
    Increments,
    Settings,
)
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Equipment, Unit
from voltlift_core.history.decode import restore_settings
from voltlift_core.history.decode_feedback import MAX_SUGGESTIONS

CATALOGUE = Catalogue.bundled()


def read(**settings):
    return restore_settings(settings, catalogue=CATALOGUE)


def codes(issues):
    return [issue.code for issue in issues]


@pytest.mark.parametrize(("unit", "plates"), [("kg", (20.0, 10.0)), ("lbs", (45.0, 2.5))])
def test_plates_are_those_of_the_settings_unit(unit, plates):
    both = {"kg": [10, 20, 20], "lbs": [2.5, 45]}
    assert read(units=unit, availablePlates=both)[0].plates == plates


def test_a_bare_list_of_plates_is_in_the_settings_unit():
    assert read(availablePlates=[1.25, 20])[0].plates == (20.0, 1.25)


@pytest.mark.parametrize("plates", [[], {"kg": []}, {"lbs": [45]}, None])
def test_no_plates_given_is_not_said(plates):
    assert read(availablePlates=plates)[0].plates is None


def test_steps_by_equipment_in_any_spelling():
    settings, issues = read(loadSteps={"Dumbbells": 2, "Machines": 5, "Anvil": 1, "Cable": "7,5"})
    assert settings.load_steps == {
        Equipment.DUMBBELL: 2.0,
        Equipment.MACHINE: 5.0,
        Equipment.CABLE: 7.5,
    }
    assert codes(issues) == ["equipment_unknown", "load_step_as_text"]


def test_loads_of_single_exercises():
    loads = {
        "bench-press": {"bar": 15, "plates": [5, 10]},
        "leg-press": {"step": 7, "lightest": 5, "heaviest": 100},
        "custom-1": {"lightest": 50, "heaviest": 10},
        "custom-2": 5,
    }
    settings, issues = read(exerciseLoads=loads)
    assert settings.exercise_loads == {
        "barbell-bench-press": ExerciseLoad(bar=15.0, plates=(10.0, 5.0)),
        "leg-press": ExerciseLoad(step=7.0, lightest=5.0, heaviest=100.0),
        "custom-1": ExerciseLoad(lightest=50.0),
    }
    assert "load_range_empty" in codes(issues)
    assert "exercise_load_unreadable" in codes(issues)


@pytest.mark.parametrize(
    ("value", "increments"),
    [
        ({"enabled": True, "upperBodyIncrement": 2.5, "lowerBodyIncrement": 5}, (2.5, 5.0)),
        ({"upperBodyIncrement": 2.5}, (2.5, 2.5)),
        ({"enabled": False, "upperBodyIncrement": 2.5, "lowerBodyIncrement": 5}, None),
        ({"enabled": True}, None),
        ({"upperBodyIncrement": 0, "lowerBodyIncrement": -5}, None),
    ],
)
def test_increments(value, increments):
    expected = None if increments is None else Increments(upper=increments[0], lower=increments[1])
    assert read(autoProgression=value)[0].increments == expected


def test_aggressiveness_is_a_word_and_moderate_where_it_is_none():
    assert read(aiCoach={"aggressiveness": "Aggressive"})[0].aggressiveness == "aggressive"
    assert read()[0].aggressiveness == "moderate"
    settings, issues = read(aiCoach={"aggressiveness": "berserk"})
    assert settings.aggressiveness == "moderate"
    assert codes(issues) == ["aggressiveness_unknown"]


def test_the_program_followed():
    program = {
        "programId": "ppl",
        "currentSessionIndex": 4,
        "startDate": "1970-01-31",
        "selectedFrequency": 3,
    }
    expected = ActiveProgram(program_id="ppl", current_index=4, start_day=30, frequency=3)
    assert read(activeProgram=program)[0].active_program == expected
    by_time = read(activeProgram={**program, "startDate": 30 * 86_400_000})[0]
    assert by_time.active_program == expected
    settings, issues = read(activeProgram={"programId": "ppl", "startDate": "soon"})
    assert settings.active_program == ActiveProgram(program_id="ppl")
    assert codes(issues) == ["start_date_unreadable"]


def test_the_strength_test():
    lifts = [
        {"exerciseId": "bench-press", "weight": 95, "reps": 5, "rpe": 8},
        {"exerciseId": "barbell-bench-press", "weight": 100, "reps": 5},
        {"exerciseId": "barbell-back-squat", "weight": 0, "reps": 5},
        {"exerciseId": "barbell-deadlift", "weight": 100},
    ]
    settings, issues = read(units="lbs", baseline=lifts)
    bench = BaselineLift(exercise_id="barbell-bench-press", kg=parse(100, Unit.LB), reps=5)
    assert settings.baseline == (bench,)
    assert "baseline_lift_unreadable" in codes(issues)


def suggestion(**changes):
    base = {
        "exerciseId": "barbell-bench-press",
        "suggestedWeight": 100,
        "actualWeight": 105,
        "suggestedReps": [6, 8],
        "actualReps": 8,
        "accepted": False,
        "timestamp": 1_700_000_000_000,
        "confidence": "high",
    }
    return {**base, **changes}


def test_legacy_suggestions_are_read_as_what_they_mean():
    history = [
        suggestion(),
        suggestion(accepted=True, actualWeight=100),
        suggestion(actualWeight=None, actualReps=None),
    ]
    settings, issues = read(units="lbs", suggestionHistory=history)
    assert [s.outcome for s in settings.suggestion_history] == ["modified", "accepted", "ignored"]
    first = settings.suggestion_history[0]
    assert (first.suggested_kg, first.actual_kg) == (parse(100, Unit.LB), parse(105, Unit.LB))
    assert (first.suggested_reps, first.actual_reps, first.confidence) == ((6, 8), 8, "high")
    assert (first.propensity, first.version, first.time_s) == (1.0, "", 1_700_000_000.0)
    assert [s.deviation for s in settings.suggestion_history] == [pytest.approx(0.05), 0.0, None]
    assert issues == ()


def test_a_record_with_its_own_unit_survives_a_change_of_units():
    for units in ("kg", "lbs"):
        settings, _ = read(units=units, suggestionHistory=[suggestion(unit="lbs")])
        assert settings.suggestion_history[0].suggested_kg == parse(100, Unit.LB)


def test_only_the_last_suggestions_are_kept_in_time_order():
    history = [suggestion(timestamp=1_700_000_000_000 - i) for i in range(MAX_SUGGESTIONS + 7)]
    times = [s.time_s for s in read(suggestionHistory=history)[0].suggestion_history]
    assert len(times) == MAX_SUGGESTIONS
    assert times == sorted(times)
    assert max(times) == (1_700_000_000_000 - 7) / 1000


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
KEYS = (
    "availablePlates",
    "loadSteps",
    "exerciseLoads",
    "autoProgression",
    "aiCoach",
    "suggestionBias",
    "suggestionHistory",
    "activeProgram",
    "baseline",
)
shaped = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("kg", "weight", "reps", "programId", "outcome", "confidence"), junk),
)


@pytest.mark.parametrize("key", KEYS)
@given(value=junk | st.lists(shaped, max_size=2) | shaped)
def test_no_value_of_any_kind_makes_it_raise(key, value):
    settings, _ = restore_settings({key: value}, catalogue=CATALOGUE)
    assert isinstance(settings, Settings)


@given(field=st.sampled_from(sorted(suggestion())), value=junk)
def test_a_damaged_suggestion_is_read_or_reported(field, value):
    settings, issues = read(suggestionHistory=[suggestion(**{field: value})])
    assert len(settings.suggestion_history) == 1 or issues

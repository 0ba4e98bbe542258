import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feature_builders import (
    BENCH,
    CURL,
    DAY,
    GYM,
    NOW,
    PULL_UP,
    ROWER,
    SQUAT,
    frame,
    one,
    workout,
)
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import MUSCLE_GROUPS
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.features import FEATURES, FeatureFrame, FeatureInputs, LogView
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import WARM_UP, CurrentRecord, SessionRecord, SetRecord

CHEST, BACK, LEGS, SHOULDERS, ARMS, CORE, CARDIO = range(7)


def test_a_lifter_without_history_reads_as_defaults_that_are_marked_missing():
    empty = frame()
    assert empty.exercise("daysSinceLastPerformed").tolist() == [999.0] * 5
    assert np.all(empty.missing("daysSinceLastPerformed"))
    assert np.all(empty.missing("completionRate"))
    assert empty.exercise("timesPerformed").tolist() == [0.0] * 5
    assert not np.any(empty.missing("timesPerformed"))
    assert empty.by_group("daysSince").tolist() == [999.0] * 7
    assert np.all(empty.missing_by_group("daysSince"))
    assert empty.by_group("hardSets30d").tolist() == [0.0] * 7


def test_hard_sets_count_secondary_groups_by_half_and_leave_warm_ups_and_misses_out():
    f = frame(
        [
            workout(
                2,
                one("bench", 20, 10, kind=WARM_UP),
                one("bench"),
                one("bench"),
                one("bench", done=False),
                one("bench", reps=0),
                one("pull-up"),
            ),
            workout(31, one("squat")),
        ]
    )
    assert f.by_group("hardSets30d").tolist() == [2.0, 1.0, 0.0, 1.0, 1.5, 0.0, 0.0]
    assert f.by_group("daysSince").tolist() == [2.0, 2.0, 31.0, 999.0, 999.0, 999.0, 999.0]
    assert f.missing_by_group("daysSince").tolist() == [False, False, False, True, True, True, True]
    assert f.scalar("hardSets30dArms") == 1.5
    assert f.scalar("daysSinceArms") == 999.0
    assert f.missing("daysSinceArms") is True


def test_the_window_of_thirty_days_is_open_at_its_far_end():
    f = frame([workout(30, one("curl"), name="far"), workout(29.99, one("squat"), name="near")])
    assert f.scalar("hardSets30dArms") == 0.0
    assert f.scalar("hardSets30dLegs") == 1.0


def test_exercise_history_counts_sessions_and_completed_over_planned_sets():
    f = frame(
        [
            workout(9, one("bench"), one("bench"), one("bench", done=False), name="a"),
            workout(4, one("bench"), one("curl", done=False), name="b"),
            workout(3, one("rower", load=math.nan, reps=0, seconds=600), name="c"),
        ]
    )
    assert f.exercise("timesPerformed").tolist() == [2.0, 0.0, 0.0, 0.0, 1.0]
    days = f.exercise("daysSinceLastPerformed")
    assert days[BENCH] == 4.0
    assert days[ROWER] == 3.0
    assert days[CURL] == 999.0
    rate = f.exercise("completionRate")
    assert rate[BENCH] == 0.75
    assert rate[CURL] == 0.0
    assert rate[ROWER] == 1.0
    missing = f.missing("completionRate")
    assert missing[SQUAT]
    assert missing[PULL_UP]
    assert not missing[CURL]


def test_sets_of_one_exercise_that_are_apart_in_a_session_are_one_entry():
    sets = (one("bench"), one("curl"), one("bench"), one("curl"))
    f = frame([workout(1, *sets)])
    assert f.exercise("timesPerformed")[[BENCH, CURL]].tolist() == [1.0, 1.0]
    assert f.by_group("sessions30d").tolist() == [1, 0, 0, 0, 1, 0, 0]


def test_sessions_of_a_group_count_each_session_once_and_primary_groups_only():
    f = frame(
        [
            workout(1, one("bench"), one("curl"), name="a"),
            workout(5, one("bench"), name="b"),
            workout(40, one("bench"), name="c"),
        ]
    )
    assert f.by_group("sessions30d").tolist() == [2, 0, 0, 0, 1, 0, 0]
    assert f.by_group("sessions").tolist() == f.by_group("sessions30d").tolist()


def test_an_exercise_added_to_the_current_workout_counts_before_any_set():
    current = CurrentRecord(start_s=NOW, exercise_ids=("squat", "nobody-knows-it"))
    f = frame([workout(1, one("bench"))], current=current)
    assert f.by_group("trainedToday").tolist() == [0, 0, 1, 0, 0, 0, 0]
    assert f.by_group("hardSets30d")[LEGS] == 0.0


def test_exercises_that_the_catalogue_does_not_know_take_part_in_nothing_but_break_nothing():
    f = frame([workout(1, one("mystery"), one("bench"))])
    assert f.by_group("hardSets30d").sum() == 2.0
    assert f.exercise("timesPerformed").sum() == 1.0


def test_favourites_are_flags_and_unknown_ids_are_passed_over():
    f = frame(settings=Settings(favourites=frozenset({"curl", "gone"})))
    assert f.exercise("isFavourite").tolist() == [0, 0, 0, 1, 0]


def test_unknown_names_are_refused_with_the_name():
    for ask in (frame().scalar, frame().exercise, frame().by_group, frame().missing):
        with pytest.raises(VoltLiftError, match="'bogus'") as caught:
            ask("bogus")
        assert caught.value.code is ErrorCode.INVALID_CONFIGURATION


def test_values_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        frame().exercise("timesPerformed")[0] = 1


def everything(f: FeatureFrame) -> dict[str, tuple[object, object]]:
    out: dict[str, tuple[object, object]] = {}
    for spec in FEATURES:
        if spec.group == "exercise":
            gaps = np.asarray(f.missing(spec.name)).tolist()
            out[spec.name] = (f.exercise(spec.name).tolist(), gaps)
        else:
            out[spec.name] = (f.scalar(spec.name), f.missing(spec.name))
    return out


IDS = (*(e.id for e in GYM.exercises), "mystery")
sets = st.builds(
    SetRecord,
    exercise_id=st.sampled_from(IDS),
    entry=st.integers(0, 3),
    load_kg=st.one_of(st.just(math.nan), st.sampled_from([0.0, 20.0, 62.5, 100.0, -10.0])),
    reps=st.integers(0, 15),
    rpe=st.one_of(st.just(math.nan), st.sampled_from([6.0, 7.5, 9.0, 10.0])),
    kind=st.integers(0, 3),
    completed=st.booleans(),
    seconds=st.one_of(st.just(math.nan), st.just(90.0)),
)


@st.composite
def histories(draw: st.DrawFn) -> list[SessionRecord]:
    hours = draw(st.lists(st.integers(0, 24 * 100), max_size=8))
    return [
        SessionRecord(
            id=f"s{i}",
            start_s=NOW - hour * 3600.0,
            end_s=draw(st.sampled_from([math.nan, NOW - hour * 3600.0 + 3000.0])),
            utc_offset=draw(st.sampled_from([-480, 0, 60, 120])),
            time_known=draw(st.booleans()),
            sets=tuple(draw(st.lists(sets, max_size=6))),
        )
        for i, hour in enumerate(hours)
    ]


def frame_of(log: TrainingLog, now: float, current: CurrentRecord | None = None) -> FeatureFrame:
    view = LogView(log, GYM)
    return FeatureFrame(
        FeatureInputs(view, Settings(), current=current or CurrentRecord(), now_s=now)
    )


@settings(max_examples=60, deadline=None)
@given(histories(), st.integers(0, 24 * 110))
def test_nothing_that_has_not_happened_yet_is_known(history: list[SessionRecord], hours: int):
    moment = NOW - hours * 3600.0
    log = TrainingLog.from_records(history)
    assert everything(frame_of(log, moment)) == everything(frame_of(log.until(moment), moment))


@settings(max_examples=40, deadline=None)
@given(histories(), st.randoms(use_true_random=False), st.data())
def test_features_do_not_depend_on_how_the_log_came_about(
    history: list[SessionRecord], random, data: st.DataObject
):
    wanted = everything(frame_of(TrainingLog.from_records(history), NOW + DAY))
    shuffled = history[:]
    random.shuffle(shuffled)
    cut = data.draw(st.integers(0, len(history)))
    stale = [dataclasses.replace(record, sets=()) for record in shuffled]
    log = TrainingLog.from_records(stale[:cut])
    for record in shuffled:
        log = log.with_changes([record])
    extra = workout(50, one("squat"), name="deleted later")
    log = log.with_changes([extra]).with_changes([], deleted=["deleted later"])
    assert everything(frame_of(log, NOW + DAY)) == wanted


@settings(max_examples=60, deadline=None)
@given(histories())
def test_every_value_is_finite_whatever_the_log(history: list[SessionRecord]):
    for name, (values, _) in everything(frame_of(TrainingLog.from_records(history), NOW)).items():
        assert np.all(np.isfinite(np.asarray(values))), name


def test_a_view_until_a_moment_shares_columns_and_stays_itself_when_nothing_is_cut():
    view = LogView(
        TrainingLog.from_records([workout(2, one("bench")), workout(1, one("curl"))]), GYM
    )
    assert view.until(NOW) is view
    earlier = view.until(NOW - 1.5 * DAY)
    assert earlier.times_performed.tolist() == [1, 0, 0, 0, 0]
    assert np.shares_memory(earlier.entry("sets"), view.entry("sets"))
    assert earlier.until(NOW - 5 * DAY).n_sessions == 0


def test_groups_come_in_the_order_of_the_vocabulary():
    names = [name for name, (prefix, _) in FEATURES.members.items() if prefix == "hardSets30d"]
    assert names == [f"hardSets30d{group}" for group in MUSCLE_GROUPS]

"""What storing would do: nothing twice, nothing taken back, only what is new."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strong_files import CATALOGUE, outlooks, read, stored, storing, strong

from voltlift_core import Known
from voltlift_core.contract import SetLog, WorkoutSession
from voltlift_core.wire import encode

BENCH, SQUAT = "Bench Press (Barbell)", "Squat (Barbell)"


def line(exercise: str = BENCH, weight: float = 60, reps: int = 5, **more: Any) -> str:
    cells = {"date": "2024-04-16 19:47:42", "name": "Push", "order": 1} | more
    return f"{cells['date']},{cells['name']},1h,{exercise},{cells['order']},{weight},{reps},0,0,,,"


def edited(session: WorkoutSession, *changes: tuple[int, int, dict[str, Any]]) -> WorkoutSession:
    """Return a session with fields of sets changed, by positions of log and set."""
    logs = list(session.logs)
    for log, item, fields in changes:
        sets = list(logs[log].sets)
        sets[item] = replace(sets[item], **fields)
        logs[log] = replace(logs[log], sets=tuple(sets))
    return replace(session, logs=tuple(logs))


FILE = strong(line(), line(weight=62.5), line(SQUAT, 100, 3))


def test_into_an_empty_log_everything_is_new() -> None:
    found = read(FILE)
    assert outlooks(found) == ["new"]
    assert (found.outlooks[0].sets, found.outlooks[0].new_sets) == (3, 3)
    assert (found.outlooks[0].exercises, found.outlooks[0].first_line) == (2, 2)


def test_the_same_file_again_adds_nothing() -> None:
    first = read(FILE)
    again = read(FILE, stored(first))
    assert outlooks(again) == ["known"]
    assert (again.new_sessions, again.known_sessions, again.outlooks[0].new_sets) == (0, 1, 0)
    assert again.issues == first.issues


@given(st.permutations([line(), line(weight=62.5), line(SQUAT, 100, 3), line(SQUAT, 100, 3)]))
def test_the_order_of_rows_plays_no_part(rows: list[str]) -> None:
    known = stored(
        read(strong(line(), line(weight=62.5), line(SQUAT, 100, 3), line(SQUAT, 100, 3)))
    )
    found = read(strong(*rows), known)
    assert outlooks(found) == ["known"]
    assert not found.issues


def test_a_longer_export_brings_new_workouts_and_sets() -> None:
    known = stored(read(FILE))
    longer = FILE + line(SQUAT, 105, 3) + "\n" + line(date="2024-04-18 19:00:00") + "\n"
    found = read(longer, known)
    assert outlooks(found) == ["changed", "new"]
    assert (found.changed_sessions, found.new_sessions) == (1, 1)
    (addition,) = found.outlooks[0].additions
    assert [(item.weight, item.reps) for item in addition.sets] == [(105, 3)]
    assert found.outlooks[0].new_sets == 1


def test_set_ids_of_additions_clash_with_none_that_is_stored() -> None:
    before = read(FILE)
    found = read(
        strong(line(SQUAT, 90, 3), line(), line(weight=62.5), line(SQUAT, 100, 3)), stored(before)
    )
    ids = {item.id for session in before.sessions for log in session.logs for item in log.sets}
    added = [item.id for log in found.outlooks[0].additions for item in log.sets]
    assert len(added) == 1
    assert not ids & set(added)


def test_what_was_edited_in_the_app_stays() -> None:
    (session,) = read(FILE).sessions
    mine = edited(session, (0, 1, {"weight": 65.0}), (1, 0, {"reps": 4}))
    found = read(FILE, storing(mine))
    assert outlooks(found) == ["known"]
    assert [issue.code for issue in found.issues] == ["differs_from_stored"]


def test_what_was_added_in_the_app_stays_and_what_the_file_adds_comes() -> None:
    (session,) = read(FILE).sessions
    more = SetLog(id="mine", reps=8, weight=50)
    logs = (session.logs[0], replace(session.logs[1], sets=(*session.logs[1].sets, more)))
    mine = replace(session, logs=logs)
    assert outlooks(read(FILE, storing(mine))) == ["known"]
    found = read(FILE + line("Pull Up", 0, 8) + "\n", storing(mine))
    assert outlooks(found) == ["changed"]
    assert [log.exercise_id for log in found.outlooks[0].additions] == ["pull-up"]


def test_a_set_that_was_deleted_in_the_app_is_offered_again_and_nothing_else() -> None:
    (session,) = read(FILE).sessions
    shorter = replace(
        session, logs=(replace(session.logs[0], sets=session.logs[0].sets[:1]), session.logs[1])
    )
    found = read(FILE, storing(shorter))
    assert outlooks(found) == ["changed"]
    assert [item.weight for log in found.outlooks[0].additions for item in log.sets] == [62.5]


def test_another_choice_for_a_name_does_not_double_its_sets() -> None:
    file = strong(line("Qwrtz Thing"), line("Qwrtz Thing", 65), line())
    known = stored(read(file))
    found = read(file, known, names={"Qwrtz Thing": "pull-up"})
    assert found.sessions[0].logs[0].exercise_id == "pull-up"
    assert outlooks(found) == ["known"]
    assert [issue.code for issue in found.issues] == ["differs_from_stored"]


def at(minutes: int, session: WorkoutSession, id_: str = "app-1") -> WorkoutSession:
    start = session.start_time + minutes * 60_000
    return replace(session, id=id_, start_time=start, end_time=None)


@pytest.mark.parametrize(
    ("minutes", "outlook"), [(0, "duplicate"), (89, "duplicate"), (-89, "duplicate"), (91, "new")]
)
def test_the_same_workout_logged_elsewhere_is_a_duplicate(minutes: int, outlook: str) -> None:
    (session,) = read(FILE).sessions
    found = read(FILE, storing(at(minutes, session)))
    assert outlooks(found) == [outlook]
    assert found.outlooks[0].duplicate_of == ("app-1" if outlook == "duplicate" else None)
    assert found.duplicate_sessions == (outlook == "duplicate")


def test_a_duplicate_shares_seven_of_ten_sets_of_the_larger_one() -> None:
    rows = [line(weight=40 + 2.5 * i) for i in range(10)]
    (session,) = read(strong(*rows)).sessions
    for same, outlook in ((7, "duplicate"), (6, "new")):
        others = [(0, i, {"reps": 12}) for i in range(same, 10)]
        found = read(strong(*rows), storing(at(5, edited(session, *others))))
        assert outlooks(found) == [outlook]
    # Three sets logged in the app are no reason to leave out the ten of the file.
    part = replace(session, logs=(replace(session.logs[0], sets=session.logs[0].sets[:3]),))
    assert outlooks(read(strong(*rows), storing(at(5, part)))) == ["new"]


def test_without_times_the_day_counts() -> None:
    day = (
        "Date,Exercise,Category,Weight,Weight Unit,Reps\n2024-04-16,Barbell Squat,Legs,100,kgs,5\n"
    )
    (session,) = read(day).sessions
    evening = replace(
        session, id="app", start_time=session.start_time + 9 * 3_600_000, time_known=True
    )
    assert outlooks(read(day, storing(evening))) == ["duplicate"]
    tomorrow = replace(evening, start_time=session.start_time + 13 * 3_600_000)
    assert outlooks(read(day, storing(tomorrow))) == ["new"]


def test_pounds_and_kilograms_are_compared_as_loads() -> None:
    file = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps\n"
    found = read(file + "2024-04-16 10:00:00,A,Squat (Barbell),1,225,lbs,5\n")
    (session,) = found.sessions
    kilograms = replace(edited(session, (0, 0, {"weight": 102.058})), unit="kg")
    again = read(file + "2024-04-16 10:00:00,A,Squat (Barbell),1,225,lbs,5\n", storing(kilograms))
    assert outlooks(again) == ["known"]
    assert not again.issues


def test_an_app_state_is_compared_under_the_ids_the_log_has() -> None:
    state = {
        "settings": {"units": "kg"},
        "history": [
            {
                "id": "a",
                "status": "completed",
                "startTime": 1_713_296_862_000,
                "logs": [
                    {
                        "exerciseId": "bench-press",
                        "sets": [{"reps": 5, "weight": 60, "completed": True}],
                    }
                ],
            }
        ],
    }
    text = json.dumps(state)
    known = stored(read(text))
    assert known.log.exercise_ids == ("barbell-bench-press",)
    again = read(text, known)
    assert outlooks(again) == ["known"]
    assert "differs_from_stored" not in {issue.code for issue in again.issues}


SETS = st.tuples(
    st.sampled_from([BENCH, SQUAT, "Pull Up", "Qwrtz Thing"]),
    st.integers(0, 80).map(lambda steps: steps * 2.5),
    st.integers(0, 20),
)
LOG = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), SETS), min_size=1, max_size=25)


def as_file(sets: list[tuple[int, int, tuple[str, float, int]]]) -> str:
    return strong(
        *[
            line(exercise, weight, reps, date=f"2024-04-{1 + day:02d} {6 + 4 * hour:02d}:00:00")
            for day, hour, (exercise, weight, reps) in sets
        ]
    )


@given(LOG, LOG)
def test_importing_a_file_and_then_a_longer_one_is_importing_the_longer_one(
    first: list[tuple[int, int, tuple[str, float, int]]],
    more: list[tuple[int, int, tuple[str, float, int]]],
) -> None:
    before, longer = read(as_file(first), unit="kg"), as_file(first + more)
    found = read(longer, stored(before), unit="kg")
    kept = {session.id: session for session in before.sessions}
    for session, outlook in zip(found.sessions, found.outlooks, strict=True):
        if outlook.outlook == "new":
            kept[session.id] = session
        elif outlook.outlook == "changed":
            old = kept[session.id]
            kept[session.id] = replace(old, logs=(*old.logs, *outlook.additions))
        else:
            assert outlook.outlook == "known"
    whole = read(longer, unit="kg")
    for session in whole.sessions:
        assert content(kept[session.id]) == content(session)
        ids = [item.id for log in kept[session.id].logs for item in log.sets]
        assert len(set(ids)) == len(ids)
    assert set(kept) == {session.id for session in whole.sessions}
    assert set(outlooks(read(longer, storing(*kept.values())))) == {"known"}


def content(session: WorkoutSession) -> list[str]:
    return sorted(
        json.dumps([log.exercise_id, *(encode(item) | {"id": ""}).values()])
        for log in session.logs
        for item in log.sets
    )


def test_nothing_is_known_to_an_empty_log() -> None:
    assert outlooks(read(FILE, Known(CATALOGUE))) == ["new"]

"""Strong exports in every variant: headers, units, sets, times, ids."""

from __future__ import annotations

import pytest
from strong_files import CATALOGUE, ENGLISH, read, sets_of, stored, strong

from voltlift_core import Known
from voltlift_core.contract import PreviewImportRequest
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_importers import preview_now

BENCH = '"Bench Press (Barbell)"'

ANDROID = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;"
    "Distance Unit;Seconds;Notes;Workout Notes;Workout Duration"
)
NUMBERED = (
    '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";'
    '"Weight (kg)";"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"'
)
UNIT_AS_HEADING = (
    "Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes,Workout Notes,RPE,Duration"
)
GERMAN = (
    "Datum;Workout-Name;Dauer;Name der Übung;Reihenfolge festlegen;Gewicht;Wiederh.;"
    "Entfernung;Sekunden;Notizen;Workout-Notizen;RPE"
)
FRENCH = (
    "Date,Nom de l'entraînement,Durée,Nom de l'exercice,Ordre de la série,Poids,"
    "Répétitions,Distance,Secondes,Notes,Notes de l'entraînement,RPE"
)
SPANISH = (
    "Fecha,Nombre del entrenamiento,Duración,Nombre del ejercicio,Orden de la serie,Peso,"
    "Repeticiones,Distancia,Segundos,Notas,Notas del entrenamiento,RPE"
)
VARIANTS = {
    "ios": (ENGLISH, f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,8"),
    "notes removed": (
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE",
        f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60.0,5.0,0,0.0,8",
    ),
    "android": (
        ANDROID,
        f'2024-04-16 19:47:42;"Push";{BENCH};1;60;kg;5;8;;;0;"";"";51m',
    ),
    "numbered": (
        NUMBERED,
        f'"1";"2024-04-16 19:47:42";"Push";"3060";{BENCH};"1";"60.0";"5";"8";"";"";"";""',
    ),
    "unit as heading": (
        UNIT_AS_HEADING,
        f"2024-04-16 19:47:42,Push,{BENCH},1,60,5,,,,,8,51m",
    ),
    "German": (GERMAN, f"2024-04-16 19:47:42;Push;51 Min.;{BENCH};1;60,0;5;0,0;0;;;8"),
    "French": (FRENCH, f'2024-04-16 19:47:42,Push,51min,{BENCH},1,"60,0",5,0,0,,,8'),
    "Spanish": (SPANISH, f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,8"),
    "Chinese": (
        "日期,锻炼名称,时长,运动名称,设置顺序,重量,次,距离,秒,备注,锻炼备注,RPE",
        f"2024-04-16 19:47:42,Push,51分钟,{BENCH},1,60.0,5,0,0,,,8",
    ),
    "unknown language": (
        "Päivä,Harjoitus,Kesto,Liike,Sarja,Paino,Toistot,Matka,Sekunnit,Huom,Muuta,RPE",
        f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,8",
    ),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_gives_the_same_set(variant: str) -> None:
    header, row = VARIANTS[variant]
    found = read(strong(row, header=header))
    assert found.app == "strong"
    assert (found.rejected, found.unmatched) == ((), ())
    (session,) = found.sessions
    assert (session.name, session.status, session.source) == ("Push", "completed", "strong")
    assert session.start_time == 1_713_296_862_000
    assert session.end_time == session.start_time + 51 * 60_000
    assert session.unit == "kg"
    assert session.logs[0].exercise_id == "barbell-bench-press"
    (item,) = sets_of(found)
    assert (item.weight, item.reps, item.rpe, item.type) == (60, 5, 8, "N")
    assert item.completed
    header_issues = [issue.code for issue in found.issues if issue.code.startswith("header")]
    assert header_issues == (["header_unknown"] if variant == "unknown language" else [])


def test_all_variants_give_one_session_id() -> None:
    ids = {read(strong(row, header=head)).sessions[0].id for head, row in VARIANTS.values()}
    assert len(ids) == 1


@pytest.mark.parametrize("variant", ["ios", "notes removed", "android", "numbered"])
def test_a_missing_header_is_made_up_for_by_the_order_of_columns(variant: str) -> None:
    _, row = VARIANTS[variant]
    found = read(f"{row}\n{row}\n")
    assert [item.weight for item in sets_of(found)] == [60, 60]
    assert found.issues[0].code == "header_missing"
    assert found.dialect.startswith("no header")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("1", "N"),
        ("12.0", "N"),
        ("W", "W"),
        ("WARM_UP", "W"),
        ("Warm-up", "W"),
        ("D", "D"),
        ("Drop Set", "D"),
        ("F", "F"),
        ("FAILURE", "F"),
    ],
)
def test_words_of_the_set_column(word: str, kind: str) -> None:
    found = read(strong(f"2024-04-16 19:47:42,Push,51m,{BENCH},{word},60,5,0,0,,,"))
    assert [item.type for item in sets_of(found)] == [kind]


@pytest.mark.parametrize(
    "word", ["Note", "Rest Timer", "Ruhezeit", "Temporizador de descanso", "REST_TIMER"]
)
def test_notes_and_rest_timers_are_no_sets_and_harmless(word: str) -> None:
    found = read(
        strong(
            f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,",
            f"2024-04-16 19:47:42,Push,51m,{BENCH},{word},0,0,0,90,felt easy,,",
        )
    )
    assert found.sets == 1
    (row,) = found.rejected
    assert (row.line, row.code, row.harmless) == (3, "no_set", True)
    assert row.received == word
    # What the lifter wrote there is kept.
    assert found.sessions[0].logs[0].notes == "felt easy"


def test_a_session_without_a_set_is_none() -> None:
    found = read(
        strong(
            f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,",
            "2024-04-17 19:47:42,Pull,51m,Chin Up,Note,0,0,0,0,skipped today,,",
        )
    )
    assert [session.name for session in found.sessions] == ["Push"]


def test_reps_of_zero_are_a_skipped_set_unless_time_or_distance_was_done() -> None:
    found = read(
        strong(
            f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,0,0,0,,,",
            "2024-04-16 19:47:42,Push,51m,Plank,1,0,0,0,60,,,",
            "2024-04-16 19:47:42,Push,51m,Running (Treadmill),1,0,0,2.5,900,,,",
        )
    )
    bench, plank, run = sets_of(found)
    assert (bench.completed, plank.completed, run.completed) == (False, True, True)
    assert plank.seconds == 60
    assert run.distance_meters == 2500
    assert "distance_unit_assumed" in {issue.code for issue in found.issues}


def test_equal_sets_are_all_kept() -> None:
    row = f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,"
    found = read(strong(row, row, row))
    assert found.sets == 3
    assert len({item.id for item in sets_of(found)}) == 3


def test_exercises_keep_their_order_and_a_return_to_one_is_a_second_entry() -> None:
    found = read(
        strong(
            f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,",
            "2024-04-16 19:47:42,Push,51m,Push Up,1,0,9,0,0,,,",
            f"2024-04-16 19:47:42,Push,51m,{BENCH},2,60,5,0,0,,,",
        )
    )
    (session,) = found.sessions
    assert [log.exercise_id for log in session.logs] == [
        "barbell-bench-press",
        "push-up",
        "barbell-bench-press",
    ]
    assert found.exercises == 2


def test_notes_are_kept_once() -> None:
    found = read(
        strong(
            f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,easy,slept badly,",
            f'2024-04-16 19:47:42,Push,51m,{BENCH},2,60,5,0,0,"hard,\nvery",slept badly,',
        )
    )
    assert found.sessions[0].notes == "slept badly"
    assert found.sessions[0].logs[0].notes == "easy\nhard,\nvery"


def test_offset_moves_the_time_and_not_the_id() -> None:
    text = strong(f"2024-04-16 23:30:00,Push,51m,{BENCH},1,60,5,0,0,,,")
    east, west = read(text, utc_offset_minutes=120), read(text, utc_offset_minutes=-300)
    assert west.sessions[0].start_time - east.sessions[0].start_time == 420 * 60_000
    assert west.sessions[0].id == east.sessions[0].id
    assert west.sessions[0].utc_offset_minutes == -300
    assert west.first_day == east.first_day == "2024-04-16"


def test_the_same_file_again_and_a_longer_one_add_only_what_is_new() -> None:
    first = f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,"
    second = f"2024-04-18 19:47:42,Push,51m,{BENCH},1,62.5,5,0,0,,,"
    before = read(strong(first))
    known = stored(before)
    again = read(strong(first), known)
    assert (again.new_sessions, again.known_sessions) == (0, 1)
    assert again.sessions == before.sessions
    longer = read(strong(first, second), known)
    assert (longer.new_sessions, longer.known_sessions) == (1, 1)
    # A spreadsheet that cut off the seconds changes nothing about which workout it is.
    cut = read(strong(first.replace(":42", "")), known)
    assert cut.new_sessions == 0


def test_workouts_of_one_moment_are_told_apart_by_name() -> None:
    found = read(
        strong(
            f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,",
            f"2024-04-16 19:47:42,推日,51m,{BENCH},1,60,5,0,0,,,",
        )
    )
    assert len({session.id for session in found.sessions}) == 2


def test_dates_resaved_by_a_spreadsheet_are_decided_for_the_whole_file() -> None:
    rows = [f"{day} 7:05,Push,51m,{BENCH},1,60,5,0,0,,," for day in ("3/4/2024", "3/14/2024")]
    found = read(strong(*rows))
    assert (found.first_day, found.last_day) == ("2024-03-04", "2024-03-14")
    assert found.issues == ()
    open_question = read(strong(rows[0]))
    assert open_question.first_day == "2024-04-03"
    assert [issue.code for issue in open_question.issues] == ["dates_assumed_day_first"]


def test_dates_alone_have_no_time_of_day() -> None:
    found = read(strong(f"2024-04-16,Push,51m,{BENCH},1,60,5,0,0,,,"), utc_offset_minutes=600)
    (session,) = found.sessions
    assert not session.time_known
    assert session.end_time is None
    assert found.first_day == "2024-04-16"


@pytest.mark.parametrize("duration", ["72小时16分钟", "soon", "-5", "1e9"])
def test_an_impossible_duration_leaves_the_end_open(duration: str) -> None:
    found = read(strong(f"2024-04-16 19:47:42,Push,{duration},{BENCH},1,60,5,0,0,,,"))
    assert found.sessions[0].end_time is None
    assert [issue.code for issue in found.issues] == ["duration_unreadable"]


def test_sessions_are_ordered_by_time_whatever_the_file_does() -> None:
    days = ("2024-04-18", "2024-04-12", "2024-04-16")
    found = read(strong(*[f"{day} 10:00:00,A,1h,{BENCH},1,60,5,0,0,,," for day in days]))
    starts = [session.start_time for session in found.sessions]
    assert starts == sorted(starts)


def test_text_and_bytes_give_the_same_and_the_file_name_plays_no_part() -> None:
    text = strong(f"2024-04-16 19:47:42,Push,51m,{BENCH},1,60,5,0,0,,,")
    from_text = preview_now(
        PreviewImportRequest(file_name="a.json", text=text), None, Known(CATALOGUE)
    )
    assert from_text == read(text)
    assert from_text == read(text.encode("utf-16"))


def test_without_a_file_the_request_is_invalid() -> None:
    with pytest.raises(VoltLiftError) as caught:
        preview_now(PreviewImportRequest(file_name="a.csv"), None, Known(CATALOGUE))
    assert caught.value.code is ErrorCode.INVALID_REQUEST


JEFIT = """\
mydate,ename,logs,bodypart
2022-09-14,Barbell Squat,60x5,Legs
"""


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", "an empty file"),
        ("hello", "'hello'"),
        ("a,b,c\n1,2,3\n", "'a', 'b', 'c'"),
        (JEFIT, "'mydate', 'ename', 'logs'"),
    ],
)
def test_foreign_files_are_refused_with_what_was_seen(text: str, seen: str) -> None:
    with pytest.raises(VoltLiftError) as caught:
        read(text)
    error = caught.value
    assert error.code is ErrorCode.UNSUPPORTED_FILE
    assert "Strong" in (error.expected or "")
    assert seen in (error.received or "")

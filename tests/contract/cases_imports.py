"""Golden cases: files of other apps and what storing them would do; exports."""

from __future__ import annotations

import json
from typing import Any

from case_states import NOW, Json, sets, state

STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),W,20,10,0,0,,,\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),1,60,8,0,0,,,8\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),Rest Timer,0,0,0,120,,,\n"
    "2026-09-01 18:00:00,Push,51m,Bench Press (Barbell),2,62.5,many,0,0,,,\n"
    "2026-09-01 18:00:00,Push,51m,Uncle Bob Press,1,30,10,0,0,,,\n"
    "2026-09-03 18:00:00,Legs,1h 5m,Squat (Barbell),1,82.5,5,0,0,,,\n"
)

# In the language of the app: delimiter, decimal commas, words for what is no set.
STRONG_GERMAN = (
    "Datum;Workout-Name;Dauer;Name der Übung;Reihenfolge festlegen;Gewicht;Wiederh.;"
    "Entfernung;Sekunden;Notizen;Workout-Notizen;RPE\n"
    '2026-09-01 18:00:00;"Brust";45m;"Bankdrücken (Langhantel)";1;62,5;8;0;0;"";"";8,5\n'
    '2026-09-01 18:00:00;"Brust";45m;"Bankdrücken (Langhantel)";Ruhezeit;0;0;0;90;"";"";\n'
    '2026-09-01 18:00:00;"Brust";45m;"Schrägbankdrücken (Kurzhantel)";1;22,5;10;0;0;"<b>";"";\n'
)

HEVY = (
    '"title","start_time","end_time","description","exercise_title","superset_id",'
    '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
    '"duration_seconds","rpe"\n'
    '"İtiş","12 Nis 2026, 07:06","12 Nis 2026, 08:11","","Bench Press (Barbell)","","",0,'
    '"warmup",20,10,,,\n'
    '"İtiş","12 Nis 2026, 07:06","12 Nis 2026, 08:11","","Bench Press (Barbell)","","",1,'
    '"normal",60,8,,,8.5\n'
    '"İtiş","12 Nis 2026, 07:06","12 Nis 2026, 08:11","","Bicep Curl (Dumbbell)",0,"",0,'
    '"normal",12,12,,,\n'
    '"İtiş","12 Nis 2026, 07:06","12 Nis 2026, 08:11","","Triceps Pushdown",0,"slow",0,'
    '"dropset",25,12,,,\n'
    '"Çekiş","3 Eki 2025, 19:30","3 Eki 2025, 20:00","","Running","","",0,"normal",,,2.5,900,\n'
)

FITNOTES = (
    "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
    "2026-09-14,Barbell Squat,Legs,135.0,lbs,5,,,,\n"
    "2026-09-14,Row, Cable,Back,90.0,lbs,8,,,,slow, then fast\n"
    "2026-09-14,Village Press,Shoulders,45.0,lbs,10,,,,\n"
    "2026-09-16,Plank,Abs,,,,,,0:01:30,\n"
)

FITBOD = (
    "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,"
    "multiplier\n"
    "2026-09-17 02:30:00 +0000,Barbell Bench Press, 10, 20.41165665,0.0,0.0,0.0,0.0,true,,1.0\n"
    "2026-09-17 02:30:00 +0000,Barbell Bench Press, 8, 61.23496995,0.0,0.0,0.0,0.0,false,,1.0\n"
    "2026-09-17 02:30:00 +0000,Barbell Bench Press, 8, 61.23496995,0.0,0.0,0.0,0.0,false,,1.0\n"
    "2026-09-17 02:30:00 +0000,Dumbbell Bicep Curl, 8, 11.33980925,0.0,0.0,0.0,0.0,false,,1.0\n"
    "2026-09-17 02:30:00 +0000,Back Squat, 5, 102.05828325,0.0,0.0,0.0,0.0,false,,1.0\n"
    "2026-09-19 02:30:00 +0000,Running, 0, 0.0, 1200.0, 3000.0,0.0,0.0,false,,1.0\n"
)

# No header and no unit: columns and plates have to tell.
HEADLESS = "".join(
    f"2026-08-{day:02} 17:00:00,Evening,1h,{exercise},{order},{weight},5,0,0,,,\n"
    for day, exercise, weight in (
        (3, "Bench Press (Barbell)", 135),
        (5, "Squat (Barbell)", 225),
        (7, "Deadlift (Barbell)", 315),
        (10, "Bench Press (Barbell)", 145),
        (12, "Squat (Barbell)", 235),
    )
    for order in (1, 2)
)


def stored(id_: str, start: int, name: str, *logs: tuple[str, list[Json]]) -> Json:
    """Return a session as the log keeps it."""
    return {
        "id": id_,
        "name": name,
        "startTime": start,
        "status": "completed",
        "unit": "kg",
        "logs": [
            {"id": f"{id_}-{place}", "exerciseId": exercise_id, "sets": rows}
            for place, (exercise_id, rows) in enumerate(logs)
        ],
    }


BENCH, SQUAT = "barbell-bench-press", "barbell-back-squat"
PUSH_START, LEGS_START = 1_788_285_600_000, 1_788_458_400_000

# Of the same file one session is stored already, one with a set fewer, and one was logged
# in this app as well.
MERGED = STRONG + (
    "2026-09-05 18:00:00,Push,51m,Bench Press (Barbell),1,62.5,8,0,0,,,8\n"
    "2026-09-05 18:00:00,Push,51m,Bench Press (Barbell),2,62.5,7,0,0,,,9\n"
)
KNOWN = state(
    stored(
        "strong-20260901T1800-4c2d0efb",
        PUSH_START,
        "Push",
        (BENCH, [*sets(1, 20, 10, type="W"), *sets(1, 60, 8, rpe=8)]),
    ),
    stored("strong-20260903T1800-b79cfa86", LEGS_START, "Legs", (SQUAT, sets(1, 82.5, 5))),
    stored(
        "logged-here",
        PUSH_START + 4 * 86_400_000 + 120_000,
        "Monday",
        (BENCH, [*sets(1, 62.5, 8), *sets(1, 62.5, 7)]),
    ),
    units="kg",
)

APP_STATE = json.dumps(
    {
        "state": {
            "settings": {"units": "lbs", "name": "<img src=x>", "goal": {"type": "Strength"}},
            "history": [
                {
                    "id": "a",
                    "name": "Monday",
                    "startTime": PUSH_START,
                    "status": "completed",
                    "logs": [
                        {
                            "id": "l",
                            "exerciseId": "custom-1",
                            "sets": sets(1, 135, 5) + sets(1, 1e308),
                        }
                    ],
                },
                {"id": "d", "status": "draft", "startTime": PUSH_START, "logs": []},
                7,
            ],
            "dailyLogs": {"2026-09-01": {"date": "2026-09-01", "sleepHours": 7}},
            "customExercises": [
                {"id": "custom-1", "name": "Sled Drag", "muscleGroup": "Legs", "equipment": "x"}
            ],
            "templates": [{"id": "t", "name": "Push", "logs": []}],
            "programs": [{"id": "p", "__proto__": {"polluted": True}, "name": "Mine"}],
            "__proto__": {"polluted": True},
        },
        "version": 3,
    }
)

EXPORTED = [
    {
        **stored(
            "one",
            PUSH_START,
            '=SUM(A1:A9), "quoted"',
            (BENCH, [*sets(1, 20, 10, type="W"), *sets(2, 62.5, 8, rpe=8.5)]),
            ("plank", sets(1, 0, 0, seconds=60)),
            ("custom-unheard-of", sets(1, 10, 12, type="D")),
        ),
        "endTime": PUSH_START + 3_000_000,
        "notes": "first line\nsecond line",
    },
    {**stored("two", LEGS_START, "Legs", (SQUAT, sets(1, 225, 5))), "unit": "lbs"},
    {"id": "unreadable"},
]


def preview(file_name: str, text: str, **request: Any) -> Json:
    return {
        "method": "preview_import",
        "request": {"fileName": file_name, "text": text, "now": NOW, **request},
    }


def export(format_: str) -> Json:
    request = {"sessions": EXPORTED, "format": format_, "utcOffsetMinutes": 120}
    return {"method": "export_csv", "request": request}


CASES = {
    "import-strong": {
        "calls": [
            preview("strong.csv", STRONG),
            {"method": "preview_import", "request": {"fileName": "x.csv", "text": "a,b\n1,2\n"}},
            preview("german.csv", STRONG_GERMAN, utcOffsetMinutes=120),
            preview("no-header.csv", HEADLESS),
        ]
    },
    "import-other-apps": {
        "calls": [
            preview("hevy.csv", HEVY, utcOffsetMinutes=180),
            preview("fitnotes.csv", FITNOTES, utcOffsetMinutes=-420),
            preview("fitbod.csv", FITBOD, utcOffsetMinutes=-420),
        ]
    },
    "import-merging": {
        "state": KNOWN,
        "calls": [
            preview("strong.csv", MERGED, names={"Uncle Bob Press": "dumbbell-shoulder-press"}),
            preview("strong.csv", MERGED, names={"Uncle Bob Press": ""}),
            preview("strong.csv", MERGED, names={"Uncle Bob Press": "gone"}, unit="lbs"),
        ],
    },
    "import-app-state": {"calls": [preview("backup.json", APP_STATE)]},
    "export": {
        "state": state(units="kg"),
        "calls": [export("strong"), export("hevy")],
    },
}

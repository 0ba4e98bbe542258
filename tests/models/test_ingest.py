"""A folder of exports: lifters, and what is left out with its reason."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import numpy as np
import pytest

from voltlift_core import VoltLiftError
from voltlift_models.corpus import Corpus
from voltlift_models.ingest import ingest, read_export

STRONG = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE"
HEVY = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,"
    "set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
)
NOW_S = 1_735_689_600.0  # 2025-01-01


def strong(days: int = 4, *, kg: float = 60.0, reps: int = 5, unit: str = "kg", year: int = 2024):
    rows = [
        f"{year}-03-{day:02} 18:00:00,Push,Bench Press (Barbell),{n},{kg + day},{unit},{reps + n},"
        for day in range(1, days + 1)
        for n in range(1, 4)
    ]
    return "\n".join([STRONG, *rows]) + "\n"


def hevy(days: int = 4, *, kg: float = 60.0, reps: int = 5):
    rows = [
        f'"Push","{day} Mar 2024, 18:30","{day} Mar 2024, 19:20","","Chest Press (Machine)","","",'
        f'"{n - 1}","normal","{kg + day}","{reps + n}","","",""'
        for day in range(1, days + 1)
        for n in range(1, 4)
    ]
    return "\n".join([HEVY, *rows]) + "\n"


def folder_of(tmp_path: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = tmp_path / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def read(folder: Path) -> Corpus:
    return ingest(folder, now_s=NOW_S)


def codes(corpus: Corpus) -> dict[str, str]:
    return {item.file: item.code for item in corpus.excluded}


def test_any_mix_of_exports_gives_one_lifter_a_file(tmp_path):
    state = {
        "settings": {"units": "lbs", "bodyweight": 180},
        "history": [
            {
                "id": "a",
                "startTime": 1_700_000_000_000,
                "status": "completed",
                "logs": [
                    {
                        "exerciseId": "barbell-squat",
                        "sets": [{"weight": 225, "reps": 5, "type": "N", "completed": True}],
                    }
                ],
            }
        ],
    }
    folder = folder_of(
        tmp_path, b__csv=strong(), a__csv=hevy(kg=30), c__json=json.dumps({"state": state})
    )
    corpus = read(folder)
    assert [lifter.name for lifter in corpus.lifters] == ["a", "b", "c"]
    assert [lifter.state.log.n_rows for lifter in corpus.lifters] == [12, 12, 1]
    assert corpus.excluded == ()
    # The documents of an app state come with it: its unit, and what the lifter said.
    squat = corpus.lifters[2].state
    np.testing.assert_allclose(squat.log.rows["load_kg"], [225 * 0.45359237])
    assert squat.settings.bodyweight_kg == pytest.approx(180 * 0.45359237)


def test_a_file_that_is_no_export_is_reported_and_costs_nobody_else(tmp_path):
    folder = folder_of(
        tmp_path,
        good__csv=strong(),
        readme__md="# Notes\nnothing here\n",
        corrupt__csv=bytes(range(256)) * 20,
        empty__csv="",
        other__json='{"foo": [1, 2]}',
        broken__json='{"state": {"history": [',
    )
    corpus = read(folder)
    assert [lifter.name for lifter in corpus.lifters] == ["good"]
    assert set(codes(corpus)) == {
        "readme.md", "corrupt.csv", "empty.csv", "other.json", "broken.json",
    }  # fmt: skip
    assert all(item.message for item in corpus.excluded)


def test_an_empty_or_missing_folder_says_what_to_do(tmp_path):
    with pytest.raises(VoltLiftError, match=r"empty folder.*Export your log"):
        ingest(tmp_path)
    with pytest.raises(VoltLiftError, match="no folder of this name"):
        ingest(tmp_path / "nowhere")


def test_hidden_files_are_no_logs(tmp_path):
    folder = folder_of(tmp_path, good__csv=strong())
    (folder / ".cache").mkdir()
    (folder / ".cache" / "old.csv").write_text(strong(kg=20))
    (folder / ".DS_Store").write_bytes(b"\0" * 10)
    assert [lifter.name for lifter in read(folder).lifters] == ["good"]


def test_a_folder_without_any_log_lists_the_reasons(tmp_path):
    with pytest.raises(VoltLiftError, match=r"no file gave a training log.*notes\.txt"):
        read(folder_of(tmp_path, notes__txt="hello"))


def test_sets_without_repetitions_are_no_training(tmp_path):
    zero = strong().replace(",6,\n", ",0,\n").replace(",7,\n", ",0,\n").replace(",8,\n", ",0,\n")
    corpus = read(folder_of(tmp_path, good__csv=strong(kg=90), zero__csv=zero))
    assert codes(corpus) == {"zero.csv": "no_training"}
    assert "12 sets" in corpus.excluded[0].message


def test_sessions_in_the_future_are_left_out_and_reported(tmp_path):
    some = strong() + strong(2, kg=200, year=2030).split("\n", 1)[1]
    corpus = read(folder_of(tmp_path, some__csv=some, all__csv=strong(kg=90, year=2030)))
    assert codes(corpus) == {"all.csv": "future_dates"}
    assert [(n.file, n.code) for n in corpus.notices] == [("some.csv", "future_sessions")]
    log = corpus.lifters[0].state.log
    assert log.n_sessions == 4
    assert np.all(log.sessions["start_s"] < NOW_S)


def test_the_clock_of_a_time_zone_ahead_is_not_the_future(tmp_path):
    folder = folder_of(tmp_path, a__csv=strong())
    noon_before = 1_709_553_600.0  # 2024-03-04 12:00 UTC, six hours before the wall time
    assert ingest(folder, now_s=noon_before).lifters[0].state.log.n_sessions == 4


def test_a_clock_that_is_behind_the_file_costs_no_session(tmp_path, monkeypatch):
    folder = folder_of(tmp_path, a__csv=strong())
    os.utime(folder / "a.csv", (1_709_900_000, 1_709_900_000))  # 2024-03-08
    monkeypatch.setattr(time, "time", lambda: 1_600_000_000.0)
    assert ingest(folder).lifters[0].state.log.n_sessions == 4
    os.utime(folder / "a.csv", (1_600_000_000, 1_600_000_000))
    with pytest.raises(VoltLiftError, match="lie in the future"):
        ingest(folder)


def test_mixed_and_guessed_units_are_said(tmp_path):
    mixed = strong() + "2024-03-04 18:00:00,Push,Bench Press (Barbell),4,135,lbs,5,\n"
    bare = strong(12, kg=100).replace(",Weight Unit", "").replace(",kg,", ",")
    corpus = read(folder_of(tmp_path, mixed__csv=mixed, bare__csv=bare))
    found = {(notice.file, notice.code) for notice in corpus.notices}
    assert ("mixed.csv", "mixed_units") in found
    assert any(file == "bare.csv" and code.startswith("unit_") for file, code in found)


def test_the_same_file_counts_once(tmp_path):
    folder = folder_of(tmp_path, a__csv=strong(), b__csv=strong())
    corpus = read(folder)
    assert [lifter.name for lifter in corpus.lifters] == ["a"]
    assert codes(corpus) == {"b.csv": "duplicate"}
    assert "the same file as a.csv" in corpus.excluded[0].message


def test_an_older_export_of_the_same_lifter_is_left_out_whatever_app_wrote_it(tmp_path):
    folder = folder_of(tmp_path, new__csv=strong(20), old__csv=strong(9), moved__csv=hevy(10))
    corpus = read(folder)
    assert [lifter.name for lifter in corpus.lifters] == ["new"]
    assert codes(corpus) == {"old.csv": "duplicate", "moved.csv": "duplicate"}


def test_two_lifters_who_share_a_day_stay_two(tmp_path):
    other = strong(20, kg=30) + strong(1).split("\n", 1)[1].replace("18:00:00", "06:00:00")
    corpus = read(folder_of(tmp_path, a__csv=strong(20), b__csv=other))
    assert len(corpus.lifters) == 2


def test_a_file_that_is_mostly_damaged_is_no_log(tmp_path):
    rows = "".join("not a date,Push,Bench,1,60,kg,5,\n" for _ in range(40))
    corpus = read(folder_of(tmp_path, good__csv=strong(kg=90), bad__csv=strong(2) + rows))
    assert codes(corpus) == {"bad.csv": "mostly_damaged"}
    few = strong(4) + "not a date,Push,Bench,1,60,kg,5,\n"
    corpus = read(folder_of(tmp_path, few__csv=few))
    assert ("few.csv", "rows_rejected") in {(n.file, n.code) for n in corpus.notices}


def test_equal_names_in_subfolders_get_numbers(tmp_path):
    for name, kg in (("one", 40), ("two", 80)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "strong.csv").write_text(strong(kg=kg))
    corpus = read(tmp_path)
    assert [lifter.name for lifter in corpus.lifters] == ["strong", "strong-2"]
    assert [lifter.source.file for lifter in corpus.lifters] == ["one/strong.csv", "two/strong.csv"]


def test_a_single_file_may_be_given(tmp_path):
    folder = folder_of(tmp_path, a__csv=strong())
    assert read(folder / "a.csv").lifters[0].source.file == "a.csv"
    assert read_export(folder / "a.csv", "MIT").source.licence == "MIT"


def test_reading_one_file_that_is_none_says_why(tmp_path):
    folder = folder_of(tmp_path, notes__txt="hello")
    with pytest.raises(VoltLiftError, match="no lifter comes of this file"):
        read_export(folder / "notes.txt")


def test_too_few_lifters_are_refused_with_the_reasons(tmp_path):
    corpus = read(folder_of(tmp_path, a__csv=strong(), b__txt="hello"))
    corpus.require(1, "an evaluation")
    with pytest.raises(VoltLiftError, match=r"too few lifters for cross-validation.*b\.txt"):
        corpus.require(2, "cross-validation")


def test_values_that_cannot_be_read_are_noted(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    sets = [{"weight": 1e9, "reps": 5, "completed": True, "type": "N"}] * 3
    logs = [{"exerciseId": "barbell-bench-press", "sets": sets}]
    session = {"id": "a", "startTime": 1.7e12, "status": "completed", "logs": logs}
    state = {"settings": {"units": "kg"}, "history": [session]}
    (folder / "a.json").write_text(json.dumps(state))
    corpus = ingest(folder)
    found = {notice.code: notice.message for notice in corpus.notices}
    assert "3 times" in found["weight_unreadable"]
    assert "weight" in found["weight_unreadable"]

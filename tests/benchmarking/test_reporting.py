"""Rows are named alike by those who make them and those who hold them against a number."""

from collections import defaultdict

from benchmarks import learned
from benchmarks.reporting import delivery_rows, hybrid_rows, replay_rows, request_rows
from benchmarks.run import HYBRID
from benchmarks.targets import TARGETS

from voltlift_models.publish import Pinned, verify_published

ALWAYS = ("recommend", "suggest_load", "first_after_change", "load_after_change")


def by_name(rows):
    return {row.name: row for row in rows}


def test_answers_with_models_stand_beside_rules_alone():
    series = {"rules.recommend": [2.0, 4.0], "recommend": [6.0, 12.0], "net.recommend": [18.0]}
    series |= {"recommend.inference": [5.0], "net.recommend.inference": [9.0]}
    rows = by_name(hybrid_rows("here", series))
    # What was not measured has no row, rather than one without a figure.
    assert set(rows) == {"here/recommend", "here/recommend/inference"}
    assert rows["here/recommend"].ratio == 3.0
    assert rows["here/recommend/inference"].p50 == 5.0
    net = by_name(hybrid_rows("here", series, "net."))
    assert net["here/recommend"].ratio == 6.0
    assert net["here/recommend/inference"].p50 == 9.0


def test_a_replay_is_told_as_a_whole_and_by_task():
    series = {"replay": [30.0], "replay.next_weight": [10.0], "setup": [1.0]}
    rows = by_name(replay_rows("here", 100, series))
    whole = "here/replay, 100 questions of each task"
    assert set(rows) == {whole, f"{whole}/next_weight"}


def test_every_number_to_reach_for_models_has_a_row_that_is_measured():
    series = defaultdict(lambda: [1.0])
    for key in ALWAYS:
        series |= {key: [1.0], f"rules.{key}": [1.0], f"{key}.inference": [1.0]}
    rows = by_name(delivery_rows(series))
    for n in HYBRID:
        group = f"chromium/{n} workouts"
        rows |= by_name(hybrid_rows(f"{group}/hybrid", series))
        rows |= by_name(request_rows(group, series))
    elsewhere = ("start-up/", "web demo/", "models/first answer")
    missing = {target.name for target in TARGETS if not target.name.startswith(elsewhere)}
    assert missing - set(rows) == set()


def test_what_pages_fetch_is_a_release_that_verifies(tmp_path):
    keys = learned.release(tmp_path / "release")
    manifest = verify_published(tmp_path / "release", Pinned(**keys))
    assert set(learned.MODELS) | {learned.NET} <= {entry.model for entry in manifest.artifacts}

"""The engine as its users meet it: ingest, ask, explain."""

import copy

import pytest

from voltlift_core import (
    CatalogueRequest,
    CurrentSession,
    Delta,
    Engine,
    ErrorCode,
    ExerciseLog,
    ExplainRequest,
    IngestRequest,
    ManifestRequest,
    Ports,
    PreviewImportRequest,
    ReadinessRequest,
    RecommendExercisesRequest,
    SampleStateRequest,
    SetLog,
    VoltLiftError,
)
from voltlift_core.adapters.memory import MemoryFeatureStore

NOW = 1_790_000_000_000
DAY = 86_400_000


async def sample_engine(name="intermediate"):
    engine = await Engine.create()
    sample = await engine.sample_state(SampleStateRequest(now=NOW, name=name))
    response = await engine.ingest(IngestRequest(state=sample.app_state))
    return engine, sample.app_state["state"], response


def ask(**changes):
    return RecommendExercisesRequest(**{"now": NOW, **changes})


def started(*exercise_ids):
    return CurrentSession(
        start_time=NOW - 60_000,
        logs=tuple(
            ExerciseLog(
                id=f"l{i}", exercise_id=id_, sets=(SetLog(id=f"s{i}", reps=8, weight=60.0),)
            )
            for i, id_ in enumerate(exercise_ids)
        ),
    )


def shown(response):
    return [(r.exercise.id, r.score) for r in response.recommendations]


def check_points(item):
    assert item.score == sum(component.points for component in item.components)
    for component in item.components:
        assert component.points == sum(reason.points for reason in component.reasons)
    assert 0 <= item.score <= 100


@pytest.mark.parametrize("name", ["beginner", "intermediate", "advanced", "no_effort", "dumbbell"])
async def test_a_sample_lifter_gets_five_recommendations_that_add_up(name):
    engine, state, response = await sample_engine(name)
    assert response.workouts == len([s for s in state["history"] if s["status"] == "completed"])
    answer = await engine.recommend_exercises(ask())
    assert [r.rank for r in answer.recommendations] == [1, 2, 3, 4, 5]
    scores = [r.score for r in answer.recommendations]
    assert scores == sorted(scores, reverse=True)
    for item in answer.recommendations:
        check_points(item)
    assert answer.meta.revision == engine.revision
    assert answer.meta.workouts == response.workouts
    assert [s.name for s in answer.meta.scorers if s.status == "used"] == ["rules"]


async def test_the_next_five_know_what_was_added():
    engine, _, _ = await sample_engine()
    before = await engine.recommend_exercises(ask())
    first = before.recommendations[0].exercise
    after = await engine.recommend_exercises(ask(session=started(first.id)))
    assert first.id not in [r.exercise.id for r in after.recommendations]
    for item in after.recommendations:
        codes = {reason.code for c in item.components for reason in c.reasons}
        assert ("trained_today" in codes) == (item.exercise.muscle_group == first.muscle_group)


async def test_equipment_is_a_hard_filter():
    engine, _, _ = await sample_engine()
    only_dumbbells = await engine.recommend_exercises(ask(equipment=("Dumbbells",), limit=100))
    kinds = {r.exercise.equipment for r in only_dumbbells.recommendations}
    assert kinds == {"Dumbbell", "Bodyweight"}
    assert only_dumbbells.excluded_by_equipment > 0
    with pytest.raises(VoltLiftError) as caught:
        await engine.recommend_exercises(ask(equipment=("Dumbbell", "Anvil")))
    assert caught.value.path == "$.equipment[1]"


async def test_a_lifter_without_anything_still_gets_five():
    engine = await Engine.create()
    answer = await engine.recommend_exercises(ask())
    assert len(answer.recommendations) == 5
    assert len({r.exercise.muscle_group for r in answer.recommendations}) > 1
    assert answer.meta.workouts == 0


@pytest.mark.parametrize("limit", [0, -1, 101])
async def test_a_limit_out_of_range_is_refused(limit):
    engine = await Engine.create()
    with pytest.raises(VoltLiftError) as caught:
        await engine.recommend_exercises(ask(limit=limit))
    assert caught.value.path == "$.limit"


async def test_the_same_question_gets_the_same_answer():
    first, _, _ = await sample_engine()
    second, _, _ = await sample_engine()
    a, b = await first.recommend_exercises(ask()), await second.recommend_exercises(ask())
    assert a.recommendations == b.recommendations


# Deltas


async def test_deltas_in_any_order_give_the_answers_of_the_whole_state():
    whole, state, _ = await sample_engine()
    pieces = await Engine.create()
    history = state["history"]
    await pieces.ingest(
        IngestRequest(
            delta=Delta(
                settings=state["settings"],
                daily_logs=state["dailyLogs"],
                custom_exercises=tuple(state["customExercises"]),
                sessions=tuple(history[1::2]),
            )
        )
    )
    await pieces.ingest(IngestRequest(delta=Delta(sessions=tuple(reversed(history[0::2])))))
    a, b = await whole.recommend_exercises(ask()), await pieces.recommend_exercises(ask())
    assert a.recommendations == b.recommendations


async def test_editing_a_session_equals_a_log_written_so_from_the_start():
    engine, state, _ = await sample_engine()
    edited = copy.deepcopy(state["history"][0])
    edited["logs"] = edited["logs"][:1]
    await engine.ingest(IngestRequest(delta=Delta(sessions=(edited,))))
    fresh = await Engine.create()
    await fresh.ingest(IngestRequest(state={**state, "history": [edited, *state["history"][1:]]}))
    a, b = await engine.recommend_exercises(ask()), await fresh.recommend_exercises(ask())
    assert a.recommendations == b.recommendations


async def test_deleting_every_session_leaves_a_new_lifter():
    engine, state, _ = await sample_engine()
    ids = tuple(session["id"] for session in state["history"])
    response = await engine.ingest(IngestRequest(delta=Delta(deleted_sessions=ids)))
    assert response.workouts == 0
    answer = await engine.recommend_exercises(ask())
    codes = {r.code for i in answer.recommendations for c in i.components for r in c.reasons}
    assert "no_history" in codes


async def test_a_session_that_is_no_history_any_more_leaves_the_log():
    engine, state, response = await sample_engine()
    draft = {**state["history"][0], "status": "draft"}
    after = await engine.ingest(IngestRequest(delta=Delta(sessions=(draft,))))
    assert after.workouts == response.workouts - 1


async def test_another_unit_re_reads_bare_weights_and_leaves_stated_ones():
    bare = {
        "id": "bare",
        "status": "completed",
        "startTime": NOW - DAY,
        "logs": [
            {
                "id": "l",
                "exerciseId": "barbell-bench-press",
                "sets": [{"id": "s", "weight": 100, "reps": 5, "type": "N", "completed": True}],
            }
        ],
    }
    stated = {**copy.deepcopy(bare), "id": "stated", "unit": "kg"}
    engine = await Engine.create()
    await engine.ingest(
        IngestRequest(state={"settings": {"units": "kg"}, "history": [bare, stated]})
    )
    await engine.ingest(IngestRequest(delta=Delta(settings={"units": "lbs"})))
    log = engine._state.log
    loads = dict(zip(log.session_ids, log.rows["load_kg"].tolist(), strict=True))
    assert loads == pytest.approx({"bare": 45.359237, "stated": 100})


async def test_an_ingestion_takes_exactly_one_of_state_and_delta():
    engine = await Engine.create()
    for request in (IngestRequest(), IngestRequest(state={}, delta=Delta())):
        with pytest.raises(VoltLiftError, match="exactly one of state and delta"):
            await engine.ingest(request)


async def test_the_manifest_gives_back_the_hashes():
    engine, state, _ = await sample_engine()
    session = state["history"][0]
    await engine.ingest(
        IngestRequest(delta=Delta(sessions=(session,), hashes={session["id"]: "abc"}))
    )
    manifest = await engine.manifest(ManifestRequest())
    assert manifest.hashes[session["id"]] == "abc"
    assert manifest.revision == engine.revision


# Custom exercises


async def test_a_custom_exercise_is_scored_like_any_other():
    engine = await Engine.create()
    custom = {
        "id": "custom-1",
        "name": "Sled Drag",
        "muscleGroup": "Legs",
        "equipment": "Bodyweight",
        "category": "Compound",
    }
    await engine.ingest(
        IngestRequest(
            state={
                "settings": {"goal": {"type": "Strength"}, "favoriteExercises": ["custom-1"]},
                "customExercises": [custom],
            }
        )
    )
    exercises = (await engine.catalogue(CatalogueRequest())).exercises
    assert exercises[-1].id == "custom-1"
    assert exercises[-1].difficulty == "Intermediate"
    answer = await engine.recommend_exercises(ask())
    assert answer.recommendations[0].exercise.name == "Sled Drag"


# Explain


async def test_explaining_an_unlisted_exercise_shows_it_beside_the_last_place():
    engine, _, _ = await sample_engine()
    answer = await engine.recommend_exercises(ask())
    everything = await engine.recommend_exercises(ask(limit=100))
    target = everything.recommendations[30].exercise.id
    why = await engine.explain(ExplainRequest(now=NOW, exercise_id=target))
    assert not why.listed
    assert why.last_listed == answer.recommendations[-1]
    assert why.gap == why.last_listed.score - why.candidate.score >= 0
    check_points(why.candidate)


async def test_what_would_change_it_is_what_happens_when_it_is_done():
    engine, state, _ = await sample_engine()
    everything = await engine.recommend_exercises(ask(limit=100))
    for position in (6, 20, 60):
        target = everything.recommendations[position].exercise.id
        why = await engine.explain(ExplainRequest(now=NOW, exercise_id=target))
        favourite = next((c for c in why.changes if c.code == "mark_favourite"), None)
        settings = copy.deepcopy(state["settings"])
        settings["favoriteExercises"] = [*settings.get("favoriteExercises", []), target]
        other = await Engine.create()
        await other.ingest(IngestRequest(state={**state, "settings": settings}))
        after = await other.explain(ExplainRequest(now=NOW, exercise_id=target))
        if favourite is None:
            assert after.candidate.score <= why.candidate.score
            assert not after.listed
        else:
            assert after.candidate.score == favourite.score
            assert after.listed == favourite.would_be_listed


async def test_what_waiting_would_change_knows_nothing_of_what_came_later():
    engine, state, _ = await sample_engine()
    back = NOW - 30 * 86_400_000
    until = [session for session in state["history"] if session["startTime"] < back]
    assert 0 < len(until) < len(state["history"])
    then = await Engine.create()
    await then.ingest(IngestRequest(state={**state, "history": until}))
    everything = await then.recommend_exercises(ask(now=back, limit=100))
    waits = 0
    for item in everything.recommendations[5::5]:
        request = ExplainRequest(now=back, exercise_id=item.exercise.id)
        changes = (await engine.explain(request)).changes
        assert changes == (await then.explain(request)).changes
        waits += sum(change.code == "wait" for change in changes)
    assert waits


async def test_a_listed_exercise_is_explained_as_it_is_listed():
    engine, _, _ = await sample_engine()
    answer = await engine.recommend_exercises(ask())
    third = answer.recommendations[2]
    why = await engine.explain(ExplainRequest(now=NOW, exercise_id=third.exercise.id))
    assert why.listed
    assert why.candidate == third
    assert why.changes == ()


async def test_an_exercise_without_its_equipment_says_so_and_what_it_would_take():
    engine, _, _ = await sample_engine()
    request = ExplainRequest(
        now=NOW, exercise_id="barbell-bench-press", equipment=("Dumbbell", "Bodyweight")
    )
    why = await engine.explain(request)
    assert why.excluded.code == "equipment"
    assert why.excluded.values == {"equipment": "Barbell"}
    assert "add_equipment" in [change.code for change in why.changes]


async def test_the_rest_of_the_reasons_to_be_left_out():
    engine, _, _ = await sample_engine()
    left_out = ExplainRequest(
        now=NOW, exercise_id="barbell-bench-press", exclude=("barbell-bench-press",)
    )
    assert (await engine.explain(left_out)).excluded.code == "excluded_by_request"
    doing = ExplainRequest(
        now=NOW,
        exercise_id="barbell-bench-press",
        session=started("barbell-bench-press"),
    )
    why = await engine.explain(doing)
    assert why.excluded.code == "in_session"
    assert "next_session" in [change.code for change in why.changes]


async def test_explaining_what_does_not_exist_is_an_error_with_a_path():
    engine = await Engine.create()
    with pytest.raises(VoltLiftError) as caught:
        await engine.explain(ExplainRequest(now=NOW, exercise_id="no-such-thing"))
    assert caught.value.code is ErrorCode.UNKNOWN_EXERCISE
    assert caught.value.path == "$.exerciseId"


async def test_an_engine_without_the_packages_above_it_says_so():
    engine = await Engine.create(Ports())
    for call, name in (
        (engine.preview_import(PreviewImportRequest(file_name="a.csv", text="a")), "importer"),
        (engine.sample_state(SampleStateRequest(now=NOW)), "samples"),
        (engine.readiness(ReadinessRequest(now=NOW)), "coach"),
    ):
        with pytest.raises(VoltLiftError, match=rf"Ports\({name}=") as caught:
            await call
        assert caught.value.code is ErrorCode.NOT_AVAILABLE
        assert "Ports().with_installed()" in caught.value.remedy


async def test_an_engine_made_without_a_word_has_what_is_installed():
    engine = await Engine.create()
    assert (await engine.readiness(ReadinessRequest(now=NOW))).groups
    assert (await engine.sample_state(SampleStateRequest(now=NOW))).app_state


@pytest.mark.parametrize("nonsense", [[], "state", 3, True])
async def test_what_is_no_state_replaces_nothing(nonsense):
    engine, _, response = await sample_engine("beginner")
    with pytest.raises(VoltLiftError) as caught:
        await engine.ingest(IngestRequest(state=nonsense))
    assert caught.value.path == "$.state"
    assert engine.workouts == response.workouts


# One meaning, whatever way it came in


async def test_switching_the_unit_reads_earlier_bodyweights_in_it_as_well():
    engine = await Engine.create()
    daily = {"2026-01-01": {"bodyweight": 100}}
    await engine.ingest(IngestRequest(state={"settings": {"units": "kg"}, "dailyLogs": daily}))
    await engine.ingest(IngestRequest(delta=Delta(settings={"units": "lbs"})))
    assert [record.bodyweight_kg for record in engine._state.daily] == [45.359237]


async def test_renaming_a_custom_exercise_moves_no_sets():
    custom = {"id": "custom-1", "name": "Sled Thing", "muscleGroup": "Legs"}
    session = {"id": "a", "status": "completed", "startTime": 1, "logs": [
        {"exerciseId": "Sled Thing", "sets": [
            {"weight": 50, "reps": 5, "type": "N", "completed": True}]}]}  # fmt: skip
    ids = []
    for name in ("Sled Thing", "Prowler"):
        engine = await Engine.create()
        state = {"history": [session], "customExercises": [{**custom, "name": name}]}
        await engine.ingest(IngestRequest(state=state))
        ids.append(engine._state.log.exercise_ids)
    assert ids == [("Sled Thing",), ("Sled Thing",)]


@pytest.mark.parametrize(
    ("state", "unit"),
    [
        ({"settings": {"units": "lbs"}, "state": {"theme": "dark"}}, "lbs"),
        ({"state": {"settings": {"units": "lbs"}}, "settings": {"units": "kg"}}, "lbs"),
    ],
)
async def test_a_restored_engine_reads_the_envelope_as_it_did_before(state, unit):
    store = MemoryFeatureStore()
    engine = await Engine.create(Ports(features=store))
    await engine.ingest(IngestRequest(state=state))
    await engine.save()
    again = await Engine.create(Ports(features=store))
    assert str(engine._state.settings.unit) == str(again._state.settings.unit) == unit


@pytest.mark.parametrize("now", [-1, 10**18, 10**400])
async def test_a_moment_that_no_clock_shows_is_refused(now):
    engine = await Engine.create()
    for ask in (
        engine.recommend_exercises(RecommendExercisesRequest(now=now)),
        engine.explain(ExplainRequest(now=now, exercise_id="barbell-squat")),
        engine.sample_state(SampleStateRequest(now=now)),
    ):
        with pytest.raises(VoltLiftError, match=r"\$\.now"):
            await ask


@pytest.mark.parametrize("offset", [-841, 10**20])
async def test_an_offset_that_no_zone_has_is_refused(offset):
    engine = await Engine.create()
    file = PreviewImportRequest(file_name="a.csv", text="", utc_offset_minutes=offset)
    state = IngestRequest(state={}, utc_offset_minutes=offset)
    for ask in (engine.preview_import(file), engine.ingest(state)):
        with pytest.raises(VoltLiftError, match=r"\$\.utcOffsetMinutes"):
            await ask


@pytest.mark.parametrize(
    ("level", "staples"),
    [
        ("Beginner", {"goblet-squat", "dumbbell-bench-press", "cable-lat-pulldown"}),
        ("Intermediate", {"barbell-squat", "barbell-bench-press", "barbell-deadlift"}),
        ("Advanced", {"barbell-front-squat", "deficit-deadlift"}),
    ],
)
async def test_a_new_lifter_is_offered_staples_before_rare_exercises(level, staples):
    engine = await Engine.create()
    options = {"goal": {"type": "Strength"}, "experienceLevel": level}
    options["availableEquipment"] = ["Barbell", "Dumbbell", "Machine", "Bodyweight", "Cable"]
    await engine.ingest(IngestRequest(state={"settings": options}))
    answer = await engine.recommend_exercises(ask())
    assert staples <= {item.exercise.id for item in answer.recommendations}

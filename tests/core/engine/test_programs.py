"""Programs as the page meets them: recommended, written out, followed."""

import json

import pytest

from voltlift_coach.programs.library import Library
from voltlift_core import Delta, Engine, ErrorCode, IngestRequest, VoltLiftError
from voltlift_core.contract import ProgramRequest, RecommendProgramsRequest, TodaysSessionRequest
from voltlift_core.domain.loads import default_grid, round_to_loadable
from voltlift_core.domain.units import parse
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.wire import encode_json

NOW = 1_790_000_000_000
DAY = 86_400_000
PROGRAMS = Library.bundled().programs
ANSWERS = {
    "units": "kg",
    "goal": {"type": "Hypertrophy", "targetPerWeek": 4},
    "experienceLevel": "Intermediate",
    "availableEquipment": ["Barbell", "Dumbbell", "Machine", "Cable", "Bodyweight"],
}


async def engine_with(settings=None, sessions=()):
    engine = await Engine.create()
    state = {"settings": settings or {}, "history": list(sessions)}
    await engine.ingest(IngestRequest(state={"state": state, "version": 1}))
    return engine


def workout(number, when, sets, exercise_id="barbell-squat"):
    return {
        "id": f"w{number}",
        "name": "Workout",
        "status": "completed",
        "startTime": when,
        "endTime": when + 3_600_000,
        "logs": [
            {
                "id": f"w{number}l{i}",
                "exerciseId": id_,
                "sets": [
                    {"id": f"{i}s{j}", "weight": w, "reps": r, "type": "N", "completed": True}
                    for j, (w, r) in enumerate(rows)
                ],
            }
            for i, (id_, rows) in enumerate(sets.items())
        ],
    }


def squats(number, days_ago, weight=100):
    return workout(number, NOW - days_ago * DAY, {"barbell-squat": [(weight, 5)] * 3})


def following(program_id, index=0, **changes):
    active = {"programId": program_id, "currentSessionIndex": index, **changes}
    return {**ANSWERS, "activeProgram": active}


async def todays(settings, sessions=(), **changes):
    engine = await engine_with(settings, sessions)
    return await engine.todays_session(TodaysSessionRequest(**{"now": NOW, **changes}))


def codes(answer):
    return [reason.code for reason in answer.reasons]


# Recommending


async def test_the_answers_of_the_questionnaire_lead_to_a_starter_template():
    engine = await engine_with(ANSWERS)
    answer = await engine.recommend_programs(RecommendProgramsRequest(now=NOW))
    assert answer.cold_start
    assert answer.considered == len(PROGRAMS) >= 24
    best, *others = answer.recommendations
    assert (best.program.id, best.score, best.days_per_week) == ("upper-lower", 100, 4)
    assert best.is_starter
    assert best.substitutions == 0
    assert [r.rank for r in answer.recommendations] == [1, 2, 3]
    assert all(best.score >= r.score for r in others)
    assert [s.name for s in answer.meta.scorers] == ["program-rules"]


@pytest.mark.parametrize(
    ("level", "days", "program_id"),
    [
        ("Beginner", 3, "full-body-beginner"),
        ("Intermediate", 4, "upper-lower"),
        ("Advanced", 5, "push-pull-legs"),
    ],
)
async def test_starters_by_level_and_days(level, days, program_id):
    goal = {"type": "Build Muscle", "targetPerWeek": days}
    engine = await engine_with({**ANSWERS, "goal": goal, "experienceLevel": level})
    answer = await engine.recommend_programs(RecommendProgramsRequest(now=NOW))
    assert answer.recommendations[0].program.id == program_id
    assert answer.recommendations[0].is_starter


async def test_after_three_workouts_there_are_no_starters():
    history = [squats(i, days) for i, days in enumerate((9, 6, 3))]
    engine = await engine_with(ANSWERS, history)
    answer = await engine.recommend_programs(RecommendProgramsRequest(now=NOW))
    assert not answer.cold_start
    assert not any(r.is_starter for r in answer.recommendations)
    earlier = await engine.recommend_programs(RecommendProgramsRequest(now=NOW - 5 * DAY))
    assert earlier.cold_start


async def test_without_answers_what_is_missing_is_named():
    engine = await engine_with()
    answer = await engine.recommend_programs(RecommendProgramsRequest(now=NOW))
    first = answer.recommendations[0]
    found = {r.code for component in first.components for r in component.reasons}
    assert found == {
        "goal_unknown",
        "level_unknown",
        "frequency_unknown",
        "equipment_unknown",
        "new_program",
    }
    assert first.score == 10


async def test_points_add_up_and_the_limit_holds():
    engine = await engine_with(ANSWERS)
    request = RecommendProgramsRequest(now=NOW, limit=100)
    answer = await engine.recommend_programs(request)
    assert len(answer.recommendations) == len(PROGRAMS)
    for item in answer.recommendations:
        assert item.score == sum(component.points for component in item.components)
        for component in item.components:
            assert component.points == sum(reason.points for reason in component.reasons)
    one = await engine.recommend_programs(RecommendProgramsRequest(now=NOW, limit=1))
    assert one.recommendations == answer.recommendations[:1]


async def test_a_request_may_ask_for_other_days_and_equipment():
    engine = await engine_with(ANSWERS)
    request = RecommendProgramsRequest(
        now=NOW, days_per_week=3, equipment=("Dumbbells",), limit=100
    )
    answer = await engine.recommend_programs(request)
    by_id = {r.program.id: r for r in answer.recommendations}
    assert answer.recommendations[0].program.id == "dumbbell-builder"
    assert by_id["dumbbell-builder"].days_per_week == 3
    assert by_id["upper-lower"].substitutions > 5


async def test_programs_done_or_being_done_are_no_news():
    settings = {**following("upper-lower", 3), "completedPrograms": ["linear-5x5", 7, None]}
    engine = await engine_with(settings)
    answer = await engine.recommend_programs(RecommendProgramsRequest(now=NOW, limit=100))
    known = {
        r.program.id
        for r in answer.recommendations
        if r.components[-1].reasons[0].code == "done_before"
    }
    assert known == {"upper-lower", "linear-5x5"}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"limit": 0}, "$.limit"),
        ({"limit": 101}, "$.limit"),
        ({"days_per_week": 0}, "$.daysPerWeek"),
        ({"days_per_week": 8}, "$.daysPerWeek"),
        ({"equipment": ("Anvil",)}, "$.equipment[0]"),
        ({"now": -1}, "$.now"),
    ],
)
async def test_a_bad_request_is_told_what_is_wrong(changes, path):
    engine = await engine_with(ANSWERS)
    with pytest.raises(VoltLiftError) as caught:
        await engine.recommend_programs(RecommendProgramsRequest(**{"now": NOW, **changes}))
    assert caught.value.code == ErrorCode.INVALID_REQUEST
    assert caught.value.path == path


# Writing out


@pytest.mark.parametrize("program_id", PROGRAMS)
async def test_every_program_is_shown_whole(program_id):
    engine = await engine_with({"availableEquipment": ["Dumbbell"]})
    for frequency in PROGRAMS[program_id].frequencies:
        answer = await engine.program(
            ProgramRequest(now=NOW, program_id=program_id, days_per_week=frequency)
        )
        assert answer.days_per_week == frequency
        assert len(answer.sessions) == answer.program.weeks * frequency
        assert answer.progression[0].code.endswith("_progression")
        for session in answer.sessions:
            assert session.exercises
            for item in session.exercises:
                assert item.sets
                assert item.rest_seconds > 0
                assert (item.instead_of is None) == (not item.reasons or not _replaced(item))
                assert all(planned.weight is None for planned in item.sets)
    assert len(encode_json(answer)) < 600_000


def _replaced(item):
    return item.reasons[0].code == "equipment_missing"


async def test_supersets_are_pairs_with_a_label():
    engine = await engine_with(ANSWERS)
    request = ProgramRequest(now=NOW, program_id="body-part-split", days_per_week=5, week=1)
    answer = await engine.program(request)
    arms = next(s for s in answer.sessions if s.name == "Arms and Core")
    assert [item.superset for item in arms.exercises] == ["A", "A", "B", "B", None]


async def test_one_week_may_be_asked_for():
    engine = await engine_with(ANSWERS)
    whole = await engine.program(ProgramRequest(now=NOW, program_id="upper-lower"))
    week = await engine.program(ProgramRequest(now=NOW, program_id="upper-lower", week=6))
    assert week.sessions == tuple(s for s in whole.sessions if s.week == 6)
    assert [s.index for s in week.sessions] == [20, 21, 22, 23]
    easy = week.sessions[0].exercises[0]
    assert easy.reasons[0].code == "deload_week"


async def test_the_nearest_frequency_is_taken():
    engine = await engine_with({"goal": {"type": "Strength", "targetPerWeek": 6}})
    answer = await engine.program(ProgramRequest(now=NOW, program_id="linear-5x5"))
    assert answer.days_per_week == 3


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"program_id": "no-such-program"}, "$.programId"),
        ({"program_id": ""}, "$.programId"),
        ({"days_per_week": 9}, "$.daysPerWeek"),
        ({"week": 0}, "$.week"),
        ({"week": 13}, "$.week"),
    ],
)
async def test_what_does_not_exist_is_an_error_with_a_remedy(changes, path):
    engine = await engine_with(ANSWERS)
    with pytest.raises(VoltLiftError) as caught:
        await engine.program(ProgramRequest(**{"now": NOW, "program_id": "linear-5x5", **changes}))
    assert caught.value.code == ErrorCode.INVALID_REQUEST
    assert caught.value.path == path
    assert caught.value.expected


# Following


async def test_nobody_follows_a_program_unasked():
    answer = await todays(ANSWERS)
    assert (answer.program, answer.session, answer.total) == (None, None, 0)
    assert codes(answer) == ["no_program"]


async def test_a_program_of_another_app_is_named_and_no_crash():
    settings = following("user-program-17", 4)
    programs = [
        {
            "id": "user-program-17",
            "name": "Mine",
            "sessions": [{"templateId": "t1", "week": 1, "day": 1}],
        }
    ]
    engine = await Engine.create()
    state = {"settings": settings, "history": [], "programs": programs, "templates": [None]}
    await engine.ingest(IngestRequest(state={"state": state, "version": 3}))
    answer = await engine.todays_session(TodaysSessionRequest(now=NOW))
    assert answer.session is None
    assert answer.reasons[0].code == "foreign_program"
    assert answer.reasons[0].values == {"program": "user-program-17"}


async def test_todays_session_has_loadable_weights_in_the_lifters_unit():
    lifts = {"barbell-squat": [(225, 5)] * 5, "barbell-bench-press": [(155, 5)] * 5}
    history = [workout(i, NOW - days * DAY, lifts) for i, days in enumerate((9, 6, 3))]
    settings = {**following("linear-5x5", 3), "units": "lbs"}
    answer = await todays(settings, history)
    assert answer.unit == "lbs"
    squat, *others = answer.session.exercises
    assert squat.exercise.id == "barbell-squat"
    weights = {planned.weight for planned in squat.sets}
    assert len(weights) == 1
    assert 225 <= weights.pop() <= 247.5
    press, deadlift = others
    assert press.reasons[-1].code == "carried_over"
    for item in (press, deadlift):
        for planned in item.sets:
            kg = parse(planned.weight, Unit.LB)
            assert round_to_loadable(kg, default_grid(Unit.LB)) == kg


async def test_equipment_of_today_decides():
    answer = await todays(following("linear-5x5"), equipment=("Dumbbell",))
    first = answer.session.exercises[0]
    assert first.instead_of.id == "barbell-squat"
    assert first.exercise.equipment == "Dumbbell"
    assert first.reasons[0].code == "equipment_missing"


async def test_missed_days_are_counted_and_the_session_waits():
    start = NOW - 9 * DAY
    answer = await todays(following("linear-5x5", startDate=start))
    assert answer.missed == 4
    assert (answer.session.index, answer.next_index, answer.done) == (0, 1, 0)
    assert codes(answer) == ["first_session", "program_waits"]


async def test_a_lay_off_repeats_the_last_week_lighter():
    history = [squats(i, days) for i, days in enumerate((65, 63, 61))]
    answer = await todays(following("531-beginners", 12), history)
    assert answer.session.index == answer.done == 9
    assert answer.next_index == 10
    assert codes(answer) == ["week_repeated"]
    squat = next(i for i in answer.session.exercises if i.exercise.id == "barbell-squat")
    (percent,) = (r for r in squat.reasons if r.code == "percent_of_max")
    assert percent.values["lighter"] == 0.05
    rested = await todays(following("531-beginners", 9), [squats(i, i + 1) for i in range(3)])
    usual = next(i for i in rested.session.exercises if i.exercise.id == "barbell-squat")
    assert usual.sets[0].weight > squat.sets[0].weight


async def test_a_finished_program_says_so():
    answer = await todays(following("linear-5x5", 36))
    assert answer.session is None
    assert answer.program.id == "linear-5x5"
    assert (answer.done, answer.total, answer.next_index) == (36, 36, 36)
    assert codes(answer) == ["program_finished"]


async def test_a_look_back_shows_the_session_of_that_day():
    history = [squats(i, days) for i, days in enumerate((9, 7, 4, 2))]
    settings = following("linear-5x5", 4, startDate=NOW - 9 * DAY)
    assert (await todays(settings, history)).session.index == 4
    then = await todays(settings, history, now=NOW - 5 * DAY)
    assert then.session.index == 2
    assert then.done == 2


@pytest.mark.parametrize(
    "active",
    [
        {"programId": "linear-5x5", "currentSessionIndex": -3},
        {"programId": "linear-5x5", "currentSessionIndex": "x", "selectedFrequency": 99},
        {"programId": "linear-5x5", "currentSessionIndex": 1e9, "startDate": "yesterday"},
        {"programId": "linear-5x5", "startDate": NOW + 900 * DAY, "selectedFrequency": 2},
        {"programId": 5},
        {"programId": {}},
        "linear-5x5",
        [],
    ],
)
async def test_whatever_the_settings_hold_there_is_an_answer(active):
    answer = await todays({**ANSWERS, "activeProgram": active})
    assert answer.reasons
    json.loads(encode_json(answer))


@pytest.mark.parametrize(
    ("program_id", "frequency"),
    [("linear-5x5", 3), ("531-beginners", 3), ("peaking", 5), ("bodyweight-start", 2)],
)
async def test_following_to_the_end_visits_every_session_once(program_id, frequency):
    """As the page does it: train what is shown, store the next index, come back."""
    engine = await engine_with(following(program_id, selectedFrequency=frequency))
    when, index, visited = NOW, 0, []
    # The number of days between sessions varies: early, on time, and late.
    for gap in (0, *(1, 2, 5, 3) * 40):
        when += gap * DAY
        answer = await engine.todays_session(TodaysSessionRequest(now=when))
        if answer.session is None:
            break
        visited.append(answer.session.index)
        sets = {
            item.exercise.id: [(p.weight or 20, p.reps[0]) for p in item.sets]
            for item in answer.session.exercises
        }
        index = answer.next_index
        await engine.ingest(
            IngestRequest(
                delta=Delta(
                    sessions=(workout(index, when, sets),),
                    settings=following(program_id, index, selectedFrequency=frequency),
                )
            )
        )
        after = await engine.todays_session(TodaysSessionRequest(now=when + DAY // 4))
        assert after.trained_today
    assert visited == list(range(PROGRAMS[program_id].weeks * frequency))
    assert codes(answer) == ["program_finished"]

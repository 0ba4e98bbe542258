"""A benchmark that compares different answers compares nothing: the check must notice."""

import copy

import pytest
from benchmarks.agreement import DisagreementError, check
from benchmarks.inputs import EXERCISES, Counts, make_plan

ENGINE = [
    {
        "exercise": {"id": "squat"},
        "score": 70.0,
        "components": [
            {"reasons": [{"code": "undertrained", "points": 30.0}]},
            {"reasons": [{"code": "recovered", "points": 20.0}, {"code": "recent", "points": 0.0}]},
        ],
    },
    {"exercise": {"id": "row"}, "score": 50.0, "components": []},
]
BASELINE = [
    {
        "id": "squat",
        "score": 70,
        "reasons": [["undertrained", 30], ["recovered", 20], ["a comment", 0]],
    },
    {"id": "row", "score": 50.0, "reasons": []},
]


def test_equal_answers_agree_whatever_is_said_without_points():
    check("here", 0, ENGINE, BASELINE)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((0, "id"), "deadlift"),
        ((1, "score"), 50.001),
        ((0, "reasons", 0, 0), "below_average"),
        ((0, "reasons", 1, 1), 10),
    ],
)
def test_another_exercise_score_reason_or_point_is_a_disagreement(path, value):
    other = copy.deepcopy(BASELINE)
    target = other
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    with pytest.raises(DisagreementError, match="here, request 7, rank"):
        check("here", 7, ENGINE, other)


def test_another_order_or_length_is_a_disagreement():
    with pytest.raises(DisagreementError):
        check("here", 0, ENGINE, BASELINE[::-1])
    with pytest.raises(DisagreementError, match="lists 2 exercises, the baseline 1"):
        check("here", 0, ENGINE, BASELINE[:1])


def test_plans_are_the_same_each_time_and_no_request_is_asked_twice():
    counts = Counts(requests=50, warm_up=5, changes=4, ingestions=1)
    plan, again = make_plan(30, counts), make_plan(30, counts)
    assert plan == again
    assert len(plan.catalogue) + len(plan.envelope["state"]["customExercises"]) == EXERCISES >= 500
    assert len({request["now"] for request in plan.requests}) == 55
    history = {session["id"]: session for session in plan.envelope["state"]["history"]}
    assert len(history) == 30
    for session in plan.changes:
        assert session != history[session["id"]]

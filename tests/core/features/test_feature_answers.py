"""Known answers on small histories made by hand, for every group of features."""

import math

import numpy as np
import pytest

from feature_builders import BENCH, CURL, NAN, NOW, PULL_UP, ROWER, SQUAT, day, frame, one, workout
from voltlift_core.domain.settings import ActiveProgram, Settings
from voltlift_core.domain.vocabulary import Equipment, Goal, Level
from voltlift_core.features.numeric import (
    circular_mean_hour,
    row_means,
    row_medians,
    row_sums,
    row_trends,
    spread,
)
from voltlift_core.history.records import DROP, FAILURE, WARM_UP, CurrentRecord

approx = pytest.approx


def benches(*loads: float, reps: int = 5, every: float = 3, rpe: float = NAN):
    """Return bench workouts, the last one a day ago."""
    return [
        workout(1 + every * back, one("bench", load, reps, rpe=rpe), one("bench", load, reps))
        for back, load in enumerate(reversed(loads))
    ]


# User


def test_settings_are_read_as_codes_and_flags():
    f = frame(
        settings=Settings(
            goal=Goal.POWER_BUILDING,
            level=Level.ADVANCED,
            gender="female",
            days_per_week=5,
            bar_kg=15.0,
            bodyweight_kg=61.5,
            equipment=frozenset({Equipment.BARBELL, Equipment.KETTLEBELL}),
            favourites=frozenset({"bench"}),
            personal_records_kg={"bench": 80.0, "gone": 1.0},
            active_program=ActiveProgram(program_id="ppl"),
        )
    )
    read = {
        "goal": 3,
        "goalPowerBuilding": 1,
        "goalStrength": 0,
        "experienceLevel": 2,
        "gender": 0,
        "targetDaysPerWeek": 5,
        "barWeight": 15,
        "bodyweight": 61.5,
        "equipmentCount": 2,
        "hasBarbell": 1,
        "hasDumbbell": 0,
        "hasKettlebell": 1,
        "favouriteCount": 1,
        "recordCount": 2,
        "programActive": 1,
    }
    assert {name: f.scalar(name) for name in read} == read
    assert not any(f.missing(name) for name in read)
    assert f.exercise("recordWeight")[BENCH] == 80.0
    assert f.exercise("equipmentAvailable").tolist() == [1, 1, 1, 0, 0]
    assert f.exercise("difficultyGap").tolist() == [-1, 0, -1, -2, -2]


def test_settings_that_were_not_made_are_missing():
    f = frame()
    for name in ("goal", "goalStrength", "experienceLevel", "gender", "bodyweight", "hasBarbell"):
        assert f.missing(name), name
    assert np.all(f.missing("equipmentAvailable"))
    assert np.all(f.missing("difficultyGap"))


def test_workouts_are_counted_by_window_and_only_with_a_working_set():
    f = frame(
        [
            workout(1, one("bench")),
            workout(6, one("bench")),
            workout(20, one("bench")),
            workout(80, one("bench")),
            workout(200, one("bench")),
            workout(2, one("bench", done=False)),
            workout(3),
        ],
        settings=Settings(days_per_week=7),
    )
    assert f.scalar("totalWorkouts") == 5
    assert f.scalar("workoutsLast7Days") == 2
    assert f.scalar("workoutsLast30Days") == 3
    assert f.scalar("workoutsLast90Days") == 4
    assert f.scalar("trainingAge") == 200
    assert f.scalar("daysSinceLastWorkout") == 1
    assert f.scalar("adherence30d") == approx(0.1)
    assert f.scalar("longestBreak90d") == 59
    assert f.scalar("avgRestDays") == approx((79 / 3) - 1)


def test_frequency_change_compares_thirty_days_with_the_thirty_before():
    f = frame([workout(d, one("bench")) for d in (1, 2, 3, 35, 40)])
    assert f.scalar("frequencyChange") == 1.5
    assert frame([workout(1, one("bench"))]).missing("frequencyChange")


def test_habits_are_means_over_workouts():
    f = frame(
        [
            workout(1, *[one("bench")] * 3, one("curl", reps=12, kind=DROP), minutes=50),
            workout(2, one("squat", reps=20, kind=FAILURE), one("squat", done=False), minutes=70),
            workout(95, one("rower", NAN, 0, seconds=600), minutes=10),
            workout(3, one("bench", rpe=9.0), minutes=60 * 24),
        ]
    )
    assert f.scalar("avgDuration90d") == 60
    assert f.scalar("avgSets90d") == 2
    assert f.scalar("avgExercises90d") == approx(4 / 3)
    assert f.scalar("avgVolume90d") == approx((1500 + 1200 + 2000 + 500) / 3)
    assert f.scalar("repertoire") == 4
    assert f.scalar("distinctExercises30d") == 3
    assert f.scalar("newExerciseShare30d") == 1
    assert f.scalar("setCompletion30d") == approx(6 / 7)
    assert f.scalar("effortLoggedShare30d") == approx(1 / 6)
    assert f.scalar("hardEndShare30d") == approx(2 / 6)
    assert f.scalar("lowRepShare30d") == approx(4 / 6)
    assert f.scalar("highRepShare30d") == approx(1 / 6)
    assert f.scalar("avgReps30d") == approx((4 * 5 + 12 + 20) / 6)
    assert f.scalar("compoundShare90d") == approx(5 / 6)
    assert f.scalar("isolationShare90d") == approx(1 / 6)
    assert f.scalar("barbellShare90d") == approx(5 / 6)


# Balance


def test_volume_counts_the_bodyweight_that_is_moved_and_secondary_groups_by_half():
    history = [workout(2, one("bench", 80, 10), one("pull-up", 10, 5), one("pull-up", NAN, 4))]
    f = frame(history, settings=Settings(bodyweight_kg=70.0))
    pulled = (10 + 70) * 5 + 70 * 4
    assert f.by_group("volume").tolist() == [800, pulled, 0, 400, 400 + pulled / 2, 0, 0]
    assert f.exercise("volumeLast6Sessions")[PULL_UP] == pulled
    without = frame(history)
    assert without.scalar("volumeBack") == (10 + 75) * 5 + 75 * 4


def test_the_bodyweight_logged_last_counts_before_that_of_the_settings():
    settings = Settings(bodyweight_kg=70.0)
    logged = [day(3, bodyweight_kg=71.0), day(1), day(-2, bodyweight_kg=99.0)]
    assert frame(settings=settings, daily=logged).scalar("bodyweight") == 71.0
    old = [day(400, bodyweight_kg=60.0)]
    assert frame(settings=settings, daily=old).scalar("bodyweight") == 70.0


def test_balance_shares():
    f = frame(
        [
            workout(2, one("bench", rpe=8), one("bench", rpe=9), one("squat"), one("pull-up")),
            workout(9, one("curl"), one("curl")),
        ]
    )
    assert f.by_group("hardSets7d").tolist() == [2, 1, 1, 1, 1.5, 0.5, 0]
    assert f.scalar("setShare90dArms") == approx(3.5 / 9)
    assert f.scalar("rpe30dChest") == 8.5
    assert f.missing("rpe30dLegs")
    assert f.scalar("pushShare30d") == approx(2 / 3)
    assert f.scalar("horizontalShare30d") == approx(2 / 3)
    assert f.scalar("kneeShare30d") == 1
    assert f.scalar("unilateralShare30d") == approx(2 / 6)
    assert f.scalar("lowerBodyShare30d") == approx(1 / 9)
    assert f.scalar("groupsTrained7d") == 3
    assert f.missing("longestNeglect")
    even = [workout(1, one("curl"), one("curl"))]
    assert frame(even).scalar("balanceEvenness30d") == 0


# Recovery


def test_readings_are_means_over_the_days_that_have_one():
    f = frame(
        daily=[
            day(0, sleep_hours=8.0, hrv_ms=66.0, pain=1.0),
            day(1, sleep_hours=6.0),
            day(2, hrv_ms=60.0),
            day(3, hrv_ms=60.0, bodyweight_kg=80.0, protein_grams=120.0, pain=0.0),
            day(20, sleep_hours=10.0, hrv_ms=60.0, bodyweight_kg=100.0),
            day(31, sleep_hours=1.0),
            day(-1, sleep_hours=1.0),
        ]
    )
    assert f.scalar("sleepAvg7d") == 7.0
    assert f.scalar("sleepAvg30d") == 8.0
    assert f.scalar("sleepLast") == 8.0
    assert f.scalar("sleepDebt7d") == 7.0
    assert f.scalar("sleepSpread30d") == 2.0
    assert f.scalar("sleepLoggedShare30d") == 0.1
    assert f.scalar("hrvRatio") == approx(1.1)
    assert f.scalar("hrvAvg7d") == 62.0
    assert f.scalar("painDays14d") == 1.0
    assert f.scalar("proteinPerKg7d") == 1.5
    assert f.scalar("bodyweightChange30d") == approx(-0.2)
    assert f.missing("stressAvg7d")
    assert f.scalar("stressAvg7d") == 3.0


def test_effort_and_load_by_window():
    f = frame(
        [
            workout(1, *[one("bench", rpe=9.0)] * 4),
            workout(6, *[one("bench", rpe=7.0)] * 4),
            workout(20, *[one("bench", rpe=6.0)] * 8),
        ]
    )
    assert f.scalar("rpeAvg7d") == 8.0
    assert f.scalar("rpeAvg30d") == 7.0
    assert f.scalar("rpeChange") == 2.0
    assert f.scalar("lastWorkoutRpe") == 9.0
    assert f.scalar("lastWorkoutSets") == 4.0
    assert f.scalar("hardSets48h") == 4.0
    assert f.scalar("volumeLast7Days") == 4000.0
    assert f.scalar("volumeLast28Days") == 8000.0
    assert f.scalar("acuteChronicRatio") == 2.0
    assert f.scalar("restDays7d") == 5.0
    daily = np.array([0, 4, 0, 0, 0, 0, 4])
    monotony = daily.mean() / daily.std(ddof=1)
    assert f.scalar("trainingMonotony7d") == approx(monotony)
    assert f.scalar("trainingStrain7d") == approx(8 * monotony)
    assert frame([workout(1, one("bench"))]).missing("acuteChronicRatio")


@pytest.mark.parametrize(
    ("sleep", "rpe", "level"),
    [(7.0, 7.0, 2.0), (5.5, 7.0, 3.0), (8.5, 7.0, 1.0), (4.0, 10.0, 3.75), (NAN, 8.5, 2.75)],
)
def test_fatigue_adds_what_is_known(sleep: float, rpe: float, level: float):
    f = frame([workout(2, one("bench", rpe=rpe))], daily=[day(1, sleep_hours=sleep)])
    assert f.scalar("fatigueLevel") == approx(level)


def test_fatigue_is_missing_where_nothing_is_known():
    f = frame([workout(2, one("bench"))])
    assert f.missing("fatigueLevel")
    assert f.scalar("fatigueLevel") == 2.0


# Exercise


def test_weights_trends_and_records_of_an_exercise():
    f = frame(benches(200, 90, 90, 100, 100, 110, 110, every=4))
    assert f.exercise("avgWeight")[BENCH] == 100
    assert f.exercise("maxWeight")[BENCH] == 200
    assert f.exercise("lastWeight")[BENCH] == 110
    slope = np.polyfit(range(6), [90, 90, 100, 100, 110, 110], 1)[0]
    assert f.exercise("weightTrend")[BENCH] == approx(slope / 100)
    assert f.exercise("volumeTrend")[BENCH] == approx(slope / 100)
    assert f.exercise("repsTrend")[BENCH] == approx(0)
    assert f.exercise("volumeLast6Sessions")[BENCH] == 6000
    assert f.exercise("personalBest1RM")[BENCH] == approx(200 * 36 / 32)
    assert f.exercise("recentBest1RM")[BENCH] == approx(110 * 36 / 32)
    assert f.exercise("daysSincePersonalBest")[BENCH] == 25
    assert f.exercise("relativeIntensity")[BENCH] == approx(32 / 36)
    assert f.exercise("medianInterval")[BENCH] == 4
    assert f.exercise("dueRatio")[BENCH] == 0.25
    for name in ("avgWeight", "maxWeight", "weightTrend", "personalBest1RM", "dueRatio"):
        assert np.asarray(f.missing(name)).tolist() == [False, True, True, True, True]


def test_newest_first_histories_do_not_turn_the_trend_round():
    rising = benches(50, 60, 70)
    assert frame(rising).exercise("weightTrend")[BENCH] > 0
    assert frame(rising[::-1]).exercise("weightTrend")[BENCH] > 0


def test_effort_of_an_exercise():
    f = frame([*benches(100, rpe=8.0), workout(9, one("bench"))])
    assert f.exercise("avgRPE")[BENCH] == 8
    assert f.exercise("lastRPE")[BENCH] == 8
    assert np.asarray(f.missing("rpeTrend"))[BENCH]
    more = frame([workout(1, one("bench", rpe=9.0)), workout(5, one("bench", rpe=7.0))])
    assert more.exercise("rpeTrend")[BENCH] == approx(2 / 8)


def test_the_one_rep_max_takes_the_best_set_with_reps_in_reserve_and_bodyweight():
    f = frame(
        [
            workout(
                1,
                one("bench", 100, 5, rpe=8.0),
                one("bench", 105, 3),
                one("pull-up", NAN, 10),
                one("pull-up", NAN, 6),
                one("curl", 0, 10),
                one("bench", 300, 5, kind=WARM_UP),
            )
        ],
        settings=Settings(bodyweight_kg=60.0),
    )
    best = f.exercise("personalBest1RM")
    assert best[BENCH] == approx(100 * (1 + 7 / 30))
    assert best[PULL_UP] == approx(60 * (1 + 10 / 30))
    assert np.asarray(f.missing("personalBest1RM"))[CURL]
    assert f.exercise("relativeStrength")[PULL_UP] == approx(best[PULL_UP] / 60)


def test_frequencies_of_an_exercise():
    history = [workout(d, one("bench")) for d in (1, 5, 20, 60, 100)]
    f = frame([*history, workout(0.5, one("curl"))])
    assert f.exercise("timesPerformed7d")[BENCH] == 2
    assert f.exercise("timesPerformed30d")[BENCH] == 3
    assert f.exercise("timesPerformed90d")[BENCH] == 4
    assert f.exercise("performedShare90d")[BENCH] == approx(4 / 5)
    assert f.exercise("workoutsSinceLastPerformed")[[BENCH, CURL, SQUAT]].tolist() == [1, 0, 999]
    assert f.exercise("daysSinceFirstPerformed")[BENCH] == 100
    decayed = sum(0.5 ** (d / 45) for d in (1, 5, 20, 60, 100))
    assert f.exercise("frequencyDecayed45d")[BENCH] == approx(decayed)


def test_cardio_by_time_has_no_weight_but_counts():
    f = frame([workout(1, one("rower", NAN, 0, seconds=900))])
    assert f.exercise("timesPerformed")[ROWER] == 1
    for name in ("avgWeight", "maxWeight", "personalBest1RM", "avgReps"):
        assert np.asarray(f.missing(name))[ROWER], name
    assert f.by_group("hardSets30d")[6] == 1


def test_what_came_with_and_after_the_exercises_of_today():
    history = [
        workout(2, one("squat"), one("bench"), one("curl")),
        workout(4, one("squat"), one("bench")),
        workout(6, one("squat"), one("curl")),
        workout(8, one("bench"), one("rower", NAN, 0, seconds=60)),
    ]
    f = frame(history, current=CurrentRecord(start_s=NOW, exercise_ids=("squat",)))
    assert f.exercise("successorShare").tolist() == approx([2 / 3, 0, 0, 1 / 3, 0])
    assert f.exercise("coOccurrence").tolist() == approx([2 / 3, 1, 0, 2 / 3, 0])
    assert f.exercise("openerShare")[[BENCH, SQUAT]].tolist() == approx([1 / 3, 1])
    assert f.exercise("meanPosition")[BENCH] == approx(2 / 3)
    assert f.exercise("positionGap")[BENCH] == approx(1 / 3)
    both = CurrentRecord(start_s=NOW, exercise_ids=("squat", "bench"))
    f = frame(history, current=both)
    assert f.exercise("coOccurrence")[CURL] == approx((2 / 3 + 1 / 3) / 2)
    assert f.exercise("doneToday").tolist() == [1, 1, 0, 0, 0]
    assert f.exercise("groupTrainedToday").tolist() == [1, 1, 0, 0, 0]
    assert f.exercise("patternTrainedToday").tolist() == [1, 1, 0, 0, 0]
    idle = frame(history)
    assert np.all(idle.missing("successorShare"))
    assert np.all(idle.missing("coOccurrence"))


def test_idle_days_end_at_999_but_are_not_missing():
    f = frame([workout(3000, one("curl"))])
    for name in ("daysSinceLastPerformed", "groupDaysSince", "patternDaysSince"):
        assert f.exercise(name)[CURL] == 999
        assert not np.asarray(f.missing(name))[CURL]
    assert f.scalar("daysSinceArms") == f.scalar("daysSinceLastWorkout") == 999
    assert not f.missing("daysSinceArms")
    assert f.missing("daysSinceChest")
    assert f.exercise("daysSinceFirstPerformed")[CURL] == 3000


def test_group_and_pattern_of_an_exercise():
    f = frame([workout(3, one("curl"), one("curl"))])
    assert f.exercise("groupDaysSince").tolist() == [999, 999, 999, 3, 999]
    assert f.exercise("patternDaysSince").tolist() == [999, 999, 999, 3, 999]
    assert f.exercise("groupHardSets7d")[CURL] == 2


# Context


def test_the_current_workout():
    current = CurrentRecord(
        start_s=NOW - 1800,
        exercise_ids=("bench", "pull-up", "mystery"),
        sets=(
            one("bench", 20, 10, kind=WARM_UP),
            one("bench", 100, 5, rpe=8.0),
            one("bench", 100, 5, rpe=9.0),
            one("bench", 100, 5, done=False),
            one("pull-up", NAN, 4),
        ),
    )
    f = frame(
        [workout(2, one("bench"), minutes=90)],
        current=current,
        settings=Settings(bodyweight_kg=50.0),
    )
    assert f.scalar("workoutDurationSoFar") == 30
    assert f.scalar("durationShare") == approx(1 / 3)
    assert f.scalar("exercisesInSessionCount") == 3
    assert f.scalar("exerciseShare") == 3
    assert f.scalar("setsInSession") == 3
    assert f.scalar("openSets") == 1
    assert f.scalar("repsInSession") == 14
    assert f.scalar("volumeInSession") == 1000 + 200
    assert f.scalar("rpeInSession") == 8.5
    assert f.missing("lastSetRpe")
    assert f.scalar("setsPerHour") == 6
    assert f.scalar("compoundShareToday") == 0.5
    assert f.scalar("familiarShareToday") == 0.5
    assert f.scalar("muscleGroupsTrainedToday") == 2
    assert f.by_group("setsToday").tolist() == [2, 1, 0, 1, 1.5, 0, 0]


def test_without_a_workout_there_is_no_duration():
    f = frame()
    assert f.missing("workoutDurationSoFar")
    assert f.scalar("workoutDurationSoFar") == 0
    assert f.scalar("setsInSession") == 0
    assert f.missing("setsPerHour")


# Arithmetic


def test_rows_with_gaps():
    matrix = np.array([[NAN, NAN, NAN], [NAN, 4.0, NAN], [1.0, NAN, 5.0], [3.0, 1.0, 2.0]])
    np.testing.assert_equal(row_sums(matrix), [NAN, 4, 6, 6])
    np.testing.assert_equal(row_means(matrix), [NAN, 4, 3, 2])
    np.testing.assert_equal(row_medians(matrix), [NAN, 4, 3, 2])
    np.testing.assert_allclose(row_trends(matrix), [NAN, NAN, 2 / 3, -0.25])


def test_hours_are_averaged_on_the_circle():
    assert circular_mean_hour(np.array([23.0, 2.0])) == approx(0.5)
    assert circular_mean_hour(np.array([17.0, 19.0])) == approx(18)
    assert math.isnan(circular_mean_hour(np.array([6.0, 18.0])))
    assert math.isnan(circular_mean_hour(np.array([])))
    assert math.isnan(spread(np.array([1.0])))


# Trap 4: starting a workout copies the sets of the last one and makes all of them normal


@pytest.mark.parametrize(
    ("loads", "hard"),
    [
        ((40, 60, 100, 100), 3),  # an empty bar is none of the work
        ((50, 100), 2),  # half of the top is a light set, not certainly a warm-up
        ((100, 100, 40), 3),  # a light set at the end is work
        ((40, 40), 2),
        ((NAN, 0, 20), 3),  # without a load nothing is certain
    ],
)
def test_a_warm_up_that_lost_its_type_is_no_hard_set(loads, hard):
    f = frame([workout(1, *(one("bench", load) for load in loads))])
    assert f.scalar("hardSets30dChest") == hard
    assert f.exercise("completionRate")[BENCH] == 1


def test_only_what_was_lifted_makes_lighter_sets_warm_ups():
    planned = one("bench", 100, done=False)
    heavy_warm_up = one("bench", 300, kind=WARM_UP)
    drop = one("bench", 40, kind=DROP)
    other = one("squat", 200)
    f = frame([workout(1, one("bench", 40), planned, heavy_warm_up, other, drop)])
    assert f.scalar("hardSets30dChest") == 2


def test_what_was_planned_after_a_moment_says_nothing_about_it():
    f = frame([workout(-1, one("bench", done=False))])
    assert f.missing("completionRate")[BENCH]

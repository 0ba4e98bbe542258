"""Made-up lifters: repeatable, plausible, and true to what studies found."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from voltlift_core import Catalogue, EngineState, IngestRequest, VoltLiftError, take_in
from voltlift_learned.diary import Diary
from voltlift_models.simulate import facts, simulate, simulate_lifter
from voltlift_models.simulate.body import Strength
from voltlift_models.simulate.days import training_days
from voltlift_models.simulate.loading import Grid
from voltlift_models.simulate.logs import app_state
from voltlift_models.simulate.person import GYMS, HABITS, Person, pick
from voltlift_models.simulate.routine import Routine
from voltlift_models.simulate.splits import DAYS, SPLITS

SEED = 11


@pytest.fixture(scope="module")
def corpus():
    return simulate(24, SEED)


@pytest.fixture(scope="module")
def diaries(corpus):
    return [Diary.of(lifter.state.log) for lifter in corpus.lifters]


def test_the_same_seed_gives_the_same_lifters_however_many(corpus):
    again = simulate_lifter(SEED, 3)
    assert again.source == corpus.lifters[3].source
    np.testing.assert_array_equal(
        again.state.log.rows["load_kg"], corpus.lifters[3].state.log.rows["load_kg"]
    )
    assert simulate_lifter(SEED + 1, 3).source.sha256 != again.source.sha256


def test_more_processes_change_nothing(corpus):
    told: list[int] = []
    parallel = simulate(6, SEED, workers=2, progress=told.append)
    assert [item.source for item in parallel.lifters] == [
        item.source for item in corpus.lifters[:6]
    ]
    assert told == [1, 2, 3, 4, 5, 6]


def test_made_up_lifters_never_count_as_real(corpus):
    assert corpus.real == ()
    assert len({item.source.sha256 for item in corpus.lifters}) == 24
    assert all(item.source.simulated for item in corpus.lifters)


def test_their_app_states_are_read_without_a_single_complaint():
    for index in range(6):
        state = app_state(SEED, index)
        report = take_in(EngineState(), IngestRequest(state=state)).report
        assert report.issues == ()
        assert report.sessions == len(state["history"])


def test_every_exercise_is_in_the_catalogue(corpus):
    known = Catalogue.bundled().index
    assert all(id_ in known for item in corpus.lifters for id_ in item.state.log.exercise_ids)


def test_sets_are_what_people_lift(corpus):
    for item in corpus.lifters:
        rows = item.state.log.rows
        assert np.all((rows["load_kg"] >= 0) & (rows["load_kg"] < 600))
        assert np.all((rows["reps"] >= 0) & (rows["reps"] <= 120))
        rpe = rows["rpe"][~np.isnan(rows["rpe"])]
        assert np.all((rpe >= 5.5) & (rpe <= 10))


def test_weights_are_those_that_can_be_loaded(corpus):
    catalogue = Catalogue.bundled()
    for item in corpus.lifters:
        log = item.state.log
        factor = facts.KG_PER_UNIT[item.state.settings.unit.code]
        bars = {
            at
            for at, id_ in enumerate(log.exercise_ids)
            if catalogue.exercises[catalogue.index[id_]].equipment == "Barbell"
        }
        loads = log.rows["load_kg"][np.isin(log.rows["exercise"], list(bars))] / factor
        assert np.allclose(loads * 4, np.round(loads * 4), atol=1e-6)


def test_days_ascend_and_end_before_the_last_one(diaries):
    for diary in diaries:
        assert np.all(np.diff(diary.day) > 0)
        assert diary.day[-1] <= facts.LAST_DAY
        assert facts.LEAST_SESSIONS <= diary.n_days <= facts.MOST_SESSIONS


def test_most_log_no_effort_and_some_do():
    shares = [Person.draw(np.random.default_rng(seed)).effort > 0 for seed in range(600)]
    assert abs(np.mean(shares) - (1 - facts.NO_EFFORT_LOGGED)) < 0.05


def test_logs_have_what_real_ones_have(corpus, diaries):
    """Breaks, missed sets, new exercises, weights that go up, stay and go down."""
    changes: Counter[int] = Counter()
    gaps, new = [], []
    for diary in diaries:
        gaps += np.diff(diary.day).tolist()
        first_seen = np.unique(diary.exercise, return_index=True)[1]
        new.append(np.mean(diary.entry_day[first_seen] > 10) if diary.n_days > 30 else np.nan)
        for exercise in range(len(diary.exercise_ids)):
            tops = [
                np.nanmax(diary.kg[diary.first_set[e] : diary.first_set[e + 1]])
                for e in diary.entries_of(exercise)
            ]
            steps = np.diff([top for top in tops if top > 1])
            changes.update(np.sign(steps).astype(int).tolist())
    total = changes.total()
    assert 0.4 < changes[0] / total < 0.7
    assert 0.15 < changes[1] / total < 0.45
    assert 0.08 < changes[-1] / total < 0.35
    assert max(gaps) > 28
    assert np.nanmean(new) > 0.1
    incomplete = [np.mean(~item.state.log.rows["completed"]) for item in corpus.lifters]
    assert 0 < np.mean(incomplete) < 0.1


def test_two_thirds_of_new_members_quit_before_month_three():
    rng = np.random.default_rng(1)
    stayed = facts.QUIT_SCALE_DAYS * rng.weibull(facts.QUIT_SHAPE, 20_000)
    assert abs(np.mean(stayed < 91) - 0.63) < 0.02


def test_who_has_trained_for_years_stays_longer():
    def length(years: float) -> float:
        spans = []
        for seed in range(60):
            rng = np.random.default_rng(seed)
            person = Person(**{**vars(Person.draw(rng)), "years": years, "per_week": 3.0})
            days = training_days(person, rng)
            spans.append(days[-1] - days[0])
        return float(np.median(spans))

    assert length(5.0) > 1.5 * length(0.0)


def test_repetitions_at_a_share_of_the_maximum_are_those_of_the_study():
    strength = Strength(100.0, 0.0, endurance=0.0, gain=1.0, group="Chest")
    for share, reps, _ in facts.REPS_AT:
        assert strength.reps_at(share) == pytest.approx(reps, abs=0.01)
        assert strength.share_for(reps) == pytest.approx(share, abs=0.001)
    assert strength.reps_at(1.2) < 0
    able = Strength(100.0, 0.0, endurance=1.0, gain=1.0, group="Chest")
    assert able.reps_at(0.8) == pytest.approx(15.0)


def test_reps_fall_with_the_load_for_everybody():
    shares = np.linspace(0.1, 1.3, 60)
    for endurance in (-3.0, -0.5, 0.0, 0.9, 3.0):
        strength = Strength(100.0, 0.0, endurance, 1.0, "Legs")
        assert np.all(np.diff([strength.reps_at(share) for share in shares]) < 1e-9)


def test_a_grid_gives_weights_that_are_on_it():
    grid = Grid(20.0, 2.5)
    assert [grid.nearest(x) for x in (0.0, 21.2, 21.3, 100.0)] == [20.0, 20.0, 22.5, 100.0]
    assert grid.moved(20.0, -3) == 20.0
    assert grid.moved(60.0, 2) == 65.0


def test_plans_are_made_of_patterns_that_the_catalogue_has():
    patterns = {str(item.movement_pattern) for item in Catalogue.bundled().exercises}
    named = {part for text in DAYS.values() for word in text.split() for part in word.split("|")}
    assert named <= patterns
    assert {name for names, *_ in SPLITS for name in names} <= set(DAYS)
    equipment = {str(item.equipment) for item in Catalogue.bundled().exercises}
    assert {name for gym in GYMS.values() for name in gym} <= equipment


def routine(chaos: float) -> list[list[str]]:
    rng = np.random.default_rng(7)
    person = Person(
        **{**vars(Person.draw(rng)), "chaos": chaos, "locked": False, "restless": 0.001}
    )
    plan = Routine(person, rng)
    return [plan.today(0)[1] for _ in range(60)]


def test_a_creature_of_habit_repeats_itself_and_the_other_does_not():
    def repeats(sessions: list[list[str]]) -> float:
        later = range(20, len(sessions))
        return float(np.mean([sessions[at] in sessions[at - 12 : at] for at in later]))

    assert repeats(routine(0.0)) > 0.3
    assert repeats(routine(1.0)) < 0.05
    assert all(len(set(session)) == len(session) for session in routine(1.0))


def test_ways_to_choose_loads_are_shares_of_one():
    assert sum(HABITS.values()) == pytest.approx(1.0)
    rng = np.random.default_rng(0)
    drawn = Counter(pick(rng, HABITS) for _ in range(4000))
    for way, share in HABITS.items():
        assert abs(drawn[way] / 4000 - share) < 0.03


@pytest.mark.parametrize(("n", "seed"), [(-1, 0), (10**6, 0), (1, -1)])
def test_numbers_out_of_range_are_refused(n, seed):
    with pytest.raises(VoltLiftError, match="cannot be simulated"):
        simulate(n, seed)


def test_none_is_an_answer_too():
    assert simulate(0, 1).lifters == ()

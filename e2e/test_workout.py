"""A workout with suggestions: add, log, finish, and what the next list makes of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from support.app import App
from support.inputs import app_state, session


def test_suggestions_come_with_points_that_add_up_and_reasons(app: App) -> None:
    app.try_sample()
    app.start_workout()
    app.open_picker()
    first = app.names()
    assert len(set(first)) == 5
    read = app.read(*first)
    assert [suggestion.name for suggestion in read] == first
    for suggestion in read:
        assert 0 <= suggestion.score <= 100
        assert sum(suggestion.points.values()) == pytest.approx(suggestion.score, abs=0.05)
        assert suggestion.reasons
        # Words and no codes: "Chest is recovered", not "recovered_long".
        assert not any("_" in reason for reason in suggestion.reasons)
    scores = [suggestion.score for suggestion in read]
    assert scores == sorted(scores, reverse=True)

    # What is added is known to the next list, and what was done in it changes the points.
    app.add(first[0])
    app.log_set(first[0], 1, weight="60", reps="8", effort="Hard")
    app.button("Add set").click()
    app.log_set(first[0], 2, weight="62,5", reps="6")
    app.open_picker()
    second = app.names()
    assert first[0] not in second
    app.add(second[0])
    app.open_picker()
    assert not {first[0], second[0]} & set(app.names())


@pytest.mark.usefixtures("rules_only")
def test_why_not_stands_beside_the_fifth_and_says_what_would_change(app: App) -> None:
    app.try_sample()
    app.start_workout()
    app.open_picker()
    listed = app.names()
    other = next(name for name in ("Barbell Squat", "Barbell Deadlift") if name not in listed)
    explanation = app.ask_why_not(other)
    expect(explanation).to_contain_text(f"points behind the fifth, {listed[4]}.")
    table = explanation.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Part", "This", "Fifth"])
    columns = [
        [
            float(cell)
            for cell in table.locator(f"tbody tr.points-row td:nth-of-type({n})").all_inner_texts()
        ]
        for n in (1, 2)
    ]
    totals = [float(cell) for cell in table.locator("tfoot td").all_inner_texts()]
    assert [sum(column) for column in columns] == pytest.approx(totals, abs=0.05)
    assert totals[0] <= totals[1]
    changes = explanation.get_by_text(
        re.compile("What would change it|Nothing single would bring it")
    )
    expect(changes).to_be_visible()


def test_a_workout_is_logged_finished_and_counts_next_time(app: App) -> None:
    page = app.page
    # Legs are fresh; chest was trained yesterday.
    history = [
        session("chest", days_ago=1, exercise="barbell-bench-press", weight=60),
        session("legs", days_ago=9, exercise="barbell-squat", weight=100),
    ]
    app.choose_file(app_state({"settings": {"units": "kg"}, "history": history}))
    app.keep_import()
    app.start_workout()
    app.open_picker()
    app.add_by_search("Barbell Squat")
    # The hint of last time is logged by a tick; typed values win; effort is optional.
    card = app.card("Barbell Squat")
    expect(card.get_by_role("textbox", name=re.compile("^Weight in kg"))).to_have_attribute(
        "placeholder", "100"
    )
    expect(card.get_by_role("textbox", name=re.compile("^Weight in kg"))).to_have_value("")
    app.button("Log set 1").click()
    app.expect_logged("Barbell Squat", 1)
    app.button("Add set").click()
    app.log_set("Barbell Squat", 2, weight="105", reps="5", effort="Very hard")
    app.finish()

    figures = page.locator(".figure").filter(has_text="Sets")
    expect(figures).to_contain_text("2")
    expect(page.get_by_text(re.compile("2 sets, 1,325 kg moved"))).to_be_visible()
    summary = card.get_by_role("listitem")
    expect(summary).to_have_text([re.compile("100 kg × 8"), re.compile("105 kg × 5.*Very hard")])

    page.reload()
    expect(summary).to_have_text([re.compile("100 kg × 8"), re.compile("105 kg × 5.*Very hard")])
    app.open()
    expect(app.sessions).to_have_count(3)
    expect(page.get_by_text("Suggestions are ready, from 3 workouts.")).to_be_visible()

    # Trained minutes ago: the next list knows it, in points and in words.
    app.start_workout()
    app.open_picker()
    app.names()
    explanation = app.ask_why_not("Barbell Squat")
    expect(explanation).to_contain_text(re.compile(r"Legs trained (less than an hour|\d+ hour)"))


def test_taking_back_is_one_tap(app: App) -> None:
    page = app.page
    app.start_fresh()
    app.wait_until_ready()
    app.start_workout()
    app.open_picker()
    app.add_by_search("Barbell Squat")
    app.button("Log set 1").click()
    expect(page.get_by_role("alert").filter(has_text="Enter the weight first.")).to_be_visible()
    app.log_set("Barbell Squat", 1, weight="80", reps="5")

    app.button("Barbell Squat: options").click()
    page.get_by_role("menuitem", name="Remove exercise").click()
    expect(app.cards).to_have_count(0)
    app.button("Undo").click()
    app.expect_logged("Barbell Squat", 1)

    app.button("Discard").click()
    expect(app.start_button).to_be_visible()
    app.button("Undo").last.click()
    app.expect_logged("Barbell Squat", 1)


def test_names_with_markup_are_text(app: App) -> None:
    page = app.page
    page.add_init_script("window.ran = false")
    evil = '<img src=x onerror="window.ran = true"><script>window.ran = true</script>'
    custom = {
        "id": "custom-evil",
        "name": f"Press {evil}",
        "muscleGroup": "Chest",
        "equipment": "Barbell",
        "category": "Compound",
        "difficulty": "Beginner",
    }
    history = [
        session("a", days_ago=2, exercise="custom-evil", weight=50, name=f"Push {evil}"),
    ]
    state = {"settings": {"units": "kg"}, "history": history, "customExercises": [custom]}
    app.choose_file(app_state(state))
    app.keep_import()
    expect(app.sessions).to_contain_text(f"Push {evil}")
    app.sessions.click()
    expect(page.get_by_role("heading", name=f"Push {evil}")).to_be_visible()
    expect(app.card(custom["name"])).to_be_visible()

    app.open()
    app.start_workout()
    app.open_picker()
    app.names()
    app.add_by_search(custom["name"])
    app.log_set(custom["name"], 1, weight="50", reps="5")
    assert page.evaluate("window.ran") is False
    assert page.locator("main img, main script").count() == 0

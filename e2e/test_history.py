"""History: by month, searched, and each workout changed, deleted and brought back."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from support.accessibility import assert_every_rendering, assert_target
from support.app import App
from support.inputs import app_state, many_sessions, session


def bring(app: App, history: list[dict[str, object]]) -> None:
    app.choose_file(app_state({"settings": {"units": "kg"}, "history": history}))
    app.keep_import()
    app.open("/#/history")


def undo(page: Page, message: str) -> None:
    """Take the offer of a message; several may stand there."""
    notice = page.get_by_role("alertdialog").filter(has_text=message)
    notice.get_by_role("button", name="Undo").click()


def rows(page: Page) -> Locator:
    return page.locator("main").get_by_role("link").filter(has=page.locator(".session-name"))


def test_workouts_stand_by_month_and_are_searched(app: App) -> None:
    page = app.page
    bring(app, many_sessions(600, every_days=2))
    expect(page.get_by_text("600 workouts", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile(r"^\w+ 20\d\d$"))
    # Only the beginning is on the page; it grows on the way down.
    assert 0 < rows(page).count() < 200
    app.button(re.compile(r"^Show \d+ more")).scroll_into_view_if_needed()
    expect(rows(page).nth(60)).to_be_attached()

    page.get_by_role("searchbox", name="Search an exercise").fill("dead")
    expect(page.get_by_text("200 workouts", exact=True)).to_be_visible()
    expect(rows(page).first).to_contain_text(re.compile(r"Barbell Deadlift: \d+ kg × 8, 8, 8"))
    page.get_by_role("searchbox").fill("day 17")
    expect(rows(page).first).to_contain_text("Day 17")
    page.get_by_role("searchbox").fill("no such thing")
    expect(page.get_by_text("No workout with “no such thing”.")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    years = page.get_by_role("radiogroup", name="Year")
    oldest = years.get_by_role("radio").last
    years.locator(".choice-option").last.click()
    expect(oldest).to_be_checked()
    expect(page.get_by_text("600 workouts", exact=True)).to_have_count(0)


def test_a_workout_is_changed_set_by_set(app: App) -> None:
    page = app.page
    bring(app, [session("a", days_ago=3, exercise="barbell-squat", weight=80)])
    rows(page).click()
    app.button("Edit").click()
    card = app.card("Barbell Squat")
    sets = card.get_by_role("listitem")
    sets.nth(0).get_by_role("textbox", name=re.compile("^Weight")).fill("82,5")
    sets.nth(1).get_by_role("textbox", name=re.compile("^Reps")).fill("6")
    sets.nth(1).get_by_role("button", name="How hard was it?").click()
    sets.nth(1).get_by_role("button", name=re.compile("^Very hard,")).click()
    sets.nth(2).get_by_role("button", name="Set 3: Working set").click()
    page.get_by_role("menuitem", name="Drop set").click()
    card.get_by_role("button", name="Add set to Barbell Squat").click()
    expect(sets).to_have_count(4)
    card.get_by_role("textbox", name="Notes on Barbell Squat").fill("Belt on")
    page.get_by_role("textbox", name="Notes", exact=True).fill("Slept badly")
    page.get_by_role("textbox", name="Name", exact=True).fill("Leg day")
    app.button("Done").click()
    wanted = ["82.5 kg × 8", "80 kg × 6Very hard", "80 kg × 8Drop set", "80 kg × 8"]
    expect(sets).to_have_text(wanted)

    page.reload()
    expect(page.get_by_role("heading", name="Leg day", level=1)).to_be_visible()
    expect(app.card("Barbell Squat").get_by_role("listitem")).to_have_text(wanted)
    expect(page.get_by_text("Slept badly")).to_be_visible()
    expect(page.get_by_text("Belt on")).to_be_visible()


def test_changes_can_be_undone(app: App) -> None:
    page = app.page
    bring(app, [session("a", days_ago=3, exercise="barbell-squat", weight=80)])
    rows(page).click()
    app.button("Edit").click()
    card = app.card("Barbell Squat")
    card.get_by_role("button", name="Delete set 2").click()
    expect(card.get_by_role("listitem")).to_have_count(2)
    undo(page, "Set deleted.")
    expect(card.get_by_role("listitem")).to_have_count(3)
    # The last set takes its exercise along; that, too, comes back.
    for left in (2, 1, 0):
        page.get_by_role("button", name="Delete set 1").click()
        expect(page.get_by_role("button", name=re.compile("^Delete set"))).to_have_count(left)
    expect(page.get_by_text("No sets are left.")).to_be_visible()
    app.button("Done").click()
    undo(page, "Workout changed.")
    expect(app.card("Barbell Squat").get_by_role("listitem")).to_have_text(["80 kg × 8"] * 3)
    page.reload()
    expect(app.card("Barbell Squat").get_by_role("listitem")).to_have_text(["80 kg × 8"] * 3)


def test_what_is_typed_is_stored_when_the_screen_is_left(app: App) -> None:
    page = app.page
    bring(app, [session("a", days_ago=3, exercise="barbell-squat", weight=80)])
    rows(page).click()
    app.button("Edit").click()
    field = app.card("Barbell Squat").get_by_role("textbox", name=re.compile("^Reps")).first
    field.fill("")
    expect(field).to_have_value("")
    field.fill("12")
    page.go_back()
    rows(page).click()
    expect(app.card("Barbell Squat").get_by_role("listitem").first).to_have_text("80 kg × 12")


def test_a_workout_is_deleted_and_brought_back(app: App) -> None:
    page = app.page
    bring(app, many_sessions(3))
    rows(page).filter(has_text="Day 2").click()
    app.button("Delete workout").click()
    expect(rows(page)).to_have_count(2)
    undo(page, "Workout deleted.")
    expect(rows(page)).to_have_count(3)
    page.reload()
    expect(rows(page)).to_have_count(3)


def walk(app: App, look: Callable[[str], None]) -> None:
    page = app.page
    bring(app, many_sessions(300))
    expect(rows(page).first).to_be_visible()
    look("history")
    page.get_by_role("searchbox").fill("bench")
    expect(rows(page).first).to_contain_text("Barbell Bench Press:")
    look("search")
    rows(page).first.click()
    expect(app.button("Edit")).to_be_visible()
    look("workout")
    app.button("Edit").click()
    expect(app.button("Done")).to_be_visible()
    look("editing")


def test_axe_finds_nothing_and_320_pixels_are_enough_for_the_history(app: App) -> None:
    walk(app, lambda where: assert_every_rendering(app.page, where))


def test_the_history_works_by_keyboard_and_thumb(app: App) -> None:
    page = app.page
    bring(app, many_sessions(3))
    assert_target(rows(page).first)
    rows(page).first.press("Enter")
    app.button("Edit").press("Enter")
    assert_target(app.button("Delete set 1"))
    assert_target(app.button("Done"))
    page.get_by_role("textbox", name=re.compile("^Weight")).first.focus()
    page.keyboard.type("100")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    app.button("Done").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="100 kg × 3").last).to_be_visible()

"""A set that is ticked is stored, whatever happens to the page right after."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, expect
from support.app import App


def start(app: App) -> None:
    app.start_fresh()
    app.wait_until_ready()
    app.start_workout()
    app.open_picker()
    app.add_by_search("Barbell Squat")
    app.log_set("Barbell Squat", 1, weight="82.5", reps="5", effort="Solid")


def test_a_reload_in_the_middle_loses_nothing(app: App) -> None:
    start(app)
    app.button("Add set").click()
    app.card("Barbell Squat").get_by_role("textbox", name=re.compile("^Weight")).last.fill("85")
    app.page.reload()

    app.expect_logged("Barbell Squat", 1)
    rows = app.card("Barbell Squat").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first.get_by_role("textbox").first).to_have_value("82.5")
    expect(rows.first.get_by_role("button", name="Solid")).to_be_visible()
    expect(rows.last.get_by_role("button", name="Log set 2")).to_be_visible()
    # The way home and back says where one was.
    app.open("/#/")
    expect(app.page.get_by_text("1 set done so far")).to_be_visible()
    app.button("Back to your workout").click()
    app.finish()


def test_a_page_that_crashes_right_after_the_tick_has_stored_the_set(
    app: App, context: BrowserContext
) -> None:
    start(app)
    app.button("Add set").click()
    app.log_set("Barbell Squat", 2, weight="90", reps="3")
    with app.page.expect_event("crash"), suppress(Error):
        # The renderer is gone before it can answer.
        app.page.goto("chrome://crash")
    app.page.close()

    again = App(context.new_page())
    again.open()
    expect(again.page.get_by_text("2 sets done so far")).to_be_visible()
    again.button("Back to your workout").click()
    again.expect_logged("Barbell Squat", 2)
    again.finish()
    expect(again.card("Barbell Squat").get_by_role("listitem")).to_have_count(2)


def test_another_tab_shows_what_was_logged_here(app: App, context: BrowserContext) -> None:
    start(app)
    other = App(context.new_page())
    other.open("/#/workout")
    other.expect_logged("Barbell Squat", 1)
    app.finish()
    other.open("/#/")
    expect(other.sessions).to_have_count(1)

"""Storage that fails beneath the app: it says so, goes on, and loses nothing."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page, expect
from support.app import App
from support.guard import Guard

# The log's database as a later version of the page would have it.
UPGRADE = """
() => new Promise((resolve, reject) => {
  const request = indexedDB.open("voltlift-log", 99);
  request.onsuccess = () => { request.result.close(); resolve(); };
  request.onerror = () => reject(request.error);
})
"""
DELETE = """
() => new Promise((resolve, reject) => {
  const request = indexedDB.deleteDatabase("voltlift-log");
  request.onsuccess = () => resolve();
  request.onerror = () => reject(request.error);
})
"""
REFUSE = """
indexedDB.open = () => { throw new DOMException("private", "SecurityError"); };
"""


def in_a_workout(app: App) -> None:
    app.start_fresh()
    app.start_workout()
    app.open_picker()
    app.add_by_search("Barbell Squat")
    app.log_set("Barbell Squat", 1, weight="80", reps="5")


def elsewhere(context: BrowserContext, script: str) -> None:
    """Do something to the storage from a page that is none of the app's."""
    page = context.new_page()
    page.goto("/catalogue.json")
    page.evaluate(script)
    page.close()


def log_another(app: App, number: int) -> None:
    """Log a set; where nothing is durable it is ticked once memory has it."""
    app.button("Add set").click()
    app.log_set("Barbell Squat", number, weight="82.5", reps="4")


def test_a_newer_version_in_another_tab_is_named_and_what_is_logged_meanwhile_is_kept(
    app: App, context: BrowserContext, guard: Guard
) -> None:
    guard.allow(r"/favicon\.ico")  # Asked for by the bare page that meddles with the storage.
    in_a_workout(app)
    elsewhere(context, UPGRADE)
    log_another(app, 2)
    expect(app.page.get_by_text("A newer version is open in another tab")).to_be_visible()
    app.page.reload()
    # This version still cannot open it, and shows what is stored and what was kept aside.
    app.expect_logged("Barbell Squat", 1)
    app.expect_logged("Barbell Squat", 2)
    expect(app.page.get_by_text("A newer version is open in another tab")).to_be_visible()


def test_a_database_that_is_deleted_beneath_the_page_is_written_again(
    app: App, context: BrowserContext, guard: Guard
) -> None:
    guard.allow(r"/favicon\.ico")  # Asked for by the bare page that meddles with the storage.
    in_a_workout(app)
    elsewhere(context, DELETE)
    log_another(app, 2)
    expect(app.page.get_by_text(re.compile("browser had deleted"))).to_be_visible()
    app.page.reload()
    app.expect_logged("Barbell Squat", 1)
    app.expect_logged("Barbell Squat", 2)


def test_where_nothing_may_be_stored_the_page_works_and_says_so(page: Page) -> None:
    page.add_init_script(REFUSE)
    app = App(page)
    app.open()
    expect(page.get_by_text("does not let the page store anything")).to_be_visible()
    in_a_workout(app)
    app.button("Finish", exact=True).click()
    with suppress(Error):
        app.open("/#/")
    expect(app.sessions).to_have_count(1)

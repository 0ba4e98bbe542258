"""The engine dies, hangs or never starts: the page says so, recovers, and logs all the while."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Route, Worker, expect
from support.app import App
from support.guard import Guard

RUNTIME = re.compile(r"/runtime/")


def engine(app: App) -> Worker:
    """Return the engine's worker: the latest, since one that hangs cannot say that it ended."""
    return app.page.workers[-1]


def start_workout(app: App) -> list[str]:
    app.try_sample()
    app.start_workout()
    app.open_picker()
    return app.names()


def close_picker(app: App) -> None:
    app.sheet.get_by_role("button", name="Close").click()
    expect(app.sheet).to_be_hidden()


def test_a_worker_that_dies_is_replaced_and_answers_again(app: App, guard: Guard) -> None:
    listed = start_workout(app)
    dead = engine(app)
    guard.allow("engine dies")
    with app.page.expect_event("worker"):
        dead.evaluate("setTimeout(() => { throw new Error('the engine dies') })")
    # Adding asks the engine, which is only starting again.
    app.add(listed[0])
    app.log_set(listed[0], 1, weight="50", reps="10")
    app.open_picker()
    names = app.names()
    assert listed[0] not in names
    assert engine(app) != dead


def test_a_worker_that_hangs_is_replaced_and_the_request_answered(app: App) -> None:
    app.page.clock.install()
    listed = start_workout(app)
    stuck = engine(app)
    stuck.evaluate("setTimeout(() => { for (;;); })")
    app.add(listed[0])
    # Logging does not wait for the engine.
    app.log_set(listed[0], 1, weight="50", reps="10")
    app.open_picker()
    with app.page.expect_event("worker"):
        # The watchdog's clock, on the page: time for an answer, then for a ping.
        app.page.clock.run_for(31_000)
        app.page.clock.run_for(4_000)
    names = app.names()
    assert listed[0] not in names
    assert engine(app) != stuck


def test_an_engine_that_cannot_start_is_said_and_can_be_tried_again(
    app: App, context: BrowserContext, guard: Guard
) -> None:
    page = app.page
    # A first visit leaves the list of exercises, so that search works without the engine.
    app.start_fresh()
    app.wait_until_ready()
    guard.allow("Failed to load resource|ERR_FAILED|Failed to fetch")

    def abort(route: Route) -> None:
        route.abort()

    context.route(RUNTIME, abort)
    page.reload()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Suggestions could not be started. Logging works without them.")
    expect(alert).to_contain_text(re.compile("Reload the page|try again", re.IGNORECASE))

    app.start_workout()
    app.open_picker()
    expect(app.sheet.get_by_role("alert")).to_contain_text("could not be started")
    app.add_by_search("Barbell Squat")
    app.log_set("Barbell Squat", 1, weight="80", reps="5")

    context.unroute(RUNTIME, abort)
    app.open_picker()
    app.sheet.get_by_role("button", name="Start again").click()
    assert "Barbell Squat" not in app.names()
    close_picker(app)
    app.finish()

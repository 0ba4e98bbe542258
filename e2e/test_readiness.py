"""Readiness: the check-in changes what is said, the body is told in words, states are designed."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Locator, Route, expect
from support.accessibility import NARROW, assert_every_rendering, assert_target
from support.app import App
from support.guard import Guard
from support.inputs import app_state, session


def bring(app: App) -> None:
    """Bring two workouts of one's own: legs two days ago, chest long ago."""
    history = [
        session("legs", days_ago=2, exercise="barbell-squat", weight=100),
        session("chest", days_ago=9, exercise="barbell-bench-press", weight=60),
    ]
    app.choose_file(app_state({"settings": {"units": "kg"}, "history": history}))
    app.keep_import()
    app.page.get_by_role("link", name=re.compile("^How ready are you")).click()
    expect(app.page.get_by_role("heading", name="Your muscles")).to_be_visible()


def answer(app: App, question: str, option: str) -> None:
    app.page.get_by_role("radiogroup", name=question).get_by_text(option, exact=True).click()


def figure(app: App, label: str) -> Locator:
    """The number under a label."""
    return app.page.locator(".figure").filter(has_text=label).locator("dd")


def test_a_check_in_counts_at_once_is_kept_and_can_be_taken_back(app: App) -> None:
    page = app.page
    bring(app)
    expect(figure(app, "Recovery")).to_have_text("7 of 10")
    answer(app, "Hours of sleep", "≤4")
    expect(figure(app, "Recovery")).to_have_text("2 of 10")
    expect(page.get_by_text("Low: suggested weights are lighter.")).to_be_visible()
    answer(app, "Stress", "Very")
    # Stress counts where sleep is short.
    expect(figure(app, "Recovery")).to_have_text("1 of 10")
    app.button("Why?").click()
    expect(page.get_by_text("4 h of sleep")).to_be_visible()
    answer(app, "Hours of sleep", "8")
    expect(figure(app, "Recovery")).to_have_text("9 of 10")
    expect(page.get_by_text("8 h of sleep")).to_be_visible()

    page.reload()
    expect(figure(app, "Recovery")).to_have_text("9 of 10")
    # Answered: the questions are folded away until they are wanted.
    expect(page.get_by_role("radiogroup", name="Stress")).to_be_hidden()
    app.button("Check-in of today").click()
    chosen = page.get_by_role("radiogroup", name="Hours of sleep").get_by_role("radio", name="8")
    expect(chosen).to_be_checked()
    app.button("Clear my answers").click()
    expect(chosen).not_to_be_checked()
    expect(figure(app, "Recovery")).to_have_text("7 of 10")
    app.open("/#/")
    expect(page.get_by_text("Four taps tell how you slept and feel.")).to_be_visible()


def test_the_body_is_told_in_words_as_well(app: App) -> None:
    page = app.page
    bring(app)
    body = page.get_by_role("img", name=re.compile("^Body, front and back"))
    expect(body).to_have_attribute("aria-label", re.compile("Chest: Fresh.*Legs: Recovering"))
    legs = page.get_by_role("listitem").filter(has_text="Legs")
    expect(legs).to_contain_text(re.compile(r"3 sets in 7 days, ready in \d+ (day|hour)s?"))
    expect(
        page.get_by_text(re.compile("^Recovered: Chest.*Give.*Legs.* more time"))
    ).to_be_visible()
    page.get_by_role("radiogroup", name="Show").get_by_text("Legs", exact=True).click()
    expect(page.get_by_role("img", name="Legs", exact=True)).to_be_visible()
    app.button("The last two weeks: show as a table").click()
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(14)
    heads = page.get_by_role("table").get_by_role("columnheader").all_inner_texts()
    then = rows.nth(2).get_by_role("cell").all_inner_texts()
    assert then[heads.index("Hard sets") - 1] == "3"
    today = rows.first.get_by_role("cell").all_inner_texts()
    share = today[heads.index("Legs") - 1]
    assert 50 <= int(share.replace("\N{NO-BREAK SPACE}%", "")) < 100


def test_without_a_workout_there_is_only_the_check_in(app: App) -> None:
    app.start_fresh()
    app.open("/#/readiness")
    answer(app, "Energy", "Good")
    expect(app.page.get_by_text("Thank you. Today's suggestions know it.")).to_be_visible()
    expect(app.page.get_by_text("Log a workout first")).to_be_visible()
    expect(app.page.get_by_role("heading", name="Your muscles")).to_have_count(0)


def test_a_check_in_needs_no_engine(app: App, guard: Guard, context: BrowserContext) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    bring(app)
    guard.allow("runtime|Failed to fetch|ERR_FAILED")
    context.route(re.compile("/runtime/"), refuse)
    app.page.reload()
    expect(app.button("Start again")).to_be_visible()
    answer(app, "Hours of sleep", "6")
    expect(app.page.get_by_text("Thank you. Today's suggestions know it.")).to_be_visible()
    context.unroute(re.compile("/runtime/"), refuse)
    app.button("Start again").click()
    expect(figure(app, "Recovery")).to_have_text("6 of 10")


def test_axe_finds_nothing_and_320_pixels_and_thumbs_are_enough(app: App) -> None:
    bring(app)
    assert_every_rendering(app.page, "readiness")
    app.page.set_viewport_size(NARROW)
    option = app.page.get_by_role("radiogroup", name="Energy").locator("label").first
    box = option.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    assert_target(app.button("The last two weeks: show as a table"))
    app.button("The last two weeks: show as a table").click()
    answer(app, "Hours of sleep", "5")
    assert_every_rendering(app.page, "readiness with a table")

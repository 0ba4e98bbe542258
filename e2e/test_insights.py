"""Insights: every chart has its words and the table behind it; days lead to their workouts."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from support.accessibility import NARROW, assert_accessible, assert_every_rendering, assert_target
from support.app import App
from support.inputs import app_state, session


def bring(app: App) -> None:
    """Bring a bench press that rises by 2.5 kg every four days, and one session of squats."""
    bench = [
        session(f"b{n}", days_ago=40 - 4 * n, exercise="barbell-bench-press", weight=60 + 2.5 * n)
        for n in range(10)
    ]
    squat = session("s", days_ago=3, exercise="barbell-squat", weight=100)
    state = {
        "settings": {"units": "kg", "experienceLevel": "Intermediate"},
        "history": [*bench, squat],
    }
    app.choose_file(app_state(state))
    app.keep_import()
    app.page.get_by_role("link", name="Insights", exact=True).click()
    expect(app.page.get_by_role("heading", name="Calendar")).to_be_visible()


def chart(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True).first


def table_of(page: Page, title: str) -> Locator:
    chart(page, title).get_by_role("button", name=f"{title}: show as a table").click()
    table = chart(page, title).get_by_role("table")
    expect(table).to_be_visible()
    return table


def test_strength_is_a_chart_a_sentence_and_a_table(app: App) -> None:
    page = app.page
    bring(app)
    lift = chart(page, "Estimated 1RM")
    picture = lift.get_by_role("img", name="Estimated 1RM of Barbell Bench Press, 10 sessions")
    expect(picture).to_be_visible()
    expect(picture.locator("circle")).to_have_count(10)
    expect(picture.locator("path.plot-band")).to_have_count(1)
    expect(lift.get_by_text(re.compile(r"^Rising by [\d.]+ kg a month"))).to_be_visible()
    rows = table_of(page, "Estimated 1RM").locator("tbody tr")
    expect(rows).to_have_count(10)
    # The newest first: 82.5 kg for 8 reps.
    expect(rows.first).to_contain_text("82.5 kg × 8")
    expect(picture).to_have_count(0)
    lift.get_by_role("button", name="Estimated 1RM: show as a chart").click()
    lift.get_by_role("combobox", name="Lift").select_option("Barbell Squat")
    expect(lift.get_by_text("1 session so far; a trend needs 4.")).to_be_visible()


def test_weekly_sets_stand_against_their_landmark(app: App) -> None:
    page = app.page
    bring(app)
    sets = chart(page, "Weekly sets")
    # What is most behind comes first.
    expect(sets.get_by_role("radio", name="Back")).to_be_checked()
    expect(sets.get_by_text(re.compile(r"below the \d+ that still pay off"))).to_be_visible()
    sets.get_by_text("Chest", exact=True).click()
    picture = sets.get_by_role("img", name=re.compile("^Hard sets of Chest a week"))
    expect(picture.locator("rect")).to_have_count(12)
    expect(picture.locator(".plot-landmark")).to_have_count(1)
    table = table_of(page, "Weekly sets")
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Week of", "Chest", "Back", "Legs", "Shoulders", "Arms", "Core"]
    chest = [row.get_by_role("cell").first.inner_text() for row in table.locator("tbody tr").all()]
    # Ten sessions of three sets; the last row is the landmark.
    assert sum(float(cell) for cell in chest[:-1]) == 30
    assert float(chest[-1]) > 0


def test_balance_and_period(app: App) -> None:
    page = app.page
    bring(app)
    balance = chart(page, "Muscle balance")
    expect(balance.get_by_text(re.compile("^Behind: .*Core"))).to_be_visible()
    expect(table_of(page, "Muscle balance").locator("tbody tr")).to_have_count(12)
    page.get_by_role("radiogroup", name="Time shown").get_by_text("6 months").click()
    expect(balance.get_by_role("table").locator("tbody tr")).to_have_count(26)


def test_a_day_of_the_calendar_leads_to_its_workout(app: App) -> None:
    page = app.page
    bring(app)
    days = chart(page, "Calendar").get_by_role("link", name=re.compile("1 workout, 3 sets"))
    while days.count() == 0:
        app.button("Month before").click()
    days.last.click()
    expect(page.get_by_role("heading", name="Workout", level=1)).to_be_visible()


def test_nothing_to_look_back_on(app: App) -> None:
    app.start_fresh()
    app.open("/#/insights")
    expect(app.page.get_by_text("Nothing to look back on yet.")).to_be_visible()
    expect(app.page.get_by_role("img")).to_have_count(0)
    assert_accessible(app.page, "empty insights")


def test_axe_finds_nothing_and_320_pixels_and_thumbs_are_enough(app: App) -> None:
    bring(app)
    assert_every_rendering(app.page, "insights")
    for title in ("Estimated 1RM", "Weekly sets", "Muscle balance"):
        expect(table_of(app.page, title)).to_be_visible()
    assert_every_rendering(app.page, "insights as tables")
    app.page.set_viewport_size(NARROW)
    assert_target(app.button("Weekly sets: show as a chart"))
    assert_target(app.page.get_by_role("combobox", name="Lift"))
    for link in app.page.get_by_role("navigation", name="Places").get_by_role("link").all():
        assert_target(link)


def test_the_bar_of_places_works_by_keyboard(app: App) -> None:
    page = app.page
    bring(app)
    places = page.get_by_role("navigation", name="Places")
    expect(places.get_by_role("link", name="Insights")).to_have_attribute("aria-current", "page")
    places.get_by_role("link", name="Insights").focus()
    page.keyboard.press("Tab")
    expect(places.get_by_role("link", name="History")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()

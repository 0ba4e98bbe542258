"""Looking back: every service answers as of the day, nothing can be logged, one tap ends it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect
from support.accessibility import NARROW, assert_every_rendering, assert_target
from support.app import App
from support.inputs import app_state, noon, session

BENCH = "barbell-bench-press"


def bring(app: App) -> None:
    """Bring bench presses of 60 kg 40 and 36 days ago, and of 80 kg 20, 10 and 3 days ago."""
    loads = {40: 60, 36: 60, 20: 80, 10: 80, 3: 80}
    history = [
        session(f"b{days}", days_ago=noon(days), exercise=BENCH, weight=weight)
        for days, weight in loads.items()
    ]
    history.append(session("squat", days_ago=noon(4), exercise="barbell-squat", weight=100))
    app.choose_file(app_state({"settings": {"units": "kg"}, "history": history}))
    app.keep_import()


def look_back(app: App) -> Locator:
    """Begin to look back; returns the slider."""
    app.button(re.compile("^Look at another day")).click()
    slider = app.page.get_by_role("slider", name="Day that is shown")
    expect(slider).to_be_visible()
    return slider


def load(app: App) -> Locator:
    return app.page.get_by_role("region", name="Weight for a lift").locator(".title")


def test_all_services_answer_as_of_the_day(app: App) -> None:
    page = app.page
    bring(app)
    slider = look_back(app)
    # The slider begins on the day after the first workout, 39 days ago.
    slider.fill(str(39 - 30))
    expect(load(app)).to_have_text(re.compile(r"^6[0-6](\.\d+)? kg × "))
    expect(page.get_by_text("No workout was logged on this day.")).to_be_visible()
    page.get_by_role("link", name="Insights as of then").click()
    lift = page.get_by_role("img", name="Estimated 1RM of Barbell Bench Press, 2 sessions")
    expect(lift).to_be_visible()
    expect(page.get_by_role("combobox", name="Lift").get_by_role("option")).to_have_count(1)
    # The charts follow the slider.
    slider.fill(str(39 - 9))
    expect(page.get_by_role("img", name=re.compile("Bench Press, 4 sessions"))).to_be_visible()
    app.open("/#/readiness")
    legs = page.get_by_role("listitem").filter(has_text="Legs")
    expect(legs).to_contain_text("Not trained yet")
    app.open("/#/")
    expect(load(app)).to_have_text(re.compile(r"^8[0-8](\.\d+)? kg × "))
    app.button("Back to today").click()
    expect(slider).to_have_count(0)
    app.open("/#/readiness")
    expect(legs).to_contain_text("3 sets in 7 days")
    app.open("/#/insights")
    expect(page.get_by_role("img", name=re.compile("Bench Press, 5 sessions"))).to_be_visible()


def test_a_day_with_a_workout_is_shown_as_it_was_before_it(app: App) -> None:
    bring(app)
    slider = look_back(app)
    slider.fill(str(39 - 20))
    done = app.page.get_by_role("region", name="What you then did")
    expect(done).to_contain_text("Barbell Bench Press: 80 kg × 8, 8, 8")
    # Suggested before the 80 kg, from the 60 kg of weeks ago.
    expect(load(app)).to_have_text(re.compile(r"^(5[5-9]|6[0-6])(\.\d+)? kg × "))


def test_nothing_can_be_logged_while_one_looks_back(app: App) -> None:
    page = app.page
    bring(app)
    look_back(app)
    expect(page.get_by_role("region", name="Suggested next")).to_be_visible()
    expect(app.button(re.compile("^Start"))).to_have_count(0)
    for screen in ("workout", "settings", "history", "session/b3", "import", "programs", "data"):
        app.open(f"/#/{screen}")
        expect(page.get_by_role("heading", name="This belongs to today")).to_be_visible()
    app.open("/#/readiness")
    expect(page.get_by_role("heading", name="Your muscles")).to_be_visible()
    app.button("Check-in of today").click()
    expect(page.get_by_text("Answers can only be given for today.")).to_be_visible()
    expect(page.get_by_role("radiogroup", name="Hours of sleep")).to_have_count(0)
    app.open("/#/history")
    app.button("Back to today").first.click()
    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()
    expect(page.get_by_text("6 workouts", exact=True)).to_be_visible()


def test_the_slider_works_by_keyboard_and_by_its_buttons(app: App) -> None:
    page = app.page
    bring(app)
    slider = look_back(app)
    slider.focus()
    start = int(slider.input_value())
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_value(str(start - 1))
    app.button("One day later").click()
    app.button("One day later").click()
    expect(slider).to_have_value(str(start + 1))
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_value("0")
    expect(app.button("One day earlier")).to_be_disabled()
    page.keyboard.press("End")
    expect(app.button("One day later")).to_be_disabled()
    day = slider.get_attribute("aria-valuetext")
    assert day is not None
    expect(page.get_by_text(f"As of {day}")).to_be_visible()
    page.reload()
    expect(app.start_button).to_be_visible()
    expect(slider).to_have_count(0)


def test_the_sample_lifter_can_be_followed_through_the_years(app: App) -> None:
    page = app.page
    app.try_sample()
    slider = look_back(app)
    # With their points, which hardly ever stay the same for years.
    suggested = page.get_by_role("region", name="Suggested next")
    for share in (0.1, 0.9):
        expect(suggested.locator(".session-name")).to_have_count(5)
        before = suggested.text_content() or ""
        day = int(float(slider.get_attribute("max") or 0) * share)
        slider.fill(str(day))
        expect(page.get_by_text(f"As of {slider.get_attribute('aria-valuetext')}")).to_be_visible()
        expect(load(app)).to_have_text(re.compile("kg|reps"))
        expect(suggested).not_to_have_text(before)


def test_it_is_not_offered_where_there_is_no_day_to_go_to(app: App) -> None:
    app.start_fresh()
    expect(app.page.get_by_role("link", name=re.compile("^How ready are you"))).to_be_visible()
    expect(app.button(re.compile("^Look at another day"))).to_have_count(0)


def test_axe_finds_nothing_and_320_pixels_and_thumbs_are_enough(app: App) -> None:
    bring(app)
    slider = look_back(app)
    expect(load(app)).to_be_visible()
    assert_every_rendering(app.page, "looking back")
    app.page.set_viewport_size(NARROW)
    assert_target(slider)
    assert_target(app.button("Back to today"))
    assert_target(app.button("One day earlier"))
    app.open("/#/history")
    expect(app.page.get_by_role("heading", name="This belongs to today")).to_be_visible()
    assert_every_rendering(app.page, "a screen of today while looking back")

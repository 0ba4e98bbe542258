"""Every screen and sheet: axe finds nothing, 320 px are enough, thumbs find their targets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.accessibility import (
    assert_every_rendering,
    assert_no_sideways_scrolling,
    assert_target,
)
from support.app import App
from support.inputs import STRONG_ROWS, strong_csv


def walk(app: App, look: Callable[[str], None]) -> None:
    """Go through every screen and sheet of the app; ``look`` at each."""
    page = app.page
    look("first screen")
    app.button("Start fresh").click()
    for question in ("goal", "level", "equipment", "days"):
        look(f"question {question}")
        app.button("Skip").click()
    look("test of five lifts")
    app.open("/")
    page.reload()
    app.choose_file(strong_csv(*STRONG_ROWS))
    expect(app.button("Keep it")).to_be_enabled()
    look("import report")
    app.button("Cancel").click()
    app.try_sample()
    app.wait_until_ready()
    look("home")
    app.start_workout()
    look("empty workout")
    app.open_picker()
    name = app.names()[0]
    app.why(name).click()
    look("suggestions")
    app.ask_why_not("Barbell Squat")
    look("search")
    app.add(name)
    app.button("Add set").click()
    app.log_set(name, 1, weight="60", reps="8")
    look("workout")
    app.finish()
    look("summary")
    app.open("/#/settings")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    look("settings")


def walk_program(app: App, look: Callable[[str], None]) -> None:
    """Go from the first workout through programs, suggestions and swaps; ``look`` at each."""
    page = app.page
    app.answer_questions("Build muscle", "One to three years", "A full gym", "4 days")
    for field, value in (("weight in kg", "80"), ("reps", "5")):
        page.get_by_label(f"Barbell Bench Press: {field}").fill(value)
    app.button("Take these").click()
    expect(app.button(re.compile("^Start this workout"))).to_be_visible()
    look("first workout")
    page.get_by_role("link", name="See other programs").click()
    why = page.get_by_role("article").first.get_by_role("button", name=re.compile(r"^Why\?"))
    why.click()
    look("programs")
    page.get_by_role("article").first.get_by_role("link").click()
    expect(app.button("Follow this program")).to_be_visible()
    look("program")
    app.button("Follow this program").click()
    start = app.button(re.compile("^Start (?!an empty)"))
    expect(start).to_be_visible()
    app.button("What is in it").click()
    look("today")
    start.click()
    why = app.button(re.compile(r"^Why\? ")).first
    expect(why).to_be_visible()
    look("planned workout")
    why.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("why this load")
    page.keyboard.press("Escape")
    name = app.cards.first.get_by_role("heading").inner_text()
    app.log_set(name, 1, weight="40", reps="8")
    expect(page.get_by_role("region", name="Rest")).to_be_visible()
    look("rest")
    app.button(f"{name}: options").click()
    page.get_by_role("menuitem", name="Swap for another exercise").click()
    expect(page.get_by_role("article")).to_have_count(3)
    look("swap")
    page.keyboard.press("Escape")
    app.finish()
    look("what it means")
    app.open("/#/settings")
    for details in ("Weights go up in steps of", "Single exercises", "Add at a time"):
        app.button(details).click()
    look("bars, plates and steps")


@pytest.mark.parametrize("path", [walk, walk_program])
def test_axe_finds_nothing_and_320_pixels_are_enough(app: App, path: Any) -> None:
    path(app, lambda where: assert_every_rendering(app.page, where))


def test_main_actions_fit_a_thumb(app: App) -> None:
    assert_target(app.button("Choose a file"))
    assert_target(app.button("Try the sample lifter"))
    app.try_sample()
    assert_target(app.start_button)
    app.start_workout()
    assert_target(app.button("Add exercise"))
    app.open_picker()
    name = app.names()[0]
    assert_target(app.button(f"Add {name}", exact=True).first)
    assert_target(app.why(name))
    app.add(name)
    for target in ("Log set 1", "Add set", "Finish", f"{name}: options"):
        assert_target(app.button(target))


def test_the_app_works_by_keyboard(app: App) -> None:
    page = app.page
    app.try_sample()
    app.start_button.press("Enter")
    app.button("Add exercise").press("Enter")
    name = app.names()[0]
    app.suggestions.first.get_by_role("button", name=f"Add {name}").press("Enter")
    row = app.card(name).get_by_role("listitem").first
    row.get_by_role("textbox").first.focus()
    page.keyboard.type("60")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    app.expect_logged(name, 1)
    # Escape closes a sheet and gives the focus back to what opened it.
    app.button("Add exercise").press("Enter")
    expect(app.sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(app.sheet).to_be_hidden()
    expect(app.button("Add exercise")).to_be_focused()


# Collects each element that has been "start a workout", from the first drawing on.
START_BUTTONS = """
window.startButtons = new Set();
new MutationObserver(() => {
  for (const button of document.querySelectorAll("button")) {
    if (/^Start (an empty )?workout$/.test(button.textContent)) startButtons.add(button);
  }
}).observe(document, { subtree: true, childList: true });
"""


def test_the_session_of_a_program_arrives_without_taking_the_focus(page: Page) -> None:
    page.add_init_script(START_BUTTONS)
    app = App(page)
    app.open()
    app.try_sample()
    app.start_button.focus()
    expect(page.get_by_role("region", name="Upper")).to_be_visible()
    expect(app.start_button).to_be_focused()
    assert page.evaluate("startButtons.size") == 1, "The button was made anew."


def test_a_desktop_has_two_columns(desktop: Page) -> None:
    app = App(desktop)
    app.open()
    app.try_sample()
    assert_no_sideways_scrolling(desktop, "home on a desktop")
    # Asked of the elements, which waits for one that is just being made anew.
    right = app.start_button.evaluate("button => button.getBoundingClientRect().right")
    last = desktop.get_by_role("heading", name="Last workouts")
    assert last.evaluate("heading => heading.getBoundingClientRect().left") > right

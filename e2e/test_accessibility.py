"""Every screen and sheet: axe finds nothing, 320 px are enough, thumbs find their targets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from support.app import App
from support.inputs import STRONG_ROWS, strong_csv
from support.server import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TARGET = 48


def assert_accessible(page: Page, where: str) -> None:
    """Fail with what axe finds (WCAG 2.2 A and AA, and its best practices)."""
    # The reader of the page's own policy: scripts cannot be injected, evaluation can.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    # A modal hides the page's own main and h1 on purpose; axe can only guess that from pixels.
    modal = page.get_by_role("dialog").count() > 0
    rules = {rule: {"enabled": not modal} for rule in ("landmark-one-main", "page-has-heading-one")}
    result: dict[str, Any] = page.evaluate(
        "(rules) => axe.run(document, { resultTypes: ['violations'], rules })", rules
    )
    found = [
        f"{item['id']}: {item['help']}: {[node['html'][:160] for node in item['nodes']]}"
        for item in result["violations"]
    ]
    assert not found, f"{where}: " + json.dumps(found, indent=1)


def assert_no_sideways_scrolling(page: Page, where: str) -> None:
    """Fail where the page, or a box in it, is wider than the screen."""
    too_wide = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const wide = [...document.querySelectorAll("body *")].filter((element) => {
            const { left, right, width: own } = element.getBoundingClientRect();
            const hidden = element.closest(".visually-hidden") !== null;
            return own > 0 && !hidden && (right > width + 1 || left < -1);
          });
          const scrolls = document.scrollingElement.scrollWidth > width;
          return { scrolls, wide: wide.map((element) => element.outerHTML.slice(0, 120)) };
        }"""
    )
    assert not too_wide["scrolls"], f"{where} scrolls sideways: {too_wide['wide']}"
    assert not too_wide["wide"], f"{where}: beyond the edge: {too_wide['wide']}"


def assert_target(target: Locator) -> None:
    """Fail where a thumb has less than 48 px."""
    expect(target).to_be_visible()
    box = target.bounding_box()
    assert box is not None
    assert box["height"] >= TARGET - 0.5, (target, box)
    assert box["width"] >= TARGET - 0.5, (target, box)


def walk(app: App, look: Callable[[str], None]) -> None:
    """Go through every screen and sheet of the app; ``look`` at each."""
    page = app.page
    look("first screen")
    app.button("Start fresh").click()
    for question in ("goal", "level"):
        look(f"question {question}")
        app.button("Skip").click()
    look("question equipment")
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
    app.button("Erase everything").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("erase")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(app: App, scheme: Any) -> None:
    app.page.emulate_media(color_scheme=scheme)
    walk(app, lambda where: assert_accessible(app.page, f"{where}, {scheme}"))


def test_320_pixels_are_enough(app: App) -> None:
    app.page.set_viewport_size({"width": 320, "height": 640})
    walk(app, lambda where: assert_no_sideways_scrolling(app.page, where))


def test_main_actions_fit_a_thumb(app: App) -> None:
    assert_target(app.button("Choose a file"))
    assert_target(app.button("Try the sample lifter"))
    app.try_sample()
    assert_target(app.button("Start workout"))
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
    app.button("Start workout").press("Enter")
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


def test_a_desktop_has_two_columns(desktop: Page) -> None:
    app = App(desktop)
    app.open()
    app.try_sample()
    assert_no_sideways_scrolling(desktop, "home on a desktop")
    start = app.button("Start workout").bounding_box()
    sessions = desktop.get_by_role("heading", name="Last workouts").bounding_box()
    assert start is not None
    assert sessions is not None
    assert sessions["x"] > start["x"] + start["width"]

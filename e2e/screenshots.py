"""Take the screenshots of the README: ``make build``, then ``python e2e/screenshots.py``.

The pictures show the sample lifter on a phone (390 x 844), light and dark, and go to
``docs/images``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright
from support.app import App
from support.inputs import STRONG_ROWS, strong_csv, years_of_training
from support.server import ROOT, built_page, chromium, serve

IMAGES = ROOT / "docs/images"
MAX_BYTES = 150_000
TO_TOP = "(heading) => scrollTo(0, scrollY + heading.getBoundingClientRect().top - 24)"
Scheme = Literal["light", "dark"]


@contextmanager
def phone(browser: Browser, address: str, scheme: Scheme) -> Iterator[App]:
    """The app on a phone, opened for the first time."""
    with browser.new_context(
        base_url=address,
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        locale="en-GB",
        color_scheme=scheme,
        reduced_motion="reduce",
        service_workers="block",
    ) as context:
        app = App(context.new_page())
        app.page.set_default_timeout(60_000)
        app.open()
        yield app


def take(app: App, scheme: Scheme) -> None:
    """Walk through the app with the sample lifter and take a picture of each screen."""
    expect(app.button("Choose a file")).to_be_visible()
    expect(app.page.get_by_role("progressbar")).to_have_count(0)
    save(app.page, "first-screen", scheme)

    app.choose_file(strong_csv(*STRONG_ROWS))
    expect(app.button("Keep it")).to_be_enabled()
    save(app.page, "import-report", scheme)
    app.button("Cancel").click()

    app.try_sample()
    app.wait_until_ready()
    save(app.page, "home", scheme)

    app.start_workout()
    app.open_picker()
    name = app.names()[0]
    app.why(name).click()
    save(app.page, "suggestions", scheme)

    app.add(name)
    app.log_set(name, 1, weight="80", reps="5", effort="Solid")
    app.button("Add set").click()
    app.log_set(name, 2, weight="82.5", reps="5")
    app.button("Add set").click()
    expect(app.card(name).get_by_role("button", name="Log set 3")).to_be_visible()
    save(app.page, "workout", scheme)


def take_program(app: App, scheme: Scheme) -> None:
    """Start fresh, follow a program, and take pictures of what it suggests."""
    page = app.page
    app.button("Start fresh").click()
    save(page, "question", scheme)
    for answer in ("Build muscle", "One to three years", "A full gym", "4 days"):
        app.button(re.compile(f"^{answer}")).click()
    for lift, weight in (("Barbell Bench Press", "80"), ("Barbell Squat", "100")):
        page.get_by_label(f"{lift}: weight in kg").fill(weight)
        page.get_by_label(f"{lift}: reps").fill("5")
    page.evaluate("scrollTo(0, 0)")
    save(page, "test-of-lifts", scheme)
    app.button("Take these").click()
    expect(app.button(re.compile("^Start this workout"))).to_be_visible()
    save(page, "first-workout", scheme)
    page.get_by_role("link", name="See other programs").click()
    best = page.get_by_role("article").first
    best.get_by_role("button", name=re.compile(r"^Why\?")).click()
    save(page, "programs", scheme)
    best.get_by_role("link").click()
    expect(app.button("Follow this program")).to_be_visible()
    save(page, "program", scheme)
    app.button("Follow this program").click()
    start = app.button(re.compile("^Start (?!an empty)"))
    expect(start).to_be_visible()
    page.get_by_role("button", name="Close").click()
    save(page, "today", scheme)
    start.click()
    expect(app.button(re.compile(r"^Why\? ")).first).to_be_visible()
    save(page, "suggestion", scheme)
    app.button(re.compile(r"^Why\? ")).first.click()
    save(page, "why-this-load", scheme)
    page.keyboard.press("Escape")
    app.button(re.compile("^Use it: ")).first.click()
    name = app.cards.first.get_by_role("heading").inner_text()
    app.button("Log set 1").first.click()
    app.expect_logged(name, 1)
    save(page, "rest", scheme)
    app.button(f"{name}: options").click()
    page.get_by_role("menuitem", name="Swap for another exercise").click()
    expect(page.get_by_role("article")).to_have_count(3)
    save(page, "swap", scheme)
    page.keyboard.press("Escape")
    app.finish()
    expect(page.get_by_text("Next time:").first).to_be_visible()
    save(page, "what-it-means", scheme)
    app.open("/#/settings")
    page.get_by_role("heading", name="Bars, plates and steps").scroll_into_view_if_needed()
    page.get_by_role("region", name="Bars, plates and steps").evaluate("e => e.scrollIntoView()")
    save(page, "plates", scheme)


def take_import(app: App, scheme: Scheme) -> None:
    """Bring years of training along, and take pictures of what becomes of them."""
    page = app.page
    app.choose_file(years_of_training())
    expect(app.button("Keep it")).to_be_enabled()
    save(page, "import", scheme)
    names = app.button(re.compile("not in the catalogue"))
    page.get_by_text("My own exercise").first.click()
    expect(app.button("Keep it")).to_be_enabled()
    names.evaluate("element => element.scrollIntoView()")
    save(page, "mapping", scheme)
    app.button("Keep it").click()
    expect(page.get_by_role("region", name="Your next").get_by_role("listitem")).to_have_count(3)
    save(page, "arrival", scheme)
    app.button("Go on", exact=True).click()
    app.close_notices()
    app.open("/#/data")
    expect(app.button(re.compile("^Undo this import"))).to_be_visible()
    app.button("What takes how much space").click()
    save(page, "data", scheme)
    app.open("/#/history")
    save(page, "history", scheme)
    page.get_by_role("searchbox").fill("bench")
    first = page.get_by_role("link").filter(has_text="Barbell Bench Press:").first
    expect(first).to_be_visible()
    save(page, "history-search", scheme)
    first.click()
    app.button("Edit").click()
    app.button("Add set to Barbell Bench Press").scroll_into_view_if_needed()
    save(page, "history-edit", scheme)


def take_looking_back(app: App, scheme: Scheme) -> None:
    """Readiness and insights of the sample lifter, and another day."""
    page = app.page
    app.try_sample()
    app.wait_until_ready()
    app.open("/#/readiness")
    body = page.get_by_role("heading", name="Your muscles")
    expect(body).to_be_visible()
    save(page, "readiness", scheme)
    body.evaluate(TO_TOP)
    save(page, "readiness-body", scheme)

    app.open("/#/insights")
    strength = page.get_by_role("heading", name="Estimated 1RM")
    strength.evaluate(TO_TOP)
    save(page, "insights", scheme)
    page.get_by_role("heading", name="Muscle balance").evaluate(TO_TOP)
    save(page, "insights-balance", scheme)

    app.open("/#/")
    app.button(re.compile("^Look at another day")).click()
    expect(page.get_by_role("combobox", name="Lift")).to_be_visible()
    save(page, "looking-back", scheme)


def take_replay(app: App, scheme: Scheme) -> None:
    """What is new and what is alike, and the suggestions tried on the sample lifter's log."""
    page = app.page
    app.try_sample()
    app.wait_until_ready()
    new = page.get_by_role("heading", name="New for you")
    expect(new).to_be_visible()
    new.evaluate(TO_TOP)
    save(page, "new-for-you", scheme)

    app.open("/#/replay")
    app.button("Look back", exact=True).click()
    expect(page.get_by_text(re.compile("question [1-9]"))).to_be_visible()
    save(page, "replay-running", scheme)
    expect(app.button("Look back again")).to_be_visible()
    page.get_by_role("heading", name="In short").evaluate(TO_TOP)
    save(page, "replay", scheme)
    page.get_by_role("heading", name="Weights, lift by lift").evaluate(TO_TOP)
    save(page, "replay-weights", scheme)

    app.open("/#/")
    app.start_workout()
    app.open_picker()
    app.add_by_search("Barbell Bench Press")
    app.button("Barbell Bench Press: options").click()
    page.get_by_role("menuitem", name="Swap for another exercise").click()
    alike = page.get_by_role("heading", name="Often done by the same lifters")
    expect(alike).to_be_visible()
    alike.evaluate("heading => heading.scrollIntoView()")
    save(page, "swap-alike", scheme)


def take_models(app: App, scheme: Scheme) -> None:
    """The models of the sample lifter, what they decide, and the dial that limits them."""
    page = app.page
    app.try_sample()
    app.open("/#/models")
    expect(page.get_by_role("heading", name="3 models take part")).to_be_visible()
    save(page, "models", scheme)
    app.button("How good it is").first.click()
    page.get_by_role("heading", name="Next exercise").evaluate(TO_TOP)
    save(page, "models-figures", scheme)

    app.open("/#/")
    app.start_workout()
    app.open_picker()
    name = app.names()[0]
    app.why(name).click()
    save(page, "parts-of-a-score", scheme)
    app.why(name).click()
    app.button("Balanced training or my routine").click()
    page.get_by_text("What took part").scroll_into_view_if_needed()
    save(page, "dial", scheme)
    app.add(name)
    app.button(re.compile(r"^Why\? ")).first.click()
    page.get_by_role("link", name="About the models").scroll_into_view_if_needed()
    save(page, "how-sure-a-weight-is", scheme)


def save(page: Page, name: str, scheme: Scheme) -> None:
    """Write one picture; an image too large for a README is an error."""
    page.mouse.move(0, 0)
    waiting = re.compile("(Suggestions|Suggestion|Your next session) in a moment")
    expect(page.get_by_text(waiting)).to_have_count(0)
    path = IMAGES / f"{name}-{scheme}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        sys.exit(f"{path} has {size} bytes; expected at most {MAX_BYTES}")
    print(f"{path.relative_to(Path.cwd())} {size / 1000:.0f} kB")


def main() -> None:
    """Serve the built page and take all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=60_000)
    with serve(built_page()) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for walk in (
                take,
                take_import,
                take_program,
                take_looking_back,
                take_replay,
                take_models,
            ):
                with phone(browser, address, scheme) as app:
                    walk(app, scheme)
        browser.close()


if __name__ == "__main__":
    main()

"""Take the screenshots of the README: ``make build``, then ``python e2e/screenshots.py``.

The pictures show the sample lifter on a phone (390 x 844), light and dark, and go to
``docs/images``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright
from support.app import App
from support.inputs import STRONG_ROWS, strong_csv
from support.server import ROOT, built_page, chromium, serve

IMAGES = ROOT / "docs/images"
MAX_BYTES = 150_000
Scheme = Literal["light", "dark"]


def take(browser: Browser, address: str, scheme: Scheme) -> None:
    """Walk through the app and take a picture of each screen."""
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


def save(page: Page, name: str, scheme: Scheme) -> None:
    """Write one picture; an image too large for a README is an error."""
    page.mouse.move(0, 0)
    expect(page.get_by_text(re.compile("Suggestions in a moment"))).to_have_count(0)
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
            take(browser, address, scheme)
        browser.close()


if __name__ == "__main__":
    main()

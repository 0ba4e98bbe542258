"""Times in Chromium: requests as a page makes them, and start-up beside stock Pyodide."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import agreement

Series: TypeAlias = dict[str, list[float]]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
]
CANDIDATES = ("chromium", "chromium-browser", "google-chrome")
BOOTS = ("ours", "stock")


@contextmanager
def launch() -> Iterator[Browser]:
    """Give a headless Chromium: ``VOLTLIFT_CHROMIUM``, the system's, or Playwright's own."""
    found = os.environ.get("VOLTLIFT_CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """Give a page of a visitor who was never here: nothing cached, nothing stored."""
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(120_000)
        yield page


def measure_requests(browser: Browser, address: str, where: str, plan: Path) -> Series:
    """Return all series of a plan, measured from the page.

    Raises
    ------
    agreement.DisagreementError
        Where engine and baseline differ.
    """
    with new_page(browser) as page:
        page.goto(f"{address}/index.html")
        measured: dict[str, Any] = page.evaluate("url => measure(url)", f"/inputs/{plan.name}")
    for number, answer in enumerate(measured["answers"]):
        agreement.check(where, number, answer["engine"], answer["baseline"])
    series: Series = measured["series"]
    return series


def measure_start_up(browser: Browser, address: str, rounds: int) -> Series:
    """Return ``cold.ours``, ``warm.stock`` and so on: navigation to the first answer.

    Cold is a first visit, warm the reload after it. The two boots take turns.
    """
    series: Series = defaultdict(list)
    for number in range(rounds):
        for boot in BOOTS if number % 2 == 0 else reversed(BOOTS):
            with new_page(browser) as page:
                page.goto(f"{address}/start-up.html?boot={boot}")
                series[f"cold.{boot}"].append(_started(page))
                page.reload()
                series[f"warm.{boot}"].append(_started(page))
    return series


def _started(page: Page) -> float:
    started: dict[str, float] = page.evaluate("() => started")
    if started["listed"] != 5:
        raise RuntimeError(f"the first answer lists {started['listed']:g} exercises, expected 5")
    return started["ms"]

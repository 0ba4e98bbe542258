"""Times in Chromium: requests as a page makes them, and start-up beside stock Pyodide."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from playwright.sync_api import Page, Playwright, sync_playwright

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


class Chromium:
    """Headless Chromium as its visitors have it.

    Each visitor has a profile of their own on disk. (Private windows, as Playwright's
    contexts are, do not keep compiled code, so that their second visit is like the first.)
    """

    def __init__(self, playwright: Playwright) -> None:
        self._type = playwright.chromium
        named = os.environ.get("VOLTLIFT_CHROMIUM")
        found = next(filter(None, map(shutil.which, CANDIDATES)), None)
        self.executable = named or found or self._type.executable_path

    @classmethod
    @contextmanager
    def start(cls) -> Iterator[Chromium]:
        """Give a Chromium: ``VOLTLIFT_CHROMIUM``, the system's, or Playwright's own."""
        with sync_playwright() as playwright:
            yield cls(playwright)

    @property
    def version(self) -> str:
        """What the browser says about its version."""
        command = [self.executable, "--version"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    @contextmanager
    def new_visitor(self) -> Iterator[Page]:
        """Give the page of a visitor who was never here: nothing cached, nothing stored."""
        with (
            # Chromium may still be writing to its profile when it is gone already.
            TemporaryDirectory(ignore_cleanup_errors=True) as profile,
            self._type.launch_persistent_context(
                profile, executable_path=self.executable, args=ARGUMENTS
            ) as context,
        ):
            page = context.new_page()
            page.set_default_timeout(120_000)
            yield page


def measure_requests(browser: Chromium, address: str, where: str, plan: Path) -> Series:
    """Return all series of a plan, measured from the page.

    Raises
    ------
    agreement.DisagreementError
        Where engine and baseline differ.
    """
    with browser.new_visitor() as page:
        page.goto(f"{address}/index.html")
        measured: dict[str, Any] = page.evaluate("url => measure(url)", f"/inputs/{plan.name}")
    for number, answer in enumerate(measured["answers"]):
        agreement.check(where, number, answer["engine"], answer["baseline"])
    series: Series = measured["series"]
    return series


def measure_start_up(browser: Chromium, address: str, rounds: int) -> Series:
    """Return ``cold.ours``, ``warm.stock`` and so on: navigation to the first answer.

    Cold is a first visit, warm are the two reloads after it. The two boots take turns.
    """
    series: Series = defaultdict(list)
    for number in range(rounds):
        for boot in BOOTS if number % 2 == 0 else reversed(BOOTS):
            with browser.new_visitor() as page:
                page.goto(f"{address}/start-up.html?boot={boot}")
                series[f"cold.{boot}"].append(_started(page))
                for _ in range(2):
                    # Compiled code is stored a moment after it has proved to be in use.
                    page.wait_for_timeout(1000)
                    page.reload()
                    series[f"warm.{boot}"].append(_started(page))
    return series


def _started(page: Page) -> float:
    started: dict[str, float] = page.evaluate("() => started")
    if started["listed"] != 5:
        raise RuntimeError(f"the first answer lists {started['listed']:g} exercises, expected 5")
    return started["ms"]

"""How soon the demo page shows the suggestions of last time."""

from __future__ import annotations

from playwright.sync_api import expect

from benchmarks import ROOT
from benchmarks.chromium import Chromium

DIST = ROOT / "web_demo/dist"
_ON_SCREEN = ROOT / "benchmarks/browser/on-screen.js"


def measure_cached_list(browser: Chromium, address: str, rounds: int) -> list[float]:
    """Return milliseconds from navigation to the painted list, marked as an earlier one.

    A visitor takes the sample lifter, stops following its program, and sees the suggestions
    on the first screen; then the page is reloaded.
    """
    times: list[float] = []
    with browser.new_visitor() as page:
        page.goto(address)
        page.get_by_role("button", name="Try the sample lifter").click()
        page.get_by_role("button", name="Start Upper").wait_for()
        page.goto(f"{address}/#/program/upper-lower")
        page.get_by_role("button", name="Stop following").click()
        page.goto(f"{address}/#/")
        suggestions = page.locator("section[aria-labelledby=next-up]")
        expect(suggestions.get_by_role("button")).to_have_count(3, timeout=60_000)
        page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
        page.add_init_script(path=_ON_SCREEN)
        for _ in range(rounds):
            page.reload()
            shown = page.evaluate("() => onScreen")
            if not shown["marked"]:
                raise RuntimeError("the first list on screen is not marked as an earlier one")
            times.append(shown["ms"])
            # The next visit starts from rest, as this one did.
            marked = suggestions.locator("header [role=status]")
            expect(marked).to_have_count(0, timeout=60_000)
    return times

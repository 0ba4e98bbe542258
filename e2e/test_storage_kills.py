"""Nothing that was confirmed is lost, and nothing is there twice, whenever a tab is killed.

``VOLTLIFT_KILLS`` sets the number of kills on the page with the storage layer only
(``make test-soak``: 1,000).
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from support.app import App
from support.kills import crash, kill_all
from support.server import ROOT

KILLS = int(os.environ.get("VOLTLIFT_KILLS") or 24)
# A kill takes about a second, on a busy machine three. A browser that lost a renderer may never
# answer again; that must end this test only.
pytestmark = pytest.mark.timeout(240 + 10 * KILLS, method="thread")
# The workout grows with every kill; a new one keeps a long run as fast as a short one.
KILLS_PER_LOG = 10
# What pages have confirmed before they are killed: a kill of one that wrote nothing proves nothing.
WRITTEN = 3


class Handler(SimpleHTTPRequestHandler):
    """The storage-only page, and the storage layer as the bridge ships it."""

    def translate_path(self, path: str) -> str:
        folder, name = ROOT / "e2e/storage_page", path.split("?")[0].lstrip("/") or "index.html"
        if name.startswith("bridge/"):
            folder, name = ROOT / "pyodide_bridge/dist", name.removeprefix("bridge/")
        target = (folder / name).resolve()
        return str(target if target.is_relative_to(folder) else folder / "missing")

    def log_message(self, *args: Any) -> None:
        """Say nothing; a page that is killed breaks connections all the time."""


@pytest.fixture(scope="module")
def browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """A browser of its own: what kills do to it is nobody else's matter."""
    browser = launch_browser()
    yield browser
    browser.close()


@pytest.fixture
def address() -> Iterator[str]:
    built = ROOT / "pyodide_bridge/dist/storage.js"
    assert built.is_file(), f"{built} is missing. Remedy: make build"
    with ThreadingHTTPServer(("localhost", 0), partial(Handler)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


@dataclass
class Confirmed:
    """What pages have said is stored."""

    sets: dict[str, int] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sets) + len(self.sessions)

    def hear(self, message: ConsoleMessage) -> None:
        kind, _, text = message.text.partition(" ")
        if kind == "saved":
            id_, reps = json.loads(text)
            self.sets[id_] = max(reps, self.sets.get(id_, 0))
        elif kind == "stored":
            self.sessions.add(json.loads(text))
        elif message.type == "error":
            self.errors.append(message.text)


def opened(context: BrowserContext, address: str, confirmed: Confirmed) -> Page:
    page = context.new_page()
    page.on("console", confirmed.hear)
    page.goto(address)
    expect(page).to_have_title("ready")
    return page


def check(page: Page, confirmed: Confirmed, where: str) -> None:
    # The other tab goes on: what it confirms while this one reads is for the next check.
    sets, sessions = dict(confirmed.sets), set(confirmed.sessions)
    stored = page.evaluate("storagePage.stored()")
    assert stored["durable"], where
    assert stored["damaged"] == [], where
    for ids in ([id_ for id_, _ in stored["sets"]], stored["sessions"]):
        assert len(ids) == len(set(ids)), f"{where}: something is there twice"
    reps = dict(stored["sets"])
    lost = {id_: n for id_, n in sets.items() if reps.get(id_, -1) < n}
    assert not lost, f"{where}: confirmed sets are lost: {lost}"
    missing = sessions - set(stored["sessions"])
    assert not missing, f"{where}: confirmed sessions are lost: {missing}"
    assert confirmed.errors == [], where


def run_kills(browser: Browser, address: str, kills: int, seed: int) -> Confirmed:
    chance = random.Random(seed)
    confirmed = Confirmed()
    names = iter(f"t{seed}x{n}" for n in range(10 * kills + 10))
    with browser.new_context() as context:
        pages = [opened(context, address, confirmed) for _ in range(2)]
        for page in pages:
            page.evaluate("(name) => storagePage.start(name)", next(names))
        for kill in range(kills):
            where = f"seed {seed}, kill {kill}"
            wanted = len(confirmed) + WRITTEN
            while len(confirmed) < wanted:
                pages[0].wait_for_timeout(5)
            pages[0].wait_for_timeout(chance.uniform(0, 150))
            if kill % 2 == 0:
                # The other tab goes on writing all the while.
                crash(pages.pop(chance.randrange(2)))
            else:
                kill_all(*pages)
                pages = []
            while len(pages) < 2:
                pages.append(opened(context, address, confirmed))
                check(pages[-1], confirmed, where)
                pages[-1].evaluate("(name) => storagePage.start(name)", next(names))
        last = opened(context, address, confirmed)
        check(last, confirmed, f"seed {seed}, at the end")
    return confirmed


def test_kills_on_a_page_with_the_storage_layer_only(browser: Browser, address: str) -> None:
    confirmed = 0
    for first in range(0, KILLS, KILLS_PER_LOG):
        kills = min(KILLS_PER_LOG, KILLS - first)
        heard = run_kills(browser, address, kills, seed=first)
        confirmed += len(heard)
        print(f"{first + kills} of {KILLS} kills: {confirmed} confirmed, none lost", flush=True)
    assert confirmed >= WRITTEN * KILLS


def test_three_kills_of_the_whole_app(app: App, context: BrowserContext) -> None:
    app.start_fresh()
    app.start_workout()
    app.open_picker()
    app.add_by_search("Barbell Squat")
    for kill in range(3):
        number = kill + 1
        if kill > 0:
            app.button("Add set").click()
        app.log_set("Barbell Squat", number, weight=str(80 + kill), reps="5")
        kill_all(app.page)
        app = App(context.new_page())
        app.open("/#/workout")
        for logged in range(1, number + 1):
            app.expect_logged("Barbell Squat", logged)
        expect(app.card("Barbell Squat").get_by_role("listitem")).to_have_count(number)
    app.finish()
    app.open("/#/")
    expect(app.sessions).to_have_count(1)

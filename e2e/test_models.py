"""Models come to the app by themselves, stay through what is done to them, and rules stand behind.

What is delivered and how it is attacked byte by byte is in test_model_delivery.py and in the
bridge's own tests; here it is the page as built, with the lists that a lifter sees.
"""

from __future__ import annotations

import mimetypes
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from support.app import App
from support.guard import NO_MODELS_OFFLINE, Guard
from support.models import registry
from support.server import ROOT, built_page

from voltlift_models.artifacts import read_artifact, verify, write_artifact
from voltlift_models.publish import Pinned, new_key, publish

ARTIFACTS = ROOT / "models" / "artifacts"
DEFAULTS = {"collaborative-filter": "1.0.0", "load": "1.0.0", "ranker": "1.0.0"}
ROUTINE = "Your routine"
PINNED = re.compile(r'current:[`"]([A-Za-z0-9+/]{43}=)[`"]')
KILO = 1_000
PATIENCE_S = 60
# Until the page is reloaded, no file of a release can be kept. Chromium's own quota cannot be
# turned down for a page that has its databases open already.
FULL_DEVICE = """() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...values) {
    if (this.name === "downloads") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, values);
  };
}"""


class Releases:
    """Releases in the place of the build's own; the page is made to pin the key that signs them."""

    def __init__(self, work: Path, context: BrowserContext) -> None:
        self.work = work
        self.key = work / "key.pem"
        self.pinned = Pinned(current=new_key(self.key))
        self.site = work / "none"
        self.harm: Callable[[str, bytes], bytes] = lambda _path, data: data
        context.route("**/models/**", self._serve)
        for script in (built_page() / "assets").glob("*.js"):
            if PINNED.search(text := script.read_text("utf-8")):
                ours = PINNED.sub(f'current:"{self.pinned.current}"', text)
                context.route(f"**/assets/{script.name}", _instead(ours))
                break
        else:
            pytest.fail("the page pins no key; remedy: make build")

    def publish(self, sequence: int, ranker: str, by: Path | None = None) -> None:
        """Publish the shipped models in a folder of their own, the ranker as this version."""
        artifacts = self.work / f"artifacts-{ranker}"
        for entry in verify(ARTIFACTS).artifacts:
            found = read_artifact(ARTIFACTS, entry.model)
            card, files = found.card, dict(found.files)
            if entry.model == "ranker":
                card = replace(card, version=ranker)
                # A file of its own, which the engine does not read: it has the trees as arrays.
                files["next.onnx"] += random.Random(ranker).randbytes(100 * KILO)
            write_artifact(artifacts, card, files)
        self.site = self.work / f"site-{sequence}"
        self.harm = lambda _path, data: data
        pinned = Pinned(current=new_key(by)) if by else self.pinned
        publish(artifacts, self.site, by or self.key, pinned, now_s=sequence)

    def _serve(self, route: Route) -> None:
        path = route.request.url.partition("/models/")[2]
        file = self.site / path
        if not file.is_file():
            return route.fulfill(status=404)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return route.fulfill(body=self.harm(path, file.read_bytes()), content_type=kind)


def _instead(text: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(response=route.fetch(), body=text)


@pytest.fixture
def releases(tmp_path: Path, context: BrowserContext) -> Iterator[Releases]:
    yield Releases(tmp_path, context)
    context.unroute_all(behavior="ignoreErrors")


def active(page: Page) -> dict[str, str]:
    models = registry(page, "registry.list()")
    return {model["name"]: model["version"] for model in models if model["active"]}


def codes(page: Page) -> list[str]:
    return [failure["code"] for failure in registry(page, "registry.failures()")]


def until(page: Page, what: Callable[[Page], Any], wanted: Any) -> None:
    """Wait until this is so."""
    last = time.monotonic() + PATIENCE_S
    while (found := what(page)) != wanted:
        if time.monotonic() > last:
            pytest.fail(f"expected {wanted}, received {found}")
        page.wait_for_timeout(100)


def list_anew(app: App, *, routine: bool) -> None:
    """Open the list until its scores have (or have not) the part that models give."""

    def has_routine(page: Page) -> bool:
        app.open_picker()
        (first,) = app.read(app.names_now()[0])
        page.keyboard.press("Escape")
        expect(app.sheet).to_have_count(0)
        return ROUTINE in first.points

    until(app.page, has_routine, routine)


@pytest.mark.browser_context_args(service_workers="allow")
def test_models_come_behind_the_first_list_and_stay_without_a_network(
    app: App, context: BrowserContext, guard: Guard
) -> None:
    app.try_sample()
    app.start_workout()
    app.open_picker()
    # The first list is the rules': nothing is asked for before it is there.
    app.names()
    until(app.page, active, DEFAULTS)
    app.page.keyboard.press("Escape")
    list_anew(app, routine=True)
    assert codes(app.page) == []
    asked = [url for url in guard.requests if "/models/" in url]
    assert len(asked) == len(set(asked))

    app.open("/#/settings")
    expect(app.page.get_by_text("Works without a network.")).to_be_visible()
    guard.allow(NO_MODELS_OFFLINE)
    context.set_offline(True)
    app.open("/#/workout")
    app.page.reload()
    list_anew(app, routine=True)
    assert active(app.page) == DEFAULTS
    assert set(codes(app.page)) <= {"offline"}


def test_what_is_wrong_with_a_release_is_noted_and_the_last_good_one_stays(
    page: Page, releases: Releases, guard: Guard
) -> None:
    guard.allow("Failed to load resource")
    releases.publish(100, "1.0.0")
    app = App(page)
    app.open()
    app.try_sample()
    app.start_workout()
    until(page, active, DEFAULTS)

    def look() -> None:
        """Have the page look for a newer release, as when the network is back."""
        app.open("/#/models")
        # Who is looking already goes on with what was found.
        expect(app.button("Update now")).to_be_enabled()
        page.evaluate("dispatchEvent(new Event('online'))")
        app.open("/#/workout")

    def attacked(code: str) -> None:
        look()
        until(page, lambda page: codes(page)[:1], [code])
        assert active(page) == DEFAULTS
        list_anew(app, routine=True)

    releases.publish(50, "1.0.1")
    attacked("older_manifest")

    releases.publish(200, "1.0.1", by=releases.work / "stranger.pem")
    attacked("wrong_signature")

    releases.publish(300, "1.0.1")
    releases.harm = lambda path, data: data[:-1] + b"!" if path.endswith(".onnx") else data
    attacked("wrong_hash")

    releases.publish(400, "1.0.1")
    page.evaluate(FULL_DEVICE)
    attacked("storage")

    # Nothing of all that is left after a reload.
    page.reload()
    list_anew(app, routine=True)
    until(page, active, DEFAULTS | {"ranker": "1.0.1"})

    assert registry(page, 'registry.rollBack("ranker")') == "1.0.0"
    releases.publish(500, "1.0.2")
    look()
    until(page, lambda page: registry(page, "registry.journal.known()")["sequence"], 500)
    assert active(page) == DEFAULTS  # Pinned by who rolled back.
    registry(page, 'registry.pin("ranker", false)')
    look()
    until(page, active, DEFAULTS | {"ranker": "1.0.2"})
    list_anew(app, routine=True)


def test_what_is_chosen_in_one_tab_counts_in_all_of_them(app: App, context: BrowserContext) -> None:
    app.try_sample()
    app.start_workout()
    until(app.page, active, DEFAULTS)
    other = App(context.new_page())
    other.open("/#/workout")
    list_anew(other, routine=True)

    registry(app.page, 'registry.deactivate("ranker")')
    list_anew(other, routine=False)
    list_anew(app, routine=False)
    registry(other.page, 'registry.activate("ranker", "1.0.0")')
    list_anew(app, routine=True)


def test_a_model_that_ends_the_engine_is_switched_off(app: App) -> None:
    page = app.page
    app.try_sample()
    app.start_workout()
    until(page, active, DEFAULTS)
    registry(page, 'registry.journal.want("exercise-net", true)')
    page.reload()
    until(page, active, DEFAULTS | {"exercise-net": "1.0.0"})
    # Nobody suspects a model that the engine was not given yet.
    app.open("/#/models")
    expect(page.get_by_role("heading", name="4 models take part")).to_be_visible()
    app.open("/#/workout")
    # Twice within a minute, however long a new engine takes to start on this machine.
    page.clock.set_fixed_time(datetime.now(UTC))
    for _ in range(2):
        list_anew(app, routine=True)
        engine = [worker for worker in page.workers if "/assets/worker" in worker.url][-1]
        with page.expect_event("worker"):
            engine.evaluate("setTimeout(() => close())")
        app.open("/#/")
        app.wait_until_ready()
        app.open("/#/workout")
    until(page, lambda page: codes(page)[:1], ["hung"])
    until(page, active, DEFAULTS)
    list_anew(app, routine=True)

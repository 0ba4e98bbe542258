"""The browser, the served page, and what every test is held to."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.app import App
from support.guard import Guard
from support.inputs import TIMEZONE
from support.server import built_page, chromium, serve

PHONE = {"width": 390, "height": 844}
# Long enough for an engine that starts beside other work; waits end as soon as they can.
PATIENCE_MS = 60_000
# For what no patience bounds: a call that the browser never answers. The process of the test ends
# then, for a wait inside Playwright cannot be left; another one goes on with the other tests.
LIMIT = pytest.mark.timeout(300, method="thread")

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of the built page."""
    with serve(built_page()) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": chromium(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    """A phone. Service workers only where a test asks for them (by the marker
    ``browser_context_args(service_workers="allow")``).

    Every context is a first visit, and a service worker reads the whole runtime then: work
    that would be repeated for each test without being looked at.
    """
    return {
        "base_url": base_url,
        "viewport": PHONE,
        "is_mobile": True,
        "has_touch": True,
        "locale": "en-GB",
        "timezone_id": TIMEZONE,
        # Nothing slides: what is clicked and looked at is at its place.
        "reduced_motion": "reduce",
        "service_workers": "block",
    }


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture(autouse=True)
def guard(context: BrowserContext, base_url: str) -> Guard:
    """Fails the test for requests elsewhere, policy violations and errors of the page."""
    return Guard(context, base_url)


@pytest.fixture
def rules_only(context: BrowserContext, guard: Guard) -> None:
    """No models come to this device, so that answers are those of the rules, to the number."""
    context.route("**/models/**", lambda route: route.abort())
    guard.allow(r"/models/manifest\.json")


@pytest.fixture
def app(page: Page, guard: Guard) -> App:
    """The app, opened for the first time."""
    app = App(page)
    app.open()
    return app


@pytest.fixture
def desktop(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page on a desktop."""
    arguments = browser_context_args | {
        "viewport": {"width": 1280, "height": 800},
        "is_mobile": False,
        "has_touch": False,
    }
    with browser.new_context(**arguments) as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bound every test that has no limit of its own."""
    for item in items:
        if item.get_closest_marker("timeout") is None:
            item.add_marker(LIMIT)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, Any, Any]:
    """Let the guard have the last word, as part of the test itself."""
    result = yield
    guard = item.funcargs.get("guard")
    if isinstance(guard, Guard) and (problems := guard.problems()):
        pytest.fail("\n".join(problems), pytrace=False)
    return result

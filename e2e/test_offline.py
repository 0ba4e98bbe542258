"""Without a network everything goes on: the page, the engine, logging."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect
from support.app import App
from support.guard import NO_MODELS_OFFLINE, Guard

WITH_SERVICE_WORKER = pytest.mark.browser_context_args(service_workers="allow")


@WITH_SERVICE_WORKER
def test_offline_the_page_the_engine_and_logging_work(
    app: App, context: BrowserContext, guard: Guard
) -> None:
    guard.allow(NO_MODELS_OFFLINE)
    page = app.page
    app.try_sample()
    app.open("/#/settings")
    expect(page.get_by_text("Works without a network.")).to_be_visible()
    context.set_offline(True)
    page.goto("/")
    page.reload()

    app.wait_until_ready()
    app.start_workout()
    app.open_picker()
    name = app.names()[0]
    app.add(name)
    app.log_set(name, 1, weight="60", reps="8")
    app.finish()
    page.reload()
    expect(page.get_by_text("Stored on this device.")).to_be_visible()
    expect(app.card(name)).to_contain_text("60 kg × 8")

    # What the service worker answers carries the policy, worker scripts included. The engine's
    # worker starts behind the first paint; its script is not always among the page's resources.
    if not page.workers:
        page.wait_for_event("worker")
    workers = [worker.url for worker in page.workers]
    assert any("/assets/worker" in url for url in workers)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    scripts = [page.url, *workers, *(name for name in loaded if name.endswith(".js"))]
    for script in scripts:
        policy = page.evaluate(
            "async (url) => (await fetch(url)).headers.get('content-security-policy')", script
        )
        assert policy is not None, script
        assert "script-src 'self' 'wasm-unsafe-eval'" in policy, script
        assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", ""), script


@WITH_SERVICE_WORKER
def test_the_static_page_works_offline_too(app: App, context: BrowserContext, guard: Guard) -> None:
    guard.allow(NO_MODELS_OFFLINE)
    app.open("/#/settings")
    app.open("/")
    app.start_fresh()
    app.open("/#/settings")
    expect(app.page.get_by_text("Works without a network.")).to_be_visible()
    context.set_offline(True)
    app.page.goto("/static/")
    expect(app.page.locator("#list > li")).to_have_count(5)

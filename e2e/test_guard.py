"""The guard that every test relies on sees what it is there for."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from support.guard import Guard

# No policy of its own, so that the request really is made; the browser cannot resolve it.
CARELESS = """<!doctype html><title>careless</title><script>
  // Behind each other, so that whoever sees the title has heard of all three.
  console.error("something is wrong");
  const ask = () => fetch("https://elsewhere.invalid/log");
  setTimeout(() => {
    setTimeout(() => ask().catch(() => { document.title = "done"; }));
    throw new Error("nobody catches this");
  });
</script>"""


def test_requests_elsewhere_and_errors_are_noticed(page: Page, guard: Guard) -> None:
    page.route("**/careless", lambda route: route.fulfill(body=CARELESS, content_type="text/html"))
    page.goto("/careless")
    expect(page).to_have_title("done")
    found = "\n".join(guard.problems())
    assert "request to another origin: https://elsewhere.invalid/log" in found
    assert re.search("uncaught error: .*nobody catches this", found)
    assert "console error: something is wrong" in found
    guard.allow("elsewhere|nobody catches this|something is wrong|ERR_|Failed to load")


def test_violations_of_the_policy_are_noticed(page: Page, guard: Guard) -> None:
    page.goto("/static/")
    with page.expect_console_message(lambda message: "policy violation" in message.text):
        page.evaluate(
            """() => {
              const style = document.createElement("style");
              style.textContent = "body { color: red }";
              document.head.append(style);
            }"""
        )
    expect(page.locator("#list > li")).to_have_count(5)
    assert any(re.search("policy violation: style-src", problem) for problem in guard.problems())
    guard.allow("style-src")

"""The page without a framework: the same engine through the same bridge."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from support.guard import Guard
from support.server import WEB_DEMO


def test_it_shows_five_and_knows_what_was_added(page: Page, guard: Guard) -> None:
    page.goto("/static/")
    items = page.locator("#list > li")
    expect(items).to_have_count(5)
    expect(page.get_by_role("status")).to_have_text(
        re.compile(r"^From \d+ workouts, \d+ exercises looked at in [\d.]+ ms by engine \d")
    )
    names = items.get_by_role("heading").all_inner_texts()
    for item in items.all():
        score = float(item.locator(".score").inner_text())
        parts = item.get_by_role("listitem").all_inner_texts()
        points = [re.search(r"(-?[\d.]+):", part) for part in parts]
        assert abs(sum(float(found[1]) for found in points if found) - score) < 0.06
    page.get_by_role("button", name="Add the first one and ask again").click()
    expect(items.get_by_role("heading", name=names[0], exact=True)).to_have_count(0)
    expect(items).to_have_count(5)


def test_its_script_is_short() -> None:
    lines = (WEB_DEMO / "static/demo.js").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 100

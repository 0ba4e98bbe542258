"""What every screen is held to: axe, no sideways scrolling, targets for thumbs."""

from __future__ import annotations

import json
from typing import Any, Literal

from playwright.sync_api import Locator, Page, ViewportSize, expect

from support.server import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TARGET = 48
NARROW: ViewportSize = {"width": 320, "height": 640}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TWO_FRAMES = """() => new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
})"""


def assert_every_rendering(page: Page, where: str) -> None:
    """Look at a screen in light and in dark with axe, and 320 px wide for sideways scrolling.

    One visit is enough for the three: what differs is style, and styles follow at once.
    """
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page, f"{where}, {scheme}")
    page.emulate_media(color_scheme="null")
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size(NARROW)
    # Charts are told of their new width, and drawn anew behind that.
    page.evaluate(TWO_FRAMES)
    assert_no_sideways_scrolling(page, f"{where}, 320 px wide")
    page.set_viewport_size(size)


def assert_accessible(page: Page, where: str) -> None:
    """Fail with what axe finds (WCAG 2.2 A and AA, and its best practices)."""
    # The reader of the page's own policy: scripts cannot be injected, evaluation can.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    # A modal hides the page's own main and h1 on purpose; axe can only guess that from pixels.
    modal = page.get_by_role("dialog").count() > 0
    rules = {rule: {"enabled": not modal} for rule in ("landmark-one-main", "page-has-heading-one")}
    result: dict[str, Any] = page.evaluate(
        "(rules) => axe.run(document, { resultTypes: ['violations'], rules })", rules
    )
    found = [
        f"{item['id']}: {item['help']}: {[node['html'][:160] for node in item['nodes']]}"
        for item in result["violations"]
    ]
    assert not found, f"{where}: " + json.dumps(found, indent=1)


def assert_no_sideways_scrolling(page: Page, where: str) -> None:
    """Fail where the page, or a box in it, is wider than the screen.

    A table of data may be, inside a box that scrolls by itself (WCAG 1.4.10 excepts it).
    """
    too_wide = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const wide = [...document.querySelectorAll("body *")].filter((element) => {
            const { left, right, width: own } = element.getBoundingClientRect();
            const hidden = element.closest(".visually-hidden") !== null;
            const box = element.closest("table")?.parentElement;
            const scrolled = box != null && /auto|scroll/.test(getComputedStyle(box).overflowX);
            return own > 0 && !hidden && !scrolled && (right > width + 1 || left < -1);
          });
          const scrolls = document.scrollingElement.scrollWidth > width;
          return { scrolls, wide: wide.map((element) => element.outerHTML.slice(0, 120)) };
        }"""
    )
    assert not too_wide["scrolls"], f"{where} scrolls sideways: {too_wide['wide']}"
    assert not too_wide["wide"], f"{where}: beyond the edge: {too_wide['wide']}"


def assert_target(target: Locator) -> None:
    """Fail where a thumb has less than 48 px."""
    expect(target).to_be_visible()
    box = target.bounding_box()
    assert box is not None
    assert box["height"] >= TARGET - 0.5, (target, box)
    assert box["width"] >= TARGET - 0.5, (target, box)

"""Models of a device: what the page says of them, and what is kept of them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from support.app import App


def with_models(app: App) -> Page:
    """Go to the models page and wait until all that come unasked take part."""
    app.open("/#/models")
    three = app.page.get_by_role("heading", name="3 models take part in your suggestions.")
    expect(three).to_be_visible()
    return app.page


def model(page: Page, name: str) -> Locator:
    """The entry of a model."""
    return page.get_by_role("region", name=name, exact=True)


def status(page: Page, name: str) -> Locator:
    """What its entry says first: whether it is in use."""
    return model(page, name).locator(".model-status")


def registry(page: Page, action: str) -> Any:
    """Do something with the registry of this device, as another tab would."""
    return page.evaluate(
        f"""async () => {{
          const {{ openModelRegistry }} = await import("/bridge/models.js");
          const registry = await openModelRegistry();
          try {{
            return await {action};
          }} finally {{
            registry.close();
          }}
        }}"""
    )

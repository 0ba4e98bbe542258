"""Watches a browser context: what no path through the app may ever cause."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# Recorded as soon as a document exists, so that not even an early violation is missed.
RECORD_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI}`);
});
"""

# The network may go while the page looks for newer models, or where the browser does not know.
NO_MODELS_OFFLINE = r"ERR_INTERNET_DISCONNECTED .*/models/"


class Guard:
    """Collects requests that leave the origin, policy violations, page and console errors.

    Parameters
    ----------
    context : BrowserContext
        Watched from now on, with all its pages, workers and service workers.
    origin : str
        The only origin that may be asked.
    """

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._origin = origin
        self._allowed: list[re.Pattern[str]] = []
        self._problems: list[str] = []
        self.requests: list[str] = []
        context.add_init_script(RECORD_VIOLATIONS)
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def allow(self, pattern: str) -> None:
        """Expect problems that match: for a test that breaks something on purpose."""
        self._allowed.append(re.compile(pattern))

    def problems(self) -> list[str]:
        """Return what went wrong and was not expected."""
        return [
            problem
            for problem in self._problems
            if not any(pattern.search(problem) for pattern in self._allowed)
        ]

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        # A blob is the page's own memory: the export is downloaded from one.
        if not request.url.startswith((f"{self._origin}/", f"blob:{self._origin}/")):
            self._problems.append(f"request to another origin: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "")
            self._problems.append(f"console error: {message.text} ({place})")

    def _on_error(self, error: WebError) -> None:
        self._problems.append(f"uncaught error: {error.error}")

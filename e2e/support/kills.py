"""Kills renderers of the browser under test, at any moment and without a warning."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page


def renderers() -> list[int]:
    """Return the ids of all renderer processes that descend from this process."""
    parents: dict[int, int] = {}
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with suppress(OSError):
            # The name stands in brackets and may hold anything; the parent comes behind it.
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
            )
            if b"--type=renderer" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return [pid for pid in found if _descends(pid, os.getpid(), parents)]


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        pid = parents.get(pid, 0)
    return False


def kill_all(*pages: Page) -> None:
    """Kill every renderer, as a phone does that runs out of memory; wait until all are gone."""
    crashed: list[Page] = []
    for page in pages:
        page.on("crash", lambda page: crashed.append(page))
    while len(crashed) < len(pages):
        for pid in renderers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _let_events_come(next(page for page in pages if page not in crashed))
    for page in pages:
        page.close()


def crash(page: Page) -> None:
    """Let one page's renderer crash; the others live on."""
    with page.expect_event("crash"), suppress(Error):
        # It is gone before it can answer.
        page.goto("chrome://crash")
    page.close()


def _let_events_come(page: Page) -> None:
    with suppress(Error):
        page.wait_for_timeout(20)

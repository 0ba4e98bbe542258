"""Kills renderers of the browser under test, at any moment and without a warning."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page

PATIENCE_S = 60.0


def renderers() -> list[int]:
    """Return the ids of all renderers of pages that descend from this process."""
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
            line = (folder / "cmdline").read_bytes()
            # The browser draws its own tabs in one as well; without it no new tab opens.
            if b"--type=renderer" in line and b"--top-chrome-webui" not in line:
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
    end = time.monotonic() + PATIENCE_S
    left = list(pages)
    killed: set[int] = set()
    # The browser keeps a renderer ready for the next tab, and has to notice that it is gone: a
    # tab that is opened with a dead one is waited for for ever. It asks what a process that it
    # misses died of, and only then does the system forget that process.
    while left or any(Path(f"/proc/{pid}").exists() for pid in killed):
        assert time.monotonic() < end, "killed renderers are still there"
        for pid in renderers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
        left = [page for page in left if not _is_gone(page)]
    for page in pages:
        page.close()


def crash(page: Page) -> None:
    """Let one page's renderer crash; the others live on, unless they share it."""
    end = time.monotonic() + PATIENCE_S
    with suppress(Error):
        # It is gone before it can answer, or was already.
        page.goto("chrome://crash")
    while not _is_gone(page):
        assert time.monotonic() < end, "a crashed renderer is still there"
    page.close()


def _is_gone(page: Page) -> bool:
    """Return whether a page answers no more.

    Asked, not heard: pages may share a renderer, and the event of a crash that another page's
    end has caused comes before anybody listens.
    """
    try:
        page.evaluate("0")
    except Error as error:
        return page.is_closed() or "crashed" in str(error)
    return False

"""Serves the built page as a user would: ``vite preview``, with the project's headers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

ROOT = Path(__file__).resolve().parents[2]
WEB_DEMO = ROOT / "web_demo"
START_SECONDS = 60
# A process of tests that is cut off stops nothing; its end of this pipe goes with it.
ENDS_WITH_US = "data:text/javascript,process.stdin.resume().on('end', () => process.exit())"


def built_page() -> Path:
    """Return the folder of the built page: ``VOLTLIFT_DIST``, else ``web_demo/dist``.

    Raises
    ------
    RuntimeError
        Where the page, its engine or its bridge has not been built.
    """
    folder = Path(os.environ.get("VOLTLIFT_DIST") or WEB_DEMO / "dist").resolve()
    for part in ("index.html", "runtime/runtime.json", "bridge/index.js", "static/index.html"):
        if not (folder / part).is_file():
            raise RuntimeError(
                f"{folder / part} is missing; expected the built page. Remedy: make build"
            )
    return folder


def chromium() -> str:
    """Return the browser: ``VOLTLIFT_CHROMIUM``, else one of the usual names on the path.

    Raises
    ------
    RuntimeError
        Where there is none.
    """
    candidates = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    named = os.environ.get("VOLTLIFT_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, candidates)), None)
    if found is None or shutil.which(found) is None:
        raise RuntimeError(
            f"no browser: VOLTLIFT_CHROMIUM is {named!r}, and none of {', '.join(candidates)} "
            "is on the path. Remedy: make setup"
        )
    return found


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a built page until the block ends; gives its address.

    The port is any that is free: one that is looked for beforehand can be taken by then.
    """
    vite = ROOT / "node_modules/vite/bin/vite.js"
    if not vite.is_file():
        raise RuntimeError(f"{vite} is missing. Remedy: make setup")
    command = ["node", "--import", ENDS_WITH_US, str(vite), "preview", "--outDir", str(folder)]
    command += ["--host", "localhost", "--port", "0", "--strictPort"]
    with subprocess.Popen(
        command,
        cwd=WEB_DEMO,
        env=os.environ | {"NO_COLOR": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    """Return what the server says it listens on, as soon as it says so."""
    assert process.stdout is not None
    said = ""
    # Ends the output of one that says nothing.
    limit = Timer(START_SECONDS, process.kill)
    limit.start()
    try:
        for line in process.stdout:
            if found := re.search(r"http://localhost:\d+", line):
                return found[0]
            said += line
    finally:
        limit.cancel()
    raise RuntimeError(f"vite preview did not start within {START_SECONDS} s: {said.strip()}")

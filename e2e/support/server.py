"""Serves the built page as a user would: ``vite preview``, with the project's headers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    """Serve a built page until the block ends; gives its address."""
    vite = ROOT / "node_modules/vite/bin/vite.js"
    if not vite.is_file():
        raise RuntimeError(f"{vite} is missing. Remedy: make setup")
    port = _free_port()
    command = ["node", "--import", ENDS_WITH_US, str(vite), "preview", "--outDir", str(folder)]
    command += ["--host", "localhost", "--port", str(port), "--strictPort"]
    with subprocess.Popen(
        command,
        cwd=WEB_DEMO,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        address = f"http://localhost:{port}"
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(address: str, process: subprocess.Popen[str]) -> None:
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last:
        if process.poll() is not None:
            output = process.stdout.read() if process.stdout else ""
            raise RuntimeError(f"vite preview ended with {process.returncode}: {output.strip()}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within {START_SECONDS} s")

"""Find a Chromium for the browser tests, install one if there is none, print its path.

Run by ``make setup``; the path goes to ``.cache/chromium``, and from there into the environment
variable ``VOLTLIFT_CHROMIUM``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 120

ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def installed() -> str | None:
    """Return the browser named by the user, on the path, or of Playwright; None without one."""
    if chosen := os.environ.get("VOLTLIFT_CHROMIUM"):
        if not _starts(chosen):
            raise SystemExit(f"VOLTLIFT_CHROMIUM names {chosen}, which does not start.")
        return chosen
    for name in NAMES:
        if (path := shutil.which(name)) and _starts(path):
            return path
    asked = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = asked.stdout.strip()
    return path if asked.returncode == 0 and _starts(path) else None


def _starts(path: str) -> bool:
    # Ubuntu's chromium-browser may be a stub that only says to install a snap.
    if not Path(path).is_file():
        return False
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def install() -> None:
    """Try Playwright's download, then the distribution's package."""
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    if _run(download, DOWNLOAD_SECONDS) and installed():
        return
    if not shutil.which("apt-get"):
        return
    administrator = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if administrator and not shutil.which("sudo"):
        return
    apt = [*administrator, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    _run([*apt, "update"], 300)
    _run([*apt, "install", "-y", "--no-install-recommends", "chromium"], 900)


def _run(command: list[str], seconds: float) -> bool:
    print("+", *command, file=sys.stderr, flush=True)
    try:
        done = subprocess.run(command, timeout=seconds, stdout=sys.stderr, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return False
    return done.returncode == 0


def main() -> int:
    """Print the path of a browser that starts."""
    path = installed()
    if path is None:
        install()
        path = installed()
    if path is None:
        print(
            "No Chromium was found, and none could be installed. Install one (Debian: apt-get "
            "install chromium; elsewhere: a Chrome or Chromium of your choice) or set "
            "VOLTLIFT_CHROMIUM to its path, then run `make setup` again.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())

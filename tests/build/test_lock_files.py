"""The lock files install anywhere: complete, and without addresses of anyone's registry."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKSPACES = ("", "pyodide_bridge", "web_demo")


def test_npm_ci_finds_every_optional_package_of_the_tools_we_name() -> None:
    """`npm ci` refuses a lock that lacks one, be it for another platform.

    `npm install` writes such a lock where the registry at hand lacks other platforms' packages.
    """
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    named = {
        name
        for workspace in WORKSPACES
        for kind in ("dependencies", "devDependencies")
        for name in packages[workspace].get(kind, {})
    }
    missing = {
        optional
        for name in named
        for optional in packages.get(f"node_modules/{name}", {}).get("optionalDependencies", {})
        if not any(path.endswith(f"node_modules/{optional}") for path in packages)
    }
    assert missing == set()


def test_no_lock_holds_an_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [p for p, entry in packages.items() if "://" in entry.get("resolved", "")] == []
    assert "://" not in (ROOT / "constraints.txt").read_text()

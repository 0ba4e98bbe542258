"""The assets of an unmodified boot, which the benchmark compares the fast one with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from archives import sha256


def stock_assets(
    pyodide: dict[str, bytes], lock: dict[str, Any], wheels: list[Path]
) -> dict[str, bytes]:
    """Return Pyodide as released, the wheels, and a lock file that lists them.

    Parameters
    ----------
    pyodide : dict of str to bytes
        The files of npm's ``pyodide``.
    lock : dict
        ``pyodide-lock.json``.
    wheels : list of Path
        numpy's first, then ours in dependency order.

    Notes
    -----
    With these, ``loadPyodide({packages: ["voltlift-bridge"]})`` loads numpy and the engine the
    usual way: sources in archives, unpacked by Python, compiled on import.
    """
    packages: dict[str, Any] = {"numpy": lock["packages"]["numpy"]}
    assets = dict(pyodide) | {wheel.name: wheel.read_bytes() for wheel in wheels}
    depends = ["numpy"]
    for wheel in wheels[1:]:
        module, version = wheel.name.split("-")[:2]
        name = module.replace("_", "-")
        packages[name] = {
            "name": name,
            "version": version,
            "file_name": wheel.name,
            "install_dir": "site",
            "sha256": sha256(assets[wheel.name]),
            "package_type": "package",
            "imports": [module],
            "depends": depends,
            "unvendored_tests": False,
        }
        depends = [name]
    assets["pyodide-lock.json"] = json.dumps({"info": lock["info"], "packages": packages}).encode()
    return assets

"""Build ``pyodide_bridge/runtime/``: everything the worker loads, verified and ready to serve.

``python pyodide_bridge/build/build_runtime.py [--stock] [--out FOLDER]``

Run by ``make runtime``. Every step is keyed by the contents of its inputs, so a run without a
change only compares hashes. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archives import Files, digest, make_tar_gz, make_zip, read_zip, sha256
from compiling import compile_modules, precompile_dataclasses
from numpy_wheel import WheelError, check, find_numpy_wheel
from selection import select_extensions, select_numpy, select_stdlib
from stock import stock_assets
from wheels import build_wheels

BUILD = Path(__file__).resolve().parent
ROOT = BUILD.parents[1]
PYODIDE = ROOT / "node_modules" / "pyodide"
CACHE = ROOT / ".cache" / "runtime"
MANIFEST = "runtime.json"
FOR_NODE = "package.json"
STDLIB_PREFIX = "/lib/python312.zip/"
SITE_PREFIX = "/lib/python3.12/site-packages/"


@dataclass(frozen=True)
class Inputs:
    """What the runtime is made of, verified."""

    pyodide: dict[str, bytes]
    """The files of npm's ``pyodide`` by name."""
    lock: dict[str, object]
    """``pyodide-lock.json``, parsed."""
    numpy: Path
    """numpy's wheel."""
    wheels: list[Path] = field(default_factory=list)
    """The wheels of this repository: engine and bridge."""


def read_inputs() -> Inputs:
    """Return all inputs; builds the two wheels of this repository.

    Raises
    ------
    WheelError
        If a file is missing or is not the one that is expected.
    """
    known = json.loads((BUILD / "known_hashes.json").read_text())
    pyodide = {}
    for name, expected in known["sha256"].items():
        path = PYODIDE / name
        if not path.is_file():
            raise WheelError(f"{path} is missing. Remedy: run `npm ci` (or `make setup`).")
        pyodide[name] = check(path, expected).read_bytes()
    lock = json.loads(pyodide["pyodide-lock.json"])
    entry = lock["packages"]["numpy"]
    numpy = find_numpy_wheel(entry["file_name"], entry["sha256"], BUILD)
    return Inputs(pyodide, lock, numpy, build_wheels(ROOT, CACHE / "wheels"))


def make_assets(inputs: Inputs) -> dict[str, bytes]:
    """Return the contents of every asset by name, ``runtime.json`` included."""
    stdlib = select_stdlib(_read_zip_bytes(inputs.pyodide["python_stdlib.zip"]))
    numpy = read_zip(inputs.numpy)
    own: dict[str, bytes] = {}
    for wheel in inputs.wheels:
        own |= {p: d for p, d in read_zip(wheel).items() if ".dist-info/" not in p}
    extensions = select_extensions(numpy)

    assets = {n: inputs.pyodide[n] for n in ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")}
    # No package of the distribution is fetched at run time, so none needs to be listed.
    lock = {"info": inputs.lock["info"], "packages": {}}
    assets["pyodide-lock.json"] = json.dumps(lock).encode()
    assets["python_stdlib.zip"] = make_zip(_compiled("stdlib", stdlib, STDLIB_PREFIX))
    assets["numpy.tar.gz"] = make_tar_gz(_compiled("numpy", select_numpy(numpy), SITE_PREFIX))
    assets |= {name: numpy[path] for name, path in extensions.items()}
    engine = _compiled("voltlift", own, SITE_PREFIX)
    assets["voltlift.tar.gz"] = make_tar_gz(engine)
    assets = _with_manifest(assets, inputs, extensions)
    # The engine has to run once before the code that it generates can ship with it.
    engine |= precompile_dataclasses(assets, BUILD, CACHE)
    assets["voltlift.tar.gz"] = make_tar_gz(engine)
    return _with_manifest(assets, inputs, extensions)


def _with_manifest(
    assets: dict[str, bytes], inputs: Inputs, extensions: dict[str, str]
) -> dict[str, bytes]:
    """Return the assets that are served, their manifest, and what Node needs beside them."""
    assets = {name: data for name, data in assets.items() if name not in (MANIFEST, FOR_NODE)}
    listing = [
        {"name": name, "size": len(data), "sha256": sha256(data)}
        for name, data in sorted(assets.items())
    ]
    info = inputs.lock["info"]
    assert isinstance(info, dict)
    manifest = {
        "buildId": digest(assets)[:16],
        "versions": {
            "pyodide": info["version"],
            "python": info["python"],
            **{w.name.split("-")[0]: w.name.split("-")[1] for w in [inputs.numpy, *inputs.wheels]},
        },
        "archives": ["numpy.tar.gz", "voltlift.tar.gz"],
        "extensions": [{"file": file, "path": path} for file, path in extensions.items()],
        "imports": ["voltlift_precompiled", "numpy", "voltlift_bridge"],
        "files": listing,
    }
    # For Node only, which goes by the nearest package.json: pyodide.asm.js is CommonJS there.
    assets[FOR_NODE] = b'{"type": "commonjs"}\n'
    assets[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    return assets


def _compiled(name: str, files: Files, prefix: str) -> dict[str, bytes]:
    return compile_modules(name, files, prefix, BUILD / "compile.mjs", CACHE)


def _read_zip_bytes(data: bytes) -> dict[str, bytes]:
    path = CACHE / "python_stdlib.zip"
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)
    return read_zip(path)


def write_assets(out: Path, assets: Files, keep: tuple[str, ...] = ()) -> list[str]:
    """Make ``out`` hold exactly ``assets`` (and ``keep``); return the names that changed.

    Each file is replaced in one step, the manifest last, so that a server never sends half a file.
    """
    out.mkdir(parents=True, exist_ok=True)
    changed = []
    for name in sorted(assets, key=lambda n: (n == MANIFEST, n)):
        path = out / name
        if path.is_file() and path.read_bytes() == assets[name]:
            continue
        fresh = path.with_name(f".{name}.new")
        fresh.write_bytes(assets[name])
        fresh.replace(path)
        changed.append(name)
    for path in out.iterdir():
        if path.is_file() and path.name not in assets and path.name not in keep:
            path.unlink()
            changed.append(path.name)
    return changed


@contextmanager
def _locked() -> Iterator[None]:
    """Let one build run at a time: several make targets may ask for the runtime at once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main(arguments: list[str] | None = None) -> int:
    """Build, print what changed, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=BUILD.parent / "runtime")
    parser.add_argument(
        "--stock",
        action="store_true",
        help="also build stock/: unmodified Pyodide and wheels, for the benchmark",
    )
    options = parser.parse_args(arguments)
    out: Path = options.out
    try:
        with _locked():
            inputs = read_inputs()
            assets = make_assets(inputs)
            changed = write_assets(out, assets)
            if options.stock:
                stock = stock_assets(inputs.pyodide, inputs.lock, [inputs.numpy, *inputs.wheels])
                changed += write_assets(out / "stock", stock)
    except WheelError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        step = next((a for a in error.cmd[1:] if a.endswith(".mjs")), " ".join(error.cmd))
        reason = error.stderr or "its reason stands above"
        print(f"error: {step} failed: {reason}", file=sys.stderr)
        return 1
    size = sum(map(len, assets.values())) / 1e6
    news = f"{len(changed)} files written" if changed else "up to date"
    print(f"runtime {json.loads(assets[MANIFEST])['buildId']}: {news} ({size:.1f} MB in {out})")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Python modules to bytecode, by Pyodide's own compiler; results are kept by content."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from archives import Files, digest, make_zip, read_tree, read_zip, sha256, write_tree


def compile_modules(
    name: str, files: Files, prefix: str, compiler: Path, cache: Path
) -> dict[str, bytes]:
    """Return ``files`` with each ``.py`` replaced by its ``.pyc``; everything else as it is.

    Parameters
    ----------
    name : str
        Name of the component; its older results are removed from the cache.
    files : mapping of str to bytes
        Contents by path.
    prefix : str
        Where the files will be at run time: the path that tracebacks show.
    compiler : Path
        ``compile.mjs``.
    cache : Path
        Folder for results.

    Notes
    -----
    A component is compiled as a whole in a fresh interpreter: what the marshaller writes depends
    on what is shared inside the process, and this way that is always the same.
    """
    modules = {path: data for path, data in files.items() if path.endswith(".py")}
    rest = {path: data for path, data in files.items() if path not in modules}
    key = sha256(f"{prefix} {digest(modules)} {digest({'c': compiler.read_bytes()})}".encode())
    kept = cache / f"{name}-{key[:24]}.zip"
    if not kept.is_file():
        _keep(kept, name, _compile(modules, prefix, compiler, cache))
    return rest | read_zip(kept)


def precompile_dataclasses(assets: Files, build: Path, cache: Path) -> dict[str, bytes]:
    """Return the module ``voltlift_precompiled``: what dataclasses generate when the engine loads.

    Parameters
    ----------
    assets : mapping of str to bytes
        A complete runtime, which is started once.
    build, cache : Path
        Folder of ``precompile.mjs``; folder for results.

    Raises
    ------
    subprocess.CalledProcessError
        If the engine cannot be imported; the reason is on the standard error output.
    """
    script = build / "precompile.mjs"
    key = digest({**assets, "/script": script.read_bytes()})
    kept = cache / f"precompiled-{key[:24]}.zip"
    if not kept.is_file():
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            write_tree(Path(folder, "runtime"), assets)
            out = Path(folder, "voltlift_precompiled.pyc")
            subprocess.run(
                ["node", str(script), str(Path(folder, "runtime")), str(out)], check=True
            )
            _keep(kept, "precompiled", {out.name: out.read_bytes()})
    return read_zip(kept)


def _keep(kept: Path, name: str, files: Files) -> None:
    for old in kept.parent.glob(f"{name}-*.zip"):
        old.unlink()
    fresh = kept.with_suffix(".new")
    fresh.write_bytes(make_zip(files))
    fresh.replace(kept)


def _compile(modules: Files, prefix: str, compiler: Path, cache: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        target.mkdir()
        write_tree(source, modules)
        job = Path(folder, "job.json")
        job.write_text(
            json.dumps(
                {
                    "source": str(source),
                    "target": str(target),
                    "prefix": prefix,
                    "files": sorted(modules),
                }
            )
        )
        subprocess.run(["node", str(compiler), str(job)], check=True)
        return read_tree(target)

"""What ships: a small wheel that needs numpy and nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

pytestmark = pytest.mark.cpython_only(reason="builds the wheel from the source tree")

ROOT = Path(__file__).resolve().parents[2]
LIMIT_BYTES = 150_000
NUMPY_NOT_SHIPPED = {"random", "fft", "ma", "polynomial", "testing", "f2py", "ctypeslib", "matlib"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < LIMIT_BYTES


def test_the_wheel_is_pure_python_and_needs_numpy_only(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        fields = Parser().parsestr(archive.read(metadata).decode())
    assert [r.split(">")[0].split("<")[0] for r in fields.get_all("Requires-Dist", [])] == ["numpy"]


def test_the_wheel_holds_the_whole_package(wheel: Path) -> None:
    source = ROOT / "core" / "src"
    with zipfile.ZipFile(wheel) as archive:
        packed = {n for n in archive.namelist() if ".dist-info/" not in n}
    tree = {
        p.relative_to(source).as_posix()
        for p in (source / "voltlift_core").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert packed == tree


def test_the_wheel_imports_numpy_and_the_standard_library_only(wheel: Path) -> None:
    imported = {name.partition(".")[0] for name in _imports(wheel)}
    assert imported - set(sys.stdlib_module_names) == {"numpy", "voltlift_core"}


def test_the_wheel_uses_only_the_parts_of_numpy_that_ship(wheel: Path) -> None:
    parts = {name.split(".")[1] for name in _imports(wheel) if name.startswith("numpy.")}
    for tree in _trees(wheel):
        parts |= {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in {"np", "numpy"}
        }
    assert not parts & NUMPY_NOT_SHIPPED


def test_it_imports_alone_from_the_wheel(wheel: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import voltlift_core; "
        "print(voltlift_core.__file__)"
    )
    # -P and -E: neither the working directory nor PYTHONPATH may help.
    command = [sys.executable, "-P", "-E", "-c", code, str(wheel)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=wheel.parent)
    assert output.stdout.strip().startswith(str(wheel))


def _trees(wheel: Path) -> list[ast.Module]:
    with zipfile.ZipFile(wheel) as archive:
        return [ast.parse(archive.read(n)) for n in archive.namelist() if n.endswith(".py")]


def _imports(wheel: Path) -> set[str]:
    found: set[str] = set()
    for tree in _trees(wheel):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found

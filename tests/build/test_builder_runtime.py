from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import digest, sha256
from build_runtime import MANIFEST, make_assets, read_inputs, write_assets
from selection import select_extensions, select_numpy, select_stdlib
from stock import stock_assets
from sum_tests import main as sum_tests
from wheels import PROJECTS


@pytest.fixture(scope="module")
def assets() -> dict[str, bytes]:
    return make_assets(read_inputs())


def test_the_manifest_lists_every_asset_with_its_hash(assets: dict[str, bytes]) -> None:
    manifest = json.loads(assets[MANIFEST])
    listed = {f["name"]: (f["size"], f["sha256"]) for f in manifest["files"]}
    for_node = {MANIFEST, "package.json"}
    expected = {n: (len(d), sha256(d)) for n, d in assets.items() if n not in for_node}
    assert listed == expected
    assert manifest["buildId"] == digest({n: assets[n] for n in expected})[:16]
    assert set(manifest["archives"]) <= set(expected)
    assert {e["file"] for e in manifest["extensions"]} <= set(expected)
    assert manifest["versions"]["pyodide"] == "0.27.7"
    assert manifest["versions"]["numpy"] == "2.0.2"


def test_the_same_inputs_give_the_same_bytes(assets: dict[str, bytes]) -> None:
    assert make_assets(read_inputs()) == assets


def test_writing_twice_changes_nothing_and_strangers_go(
    tmp_path: Path, assets: dict[str, bytes]
) -> None:
    assert set(write_assets(tmp_path, assets)) == set(assets)
    (tmp_path / "old.tar.gz").write_bytes(b"stale")
    (tmp_path / "pyodide.mjs").write_bytes(b"damaged")
    assert sorted(write_assets(tmp_path, assets)) == ["old.tar.gz", "pyodide.mjs"]
    assert write_assets(tmp_path, assets) == []
    assert {p.name for p in tmp_path.iterdir()} == set(assets)


def test_a_stock_boot_finds_every_file_that_its_lock_names() -> None:
    inputs = read_inputs()
    stock = stock_assets(inputs.pyodide, inputs.lock, [inputs.numpy, *inputs.wheels])
    packages = json.loads(stock["pyodide-lock.json"])["packages"]
    assert set(packages) == {"numpy", *(name.replace("_", "-") for name in PROJECTS)}
    for package in packages.values():
        assert sha256(stock[package["file_name"]]) == package["sha256"]
        assert set(package["depends"]) <= set(packages)
    assert stock["python_stdlib.zip"] == inputs.pyodide["python_stdlib.zip"]


def test_selection_cuts_whole_modules_and_nothing_that_only_looks_alike() -> None:
    stdlib = {"this.py": b"", "thisisnot.py": b"", "json/tool.py": b"", "xmlrpc/client.py": b""}
    assert set(select_stdlib(stdlib)) == {"thisisnot.py", "json/tool.py"}
    extension = "numpy/_core/_multiarray_umath.cpython-312-wasm32-emscripten.so"
    numpy = {
        "numpy/__init__.py": b"",
        "numpy/random/mtrand.so": b"",
        "numpy/random/__init__.py": b"",
        "numpy/lib/tests/test_x.py": b"",
        "numpy/lib/npyio.py": b"",
        "numpy/__init__.pyi": b"",
        extension: b"",
        "numpy/_core/_multiarray_tests.x.so": b"",
        "numpy/linalg/_umath_linalg.x.so": b"",
        "numpy-2.dist-info/RECORD": b"",
    }
    assert set(select_numpy(numpy)) == {"numpy/__init__.py", "numpy/lib/npyio.py"}
    assert select_extensions(numpy)["numpy.multiarray_umath.wasm"] == extension


def test_reports_are_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xml").write_text(
        "<testsuites><testsuite><testcase/><testcase><skipped/></testcase></testsuite></testsuites>"
    )
    assert sum_tests(tmp_path) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed, 1 skipped"
    (tmp_path / "b.xml").write_text(
        "<testsuite><testcase><failure/></testcase><testcase><error/></testcase></testsuite>"
    )
    assert sum_tests(tmp_path) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 2 failed, 1 skipped"


def test_no_report_at_all_is_a_failure(tmp_path: Path) -> None:
    assert sum_tests(tmp_path) == 1

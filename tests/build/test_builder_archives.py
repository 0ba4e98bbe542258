from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from random import Random

import pytest
from archives import Files, digest, make_tar_gz, make_zip, read_tree, read_zip, write_tree
from hypothesis import given
from hypothesis import strategies as st

BUILD = Path(__file__).resolve().parents[2] / "pyodide_bridge" / "build"

NAMES = st.from_regex(r"[a-z]{1,8}(/[a-z_]{1,20}){0,3}\.pyc", fullmatch=True)
FILES = st.dictionaries(NAMES, st.binary(max_size=2000), min_size=1, max_size=8)


@given(FILES, st.randoms(use_true_random=False))
def test_bytes_depend_on_the_contents_only(files: Files, random: Random) -> None:
    names = list(files)
    random.shuffle(names)
    shuffled = {name: files[name] for name in names}
    assert make_zip(shuffled) == make_zip(files)
    assert make_tar_gz(shuffled) == make_tar_gz(files)
    assert digest(shuffled) == digest(files)


@given(FILES)
def test_archives_hold_what_was_put_in(files: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(make_zip(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    with tarfile.open(fileobj=io.BytesIO(make_tar_gz(files))) as tar:
        read = {m.name: tar.extractfile(m) for m in tar.getmembers()}
        assert {name: f.read() for name, f in read.items() if f} == files


def test_a_change_of_name_or_content_changes_the_digest() -> None:
    base = digest({"a": b"1", "b": b"2"})
    assert digest({"a": b"2", "b": b"1"}) != base
    assert digest({"a": b"1", "c": b"2"}) != base
    assert digest({"a": b"1"}) != base


def test_trees_round_trip_without_bytecode_caches(tmp_path: Path) -> None:
    files = {"a.py": b"1", "b/c.json": b"{}"}
    write_tree(tmp_path, files | {"b/__pycache__/c.pyc": b"x"})
    assert read_tree(tmp_path) == files
    (tmp_path / "z.zip").write_bytes(make_zip(files))
    assert read_zip(tmp_path / "z.zip") == files


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_browser_reads_the_tar_and_notices_a_cut_one(tmp_path: Path) -> None:
    long_name = "voltlift_core/" + "deep_folder/" * 9 + "module.pyc"  # needs the prefix field
    files = {"a.pyc": b"", "b/c.pyc": bytes(range(256)) * 3, long_name: b"x" * 512}
    tar = gzip.decompress(make_tar_gz(files))
    script = f"""
        import {{ tarEntries }} from "{(BUILD / "boot.mjs").as_uri()}";
        import {{ readFileSync }} from "node:fs";
        const tar = new Uint8Array(readFileSync(process.argv[2]));
        const hex = (data) => Buffer.from(data).toString("hex");
        const entries = Object.fromEntries(
            [...tarEntries(tar)].map(([path, data]) => [path, hex(data)]));
        console.log(JSON.stringify(entries));
        try {{ [...tarEntries(tar.subarray(0, 1024))]; console.log("whole"); }}
        catch (error) {{ console.log(error.message); }}
    """
    (tmp_path / "read.mjs").write_text(script)
    (tmp_path / "a.tar").write_bytes(tar)
    command = ["node", str(tmp_path / "read.mjs"), str(tmp_path / "a.tar")]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    entries, cut = output.splitlines()
    assert {name: bytes.fromhex(data) for name, data in json.loads(entries).items()} == files
    assert cut == "Runtime archive is cut off at b/c.pyc"

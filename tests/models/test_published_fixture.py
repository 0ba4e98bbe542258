"""The release that the bridge's tests bring in is what ``voltlift publish`` makes.

``python tests/models/test_published_fixture.py`` makes it anew, where its form has changed.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

from model_cards import card
from voltlift_learned import MODEL_NAMES
from voltlift_models.artifacts import write_artifact
from voltlift_models.cards import Probe, SpecCard
from voltlift_models.publish import Pinned, new_key, publish, read_pinned, verify_published
from voltlift_models.serving import NET, RUNTIME_FILES

FIXTURE = Path(__file__).parents[2] / "pyodide_bridge/tests/models/published"
NOW_S = 1_790_000_000.0


def make(folder: Path, work: Path) -> Pinned:
    """Publish two linear models, one of them with a file in a folder, by a new key."""
    model = json.dumps({"weights": [0.5, -1.0]}).encode()
    spec = SpecCard("pair/1", "f" * 64, ("reps", "gap"))
    probe = Probe.of("model.json", [[8, 0.1], [5, 3]], [3.9, -0.5])
    for name, more in (
        ("ranker", {"ranker.npz": bytes(range(256))}),
        ("exercise-net", {"tfjs/model.json": b"{}", "weights": b"\0" * 16}),
    ):
        made = card(model=name, spec=spec, probes=(probe,), files=())
        write_artifact(work / "artifacts", made, {"model.json": model, **more})
    pinned = Pinned(current=new_key(work / "key.pem"))
    publish(work / "artifacts", folder, work / "key.pem", pinned, now_s=NOW_S)
    return pinned


def files_in(folder: Path) -> dict[Path, Path]:
    """Return all files of a folder by their path in it."""
    return {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}


def test_the_fixture_is_what_is_published(tmp_path: Path) -> None:
    make(tmp_path / "site", tmp_path)
    fresh, kept = files_in(tmp_path / "site"), files_in(FIXTURE)
    del kept[Path("pinned-keys.json")]
    assert fresh.keys() == kept.keys()
    for name, path in fresh.items():
        if name.suffix != ".sig":
            assert path.read_bytes() == kept[name].read_bytes()


def test_the_fixture_is_signed_by_the_key_beside_it() -> None:
    release = verify_published(FIXTURE, read_pinned(FIXTURE / "pinned-keys.json"))
    assert {item.model for item in release.artifacts} == {"ranker", "exercise-net"}


def test_the_bridge_knows_which_file_the_engine_runs() -> None:
    source = (FIXTURE.parents[2] / "src/models/types.ts").read_text()
    (block,) = re.findall(r"RUNTIME_FILES: .*? = \{(.*?)\};", source, re.DOTALL)
    assert dict(re.findall(r'([\w-]+)"?: "([^"]+)"', block)) == dict(RUNTIME_FILES)
    # Nets are read from their own files, by a runtime beside Python.
    assert set(MODEL_NAMES) - set(RUNTIME_FILES) == {NET}


if __name__ == "__main__":
    shutil.rmtree(FIXTURE, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        keys = make(FIXTURE, Path(work))
    text = json.dumps({"current": keys.current, "next": keys.next}, indent=2)
    (FIXTURE / "pinned-keys.json").write_text(text + "\n")

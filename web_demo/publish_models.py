"""Publish the models that the page fetches, and the keys that this build accepts.

``make build`` runs it. Where ``models/configs/pinned-keys.json`` names keys, these are pinned,
and the release is the folder that ``VOLTLIFT_RELEASE`` names, signed with one of them. Where it
names none, a development key is made once, outside of the tree; it signs ``models/artifacts``,
and its public half is pinned in this build alone.

The results are ``.cache/release/models`` and ``.cache/release/pinned-keys.json``; Vite reads both.
"""

import os
import shutil
import sys
from pathlib import Path

from voltlift_core import VoltLiftError
from voltlift_models.publish import (
    Pinned,
    new_key,
    public_key,
    publish,
    read_key,
    read_pinned,
    verify_published,
    write_pinned,
)

ROOT = Path(__file__).resolve().parents[1]
ARTIFACTS = ROOT / "models" / "artifacts"
PINNED = ROOT / "models" / "configs" / "pinned-keys.json"


def prepare(to: Path, pinned: Pinned, release: Path | None, key: Path) -> str:
    """Make ``to/models`` and ``to/pinned-keys.json``, and say what they hold.

    Parameters
    ----------
    to : Path
        Folder of both.
    pinned : Pinned
        Keys of an owner; empty for a build that signs for itself.
    release : Path, optional
        Published folder of that owner; without one the build has keys and no release of its own.
    key : Path
        Private development key; made where it is missing.

    Raises
    ------
    VoltLiftError
        Where a release is damaged or signed by nobody who is pinned, or the key cannot be used.
    """
    site = to / "models"
    # An interrupted run leaves no keys, so that it is run again; files of earlier releases go.
    (to / "pinned-keys.json").unlink(missing_ok=True)
    shutil.rmtree(site, ignore_errors=True)
    if pinned.current or pinned.next:
        said = "keys of the owner, no release (VOLTLIFT_RELEASE=folder puts one in)"
        if release is not None:
            manifest = verify_published(release, pinned)
            shutil.copytree(release, site)
            said = f"release {manifest.sequence} of {release}"
    else:
        pinned = Pinned(current=public_key(read_key(key)) if key.exists() else new_key(key))
        published = publish(ARTIFACTS, site, key, pinned)
        said = f"release {published.manifest.sequence}, signed with the development key {key}"
    write_pinned(to / "pinned-keys.json", pinned)
    return said


def development_key() -> Path:
    """Return where the development key of this user is kept."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "voltlift" / "development.key"


if __name__ == "__main__":
    folder = os.environ.get("VOLTLIFT_RELEASE")
    try:
        said = prepare(
            ROOT / ".cache" / "release",
            read_pinned(PINNED),
            Path(folder) if folder else None,
            development_key(),
        )
    except VoltLiftError as error:
        sys.exit(f"The models could not be published: {error}")
    print(f"models: {said}")

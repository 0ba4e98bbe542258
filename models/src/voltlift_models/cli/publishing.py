"""``voltlift publish`` and ``voltlift keys``: artefacts as signed static files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voltlift_models import publish as publishing
from voltlift_models.cli.options import CONFIGS, AsJson
from voltlift_models.cli.output import Output, refusals
from voltlift_models.serving import ARTIFACTS

keys = typer.Typer(help="Keys that sign releases.", no_args_is_help=True)

Artifacts = Annotated[
    Path, typer.Option("--artifacts", exists=True, file_okay=False, help="Models to publish.")
]
PinnedFile = Annotated[
    Path, typer.Option("--pinned", help="Public keys that apps accept: current and next.")
]
PINNED = CONFIGS / "pinned-keys.json"


def publish(
    to: Annotated[Path, typer.Option("--to", help="Folder to serve.")],
    key: Annotated[Path, typer.Option("--key", help="Private key, outside of the repository.")],
    artifacts: Artifacts = ARTIFACTS,
    pinned: PinnedFile = PINNED,
    valid_days: Annotated[
        int | None,
        typer.Option("--valid-days", help="Within how many days the next release comes."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the artefacts as static files with a signed manifest, for any CDN or bucket."""
    output = Output(as_json)
    with refusals(output):
        done = publishing.publish(
            artifacts,
            to,
            key,
            publishing.read_pinned(pinned),
            valid_days=valid_days,
            progress=output.say,
        )
        sequence = done.manifest.sequence
        document = {
            "sequence": sequence,
            "written": done.written,
            "bytes": done.bytes,
            "keyId": done.key_id,
            "to": str(to),
        }
        output.result(document, f"release {sequence} in {to}: {done.written} new files")


@keys.command("new")
def new(
    path: Annotated[Path, typer.Argument(help="Where to keep the private key (mode 0600).")],
    as_json: AsJson = False,
) -> None:
    """Make a key; its public half is what apps pin."""
    output = Output(as_json)
    with refusals(output):
        public = publishing.new_key(path)
        output.result({"publicKey": public}, f"public key: {public}")

"""Write a generated page of docs/reference, or compare it."""

from __future__ import annotations

import sys
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference"


def write_or_check(name: str, text: str, source: str) -> int:
    """Write ``reference/<name>``; with ``--check`` on the command line only compare it.

    Parameters
    ----------
    name : str
        The page.
    text : str
        What it has to say.
    source : str
        What it is made from, for the message.

    Returns
    -------
    int
        The exit code: 1 where a compared page is stale or missing.
    """
    path = REFERENCE / name
    if "--check" not in sys.argv[1:]:
        path.write_text(text, "utf-8")
        return 0
    if path.exists() and path.read_text("utf-8") == text:
        return 0
    print(f"{path} does not fit {source}. Remedy: make generate", file=sys.stderr)
    return 1

"""The page on bringing one's own logs names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from voltlift_models.parquet import LIFTER_SCHEMA, SET_SCHEMA

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "bring-your-own-logs.md").read_text(encoding="utf-8")
SOURCE = ROOT / "models" / "src" / "voltlift_models"


def test_every_column_is_described():
    named = set(re.findall(r"`([a-z_0-9]+)`", PAGE))
    assert set(SET_SCHEMA.names) <= named
    assert set(LIFTER_SCHEMA.names) <= named


def test_every_code_is_described():
    text = "".join((SOURCE / name).read_text() for name in ("ingest.py", "overlap.py"))
    codes = set(re.findall(r'(?:Excluded|Notice)\([\w.]+, "(\w+)"', text))
    assert {"duplicate", "no_training", "mixed_units"} <= codes
    assert codes <= set(re.findall(r"`(\w+)`", PAGE))

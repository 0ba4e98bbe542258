"""Encodings, sizes, and files that are no text."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_importers import text as text_module
from voltlift_importers.text import read_text

SAMPLE = "Date;Übung;重量\n1;Bankdrücken;2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_are_told_apart(encoding: str) -> None:
    content = SAMPLE if encoding in ("utf-8", "utf-8-sig", "utf-16") else "Date;Übung\n1;a\n"
    assert read_text(content.encode(encoding)) == content


def test_windows_1252_is_read_where_it_is_no_utf_8() -> None:
    assert read_text("Übung – 61,5 kg".encode("cp1252")) == "Übung – 61,5 kg"


def test_text_is_taken_as_it_is_without_its_mark_and_lone_surrogates() -> None:
    assert read_text("\ufeffDate\ud800") == "Date\ufffd"


def test_archives_and_other_binary_files_are_refused() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("strong.csv", "Date")
    for data in (archive.getvalue(), b"a\x00b,c", bytes(range(256)), b"\x81\x8d,\x8f"):
        with pytest.raises(VoltLiftError) as caught:
            read_text(data)
        assert caught.value.code is ErrorCode.UNSUPPORTED_FILE


@pytest.mark.parametrize("as_text", [True, False])
def test_limits_hold_before_anything_is_parsed(
    monkeypatch: pytest.MonkeyPatch, as_text: bool
) -> None:
    monkeypatch.setattr(text_module, "MAX_CSV_BYTES", 10)
    monkeypatch.setattr(text_module, "MAX_JSON_BYTES", 20)

    def read(content: str) -> str:
        return read_text(content if as_text else content.encode())

    assert read("0123456789") == "0123456789"
    assert read('  {"0": 123456}') == '  {"0": 123456}'
    for content in ("0123456789a", "ääääää", '{"0": 123456789012345}'):
        with pytest.raises(VoltLiftError) as caught:
            read(content)
        assert caught.value.code is ErrorCode.FILE_TOO_LARGE
        assert caught.value.expected is not None


def test_the_limits_are_those_of_the_specification() -> None:
    assert text_module.MAX_CSV_BYTES == 25_000_000
    assert text_module.MAX_JSON_BYTES == 100_000_000

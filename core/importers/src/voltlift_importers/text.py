"""From the bytes of a file to its text: size, encoding, and refusal of what is no text."""

from __future__ import annotations

import codecs
import re

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_importers.limits import MAX_CSV_BYTES, MAX_JSON_BYTES

SUPPORTED = "a CSV export of Strong, Hevy, FitNotes or Fitbod, or an app state as JSON"

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE = 4096


def read_text(data: bytes | str) -> str:
    """Return a file's text.

    UTF-8 with or without mark, UTF-16 and Windows-1252 are told apart by content. The
    limit of the kind of file (JSON begins with ``{`` or ``[``) holds before anything is
    parsed.

    Raises
    ------
    VoltLiftError
        ``file_too_large`` above 25 MB of CSV or 100 MB of JSON; ``unsupported_file``
        where the bytes are no text.
    """
    if isinstance(data, str):
        # Text without a character in Latin-1 range takes up to four bytes for each.
        size = len(data) if data.isascii() else len(data.encode("utf-8", "surrogatepass"))
        _check_size(size, looks_like_json(data[:_SAMPLE]))
        text = data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        encoding = "text"
    else:
        encoding = _encoding(data)
        head = data[:_SAMPLE].decode(encoding, "replace")
        _check_size(len(data), looks_like_json(head))
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            encoding = "cp1252"
            text = data.decode(encoding, "replace")
            if "\ufffd" in text:
                raise _no_text("bytes that are text in none of the known encodings") from None
    text = text.removeprefix("\ufeff")
    sample = text[:_SAMPLE]
    if "\x00" in text or len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise _no_text(f"control characters, read as {encoding}")
    return text


def looks_like_json(text: str) -> bool:
    """Return whether text is meant as JSON."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _encoding(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    # Without a mark, Latin text in UTF-16 has a zero in every other byte.
    if zeros * 4 > len(sample):
        even = sample[::2].count(0)
        return "utf-16-be" if even * 2 > zeros else "utf-16-le"
    return "utf-8"


def _check_size(size: int, is_json: bool) -> None:
    limit = MAX_JSON_BYTES if is_json else MAX_CSV_BYTES
    if size > limit:
        raise VoltLiftError(
            ErrorCode.FILE_TOO_LARGE,
            "the file is too large to import",
            expected=f"at most {limit // 1_000_000} MB",
            received=f"{size / 1_000_000:.1f} MB",
            remedy="Export a shorter period, or split the file",
        )


def _no_text(received: str) -> VoltLiftError:
    return VoltLiftError(
        ErrorCode.UNSUPPORTED_FILE,
        "the file is not a text file",
        expected=SUPPORTED,
        received=received,
        remedy="Unpack it first if it is an archive, or export it as CSV if it is a spreadsheet",
    )

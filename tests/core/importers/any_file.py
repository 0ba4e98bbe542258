"""Any file at all, and what holds of the answer to it."""

from __future__ import annotations

from hypothesis import strategies as st
from strong_files import read, sets_of

from voltlift_core import Known
from voltlift_core.contract import ImportPreview
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.wire import decode, encode_json, parse_json

REFUSALS = {ErrorCode.UNSUPPORTED_FILE, ErrorCode.FILE_TOO_LARGE}
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)
ANY_TEXT = PRINTABLE | st.sampled_from(
    [
        *(
            "1",
            "0",
            "-1",
            "W",
            "Note",
            "60",
            "61,5",
            "1e308",
            "nan",
            "kg",
            '"',
            "\n",
            ";",
            "²",
            "٣",
        ),
        *("2024-04-16 19:47:42", "3/4/24", "13/4/24 7:05 PM", "9999-12-31", "1h 5m"),
        "Squat (Barbell)",
    ]
)


def answer(file: bytes | str, known: Known | None = None) -> ImportPreview | None:
    """Return the preview, None for a refusal; anything else fails the test."""
    try:
        found = read(file, known)
    except VoltLiftError as error:
        if error.code in REFUSALS:
            return None
        raise
    assert decode(ImportPreview, parse_json(encode_json(found))) == found
    counts = (
        found.new_sessions,
        found.known_sessions,
        found.changed_sessions,
        found.duplicate_sessions,
    )
    assert sum(counts) == len(found.sessions) == len(found.outlooks)
    assert found.sets == len(sets_of(found))
    assert found.rejected_total >= len(found.rejected)
    ids = [session.id for session in found.sessions]
    assert len(set(ids)) == len(ids)
    return found

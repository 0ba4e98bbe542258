"""Errors that say what, where, what was expected, what was received and what to do."""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """Stable codes that callers may branch on; messages may be reworded, codes may not."""

    INVALID_REQUEST = "invalid_request"
    UNKNOWN_METHOD = "unknown_method"
    UNKNOWN_EXERCISE = "unknown_exercise"
    NOT_AVAILABLE = "not_available"
    NOT_READY = "not_ready"
    UNSUPPORTED_FILE = "unsupported_file"
    FILE_TOO_LARGE = "file_too_large"
    INVALID_CONFIGURATION = "invalid_configuration"
    VECTOR_SPEC_MISMATCH = "vector_spec_mismatch"
    STORAGE = "storage"
    CORRUPT_DATA = "corrupt_data"
    INFERENCE = "inference"
    INTERNAL = "internal"


class VoltLiftError(Exception):
    """A failure that a caller can understand and act on.

    Parameters
    ----------
    code : ErrorCode
        What kind of failure this is.
    message : str
        One sentence for a developer: what is wrong.
    path : str, optional
        JSON path of the offending field, such as ``$.history[0].logs[2].sets[1].weight``.
    expected, received : str, optional
        What would have been accepted, and what was there instead.
    remedy : str, optional
        What to do about it.

    Examples
    --------
    >>> error = VoltLiftError(ErrorCode.INVALID_REQUEST, "limit is out of range",
    ...                       path="$.limit", expected="an integer from 1 to 100", received="0")
    >>> str(error)
    'limit is out of range at $.limit: expected an integer from 1 to 100, received 0'
    """

    def __init__(
        self,
        code: ErrorCode,
        message: str,
        *,
        path: str | None = None,
        expected: str | None = None,
        received: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.code = code
        self.message = message
        self.path = path
        self.expected = expected
        self.received = received
        self.remedy = remedy
        super().__init__(self._text())

    def _text(self) -> str:
        text = self.message
        if self.path is not None:
            text += f" at {self.path}"
        if self.expected is not None:
            text += f": expected {self.expected}"
            if self.received is not None:
                text += f", received {self.received}"
        if self.remedy is not None:
            text += f". {self.remedy}"
        return text

    def to_wire(self) -> dict[str, object]:
        """Return ``{code, message, details}``, the form in which errors cross the boundary."""
        details = {
            name: value
            for name, value in (
                ("path", self.path),
                ("expected", self.expected),
                ("received", self.received),
                ("remedy", self.remedy),
            )
            if value is not None
        }
        return {"code": str(self.code), "message": str(self), "details": details}


def unknown_exercise(exercise_id: str, path: str = "$.exerciseId") -> VoltLiftError:
    """Return the error of a request whose exercise nothing knows."""
    return VoltLiftError(
        ErrorCode.UNKNOWN_EXERCISE,
        "there is no such exercise",
        path=path,
        expected="an id of the catalogue or of a custom exercise",
        received=repr(exercise_id),
    )


def check_range(field: str, value: float, low: int, high: int) -> None:
    """Refuse a request whose number is out of range.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` at the field.

    Examples
    --------
    >>> check_range("limit", 5, 1, 100)
    """
    if not low <= value <= high:
        kind = "an integer" if isinstance(value, int) else "a number"
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            f"{field} is out of range",
            path=f"$.{field}",
            expected=f"{kind} from {low} to {high}",
            received=str(value),
        )


def invalid_configuration(
    what: str,
    path: str | None,
    expected: str | None,
    received: str | None,
    remedy: str | None = "The rules in use stay as they are",
) -> VoltLiftError:
    """Return the error of a configuration that does not fit; ``what`` says what is not used."""
    return VoltLiftError(
        ErrorCode.INVALID_CONFIGURATION,
        what,
        path=path,
        expected=expected,
        received=received,
        remedy=remedy,
    )

"""What every suite needs: a subject to make and reopen, and a runner. No test framework."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Port = TypeVar("Port")
Make: TypeAlias = Callable[[], Awaitable[Port]]
Reopen: TypeAlias = Callable[[Port], Awaitable[Port]]


@dataclass(frozen=True, slots=True)
class Subject(Generic[Port]):
    """An adapter to be checked.

    Parameters
    ----------
    make : async callable
        Gives a new, empty adapter at every call, apart from all the others.
    reopen : async callable, optional
        Closes an adapter and gives another one over the same storage, as after a restart;
        left out for one that lives in memory.
    """

    make: Make[Port]
    reopen_with: Reopen[Port] | None = None

    async def reopen(self, adapter: Port) -> Port:
        """Return an adapter over the same storage, as after a restart."""
        return adapter if self.reopen_with is None else await self.reopen_with(adapter)


Check: TypeAlias = Callable[[Subject[Port]], Awaitable[None]]


async def run(checks: Sequence[Check[Port]], subject: Subject[Port]) -> list[str]:
    """Run all checks and return their names.

    Raises
    ------
    AssertionError
        Naming every check that failed, and how.
    """
    failures: list[str] = []
    names = [getattr(check, "__name__", repr(check)) for check in checks]
    for name, check in zip(names, checks, strict=True):
        try:
            await check(subject)
        except Exception as error:
            failures.append(f"{name}: {type(error).__name__}: {error}")
    if failures:
        raise AssertionError("\n".join([f"{len(failures)} of {len(checks)} failed", *failures]))
    return names


def expect(holds: bool, what: str) -> None:
    """Raise ``AssertionError`` unless something holds; works under ``python -O`` too."""
    if not holds:
        raise AssertionError(what)


def expect_equal(actual: object, expected: object, what: str) -> None:
    """Raise ``AssertionError`` unless two values are equal, quoting both."""
    if actual != expected:
        raise AssertionError(f"{what}: expected {_show(expected)}, received {_show(actual)}")


def _show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:197] + "..."


HOSTILE: tuple[str, ...] = (
    "__proto__",
    "constructor",
    "toString",
    "../../outside",
    "a/b",
    "a\\b",
    ".",
    "..",
    "~",
    "CON",
    "nul.json",
    " ",
    "a b ",
    "x" * 1000,
    "new\nline",
    "nul\0byte",
    "é",
    "e\u0301",
    "A",
    "a",
    "%2e%2e",
    "'; --",
    "*?[a]",
    "1",
    "01",
    "🏋️",
    "\uffff",
)
"""Names that break adapters which build paths, patterns or object keys of them.

Two are equal only to those that ignore case, and two only after Unicode normalisation.
"""


class SourceFailedError(Exception):
    """What the suites' deliberately unreadable values raise."""

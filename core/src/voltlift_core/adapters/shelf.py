"""What a model registry keeps, and what it may: the rules that all adapters share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import ACTIVE_BUDGET, STORED_BUDGET, Installed

Key = tuple[str, str]
"""Name and version."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sizes of what is installed, in order of installation, and which of it is in use.

    A change gives a new shelf or raises, so that an adapter stores all of it or nothing.

    Examples
    --------
    >>> shelf = Shelf().install(("load", "1"), 10).activate("load", "1")
    >>> shelf = shelf.install(("load", "2"), 10).activate("load", "2")
    >>> shelf.roll_back("load").active
    {'load': '1'}
    """

    sizes: Mapping[Key, int] = field(default_factory=dict)
    active: Mapping[str, str] = field(default_factory=dict)
    last_good: Mapping[str, str] = field(default_factory=dict)

    def entries(self) -> list[Installed]:
        """Return what is kept, oldest installation first."""
        return [
            Installed(
                name,
                version,
                size,
                active=self.active.get(name) == version,
                last_good=self.last_good.get(name) == version,
            )
            for (name, version), size in self.sizes.items()
        ]

    def install(self, key: Key, size: int) -> Shelf:
        """Keep an artefact; the oldest of what is not in use make room for it."""
        sizes = {**self.sizes, key: size}
        kept = {key, *self.active.items(), *self.last_good.items()}
        for old in [old for old in sizes if old not in kept]:
            if sum(sizes.values()) <= STORED_BUDGET:
                break
            del sizes[old]
        _check("installed", sum(sizes.values()), STORED_BUDGET)
        return Shelf(sizes, self.active, self.last_good)._fitting()

    def activate(self, name: str, version: str) -> Shelf:
        """Make a version the active one."""
        self.require((name, version))
        before = self.active.get(name, version)
        last_good = dict(self.last_good)
        if before != version:
            last_good[name] = before
        elif last_good.get(name) == version:
            del last_good[name]  # It was switched off, and is on again.
        return Shelf(self.sizes, {**self.active, name: version}, last_good)._fitting()

    def deactivate(self, name: str) -> Shelf:
        """Let no version be active."""
        if name not in self.active:
            return self
        active = dict(self.active)
        return Shelf(self.sizes, active, {**self.last_good, name: active.pop(name)})

    def roll_back(self, name: str) -> Shelf:
        """Make the last good version the active one."""
        last_good = dict(self.last_good)
        version = last_good.pop(name, None)
        if version is None:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                f"{name} has no last good version",
                remedy="Activate one of those that are installed",
            )
        return Shelf(self.sizes, {**self.active, name: version}, last_good)._fitting()

    def remove(self, key: Key) -> Shelf:
        """Let go of a version that is not active."""
        self.require(key)
        name, version = key
        if self.active.get(name) == version:
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                f"{name} {version} is in use",
                expected="a version that is not active",
                remedy="Deactivate it first",
            )
        sizes = {other: size for other, size in self.sizes.items() if other != key}
        last_good = {n: v for n, v in self.last_good.items() if (n, v) != key}
        return Shelf(sizes, self.active, last_good)

    def versions(self, name: str) -> list[str]:
        """Return the versions of a name, oldest installation first."""
        return [version for other, version in self.sizes if other == name]

    def gone(self, after: Shelf) -> Iterator[Key]:
        """Yield what a later shelf does not keep any more."""
        return (key for key in self.sizes if key not in after.sizes)

    def require(self, key: Key) -> None:
        """Raise ``invalid_request`` where a version is not installed."""
        if key not in self.sizes:
            name, version = key
            installed = self.versions(name)
            raise VoltLiftError(
                ErrorCode.INVALID_REQUEST,
                f"{name} has no such version installed",
                expected="one of " + ", ".join(installed) if installed else "an installed version",
                received=version,
                remedy="Install it first",
            )

    def _fitting(self) -> Shelf:
        """Return this shelf if what is active fits its budget."""
        _check("active", sum(self.sizes[key] for key in self.active.items()), ACTIVE_BUDGET)
        return self


def _check(which: str, size: int, budget: int) -> None:
    if size > budget:
        raise VoltLiftError(
            ErrorCode.FILE_TOO_LARGE,
            f"the {which} artefacts would exceed their budget",
            expected=f"at most {budget:,} bytes",
            received=f"{size:,}",
            remedy="Remove or deactivate others first",
        )

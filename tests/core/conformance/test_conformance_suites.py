"""The suites find what is wrong: each faulty adapter fails the check that is about its fault."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import pytest

from voltlift_conformance import clock, feature_store, log_store, model_registry
from voltlift_core import Artefact, FeatureEntry, LogRecord
from voltlift_core.adapters.clock import FixedClock
from voltlift_core.adapters.memory import (
    MemoryFeatureStore,
    MemoryLogStore,
    MemoryModelRegistry,
)
from voltlift_core.adapters.shelf import Shelf


class _OneByOne(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        for id_ in deleted:
            await super().write([], [id_])
        for record in records:
            await super().write([record])


class _Swallows(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        try:
            await super().write(records, deleted)
        except Exception:
            return


class _IgnoresOrder(MemoryLogStore):
    async def read(self, ids: Sequence[str]) -> list[LogRecord]:
        return sorted(await super().read(ids), key=lambda record: record.id)


class _NeverDeletes(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        await super().write(records)


class _KeepsTheFirst(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        known = await self.manifest()
        await super().write([record for record in records if record.id not in known], deleted)


class _IgnoresCase(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        lowered = [LogRecord(r.id.lower(), r.content_hash, r.text) for r in records]
        await super().write(lowered, deleted)


class _Normalises(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        normal = [
            LogRecord(unicodedata.normalize("NFC", r.id), r.content_hash, r.text) for r in records
        ]
        await super().write(normal, deleted)


class _LosesProto(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        await super().write([r for r in records if r.id != "__proto__"], deleted)


class _Latin(MemoryLogStore):
    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        latin = [
            LogRecord(r.id, r.content_hash, r.text.encode("latin-1", "replace").decode("latin-1"))
            for r in records
        ]
        await super().write(latin, deleted)


class _HandsItselfOut(MemoryLogStore):
    _handed_out: dict[str, str] | None = None

    async def manifest(self) -> dict[str, str]:
        if self._handed_out is None:
            self._handed_out = await super().manifest()
        return self._handed_out

    async def write(self, records: Sequence[LogRecord], deleted: Collection[str] = ()) -> None:
        await super().write(records, deleted)
        self._handed_out = None


class _MixesDocuments(MemoryLogStore):
    async def write_document(self, name: str, text: str) -> None:
        await self.write([LogRecord(name, "h", text)])

    async def read_document(self, name: str) -> str | None:
        found = await self.read([name])
        return found[0].text if found else None


_SHARED = MemoryLogStore()


@pytest.mark.parametrize(
    ("adapter", "check"),
    [
        (_OneByOne, "check_a_failed_write_leaves_the_previous_state"),
        (_Swallows, "check_a_failed_write_leaves_the_previous_state"),
        (_IgnoresOrder, "check_records_come_in_the_order_asked"),
        (_NeverDeletes, "check_records_are_deleted"),
        (_KeepsTheFirst, "check_a_record_is_replaced"),
        (_IgnoresCase, "check_hostile_ids_are_ids"),
        (_Normalises, "check_hostile_ids_are_ids"),
        (_LosesProto, "check_hostile_ids_are_ids"),
        (_Latin, "check_any_text_comes_back"),
        (_HandsItselfOut, "check_the_manifest_is_a_copy"),
        (_MixesDocuments, "check_documents_come_back"),
        (lambda: _SHARED, "check_stores_are_apart"),
    ],
)
async def test_a_faulty_log_store_fails(adapter, check):
    async def make():
        return adapter()

    with pytest.raises(AssertionError, match=check):
        await log_store.run_all(make)


async def test_a_log_store_that_forgets_at_a_restart_fails():
    async def make():
        return MemoryLogStore()

    async def reopen(store):
        return MemoryLogStore()

    with pytest.raises(AssertionError, match="check_writes_are_durable"):
        await log_store.run_all(make, reopen)


class _Unsorted(MemoryFeatureStore):
    async def read(self, prefix: str) -> dict[str, FeatureEntry]:
        return dict(reversed((await super().read(prefix)).items()))


class _Pattern(MemoryFeatureStore):
    async def read(self, prefix: str) -> dict[str, FeatureEntry]:
        head = prefix.rstrip("%*")
        return await super().read(head)


class _Strips(MemoryFeatureStore):
    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        stripped = {k: FeatureEntry(e.header, e.data.rstrip(b"\0")) for k, e in entries.items()}
        await super().write(stripped, deleted)


class _DropsEmpty(MemoryFeatureStore):
    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        await super().write({k: e for k, e in entries.items() if e.data or e.header}, deleted)


class _EntryByEntry(MemoryFeatureStore):
    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        for key, entry in entries.items():
            await super().write({key: entry})
        await super().write({}, deleted)


class _Truncates(MemoryFeatureStore):
    async def write(
        self, entries: Mapping[str, FeatureEntry], deleted: Collection[str] = ()
    ) -> None:
        cut = {k: FeatureEntry(e.header, e.data[:65_536]) for k, e in entries.items()}
        await super().write(cut, deleted)


@pytest.mark.parametrize(
    ("adapter", "check"),
    [
        (_Unsorted, "check_entries_come_in_key_order"),
        (_Pattern, "check_a_prefix_is_taken_literally"),
        (_Strips, "check_entries_come_back"),
        (_DropsEmpty, "check_entries_come_back"),
        (_EntryByEntry, "check_a_failed_write_leaves_the_previous_state"),
        (_Truncates, "check_big_entries"),
    ],
)
async def test_a_faulty_feature_store_fails(adapter, check):
    async def make():
        return adapter()

    with pytest.raises(AssertionError, match=check):
        await feature_store.run_all(make)


class _ActivatesAtOnce(MemoryModelRegistry):
    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        await super().install(artefact, files)
        await self.activate(artefact.name, artefact.version)


class _Trusts(MemoryModelRegistry):
    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        self._artefacts[artefact.name, artefact.version] = artefact
        self._files[artefact.name, artefact.version] = {}
        self._shelf = self._shelf.install((artefact.name, artefact.version), len(artefact.data))


class _ActivatesAnything(MemoryModelRegistry):
    async def activate(self, name: str, version: str) -> None:
        self._shelf = Shelf(self._shelf.sizes, {**self._shelf.active, name: version})


class _SortsVersions(MemoryModelRegistry):
    async def versions(self, name: str) -> list[str]:
        return sorted(await super().versions(name))


class _DropsTheCard(MemoryModelRegistry):
    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        bare = Artefact(artefact.name, artefact.version, artefact.sha256, artefact.data)
        await super().install(bare)


class _ForgetsTheLastGood(MemoryModelRegistry):
    async def activate(self, name: str, version: str) -> None:
        await super().activate(name, version)
        self._shelf = Shelf(self._shelf.sizes, self._shelf.active)


class _RemovesWhatIsActive(MemoryModelRegistry):
    async def remove(self, name: str, version: str) -> None:
        await self.deactivate(name)
        await super().remove(name, version)


class _HasNoBudget(MemoryModelRegistry):
    async def install(self, artefact: Artefact, files: Mapping[str, bytes] | None = None) -> None:
        await super().install(replace(artefact, data=b"", sha256=sha256(b"").hexdigest()), files)


@pytest.mark.parametrize(
    ("adapter", "check"),
    [
        (_ActivatesAtOnce, "check_an_installed_artefact_is_inactive"),
        (_Trusts, "check_damaged_bytes_are_refused"),
        (_ActivatesAnything, "check_what_is_not_installed_cannot_be_active"),
        (_SortsVersions, "check_versions_are_in_order_of_installation"),
        (_DropsTheCard, "check_the_active_artefact_comes_back"),
        (_ForgetsTheLastGood, "check_what_was_active_is_the_last_good_version"),
        (_RemovesWhatIsActive, "check_removing"),
        (_HasNoBudget, "check_budgets_are_kept"),
    ],
)
async def test_a_faulty_registry_fails(adapter, check):
    async def make():
        return adapter()

    with pytest.raises(AssertionError, match=check):
        await model_registry.run_all(make)


class _Backwards(FixedClock):
    def monotonic_ms(self) -> float:
        self._now_ms -= 1
        return float(self._now_ms)


class _InSeconds(FixedClock):
    def now_ms(self) -> int:
        return 1.7e9


class _Future(FixedClock):
    def now_ms(self) -> int:
        return 10**15


@pytest.mark.parametrize("adapter", [_Backwards, _InSeconds, _Future])
async def test_a_faulty_clock_fails(adapter):
    async def make():
        return adapter()

    with pytest.raises(AssertionError, match="1 of 2 failed"):
        await clock.run_all(make)

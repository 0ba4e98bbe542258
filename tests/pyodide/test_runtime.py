"""The runtime that ships: right versions, numpy whole where it is needed, slim where it is not."""

from __future__ import annotations

import asyncio
import dataclasses
import importlib
import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest


def test_versions() -> None:
    assert sys.version_info[:3] == (3, 12, 7)
    assert np.__version__ == "2.0.2"


def test_indices_are_32_bit_and_bincount_refuses_64() -> None:
    assert np.dtype(np.intp).itemsize == 4
    with pytest.raises(TypeError, match="Cannot cast"):
        np.bincount(np.array([0, 1], dtype=np.int64))
    assert np.bincount(np.array([0, 1, 1], dtype=np.intp)).tolist() == [1, 2]


def test_numpy_computes() -> None:
    rng = np.linspace(0.1, 1.6, 16).reshape(4, 4) ** np.arange(1, 5)
    assert np.allclose(rng @ np.linalg.inv(rng), np.eye(4))
    assert np.nanmean([1.0, np.nan, 3.0]) == 2.0
    assert np.quantile(np.arange(5.0), 0.25) == 1.0
    assert np.unique(np.array([3, 1, 3], dtype=np.int32)).tolist() == [1, 3]
    assert str(np.array(["a", "b"])) == "['a' 'b']"


def test_an_error_in_numpy_is_a_python_exception() -> None:
    with pytest.raises(np.linalg.LinAlgError, match="must be square"):
        np.linalg.inv(np.zeros((2, 3)))


def test_floating_point_faults_are_silent() -> None:
    """WebAssembly has no floating-point flags: what raises in CPython gives inf or nan here."""
    with np.errstate(all="raise"):
        assert np.isinf(np.array([1.0]) / 0)
        assert not np.isfinite(np.linalg.inv(np.zeros((2, 2)))).any()


@pytest.mark.parametrize("name", ["random", "fft", "ma", "f2py", "testing", "polynomial"])
def test_what_is_cut_of_numpy_does_not_ship(name: str) -> None:
    shipped = Path(np.__path__[0])
    assert (shipped / "linalg").is_dir()
    assert not (shipped / name).exists()


@pytest.mark.parametrize("name", ["tkinter", "pydoc", "smtplib", "multiprocessing"])
def test_what_is_cut_of_the_standard_library_is_absent(name: str) -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(name)


@pytest.mark.parametrize("name", ["typing", "lib", "linalg", "rec", "char", "strings", "dtypes"])
def test_what_stays_of_numpy_imports(name: str) -> None:
    importlib.import_module(f"numpy.{name}")


@pytest.mark.parametrize(
    "name", ["csv", "json", "datetime", "zoneinfo", "statistics", "unicodedata", "difflib"]
)
def test_the_standard_library_of_data_work_imports(name: str) -> None:
    importlib.import_module(name)


@pytest.mark.parametrize("name", ["numpy", "voltlift_core", "voltlift_bridge", "json"])
def test_modules_are_bytecode(name: str) -> None:
    file = importlib.import_module(name).__file__
    assert file is not None
    assert file.endswith(".pyc")


def test_the_code_under_test_is_the_built_one() -> None:
    import voltlift_core

    assert Path(voltlift_core.__file__).is_relative_to("/lib/python3.12/site-packages")
    assert not any("core/src" in path for path in sys.path)


def test_dataclasses_of_the_engine_need_no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    precompiled = importlib.import_module("voltlift_precompiled")
    known = len(precompiled._CODES)
    assert known > 100
    texts: list[object] = []

    def watch(code: object, *spaces: object) -> None:
        texts.append(precompiled._CODES.get(code, code))
        precompiled._exec(code, *spaces)

    monkeypatch.setattr(dataclasses, "exec", watch)
    # Run it once more beside the imported one, which stays what others know.
    spec = importlib.util.find_spec("voltlift_core.domain.settings")
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert texts
    assert not [text for text in texts if isinstance(text, str)]


def test_a_dataclass_that_is_not_known_compiles_as_usual() -> None:
    @dataclasses.dataclass(frozen=True, slots=True, order=True)
    class Unknown:
        some_name_of_this_test: int = 3

    assert Unknown(1) < Unknown()
    assert Unknown() == Unknown(3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        Unknown().some_name_of_this_test = 4


async def test_coroutines_run_with_timers_and_tasks() -> None:
    done: list[str] = []

    async def step(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(name)

    await asyncio.gather(step("late", 0.02), step("early", 0.0))
    assert done == ["early", "late"]

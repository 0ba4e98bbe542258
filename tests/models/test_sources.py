"""data.toml: the logs that models may come from, and how they are verified."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

import pytest

from voltlift_core import VoltLiftError
from voltlift_models.sources import DataConfig, load_logs, read_sources, verify

ROOT = Path(__file__).parents[2]
DATA_TOML = ROOT / "models" / "configs" / "data.toml"
LOGS = ROOT.parent / "shared" / "data" / "logs"
needs_logs = pytest.mark.skipif(not LOGS.is_dir(), reason="needs the logs in ../shared/data")

TEXT = (
    "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps\n"
    "2024-03-01 18:00:00,Push,Bench Press (Barbell),1,60,kg,5\n"
)


def toml(*files: tuple[str, str], licence: str = "MIT") -> str:
    tables = [
        f'[[log]]\nfile = "{file}"\napp = "strong"\nrepository = "someone/gym"\n'
        f'commit = "abc123"\npath = "data/{file}"\nlicence = "{licence}"\n'
        f'sha256_published = "{hashlib.sha256(b"published" + file.encode()).hexdigest()}"\n'
        f'sha256 = "{hashlib.sha256(text.encode()).hexdigest()}"\n'
        for file, text in files
    ]
    return 'host = "example.org"\n' + "\n".join(tables)


def config_of(tmp_path: Path, text: str) -> DataConfig:
    path = tmp_path / "data.toml"
    path.write_text(text)
    return read_sources(path)


@pytest.fixture
def two(tmp_path):
    other = TEXT.replace("60", "90").replace("2024", "2023")
    config = config_of(tmp_path, toml(("one.csv", TEXT), ("two.csv", other)))
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "one.csv").write_text(TEXT)
    (folder / "two.csv").write_text(other)
    return config, folder


def test_the_list_names_seven_logs_each_with_its_origin_and_licence():
    config = read_sources(DATA_TOML)
    assert len(config.logs) == 7
    assert {log.licence for log in config.logs} == {"MIT", "Apache-2.0"}
    for log in config.logs:
        for fact in (log.repository, log.commit, log.path, log.sha256_published):
            assert fact in config.describe()
    assert "--simulated-only" in config.describe()


@needs_logs
def test_the_logs_are_those_of_the_list():
    config = read_sources(DATA_TOML)
    corpus = load_logs(LOGS, config)
    assert len(corpus.real) == 7
    assert corpus.excluded == ()
    assert {item.source.sha256 for item in corpus.lifters} == {
        log.sha256_published for log in config.logs
    }
    assert all(item.source.licence for item in corpus.lifters)


@needs_logs
def test_one_changed_byte_is_noticed(tmp_path):
    folder = tmp_path / "logs"
    shutil.copytree(LOGS, folder)
    path = folder / "hevy-2.csv"
    path.write_bytes(path.read_bytes().replace(b'"12"', b'"13"', 1))
    with pytest.raises(VoltLiftError, match=r"hevy-2\.csv differs from its commit"):
        load_logs(folder, read_sources(DATA_TOML))


def test_a_log_is_known_by_its_hash_whatever_its_name(two):
    config, folder = two
    (folder / "one.csv").rename(folder / "my export.csv")
    (folder / "extra.csv").write_text(TEXT.replace("60", "61"))
    found = verify(folder, config)
    assert [(log.file, path.name) for log, path in found.found] == [
        ("one.csv", "my export.csv"),
        ("two.csv", "two.csv"),
    ]
    assert [path.name for path in found.unlisted] == ["extra.csv"]
    corpus = load_logs(folder, config)
    assert [item.name for item in corpus.lifters] == ["one", "two"]
    assert [item.source.file for item in corpus.lifters] == ["one.csv", "two.csv"]


def test_both_copies_of_a_log_go_by_the_published_hash(two):
    config, folder = two
    log = config.logs[0]
    assert config.published(log.sha256) == log.sha256_published
    assert config.published(log.sha256_published) == log.sha256_published
    assert config.published("unknown") == "unknown"
    assert load_logs(folder, config).lifters[0].source.sha256 == log.sha256_published
    assert config.licences[log.sha256] == "MIT"


def test_what_was_verified_is_taken_whatever_the_clock_says(two, monkeypatch):
    config, folder = two
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    for path in folder.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    corpus = load_logs(folder, config)
    assert [item.state.log.n_sessions for item in corpus.lifters] == [1, 1]
    assert corpus.notices == ()


def test_what_is_missing_or_differs_is_named_with_the_way_to_get_it(two):
    config, folder = two
    (folder / "one.csv").unlink()
    (folder / "two.csv").write_text(TEXT + "\n")
    found = verify(folder, config)
    assert [log.file for log in found.missing] == ["one.csv", "two.csv"]
    assert [log.file for log, _ in found.differing] == ["two.csv"]
    with pytest.raises(VoltLiftError) as error:
        load_logs(folder, config)
    text = str(error.value)
    assert "one.csv is missing; two.csv differs from its commit" in text
    assert "example.org/someone/gym at abc123, file data/one.csv" in text


def test_without_any_log_it_says_how_to_get_them(two, tmp_path):
    config, _ = two
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (empty, tmp_path / "nowhere"):
        with pytest.raises(VoltLiftError, match="no logs to train on") as error:
            verify(folder, config)
        assert "voltlift run --simulated-only" in str(error.value)


GOOD = toml(("one.csv", TEXT))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "host"),
        ("not toml at all [", "cannot be read"),
        ('host = "x"\nlog = 3\n', "cannot be read"),
        (GOOD.replace('commit = "abc123"\n', ""), "log\\[0\\]: the fields are"),
        (GOOD + 'colour = "red"\n', "colour"),
        (GOOD.replace('sha256 = "', 'sha256 = "zz'), "is no SHA-256"),
        (toml(("one.csv", TEXT), licence="GPL-3.0-only"), "GPL-3.0-only"),
        (toml(("one.csv", TEXT), ("one.csv", TEXT + "x")), "two logs of the list are the same"),
        (toml(("one.csv", TEXT), ("two.csv", TEXT)), "two logs of the list are the same"),
    ],
)
def test_a_list_that_cannot_be_trusted_is_refused(tmp_path, text, told):
    with pytest.raises(VoltLiftError, match=told):
        config_of(tmp_path, text)


def test_a_missing_list_is_refused(tmp_path):
    with pytest.raises(VoltLiftError, match="cannot be read"):
        read_sources(tmp_path / "data.toml")

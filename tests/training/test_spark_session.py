"""The session itself: nothing leaves this machine, and what is missing is said."""

from __future__ import annotations

import sys

import pytest

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.spark.session import require_java, spark_session


def java(folder, version):
    """Return a Java home whose Java says that it is of some version."""
    command = folder / "bin" / "java"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2020-01-01' >&2\n")
    command.chmod(0o755)
    return str(folder)


def test_local_mode_listens_on_this_machine_only(spark):
    settings = spark.sparkContext.getConf()
    assert spark.sparkContext.master.startswith("local[2")
    assert settings.get("spark.driver.host") == "127.0.0.1"
    assert settings.get("spark.driver.bindAddress") == "127.0.0.1"
    assert spark.sparkContext.uiWebUrl is None
    assert spark.sparkContext.getCheckpointDir()


def test_workers_run_this_python_with_one_thread_each(spark):
    def look(_):
        import os

        yield sys.executable, os.environ["OPENBLAS_NUM_THREADS"]

    found = spark.sparkContext.parallelize(range(2), 2).mapPartitions(look).collect()
    assert found == [(sys.executable, "1")] * 2


def test_a_session_that_was_open_before_stays_open(spark, tmp_path):
    with spark_session(tmp_path) as inner:
        assert inner.sparkContext is spark.sparkContext
    assert spark.range(3).count() == 3


def test_no_java_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "none"))
    with pytest.raises(VoltLiftError, match=r"expected Java 17, received no Java") as caught:
        require_java()
    assert caught.value.code == ErrorCode.NOT_AVAILABLE
    assert "openjdk-17-jre-headless" in caught.value.remedy


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.22"])
def test_an_older_java_is_refused(monkeypatch, tmp_path, version):
    monkeypatch.setenv("JAVA_HOME", java(tmp_path / "old", version))
    with pytest.raises(VoltLiftError, match=f"received Java {version.split('.')[0]}"):
        require_java()


@pytest.mark.parametrize(("version", "major"), [("17.0.15", 17), ("21", 21), ("25-ea", 25)])
def test_newer_ones_are_fine(monkeypatch, tmp_path, version, major):
    monkeypatch.setenv("JAVA_HOME", java(tmp_path / "new", version))
    assert require_java() == major


def test_no_pyspark_says_which_extra(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(VoltLiftError, match="needs PySpark") as caught, spark_session(tmp_path):
        pass
    assert "voltlift-models[spark]" in caught.value.remedy

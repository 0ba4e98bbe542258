"""A Spark session that is set up for this pipeline, on this machine or on a cluster."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from voltlift_core import ErrorCode, VoltLiftError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The oldest Java that Spark 4 runs on."""

_LOOPBACK = "127.0.0.1"

# Numerical libraries take every core for each task otherwise; Spark already has a task a core.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@contextmanager
def spark_session(
    work: Path, *, master: str = "", workers: int = 2, name: str = "voltlift"
) -> Iterator[SparkSession]:
    """Open a session, and close it in the end if it was opened here.

    Under ``spark-submit``, with ``PYSPARK_SUBMIT_ARGS`` or with the master of a cluster, hosts,
    memory and the workers' Python are the cluster's own settings. In local mode everything
    stays on this machine: the driver listens on 127.0.0.1, there is no web page, workers run
    this very Python.

    Parameters
    ----------
    work : Path
        A folder for checkpoints, where ``spark.checkpoint.dir`` does not name one that all
        workers of a cluster reach.
    master : str
        A Spark master such as ``spark://host:7077``, ``yarn`` or ``k8s://...``; empty for
        what the surroundings say, else this machine.
    workers : int
        Tasks at a time in local mode.
    name : str
        Shown in the cluster's list of applications.

    Raises
    ------
    VoltLiftError
        ``not_available`` where PySpark or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            "the engine `spark` needs PySpark",
            expected="the package pyspark",
            received=f"no module {error.name!r} in {sys.executable}",
            remedy='pip install "voltlift-models[spark]", or leave out --engine spark',
        ) from error
    require_java()
    running = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName(name)
    # Either way the settings are in the JVM, where SparkConf finds them.
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ or "--master" in os.environ.get(
        "PYSPARK_SUBMIT_ARGS", ""
    )
    if master:
        builder = builder.master(master)
    if (master or "local").startswith("local") and not submitted and running is None:
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        os.environ["SPARK_LOCAL_IP"] = _LOOPBACK
        # A failed task gets two more tries, as on a cluster.
        builder = builder.master(master or f"local[{workers}, 3]")
        for key, value in _local_settings(work).items():
            builder = builder.config(key, value)
    for key, value in _ONE_THREAD.items():
        builder = builder.config(f"spark.executorEnv.{key}", value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    if session.sparkContext.getCheckpointDir() is None:
        session.sparkContext.setCheckpointDir(str(work / "checkpoints"))
    try:
        yield session
    finally:
        if running is None:
            session.stop()


def require_java() -> int:
    """Return the major version of Java.

    Raises
    ------
    VoltLiftError
        ``not_available`` where it is absent or older than ``JAVA``.
    """
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else "java"
    found = None
    if shutil.which(java):
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
        found = re.search(r'version "(\d+)', answer.stderr)
    version = int(found[1]) if found else 0
    if version < JAVA:
        raise VoltLiftError(
            ErrorCode.NOT_AVAILABLE,
            f"Spark needs Java {JAVA} or newer",
            path=java,
            expected=f"Java {JAVA}",
            received=f"Java {version}" if version else "no Java",
            remedy="Debian and Ubuntu: apt-get install openjdk-17-jre-headless; else set JAVA_HOME",
        )
    return version


def _local_settings(work: Path) -> dict[str, str]:
    return {
        "spark.driver.host": _LOOPBACK,
        "spark.driver.bindAddress": _LOOPBACK,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": str(work / "warehouse"),
        "spark.local.dir": str(work / "scratch"),
    }

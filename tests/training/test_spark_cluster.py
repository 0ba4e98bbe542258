"""Executors as processes of their own, as on a cluster: nothing is shared but the folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from voltlift_models.prepare.loads import load_samples
from voltlift_models.train.fit import TrainingSet, fit_here

PARAMS = {
    "objective": "regression",
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "num_threads": 1,
    "verbosity": -1,
}

SCRIPT = """
import json, sys
from functools import partial
from pathlib import Path
from voltlift_models.prepare.loads import load_samples
from voltlift_models.spark.boosting import train_boosted
from voltlift_models.spark.lifters import lifters
from voltlift_models.spark.session import spark_session
from voltlift_models.train.fit import TrainingSet

def samples_of(lifter):
    samples = load_samples(lifter, planned=True)
    return TrainingSet(samples.vectors, samples.change)

def executor(_):
    import os
    return [os.getppid()]

corpus, work, params = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
with spark_session(work) as spark:
    context = spark.sparkContext
    processes = context.parallelize(range(2), 2).barrier().mapPartitions(executor).collect()
    shards = lifters(spark, corpus).map(samples_of).filter(len)
    booster = train_boosted(shards, params, rounds=20, workers=2)
    answer = {
        "master": context.master,
        "checkpoints": context.getCheckpointDir(),
        "processes": processes,
        "model": booster.model_to_string(),
    }
(work / "answer.json").write_text(json.dumps(answer))
"""


@pytest.fixture(scope="module")
def answer(corpus_folder, tmp_path_factory):
    work = tmp_path_factory.mktemp("cluster")
    cluster = "--master local-cluster[2,1,1024] --conf spark.driver.host=127.0.0.1"
    settings = f"--conf spark.checkpoint.dir={work / 'shared'} --conf spark.ui.enabled=false"
    environment = {
        **os.environ,
        "PYSPARK_SUBMIT_ARGS": f"{cluster} {settings} pyspark-shell",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    arguments = [str(corpus_folder), str(work), json.dumps(PARAMS)]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        env=environment,
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads((work / "answer.json").read_text())


def test_the_cluster_of_the_environment_is_taken(answer):
    assert answer["master"] == "local-cluster[2,1,1024]"
    assert answer["checkpoints"].rsplit("/", 2)[1] == "shared"


def test_tasks_run_in_two_executors(answer):
    assert len(set(answer["processes"])) == 2


def test_trees_are_close_to_those_of_one_process(answer, corpus):
    import lightgbm as lgb

    samples = [load_samples(lifter, planned=True) for lifter in corpus.lifters]
    table = TrainingSet.joined([TrainingSet(one.vectors, one.change) for one in samples])
    here = fit_here(table, PARAMS, 20).predict(table.matrix)
    there = lgb.Booster(model_str=answer["model"]).predict(table.matrix)

    def error(answer):
        return np.mean((table.label - answer) ** 2)

    assert error(here) < 0.8 * np.var(table.label)
    assert error(there) == pytest.approx(error(here), rel=0.05)
    assert np.corrcoef(here, there)[0, 1] > 0.98

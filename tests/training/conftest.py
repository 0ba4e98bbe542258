"""One Spark session and one corpus for all tests that need them: both take a while to make."""

from __future__ import annotations

import pytest

from voltlift_models.parquet import write_corpus
from voltlift_models.simulate import simulate


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    from voltlift_models.spark.session import spark_session

    with spark_session(tmp_path_factory.mktemp("spark"), workers=2) as session:
        yield session


@pytest.fixture(scope="session")
def corpus():
    return simulate(10, 3)


@pytest.fixture(scope="session")
def corpus_folder(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, corpus)
    return folder

"""The evaluation: every row's answers to every question of each lifter, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_models.corpus import Corpus, Lifter
from voltlift_models.evaluate.averages import RESAMPLES
from voltlift_models.evaluate.engine_rows import PortsFor, engine_rows
from voltlift_models.evaluate.judge import Judgement, judge_loads, judge_ranks
from voltlift_models.evaluate.naive import naive_rankers
from voltlift_models.evaluate.naive_loads import naive_loads
from voltlift_models.evaluate.reference import reference_rankers
from voltlift_models.evaluate.report import Report
from voltlift_models.evaluate.rows import LoadRow, RankRow, Row, tasks_of
from voltlift_models.evaluate.spread import spread
from voltlift_models.evaluate.summary import LifterResult, Settings, summarise
from voltlift_replay.questions import TASKS, Replay, Task

Progress = Callable[[int, int, str], None]
"""Told the questions answered, all questions, and whose are being answered."""


def evaluate(
    corpus: Corpus,
    *,
    ports_for: PortsFor | None = None,
    rows: Sequence[Row] = (),
    tasks: Collection[str] = TASKS,
    trained_on: Collection[str] = (),
    allow_simulated: bool = False,
    workers: int = 1,
    seed: int = 0,
    resamples: int = RESAMPLES,
    progress: Progress | None = None,
) -> Report:
    """Return how good recommendations are on these lifters' logs.

    Parameters
    ----------
    corpus : Corpus
        The lifters; made-up ones do not score.
    ports_for : callable, optional
        What the engine of a lifter is made with, models included; without it the engine is
        evaluated by its rules alone. Picklable where there are several workers.
    rows : sequence of RankRow or LoadRow
        Rows besides the naive ones and the engine's, such as models alone.
    tasks : collection of str
        Which of T1 to T5 and ``cold``.
    trained_on : collection of str
        SHA-256 of the files that the models were trained on: a lifter among them is reported.
    allow_simulated : bool
        Whether made-up lifters score, for trying things out; the report says so.
    workers : int
        Processes.
    seed, resamples : int
        Of the bootstrap over lifters.
    progress : callable, optional
        Told how far it is.

    Returns
    -------
    Report
        The same for the same input, whatever the number of workers.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where no lifter may score, a task is none, or two rows share a name.
    """
    lifters = _scoring(corpus, allow_simulated)
    wanted = _wanted(tasks)
    table: tuple[Row, ...] = (
        *naive_rankers(lifters),
        *reference_rankers(),
        *naive_loads(),
        *engine_rows(ports_for),
        *rows,
    )
    _check_names(table)
    jobs = list(_jobs(lifters, table, wanted))
    results = {item.name: LifterResult(item) for item in lifters}
    answered: dict[_Key, Judgement] = {}
    total, passed = sum(job.weight for job in jobs), 0
    for job, done in spread(_work, jobs, workers):
        answered.update(done.judgements)
        results[job.lifter.name].excluded.update(done.excluded)
        passed += job.weight
        if progress is not None:
            progress(passed, total, job.lifter.name)
    for lifter in lifters:
        for task in wanted:
            if task == "T5":
                continue
            for row in table:
                if task in tasks_of(row):
                    results[lifter.name].add(row, answered[lifter.name, task, row.name])
    settings = Settings(
        seed=seed,
        resamples=resamples,
        tasks=tuple(task for task in TASKS if task in tasks),
        trained_on=frozenset(trained_on),
        with_models=ports_for is not None,
    )
    return summarise(corpus, list(results.values()), table, settings)


_Key = tuple[str, Task, str]


@dataclass(frozen=True)
class _Job:
    """Some rows' answers to one task's questions of one lifter."""

    lifter: Lifter
    task: Task
    rows: tuple[Row, ...]
    weight: int


@dataclass(frozen=True)
class _Done:
    judgements: dict[_Key, Judgement]
    excluded: dict[str, int]


def _scoring(corpus: Corpus, allow_simulated: bool) -> tuple[Lifter, ...]:
    if not allow_simulated:
        corpus.require(1, "an evaluation")
        return corpus.real
    if not corpus.lifters:
        corpus.require(1, "an evaluation")
    return corpus.lifters


def _wanted(tasks: Collection[str]) -> tuple[Task, ...]:
    unknown = sorted(set(tasks) - set(TASKS))
    if unknown or not tasks:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "there is no such task",
            path="tasks",
            expected="some of " + ", ".join(TASKS),
            received=", ".join(unknown) or "none",
        )
    # T5 judges the answers of T3.
    return tuple(task for task in TASKS if task in tasks or (task == "T3" and "T5" in tasks))


def _check_names(table: Sequence[Row]) -> None:
    seen: set[tuple[Task, str]] = set()
    for row in table:
        for task in tasks_of(row):
            if (task, row.name) in seen:
                raise VoltLiftError(
                    ErrorCode.INVALID_REQUEST,
                    "two rows have one name",
                    path="rows",
                    expected="each name once in a task",
                    received=f"{row.name} in {task}",
                )
            seen.add((task, row.name))


def _jobs(lifters: Sequence[Lifter], table: Sequence[Row], tasks: Sequence[Task]) -> Iterator[_Job]:
    """Return the jobs, the longest first; cheap rows share one."""
    jobs = []
    for lifter in lifters:
        for task in tasks:
            groups: defaultdict[str, list[Row]] = defaultdict(list)
            for row in table:
                if task in tasks_of(row):
                    cheap = row.kind in ("naive", "reference")
                    groups["" if cheap else _group(row)].append(row)
            weight = len(lifter.state.log.session_ids) if task == "T2" else entries(lifter)
            jobs += [_Job(lifter, task, tuple(rows), weight) for rows in groups.values()]
    return iter(sorted(jobs, key=lambda job: -job.weight))


def _group(row: Row) -> str:
    return (row.group if isinstance(row, RankRow) else "") or row.name


def entries(lifter: Lifter) -> int:
    """Return how often an exercise stands in a lifter's log, once a session."""
    rows = lifter.state.log.rows
    return len({*zip(rows["session"].tolist(), rows["exercise"].tolist(), strict=True)})


def _work(job: _Job) -> _Done:
    replay = Replay(job.lifter.state)
    answer = _loads if job.task == "T3" else _ranks
    judged = answer(job, replay)
    found = {(job.lifter.name, job.task, name): each for name, each in judged.items()}
    return _Done(found, dict(replay.excluded))


def _loads(job: _Job, replay: Replay) -> dict[str, Judgement]:
    cases = list(replay.loads())
    judged = {}
    for row in job.rows:
        if isinstance(row, LoadRow):
            guess = row.make(job.lifter) if cases else None
            answered = [(case, guess(case.question(row.planned))) for case in cases if guess]
            judged[row.name] = judge_loads(answered, planned=row.planned)
    return judged


def _ranks(job: _Job, replay: Replay) -> dict[str, Judgement]:
    cases = list(replay.ranks(job.task))
    rows = [row for row in job.rows if isinstance(row, RankRow)]
    rankers = [row.make(job.lifter) for row in rows if cases]
    answers = [[rank(case.moment) for rank in rankers] for case in cases]
    return {
        row.name: judge_ranks(
            job.task, [(case, given[at]) for case, given in zip(cases, answers, strict=True)]
        )
        for at, row in enumerate(rows)
    }

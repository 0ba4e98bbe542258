"""Asks loaded models what a lifter will want to do; whatever fails, the rules stand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from voltlift_core.contract import ScorerStatus
from voltlift_core.engine.learned import Models
from voltlift_core.errors import VoltLiftError
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.ports import Tensor
from voltlift_core.scoring.config import HabitRules
from voltlift_core.scoring.protocol import HabitScorer, Named, Scores, SessionScorer
from voltlift_core.scoring.session import check_outputs, wrong_output

_PARTS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What one scorer gave; ``scores`` are None where it abstained or failed."""

    scorer: Named
    scores: Scores | None = None
    failed: str | None = None
    helpers: tuple[ScorerStatus, ...] = ()


class Habits:
    """The scorers of the habit part, until other models are loaded.

    A scorer that failed is not asked again: what hung once would hold up every answer.

    Parameters
    ----------
    models : Models
        What is loaded.
    limit_s : float
        Seconds that a session may take for an answer.
    """

    def __init__(self, models: Models, limit_s: float) -> None:
        self._models = models
        self._limit_s = limit_s
        self._failed: dict[str, str] = {}
        self._users = 0
        self._ended = False

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self._models.habits or self._models.nets)

    @property
    def failures(self) -> int:
        """How many scorers have failed so far."""
        return len(self._failed)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Keep sessions open meanwhile, even if other models are loaded."""
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            if self._ended and not self._users:
                await self._models.dispose()

    async def end(self) -> None:
        """Free what sessions hold, once nobody waits for an answer of theirs any more."""
        self._ended = True
        if not self._users:
            await self._models.dispose()

    async def ask(self, frame: FeatureFrame) -> list[Answer]:
        """Return the answers as of a moment; sessions run while arrays are asked."""
        async with self.kept():
            return await self._ask(frame)

    async def _ask(self, frame: FeatureFrame) -> list[Answer]:
        running = [(net, self._start(net, frame)) for net in self._models.nets]
        try:
            if running:
                # Lets them begin.
                await asyncio.sleep(0)
            answers = [self._answer(scorer, frame) for scorer in self._models.habits]
            for net, task in running:
                answers.append(self._told(net, await self._result(net, task, frame)))
            return answers
        finally:
            for _, task in running:
                if task is not None:
                    task.cancel()

    def unasked(self) -> list[Answer]:
        """Return the answers where habit counts for nothing: none."""
        scorers: tuple[Named, ...] = (*self._models.habits, *self._models.nets)
        return [self._told(scorer, None) for scorer in scorers]

    def _answer(self, scorer: HabitScorer, frame: FeatureFrame) -> Answer:
        if scorer.name in self._failed:
            return self._told(scorer, None)
        try:
            given = scorer.score(frame)
            _check_points(given, frame)
        except Exception as error:
            self._fail(scorer, error)
            return self._told(scorer, None)
        return self._told(scorer, given)

    def _start(
        self, net: SessionScorer, frame: FeatureFrame
    ) -> asyncio.Task[dict[str, Tensor]] | None:
        if net.name in self._failed:
            return None
        try:
            feeds = net.feeds(frame)
        except Exception as error:
            self._fail(net, error)
            return None
        if feeds is None:
            return None
        task = asyncio.create_task(_run(net, feeds))
        task.add_done_callback(_forget)
        return task

    async def _result(
        self,
        net: SessionScorer,
        task: asyncio.Task[dict[str, Tensor]] | None,
        frame: FeatureFrame,
    ) -> Scores | None:
        if task is None:
            return None
        await _within(self._limit_s, task)
        try:
            if not task.done():
                raise TimeoutError(f"no answer within {self._limit_s:g} s")
            given = net.scores(frame, task.result())
            _check_points(given, frame)
        except (Exception, asyncio.CancelledError) as error:
            self._fail(net, error)
            return None
        return given

    def _fail(self, scorer: Named, error: BaseException) -> None:
        known = isinstance(error, (VoltLiftError, TimeoutError))
        self._failed[scorer.name] = str(error) if known else f"{type(error).__name__}: {error}"

    def _told(self, scorer: Named, given: Scores | None) -> Answer:
        helpers = {item.name: item.helpers for item in self._models.habits}
        return Answer(scorer, given, self._failed.get(scorer.name), helpers.get(scorer.name, ()))


def statuses(answers: Sequence[Answer], rules: HabitRules) -> tuple[ScorerStatus, ...]:
    """Return what became of each scorer, and of those that had a say in its answer.

    Weights of those that were used add up to 1; the others have none.
    """
    total = sum(rules.share(item.scorer.name) for item in answers if item.scores is not None)
    found: list[ScorerStatus] = []
    for item in answers:
        scorer, given = item.scorer, item.scores
        share = 0.0
        helpers = item.helpers
        if given is not None:
            share = rules.share(scorer.name) / total if total > 0 else 0.0
            helpers = given.helpers
        helped = sum(helper.weight for helper in helpers)
        status: Literal["used", "abstained", "failed"] = "abstained"
        if item.failed is not None:
            status = "failed"
        elif given is not None:
            status = "used"
        found.append(
            ScorerStatus(
                name=scorer.name,
                version=scorer.version,
                status=status,
                part=scorer.part,
                weight=share * (1 - helped),
                confidence=None if given is None else given.confidence,
                reason=item.failed,
            )
        )
        found += (replace(helper, weight=share * helper.weight) for helper in helpers)
    return tuple(found)


async def _run(net: SessionScorer, feeds: dict[str, Tensor]) -> dict[str, Tensor]:
    outputs = await net.session.run(feeds)
    check_outputs(outputs, len(next(iter(feeds.values()))))
    return outputs


async def _within(limit_s: float, task: asyncio.Task[dict[str, Tensor]]) -> None:
    """Wait for a task, so long at most.

    Not ``wait_for``, which waits for a task that ignores its cancellation. In parts: while this
    thread is busy with something else an answer cannot come in, and no more than a part passes.
    """
    for _ in range(_PARTS):
        done, _ = await asyncio.wait((task,), timeout=limit_s / _PARTS)
        if done:
            return


def _check_points(given: Scores | None, frame: FeatureFrame) -> None:
    if given is None:
        return
    n = len(frame.inputs.view.catalogue)
    if given.total.shape != (n,) or not np.isfinite(given.total).all():
        raise wrong_output(
            "the points are not a number an exercise", f"{n} finite numbers", "others"
        )


def _forget(task: asyncio.Task[dict[str, Tensor]]) -> None:
    """Take note of an exception that nobody waits for any more."""
    if not task.cancelled():
        task.exception()

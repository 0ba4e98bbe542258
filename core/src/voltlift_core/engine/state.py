"""One immutable revision of everything that answers are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.features.view import LogView
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import DailyRecord, DecodedState
from voltlift_core.wire import Json

COLD_START_WORKOUTS = 3
"""Completed workouts from which on the log decides instead of the questionnaire."""


@dataclass(frozen=True)
class EngineState:
    """A revision. Every request runs on one and answers with its number.

    Parameters
    ----------
    revision : int
        Grows with every change.
    log : TrainingLog
        Completed workouts.
    settings : Settings
        What the lifter told us.
    daily : tuple of DailyRecord
        Daily readings, by day.
    custom : tuple of Exercise
        The lifter's own exercises.
    documents : mapping of str to Json
        ``settings``, ``dailyLogs`` and ``customExercises`` as they came, to be stored.
    """

    revision: int = 0
    log: TrainingLog = field(default_factory=TrainingLog)
    settings: Settings = field(default_factory=Settings)
    daily: tuple[DailyRecord, ...] = ()
    custom: tuple[Exercise, ...] = ()
    documents: Mapping[str, Json] = field(default_factory=dict)

    @cached_property
    def catalogue(self) -> Catalogue:
        """All exercises, custom ones included."""
        bundled = Catalogue.bundled()
        return bundled.with_custom(self.custom) if self.custom else bundled

    def workouts_before(self, now_ms: int) -> int:
        """Return how many workouts had begun before a moment."""
        now_s = now_ms / 1000
        count = 0
        for chunk in self.log.chunks:
            start = chunk.sessions["start_s"]
            if start[-1] >= now_s:
                return count + int(np.searchsorted(start, now_s))
            count += chunk.n_sessions
        return count

    @cached_property
    def view(self) -> LogView:
        """Everything that depends on log and catalogue only."""
        return LogView(self.log, self.catalogue)

    def in_unit(self, unit: Unit) -> EngineState:
        """Return this revision for answers in a unit; the loads in the log stay what they are.

        Bar, plates and steps that were given in another unit do not count.
        """
        if unit is self.settings.unit:
            return self
        settings = replace(
            self.settings,
            unit=unit,
            bar_kg=None,
            plates=None,
            load_steps={},
            exercise_loads={},
            increments=None,
        )
        return self.with_settings(settings)

    def with_settings(self, settings: Settings) -> EngineState:
        """Return this revision with other settings, sharing what does not depend on them."""
        other = replace(self, settings=settings)
        other.__dict__.update(catalogue=self.catalogue, view=self.view)
        return other

    def without_hindsight(self) -> EngineState:
        """Return this revision for questions about the past.

        The factors on weights were learned from all of the log. What became of a suggestion
        counts from its time on, or not at all where nobody noted when it was.
        """
        dated = tuple(item for item in self.settings.suggestion_history if item.time_s > 0)
        return self.with_settings(
            replace(self.settings, suggestion_bias={}, suggestion_history=dated)
        )

    def replaced_by(self, decoded: DecodedState, documents: Mapping[str, Json]) -> EngineState:
        """Return the next revision, holding a whole new state."""
        return EngineState(
            revision=self.revision + 1,
            log=TrainingLog.from_records(decoded.sessions),
            settings=decoded.settings or Settings(),
            daily=tuple(sorted(decoded.daily, key=lambda record: record.day)),
            custom=decoded.custom_exercises or (),
            documents=documents,
        )

    def changed_by(
        self,
        decoded: DecodedState,
        documents: Mapping[str, Json],
        deleted: frozenset[str] = frozenset(),
    ) -> EngineState:
        """Return the next revision after a delta.

        Parameters
        ----------
        decoded : DecodedState
            What was inserted or replaced; its ``skipped_ids`` are no history any more and
            its ``deleted_days`` have no readings any more.
        documents : mapping of str to Json
            All documents after the change.
        deleted : frozenset of str
            Sessions to remove.
        """
        days = {
            record.day: record for record in self.daily if record.day not in decoded.deleted_days
        }
        days.update((record.day, record) for record in decoded.daily)
        custom = self.custom if decoded.custom_exercises is None else decoded.custom_exercises
        settings = decoded.settings or self.settings
        log = self.log.with_unit(self.settings.unit, settings.unit)
        following = EngineState(
            revision=self.revision + 1,
            log=log.with_changes(decoded.sessions, deleted | decoded.skipped_ids),
            settings=settings,
            daily=tuple(days[day] for day in sorted(days)),
            custom=custom,
            documents=documents,
        )
        if custom == self.custom:
            # The catalogue is the same: keep it, and with it the columns it has cached.
            following.__dict__["catalogue"] = self.catalogue
        return following

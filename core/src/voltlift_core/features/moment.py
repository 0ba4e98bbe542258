"""The state of things at one moment: what every feature is computed from."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

import numpy as np

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.domain.settings import Settings
from voltlift_core.domain.vocabulary import MUSCLE_GROUPS
from voltlift_core.features.entries import Floats, Ints
from voltlift_core.features.numeric import ratio
from voltlift_core.features.view import DAY_S, LogView
from voltlift_core.history.records import WARM_UP, CurrentRecord, DailyRecord, SetRecord

N_GROUPS = len(MUSCLE_GROUPS)
DEFAULT_BODYWEIGHT_KG = 75.0
LONG_AGO_DAYS = 999.0


@dataclass(frozen=True, slots=True, eq=False)
class FeatureInputs:
    """All that features are computed from.

    Parameters
    ----------
    view : LogView
        The training log; sessions that did not start before ``now_s`` are left out.
    settings : Settings
        The lifter's settings.
    daily : tuple of DailyRecord
        Daily readings, sorted by day; days after today are left out.
    current : CurrentRecord
        The workout going on now; the default one where there is none.
    now_s : float
        The moment, epoch seconds.
    utc_offset : int
        Minutes to add to UTC for the lifter's local time at that moment.
    """

    view: LogView
    settings: Settings
    daily: tuple[DailyRecord, ...] = ()
    current: CurrentRecord = field(default_factory=CurrentRecord)
    now_s: float = 0.0
    utc_offset: int = 0


class Moment:
    """Inputs as of now, with what several features share, computed when first asked for."""

    def __init__(self, inputs: FeatureInputs) -> None:
        self.settings: Settings = inputs.settings
        self.current: CurrentRecord = inputs.current
        self.now_s = inputs.now_s
        self.utc_offset = inputs.utc_offset
        self.view: LogView = inputs.view.until(inputs.now_s)
        self.catalogue: Catalogue = inputs.view.catalogue
        self.n = len(self.catalogue)
        self._daily = inputs.daily

    # Windows

    def entries(self, days: float, until_days: float = 0.0) -> slice:
        """Return the entries of the last ``days`` days, up to ``until_days`` ago."""
        return self._window("e", days, until_days)

    def sessions(self, days: float, until_days: float = 0.0) -> slice:
        """Return the sessions of the last ``days`` days, up to ``until_days`` ago."""
        return self._window("s", days, until_days)

    def _window(self, kind: str, days: float, until_days: float) -> slice:
        start = self.view.entry("start_s") if kind == "e" else self.view.session("start_s")
        first = np.searchsorted(start, self.now_s - days * DAY_S, side="right")
        last = len(start)
        if until_days:
            last = int(np.searchsorted(start, self.now_s - until_days * DAY_S, side="right"))
        return slice(int(first), last)

    # Sums

    def volume(self, window: slice) -> Floats:
        """Return kilograms moved per entry: (load + share of the bodyweight) times reps."""
        share = self.view.bodyweight_share[self.view.entry("exercise")[window]]
        bodyweight_reps = share * self.view.entry("reps")[window]
        volume: Floats = self.view.entry("load_reps")[window] + self.body_kg * bodyweight_reps
        return volume

    def per_group(self, values: Floats, window: slice) -> Floats:
        """Return values of entries summed by muscle group, secondary groups by half."""
        exercise = self.view.entry("exercise")[window]
        sums = np.bincount(exercise, weights=values, minlength=self.n + 1)
        total: Floats = (self.view.group_weights * sums[:, None]).sum(axis=0)
        return total

    def per_primary_group(self, values: Floats, window: slice) -> Floats:
        """Return values of entries summed by primary muscle group."""
        group = self.view.primary_group[self.view.entry("exercise")[window]]
        sums = np.bincount(group, weights=values, minlength=N_GROUPS + 1)[:N_GROUPS]
        return sums.astype(np.float64, copy=False)

    def sessions_per_group(self, days: float) -> Floats:
        """Return the sessions of the last ``days`` days that trained each primary group."""
        window = self.entries(days)
        session = self.view.entry("session")[window]
        if not len(session):
            return np.zeros(N_GROUPS)
        group = self.view.primary_group[self.view.entry("exercise")[window]]
        first = session[0]
        key = (session - first) * np.int32(N_GROUPS + 1) + group
        size = int(session[-1] - first + 1) * (N_GROUPS + 1)
        seen = np.bincount(key, minlength=size).reshape(-1, N_GROUPS + 1) > 0
        counts: Floats = seen.sum(axis=0)[:N_GROUPS].astype(np.float64)
        return counts

    def per_session(self, values: Floats, days: float) -> Floats:
        """Return values of the entries of the last ``days`` days, summed by session."""
        window, sessions = self.entries(days), self.sessions(days)
        index = self.view.entry("session")[window] - np.int32(sessions.start)
        size = sessions.stop - sessions.start
        return np.bincount(index, values, minlength=size).astype(np.float64, copy=False)

    def rpe(self, days: float, until_days: float = 0.0) -> float:
        """Return the mean RPE of working sets in a window; NaN where none has one."""
        window = self.entries(days, until_days)
        rated = float(self.view.entry("rpe_sets")[window].sum())
        return ratio(float(self.view.entry("rpe_sum")[window].sum()), rated)

    @cached_property
    def one_rep_max(self) -> Floats:
        """The best estimated one-repetition maximum per entry; NaN where unknown.

        The load includes the share of the bodyweight that the exercise moves.
        """
        share = self.view.bodyweight_share[self.view.entry("exercise")]
        load = self.view.entry("top_load")
        moved = np.where(np.isnan(load) & (share > 0), 0.0, load) + share * self.body_kg
        estimate = moved * self.view.entry("top_factor")
        return np.where(estimate > 0, estimate, np.nan)

    # Time

    @cached_property
    def local_s(self) -> float:
        """Seconds since 1970-01-01 on the lifter's clock."""
        return self.now_s + self.utc_offset * 60.0

    @property
    def local_day(self) -> int:
        """Days since 1970-01-01 on the lifter's calendar."""
        return int(self.local_s // DAY_S)

    @property
    def weekday(self) -> int:
        """Day of the week on the lifter's calendar, Monday is 0."""
        # 1970-01-01 was a Thursday.
        return (self.local_day + 3) % 7

    @cached_property
    def training_days(self) -> list[int]:
        """Distinct local days with a workout in the last 400 sessions, ascending."""
        return sorted(set(self.view.local_day[-400:].tolist()))

    def days_since(self, moment_s: Floats) -> Floats:
        """Return days from moments until now."""
        return (self.now_s - moment_s) / DAY_S

    def days_idle(self, moment_s: Floats) -> Floats:
        """Return days from moments until now, at most 999, which stands for never as well."""
        return np.minimum(self.days_since(moment_s), LONG_AGO_DAYS)

    @cached_property
    def days_since_group(self) -> Floats:
        """Days since each group was last trained as primary group, at most 999; NaN if never."""
        last = np.full(N_GROUPS + 1, -np.inf)
        performed = self.view.last_performed_s
        known = ~np.isnan(performed)
        np.maximum.at(last, self.catalogue.muscle_group[known], performed[known])
        return self.days_idle(np.where(last > -np.inf, last, np.nan)[:N_GROUPS])

    # The body

    @cached_property
    def bodyweight_kg(self) -> float:
        """Bodyweight last logged within a year, else that of the settings, else NaN."""
        today = self.utc_day
        for record in reversed(self._daily):
            if record.day > today:
                continue
            if record.day < today - 365:
                break
            if record.bodyweight_kg > 0:
                return record.bodyweight_kg
        weight = self.settings.bodyweight_kg
        return float("nan") if weight is None else weight

    @property
    def body_kg(self) -> float:
        """Bodyweight, or 75 kg where unknown."""
        return DEFAULT_BODYWEIGHT_KG if np.isnan(self.bodyweight_kg) else self.bodyweight_kg

    # Daily readings

    @cached_property
    def utc_day(self) -> int:
        """Days since 1970-01-01 in UTC, which daily readings are keyed by."""
        return int(self.now_s // DAY_S)

    def daily(self, field: str, days: int, until_days: int = 0) -> Floats:
        """Return the known readings of a field of the last ``days`` days, oldest first."""
        key = attrgetter("day")
        low = bisect.bisect_right(self._daily, self.utc_day - days, key=key)
        high = bisect.bisect_right(self._daily, self.utc_day - until_days, key=key)
        values = np.array([getattr(r, field) for r in self._daily[low:high]], dtype=np.float64)
        known: Floats = values[~np.isnan(values)]
        return known

    # The current session

    @cached_property
    def exercises_today(self) -> Ints:
        """Catalogue indices of the exercises in the current session, in order, distinct."""
        ids = [*self.current.exercise_ids, *(item.exercise_id for item in self.current.sets)]
        known = (self.catalogue.index.get(id_, -1) for id_ in dict.fromkeys(ids))
        return np.array([index for index in known if index >= 0], dtype=np.int32)

    @cached_property
    def working_today(self) -> list[SetRecord]:
        """Working sets of the current session so far."""
        return [
            item
            for item in self.current.sets
            if item.completed and item.kind != WARM_UP and (item.reps > 0 or item.seconds > 0)
        ]

    @cached_property
    def sets_today(self) -> Floats:
        """Working sets of the current session so far, per exercise."""
        known = [self.catalogue.index.get(item.exercise_id, self.n) for item in self.working_today]
        counts = np.bincount(np.array(known, dtype=np.int32), minlength=self.n + 1)
        return counts[: self.n].astype(np.float64)

    @property
    def minutes_so_far(self) -> float:
        """Minutes since the current session began; NaN where there is none."""
        return max((self.now_s - self.current.start_s) / 60.0, 0.0)

    @cached_property
    def trained_today(self) -> Floats:
        """1 where a primary exercise of the group is in the current session, else 0."""
        counts = np.bincount(self.catalogue.muscle_group[self.exercises_today], minlength=N_GROUPS)
        return (counts > 0).astype(np.float64)

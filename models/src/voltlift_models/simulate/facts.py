"""The numbers of the simulator, each with where it comes from.

What no study gives is an assumption and says so; assumptions were set by hand until the
marginal statistics of simulated logs were near those of real ones (see the tuning log).
"""

from __future__ import annotations

from collections.abc import Mapping

REPS_AT: tuple[tuple[float, float, float], ...] = (
    (1.00, 1.0, 0.3),
    (0.95, 3.0, 1.5),
    (0.90, 5.0, 2.0),
    (0.85, 8.0, 2.5),
    (0.80, 11.0, 4.0),
    (0.75, 13.0, 5.0),
    (0.70, 17.0, 6.0),
    (0.60, 24.0, 8.0),
    (0.50, 34.0, 11.0),
    (0.40, 47.0, 15.0),
    (0.30, 65.0, 20.0),
)
"""Share of the 1RM, repetitions to failure, their standard deviation between people.

95 % to 70 %: bench press, Nuzzo et al. 2024 (269 studies, 7,289 people), second-hand. Below
70 % continued as an assumption."""

RESERVE_BIAS = 0.95
"""Repetitions in reserve are under-predicted by this much (Halperin et al. 2022)."""

RESERVE_BIAS_SPREAD = 0.4
"""Standard deviation of that between people: its interval 0.17 to 1.73 is 2 x 0.4 wide."""

FIRST_YEAR_GAIN = 0.40
"""Strength gained in the first year, linear in log time: 30 to 50 % (Steele et al. 2022)."""

GAIN_CLOCK_YEARS = 0.12
"""Time constant of the logarithm: three quarters of the gain of two years come in the first,
as in the same study (n = 14,690), whose gains level off after one to two years."""

RESPONSE_SPREAD = 11.5 / 21.0
"""Relative spread of gains between people: 21 +- 11.5 % in 12 weeks (pooled, n = 287)."""

RESPONSE_MOST = 2.5
"""Single lifts gain from nothing to 250 % of the mean (Hubal et al. 2005)."""

RECOVERY_HOURS = 60.0
"""Strength is back 48 to 96 h after a session (McLester et al. 2003)."""

FAILURE_HOURS = 36.0
"""Training to failure slows that by 24 to 48 h (Moran-Navarro et al. 2017)."""

FATIGUE = 0.06
"""Loss of strength right after a hard session of the same muscles: an assumption."""

QUIT_SHAPE, QUIT_SCALE_DAYS = 0.6, 91.0
"""Weibull distribution of the time until a new member quits: 63 % before month 3 (Sperandei
et al. 2016). A shape below 1: whoever stayed is likelier to stay."""

RETURN_SHARE = 0.5
"""Share of those who quit that come back after months: an assumption."""

GAP_LOSS = 0.0
"""On real logs the median weight after gaps above 28 days is that before them (ratio 1.00)."""

FEMALE_SHARE = 0.3
BODYWEIGHT_KG: Mapping[bool, tuple[float, float]] = {False: (82.0, 13.0), True: (66.0, 11.0)}
"""Mean and spread by whether female: an assumption for people who train."""

BENCH_SHARE: Mapping[bool, tuple[float, float]] = {False: (0.70, 0.20), True: (0.38, 0.20)}
"""1RM in the bench press over bodyweight of a beginner, and the spread of its logarithm: an
assumption. All other exercises follow by the engine's table of usual ratios."""

UNITS: Mapping[str, float] = {"kg": 0.55, "lbs": 0.45}
KG_PER_UNIT: Mapping[str, float] = {"kg": 1.0, "lbs": 0.45359237}

NO_EFFORT_LOGGED = 0.85
"""Share of lifters who log no RPE; none of the seven permitted logs has any."""

COMMONNESS_WEIGHT: Mapping[int, float] = {1: 0.35, 2: 4.0, 3: 10.0}
"""How much likelier staples are chosen; in the permitted logs 37, 42 and 20 % of the exercises
of a lifter are staples, common and rare ones."""

MOST_DAYS = 900
"""Longest log in calendar days."""

MOST_SESSIONS = 420
"""Longest log in workouts."""

LEAST_SESSIONS = 8
"""Whoever quits before gives nothing to learn from and is not handed out."""

LAST_DAY = 20_600
"""Simulated logs end on 2026-05-27 at the latest (days since 1970-01-01)."""

"""What each column of the learned models means; ``generate_features.py`` writes it down.

One line a column: name | unit | range | meaning. ``tests/learned/test_feature_docs.py`` holds
the lines against the models' own lists and the ranges against sample lifters.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a model: its unit, its range and what it means."""

    name: str
    unit: str
    low: float
    high: float
    meaning: str


HABIT = """
knn_1 | share | 0 1 | Votes of earlier days whose day before was like the lifter's last day
knn_4 | share | 0 1 | The same by the last four days, newer ones counting more
knn_8 | share | 0 1 | The same by the last eight days
rhythm | share | 0 1 | Votes of the days so many days ago at which the log repeats itself best
types | share | 0 1 | Votes of the days of the session type that mostly follows the last one
followers | share | 0 1 | Votes by what followed the exercises of the last three days
ridge | share | 0 1 | Votes of a kernel regression of a day on the eight days before it
hazard | share | 0 1 | How often it was done after so many training days without it
cycle | share | 0 1 | Whether it was done on the day after the one most like the last day
weekday | share | 0 1 | Votes of the same weekday, halved every 12 training days
e_day | share | 0 1 | Mean of the ten votes above
since | log training days | 0 6 | Training days since it was last done
days_since | log days | 0 10 | Days since it was last done
due | ratio | 0 10 | Days since over the median of the last intervals
freq_7d | times | 0 7 | Days with it in the last 7 days
freq_30d | times | 0 30 | Days with it in the last 30 days
freq_90d | times | 0 90 | Days with it in the last 90 days
share_5 | share | 0 1 | Share of training days with it, halved every 5 training days
share_12 | share | 0 1 | The same, halved every 12 training days
share_45 | share | 0 1 | The same, halved every 45 training days
count | log times | 0 6 | Training days with it, of the last 400
lag_1 | 0/1 | 0 1 | Whether it was done on the last training day
lag_2 | 0/1 | 0 1 | Whether it was done on the one before
lag_3 | 0/1 | 0 1 | Whether it was done three training days ago
lag_4 | 0/1 | 0 1 | Whether it was done four training days ago
position | place | 0 98 | Mean place in its days, from 0
relative | share | 0 1 | The same over the length of the day
opens | share | 0 1 | How often it was the first of its day
p_next | share | 0 1 | Votes of the days like today so far for their next undone exercise
p_knn_next | share | 0 1 | The same, of the days that `knn_4` weighs
p_types_next | share | 0 1 | The same, of the days that `types` weighs
order | share of days | 0 1 | Chance of being next: expected, and nothing expected comes before it
e_open | share | 0 1 | Mean of the four votes above
p_fit_next | share | 0 1 | The same as `p_next`, of the days that go on most like today
p_succ | share | 0 1 | Votes of the days with the last exercise for what came after it
p_after1 | share | 0 1 | How often it stood directly after the last exercise, newer days more
e_next | share | 0 1 | Mean of the votes for what is next
p_rest | share | 0 1 | Votes of the days like today so far for all their undone exercises
p_knn_rest | share | 0 1 | The same, of the days that `knn_4` weighs
p_types_rest | share | 0 1 | The same, of the days that `types` weighs
p_fit_rest | share | 0 1 | The same, of the days that go on most like today
e_rest | share | 0 1 | Mean of the votes for the rest of the day
p_resume | share | 0 1 | Place in what remains of the one day most like today
p_after1_all | share | 0 1 | How often it stood directly after the last exercise
p_after2 | share | 0 1 | How often it stood two places after the one before the last
p_after3 | share | 0 1 | How often it stood three places after the one before that
p_two | share | 0 1 | How often it followed the last two exercises, in either order
co_mean | share of days | 0 1 | How often it is done on days with today's exercises, on average
co_max | share of days | 0 1 | The same, for the one of today's that it goes with most
co_min | share of days | 0 1 | The same, for the one that it goes with least
co_later | share | 0 1 | How often it came after today's exercises and not before them
chance | share of days | 0 1 | Share of the days like today (`knn_4`) on which it is still to come
chance_fit | share of days | 0 1 | The same, of the days that go on most like today
d_position | places | -98 98 | Mean place in its days, less how many exercises were done today
g_follows | share | 0 1 | How often it follows the last one (opens a day) with other lifters
g_popular | share of days | 0 1 | Share of other lifters' days with it
r_* | rank | 1 40 | Rank by the column of this name, 1 the best; 40 where that says nothing
c_days | log days | 0 6 | Training days known, of the last 400
c_length | exercises | 0 99 | Mean number of exercises of a day
c_known | log exercises | 0 7 | Exercises done on these days
c_gap | days | 0 60 | Days since the last training day
c_rhythm | share | 0 1 | How well the log repeats itself at its best lag
c_alike | share | 0 1 | How like the last four days the most similar earlier ones are
c_knn | share | 0 1 | Share of the votes of `knn_4` for its first choice
x_done | exercises | 0 99 | Exercises done today so far
x_alike | share | 0 1 | How like today so far the most similar day is
x_resume_age | log training days | 0 6 | Age of the day that `p_resume` looks at
x_sure | share | 0 1 | Share of the votes of `p_after1` for its first choice
x_seen | log times | 0 8 | How often anything followed the last exercise
x_next | share | 0 1 | Share of the votes of `p_next` for its first choice
"""
"""Columns of the ranker; all are of one candidate for the next exercise, or of the moment."""

LOADS = """
w_# | log ratio | -5 5 | Top weight # sessions before the last one
e_# | log ratio | -5 5 | Best estimated maximum (Epley) # sessions before the last one
reps_# | repetitions | 0 30 | Most repetitions at the top weight # sessions before the last one
least_# | repetitions | 0 30 | Fewest repetitions at the top weight # sessions before the last one
sets_# | sets | 0 200 | Sets with a load # sessions before the last one
at_top_# | sets | 0 200 | Sets at the top weight # sessions before the last one
reps_drop | repetitions | 0 30 | Most less fewest repetitions at the top weight, last session
reps_change | repetitions | -30 30 | Repetitions of the last session less those of the one before
rpe_0 | RPE | 0 10 | Hardest set at the top weight, last session; 0 unknown
log_kg | log kg | 0 7 | Top weight of the last session
gap | log days | 0 7.01 | Days since the exercise was last done
gap_last | log days | 0 7.01 | Days between its last two sessions
gap_usual | log days | 0 7.01 | Median of the last six of these
gap_ratio | log ratio | -7.01 7.01 | Days since, against the usual
sessions_28 | sessions | 0 20 | Sessions of the exercise in the last 28 days
sessions | sessions | 1 20 | Sessions of the exercise that are looked at
rest | days | 0 60 | Days since anything was trained
change_1 | log ratio | -5 5 | Last change of weight
change_2 | log ratio | -5 5 | The change before
up_share | share | 0 1 | Of the last ten sessions, after how many weight went up
down_share | share | 0 1 | The same, went down
same_share | share | 0 1 | The same, stayed
streak | sessions | 1 20 | Sessions in a row at this weight
streak_days | log days | 0 7.01 | Days since the first of them
step_up | log ratio | 0 5 | Mean step up
step_up_least | log ratio | 0 5 | Smallest step up
volatility | log ratio | 0 5 | Root mean square of the last ten changes
mean_change | log ratio | -5 5 | Mean of the last ten changes
abs_change | log ratio | 0 5 | Mean size of the last ten changes
high_followed_up | share | 0 1 | After sessions of as many repetitions: how often weight went up
high_followed_change | log ratio | -5 5 | The same: mean change
high_count | sessions | 0 19 | Number of such sessions
here_followed_same | share | 0 1 | After sessions at this weight: how often it stayed
here_followed_change | log ratio | -5 5 | The same: mean change
here_count | sessions | 0 19 | Number of such sessions
ewma_w | log ratio | -5 5 | Exponential mean of the weights, half of it the last
ewma_w_slow | log ratio | -5 5 | The same, a fifth of it the last
ewma_e | log ratio | -5 5 | Exponential mean of the estimated maxima
slope_w | log ratio a session | -2 2 | Trend of the last six weights
slope_e | log ratio a session | -2 2 | Trend of the last six estimated maxima
best_e_90 | log ratio | -5 5 | Best estimated maximum of the last 90 days
max_w | log ratio | 0 5 | Heaviest weight
min_w | log ratio | -5 0 | Lightest weight
above | log ratio | 0 0.7 | Next heavier weight that was used
below | log ratio | -0.7 0 | Next lighter weight that was used
weekday_w | log ratio | -5 5 | Weight of the last session on this weekday; 0 without
weekday_age | sessions | 0 20 | How many sessions ago that was
median_reps | repetitions | 0 30 | Median repetitions of the last six sessions
reps_spread | repetitions | 0 30 | Most less fewest of them
lifter_up | share | 0 1 | Of the last 60 entries of all exercises, how often weight went up
lifter_down | share | 0 1 | The same, went down
lifter_same | share | 0 1 | The same, stayed
lifter_change | log ratio | -5 5 | Their mean change
lifter_abs | log ratio | 0 0.7 | Their mean size of change
lifter_wide | log ratio | 0 5 | Their ninth decile
lifter_form | log ratio | -0.3 0.3 | How strong the last ten entries were against those before
lifter_comeback | log ratio | -0.4 0.4 | How strong the lifter was after gaps of over four weeks
lifter_comebacks | entries | 0 200 | Entries after such gaps
today_residual | log ratio | -0.3 0.3 | Today's strength so far against the last three times
today_residual_last | log ratio | -0.3 0.3 | The same, of the last one
today_shift | log ratio | -0.5 0.5 | Today's weights so far against the last time
today_shift_last | log ratio | -0.5 0.5 | The same, of the last one
today_up | share | 0 1 | How many of them went up
today_down | share | 0 1 | How many of them went down
today_count | exercises | 0 12 | Exercises of today so far that this rests on
like_last | share | 0 1 | Share of today's exercises that the day of the last session had too
like_best | share | 0 1 | The same, of the most similar of the last ten
like_w | log ratio | -5 5 | Weight on that day
like_age | sessions | 1 10 | How many sessions ago that was
like_mean_w | log ratio | -5 5 | Mean weight, days like today and newer ones counting more
kalman_level | log ratio | -5 5 | Hidden strength (one-repetition maximum) by a Kalman filter
kalman_slope | log | -2 4 | Hidden slope of this lifter's repetitions by weight
kalman_sd | log | 0 1 | Its standard deviation
kalman_surprise_0 | log ratio | -5 5 | How far the last session was from what it expected
kalman_surprise_1 | log ratio | -5 5 | The same, of the one before
kalman_last | log ratio | -5 5 | Weight that it expects at the last repetitions
kalman_noise | log ratio | 0 3 | Root mean square of its last ten surprises
plan_reps | repetitions | 0 30 | Planned repetitions; 0 without a plan, and so are all below
plan_change | repetitions | -30 30 | Planned less last repetitions
plan_usual | repetitions | -30 30 | Planned less usual repetitions
plan_near_w | log ratio | -5 5 | Weight of the session of the last ten with the nearest repetitions
plan_near_off | repetitions | -30 30 | Planned less its repetitions
plan_near_age | sessions | 0 10 | How many sessions ago that was
plan_same_w | log ratio | -5 5 | Weight of the last session with just these repetitions; 0 without
plan_same_age | sessions | 0 20 | How many sessions ago that was
plan_epley_last | log ratio | -5 5 | Weight for the repetitions by the last estimated maximum
plan_epley_top | log ratio | -1 1 | The same, by its top set alone
plan_epley_three | log ratio | -5 5 | The same, by the best of the last three sessions
plan_epley_ewma | log ratio | -5 5 | The same, by the exponential mean
plan_epley_best | log ratio | -5 5 | The same, by the best of 90 days
plan_kalman | log ratio | -5 5 | Weight for the repetitions by the Kalman filter
plan_kalman_sd | log ratio | 0 2 | Its standard deviation
plan_most | log ratio | -0.7 4 | Heaviest weight with at least these repetitions
plan_least | log ratio | -4 0.7 | Lightest weight with at most these repetitions
plan_comeback | log ratio | -5 5 | `plan_epley_last`, after a gap with `lifter_comeback`
plan_vote | log ratio | -5 5 | Mean weight, near repetitions and newer sessions counting more
plan_curve | log ratio | -5 5 | Exponential mean of the weights, by the hidden slope
"""
"""Columns of the load model; a log ratio is to the top weight of the last session."""

CHOICE = """
c_ratio | log ratio | -5 5 | The candidate
c_last | 0/1 | 0 1 | Whether it is the last weight
c_age | sessions | 1 25 | How many sessions ago it was used; 25 never
c_days | log days | 0 8 | How many days ago it was used; 8 never
c_share | share | 0 1 | Share of the sessions with it
c_recent | share | 0 1 | The same, newer ones counting more
c_reps | repetitions | 0 30 | Repetitions when it was last used; 0 never
c_reps_off | repetitions | -30 30 | Repetitions in question less these
c_reps_near | repetitions | 0 40 | How near to those in question it came; 40 never
c_reps_least | repetitions | -30 30 | Repetitions in question less the fewest with it
c_reps_most | repetitions | -30 30 | Repetitions in question less the most with it
c_by_reps | share | 0 1 | Share of the sessions with it, those of near repetitions counting more
c_kalman | log ratio | -5 5 | Against what the Kalman filter expects
c_kalman_z | standard deviations | -100 100 | The same in its standard deviations
c_epley | log ratio | -5 5 | Against the last top set by Epley
c_comeback | log ratio | -5 5 | The same, after a gap with `lifter_comeback`
c_own | log ratio | -5 5 | Against the mean of the sessions, brought to the repetitions
c_followed | share | 0 1 | How often it followed the last weight
c_like | share | 0 1 | Likeness of the day most like today on which it was used
c_pull | share | 0 1 | Share of the sessions with it, days like today counting more
c_above | candidates | 0 16 | Candidates that are heavier
c_between | candidates | -16 16 | Candidates between it and the last weight
c_n | candidates | 1 16 | Candidates in all
"""
"""Columns of a candidate, after those of the question."""


def columns(text: str, names: tuple[str, ...]) -> list[Column]:
    """Return the columns of a model's list in its order.

    ``w_#`` stands for ``w_1``, ``w_2`` and so on, ``r_*`` for all that begin so.

    Raises
    ------
    KeyError
        Where a name has no line, or a line no name.
    """
    lines: dict[str, Column] = {}
    for line in text.strip().splitlines():
        name, unit, bounds, meaning = (part.strip() for part in line.split("|"))
        low, high = map(float, bounds.split())
        lines[name] = Column(name, unit, low, high, meaning)
    found, used = [], set()
    for name in names:
        stem, _, last = name.rpartition("_")
        family = "r_*" if name.startswith("r_") else f"{stem}_#"
        key = name if name in lines else family
        used.add(key)
        line = lines[key]
        meaning = line.meaning.replace("#", last)
        if key == "r_*":
            meaning = meaning.replace("the column of this name", f"`{name[2:]}`")
        found.append(Column(name, line.unit, line.low, line.high, meaning))
    if unknown := set(lines) - used:
        raise KeyError(f"no column has the lines {sorted(unknown)}")
    return found

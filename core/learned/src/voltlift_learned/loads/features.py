"""Features of the next working weight, all in log ratios to the last one."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voltlift_learned.diary import Floats, without_nan
from voltlift_learned.loads.kalman import curve
from voltlift_learned.loads.views import GAP_DAYS, SAME, SESSIONS, View

LAST = 6
_FAR = 0.7
"""Log ratios beyond a factor of two say no more than that."""


_NAMES = """
w_1 w_2 w_3 w_4 w_5 e_0 e_1 e_2 e_3 e_4 e_5 reps_0 reps_1 reps_2 reps_3 reps_4 reps_5 least_0
least_1 sets_0 sets_1 at_top_0 at_top_1 reps_drop reps_change rpe_0 log_kg gap gap_last
gap_usual gap_ratio sessions_28 sessions rest change_1 change_2 up_share down_share same_share
streak streak_days step_up step_up_least volatility mean_change abs_change high_followed_up
high_followed_change high_count here_followed_same here_followed_change here_count ewma_w
ewma_w_slow ewma_e slope_w slope_e best_e_90 max_w min_w above below weekday_w weekday_age
median_reps reps_spread lifter_up lifter_down lifter_same lifter_change lifter_abs lifter_wide
lifter_form lifter_comeback lifter_comebacks today_residual today_residual_last today_shift
today_shift_last today_up today_down today_count like_last like_best like_w like_age like_mean_w
kalman_level kalman_slope kalman_sd kalman_surprise_0 kalman_surprise_1 kalman_last kalman_noise
plan_reps plan_change plan_usual plan_near_w plan_near_off plan_near_age plan_same_w
plan_same_age plan_epley_last plan_epley_top plan_epley_three plan_epley_ewma plan_epley_best
plan_kalman plan_kalman_sd plan_most plan_least plan_comeback plan_vote plan_curve
"""

LOAD_FEATURES: tuple[str, ...] = tuple(_NAMES.split())
"""What the models see of a question, in order; the plan's own come last."""


def feature_columns(view: View) -> dict[str, Floats]:
    """Return every feature by name, in order; those of a plan last."""
    columns: dict[str, Floats] = {}
    for part in (_sessions, _rhythm, _direction, _levels, _lifter, _today, _hidden, _plan):
        columns |= part(view)
    return columns


def feature_matrix(view: View, names: tuple[str, ...]) -> NDArray[np.float32]:
    """Return these features, float32 of shape (n, F), finite."""
    columns = feature_columns(view)
    matrix = np.stack([columns[name] for name in names], axis=1)
    return np.where(np.isfinite(matrix), matrix, 0.0).astype(np.float32)


def _sessions(v: View) -> dict[str, Floats]:
    w0 = v.w[:, -1]
    out = {f"w_{k}": v.w[:, -1 - k] - w0 for k in range(1, LAST)}
    out |= {f"e_{k}": v.e[:, -1 - k] - w0 for k in range(LAST)}
    out |= {f"reps_{k}": v.reps[:, -1 - k] for k in range(LAST)}
    out |= {f"least_{k}": v.least[:, -1 - k] for k in range(2)}
    out |= {f"sets_{k}": v.sets[:, -1 - k] for k in range(2)}
    out |= {f"at_top_{k}": v.at_top[:, -1 - k] for k in range(2)}
    out["reps_drop"] = v.reps[:, -1] - v.least[:, -1]
    out["reps_change"] = v.reps[:, -1] - v.reps[:, -2]
    out["rpe_0"] = v.rpe[:, -1]
    out["log_kg"] = w0
    return out


def _rhythm(v: View) -> dict[str, Floats]:
    gap = v.now - v.day[:, -1]
    gaps = np.where(v.known[:, -7:-1], np.diff(v.day[:, -7:], axis=1), np.nan)
    usual = np.where(v.known[:, -2], _median_of_six(gaps), gap)
    return {
        "gap": np.log1p(gap),
        "gap_last": np.log1p(v.day[:, -1] - v.day[:, -2]),
        "gap_usual": np.log1p(usual),
        "gap_ratio": np.log1p(gap) - np.log1p(usual),
        "sessions_28": (v.known & (v.now[:, None] - v.day <= 28)).sum(1).astype(np.float64),
        "sessions": v.known.sum(1).astype(np.float64),
        "rest": np.minimum(v.rest_days, 60.0),
    }


def _median_of_six(values: Floats) -> Floats:
    """Return medians along rows of six with NaN where missing: the lower one of two."""
    ordered = np.sort(values, axis=1)
    n = np.maximum((~np.isnan(values)).sum(1), 1)
    return np.asarray(ordered[np.arange(len(values)), (n - 1) // 2])


def _direction(v: View) -> dict[str, Floats]:
    w, known = v.w, v.known
    step = np.diff(w, axis=1)
    pair = known[:, :-1]
    up, down = pair & (step > SAME), pair & (step < -SAME)
    changed = up | down
    n = np.maximum(pair[:, -10:].sum(1), 1.0)
    same_run = np.abs(w - w[:, -1:]) <= SAME
    streak = np.where(same_run.all(1), SESSIONS, np.argmin(same_run[:, ::-1], axis=1))
    streak = np.minimum(streak, known.sum(1)).astype(np.float64)
    begun = v.day[np.arange(v.n), (SESSIONS - streak).astype(np.intp)]
    # What followed where repetitions were at least as high as the last time.
    as_high = pair & (v.reps[:, :-1] >= v.reps[:, -1:])
    n_high = as_high.sum(1)
    sizes = np.where(up, step, np.nan)
    size = np.where(up, step, 0.0).sum(1) / np.maximum(up.sum(1), 1)
    spread = np.sqrt((np.where(pair, step, 0.0)[:, -10:] ** 2).sum(1) / n)
    followed = same_run[:, :-1] & pair
    n_followed = np.maximum(followed.sum(1), 1.0)
    return {
        "change_1": step[:, -1],
        "change_2": step[:, -2],
        "up_share": up[:, -10:].sum(1) / n,
        "down_share": down[:, -10:].sum(1) / n,
        "same_share": (pair & ~changed)[:, -10:].sum(1) / n,
        "streak": streak,
        "streak_days": np.log1p(v.now - begun),
        "step_up": size,
        "step_up_least": _least(sizes),
        "volatility": spread,
        "mean_change": np.where(pair, step, 0.0)[:, -10:].sum(1) / n,
        "abs_change": np.where(pair, np.abs(step), 0.0)[:, -10:].sum(1) / n,
        "high_followed_up": (as_high & up).sum(1) / np.maximum(n_high, 1),
        "high_followed_change": np.where(as_high, step, 0.0).sum(1) / np.maximum(n_high, 1),
        "high_count": n_high.astype(np.float64),
        "here_followed_same": (followed & ~changed).sum(1) / n_followed,
        "here_followed_change": np.where(followed, step, 0.0).sum(1) / n_followed,
        "here_count": followed.sum(1).astype(np.float64),
    }


def _least(values: Floats) -> Floats:
    filled = np.where(np.isnan(values), np.inf, values).min(1)
    return np.where(np.isinf(filled), 0.0, filled)


def _ewma(values: Floats, known: NDArray[np.bool_], rate: float) -> Floats:
    ages = np.arange(SESSIONS - 1, -1, -1)
    weights = np.where(known, (1.0 - rate) ** ages, 0.0)
    out: Floats = (weights * values).sum(1) / weights.sum(1)
    return out


def _slope(values: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return the slope a session of a regression over the last six."""
    y, on = values[:, -LAST:], known[:, -LAST:]
    x = np.arange(LAST, dtype=np.float64)
    n = on.sum(1)
    mean_x, mean_y = (on * x).sum(1) / n, np.where(on, y, 0.0).sum(1) / n
    dx = np.where(on, x - mean_x[:, None], 0.0)
    return np.asarray((dx * (y - mean_y[:, None])).sum(1) / np.maximum((dx * dx).sum(1), 1e-9))


def _levels(v: View) -> dict[str, Floats]:
    w0 = v.w[:, -1]
    age = v.now[:, None] - v.day
    rel = v.w - w0[:, None]
    recent = v.known & (age <= 90)
    best = np.where(recent, v.e, -np.inf).max(1)
    best = np.where(np.isinf(best), v.e[:, -1], best)
    weekday = v.known & (age % 7 < 0.5)
    twin = np.where(weekday, np.arange(SESSIONS), -1).max(1)
    return {
        "ewma_w": _ewma(rel, v.known, 0.5),
        "ewma_w_slow": _ewma(rel, v.known, 0.2),
        "ewma_e": _ewma(v.e, v.known, 0.4) - w0,
        "slope_w": _slope(v.w, v.known),
        "slope_e": _slope(v.e, v.known),
        "best_e_90": best - w0,
        "max_w": np.where(v.known, rel, -_FAR).max(1),
        "min_w": np.where(v.known, rel, _FAR).min(1),
        "above": np.minimum(np.where(v.known & (rel > SAME), rel, _FAR).min(1), _FAR),
        "below": np.maximum(np.where(v.known & (rel < -SAME), rel, -_FAR).max(1), -_FAR),
        "weekday_w": np.where(twin >= 0, rel[np.arange(v.n), twin], 0.0),
        "weekday_age": np.where(twin >= 0, SESSIONS - twin, 0).astype(np.float64),
        "median_reps": np.sort(v.reps[:, -LAST:], axis=1)[:, LAST // 2],
        "reps_spread": v.reps[:, -LAST:].max(1) - v.reps[:, -LAST:].min(1),
    }


def _lifter(v: View) -> dict[str, Floats]:
    on = ~np.isnan(v.moves)
    n = np.maximum(on.sum(1), 1.0)
    moves = without_nan(v.moves)
    size = np.sort(np.abs(np.where(on, v.moves, 0.0)), axis=1)
    return {
        "lifter_up": (moves > SAME).sum(1) / n,
        "lifter_down": (moves < -SAME).sum(1) / n,
        "lifter_same": (on & (np.abs(moves) <= SAME)).sum(1) / n,
        "lifter_change": moves.sum(1) / n,
        "lifter_abs": np.abs(np.clip(moves, -_FAR, _FAR)).sum(1) / n,
        "lifter_wide": size[:, int(0.9 * size.shape[1])],
        "lifter_form": np.clip(without_nan(v.form[:, -10:]), -0.3, 0.3).mean(1),
        "lifter_comeback": comeback(v),
        "lifter_comebacks": v.comeback.sum(1).astype(np.float64),
    }


@lru_cache(maxsize=4)
def comeback(v: View) -> Floats:
    """Return how strong the lifter was after gaps against before, in log, drawn to nothing."""
    on = v.comeback & ~np.isnan(v.form)
    size = np.where(on, np.clip(without_nan(v.form), -0.4, 0.4), 0.0).sum(1)
    return np.asarray(size / (on.sum(1) + 2.0))


def _today(v: View) -> dict[str, Floats]:
    on = ~np.isnan(v.residual)
    n = on.sum(1)
    some = np.maximum(n, 1)
    clipped = np.clip(without_nan(v.residual), -0.3, 0.3)
    shift = np.clip(without_nan(v.shift), -0.5, 0.5)
    n_shift = np.maximum((~np.isnan(v.shift)).sum(1), 1)
    like = v.likeness + 0.01 * np.arange(SESSIONS) - 9.0 * ~v.known
    recent = like[:, -10:]
    twin = recent.argmax(1) + SESSIONS - 10
    at = np.arange(v.n)
    pull = np.where(v.known, np.exp(4.0 * v.likeness) * 0.8 ** np.arange(SESSIONS)[::-1], 0.0)
    rel = v.w - v.w[:, -1:]
    return {
        "today_residual": clipped.sum(1) / some,
        "today_residual_last": clipped[:, -1],
        "today_shift": shift.sum(1) / n_shift,
        "today_shift_last": shift[:, -1],
        "today_up": (shift > SAME).sum(1) / n_shift,
        "today_down": (shift < -SAME).sum(1) / n_shift,
        "today_count": n.astype(np.float64),
        "like_last": v.likeness[:, -1],
        "like_best": v.likeness[at, twin],
        "like_w": rel[at, twin],
        "like_age": (SESSIONS - twin).astype(np.float64),
        "like_mean_w": (pull * rel).sum(1) / pull.sum(1),
    }


def _hidden(v: View) -> dict[str, Floats]:
    w0, s = v.w[:, -1], v.strength
    return {
        "kalman_level": s.level - w0,
        "kalman_slope": s.slope,
        "kalman_sd": np.sqrt(s.p_level),
        "kalman_surprise_0": s.surprise[:, -1],
        "kalman_surprise_1": s.surprise[:, -2],
        "kalman_last": s.at(v.reps[:, -1])[0] - w0,
        "kalman_noise": np.sqrt((s.surprise[:, -10:] ** 2).sum(1) / v.known[:, -10:].sum(1)),
    }


def _plan(v: View) -> dict[str, Floats]:
    """Return what a plan adds; all 0 without one."""
    w0, at = v.w[:, -1], np.arange(v.n)
    planned = v.planned
    rel = v.w - w0[:, None]
    off = np.abs(v.reps - planned[:, None])
    ages = np.arange(SESSIONS - 1, -1, -1.0)
    # The nearest repetitions of the last ten; of equally near ones the latest.
    cost = np.where(v.known, off + 0.01 * ages, 99.0)[:, -10:]
    near = cost.argmin(1) + SESSIONS - 10
    exact = np.where(v.known & (off < 0.5), np.arange(SESSIONS), -1).max(1)
    epley = np.log1p(planned / 30.0)
    recent = v.known & (v.now[:, None] - v.day <= 90)
    best = np.where(recent, v.e, -np.inf).max(1)
    best = np.where(np.isinf(best), v.e[:, -1], best)
    at_least = v.known & (v.reps >= planned[:, None])
    at_most = v.known & (v.reps <= planned[:, None])
    expected, sd = v.strength.at(planned)
    pull = np.where(v.known, np.exp(-0.5 * off) * 0.85**ages, 0.0)
    own = v.w + v.strength.slope[:, None] * (curve(v.reps) - curve(planned)[:, None])
    out = {
        "plan_reps": planned,
        "plan_change": planned - v.reps[:, -1],
        "plan_usual": planned - np.sort(v.reps[:, -LAST:], axis=1)[:, LAST // 2],
        "plan_near_w": rel[at, near],
        "plan_near_off": planned - v.reps[at, near],
        "plan_near_age": SESSIONS - near.astype(np.float64),
        "plan_same_w": np.where(exact >= 0, rel[at, exact], 0.0),
        "plan_same_age": np.where(exact >= 0, SESSIONS - exact, 0).astype(np.float64),
        "plan_epley_last": v.e[:, -1] - epley - w0,
        "plan_epley_top": w0 * 0 + np.log1p(v.reps[:, -1] / 30.0) - epley,
        "plan_epley_three": v.e[:, -3:].max(1) - epley - w0,
        "plan_epley_ewma": _ewma(v.e, v.known, 0.4) - epley - w0,
        "plan_epley_best": best - epley - w0,
        "plan_kalman": expected - w0,
        "plan_kalman_sd": sd,
        "plan_most": np.where(at_least, rel, -_FAR).max(1),
        "plan_least": np.where(at_most, rel, _FAR).min(1),
        "plan_comeback": v.e[:, -1] - epley - w0 + comeback(v) * (v.now - v.day[:, -1] > GAP_DAYS),
        "plan_vote": (pull * rel).sum(1) / np.maximum(pull.sum(1), 1e-9),
        "plan_curve": _ewma(own, v.known, 0.3) - w0,
    }
    return {name: np.where(planned > 0, value, 0.0) for name, value in out.items()}

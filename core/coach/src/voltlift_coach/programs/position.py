"""Where a lifter stands in the program they follow: a missed day delays it, skips nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voltlift_coach.programs.expand import DraftSession
from voltlift_core.contract import Reason
from voltlift_core.domain.settings import ActiveProgram

LAY_OFF_DAYS = 28
"""After more days without training the last week is repeated, lighter."""

LAY_OFF_STEP, LAY_OFF_MOST = 0.025, 0.1
"""What percentages are lowered by, per further four weeks begun, and at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The next session and what led to it.

    Parameters
    ----------
    index : int or None
        Index of the next session; None where the program is finished.
    done : int
        Sessions done.
    missed : int
        Planned days that have gone by.
    trained_today : bool
        Whether a session of the program was done today.
    factor : float
        What percentages of the maximum are multiplied with after a lay-off, else 1.
    reasons : tuple of Reason
        Why it is this session.
    """

    index: int | None
    done: int
    missed: int = 0
    trained_today: bool = False
    factor: float = 1.0
    reasons: tuple[Reason, ...] = ()


def locate(
    sessions: Sequence[DraftSession],
    active: ActiveProgram,
    frequency: int,
    today: int,
    trained_days: Sequence[int],
    later: int = 0,
) -> Position:
    """Return where a lifter stands.

    Planned days count from the last session done (from the start where there is none yet),
    with the program's own rest days between.

    Parameters
    ----------
    sessions : sequence of DraftSession
        All sessions of the program at the chosen frequency.
    active : ActiveProgram
        What the settings say.
    frequency : int
        Sessions per week.
    today : int
        Local day of the moment asked for, days since 1970-01-01.
    trained_days : sequence of int
        Local days of workouts of this program up to now, ascending.
    later : int
        Workouts of this program after the moment asked for: for a look back in time.
    """
    start = active.start_day
    done = min(max(active.current_index - later, 0), len(sessions))
    days = [day for day in trained_days if start is None or day >= start]
    last = days[-1] if days and done else None
    trained_today = last == today
    if done == len(sessions):
        return Position(
            index=None,
            done=done,
            trained_today=trained_today,
            reasons=(_reason("program_finished", sessions=float(done)),),
        )
    if start is not None and start > today and not done:
        return Position(index=0, done=0, reasons=(_reason("starts_later", days=start - today),))
    idle = 0 if last is None else today - last
    if idle > LAY_OFF_DAYS:
        again = max(done - frequency, 0)
        blocks = -(-(idle - LAY_OFF_DAYS) // LAY_OFF_DAYS)
        less = min(LAY_OFF_STEP * blocks, LAY_OFF_MOST)
        reason = _reason("week_repeated", days=idle, week=sessions[again].week, lighter=less)
        return Position(
            index=again,
            done=again,
            missed=_missed(sessions, done, last, start, today),
            factor=1.0 - less,
            reasons=(reason,),
        )
    missed = _missed(sessions, done, last, start, today)
    reasons = [_reason("first_session" if not done else "next_session", session=done + 1)]
    if trained_today:
        reasons.append(_reason("trained_today"))
    if missed:
        reasons.append(_reason("program_waits", missed=missed))
    return Position(
        index=done,
        done=done,
        missed=missed,
        trained_today=trained_today,
        reasons=tuple(reasons),
    )


def _missed(
    sessions: Sequence[DraftSession], done: int, last: int | None, start: int | None, today: int
) -> int:
    if last is not None:
        origin = last - sessions[done - 1].offset
    elif start is not None and not done:
        origin = start
    else:
        return 0
    return sum(1 for session in sessions[done:] if origin + session.offset < today)


def _reason(code: str, **values: float) -> Reason:
    return Reason(code=code, points=0.0, values={k: float(v) for k, v in values.items()})

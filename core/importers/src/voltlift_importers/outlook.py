"""What storing would do with each session of a file, by the log that is known.

A session of the file is compared with the stored one of the same id, set by set. First equal
sets are paired (exercise, load to 0.01 kg, reps, kind); then, within an exercise, a set of the
file with one that was changed in the app since; then whole exercises that go by another id now.
What is left in the file is new; what is left in the log was logged since. So nothing that the
lifter edited or added in the app is taken back by an import, and what only the file has is added
to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from voltlift_core import ExerciseLog, Known, PreviewedSession, SetLog, WorkoutSession
from voltlift_core.domain.units import KG_PER_UNIT
from voltlift_core.domain.vocabulary import Unit
from voltlift_core.history.decode_sets import KINDS
from voltlift_core.history.issues import IssueLog
from voltlift_importers.dates import local_day
from voltlift_importers.steps import Step, Steps
from voltlift_importers.stored import StoredLog, StoredSession

DUPLICATE_MINUTES = 90
DUPLICATE_SHARE = 0.7
"""A workout of another id is the same one where this share of the larger one's sets is equal."""

_PER_STEP = 200
_DAY_S = 86_400

Key = tuple[str, int, int, int]
"""A set: exercise, load in 0.01 kg, reps, kind."""


@dataclass(frozen=True, slots=True)
class _FileSet:
    key: Key
    log: ExerciseLog
    set: SetLog


def outlooks_of(
    sessions: Sequence[WorkoutSession],
    known: Known,
    issues: IssueLog,
    lines: Mapping[str, int] | None = None,
    resolve: Callable[[str], str] = str,
) -> Steps[tuple[PreviewedSession, ...]]:
    """Return the outlook of each session, in their order.

    Parameters
    ----------
    sessions : sequence of WorkoutSession
        Those of the file.
    known : Known
        With the log so far.
    issues : IssueLog
        Told (``differs_from_stored``) of sessions that are stored differently.
    lines : mapping of str to int, optional
        First line by session id.
    resolve : callable, optional
        Gives the id under which the log has an exercise, where the file has another one.
    """
    stored = StoredLog(known.log)
    outlooks: list[PreviewedSession] = []
    for done, session in enumerate(sessions):
        outlook = _outlook(session, _sets(session, resolve), stored, issues)
        if lines is not None:
            outlook = replace(outlook, first_line=lines[session.id])
        outlooks.append(outlook)
        if done % _PER_STEP == 0:
            yield Step("comparing", done, len(sessions))
    return tuple(outlooks)


def count_outlooks(outlooks: Iterable[PreviewedSession]) -> Counter[str]:
    """Return how many sessions there are of each outlook."""
    return Counter(outlook.outlook for outlook in outlooks)


def _outlook(
    session: WorkoutSession, sets: list[_FileSet], stored: StoredLog, issues: IssueLog
) -> PreviewedSession:
    plain = PreviewedSession(
        id=session.id,
        outlook="new",
        sets=len(sets),
        exercises=len({item.log.exercise_id for item in sets}),
        new_sets=len(sets),
    )
    same = stored.get(session.id)
    if same is not None:
        new, differs = _beyond(sets, same)
        if differs:
            issues.warning(
                "differs_from_stored",
                f"workout {session.id}",
                "the sets that are stored",
                "other sets; what was edited or logged since stays",
            )
        if not new:
            return replace(plain, outlook="known", new_sets=0)
        additions = _as_logs(new, len(same.keys))
        return replace(plain, outlook="changed", new_sets=len(new), additions=additions)
    near = list(_same_time(session, stored))
    keys = Counter(item.key[:3] for item in sets if item.set.completed) if near else Counter()
    other = next((other for other in near if _is_duplicate(keys, other)), None)
    if other is None:
        return plain
    return replace(plain, outlook="duplicate", duplicate_of=other.id, new_sets=0)


def _sets(session: WorkoutSession, resolve: Callable[[str], str]) -> list[_FileSet]:
    factor = KG_PER_UNIT[Unit.LB if session.unit == "lbs" else Unit.KG]
    found: list[_FileSet] = []
    for log in session.logs:
        exercise_id = resolve(log.exercise_id)
        for item in log.sets:
            cents = round(item.weight * factor * 100)
            found.append(_FileSet((exercise_id, cents, item.reps, KINDS[item.type]), log, item))
    return found


def _beyond(sets: Sequence[_FileSet], same: StoredSession) -> tuple[list[_FileSet], bool]:
    """Return the sets that the stored session has not, and whether it differs otherwise."""
    stored = Counter(same.keys)
    open_sets: list[_FileSet] = []
    for item in sets:
        if stored[item.key] > 0:
            stored[item.key] -= 1
        else:
            open_sets.append(item)
    by_exercise = Counter[str]()
    for key, left in stored.items():
        by_exercise[key[0]] += left
    if not open_sets:
        return [], by_exercise.total() > 0
    open_sets, edited = _without_edited(open_sets, by_exercise)
    if not open_sets:
        return [], True
    open_sets, renamed = _without_renamed(open_sets, sets, same, +by_exercise)
    return open_sets, edited or renamed or by_exercise.total() > 0


def _without_edited(
    open_sets: Sequence[_FileSet], by_exercise: Counter[str]
) -> tuple[list[_FileSet], bool]:
    """Return the open sets without one for each set left of their exercise in the log."""
    left: list[_FileSet] = []
    for item in open_sets:
        if by_exercise[item.key[0]] > 0:
            by_exercise[item.key[0]] -= 1
        else:
            left.append(item)
    return left, len(left) < len(open_sets)


def _without_renamed(
    open_sets: Sequence[_FileSet],
    sets: Sequence[_FileSet],
    same: StoredSession,
    by_exercise: Counter[str],
) -> tuple[list[_FileSet], bool]:
    """Return the open sets without those of exercises that the log has under another id.

    An exercise is taken for another one only where it is missing on the other side, and all of
    its stored sets are among the file's.
    """
    in_file = {item.key[0] for item in sets}
    in_log = {key[0] for key in same.keys}
    left = list(open_sets)
    for exercise in [exercise for exercise in by_exercise if exercise not in in_file]:
        wanted = Counter(key[1:] for key in same.keys if key[0] == exercise)
        for name in dict.fromkeys(item.key[0] for item in left if item.key[0] not in in_log):
            offered = Counter(item.key[1:] for item in left if item.key[0] == name)
            if wanted <= offered:
                rest: list[_FileSet] = []
                for item in left:
                    if item.key[0] == name and wanted[item.key[1:]] > 0:
                        wanted[item.key[1:]] -= 1
                    else:
                        rest.append(item)
                left = rest
                break
    return left, len(left) < len(open_sets)


def _as_logs(sets: Sequence[_FileSet], n_stored: int) -> tuple[ExerciseLog, ...]:
    """Return sets by their logs, with ids that no earlier import has given."""
    logs: dict[str, list[_FileSet]] = {}
    for item in sets:
        logs.setdefault(item.log.id, []).append(item)
    return tuple(
        replace(
            items[0].log,
            id=f"{id_}+{n_stored}",
            sets=tuple(replace(item.set, id=f"{item.set.id}+{n_stored}") for item in items),
        )
        for id_, items in logs.items()
    )


def _same_time(session: WorkoutSession, stored: StoredLog) -> Iterable[StoredSession]:
    start = session.start_time / 1000
    for other in stored.between(start - _DAY_S, start + _DAY_S):
        if session.time_known and other.time_known:
            if abs(other.start_s - start) <= DUPLICATE_MINUTES * 60:
                yield other
        elif local_day(round(other.start_s * 1000), other.utc_offset) == local_day(
            session.start_time, session.utc_offset_minutes or 0
        ):
            yield other


def _is_duplicate(keys: Counter[tuple[str, int, int]], other: StoredSession) -> bool:
    theirs = Counter(key[:3] for key, done in zip(other.keys, other.completed, strict=True) if done)
    most = max(keys.total(), theirs.total())
    return most > 0 and (keys & theirs).total() >= DUPLICATE_SHARE * most

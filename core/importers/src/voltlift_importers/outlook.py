"""What storing would do with each session of a file, by the log that is known."""

from __future__ import annotations

from collections.abc import Iterable

from voltlift_core import Known, PreviewedSession, WorkoutSession


def outlooks_of(sessions: Iterable[WorkoutSession], known: Known) -> tuple[PreviewedSession, ...]:
    """Return the outlook of each session, in their order."""
    stored = set(known.log.session_ids)
    return tuple(
        PreviewedSession(
            id=session.id,
            outlook="known" if session.id in stored else "new",
            sets=sum(len(log.sets) for log in session.logs),
            exercises=len(session.logs),
        )
        for session in sessions
    )

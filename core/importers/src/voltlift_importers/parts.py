"""Files put together from several exports: what two of them hold counts once."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter

from voltlift_importers.rejects import Rejects
from voltlift_importers.rows import SetRow

_content = attrgetter(*(field.name for field in fields(SetRow) if field.name != "line"))


def counted_once(rows: list[SetRow], headings: Sequence[int], rejects: Rejects) -> list[SetRow]:
    """Return the rows without those that an earlier part of the file has as well.

    Within one part equal rows are equal sets; of each, as many remain as the part with most of
    them has.

    Parameters
    ----------
    rows : list of SetRow
        All rows that were understood.
    headings : sequence of int
        Lines on which the headings come again, ascending: there a new part begins.
    rejects : Rejects
        Takes note of the rows left out, which are harmless.
    """
    if not headings:
        return rows
    parts: list[list[SetRow]] = [[] for _ in range(len(headings) + 1)]
    for row in rows:
        parts[bisect(headings, row.line)].append(row)
    kept: list[SetRow] = []
    before: Counter[object] = Counter()
    for part in parts:
        here: Counter[object] = Counter()
        for row in part:
            key = _content(row)
            here[key] += 1
            if here[key] > before[key]:
                kept.append(row)
            else:
                expected = "rows that no earlier part of the file has"
                rejects.add(row.line, "repeated_row", None, expected, row.exercise, harmless=True)
        before |= here
    return kept

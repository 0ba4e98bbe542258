"""Exercise names as people and apps write them, brought to one spelling.

Only rewriting that cannot change the meaning takes place here: spelling, plurals,
compound words, abbreviations, and the place of the equipment. Nothing is guessed by
similarity: an unmatched name becomes a custom exercise that the lifter can map, a
wrongly matched one silently spoils their history.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import Equipment

MatchKind = Literal["exact", "alias", "rearranged", "translated", "similar"]


@dataclass(frozen=True, slots=True)
class Match:
    """The exercise that a name stands for.

    ``how``: ``exact`` - the catalogue's own name; ``alias`` - one of its aliases;
    ``rearranged`` - the words of either in another order, or with the exercise's own
    equipment said beside it. Two more come from importers: ``translated`` - a name in another
    language; ``similar`` - after typing errors and words without meaning were taken out.
    """

    exercise_id: str
    how: MatchKind


_EQUIPMENT_WORDS: Mapping[str, str] = {
    "barbell": "barbell",
    "bb": "barbell",
    "dumbbell": "dumbbell",
    "dumbell": "dumbbell",
    "db": "dumbbell",
    "machine": "machine",
    "cable": "cable",
    "bodyweight": "bodyweight",
    "kettlebell": "kettlebell",
    "kb": "kettlebell",
    "band": "band",
    "resistance band": "band",
    "ez bar": "ezbar",
    "ez barbell": "ezbar",
    "smith machine": "smith",
    "smith": "smith",
    "trap bar": "trapbar",
    "hex bar": "trapbar",
    "plate": "plate",
    "medicine ball": "medicineball",
    "suspension": "suspension",
    "trx": "suspension",
}
"""What may stand in the parentheses of ``Name (Equipment)``, with its one spelling."""

EQUIPMENT_OF_WORD: Mapping[str, Equipment] = {
    "barbell": Equipment.BARBELL,
    "dumbbell": Equipment.DUMBBELL,
    "cable": Equipment.CABLE,
    "machine": Equipment.MACHINE,
    "kettlebell": Equipment.KETTLEBELL,
    "band": Equipment.BAND,
    "bodyweight": Equipment.BODYWEIGHT,
    "ezbar": Equipment.EZ_BAR,
    "smith": Equipment.SMITH_MACHINE,
    "trapbar": Equipment.TRAP_BAR,
    "plate": Equipment.PLATE,
    "medicineball": Equipment.MEDICINE_BALL,
    "suspension": Equipment.SUSPENSION,
}
"""Equipment by its word in normalised names."""

_PHRASES: tuple[tuple[str, str], ...] = (
    ("body weight", "bodyweight"),
    ("resistance band", "band"),
    ("smith machine", "smith"),
    ("ez barbell", "ezbar"),
    ("ez bar", "ezbar"),
    ("trap bar", "trapbar"),
    ("hex bar", "trapbar"),
    ("medicine ball", "medicineball"),
    ("med ball", "medicineball"),
    ("t bar", "tbar"),
    ("v bar", "vbar"),
    ("pull up", "pullup"),
    ("push up", "pushup"),
    ("press up", "pressup"),
    ("chin up", "chinup"),
    ("sit up", "situp"),
    ("step up", "stepup"),
    ("v up", "vup"),
    ("get up", "getup"),
    ("muscle up", "muscleup"),
    ("pull down", "pulldown"),
    ("push down", "pushdown"),
    ("press down", "pressdown"),
    ("pull over", "pullover"),
    ("pull apart", "pullapart"),
    ("pull through", "pullthrough"),
    ("roll out", "rollout"),
    ("cross over", "crossover"),
    ("kick back", "kickback"),
    ("push back", "pushback"),
    ("skull crusher", "skullcrusher"),
    ("dead lift", "deadlift"),
    ("iso lateral", "isolateral"),
    ("one arm", "single arm"),
    ("1 arm", "single arm"),
    ("one leg", "single leg"),
    ("1 leg", "single leg"),
    ("one legged", "single leg"),
    ("single legged", "single leg"),
    ("single armed", "single arm"),
    ("stiff legged", "stiff leg"),
    ("straight legged", "straight leg"),
    ("palm up", "palmup"),
    ("palm down", "palmdown"),
)
"""Words that are written together, apart or with a hyphen; applied after plurals."""

_PHRASE_STARTS = frozenset(phrase.split()[0] for phrase, _ in _PHRASES)

_WORDS: Mapping[str, str] = {
    "bb": "barbell",
    "db": "dumbbell",
    "dumbell": "dumbbell",
    "kb": "kettlebell",
    "trx": "suspension",
    "abs": "ab",
    "abdominal": "ab",
    "flye": "fly",
    "flie": "fly",
    "calve": "calf",
    "deltoid": "delt",
    "extention": "extension",
    "tricep": "triceps",
    "bicep": "biceps",
    "ups": "up",
    "downs": "down",
    "unilateral": "single arm",
}

_STOP_WORDS = frozenset({"the", "a", "an", "with", "on", "of"})
_NO_PLURAL = frozenset({"triceps", "biceps", "cross", "press", "abs", "skis"})
_SEPARATORS = re.compile(r"[^\w()]+|_+")
_PARENTHESES = re.compile(r"\(([^()]*)\)")


@lru_cache(maxsize=8192)
def normalise_name(text: str) -> str:
    """Return the one spelling of an exercise name.

    Case, Unicode form (NFKC), punctuation, plurals, compound words (``pull-up``,
    ``Pullup``, ``Pull Ups``) and common abbreviations no longer matter, and
    ``Name (Equipment)`` reads ``equipment name``. Other text in parentheses stays where
    it is, as words.

    Examples
    --------
    >>> normalise_name("Bench Press (Barbell)") == normalise_name("barbell bench-press")
    True
    >>> normalise_name("Pull-Ups")
    'pullup'
    >>> normalise_name("Triceps Pushdown (Cable - Straight Bar)")
    'triceps pushdown cable straight bar'
    """
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    folded = folded.replace("’", "").replace("'", "").replace("&", " and ")
    equipment: list[str] = []

    def take_equipment(found: re.Match[str]) -> str:
        inner = " ".join(_SEPARATORS.sub(" ", found[1]).split())
        word = _EQUIPMENT_WORDS.get(inner) or _EQUIPMENT_WORDS.get(_singular(inner))
        if word is None:
            return f" {inner} "
        equipment.append(word)
        return " "

    if "(" in folded:
        folded = _PARENTHESES.sub(take_equipment, folded)
    words = [
        _WORDS.get(word, word)
        for said in _SEPARATORS.sub(" ", folded).split()
        if (word := _singular(said).strip("()")) not in _STOP_WORDS
    ]
    joined = f" {' '.join(words)} "
    if len(words) > 1 and not _PHRASE_STARTS.isdisjoint(words):
        for phrase, one_word in _PHRASES:
            joined = joined.replace(f" {phrase} ", f" {one_word} ")
    rest = joined.split()
    return " ".join([*(word for word in equipment if word not in rest), *rest])


def _singular(word: str) -> str:
    """Return an English word without its plural ending; both sides of a match go through it."""
    if len(word) < 4 or word in _NO_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1]


class NameIndex:
    """Finds the exercise that a name stands for, by normalised name and alias.

    Names count before aliases, and bundled exercises before the lifter's own, which never
    take over a name. A rearrangement that fits two exercises fits none.
    """

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        items = tuple(exercises)
        bundled = [item for item in items if not item.is_custom]
        custom = [item for item in items if item.is_custom]
        self._tables = tuple(_Names(part) for part in (bundled, custom) if part)

    def match(self, name: str) -> Match | None:
        """Return the exercise of this name, or None where there is none for certain."""
        key = normalise_name(name)
        if not key:
            return None
        for table in self._tables:
            found = table.match(key)
            if found is not None:
                return found
        return None


class _Names:
    def __init__(self, exercises: Iterable[Exercise]) -> None:
        self._names: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._bags: dict[str, set[str]] = {}
        self._equipment: dict[str, Equipment] = {}
        for exercise in exercises:
            self._equipment[exercise.id] = exercise.equipment
            self._names.setdefault(normalise_name(exercise.name), exercise.id)
            for alias in exercise.aliases:
                self._aliases.setdefault(normalise_name(alias), exercise.id)
        for table in (self._names, self._aliases):
            for key, exercise_id in table.items():
                self._bags.setdefault(_bag(key.split()), set()).add(exercise_id)

    def match(self, key: str) -> Match | None:
        if key in self._names:
            return Match(self._names[key], "exact")
        if key in self._aliases:
            return Match(self._aliases[key], "alias")
        words = key.split()
        return self._rearranged(words) or self._with_equipment(words)

    def _rearranged(self, words: list[str]) -> Match | None:
        candidates = self._bags.get(_bag(words), set())
        return Match(next(iter(candidates)), "rearranged") if len(candidates) == 1 else None

    def _with_equipment(self, words: list[str]) -> Match | None:
        """Match a name that says the equipment which its exercise has anyway."""
        said = [word for word in words if word in EQUIPMENT_OF_WORD]
        if len(said) != 1 or len(words) == 1:
            return None
        match = self._rearranged([word for word in words if word != said[0]])
        if match is None or self._equipment[match.exercise_id] is not EQUIPMENT_OF_WORD[said[0]]:
            return None
        return match


def _bag(words: list[str]) -> str:
    return " ".join(sorted(words))

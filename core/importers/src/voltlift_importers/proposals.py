"""Ranked proposals for a name without a certain match, by the words that it shares."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.catalogue.names import EQUIPMENT_OF_WORD, normalise_name
from voltlift_core.domain.vocabulary import MuscleGroup
from voltlift_importers.similar import NearWords

MUSCLE_OF_WORD = {
    "chest": MuscleGroup.CHEST,
    "pec": MuscleGroup.CHEST,
    "back": MuscleGroup.BACK,
    "lat": MuscleGroup.BACK,
    "trap": MuscleGroup.BACK,
    "shoulder": MuscleGroup.SHOULDERS,
    "delt": MuscleGroup.SHOULDERS,
    "triceps": MuscleGroup.ARMS,
    "biceps": MuscleGroup.ARMS,
    "forearm": MuscleGroup.ARMS,
    "quad": MuscleGroup.LEGS,
    "hamstring": MuscleGroup.LEGS,
    "glute": MuscleGroup.LEGS,
    "calf": MuscleGroup.LEGS,
    "leg": MuscleGroup.LEGS,
    "oblique": MuscleGroup.CORE,
    "ab": MuscleGroup.CORE,
}
"""Muscle groups by the words of normalised names that point to them."""

_NEAR_WORD = 0.7
_SHORTEST_TYPO, _LONGEST_WORD = 4, 20
_EQUIPMENT_DIFFERS, _GROUP_DIFFERS = 0.6, 0.7
_COMMON = 0.01
_LEAST = 0.12


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exercise that a name may stand for; ``score`` from 0 to 1."""

    exercise_id: str
    name: str
    score: float


class Proposer:
    """Ranks the exercises of a catalogue by likeness to a name.

    The score is the share of words in common between the name and the likest of an
    exercise's names, each word weighted by its rarity in the catalogue (inverse document
    frequency): ``Σ idf(common) / Σ idf(all)``. A word one typing error away counts 0.7. The
    score falls where the name says another equipment (times 0.6) or another muscle group
    (times 0.7); staples come first among equals.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._owner: list[int] = []
        self._words: list[frozenset[str]] = []
        for i, exercise in enumerate(catalogue.exercises):
            names = (exercise.name, *exercise.aliases)
            for words in {frozenset(normalise_name(name).split()) for name in names}:
                self._owner.append(i)
                self._words.append(words)
        counts = Counter(word for words in self._words for word in words)
        self._idf = {word: math.log(1 + len(self._words) / n) for word, n in counts.items()}
        self._rarest = max(self._idf.values(), default=1.0)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for i, words in enumerate(self._words):
            for word in words:
                self._holding[word].append(i)
        self._spelled = NearWords(self._holding)
        self._weight = [sum(self._idf[word] for word in words) for words in self._words]

    def rank(self, words: Iterable[str], limit: int) -> tuple[Proposal, ...]:
        """Return the likeliest exercises for a name's normalised words, likeliest first."""
        said = set(words)
        common: defaultdict[int, float] = defaultdict(float)
        total = 0.0
        for word in sorted(said):
            total += self._idf.get(word, self._rarest)
            for known, share in self._near(word):
                for i in self._holding[known]:
                    common[i] += share * self._idf[known]
        scores: dict[int, float] = {}
        for i, shared in common.items():
            score = shared / max(total + self._weight[i] - shared, shared)
            owner = self._owner[i]
            scores[owner] = max(scores.get(owner, 0.0), score)
        ranked = sorted(
            ((self._adjusted(i, score, said), i) for i, score in scores.items()),
            key=lambda item: (-item[0], self._catalogue.exercises[item[1]].id),
        )
        return tuple(
            Proposal(self._catalogue.exercises[i].id, self._catalogue.exercises[i].name, score)
            for score, i in ranked[: max(limit, 0)]
            if score >= _LEAST
        )

    def _near(self, word: str) -> list[tuple[str, float]]:
        if word in self._holding:
            return [(word, 1.0)]
        if not _SHORTEST_TYPO <= len(word) <= _LONGEST_WORD:
            return []
        return [(known, _NEAR_WORD) for known in self._spelled.within(word, 1)]

    def _adjusted(self, i: int, score: float, said: set[str]) -> float:
        exercise = self._catalogue.exercises[i]
        kinds = {EQUIPMENT_OF_WORD[word] for word in said & EQUIPMENT_OF_WORD.keys()}
        groups = {MUSCLE_OF_WORD[word] for word in said & MUSCLE_OF_WORD.keys()}
        if kinds and exercise.equipment not in kinds:
            score *= _EQUIPMENT_DIFFERS
        if groups and not groups & {exercise.muscle_group, *exercise.secondary_muscles}:
            score *= _GROUP_DIFFERS
        return round(min(1.0, score * (1 + _COMMON * (exercise.commonness - 1))), 3)

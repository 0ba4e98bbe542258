"""English names that differ from the catalogue's by words that change nothing, or by a typo.

What may be left out is listed here word by word, most of it under a condition on the
exercise that remains: ``seated`` says nothing new of a machine, but makes another exercise
of a barbell press. Nothing is matched because it merely looks alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.catalogue.names import Match, normalise_name
from voltlift_core.domain.exercise import Exercise
from voltlift_core.domain.vocabulary import Equipment, MovementPattern, MuscleGroup

_SAME: tuple[tuple[str, str], ...] = (
    ("inclined", "incline"),
    ("declined", "decline"),
    ("life fitness", "lifefitness"),
    ("hammer strength", "hammerstrength"),
    ("pin loaded", "selector"),
    ("plate loaded", "selector"),
    ("chinup grip", "underhand"),
    ("two arm", "double"),
    ("two hand", "double"),
    ("two handed", "double"),
    ("both arm", "double"),
    ("left arm", "single arm"),
    ("right arm", "single arm"),
    ("straight bar", "bar"),
)
"""Phrases of normalised names with a plainer equal."""

_MAKERS = frozenset(
    {"cybex", "gym80", "hammerstrength", "hoist", "icarian", "lifefitness", "matrix"}
    | {"nautilus", "panatta", "precor", "technogym"}
)
"""Makers of machines: their name says ``machine``."""

_EMPTY = frozenset(
    {"alternate", "alternated", "alternating", "basic", "classic", "double", "exercise", "flat"}
    | {"normal", "olympic", "regular", "selector", "selectorized", "selectorised", "standard"}
    | {"traditional", "unweighted"}
)
"""Words that name no other exercise."""

_UPRIGHT = frozenset(
    {
        MovementPattern.ELBOW_FLEXION,
        MovementPattern.LATERAL_RAISE,
        MovementPattern.FRONT_RAISE,
        MovementPattern.VERTICAL_PUSH,
        MovementPattern.SHRUG,
    }
)
_NOT_SEATED = frozenset(
    {
        MovementPattern.SQUAT,
        MovementPattern.HINGE,
        MovementPattern.CALF_RAISE,
        MovementPattern.KNEE_FLEXION,
        MovementPattern.HIP_EXTENSION,
    }
)


def _is_machine(exercise: Exercise) -> bool:
    return exercise.equipment is Equipment.MACHINE


def _trains(*patterns: MovementPattern) -> Callable[[Exercise], bool]:
    return lambda exercise: exercise.movement_pattern in patterns


_IMPLIED: Mapping[str, Callable[[Exercise], bool]] = {
    "seated": lambda e: _is_machine(e) and e.movement_pattern not in _NOT_SEATED,
    "standing": lambda e: e.movement_pattern in _UPRIGHT and not _is_machine(e),
    "bar": lambda e: e.equipment in {Equipment.CABLE, Equipment.BARBELL},
    "hammer": _is_machine,
    **dict.fromkeys(("grip", "neutral", "narrow", "close", "wide", "underhand"), _is_machine),
    "biceps": _trains(MovementPattern.ELBOW_FLEXION),
    "triceps": lambda e: (
        e.muscle_group is MuscleGroup.ARMS
        and e.movement_pattern in {MovementPattern.ELBOW_EXTENSION, MovementPattern.HORIZONTAL_PUSH}
    ),
    "shoulder": lambda e: e.muscle_group is MuscleGroup.SHOULDERS,
    "delt": lambda e: e.muscle_group is MuscleGroup.SHOULDERS,
    "chest": lambda e: e.muscle_group is MuscleGroup.CHEST,
    **dict.fromkeys(("ab", "core"), lambda e: e.muscle_group is MuscleGroup.CORE),
    "lat": _trains(MovementPattern.VERTICAL_PULL, MovementPattern.PULLOVER),
    "glute": _trains(MovementPattern.HIP_EXTENSION),
    "hamstring": _trains(MovementPattern.KNEE_FLEXION),
    "quad": _trains(MovementPattern.KNEE_EXTENSION),
    "calf": _trains(MovementPattern.CALF_RAISE),
    "trap": _trains(MovementPattern.SHRUG),
    "forearm": _trains(MovementPattern.WRIST),
}
"""Words that say of some exercises what they are anyway, with what makes it so."""

_MOST_LEFT_OUT = 4
_MOST_REMOVABLE = 6
_TYPO_FROM = 5
_TWO_TYPOS_FROM = 9
_LONGEST_WORD = 20


class SimilarNames:
    """Matches names after taking out what says nothing and correcting typing errors."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        names = [name for e in catalogue.exercises for name in (e.name, *e.aliases)]
        said = {word for name in names for word in normalise_name(name).split()}
        raw = {part for name in names for word in name.split() for part in word.split("-")}
        self.vocabulary = frozenset(said | {normalise_name(word) for word in raw} - {""})
        self._known = self.vocabulary | _EMPTY | _MAKERS | _IMPLIED.keys()
        self._spelled = NearWords(word for word in self._known if len(word) >= _TYPO_FROM)

    def match(self, name: str) -> Match | None:
        """Return the only exercise that a name stands for, with as little as possible left out.

        Examples
        --------
        >>> names = SimilarNames(Catalogue.bundled())
        >>> names.match("Standing Hammer Curls (Alternating)")
        Match(exercise_id='hammer-curl', how='similar')
        """
        found = self._without(self.words(name))
        return None if found is None else Match(found, "similar")

    def match_corrected(self, name: str) -> Match | None:
        """Return the same after typing errors are corrected, None where there are none.

        Examples
        --------
        >>> SimilarNames(Catalogue.bundled()).match_corrected("Hamer Curls")
        Match(exercise_id='hammer-curl', how='similar')
        """
        words = self.words(name)
        corrected = [self._corrected(word) for word in words]
        found = self._without(corrected) if corrected != words else None
        return None if found is None else Match(found, "similar")

    def words(self, name: str) -> list[str]:
        """Return the normalised words of a name, synonyms replaced."""
        key = f" {normalise_name(name)} "
        for phrase, plain in _SAME:
            key = key.replace(f" {phrase} ", f" {plain} ")
        words = key.split()
        made = bool(_MAKERS.intersection(words)) and "machine" not in words
        return [*(["machine"] if made else []), *(word for word in words if word not in _MAKERS)]

    def _without(self, words: Sequence[str]) -> str | None:
        removable = [i for i, word in enumerate(words) if word in _EMPTY or word in _IMPLIED]
        if len(removable) > _MOST_REMOVABLE:
            return None
        for count in range(min(len(removable), _MOST_LEFT_OUT) + 1):
            found = {
                exercise.id
                for left_out in combinations(removable, count)
                if (exercise := self._rest(words, left_out)) is not None
            }
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def _rest(self, words: Sequence[str], left_out: Sequence[int]) -> Exercise | None:
        match = self._catalogue.match(" ".join(w for i, w in enumerate(words) if i not in left_out))
        exercise = None if match is None else self._catalogue.get(match.exercise_id)
        if exercise is None or not all(_says_nothing(words[i], exercise) for i in left_out):
            return None
        return exercise

    def _corrected(self, word: str) -> str:
        """Return the one known word that a typing error made this of; typos spare the initial."""
        if word in self._known or not _TYPO_FROM <= len(word) <= _LONGEST_WORD:
            return word
        allowed = 2 if len(word) >= _TWO_TYPOS_FROM else 1
        for distance in range(1, allowed + 1):
            near = self._spelled.within(word, distance)
            if near:
                return near[0] if len(near) == 1 else word
        return word


class NearWords:
    """Finds the words of a vocabulary that few edits make of another; the initial is spared."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._by_initial: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in vocabulary:
            self._by_initial[word[0]].append((word, _letters(word)))

    def within(self, word: str, distance: int) -> list[str]:
        """Return the words at most so many edits away, in the vocabulary's order.

        Examples
        --------
        >>> NearWords(["curl", "crunch", "cruel"]).within("crul", 1)
        ['curl', 'cruel']
        """
        letters, length = _letters(word), len(word)
        # An edit changes the set of letters by two at most, which is quick to see.
        return [
            near
            for near, others in self._by_initial.get(word[0], ())
            if abs(len(near) - length) <= distance
            and (letters ^ others).bit_count() <= 2 * distance
            and edits(word, near) <= distance
        ]


def _letters(word: str) -> int:
    """Return the set of a word's letters as bits; letters beyond a word's width share them."""
    letters = 0
    for letter in word:
        letters |= 1 << (ord(letter) & 63)
    return letters


def _says_nothing(word: str, exercise: Exercise) -> bool:
    return word in _EMPTY or _IMPLIED[word](exercise)


def edits(left: str, right: str) -> int:
    """Return how many letters to insert, delete, replace or swap with the next one.

    Optimal string alignment (Damerau 1964, *Commun. ACM* 7: 171).

    Examples
    --------
    >>> edits("hamer", "hammer"), edits("culr", "curl"), edits("row", "row")
    (1, 1, 0)
    """
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]

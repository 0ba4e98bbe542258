"""The exercises of a file: matched to the catalogue, or new ones of the lifter's own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.catalogue.names import EQUIPMENT_OF_WORD, Match, normalise_name
from voltlift_core.contract.imports import NameProposal, UnmatchedName
from voltlift_core.contract.state import ExerciseDefinition
from voltlift_core.domain.vocabulary import Category, Equipment, Level, MuscleGroup
from voltlift_importers.names import english_words, match_name, propose
from voltlift_importers.proposals import MUSCLE_OF_WORD

_SAYS_NOTHING = frozenset({"chest", "back", "shoulder", "leg", "lat"})
"""Where they stand in a name beside other words, as in "chest-supported", they may be a place,
a posture or a direction; alone they are what is trained."""

MAX_MATCHED = 600
"""Names of a file that are looked at closely (other languages, typing errors), where their
English spelling is not the catalogue's. Nobody has so many, and each takes a millisecond."""

MAX_PROPOSED = 150
"""Names without a match for which exercises are proposed, those with most sets first."""


class ExerciseNames:
    """Gives each exercise name of a file its id.

    A name that the catalogue does not carry for certain gets the id
    ``custom-<hash of the normalised name>``, so that every import of it, from whatever
    file, meets the same exercise. Of such an exercise only what its name says for certain
    is filled in. The muscle group of the others is Cardio, which counts for none of the
    six strength groups, until the lifter says what it is.

    Parameters
    ----------
    catalogue : Catalogue
        The bundled exercises and the lifter's own.
    choices : mapping of str to str, optional
        What the lifter chose by name as the file spells it: an exercise id, or an empty text
        for an exercise of its own. A choice counts before any match; one whose exercise no
        longer exists counts for nothing.
    """

    def __init__(self, catalogue: Catalogue, choices: Mapping[str, str] | None = None) -> None:
        self._catalogue = catalogue
        self._choices = choices or {}
        self._ids: dict[str, str] = {}
        self._custom_ids: dict[str, str] = {}
        self._custom: dict[str, ExerciseDefinition] = {}
        self._open: dict[str, str | None] = {}
        self._sets: Counter[str] = Counter()
        self._closely = 0

    def id_of(self, name: str) -> str:
        """Return the id of a name."""
        known = self._ids.get(name)
        if known is None:
            known = self._ids[name] = self._resolve(name)
        return known

    def equipment_of(self, name: str) -> Equipment | None:
        """Return the equipment of a catalogue exercise by a name, None for others."""
        exercise = self._catalogue.get(self.id_of(name))
        return None if exercise is None else exercise.equipment

    def count(self, name: str, sets: int) -> None:
        """Take note of how many sets a name has."""
        self._sets[name] += sets

    def unmatched(self) -> tuple[UnmatchedName, ...]:
        """Return the names without a certain exercise, those with most sets first.

        Names that the lifter has chosen for are among them, with the choice.
        """
        names = sorted(self._open, key=lambda name: (-self._sets[name], name))
        return tuple(
            UnmatchedName(
                name=name,
                sets=self._sets[name],
                custom_id=self._custom_ids.get(name) or custom_id_of(name),
                proposals=self._proposals(name) if rank < MAX_PROPOSED else (),
                chosen=self._open[name],
            )
            for rank, name in enumerate(names)
        )

    @property
    def too_many(self) -> bool:
        """Whether there were more names than are looked at closely."""
        return self._closely > MAX_MATCHED

    def custom_exercises(self) -> tuple[ExerciseDefinition, ...]:
        """Return the exercises to add."""
        return tuple(self._custom.values())

    def _resolve(self, name: str) -> str:
        choice = self._choices.get(name)
        if choice and self._catalogue.get(choice) is not None:
            self._open[name] = choice
            return choice
        match = None if choice == "" else self._match(name)
        if match is not None:
            return match.exercise_id
        custom_id = self._custom_ids[name] = custom_id_of(name)
        if choice == "":
            self._open[name] = choice
        elif self._catalogue.get(custom_id) is None:
            self._open[name] = None
        if self._catalogue.get(custom_id) is None:
            self._custom.setdefault(custom_id, self._definition(custom_id, name))
        return custom_id

    def _match(self, name: str) -> Match | None:
        match = self._catalogue.match(name)
        if match is None:
            self._closely += 1
            match = None if self.too_many else match_name(name, self._catalogue)
        return match

    def _definition(self, custom_id: str, name: str) -> ExerciseDefinition:
        said = normalise_name(name).split()
        words = frozenset(said) if self.too_many else english_words(name, self._catalogue)
        vague = _SAYS_NOTHING if len(words) > 1 else ()
        groups = {
            MUSCLE_OF_WORD[word] for word in words if word in MUSCLE_OF_WORD and word not in vague
        }
        kinds = {EQUIPMENT_OF_WORD[word] for word in words if word in EQUIPMENT_OF_WORD}
        group = groups.pop() if len(groups) == 1 else MuscleGroup.CARDIO
        return ExerciseDefinition(
            id=custom_id,
            name=" ".join(name.split()),
            muscle_group=str(group),
            equipment=str(kinds.pop() if len(kinds) == 1 else Equipment.OTHER),
            category=str(Category.ISOLATION),
            difficulty=str(Level.INTERMEDIATE),
        )

    def _proposals(self, name: str) -> tuple[NameProposal, ...]:
        return tuple(
            NameProposal(exercise_id=p.exercise_id, name=p.name, score=p.score)
            for p in propose(name, self._catalogue)
        )


def custom_id_of(name: str) -> str:
    """Return the id of a custom exercise made from a name; equal for all its spellings.

    Examples
    --------
    >>> custom_id_of("Ohio State") == custom_id_of("ohio-state")
    True
    """
    key = normalise_name(name) or name
    digest = hashlib.blake2s(key.encode("utf-8", "surrogatepass"), digest_size=6)
    return f"custom-{digest.hexdigest()}"

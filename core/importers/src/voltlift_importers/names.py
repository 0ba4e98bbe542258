"""Exercise names of a file: matched for certain, or proposed for the lifter to choose."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.catalogue.names import Match
from voltlift_importers.language import LANGUAGES, Translation, language
from voltlift_importers.local_names import local_names
from voltlift_importers.proposals import Proposal, Proposer
from voltlift_importers.similar import SimilarNames

__all__ = ["Proposal", "aliases", "english_words", "match_name", "propose"]

_LONGEST = 100
"""Letters of the longest name that is looked at closely; the apps' longest has about 60."""


def match_name(name: str, catalogue: Catalogue) -> Match | None:
    """Return the exercise that a name of a file stands for, or None where that is not certain.

    In this order: the catalogue's names and aliases (also the lifter's own exercises); these
    without words that change nothing; the name in English, where one of seven languages
    understands all of it; English with typing errors corrected. Where languages disagree
    (``Halter`` is a barbell in Turkish, a dumbbell in Portuguese), the one counts that has
    most of the name in its own words; between equals the name stays unknown.

    Examples
    --------
    >>> match_name("Schrägbankdrücken (Kurzhantel)", Catalogue.bundled())
    Match(exercise_id='incline-dumbbell-bench-press', how='translated')
    """
    return _matcher(catalogue).match(name)


def propose(name: str, catalogue: Catalogue, limit: int = 5) -> tuple[Proposal, ...]:
    """Return exercises that a name may stand for, likeliest first.

    Examples
    --------
    >>> propose("Chest Supported Row", Catalogue.bundled())[0].exercise_id
    'chest-supported-dumbbell-row'
    """
    return _matcher(catalogue).propose(name, limit)


def english_words(name: str, catalogue: Catalogue) -> frozenset[str]:
    """Return what of a name is understood, as normalised English words.

    Examples
    --------
    >>> sorted(english_words("Wunderbeuger am Kabelzug", Catalogue.bundled()))
    ['cable']
    """
    return _matcher(catalogue).words(name)


@cache
def aliases(languages: tuple[str, ...] = LANGUAGES) -> Mapping[str, tuple[str, ...]]:
    """Return the localised names of the bundled exercises by exercise id.

    Made from the language tables; each is a name that its language reads back as the same
    exercise.

    Examples
    --------
    >>> aliases(("de",))["pull-up"]
    ('Klimmzüge',)
    """
    matcher = _matcher(Catalogue.bundled())
    found: dict[str, tuple[str, ...]] = {}
    for exercise in Catalogue.bundled().exercises:
        names = {
            name: None
            for code in languages
            for name in local_names(exercise, language(code))
            if matcher.means(name, code) == exercise.id
        }
        if names:
            found[exercise.id] = tuple(names)
    return found


class _Matcher:
    """What is prepared once for a catalogue, and every answer given so far."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._similar = SimilarNames(catalogue)
        self._proposer = Proposer(catalogue)
        self.match = lru_cache(maxsize=8192)(self._match)
        self.words = lru_cache(maxsize=1024)(self._words)
        self._translations = lru_cache(maxsize=1024)(self._translate)

    def propose(self, name: str, limit: int) -> tuple[Proposal, ...]:
        return self._proposer.rank(self.words(name), limit)

    def means(self, name: str, code: str) -> str | None:
        """Return the id of the exercise that a name stands for in one language or in English."""
        match = self._catalogue.match(name)
        if match is None:
            english = language(code).translate(name, self._similar.vocabulary).english
            match = self._in_english(english)
        return None if match is None else match.exercise_id

    def _words(self, name: str) -> frozenset[str]:
        words = self._similar.words(name[:_LONGEST])
        own = [word for word in words if word in self._similar.vocabulary]
        spoken = [t for t in self._translations(name[:_LONGEST]) if t.pieces]
        best = min(spoken, key=lambda t: t.doubt, default=None)
        translated = [] if best is None else self._similar.words(best.english)
        return frozenset(translated if len(translated) > len(own) else words)

    def _match(self, name: str) -> Match | None:
        found = self._catalogue.match(name)
        if found is None and len(name) <= _LONGEST:
            found = self._similar.match(name)
        if found is not None or len(name) > _LONGEST:
            return found
        return self._translated(name) or self._similar.match_corrected(name)

    def _translated(self, name: str) -> Match | None:
        understood = [t for t in self._translations(name) if t.complete and t.pieces]
        found: dict[str, float] = {}
        for translation in understood:
            match = self._in_english(translation.english)
            if match is not None:
                doubt = found.get(match.exercise_id, translation.doubt)
                found[match.exercise_id] = min(doubt, translation.doubt)
        least = min(found.values(), default=0.0)
        likeliest = [exercise_id for exercise_id, doubt in found.items() if doubt == least]
        return Match(likeliest[0], "translated") if len(likeliest) == 1 else None

    def _translate(self, name: str) -> tuple[Translation, ...]:
        vocabulary = self._similar.vocabulary
        return tuple(language(code).translate(name, vocabulary) for code in LANGUAGES)

    def _in_english(self, name: str) -> Match | None:
        return self._catalogue.match(name) or self._similar.match(name)


@lru_cache(maxsize=4)
def _matcher(catalogue: Catalogue) -> _Matcher:
    return _Matcher(catalogue)

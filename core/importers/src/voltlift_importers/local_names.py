"""Names of an exercise in another language, put together from the language's pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from voltlift_core.catalogue.names import EQUIPMENT_OF_WORD, normalise_name
from voltlift_core.domain.exercise import Exercise
from voltlift_importers.language import Language, language

_MODIFIERS = frozenset(
    {"assisted", "weighted", "incline", "decline", "seated", "standing", "lying", "overhead"}
    | {"bent", "over", "single", "arm", "leg", "close", "wide", "reverse", "neutral", "grip"}
)
_MOST_NAMES = 4


def local_names(exercise: Exercise, to: Language) -> tuple[str, ...]:
    """Return what an exercise may be called, the usual name first.

    The words of its English names are covered by pieces of the language, each word once, the
    longest pieces first; then the pieces are put in the order in which the apps say them:
    movement, modifiers, ``(equipment)``. In Chinese all of it is one word, the other way
    round.

    Examples
    --------
    >>> from voltlift_core.catalogue.catalogue import Catalogue
    >>> local_names(Catalogue.bundled().get("barbell-bench-press"), language("de"))[0]
    'Bankdrücken (Langhantel)'
    """
    names: dict[str, None] = {}
    for english in (exercise.name, *exercise.aliases):
        pieces = _cover(frozenset(normalise_name(english).split()), to)
        names.update(dict.fromkeys(_spelled(pieces, to)))
    return tuple(names)[:_MOST_NAMES]


def _cover(words: frozenset[str], to: Language) -> tuple[str, ...]:
    """Return pieces of the language that say all words, each once; nothing where none do."""
    by_word = _pieces(to.code)
    fitting = {item for word in words for item in by_word.get(word, ()) if item[1] <= words}
    pieces: list[str] = []
    left = words
    for piece, said in sorted(fitting, key=lambda item: (-len(item[1]), item[0])):
        if said <= left:
            pieces.append(piece)
            left -= said
    return () if left else tuple(pieces)


@cache
def _pieces(code: str) -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    by_word: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for piece in language(code).local:
        words = frozenset(normalise_name(piece).split())
        for word in words:
            by_word[word] = (*by_word.get(word, ()), (piece, words))
    return by_word


def _spelled(pieces: tuple[str, ...], to: Language) -> Iterator[str]:
    equipment = [p for p in pieces if normalise_name(p) in EQUIPMENT_OF_WORD]
    modifiers = [p for p in pieces if set(p.split()) <= _MODIFIERS and p not in {"arm", "leg"}]
    movement = [p for p in pieces if p not in equipment and p not in modifiers]
    if not movement:
        return
    for first in to.local[movement[0]][:2]:
        rest = [to.local[p][0] for p in (*movement[1:], *modifiers)]
        kinds = [to.local[p][0] for p in equipment]
        if to.code == "zh":
            yield "".join((*kinds, *reversed(rest), first))
        else:
            name = " ".join((first, *rest))
            name = name[:1].upper() + name[1:]
            yield f"{name} ({kinds[0]})" if kinds else name

"""Exercise names in other languages, put into English piece by piece.

A language is a table from English pieces (``bench press``, ``incline``, ``dumbbell``) to
local ones, not a list of whole names: ``Schrägbankdrücken (Kurzhantel)`` is two pieces, and
the catalogue knows their English words in any order. So a hundred and fifty entries name
several hundred exercises, in the ways that the apps and their users put them together.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from voltlift_core.catalogue.names import normalise_name

LANGUAGES = ("de", "fr", "es", "pt", "it", "tr", "zh")

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+|[()（）]")
_BREAK = frozenset("()（）")
_ENDINGS: Mapping[str, str] = {"de": "ens", "zh": ""}
_ENDING = "aeiousy"
_SHORTEST_STEM = 3
_SIMPLIFIED = str.maketrans(
    "臥啞鈴槓繩彎舉機彈帶壺體單雙頭側飛鳥夾撐懸寬對輔負過頂頸後騎車橢圓樓遠滑輪農靜牆躍羅亞傳統馬練動訓錘聳轉軍諾髖內關節階劃拋槓蹬",
    "卧哑铃杠绳弯举机弹带壶体单双头侧飞鸟夹撑悬宽对辅负过顶颈后骑车椭圆楼远滑轮农静墙跃罗亚传统马练动训锤耸转军诺髋内关节阶划抛杠蹬",
)
_PIECE, _ENGLISH_WORD, _UNKNOWN = 1.0, 1.2, 5.0
_NO_ACCENT = 0.5
_LONGEST_COMPOUND = 40


@dataclass(frozen=True, slots=True)
class Translation:
    """A name in English words.

    ``complete``: every word was understood; ``pieces``: how many came from the table;
    ``doubt``: how far the name is from what the language says, to compare languages: one for
    each piece, more for each English word, and for each word without the accents of its own.
    """

    english: str
    complete: bool
    pieces: int
    doubt: float


class Language:
    """One language's names.

    Parameters
    ----------
    code : str
        Language code; decides spelling and word endings.
    table : mapping of str to str
        English piece to local pieces, separated by commas, the usual one first. The empty
        piece lists words without meaning, ``-`` phrases without one; a piece that starts with
        ``=`` holds for a whole name only, and counts before the others.
    """

    def __init__(self, code: str, table: Mapping[str, str]) -> None:
        self.code = code
        self.local: dict[str, tuple[str, ...]] = {}
        self._ignored: frozenset[str] = frozenset()
        self._pieces: dict[tuple[str, ...], str] = {}
        self._names: dict[tuple[str, ...], str] = {}
        for english, listed in table.items():
            pieces = tuple(piece.strip() for piece in listed.split(","))
            if not english:
                self._ignored = frozenset(w for piece in pieces for w in self._words(piece))
                continue
            target = self._names if english.startswith("=") else self._pieces
            for piece in pieces:
                target.setdefault(self._key(piece), english.removeprefix("=").removeprefix("-"))
            if target is self._pieces and english != "-":
                self.local[english] = pieces
        self._longest = max(map(len, self._pieces), default=1)
        self._known = {word for key in (*self._pieces, *self._names) for word in key}
        spelled = (word for listed in table.values() for word in _WORD.findall(_lower(listed)))
        self._spelled = frozenset(map(self._stem, spelled))
        self._listed = frozenset(
            words[0]
            for listed in table.values()
            for piece in listed.split(",")
            if len(words := self._words(piece)) == 1
        )

    def translate(self, name: str, vocabulary: Set[str]) -> Translation:
        """Return a name in English, with English words of ``vocabulary`` left as they are.

        No piece reaches over a parenthesis: ``Remo (máquina)`` is a row on a machine, and
        ``máquina de remo`` the rowing machine.

        Examples
        --------
        >>> language("de").translate("Schrägbankdrücken (Kurzhantel)", frozenset())
        Translation(english='incline bench press dumbbell', complete=True, pieces=2, doubt=2.0)
        """
        words = [part for word in self._words(name) for part in self._split(word, vocabulary)]
        words = [word for word in words if word not in self._ignored]
        stems = tuple(self._stem(word) for word in words)
        if self._known.isdisjoint(stems):
            return Translation("", complete=False, pieces=0, doubt=_UNKNOWN * len(words))
        whole = self._names.get(stems)
        if whole is not None:
            return Translation(whole, complete=True, pieces=1, doubt=_PIECE + self._accents(name))
        return self._cover(words, stems, vocabulary, self._accents(name))

    def _accents(self, name: str) -> float:
        """Return the doubt that comes from words of the language without their accents."""
        return _NO_ACCENT * sum(
            self._stem(_fold(word)) in self._known and self._stem(word) not in self._spelled
            for word in _WORD.findall(_lower(name))
        )

    def _cover(
        self, words: Sequence[str], stems: tuple[str, ...], vocabulary: Set[str], missing: float
    ) -> Translation:
        """Cover a name by as few pieces as possible."""
        best: list[tuple[float, tuple[str, ...], int, bool]] = [(missing, (), 0, True)]
        for end in range(1, len(words) + 1):
            cost, said, pieces, complete = best[end - 1]
            word = words[end - 1]
            is_english = normalise_name(word) in vocabulary
            # "Press" is not Italian for a leg press only because its stem is that of "pressa".
            own = not is_english or not self._listed.isdisjoint((word, word.removesuffix("s")))
            shortest = 1 if own else 2
            if word in _BREAK:
                options = [(cost, said, pieces, complete)]
            elif is_english:
                options = [(cost + _ENGLISH_WORD, (*said, word), pieces, complete)]
            else:
                options = [(cost + _UNKNOWN, said, pieces, False)]
            for start in range(max(0, end - self._longest), end - shortest + 1):
                piece = self._pieces.get(stems[start:end])
                if piece is not None:
                    cost, said, pieces, complete = best[start]
                    options.append((cost + _PIECE, (*said, piece), pieces + 1, complete))
            best.append(min(options, key=lambda option: option[0]))
        doubt, said, pieces, complete = best[-1]
        english = " ".join(_without_repetition(said))
        return Translation(english, complete and bool(english), pieces, doubt)

    def _key(self, text: str) -> tuple[str, ...]:
        return tuple(self._stem(w) for w in self._words(text) if w not in self._ignored)

    def _words(self, text: str) -> list[str]:
        """Return the words without case and accents; of Chinese, the characters."""
        folded = _fold(text)
        if self.code == "de":
            folded = re.sub("([aou])e", r"\1", folded)
        elif self.code == "zh":
            folded = folded.translate(_SIMPLIFIED)
        return _WORD.findall(folded)

    def _stem(self, word: str) -> str:
        """Return a word without the endings of number, gender and case."""
        endings = _ENDINGS.get(self.code, _ENDING)
        while len(word) > _SHORTEST_STEM and word[-1] in endings:
            word = word[:-1]
        return word

    def _split(self, word: str, vocabulary: Set[str]) -> Iterator[str]:
        """Give the parts of a German compound that is unknown as a whole."""
        if self.code != "de" or len(word) > _LONGEST_COMPOUND or self._stem(word) in self._known:
            yield word
            return
        yield from self._parts(word, vocabulary) or self._known_beginning(word)

    def _known_beginning(self, word: str) -> tuple[str, ...]:
        for length in range(len(word) - 1, _SHORTEST_STEM, -1):
            if self._stem(word[:length]) in self._known:
                return word[:length], word[length:]
        return (word,)

    def _parts(self, word: str, vocabulary: Set[str]) -> tuple[str, ...] | None:
        if not word:
            return ()
        for length in range(len(word), _SHORTEST_STEM - 1, -1):
            part = word[:length]
            if self._stem(part) in self._known or part.removesuffix("s") in vocabulary:
                rest = self._parts(word[length:], vocabulary)
                if rest is not None:
                    return (part, *rest)
        return None


def _without_repetition(said: Sequence[str]) -> Iterator[str]:
    """Leave out what another piece says as well: ``Crossover (Cabos)`` is one cable crossover."""
    for i, piece in enumerate(said):
        words = set(piece.split())
        others = (set(other.split()) for j, other in enumerate(said) if j != i)
        if piece and piece not in said[:i] and not any(words < other for other in others):
            yield piece


def _lower(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("İ", "i").casefold()


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    """Return a text without case and accents."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    return "".join(c for c in folded if not unicodedata.combining(c))


@cache
def language(code: str) -> Language:
    """Return a language by its code, see ``LANGUAGES``."""
    text = files("voltlift_importers").joinpath(f"data/{code}.json").read_text("utf-8")
    return Language(code, json.loads(text))

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
from functools import cache
from importlib.resources import files

from voltlift_core.catalogue.names import normalise_name

LANGUAGES = ("de", "fr", "es", "pt", "it", "tr", "zh")

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_ENDINGS: Mapping[str, str] = {"de": "ens", "zh": ""}
_ENDING = "aeiousy"
_SHORTEST_STEM = 3
_SIMPLIFIED = str.maketrans(
    "臥啞鈴槓繩彎舉機彈帶壺體單雙頭側飛鳥夾撐懸寬對輔負過頂頸後騎車橢圓樓遠滑輪農靜牆躍羅亞傳統馬練動訓錘聳轉軍諾髖內關節階劃拋槓蹬",
    "卧哑铃杠绳弯举机弹带壶体单双头侧飞鸟夹撑悬宽对辅负过顶颈后骑车椭圆楼远滑轮农静墙跃罗亚传统马练动训锤耸转军诺髋内关节阶划抛杠蹬",
)
_PIECE, _ENGLISH_WORD, _UNKNOWN = 1.0, 1.2, 5.0


@dataclass(frozen=True, slots=True)
class Translation:
    """A name in English words.

    ``complete``: every word was understood; ``pieces``: how many came from the table.
    """

    english: str
    complete: bool
    pieces: int


class Language:
    """One language's names.

    Parameters
    ----------
    code : str
        Language code; decides spelling and word endings.
    table : mapping of str to str
        English piece to local pieces, separated by commas, the usual one first. The empty
        piece lists words without meaning; one that starts with ``=`` holds for a whole name
        only, and counts before the others.
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
                target.setdefault(self._key(piece), english.removeprefix("="))
            if target is self._pieces:
                self.local[english] = pieces
        self._longest = max(map(len, self._pieces), default=0)
        self._known = {word for key in (*self._pieces, *self._names) for word in key}

    def translate(self, name: str, vocabulary: Set[str]) -> Translation:
        """Return a name in English, with English words of ``vocabulary`` left as they are.

        Examples
        --------
        >>> language("de").translate("Schrägbankdrücken (Kurzhantel)", frozenset())
        Translation(english='incline bench press dumbbell', complete=True, pieces=2)
        """
        words = [part for word in self._words(name) for part in self._split(word, vocabulary)]
        words = [word for word in words if word not in self._ignored]
        stems = tuple(self._stem(word) for word in words)
        whole = self._names.get(stems)
        if whole is not None:
            return Translation(whole, complete=True, pieces=1)
        return self._cover(words, stems, vocabulary)

    def _cover(
        self, words: Sequence[str], stems: tuple[str, ...], vocabulary: Set[str]
    ) -> Translation:
        """Cover a name by as few pieces as possible."""
        best: list[tuple[float, tuple[str, ...], int, bool]] = [(0.0, (), 0, True)]
        for end in range(1, len(words) + 1):
            options = []
            for start in range(max(0, end - max(self._longest, 1)), end):
                cost, said, pieces, complete = best[start]
                piece = self._pieces.get(stems[start:end])
                if piece is not None:
                    options.append((cost + _PIECE, (*said, piece), pieces + 1, complete))
                elif start == end - 1:
                    word = words[start]
                    if normalise_name(word) in vocabulary:
                        options.append((cost + _ENGLISH_WORD, (*said, word), pieces, complete))
                    else:
                        options.append((cost + _UNKNOWN, said, pieces, False))
            best.append(min(options, key=lambda option: option[0]))
        _, said, pieces, complete = best[-1]
        return Translation(" ".join(said), complete and bool(said), pieces)

    def _key(self, text: str) -> tuple[str, ...]:
        return tuple(self._stem(w) for w in self._words(text) if w not in self._ignored)

    def _words(self, text: str) -> list[str]:
        """Return the words without case and accents; of Chinese, the characters."""
        folded = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
        folded = "".join(c for c in folded if not unicodedata.combining(c))
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
        if self.code != "de" or self._stem(word) in self._known:
            yield word
            return
        yield from self._parts(word, vocabulary) or (word,)

    def _parts(self, word: str, vocabulary: Set[str]) -> tuple[str, ...] | None:
        if not word:
            return ()
        for length in range(len(word), _SHORTEST_STEM - 1, -1):
            part = word[:length]
            if self._stem(part) in self._known or normalise_name(part) in vocabulary:
                rest = self._parts(word[length:], vocabulary)
                if rest is not None:
                    return (part, *rest)
        return None


@cache
def language(code: str) -> Language:
    """Return a language by its code, see ``LANGUAGES``."""
    text = files("voltlift_importers").joinpath(f"data/{code}.json").read_text("utf-8")
    return Language(code, json.loads(text))

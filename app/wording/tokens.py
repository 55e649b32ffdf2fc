"""A text as words with their places in the original, in which the names that a project knows stand for what they are.

Curly quotes, dashes, capitals, accents and invisible characters make no difference. A word of the project's people,
rotas, queues or vendor becomes one token such as PERSON, whatever else it might mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.wording.names import Names
from app.wording.patterns import patterns
from app.wording.spelling import BREAK

PERSON, ROTA, QUEUE, VENDOR = "PERSON", "ROTA", "QUEUE", "VENDOR"
ADDRESS, CHANNEL, OPEN, QUESTION, NUMBER = "ADDRESS", "CHANNEL", "OPEN", "QUESTION", "#"
"""What stands in a text besides words: names, a mail address, a channel, question marks, one at the very end, a number.
Capitals keep them apart from the words, which are small."""

KEPT = frozenset({"IT"})
"""A department whose name is a small word when it is not written in capitals."""

CLAUSE_WORDS = frozenset({"but", "while", "whereas", "although"})
"""Words with which another clause begins."""

_ALIKE = str.maketrans("‘’‚‛ʼ´`“”„‟‐‑‒–—―−\u00a0\u202f", "'''''''\"\"\"\"-------  ")

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\ufeff"
"""Accents that stand as characters of their own, and characters that nobody sees."""

# Every repetition is bounded or of one class of characters, so that reading takes time in line with the length.
_TOKEN = re.compile(
    rf"(?P<address>[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}})"
    rf"|(?P<channel>\#[^\W\d][\w-]{{1,60}})"
    rf"|(?P<open>\?\?+)"
    rf"|(?P<question>\?(?=\s*\Z))"
    rf"|(?P<and>&|\+(?=\s))"
    rf"|(?P<number>\d[\d.,:]{{0,30}}\d|\d)(?!\w)"
    rf"|(?P<word>[\w{_MARKS}]+(?:'[\w{_MARKS}]+)?)"
    rf"|(?P<break>[;!?\n]|\.(?=\s|$))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, name or break; `start` and `end` are its place in the original text, `clause` the number of the clause
    that it stands in."""

    word: str
    start: int
    end: int
    clause: int


def tokens_of(text: str, names: Names) -> tuple[Token, ...]:
    """The words of a text in order, names put together."""
    raw = list(_raw(text))
    known = _known(names)
    found: list[Token] = []
    clause = place = 0
    while place < len(raw):
        length, word = known.at(raw, place)
        start, end = raw[place][1], raw[place + length - 1][2]
        if word == BREAK or word in CLAUSE_WORDS:
            clause += 1
        found.append(Token(word, start, end, clause))
        place += length
    return tuple(found)


_STANDS_FOR = {
    "address": ADDRESS,
    "channel": CHANNEL,
    "open": OPEN,
    "question": QUESTION,
    "and": "and",
    "number": NUMBER,
    "break": BREAK,
}

_Raw = tuple[str, int, int]
"""A word as it is written, alike characters made the same, with its place."""


def _raw(text: str) -> Iterator[_Raw]:
    for match in _TOKEN.finditer(text.translate(_ALIKE)):
        yield _STANDS_FOR.get(match.lastgroup or "", match.group()), match.start(), match.end()


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """A word as patterns spell it: small letters, no accents, nothing invisible."""
    if word in KEPT or word in _STANDS_FOR.values():
        return word
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word)
    return "".join(c for c in spread if not unicodedata.combining(c) and unicodedata.category(c) != "Cf").casefold()


class _Known:
    """Finds names in a list of words. A whole name is found however it is written, a given or family name alone only
    with its capital: "Will" may be a person, "will" is not."""

    def __init__(self, names: Names) -> None:
        self._whole: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._parts: dict[str, str] = {}
        for stands_for, called in (
            (VENDOR, names.vendors),
            (QUEUE, names.queues),
            (ROTA, names.rotas),
            (PERSON, names.people),
        ):
            for name in called:
                self._learn(name, stands_for)
        for entries in self._whole.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, raw: list[_Raw], place: int) -> tuple[int, str]:
        """How many words belong together at this place, and what they are."""
        written = raw[place][0]
        word = plain(written)
        for name, stands_for in self._whole.get(_without_s(word), ()):
            if len(name) == 1 or name == tuple(_without_s(plain(one[0])) for one in raw[place : place + len(name)]):
                return len(name), stands_for
        stands_for = self._parts.get(_without_s(written), "")
        return 1, stands_for or word

    def _learn(self, name: str, stands_for: str) -> None:
        written = [word for word, _, _ in _raw(name) if word != BREAK]
        spelt = tuple(_without_s(plain(word)) for word in written)
        if not spelt or (stands_for == PERSON and not patterns().nameless.isdisjoint(spelt)):
            return
        if len(spelt) > 1 or stands_for != PERSON:
            self._whole.setdefault(spelt[0], []).append((spelt, stands_for))
        if stands_for == PERSON:
            self._parts.update((word, PERSON) for word in written if len(word) > 1 and word[0].isupper())


def _without_s(word: str) -> str:
    """Dana's is Dana."""
    return word[:-2] if word.endswith(("'s", "'S")) else word


@lru_cache(maxsize=8)
def _known(names: Names) -> _Known:
    return _Known(names)


def clauses_of(tokens: Iterable[Token]) -> dict[int, list[str]]:
    """The words of each clause, by its number."""
    words: dict[int, list[str]] = {}
    for token in tokens:
        words.setdefault(token.clause, []).append(token.word)
    return words

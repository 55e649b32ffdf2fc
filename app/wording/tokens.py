"""A text as words with their places in the original, in which the names that a project knows stand for what they are.

Curly quotes, dashes, capitals, accents and invisible characters make no difference. A word of the project's people,
rotas, queues or vendor becomes one token such as PERSON, whatever else it might mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.wording.names import NOBODY_KNOWN, Names
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
    rf"|(?P<halves>50\s?[/:-]\s?50(?!\d))"
    rf"|(?P<number>\d[\d.,:]{{0,30}}\d|\d)(?!\w)"
    rf"|(?P<word>[\w{_MARKS}]+(?:'[\w{_MARKS}]+)?)"
    rf"|(?P<break>[;!?\n]|\.(?=\s|$))"
    rf"|(?P<edge>[,:()\[\]/=]|[-\u2192](?=\s))"
)


class Token(NamedTuple):
    """One word, name or break; `start` and `end` are its place in the original text, `clause` the number of the clause
    that it stands in, `opens` whether a clause begins there, or a comma, colon, dash, bracket or stroke stands
    before."""

    word: str
    start: int
    end: int
    clause: int
    opens: bool


def tokens_of(text: str, names: Names) -> tuple[Token, ...]:
    """The words of a text in order, names put together."""
    raw = list(_raw(text))
    known = _known(names)
    found: list[Token] = []
    clause = place = 0
    opens = True
    while place < len(raw):
        length, word = known.at(raw, place)
        start, end = raw[place].start, raw[place + length - 1].end
        parts = word == BREAK or word in CLAUSE_WORDS
        clause += parts
        found.append(Token(word, start, end, clause, opens or parts or raw[place].opens))
        opens = parts
        place += length
    return tuple(found)


def names_in(text: str, names: Names) -> Names:
    """Those names that may stand in a text: whole, or of a person in part. The others make no difference to its words,
    so that what was found in a text stays true when a name changes that is not in it."""
    words, by_word = words_of(text), _places_by_word(names)
    near = {place for word in words & by_word.keys() for place in by_word[word]}
    if not near:
        return NOBODY_KNOWN
    called = _called(names)
    found: tuple[list[str], ...] = tuple([] for _ in called)
    for kind, at in sorted(near):
        name = called[kind][at]
        if kind in _OF_PEOPLE or words_of(name) - {BREAK} <= words:
            found[kind].append(name)
    return Names(*map(tuple, found))


def renamed(before: Names, after: Names) -> frozenset[str]:
    """The words of every name that came, went, or stands for something else. A text without any of them says what it
    said."""
    kinds = zip(_called(before), _called(after), strict=True)
    return frozenset().union(*(_telling(name) for old, new in kinds for name in {*old} ^ {*new}))


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """The words of a text as names are looked up by (`renamed`)."""
    return frozenset(_without_s(plain(one.word)) for one in _raw(text))


@lru_cache(maxsize=20_000)
def _telling(name: str) -> frozenset[str]:
    """The words of a name that are of no other: any number looks like any other."""
    found = words_of(name)
    return found - {NUMBER, BREAK} or found


@lru_cache(maxsize=8)
def _places_by_word(names: Names) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Word -> the places of the names that it tells of: which of the lists, and where in it."""
    found: dict[str, list[tuple[int, int]]] = {}
    for kind, called in enumerate(_called(names)):
        for at, name in enumerate(called):
            for word in _telling(name):
                found.setdefault(word, []).append((kind, at))
    return found


def _called(names: Names) -> tuple[tuple[str, ...], ...]:
    return names.people, names.rotas, names.queues, names.vendors, names.outsiders


_OF_PEOPLE = (0, 4)
"""Which of these lists are names of people, of which a part will do."""


_STANDS_FOR = {
    "address": ADDRESS,
    "channel": CHANNEL,
    "open": OPEN,
    "question": QUESTION,
    "and": "and",
    "halves": "fifty-fifty",
    "number": NUMBER,
    "break": BREAK,
}


class _Raw(NamedTuple):
    """A word as it is written, alike characters made the same, with its place, and whether a mark stands before it."""

    word: str
    start: int
    end: int
    opens: bool


def _raw(text: str) -> Iterator[_Raw]:
    opens = False
    for match in _TOKEN.finditer(text.translate(_ALIKE)):
        if match.lastgroup != "edge":
            yield _Raw(_STANDS_FOR.get(match.lastgroup or "", match.group()), match.start(), match.end(), opens)
        opens = match.lastgroup == "edge"


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
        for stands_for, called, of_a_person in (
            (VENDOR, names.vendors, False),
            (VENDOR, names.outsiders, True),
            (QUEUE, names.queues, False),
            (ROTA, names.rotas, False),
            (PERSON, names.people, True),
        ):
            for name in called:
                self._learn(name, stands_for, of_a_person=of_a_person)
        for entries in self._whole.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, raw: list[_Raw], place: int) -> tuple[int, str]:
        """How many words belong together at this place, and what they are."""
        written = raw[place].word
        word = plain(written)
        for name, stands_for in self._whole.get(_without_s(word), ()):
            if len(name) == 1 or name == tuple(_without_s(plain(one.word)) for one in raw[place : place + len(name)]):
                return len(name), stands_for
        stands_for = self._parts.get(_without_s(written), "")
        return 1, stands_for or word

    def _learn(self, name: str, stands_for: str, *, of_a_person: bool) -> None:
        written = [one.word for one in _raw(name) if one.word != BREAK]
        spelt = tuple(_without_s(plain(word)) for word in written)
        if not spelt or (of_a_person and not patterns().nameless.isdisjoint(spelt)):
            return
        if len(spelt) > 1 or not of_a_person:
            self._whole.setdefault(spelt[0], []).append((spelt, stands_for))
        if of_a_person:
            self._parts.update((word, stands_for) for word in written if len(word) > 1 and word[0].isupper())


def _without_s(word: str) -> str:
    """Dana's is Dana."""
    return word[:-2] if word.endswith(("'s", "'S")) else word


@lru_cache(maxsize=8)
def _known(names: Names) -> _Known:
    return _Known(names)


def clauses_of(tokens: Iterable[Token]) -> dict[int, int]:
    """The places of the words of each clause, as bits, by its number."""
    clauses: dict[int, int] = {}
    for place, token in enumerate(tokens):
        clauses[token.clause] = clauses.get(token.clause, 0) | 1 << place
    return clauses

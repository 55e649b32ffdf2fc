"""The spellings in which a person is looked for: what they are called, and what they are reached by.

Looked for are the whole name, its first and its last word, an initial with the last word, and the other way round; the
words between them and the halves of a double name, which may be ordinary words, count with a capital letter only. A
word of two letters counts beside another part of the name. ö is also looked for as oe and o, and oe as ö. In a mail
address, the forms count that people make addresses of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from app.revisions.folding import folded

SHORTEST = 3
"""Letters that a word of a name has at least to be looked for by itself; two where words are written without blanks."""

SHORTEST_ADDRESS = 4
"""Letters that what stands before an @ has at least to be taken for initials and a name."""

SHORTEST_CONTACT = 5
"""Characters that a contact or a paging route has at least to be looked for in other texts; four with a number in it,
and an address always."""

SALUTATIONS = ("dr", "frau", "herr", "miss", "mr", "mrs", "ms", "prof", "sir")
_TITLES = {*SALUTATIONS, "dame", "hr", "fr", "ing", "dipl", "mag", "med", "phd", "mba", "jr", "sr", "ii", "iii", "iv"}
_PARTICLES = {
    *("van", "von", "vom", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le"),
    *("les", "el", "al", "bin", "ibn", "ben", "ten", "ter", "te", "zu", "zum", "zur", "y", "e", "und"),
}
"""Words of a name by which nobody is known."""

ADDRESS = r"(?<![\w.+-])(?:[\w.+-]+(?:'[\w.+-]+)*)?@[\w.-]+"
"""A mail address in a folded text, or how somebody is called where messages are exchanged, as @dana."""

_BETWEEN = r"[\s,._·・-]"
_APART = re.compile(r"[\s,._·・/]+")
_PASSED_OVER = re.compile(r"[\s,._·・'()/+-]+")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe"}
)
_WRITTEN_OUT = re.compile(r"(?<![aeiouq])(ae|oe|ue)", re.IGNORECASE)
_DRAWN = {"ae": "ä", "oe": "ö", "ue": "ü"}
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff]"
)
"""Scripts that write words without blanks between them, or, as Korean, endings without one."""

_NUMBER = re.compile(r"\+?\d[\d\s()./-]{5,}\d")
_WORD = r"[^\W_]"
_INDIC = "[\u0900-\u0963\u0966-\u0dff]"
"""Letters and signs of the scripts of India: some signs in the middle of a word are no letters by themselves."""


class Counts(IntEnum):
    """Where a spelling counts, the widest first."""

    ANYWHERE = 0
    CAPITAL = 1
    """Where its first letter is a capital one."""
    ACCENT = 2
    """Where a letter has an accent, or is otherwise none of the plain ones."""
    ADDRESS = 3
    """In a mail address only."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling: as it is shown to people, as it is told apart from others, how it is found in a folded text, and
    where it counts."""

    shown: str
    key: str
    pattern: str
    counts: Counts = Counts.ANYWHERE


def key_of(text: str) -> str:
    """What two spellings have in common that differ in nothing but blanks, points, hyphens and apostrophes."""
    return _PASSED_OVER.sub("", folded(text))


def spellings_of(names: Iterable[str], reached: Iterable[str]) -> tuple[Spelling, ...]:
    """Every spelling of somebody who has these names, and is reached by these contacts and paging routes."""
    found: dict[str, Spelling] = {}
    every = [each for name in names for each in _of_name(name)] + [each for way in reached for each in _of_way(way)]
    for spelling in (each for one in every for each in (one, *_otherwise(one))):
        known = found.get(spelling.key)
        if spelling.key and (known is None or spelling.counts < known.counts):
            found[spelling.key] = spelling
    return tuple(found.values())


def finder(spellings: Iterable[Spelling]) -> re.Pattern[str] | None:
    """Finds every address, and every spelling as whole words, the longest first; None without any spelling."""
    alike: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for each in spellings:
        if each.counts is not Counts.ADDRESS:
            alike.setdefault(_bounds(each.key), set()).add((len(each.key), each.pattern))
    if not alike:
        return None
    words = [
        f"{before}(?:{'|'.join(pattern for _, pattern in sorted(found, reverse=True))}){after}"
        for (before, after), found in sorted(alike.items(), reverse=True)
    ]
    return re.compile("|".join((ADDRESS, *words)))


def in_address(address: str) -> frozenset[str]:
    """The keys that an address, folded, may stand for: its words, and the words before its @ together."""
    local, _, domain = address.partition("@")
    parts = [part for part in re.split(r"[\W\d_]+", address) if part]
    whole = re.sub(r"[\W\d_]+", "", local or domain)
    return frozenset((*parts, whole, key_of(address)))


# --- names ---------------------------------------------------------------------------------------------------


def _of_name(name: str) -> Iterator[Spelling]:
    whole = _APART.sub(" ", name).strip()
    short = _letters(whole) < SHORTEST and not _UNSPACED.search(whole)
    yield _spelling(name, whole, Counts.CAPITAL if short else Counts.ANYWHERE)
    if any(sign.isdigit() for sign in whole):
        # “Person 1” is a name for want of one: its words say nothing about anybody.
        return
    words = [word for word in _APART.split(re.sub(r"\([^)]*\)", " ", name)) if word and folded(word) not in _TITLES]
    core = [word for word in words if folded(word) not in _PARTICLES]
    if core:
        yield from _single_words(core)
        yield from _unspaced_parts(core)
    if len(core) > 1:
        yield from _together(core, words)


def _single_words(core: list[str]) -> Iterator[Spelling]:
    for place, word in enumerate(core):
        outer = place in (0, len(core) - 1)
        if _letters(word) >= (2 if _UNSPACED.search(word) else SHORTEST):
            yield _spelling(word, word, Counts.ANYWHERE if outer else Counts.CAPITAL)
        halves = re.split("-", re.sub(r"[\u2010-\u2015]", "-", word))
        if len(halves) > 1:
            yield from (_spelling(half, half, Counts.CAPITAL) for half in halves if _letters(half) >= SHORTEST)


def _unspaced_parts(core: list[str]) -> Iterator[Spelling]:
    """Family and given name of somebody whose name is written in one word of three or four signs."""
    whole = core[0]
    if len(core) == 1 and len(whole) in (3, 4) and all(map(_UNSPACED.match, whole)):
        yield _spelling(whole[-2:], whole[-2:])
        if len(whole) == 4:
            yield _spelling(whole[:2], whole[:2])


def _together(core: list[str], words: list[str]) -> Iterator[Spelling]:
    first, last = core[0], core[-1]
    yield _spelling(f"{first} {last}", f"{first} {last}")
    yield _spelling(f"{last} {first}", f"{last} {first}")
    yield _spelling(f"{first[0]}. {last}", f"{first[0]} {last}", Counts.CAPITAL)
    family = _with_particles(words)
    if family != last:
        yield _spelling(family, family)
        yield _spelling(f"{first[0]}. {family}", f"{first[0]} {family}", Counts.CAPITAL)
    if _letters(last) < SHORTEST:
        yield from (_spelling(f"{title.title()} {last}", f"{title} {last}", Counts.CAPITAL) for title in SALUTATIONS)
    for one, other in ((first, last), (first.translate(_UMLAUTS), last.translate(_UMLAUTS))):
        for made in _addresses(key_of(one), key_of(other), words[:-1]):
            if len(made) >= SHORTEST_ADDRESS:
                yield Spelling(made, made, "", Counts.ADDRESS)


def _with_particles(words: list[str]) -> str:
    """The last word with the particles before it: van der Berg."""
    start = len(words) - 1
    while start > 1 and folded(words[start - 1]) in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def _addresses(first: str, last: str, others: list[str]) -> Iterator[str]:
    """What people make addresses of: mberg, mavdberg, bergm; `others` are the words before the last one."""
    core = [word for word in others if folded(word) not in _PARTICLES]
    for before in (core[:1], core, others):
        yield "".join(folded(word)[:1] for word in before) + last
        yield "".join(folded(half)[:1] for word in before for half in word.split("-")) + last
    yield from (first + last, last + first, last + first[:1])


# --- ways to reach somebody ----------------------------------------------------------------------------------


def _of_way(way: str) -> Iterator[Spelling]:
    """A contact or paging route as a whole, and each address or long number in it."""
    plain = folded(way)
    for number in _NUMBER.findall(plain):
        digits = re.sub(r"\D", "", number)
        yield Spelling(number, digits, r"\+?" + r"[\s()./-]*".join(digits))
    if "@" in way or len(way) >= SHORTEST_CONTACT - any(sign.isdigit() for sign in way):
        yield _spelling(way, " ".join(way.split()))
    for address in re.findall(ADDRESS, plain):
        yield _spelling(address, address)


# --- parts ---------------------------------------------------------------------------------------------------


def _spelling(shown: str, text: str, counts: Counts = Counts.ANYWHERE) -> Spelling:
    plain = folded(text)
    between = f"{_BETWEEN}{'*' if _UNSPACED.search(plain) else '+'}"
    pieces = re.split(r"([ '-])", plain)
    pattern = "".join(between if piece == " " else _pattern(piece) for piece in pieces)
    return Spelling(shown, key_of(text), pattern, counts)


def _pattern(piece: str) -> str:
    match piece:
        case "-":
            return r"[\s-]*"
        case "'":
            return r"['\s-]?"
        case _:
            return re.escape(piece)


def _bounds(key: str) -> tuple[str, str]:
    """What stands around it as a whole word: an underscore parts words, and an s may follow a name, as in “Webers
    Team”."""
    before = "" if _UNSPACED.match(key[:1]) else f"(?<!{_WORD})(?<!{_INDIC})"
    after = "" if _UNSPACED.match(key[-1:]) else f"(?=s?(?!{_WORD}|{_INDIC}))"
    return before, after


def _otherwise(spelling: Spelling) -> Iterator[Spelling]:
    """The same with ö written as oe, and with oe written as ö."""
    if spelling.counts is Counts.ADDRESS or "@" in spelling.shown:
        return
    out = spelling.shown.translate(_UMLAUTS)
    if out != spelling.shown:
        yield _spelling(out, _APART.sub(" ", out), spelling.counts)
    drawn = _WRITTEN_OUT.sub(lambda found: _DRAWN[found[0].lower()], spelling.shown)
    if drawn != spelling.shown:
        yield _spelling(drawn, _APART.sub(" ", drawn), Counts.ACCENT)


def _letters(word: str) -> int:
    """Letters and vowel signs; syllables and the like in scripts that write no blanks."""
    if _UNSPACED.search(word):
        return len(unicodedata.normalize("NFC", word))
    return sum(unicodedata.category(sign)[0] in "LM" for sign in folded(word))

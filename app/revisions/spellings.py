"""The spellings in which a person is looked for: what they are called, and what they are reached by.

Looked for are the whole name, its first and its last word, an initial with the last word, and the other way round; the
words between them and the halves of a double name, which may be ordinary words, count with a capital letter only. A
word of two letters counts beside another part of the name. ö is also looked for as oe and o, and oe as ö. A full name
counts in one word too, and so do the handles that people make of a name, as dabelard: where they are so short that
they may be another word, in a way alone, which is a path, a link, the name of a file, or an address. A word that is an
ordinary one too, as Will or Price, counts where it is written as a name (app.revisions.sentences).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from app.revisions.folding import folded
from app.revisions.name_words import PARTICLES, SALUTATIONS, TITLES, is_ordinary

SHORTEST = 3
"""Letters that a word of a name has at least to be looked for by itself; two where words are written without blanks."""

SHORTEST_IN_WAY = 4
"""Letters that a handle has at least to be looked for."""

SHORTEST_HANDLE = 6
"""Letters that a full name in one word, or a handle of initials and family name, has at least to count anywhere."""

SHORTEST_GIVEN = 5
"""Letters that a handle of the first name and an initial has at least to be looked for."""

LONGEST_WAY = 200
"""Characters on either side in which a way is told by its signs."""

SHORTEST_CONTACT = 5
"""Characters that a contact or a paging route has at least to be looked for in other texts; four with a number in it,
and an address always."""

ADDRESS = r"(?<![\w.+-])(?:[\w.+-]+(?:'[\w.+-]+)*)?@[\w.-]+"
"""A mail address in a folded text, or how somebody is called where messages are exchanged, as @dana."""

_BETWEEN = r"[\s,._·・+-]"
_TIE = "[._+-]"
_YEAR = r"\d{0,4}"
"""Digits after a handle, which tell it from another one or are a year."""

_BLANK = re.compile(r"[\s,]")
_PARTED = re.compile(_BETWEEN)
_AROUND_A_WAY = "\"'“”„‘’«»()[]{}<>.,:;!?…"
_WAY = re.compile(r"[\\@]|://|^~?/|^www\.|/.*/|\w\.(?:[a-z0-9]{2,5}|[A-Z0-9]{2,5})$|\w\.\w{2,5}/")
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
    NAMED = 2
    """In a way, and elsewhere where it is written as a name: an ordinary word that is part of one."""
    ACCENT = 3
    """Where a letter has an accent, or is otherwise none of the plain ones."""
    HUMP = 4
    """In a way, and elsewhere with a capital letter after a small one, as JoLi."""
    WAY = 5
    """In a way only: a path, a link, the name of a file, an address."""

    def holds(self, written: str, in_way: bool, named: bool) -> bool:
        """Whether what is written so, in a way or not, as a name or not, counts."""
        match self:
            case Counts.CAPITAL:
                return not written[0].islower()
            case Counts.NAMED:
                return in_way or named
            case Counts.ACCENT:
                return not written.isascii()
            case Counts.HUMP:
                return in_way or any(one.islower() and other.isupper() for one, other in pairwise(written))
            case Counts.WAY:
                return in_way
        return True


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling: as it is shown to people, as it is told apart from others, how it is found in a folded text, where
    it counts, and where it counts in one word, with no blank in it. A `handle` is made of a name, and is no name."""

    shown: str
    key: str
    pattern: str
    counts: Counts
    joined: Counts
    handle: bool = False


def key_of(text: str) -> str:
    """What two spellings have in common that differ in nothing but blanks, points, hyphens and apostrophes."""
    return _PASSED_OVER.sub("", folded(text))


def spellings_of(names: Iterable[str], reached: Iterable[str]) -> tuple[Spelling, ...]:
    """Every spelling of somebody who has these names, and is reached by these contacts and paging routes."""
    found: dict[str, Spelling] = {}
    every = [each for name in names for each in _of_name(name)] + [each for way in reached for each in _of_way(way)]
    for spelling in (each for one in every for each in (one, *_otherwise(one))):
        known = found.get(spelling.key)
        if spelling.key and (known is None or _rank(spelling) < _rank(known)):
            found[spelling.key] = spelling
    return tuple(found.values())


def _rank(spelling: Spelling) -> tuple[bool, Counts, Counts]:
    """The first of those that differ in nothing else is a name, and counts most widely."""
    return spelling.handle, spelling.counts, spelling.joined


def finder(spellings: Iterable[Spelling]) -> re.Pattern[str] | None:
    """Finds every address, and every spelling as whole words, the longest first; None without any spelling."""
    alike: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for each in spellings:
        alike.setdefault(_bounds(each), set()).add((len(each.key), each.pattern))
    if not alike:
        return None
    words = [
        f"{before}(?:{'|'.join(pattern for _, pattern in sorted(found, reverse=True))}){after}"
        for (before, after), found in sorted(alike.items(), key=lambda each: _place(*each[0]))
    ]
    return re.compile("|".join((ADDRESS, *words)))


def _place(before: str, after: str) -> tuple[bool, bool, bool]:
    """Handles come first, so that abelard.d goes whole; what has no bounds comes last."""
    return not before, not after, after.startswith("(?=")


def stands(counts: Counts, joined: Counts, found: str, written: str, is_way: bool, named: bool) -> bool:
    """Whether a spelling, of which `counts` and `joined` are as in Spelling, counts where it was found folded, written
    so, in a way or not, as a name or not."""
    return (_PARTED.search(found) is not None and counts.holds(written, is_way, named)) or (
        _BLANK.search(found) is None and joined.holds(written, is_way, named)
    )


def in_way(text: str, start: int, end: int) -> bool:
    """Whether what is written from `start` to `end` is part of a path, a link, the name of a file, or an address."""
    before = _BLANK.split(text[max(start - LONGEST_WAY, 0) : start])[-1]
    after = _BLANK.split(text[end : end + LONGEST_WAY], maxsplit=1)[0]
    return _WAY.search(f"{before}{text[start:end]}{after}".strip(_AROUND_A_WAY)) is not None


def without_year(key: str) -> str:
    """A key without the digits at its end."""
    return re.sub(r"\d+$", "", key)


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
    # Whoever is called Will and nothing else is never meant by will.
    ordinary = is_ordinary(whole) and not whole[0].islower()
    counts = Counts.CAPITAL if short or ordinary else Counts.ANYWHERE
    yield _spelling(name, whole, counts, _joined(whole.split(), counts))
    if any(sign.isdigit() for sign in whole):
        # “Person 1” is a name for want of one: its words say nothing about anybody.
        return
    words = [word for word in _APART.split(re.sub(r"\([^)]*\)", " ", name)) if word and folded(word) not in TITLES]
    core = _core(words)
    if core:
        yield from _single_words(core)
        yield from _unspaced_parts(core)
    if len(core) > 1:
        yield from _together(core, words)


def _core(words: Sequence[str]) -> list[str]:
    """The words of a name without its particles. Ben is one in Ahmed ben Salah, and none where somebody begins so."""
    return [
        word
        for place, word in enumerate(words)
        if folded(word) not in PARTICLES or (place == 0 and len(words) > 1 and word[0].isupper())
    ]


def _single_words(core: list[str]) -> Iterator[Spelling]:
    for place, word in enumerate(core):
        outer = place in (0, len(core) - 1) and folded(word) not in PARTICLES
        if _letters(word) >= (2 if _UNSPACED.search(word) else SHORTEST):
            yield _spelling(word, word, _alone(word, Counts.ANYWHERE if outer else Counts.CAPITAL))
        halves = re.split("-", re.sub(r"[\u2010-\u2015]", "-", word))
        if len(halves) > 1:
            long = [half for half in halves if _letters(half) >= SHORTEST]
            yield from (_spelling(half, half, _alone(half, Counts.CAPITAL)) for half in long)


def _alone(word: str, counts: Counts) -> Counts:
    """Where a word of a name counts without the others, if it counts so where it is no ordinary word."""
    return Counts.NAMED if is_ordinary(word) else counts


def _unspaced_parts(core: list[str]) -> Iterator[Spelling]:
    """Family and given name of somebody whose name is written in one word of three or four signs."""
    whole = core[0]
    if len(core) == 1 and len(whole) in (3, 4) and all(map(_UNSPACED.match, whole)):
        yield _spelling(whole[-2:], whole[-2:])
        if len(whole) == 4:
            yield _spelling(whole[:2], whole[:2])


def _together(core: list[str], words: list[str]) -> Iterator[Spelling]:
    first, last = core[0], core[-1]
    yield _spelling(f"{first} {last}", f"{first} {last}", Counts.ANYWHERE, _joined((first, last)))
    for both in ((last, first), (last, *core[:-1])):
        # Clerks will mark replies: that is nobody called Mark Will.
        counts = Counts.NAMED if all(map(is_ordinary, both)) else Counts.ANYWHERE
        yield _spelling(" ".join(both), " ".join(both), counts, _joined(both))
    families = dict.fromkeys((last, _with_particles(words)))
    for family in families:
        if family != last:
            yield _spelling(family, family, Counts.ANYWHERE, _joined(family.split()))
        yield _with_initial(first[0], family)
    if _letters(last) < SHORTEST:
        yield from (_spelling(f"{title.title()} {last}", f"{title} {last}", Counts.CAPITAL) for title in SALUTATIONS)
    for spelt in dict.fromkeys((tuple(words), tuple(word.translate(_UMLAUTS) for word in words))):
        yield from _handles(spelt)


def _with_initial(initial: str, family: str) -> Spelling:
    """An initial and the family name: D. Abelard, and the handle that they make, as dabelard and d.abelard."""
    # I will, and A price: with such a family name both need a capital letter.
    apart = _spelling(f"{initial}. {family}", f"{initial} {family}", _alone(family, Counts.CAPITAL))
    if len(apart.key) < SHORTEST_IN_WAY or _UNSPACED.search(apart.key):
        return apart
    # A handle takes no s: prices are no jprice.
    pattern = f"{apart.pattern}|{re.escape(folded(initial))}{_pattern_of(family, '*')}{_YEAR}(?!s)"
    return replace(apart, pattern=pattern, joined=_handle_counts(apart.key))


def _with_particles(words: list[str]) -> str:
    """The last word with the particles before it: van der Berg."""
    start = len(words) - 1
    while start > 1 and folded(words[start - 1]) in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def _joined(words: Sequence[str], counts: Counts = Counts.ANYWHERE) -> Counts:
    """Where the words of a name count in one word: Ge Chan must not take the word change with him."""
    if len(words) < 2 or _UNSPACED.search("".join(words)):
        return counts
    long = len(key_of("".join(words))) >= SHORTEST_HANDLE and all(_letters(word) >= SHORTEST for word in words)
    return counts if long else Counts.HUMP


# --- handles -------------------------------------------------------------------------------------------------


def _handles(words: Sequence[str]) -> Iterator[Spelling]:
    """What people make user names and addresses of, beside an initial and the last word: mavdberg, bergm, mary.b."""
    core = _core(words)
    first, last = key_of(core[0]), key_of(core[-1])
    if not (first and last) or _UNSPACED.search(first + last):
        return
    for before in (core[:-1], words[:-1]):
        for parts in (before, [half for word in before for half in word.split("-")]):
            handle = "".join(folded(part)[:1] for part in parts) + last
            yield from _handle(handle, re.escape(handle), _handle_counts(handle))
    for part in (*core[1:-1], *(core[-1].split("-") if "-" in core[-1] else ())):
        # A family name may stand in the middle, or be one of two.
        yield from _handle(first[0] + key_of(part), re.escape(first[0] + key_of(part)), Counts.WAY)
    yield from _handle(
        last + first[0], f"{re.escape(last)}{_TIE}?{re.escape(first[0])}", _handle_counts(last + first[0])
    )
    # Elsewhere it is too often a word, or the first name of somebody else: early, marco.
    if len(given := first + last[0]) >= SHORTEST_GIVEN:
        yield from _handle(given, f"{re.escape(first)}{_TIE}?{re.escape(last[0])}", Counts.WAY)


def _handle(made: str, pattern: str, joined: Counts) -> Iterator[Spelling]:
    if len(made) >= SHORTEST_IN_WAY:
        yield Spelling(made, made, pattern + _YEAR, Counts.ANYWHERE, joined, handle=True)


def _handle_counts(handle: str) -> Counts:
    return Counts.ANYWHERE if len(handle) >= SHORTEST_HANDLE else Counts.WAY


# --- ways to reach somebody ----------------------------------------------------------------------------------


def _of_way(way: str) -> Iterator[Spelling]:
    """A contact or paging route as a whole, and each address or long number in it."""
    plain = folded(way)
    for number in _NUMBER.findall(plain):
        digits = re.sub(r"\D", "", number)
        yield Spelling(number, digits, r"\+?" + r"[\s()./-]*".join(digits), Counts.ANYWHERE, Counts.ANYWHERE)
    if "@" in way or len(way) >= SHORTEST_CONTACT - any(sign.isdigit() for sign in way):
        yield _spelling(way, " ".join(way.split()))
    for address in re.findall(ADDRESS, plain):
        yield _spelling(address, address)


# --- parts ---------------------------------------------------------------------------------------------------


def _spelling(shown: str, text: str, counts: Counts = Counts.ANYWHERE, joined: Counts | None = None) -> Spelling:
    """A spelling, also in one word where it is said what that counts, or words are written without blanks."""
    pattern = _pattern_of(text, "+" if joined is None and not _UNSPACED.search(text) else "*")
    if joined is None:
        return Spelling(shown, key_of(text), pattern, counts, counts)
    return Spelling(shown, key_of(text), pattern + ("" if re.search(r"\d", text) else _YEAR), counts, joined)


def _pattern_of(text: str, times: str) -> str:
    """Finds a text with so many signs between its words as a regular expression says it: "+" or "*"."""
    pieces = re.split(r"([ '-])", folded(text))
    return "".join(f"{_BETWEEN}{times}" if piece == " " else _pattern(piece) for piece in pieces)


def _pattern(piece: str) -> str:
    match piece:
        case "-":
            return r"[\s._+-]*"
        case "'":
            return r"['\s-]?"
        case _:
            return re.escape(piece)


def _bounds(spelling: Spelling) -> tuple[str, str]:
    """What stands around it as a whole word: an underscore parts words, and an s may follow a name, as in “Webers
    Team”."""
    ends = f"(?!{_WORD}|{_INDIC})"
    before = "" if _UNSPACED.match(spelling.key[:1]) else f"(?<!{_WORD})(?<!{_INDIC})"
    after = "" if _UNSPACED.match(spelling.key[-1:]) else ends if spelling.handle else f"(?=s?{ends})"
    return before, after


def _otherwise(spelling: Spelling) -> Iterator[Spelling]:
    """The same with ö written as oe, and with oe written as ö."""
    if spelling.handle or "@" in spelling.shown:
        return
    out = spelling.shown.translate(_UMLAUTS)
    if out != spelling.shown:
        yield _spelling(out, _APART.sub(" ", out), spelling.counts, spelling.joined)
    drawn = _WRITTEN_OUT.sub(lambda found: _DRAWN[found[0].lower()], spelling.shown)
    if drawn != spelling.shown:
        yield _spelling(drawn, _APART.sub(" ", drawn), Counts.ACCENT, Counts.ACCENT)


def _letters(word: str) -> int:
    """Letters and vowel signs; syllables and the like in scripts that write no blanks."""
    if _UNSPACED.search(word):
        return len(unicodedata.normalize("NFC", word))
    return sum(unicodedata.category(sign)[0] in "LM" for sign in folded(word))

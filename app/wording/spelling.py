"""How a pattern is spelt, and matching it against the words of a text (app.wording.tokens).

A pattern is a row of words parted by blanks:

- `will|can` is one of several; `<department>` one of a list that is given; `look_after` two words that count as one.
- `~ers` is any word that ends so.
- `now?` may be there or not. `*` is any one word, `*3` up to three words, `#` a number in figures.
- `!who` must not come next; at the very beginning it must not stand before.
- `^` at the beginning and `$` at the end ask for an edge: the beginning or end of a clause, or a comma, colon, dash,
  bracket or stroke. `$` may be one of several, as in `now|$`.

A pattern never reaches across the end of a clause, and repeats nothing without a bound. Where patterns match is found
for all places of a text at once, with whole numbers whose bits are the places: a few operations an element, however
often a word is repeated.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

BREAK = "."
"""The word that stands for the end of a clause."""

Lists = Mapping[str, Sequence[str]]
"""The lists that a pattern may name, by name; an entry may be several words."""

Words = Sequence[str]


class Said:
    """The words of a text, and the places of each as the bits of a number: bit 3 for the fourth word."""

    def __init__(self, words: Words, edges: Iterable[int]) -> None:
        """`edges` are the places of the words before which something is parted from the rest."""
        self.words = words
        self.edges = frozenset(edges)
        self.at: dict[str, int] = {}
        for place, word in enumerate(words):
            self.at[word] = self.at.get(word, 0) | 1 << place
        self.everywhere = (2 << len(words)) - 1
        """Every place, and the one after the last word, where a match may end."""
        self.inside = self.everywhere & ~self.at.get(BREAK, 0) & ~(1 << len(words))
        self._ending: dict[tuple[str, ...], int] = {}

    @cached_property
    def edge_bits(self) -> int:
        """The places before which something is parted from the rest; the end of the text is one."""
        bits = 1 << len(self.words)
        for place in self.edges:
            bits |= 1 << place
        return bits

    def any_of(self, words: frozenset[str]) -> int:
        """The places where one of these words stands."""
        bits = 0
        for word in words & self.at.keys():
            bits |= self.at[word]
        return bits

    def ending(self, endings: tuple[str, ...]) -> int:
        """The places of the words that end so."""
        if endings not in self._ending:
            bits = 0
            for word, places in self.at.items():
                if word.endswith(endings):
                    bits |= places
            self._ending[endings] = bits
        return self._ending[endings]

    def row(self, row: Words) -> int:
        """The places where these words begin to stand one after the other."""
        bits = self.everywhere
        for distance, word in enumerate(row):
            bits &= self.at.get(word, 0) >> distance
        return bits


def places(bits: int) -> list[int]:
    """The places that these bits stand for, in order."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a pattern: its single words, the endings of others, its rows of several words by the first of
    them, longest first; or up to `most` words of any kind. `wanted` is false for what must not come next; `ends` lets
    an edge do as well."""

    single: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    several: Mapping[str, tuple[tuple[str, ...], ...]] | None = None
    optional: bool = False
    wanted: bool = True
    ends: bool = False
    least: int = 0
    most: int = 0

    def reach(self, words: Words, at: int) -> Iterator[int]:
        """Every place at which this element can end when it begins at `at`."""
        if at >= len(words):
            return
        word = words[at]
        if self.several is not None:
            for row in self.several.get(word, ()):
                if tuple(words[at : at + len(row)]) == row:
                    yield at + len(row)
        if word in self.single or (self.endings and word.endswith(self.endings)):
            yield at + 1

    def before(self, said: Said, after: int) -> int:
        """The places at which this element may begin so that one of the places in `after` comes next."""
        if self.most:
            return self._any_before(said, after)
        begins = (said.any_of(self.single) | (said.ending(self.endings) if self.endings else 0)) & (after >> 1)
        if self.several is not None:
            for word in self.several.keys() & said.at.keys():
                for row in self.several[word]:
                    begins |= said.row(row) & (after >> len(row))
        if self.ends:
            begins |= after & said.edge_bits
        return begins | after if self.optional else begins

    def _any_before(self, said: Said, after: int) -> int:
        reached, begins = after, after if not self.least else 0
        for count in range(1, self.most + 1):
            reached = (reached >> 1) & said.inside
            begins |= reached if count >= self.least else 0
        return begins

    @property
    def starts(self) -> frozenset[str] | None:
        """Every word that it can begin with; None where that may be any word, or none."""
        if not self.wanted or self.most or self.ends or self.endings:
            return None
        return self.single.union(self.several or ())


@dataclass(frozen=True, slots=True)
class Spelt:
    """A pattern taken apart. `not_after` are words that must not stand before it; `opens` asks for an edge there."""

    steps: tuple[Step, ...]
    not_after: frozenset[str] = frozenset()
    opens: bool = False

    def begins(self, said: Said) -> int:
        """The places at which it matches, as bits."""
        found = said.everywhere
        for step in reversed(self.steps):
            found = step.before(said, found) if step.wanted else found & ~step.before(said, said.everywhere)
            if not found:
                return 0
        if self.not_after:
            found &= ~(said.any_of(self.not_after) << 1)
        return found & said.edge_bits if self.opens else found

    def end(self, words: Words, at: int, edges: Container[int] = frozenset({0})) -> int:
        """The place after the match that begins at `at`; -1 where there is none. `edges` are the places of the words
        before which something is parted from the rest."""
        if (at and words[at - 1] in self.not_after) or (self.opens and at not in edges):
            return -1
        return _end(self.steps, 0, words, at, edges)

    def is_all_of(self, words: Words) -> bool:
        """Whether the pattern matches these words from the first to the last."""
        return _end((*self.steps, Step(ends=True)), 0, words, 0, ()) >= 0

    def alone(self) -> Spelt:
        """The same pattern where it stands alone between two edges."""
        return replace(self, steps=(*self.steps, Step(ends=True)), opens=True)

    def first_words(self) -> frozenset[str]:
        """Every word that a match can begin with; a ValueError where it may be any word."""
        found = _starts(self.steps)
        if found is None:
            raise ValueError("a pattern begins with a word")
        return found


def _starts(steps: Sequence[Step]) -> frozenset[str] | None:
    """Every word with which a match of these elements can begin; None where that may be any word, or none."""
    found: frozenset[str] = frozenset()
    for step in steps:
        if step.starts is None:
            return None
        found |= step.starts
        if not step.optional:
            return found
    return None


def spell(line: str, lists: Lists) -> Spelt:
    """Read one pattern; a KeyError where it names a list that is not there."""
    elements = line.split()
    opens, not_after = elements[0] == "^", frozenset[str]()
    if opens:
        elements = elements[1:]
    elif elements[0].startswith("!"):
        not_after = _step(elements[0][1:], lists).single
        elements = elements[1:]
    return Spelt(tuple(_step(element, lists) for element in elements), not_after, opens)


def _step(element: str, lists: Lists) -> Step:
    if element.startswith("*"):
        return Step(least=1, most=1) if element == "*" else Step(most=int(element[1:]))
    wanted, optional = not element.startswith("!"), element.endswith("?")
    entries = element.removeprefix("!").removesuffix("?").split("|")
    ends = "$" in entries
    endings = tuple(entry[1:] for entry in entries if entry.startswith("~"))
    single, several = set(), dict[str, list[tuple[str, ...]]]()
    for entry in entries:
        if entry == "$" or entry.startswith("~"):
            continue
        for row in _rows(entry, lists):
            if len(row) == 1:
                single.add(row[0])
            else:
                several.setdefault(row[0], []).append(row)
    longest_first = {word: tuple(sorted(rows, key=len, reverse=True)) for word, rows in several.items()}
    return Step(frozenset(single), endings, longest_first or None, optional, wanted, ends)


def _rows(entry: str, lists: Lists) -> Iterator[tuple[str, ...]]:
    """The rows of words that one alternative stands for."""
    if "_" not in entry and not entry.startswith("<"):
        yield (entry,)
        return
    parts = [lists[part[1:-1]] if part.startswith("<") else (part,) for part in entry.split("_")]
    for combined in product(*parts):
        yield tuple(word for part in combined for word in part.split())


def _end(steps: tuple[Step, ...], place: int, words: Words, at: int, edges: Container[int]) -> int:
    if place == len(steps):
        return at
    step = steps[place]
    if step.most:
        return _end_after_any(steps, place, words, at, edges)
    for reached in step.reach(words, at):
        if not step.wanted:
            return -1
        end = _end(steps, place + 1, words, reached, edges)
        if end >= 0:
            return end
    if step.ends and (at == len(words) or at in edges):
        return _end(steps, place + 1, words, at, edges) if step.wanted else -1
    if step.optional or not step.wanted:
        return _end(steps, place + 1, words, at, edges)
    return -1


def _end_after_any(steps: tuple[Step, ...], place: int, words: Words, at: int, edges: Container[int]) -> int:
    """As few words of any kind as will do."""
    step = steps[place]
    for count in range(step.most + 1):
        if count >= step.least:
            end = _end(steps, place + 1, words, at + count, edges)
            if end >= 0:
                return end
        if at + count >= len(words) or words[at + count] == BREAK:
            break
    return -1

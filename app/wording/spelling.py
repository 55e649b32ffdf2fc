"""How a pattern is spelt, and matching it against the words of a text (app.wording.tokens).

A pattern is a row of words parted by blanks:

- `will|can` is one of several; `<department>` one of a list that is given; `look_after` two words that count as one.
- `now?` may be there or not. `*` is any one word, `*3` up to three words, `#` a number in figures.
- `!who` must not come next; at the very beginning it must not stand before, and `^` there is the beginning of a clause.
- `$` at the end is the end of a clause.

A pattern never reaches across the end of a clause, and repeats nothing without a bound: matching takes time in line
with the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

BREAK = "."
"""The word that stands for the end of a clause."""

Lists = Mapping[str, Sequence[str]]
"""The lists that a pattern may name, by name; an entry may be several words."""

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a pattern: its single words, its rows of several words by the first of them, longest first; or up
    to `most` words of any kind. `wanted` is false for what must not come next; `ends` asks for the end of a clause."""

    single: frozenset[str] = frozenset()
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
        if word in self.single:
            yield at + 1

    @property
    def starts(self) -> frozenset[str] | None:
        """Every word that it can begin with; None where that may be any word, or none."""
        return self.single.union(self.several or ()) if self.wanted and not self.most and not self.ends else None


@dataclass(frozen=True, slots=True)
class Spelt:
    """A pattern taken apart. `not_after` are words that must not stand before it; `opens` asks for the beginning of a
    clause."""

    steps: tuple[Step, ...]
    not_after: frozenset[str] = frozenset()
    opens: bool = False

    def end(self, words: Words, at: int) -> int:
        """The place after the match that begins at `at`; -1 where there is none."""
        before = words[at - 1] if at else BREAK
        if before in self.not_after or (self.opens and before != BREAK):
            return -1
        return _end(self.steps, 0, words, at, whole=False)

    def is_all_of(self, words: Words) -> bool:
        """Whether the pattern matches these words from the first to the last."""
        return _end(self.steps, 0, words, 0, whole=True) >= 0

    def first_words(self) -> frozenset[str]:
        """Every word that a match can begin with; a ValueError where it may be any word."""
        found = _starts(self.steps)
        if found is None:
            raise ValueError("a pattern begins with a word")
        return found

    def second_words(self) -> frozenset[str] | None:
        """Every word that can come second in a match; None where that may be any word, or none."""
        found: set[str] = set()
        for place, step in enumerate(self.steps):
            following = _starts(self.steps[place + 1 :]) if step.single else frozenset()
            if step.starts is None or following is None:
                return None
            found |= following.union(row[1] for rows in (step.several or {}).values() for row in rows)
            if not step.optional:
                break
        return frozenset(found)


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
    if element == "$":
        return Step(ends=True)
    if element.startswith("*"):
        return Step(least=1, most=1) if element == "*" else Step(most=int(element[1:]))
    wanted, optional = not element.startswith("!"), element.endswith("?")
    single, several = set(), dict[str, list[tuple[str, ...]]]()
    for entry in element.removeprefix("!").removesuffix("?").split("|"):
        for row in _rows(entry, lists):
            if len(row) == 1:
                single.add(row[0])
            else:
                several.setdefault(row[0], []).append(row)
    longest_first = {word: tuple(sorted(rows, key=len, reverse=True)) for word, rows in several.items()}
    return Step(frozenset(single), longest_first or None, optional, wanted)


def _rows(entry: str, lists: Lists) -> Iterator[tuple[str, ...]]:
    """The rows of words that one alternative stands for."""
    if "_" not in entry and not entry.startswith("<"):
        yield (entry,)
        return
    parts = [lists[part[1:-1]] if part.startswith("<") else (part,) for part in entry.split("_")]
    for combined in product(*parts):
        yield tuple(word for part in combined for word in part.split())


def _end(steps: tuple[Step, ...], place: int, words: Words, at: int, *, whole: bool) -> int:
    if place == len(steps):
        return at if not whole or at == len(words) else -1
    step = steps[place]
    if step.most:
        return _end_after_any(steps, place, words, at, whole=whole)
    if step.ends:
        if at < len(words) and words[at] != BREAK:
            return -1
        return _end(steps, place + 1, words, at, whole=whole)
    for reached in step.reach(words, at):
        if not step.wanted:
            return -1
        end = _end(steps, place + 1, words, reached, whole=whole)
        if end >= 0:
            return end
    if step.optional or not step.wanted:
        return _end(steps, place + 1, words, at, whole=whole)
    return -1


def _end_after_any(steps: tuple[Step, ...], place: int, words: Words, at: int, *, whole: bool) -> int:
    """As few words of any kind as will do."""
    step = steps[place]
    for count in range(step.most + 1):
        if count >= step.least:
            end = _end(steps, place + 1, words, at + count, whole=whole)
            if end >= 0:
                return end
        if at + count >= len(words) or words[at + count] == BREAK:
            break
    return -1

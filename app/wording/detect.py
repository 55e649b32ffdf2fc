"""Finding phrases in one text (domain.md 1.11)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from app.messages import Message, msg
from app.model.document import Document
from app.model.fields import Wording
from app.wording.names import NOBODY_KNOWN, Names, names_of
from app.wording.patterns import Answers, Kind, Pattern, patterns
from app.wording.saying import UNSAID, first_clause, says_nothing
from app.wording.setting import Setting
from app.wording.spelling import BREAK, Said, places
from app.wording.tokens import QUEUE, Token, clauses_of, names_in, tokens_of

REMEMBERED = 20_000
"""Texts whose phrases are remembered, for one set of names."""

READ = 2_000
"""Texts whose phrases are remembered by their words."""


_QUOTED = re.compile(r"[\"“„«][^\"“”„«»\n]{1,200}[\"”“»]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that leave something open. `start` and `end` are their place in the text as it was given.

    `kind` is one of the twelve classes, `what` says what the words are, `why` why that matters, `source` where the
    thought comes from (S0 to S4 of app.rules.sources), `better` how it may be said in such a field.
    """

    start: int
    end: int
    words: str
    kind: str
    what: Message
    why: Message
    source: str
    better: Message


class Detector:
    """Finds phrases for one set of names, and remembers them by text."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._found: dict[tuple[str, Wording, bool], tuple[Phrase, ...]] = {}

    def phrases(self, text: str, place: Wording, *, asks_who: bool = False) -> tuple[Phrase, ...]:
        """The phrases of a text in a field of this kind, in order. In a field that asks who, where or when, a text that
        says nothing of the kind is one too: its first clause."""
        key = text, place, asks_who
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            found = _phrases(text, place, names_in(text, self.names), asks_who) if text else ()
            self._found[key] = found
        return found


@lru_cache(maxsize=REMEMBERED)
def _phrases(text: str, place: Wording, names: Names, asks_who: bool) -> tuple[Phrase, ...]:
    """Remembered by the names that are in the text: whoever renames a queue waits for the texts that name it alone."""
    tokens = tokens_of(text, names)
    if [token.word for token in tokens] == [QUEUE]:
        # Where a queue is named, its name is judged as it is written: calling a queue "shared inbox" answers nothing.
        tokens = tokens_of(text, replace(names, queues=()))
    return _phrases_in(text, tokens, place, asks_who)


@lru_cache(maxsize=READ)
def _phrases_in(text: str, tokens: tuple[Token, ...], place: Wording, asks_who: bool) -> tuple[Phrase, ...]:
    """Remembered by the words as well: few names that have a word in common with a text change what it says."""
    return tuple(_find(text, tokens, place, asks_who))


@lru_cache(maxsize=4)
def _detector(names: Names) -> Detector:
    return Detector(names)


def detector_of(document: Document) -> Detector:
    """The detector for the names of this document; the same one as long as they are the same."""
    return _detector(names_of(document))


def detect(
    text: str, place: Wording = Wording.TEXT, names: Names = NOBODY_KNOWN, *, asks_who: bool = False
) -> tuple[Phrase, ...]:
    """The phrases in a text, by where they begin. Two of one class never overlap. See `Detector.phrases`."""
    return _detector(names).phrases(text, place, asks_who=asks_who)


def _find(text: str, tokens: Sequence[Token], place: Wording, asks_who: bool) -> Iterator[Phrase]:
    quoted = list(_spoken_of(text))
    said = Said([token.word for token in tokens], (at for at, token in enumerate(tokens) if token.opens))
    setting = Setting(said, tokens, patterns().around)
    taken: dict[str, int] = {}
    for first, last, pattern in sorted(_matches(said, tokens, place), key=lambda hit: (hit[0], -hit[1])):
        kind = pattern.kind
        start, end = tokens[first].start, tokens[last].end
        if first <= taken.get(kind.name, -1) or _within(quoted, start, end):
            continue
        if setting.settles(kind.settled_by, first, last):
            continue
        taken[kind.name] = last
        yield _phrase(text, start, end, kind, msg(pattern.what), place)
    if asks_who and not taken and place in UNSAID and says_nothing(text, said, tokens, patterns().around):
        first, last = first_clause(tokens)
        kind = patterns().kinds[UNSAID[place]]
        what = msg("nothing here says who, where or when yet")
        yield _phrase(text, tokens[first].start, tokens[last].end, kind, what, place)


def _phrase(text: str, start: int, end: int, kind: Kind, what: Message, place: Wording) -> Phrase:
    better = msg(kind.better_in(place))
    return Phrase(start, end, text[start:end], kind.name, what, msg(kind.why), kind.source, better)


def _spoken_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the quotations stand: replies with the word “probably” are blocked. What is quoted alone, or as the end of
    the text after a colon, is said after all."""
    for match in _QUOTED.finditer(text):
        before, after = text[: match.start()].rstrip(), text[match.end() :].strip(" .")
        if after or (before and not before.endswith(":")):
            yield match.span()


def _within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of these spans, which are in order and apart, holds all of it."""
    before = bisect_left(spans, (start,)) - 1
    return before >= 0 and end < spans[before][1]


def _matches(said: Said, tokens: Sequence[Token], place: Wording) -> Iterator[tuple[int, int, Pattern]]:
    """(first token, last token, pattern) for everything that is said in a way that is looked for."""
    answered = _Answered(said, tokens)
    by_word = patterns().by_word(place)
    found: set[str] = set()
    for pattern in dict.fromkeys(chain.from_iterable(by_word.get(word, ()) for word in said.at)):
        for at in places(pattern.spelt.begins(said)):
            end = pattern.spelt.end(said.words, at, said.edges)
            if end > at and not answered.by(pattern.answers, tokens[at].clause):
                found.add(pattern.kind.name)
                yield at, end - 1, pattern
    spoken = [at for at, word in enumerate(said.words) if word != BREAK]
    whole = [said.words[at] for at in spoken]
    for pattern in patterns().whole(place) if whole else ():
        if pattern.kind.name in found or not pattern.spelt.is_all_of(whole):
            continue
        if not answered.by(pattern.answers, tokens[spoken[0]].clause):
            yield spoken[0], spoken[-1], pattern


class _Answered:
    """Which clauses say after all what a phrase in them leaves open. The text is read once for each group of phrases
    that stands in it, however often it does."""

    def __init__(self, said: Said, tokens: Iterable[Token]) -> None:
        self._said = said
        self._clauses = clauses_of(tokens)
        self._known: dict[Answers, int] = {}

    def by(self, answers: Answers, clause: int) -> bool:
        if answers not in self._known:
            self._known[answers] = answers.places(self._said)
        return bool(self._known[answers] & self._clauses[clause])

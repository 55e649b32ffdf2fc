"""Finding phrases in one text (domain.md 1.11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.messages import Message, msg
from app.model.document import Document
from app.model.fields import Wording
from app.wording.names import NOBODY_KNOWN, Names, names_of
from app.wording.patterns import Answers, Pattern, patterns
from app.wording.spelling import BREAK
from app.wording.tokens import QUEUE, Token, clauses_of, tokens_of

REMEMBERED = 20_000
"""Texts whose phrases are remembered, for one set of names."""


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
        self._found: dict[tuple[str, Wording], tuple[Phrase, ...]] = {}

    def phrases(self, text: str, place: Wording) -> tuple[Phrase, ...]:
        """The phrases of a text in a field of this kind, in order."""
        found = self._found.get((text, place))
        if found is None:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            found = self._found[text, place] = tuple(_find(text, place, self.names)) if text else ()
        return found


@lru_cache(maxsize=4)
def _detector(names: Names) -> Detector:
    return Detector(names)


def detector_of(document: Document) -> Detector:
    """The detector for the names of this document; the same one as long as they are the same."""
    return _detector(names_of(document))


def detect(text: str, place: Wording = Wording.TEXT, names: Names = NOBODY_KNOWN) -> tuple[Phrase, ...]:
    """The phrases in a text, by where they begin. Two of one class never overlap."""
    return _detector(names).phrases(text, place)


def _find(text: str, place: Wording, names: Names) -> Iterator[Phrase]:
    tokens = tokens_of(text, names)
    if [token.word for token in tokens] == [QUEUE]:
        # Where a queue is named, its name is judged as it is written: calling a queue "shared inbox" answers nothing.
        tokens = tokens_of(text, replace(names, queues=()))
    taken: dict[str, int] = {}
    for first, last, pattern in sorted(_matches(tokens, place), key=lambda hit: (hit[0], -hit[1])):
        kind = pattern.kind
        if first <= taken.get(kind.name, -1):
            continue
        taken[kind.name] = last
        start, end = tokens[first].start, tokens[last].end
        yield Phrase(
            start,
            end,
            text[start:end],
            kind.name,
            msg(pattern.what),
            msg(kind.why),
            kind.source,
            msg(kind.better_in(place)),
        )


def _matches(tokens: tuple[Token, ...], place: Wording) -> Iterator[tuple[int, int, Pattern]]:
    """(first token, last token, pattern) for everything that is said in a way that is looked for."""
    words = [token.word for token in tokens]
    answered = _Answered(tokens)
    by_word = patterns().by_word(place)
    found: set[str] = set()
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else BREAK
        for pattern in by_word.get(word, ()):
            if pattern.second is not None and following not in pattern.second:
                continue
            end = pattern.spelt.end(words, at)
            if end > at and not answered.by(pattern.answers, tokens[at].clause):
                found.add(pattern.kind.name)
                yield at, end - 1, pattern
    said = [at for at, word in enumerate(words) if word != BREAK]
    whole = [words[at] for at in said]
    for pattern in patterns().whole(place) if whole else ():
        if pattern.kind.name in found or not pattern.spelt.is_all_of(whole):
            continue
        if not answered.by(pattern.answers, tokens[said[0]].clause):
            yield said[0], said[-1], pattern


class _Answered:
    """Which clauses say after all what a phrase in them leaves open. Each clause is read once for each group of
    phrases that stands in it, however often it does."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._clauses = clauses_of(tokens)
        self._known: dict[tuple[Answers, int], bool] = {}

    def by(self, answers: Answers, clause: int) -> bool:
        key = answers, clause
        if key not in self._known:
            self._known[key] = answers.stand_in(self._clauses[clause])
        return self._known[key]

"""The phrases that are looked for, as `resources/wording.toml` gives them, made ready to be found in one pass."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.model.fields import Wording
from app.resources import resource
from app.wording.spelling import Lists, Spelt, spell

KINDS = (
    "vague_actor",
    "hedge",
    "undecided",
    "no_destination",
    "vendor_owner",
    "diffuse",
    "builder_dependency",
    "one_off_test",
    "set_and_forget",
    "blame_routing",
    "manual_monitor",
    "slogan",
)
"""The twelve classes of domain.md 1.11."""

ABSENT = frozenset({"when", "whenever", "if", "while", "unless", "until", "till", "without", "than", "not"})
"""Words before a name that tell that it is not this person who is meant."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is said about every phrase of a class: message ids, and where the thought comes from (app.rules.sources).

    `better` has one example for each kind of field that it was written for, and one under "" for the others.
    """

    name: str
    why: str
    source: str
    better: Mapping[str, str]

    def better_in(self, place: Wording) -> str:
        return self.better.get(place.value, self.better[""])


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What makes a clause clear after all, although it holds a phrase: one of the `names` (PERSON, ROTA, ...), or
    something that is `said`, by the words with which that may begin. The phrases of a group share one."""

    names: frozenset[str]
    said: Mapping[str, tuple[Spelt, ...]]

    def stand_in(self, clause: Sequence[str]) -> bool:
        """Whether one of them stands in these words. Who is away, or not meant, answers nothing: "when Dana is off"."""
        for at, word in enumerate(clause):
            if word in self.names and (not at or clause[at - 1] not in ABSENT):
                return True
            if any(spelt.end(clause, at) >= 0 for spelt in self.said.get(word, ())):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say it. `what` says what such words are; `fields` where they count, none for everywhere.

    `answers` make it clear after all. `whole` asks that nothing else stands in the text.
    """

    kind: Kind
    what: str
    fields: frozenset[Wording]
    answers: Answers
    whole: bool
    spelt: Spelt
    second: frozenset[str] | None
    """Every word that can come second, to tell at a glance what cannot match; None where that may be any."""


class Patterns:
    """All patterns. `nameless` are words of which no person is called: a "person" with such a name is a department, a
    mailbox or nobody."""

    def __init__(self, ready: Iterable[tuple[Pattern, frozenset[str]]], nameless: Iterable[str]) -> None:
        """`ready` are patterns with the words that each may begin with."""
        self.nameless = frozenset(nameless)
        self._in = {place: _Index(ready, place) for place in Wording}

    def whole(self, place: Wording) -> Sequence[Pattern]:
        """The patterns that are matched against the whole text of a field."""
        return self._in[place].whole

    def by_word(self, place: Wording) -> Mapping[str, Sequence[Pattern]]:
        """All other patterns that count in a field, by the words that they may begin with."""
        return self._in[place].by_word


class _Index:
    """The patterns that count in one kind of field."""

    def __init__(self, ready: Iterable[tuple[Pattern, frozenset[str]]], place: Wording) -> None:
        self.whole: list[Pattern] = []
        self.by_word: dict[str, list[Pattern]] = {}
        for pattern, first_words in ready:
            if pattern.fields and place not in pattern.fields:
                continue
            if pattern.whole:
                self.whole.append(pattern)
            for word in first_words:
                self.by_word.setdefault(word, []).append(pattern)


@cache
def patterns() -> Patterns:
    """The patterns that come with the program; read once."""
    with resource("wording.toml").open("rb") as file:
        return read_patterns(tomllib.load(file))


def read_patterns(data: Mapping[str, Any]) -> Patterns:
    """The patterns of this data; raises ValueError or KeyError where it is not written as it must be."""
    lists = {name: tuple(entries) for name, entries in data["words"].items()}
    kinds = {
        name: Kind(name, entry["why"], entry["source"], {"": entry["better"], **entry.get("better_in", {})})
        for name, entry in data["kind"].items()
    }
    ready = []
    for group in data["group"]:
        answers = _answers(group, lists)
        for line in group["patterns"]:
            spelt = spell(line, lists)
            made = _made(group, kinds[group["kind"]], answers, spelt)
            ready.append((made, frozenset[str]() if made.whole else spelt.first_words()))
    return Patterns(ready, data["nameless"])


def _answers(group: Mapping[str, Any], lists: Lists) -> Answers:
    said: dict[str, tuple[Spelt, ...]] = {}
    for line in group.get("unless", ()):
        spelt = spell(line, lists)
        for word in spelt.first_words():
            said[word] = (*said.get(word, ()), spelt)
    return Answers(frozenset(group.get("answered_by", ())), said)


def _made(group: Mapping[str, Any], kind: Kind, answers: Answers, spelt: Spelt) -> Pattern:
    return Pattern(
        kind,
        group["what"],
        frozenset(map(Wording, group.get("fields", ()))),
        answers,
        group.get("whole", False),
        spelt,
        spelt.second_words(),
    )

"""The phrases that are looked for, as `resources/wording.toml` gives them, made ready to be found in one pass."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.model.fields import Wording
from app.resources import resource
from app.wording.spelling import Lists, Said, Spelt, spell

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

NAMED = ("PERSON", "ROTA", "title")
"""What stands for somebody who can be asked."""

Spellings = Mapping[str, tuple[Spelt, ...]]
"""What may be said, by the words with which it may begin."""

ABSENT = frozenset({"when", "whenever", "if", "while", "unless", "until", "till", "without", "than", "not", "once"})
"""Words before a name that tell that it is not this person who is meant."""

AROUND = frozenset({"side", "team", "people", "folks", "group", "guys", "department", "crew", "floor"})
"""Words after a name that tell that somebody near this person is meant: "one of Dana's people"."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is said about every phrase of a class: message ids, and where the thought comes from (app.rules.sources).

    `settled_by` names what may take such a phrase back (app.wording.setting). `better` has one example for each kind of
    field that it was written for, and one under "" for the others.
    """

    name: str
    why: str
    source: str
    better: Mapping[str, str]
    settled_by: tuple[str, ...]

    def better_in(self, place: Wording) -> str:
        return self.better.get(place.value, self.better[""])


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What makes a clause clear after all, although it holds a phrase: one of the `names` (PERSON, ROTA, ...), or
    something that is `said`, by the words with which that may begin. The phrases of a group share one."""

    names: frozenset[str]
    said: Spellings

    def places(self, said: Said) -> int:
        """Where one of them stands in a text, as bits. Who is away or not meant answers nothing: "when Dana is off"."""
        found = said.any_of(self.names) & ~(said.any_of(ABSENT) << 1) & ~(said.any_of(AROUND) >> 1)
        for word in self.said.keys() & said.at.keys():
            for spelt in self.said[word]:
                found |= spelt.begins(said)
        return found


@dataclass(frozen=True, slots=True, eq=False)
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


class Patterns:
    """All patterns. `nameless` are words of which no person is called: a "person" with such a name is a department, a
    mailbox or nobody."""

    def __init__(
        self,
        ready: Iterable[tuple[Pattern, frozenset[str]]],
        nameless: Iterable[str],
        around: Mapping[str, Answers],
        kinds: Mapping[str, Kind],
    ) -> None:
        """`ready` are patterns with the words that each may begin with; `kinds` are the classes by their names."""
        self.nameless = frozenset(nameless)
        self.around = around
        self.kinds = kinds
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
    lists = {name: _parted(entries) for name, entries in data["words"].items()}
    kinds = {
        name: Kind(
            name,
            entry["why"],
            entry["source"],
            {"": entry["better"], **entry.get("better_in", {})},
            tuple(entry.get("settled_by", ())),
        )
        for name, entry in data["kind"].items()
    }
    ready = []
    for group in data["group"]:
        answers = _answers(group, data["clear"], lists)
        for line in _lines(group["patterns"]):
            spelt = spell(line, lists).alone() if group.get("alone") else spell(line, lists)
            made = _made(group, kinds[group["kind"]], answers, spelt)
            ready.append((made, frozenset[str]() if made.whole else spelt.first_words()))
    around = {name: Answers(frozenset(), _spellings(block, lists)) for name, block in data["around"].items()}
    around["named"] = _answers({"answered_by": NAMED}, data["clear"], lists)
    return Patterns(ready, _parted(data["nameless"]), around, kinds)


def _parted(words: str) -> tuple[str, ...]:
    """A list as it is written: entries parted by commas, over as many lines as it takes."""
    return tuple(" ".join(entry.split()) for entry in words.split(","))


def _lines(text: str) -> Iterator[str]:
    """The patterns of a block, one a line; a line that is set in goes on with the one before."""
    whole = ""
    for line in text.strip().splitlines():
        if not line.startswith(" "):
            if whole:
                yield whole
            whole = line.rstrip()
        else:
            whole += line.strip() if whole.endswith("|") else f" {line.strip()}"
    yield whole


def _answers(group: Mapping[str, Any], clear: Mapping[str, str], lists: Lists) -> Answers:
    names = group.get("answered_by", ())
    blocks = [group["unless"]] if "unless" in group else []
    blocks += [clear[name] for name in names if name in clear]
    return Answers(frozenset(names) - clear.keys(), _spellings("\n".join(blocks), lists))


def _spellings(block: str, lists: Lists) -> Spellings:
    said: dict[str, tuple[Spelt, ...]] = {}
    for line in _lines(block) if block else ():
        spelt = spell(line, lists)
        for word in spelt.first_words():
            said[word] = (*said.get(word, ()), spelt)
    return said


def _made(group: Mapping[str, Any], kind: Kind, answers: Answers, spelt: Spelt) -> Pattern:
    return Pattern(
        kind,
        group["what"],
        frozenset(map(Wording, group.get("fields", ()))),
        answers,
        group.get("whole", False),
        spelt,
    )

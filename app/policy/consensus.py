"""What a silent vote shows: how far people agree on who owns each of the four (domain.md 1.2; product.md, "The
silent vote").

A person, the vendor and nobody are answers. A pass is none, and neither is a person who has left the project since:
they count against agreement, because somebody who names no one does not agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from app.model import vocabulary as v
from app.model.document import Document
from app.model.owners import Vote
from app.model.room import Person, Workshop

PERSON, VENDOR, NOBODY, PASS = (str(entry.value) for entry in v.VOTE_ANSWERS)
QUESTIONS = tuple(str(entry.value) for entry in v.OWNER_TYPES)

ENOUGH = Fraction(3, 4)
"""From this share on, the room agrees."""

FEWEST = 2
"""Voters below which there is nothing to agree on."""


class Answer(NamedTuple):
    """What one voter says to one question; `person` is an id where it is a person."""

    kind: str
    person: str | None = None

    @property
    def names(self) -> bool:
        """Whether it says anything: false for a pass, and for a person who has left the project."""
        return self.kind in (VENDOR, NOBODY) or (self.kind == PERSON and self.person is not None)


Ballot = Mapping[str, Answer]
"""Question -> answer, of one voter; a question that is left out is a pass."""


class Verdict(StrEnum):
    """How the answers to one question lie: one voter alone, agreed, more than half, or split."""

    ALONE = "alone"
    AGREED = "agreed"
    LEANING = "leaning"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question. `counts` holds what was named, the most frequent first; `voters` counts
    everybody who voted, those who passed included."""

    question: str
    counts: tuple[tuple[Answer, int], ...]
    voters: int

    @property
    def top(self) -> int:
        """How many gave the most frequent answer."""
        return self.counts[0][1] if self.counts else 0

    @property
    def leading(self) -> tuple[Answer, ...]:
        """The most frequent answer, or all that share the first place."""
        return tuple(answer for answer, count in self.counts if count == self.top)

    @property
    def silent(self) -> int:
        """How many named nothing."""
        return self.voters - sum(count for _, count in self.counts)

    @property
    def agreement(self) -> Fraction:
        """The share of voters who gave the most frequent answer."""
        return Fraction(self.top, self.voters) if self.voters else Fraction(0)

    @property
    def verdict(self) -> Verdict:
        if self.voters < FEWEST:
            return Verdict.ALONE
        if self.agreement >= ENOUGH:
            return Verdict.AGREED
        return Verdict.LEANING if self.agreement > Fraction(1, 2) else Verdict.SPLIT


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the vote: who answered what, by the id of the voter, in the order in which the votes are kept."""

    number: int
    ballots: Mapping[str, Ballot]

    def answer(self, voter: str, question: str) -> Answer:
        """What a voter answered."""
        return self.ballots[voter].get(question, Answer(PASS))

    def tallies(self) -> tuple[Tally, ...]:
        """The four questions, the most split one first."""
        found = [self._tally(question) for question in QUESTIONS]
        return tuple(sorted(found, key=lambda tally: (tally.agreement, -len(tally.counts))))

    def dissenters(self, question: str, answer: Answer) -> tuple[str, ...]:
        """The ids of those who answered a question otherwise; who passed did not."""
        return tuple(
            voter for voter in self.ballots if (given := self.answer(voter, question)).names and given != answer
        )

    def coefficient(self) -> Fraction | None:
        """Krippendorff's alpha over the four questions: 1 where all agree, 0 where they agree no more than chance
        would have it, below 0 where less than that.

        None where it means nothing: no question that two voters answered, or one answer everywhere, so that nothing
        shows whether people tell the questions apart.
        """
        return alpha([self._named(question) for question in QUESTIONS])

    def beyond_chance(self, question: str) -> Fraction | None:
        """The same for one question: how much less its answers differ than answers drawn from all four would.

        Over the questions that two voters answered, weighted by their answers, these make the coefficient of the
        round. None where that is None, and where fewer than two answered this question.
        """
        units = [unit for unit in map(self._named, QUESTIONS) if len(unit) > 1]
        unit = Counter(self._named(question))
        by_chance = _by_chance(sum(map(Counter, units), Counter[Answer]()))
        if not by_chance or unit.total() < FEWEST:
            return None
        return 1 - _disagreement(unit) / unit.total() / by_chance

    def _tally(self, question: str) -> Tally:
        return Tally(question, tuple(Counter(self._named(question)).most_common()), len(self.ballots))

    def _named(self, question: str) -> list[Answer]:
        """The answers to a question that say something."""
        return [given for voter in self.ballots if (given := self.answer(voter, question)).names]


def rounds(document: Document) -> tuple[Round, ...]:
    """Every round that is kept, the earliest first. Where somebody answered a question twice in a round, the later
    answer counts; a vote without a voter or a question is left out."""
    by_round: dict[int, dict[str, dict[str, Answer]]] = {}
    for vote in document.rows(Vote):
        if vote.voter and vote.question:
            ballot = by_round.setdefault(vote.round or 0, {}).setdefault(vote.voter, {})
            ballot[vote.question] = Answer(vote.answer or PASS, vote.person if vote.answer == PERSON else None)
    return tuple(Round(number, by_round[number]) for number in sorted(by_round))


def round_of(document: Document, number: int) -> Round | None:
    """The round with this number, if it is kept."""
    return next((each for each in rounds(document) if each.number == number), None)


def is_facilitator(document: Document, person: Person) -> bool:
    """Whether this person runs the workshop, and so does not vote."""
    name = document.only(Workshop).facilitator.casefold()
    return bool(name) and person.name.casefold() == name


def next_round(document: Document) -> int:
    """The number of the round that comes next."""
    return max((vote.round or 0 for vote in document.rows(Vote)), default=0) + 1


def alpha(units: Iterable[Sequence[Answer]]) -> Fraction | None:
    """Krippendorff's alpha for answers without an order among them; each unit holds the answers to one question.

    One less the disagreement that was observed over the disagreement that chance would give. Answers that stand
    alone in their unit say nothing about agreement and are left out. None where chance would give no disagreement.
    """
    counted = [Counter(unit) for unit in units if len(unit) > 1]
    everything = sum(counted, Counter[Answer]())
    by_chance = _by_chance(everything)
    if not by_chance:
        return None
    observed = sum((_disagreement(unit) for unit in counted), Fraction(0))
    return 1 - observed / everything.total() / by_chance


def _by_chance(everything: Counter[Answer]) -> Fraction:
    """The share of pairs that differ, of all that can be made of these answers whatever they were given to."""
    total = everything.total()
    if total < FEWEST:
        return Fraction(0)
    differing = total * total - sum(count * count for count in everything.values())
    return Fraction(differing, total * (total - 1))


def _disagreement(unit: Counter[Answer]) -> Fraction:
    """Pairs of voters in a unit who differ, both ways round, over how many others each is compared with."""
    size = unit.total()
    return Fraction(size * size - sum(count * count for count in unit.values()), size - 1)

"""What stands around a phrase and settles it: a name that follows, the past, a denial, a date (domain.md 1.11).

A phrase alone says little: "until March it was whoever had time; since then Lea Wirth" is a plain text. Each class says
in `settled_by` what takes its phrases back; the words by which that is told are in `[around]` of the same file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from app.wording.patterns import Answers
from app.wording.spelling import Said, places
from app.wording.tokens import NUMBER, Token

NEAR_BEFORE, NEAR_AFTER = 4, 6
"""How many words before a phrase may deny it, and how many after it may take it back."""

AROUND_IT = 50
"""How many words from a phrase a name or a figure still speaks of the same thing."""


class Setting:
    """The surroundings in one text. What is asked about the whole text is found out once, however many phrases ask."""

    def __init__(self, said: Said, tokens: Sequence[Token], around: Mapping[str, Answers]) -> None:
        self._said = said
        self._tokens = tokens
        self._around = around

    def settles(self, by: Sequence[str], first: int, last: int) -> bool:
        """Whether one of these takes back the phrase from the first to the last of these words."""
        return any(_WAYS[way](self, first, last) for way in by)

    def named_later(self, first: int, last: int) -> bool:
        """Somebody in particular is named further on: "anyone may raise one; Dana answers in 24 hours"."""
        return _any_between(self._named, last + 1, last + AROUND_IT)

    def concrete(self, first: int, last: int) -> bool:
        """Somebody is named and something is counted close by. Texts that leave something open rarely do both."""
        begin, end = first - AROUND_IT, last + AROUND_IT
        return _any_between(self._named, begin, end) and _any_between(self._counted, begin, end)

    def past(self, first: int, last: int) -> bool:
        """The clause tells how it was, and another how it is."""
        return self._over(first, last, "past") or self.former(first, last)

    def former(self, first: int, last: int) -> bool:
        """The same, said in so many words: "until March", "at first"."""
        return self._over(first, last, "former")

    def _over(self, first: int, last: int, name: str) -> bool:
        return self._tokens[first].clause in self._clauses_with[name] and self._now > last

    def supposed(self, first: int, last: int) -> bool:
        """It is a case that is thought of, and somebody is named for it: "when the post is vacant, the VP Support"."""
        opening = self._openings[bisect_right(self._openings, first) - 1]
        return opening in self._places_of["condition"] and self.named_later(first, last)

    def denied(self, first: int, last: int) -> bool:
        """It is said not to be so: "not the vendor", "no longer by mail to all"."""
        for at in range(first - 1, max(first - NEAR_BEFORE, 0) - 1, -1):
            if self._tokens[at + 1].opens:
                return False
            if at in self._places_of["denial"]:
                return True
        return False

    def taken_back(self, first: int, last: int) -> bool:
        """What follows says that they have no part in it, or are merely told: "the vendor may change nothing"."""
        return self._followed_by("taken_back", last)

    def advising(self, first: int, last: int) -> bool:
        """What follows says that they report or are heard: "the team of six reports to him"."""
        return self._followed_by("advising", last)

    def _followed_by(self, name: str, last: int) -> bool:
        for at in range(last + 1, min(last + 1 + NEAR_AFTER, len(self._tokens))):
            if self._tokens[at].opens:
                return False
            if at in self._places_of[name]:
                return True
        return False

    def dated(self, first: int, last: int) -> bool:
        """A day stands in the same clause: "for now, to be exact until 30 September"."""
        return self._tokens[first].clause in self._clauses_with["date"]

    def repeated(self, first: int, last: int) -> bool:
        """The text says that it is done again and again, or when it is done next."""
        return bool(self._places_of["again"])

    def figures(self, first: int, last: int) -> bool:
        """The text counts, or names somebody, outside the phrase: slogans do neither."""
        begin, end = first - AROUND_IT, last + AROUND_IT
        return any(
            _any_between(found, begin, first - 1) or _any_between(found, last + 1, end)
            for found in (self._counted, self._named)
        )

    @cached_property
    def _openings(self) -> list[int]:
        return sorted(self._said.edges)

    @cached_property
    def _now(self) -> int:
        """The last place that tells how it is today; -1 where none does."""
        return max(self._places_of["now"], default=-1)

    @cached_property
    def _counted(self) -> list[int]:
        return places(self._said.at.get(NUMBER, 0))

    @cached_property
    def _named(self) -> list[int]:
        """Where somebody is named; who is merely told does not count."""
        told = self._around["told"].places(self._said)
        return places(self._around["named"].places(self._said) & ~(told >> 1))

    @cached_property
    def _places_of(self) -> Mapping[str, frozenset[int]]:
        return {name: frozenset(places(cues.places(self._said))) for name, cues in self._around.items()}

    @cached_property
    def _clauses_with(self) -> Mapping[str, frozenset[int]]:
        return {name: frozenset(self._tokens[at].clause for at in found) for name, found in self._places_of.items()}


def _any_between(found: Sequence[int], begin: int, end: int) -> bool:
    """Whether one of these places, which are in order, lies between two."""
    at = bisect_left(found, begin)
    return at < len(found) and found[at] <= end


_WAYS: Mapping[str, Callable[[Setting, int, int], bool]] = {
    "named_later": Setting.named_later,
    "concrete": Setting.concrete,
    "past": Setting.past,
    "former": Setting.former,
    "supposed": Setting.supposed,
    "denied": Setting.denied,
    "taken_back": Setting.taken_back,
    "advising": Setting.advising,
    "dated": Setting.dated,
    "repeated": Setting.repeated,
    "figures": Setting.figures,
}

"""Whether a text says anybody, anything or any moment in particular (domain.md 1.11).

A field that asks who, or by when, may hold no vague phrase and still say nothing: "files with unclear liability are
looked at thoroughly". What a text that says something has in it is plain to see: somebody known, a title, a capital, a
figure, a day, a quotation, a place with a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.model.fields import Wording
from app.wording.patterns import Answers
from app.wording.spelling import BREAK, Said, places
from app.wording.tokens import ADDRESS, CHANNEL, NUMBER, PERSON, QUEUE, ROTA, Token

FEWEST_WORDS = 3
"""A text with fewer words is a heading or a label, not a statement."""

UNSAID = {Wording.OWNER: "vague_actor", Wording.DESTINATION: "no_destination", Wording.STOP: "vague_actor"}
"""The class of a text that says nothing, by what its field says."""

_KNOWN = frozenset({PERSON, ROTA, QUEUE, ADDRESS, CHANNEL, NUMBER})

# A quotation, a figure within a word (P1, v2), a name made of parts (triage.enabled, PagerDuty).
_MARKED = re.compile(r"[\"“”„«»]|\d|\w[._]\w|[^\W\d_A-Z][A-Z]")


def says_nothing(text: str, said: Said, tokens: Sequence[Token], around: Mapping[str, Answers]) -> bool:
    """Whether a statement names nobody, no place and no moment.

    `around` gives the words that do ("named", "particular"), and those whose capital is no proper name ("common")."""
    if sum(token.word != BREAK for token in tokens) < FEWEST_WORDS:
        return False
    if not _KNOWN.isdisjoint(said.at) or _MARKED.search(text):
        return False
    if around["named"].places(said) or around["particular"].places(said):
        return False
    return text.isupper() or not _has_proper_name(text, said, tokens, around)


def first_clause(tokens: Sequence[Token]) -> tuple[int, int]:
    """The places of the first and last word up to where the text is first parted."""
    first = next(at for at, token in enumerate(tokens) if token.word != BREAK)
    last = first
    while last + 1 < len(tokens) and not tokens[last + 1].opens and tokens[last + 1].word != BREAK:
        last += 1
    return first, last


def _has_proper_name(text: str, said: Said, tokens: Sequence[Token], around: Mapping[str, Answers]) -> bool:
    """Whether a word has a capital that no beginning explains, or one does something: "Petra decides"."""
    common, doing = (frozenset(places(around[name].places(said))) for name in ("common", "doing"))
    return any(
        text[token.start].isupper() and at not in common and (not token.opens or at + 1 in doing)
        for at, token in enumerate(tokens)
    )

"""Whether a boundary statement says what is done, and what goes to a person (domain.md 1.1: 2).

A word list cannot read. So a statement is only called a slogan where nothing in it looks like an act, and what it may
mean is decided for it: whoever writes in their own way is believed.
"""

from __future__ import annotations

import re

from app.policy.subjects import stem


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


_ACTS = _stems(
    "add apply approve archive assemble assign attach block book calculate cancel categorise categorize change check "
    "choose classify clear close collect compare compile confirm convert copy correct count create decline delete "
    "deny detect disable draft enter escalate estimate extract fetch fill find flag forward gather generate grant "
    "hold identify import inform install list lock log look mark match merge move notify open pay pick place post "
    "prepare print propose publish pull read reassign recommend reconcile record refund register reject release "
    "remind remove rename renew reopen reorder replace reply reset restart return reverse review revoke route scan "
    "schedule score search select send separate set show sign sort split stop submit suggest summarise summarize "
    "suspend tag tell translate triage type unlock update upload validate verify watch write"
)
"""Verbs that say what is done, wherever they stand."""

_MAYBE_NOUNS = _stems(
    "answer ask call charge contact issue label message order query quote rank report request transfer"
)
"""Verbs that are nouns as often: they say what is done where a clause begins with them."""

_SAYS_LITTLE = _stems(
    "accelerate act aim allow assist automate be boost bring cover deal deliver drive ease empower enable enhance "
    "ensure facilitate free guarantee handle help improve increase let lift lower maintain make manage maximise "
    "maximize minimise minimize modernise modernize offer optimise optimize provide reduce relieve resolve "
    "revolutionise save scale serve simplify solve speed strengthen streamline support take transform use work"
)
"""Verbs that promise something and say nothing of how."""

_NO_VERB = _set(
    "a ai all an and any automated automation automatic best better bot chatbot cutting digital fast first for from "
    "fully fullstack future in innovative intelligent it its modern new next of on one our powered seamless simple "
    "smart smarter support that the this through to virtual we will with world"
)
"""Words that a slogan begins with in place of a verb."""

_HANDS_OVER = _set(
    "else escalate escalates except forwards go goes handed hands leave leaves never nobody none not nothing only "
    "otherwise pass passed passes refers rest route routed routes stays unless wait waits"
)
"""Words by which a statement leaves something out, or to somebody."""

_CLAUSE = re.compile(r"[.;:\n]+")
_PART = re.compile(r"[,/]|\b(?:and|or|then|it|agent|bot)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+")


def says_an_act(statement: str) -> bool:
    """Whether a statement has a verb that says what is done: it classifies, drafts, looks up."""
    return any(_is_an_act(clause) for clause in _CLAUSE.split(statement))


def _is_an_act(clause: str) -> bool:
    words = _WORD.findall(clause.casefold())
    # A verb without an object, which is another word, says nothing either.
    if len(words) < 2:
        return False
    first = words[0]
    unheard_of = first not in _NO_VERB and stem(first) not in _SAYS_LITTLE | _MAYBE_NOUNS
    return unheard_of or any(map(_is_a_verb, words)) or any(map(_begins_with_one, _PART.split(clause)))


def _is_a_verb(word: str) -> bool:
    """Whether a word is one of these verbs as a statement has them: classifies, or classify; routing is a noun too."""
    return stem(word) in _ACTS and not word.endswith(("ing", "ings", "ment", "ments", "ion", "ions", "ed"))


def _begins_with_one(part: str) -> bool:
    words = _WORD.findall(part.casefold())
    return len(words) > 1 and stem(words[0]) in _MAYBE_NOUNS


def says_what_is_left(statement: str) -> bool:
    """Whether a statement says what goes to somebody, or is not done."""
    return not _HANDS_OVER.isdisjoint(_WORD.findall(statement.casefold()))

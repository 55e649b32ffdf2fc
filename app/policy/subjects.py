"""What the lines of the boundary and the actions are about, by their words (domain.md 1.13, 148).

Words only hint. So a line counts as crossed where all of its words come up again in what is done, and the act is about
them: "send replies about refunds" sends replies. A line that draws a limit, such as "refunds above 50", crosses none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from app.model.boundary import BoundaryLine
from app.model.document import Document, Table

_WORD = re.compile(r"[^\W_]+")
_ITEM = re.compile(r"[,;/]|\b(?:and|or)\b", re.I)
_ENDINGS = ("lation", "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "e", "y")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its ending: refund for refunds and refunding, cancel for cancellation."""
    folded = word.casefold()
    ending = next((each for each in _ENDINGS if folded.endswith(each) and len(folded) - len(each) >= 3), "")
    short = folded.removesuffix(ending)
    return short[:-1] if len(short) > 3 and short[-1] == short[-2] else short


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


_EMPTY = _set("a an the this that these those it them its their our any all some small simple minor")
_VAGUE = _stems("amount amounts customer customers client clients")
"""Words that say no more about what is done."""

_THEN = _set(
    "about above after at before below between by for from if in into less more of on over per than through to under "
    "until up when where which who with within without"
)
"""Words at which the object of an act ends."""

_LIMITS = _set(
    "above after another before below beyond except less more not other outside over than under unless until up without"
)
"""Words, and numbers, by which a line draws a limit instead of naming a kind of case."""

_HANDLES = _stems(
    "answer approve assess carry deal decide do execute give handle issue judge make manage perform process resolve "
    "review settle treat"
)
"""Verbs that say nothing of their own: what is handled is what matters."""

_LEAVES_ALONE = _stems(
    "alert ask assemble assign check classify collect count detect draft email escalate extract fetch find flag "
    "forward gather hand hold inform label list log look mark match monitor note notify pass place prepare propose "
    "pull queue read recommend record report route score search sort suggest summarise summarize tag tell transfer "
    "triage view"
)
"""Verbs that look at a case, or pass it on, and so do nothing about it."""

_SAYS_IT_ALL = _stems("cancel compensate pay refund reimburse terminate waive")
"""Verbs that name the kind of case by themselves: whoever refunds makes a refund, of whatever it is."""


class Act(NamedTuple):
    """What is done: the verb, the words of its object, and the last of them, which the others are about."""

    verb: str
    about: frozenset[str]
    head: str


class Subject(NamedTuple):
    """One kind of case of a line: its verb, empty where that only says that the case is handled, and its words."""

    verb: str
    words: frozenset[str]


@lru_cache(maxsize=4096)
def act(verb: str, object: str) -> Act:
    """What somebody does by these words, such as refund, small amounts."""
    kept: list[str] = []
    for word in _WORD.findall(object.casefold()):
        if word in _THEN and kept:
            break
        if word not in _EMPTY and word not in _THEN and stem(word) not in _VAGUE:
            kept.append(stem(word))
    done = stem(verb.strip())
    return Act(done, frozenset(kept) - {done}, kept[-1] if kept else "")


def act_called(name: str) -> Act:
    """The act that an action's name says: its first word is the verb."""
    verb, _, object = name.strip().partition(" ")
    return act(verb, object)


def _subjects(verb: str, object: str, condition: str) -> tuple[Subject, ...]:
    """The kinds of case that a line names without a limit."""
    if _draws_a_limit(condition):
        return ()
    does = stem(verb.strip())
    found = []
    for item in _ITEM.split(object):
        said = [word for word in _WORD.findall(item.casefold()) if word not in _EMPTY and word not in _THEN]
        words = frozenset(stem(word) for word in said) - _VAGUE
        if words and not _draws_a_limit(item):
            found.append(Subject("" if does in _HANDLES else does, words))
    return tuple(found)


def _draws_a_limit(text: str) -> bool:
    return any(word in _LIMITS or any(map(str.isdigit, word)) for word in _WORD.findall(text.casefold()))


def crossed(document: Document, done: Act) -> BoundaryLine | None:
    """The line that goes to a person, or is barred, whose cases the act is about; None where it keeps clear of all."""
    if not done.verb or done.verb in _LEAVES_ALONE:
        return None
    lines = _lines_by_word(document.table(BoundaryLine.spec.kind))
    named = (each for word in sorted(done.about | {done.verb}) for each in lines.get(word, ()))
    return next((line for line, subject in named if _is_about(done, subject)), None)


def allowed_by(document: Document, done: Act) -> BoundaryLine | None:
    """The line that lets the agent do by the same verb what shares most words with an act; None where none does."""
    shared = (
        (len(act(line.verb, line.object).about & done.about), line)
        for line in document.rows(BoundaryLine)
        if line.side == "may" and stem(line.verb.strip()) == done.verb
    )
    most, likely = max(shared, key=itemgetter(0), default=(0, None))
    return likely if most else None


@lru_cache(maxsize=4)
def _lines_by_word(table: Table) -> Mapping[str, list[tuple[BoundaryLine, Subject]]]:
    """Word -> the lines that leave it to people or bar it, with the kind of case that it is a word of."""
    found: dict[str, list[tuple[BoundaryLine, Subject]]] = {}
    for line in table.ordered:
        assert isinstance(line, BoundaryLine)
        for subject in (
            _subjects(line.verb, line.object, line.condition) if line.side in ("routes_out", "barred") else ()
        ):
            for word in subject.words | ({subject.verb} if subject.verb else set()):
                found.setdefault(word, []).append((line, subject))
    return found


def _is_about(done: Act, subject: Subject) -> bool:
    if subject.verb in _SAYS_IT_ALL and done.verb == subject.verb and not done.about:
        return True
    words = subject.words | ({subject.verb} if subject.verb else set())
    if not words <= done.about | {done.verb}:
        return False
    return done.verb in words or done.head in words or done.verb in _HANDLES

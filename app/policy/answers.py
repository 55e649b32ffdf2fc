"""Answers of a silent vote in words, and how far they agree (product.md, "The silent vote")."""

from __future__ import annotations

from fractions import Fraction

from app.messages import Message, msg, words
from app.model.document import Document
from app.model.room import Agent, Person
from app.policy.consensus import NOBODY, PASS, PERSON, VENDOR, Answer, Tally, Verdict
from app.policy.names import told_apart

WAYS = {2: "Split two ways", 3: "Split three ways", 4: "Split four ways", 5: "Split five ways", 6: "Split six ways"}


def name_of(document: Document, person: str | None) -> str:
    """A person's name, told apart from others of that name, also where none is written down yet."""
    found = document.get(Person, person)
    return (told_apart(document, found) if found else "") or words("A person without a name")


def said(document: Document, answer: Answer) -> str:
    """An answer in words: a name, the vendor by its name, nobody, or a pass."""
    if answer.kind == VENDOR:
        return document.only(Agent).vendor or words("The vendor")
    if answer.kind == NOBODY:
        return words("Nobody")
    if answer.kind == PASS:
        return words("Passed")
    return name_of(document, answer.person) if answer.person else words("No longer here")


def verdict(document: Document, tally: Tally) -> Message:
    """How the answers to a question lie, in two or three words."""
    if not tally.counts:
        return msg("Everybody passed")
    if tally.verdict is Verdict.ALONE:
        return msg("One voter alone")
    if tally.verdict is Verdict.SPLIT:
        ways = len(tally.counts)
        if ways == 1:
            return msg("Most passed")
        return msg(WAYS[ways]) if ways in WAYS else msg("Split {ways} ways", ways=ways)
    if tally.leading[0].kind == PERSON:
        return msg("Agreed") if tally.verdict is Verdict.AGREED else msg("More than half")
    return msg("Agreed: {answer}", answer=said(document, tally.leading[0]))


def remark(document: Document, tally: Tally) -> str:
    """What there is to say about the answers to a question before it is decided."""
    parts = []
    if tally.counts:
        names = ", ".join(said(document, answer) for answer in tally.leading)
        if len(tally.leading) > 1:
            each = msg("{names}: {top} of {all} each.", names=names, top=tally.top, all=tally.voters)
        else:
            each = msg("{name}: {top} of {all}.", name=names, top=tally.top, all=tally.voters)
        parts.append(words(each))
    others = [(answer, count) for answer, count in tally.counts if answer not in tally.leading]
    if others:
        named = ", ".join(f"{said(document, answer)} {count}" for answer, count in others)
        parts.append(words(msg("Also: {named}.", named=named)))
    if tally.silent:
        parts.append(words(msg("{count} named no one.", count=tally.silent)))
    return " ".join(parts)


def figure(coefficient: Fraction) -> str:
    """A coefficient of agreement as it is printed: two digits, and a minus that is as wide as one."""
    return f"{float(round(coefficient, 2)):.2f}".replace("-", "−").replace("−0.00", "0.00")

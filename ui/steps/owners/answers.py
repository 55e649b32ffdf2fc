"""Answers of a silent vote in words, and what there is to choose from."""

from __future__ import annotations

from app.messages import Message, msg, words
from app.model.document import Document
from app.model.room import Agent, Person, Workshop
from app.policy.consensus import NOBODY, PASS, PERSON, VENDOR, Answer, Tally, Verdict
from ui.widgets.suggestions import Suggestion

QUESTION = "Who did each of us think owned it?"

WAYS = {2: "Split two ways", 3: "Split three ways", 4: "Split four ways", 5: "Split five ways", 6: "Split six ways"}


def name_of(document: Document, person: str | None) -> str:
    """A person's name, also where none is written down yet."""
    found = document.get(Person, person)
    return (found.name if found else "") or words("A person without a name")


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


def candidates(document: Document) -> list[Suggestion]:
    """Everything that a voter can answer: all people, also those who are not in the room; the vendor; nobody; pass."""
    people = document.rows(Person)
    somebody_here = any(person.present for person in people)
    found = []
    for person in people:
        away = words("not in the room") if somebody_here and not person.present else ""
        detail = " · ".join(part for part in (person.title, person.function, away) if part)
        found.append(Suggestion(name_of(document, person.id), detail, Answer(PERSON, person.id)))
    vendor = document.only(Agent).vendor
    return [
        *found,
        Suggestion(words("Vendor"), vendor, Answer(VENDOR)),
        Suggestion(words("Nobody"), words("no one owns it today"), Answer(NOBODY)),
        Suggestion(words("Pass"), words("I would rather not say, or do not know"), Answer(PASS)),
    ]


def is_facilitator(document: Document, person: Person) -> bool:
    """Whether this person runs the workshop, and so does not vote."""
    name = document.only(Workshop).facilitator.casefold()
    return bool(name) and person.name.casefold() == name

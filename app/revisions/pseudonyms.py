"""A project without names: everybody under a pseudonym, the same in each copy of the same project.

People are numbered in the order in which they came into the project, so that those who come later change no number.
Whoever is named without ever having had a row, such as the author of a step, is “Name 1”, in the order of the log.
"""

from __future__ import annotations

import re

from app.interchange import Project, as_json, from_json
from app.messages import Message, msg, number_of
from app.model.commit import Revision, Signature
from app.model.owners import Handover
from app.revisions.folding import folded
from app.revisions.redaction import Known, Redacted, Redaction, known_people


def without_names(project: Project) -> Redacted:
    """The project for a reader who is not to know who is who: without private rows and fields, which hold the votes,
    and with a pseudonym wherever somebody was named."""
    return Redaction(*_pseudonyms(project), everybody=True).project(from_json(as_json(project)))


def names_somebody(project: Project, file_name: str) -> bool:
    """Whether the name of a file names somebody of the project, in one word or several, also within a longer word."""
    instead, people = _pseudonyms(project)
    if Redaction(instead, people, everybody=True).in_file_name(file_name):
        return True
    return any(
        _in_one_word(name) in _in_one_word(file_name)
        for known in people
        for name in known.names
        if len(name.split()) > 1
    )


def _pseudonyms(project: Project) -> tuple[dict[str, str], tuple[Known, ...]]:
    """The pseudonym by id of everybody who is named, and who that is."""
    people = known_people(project)
    named = {name for known in people for name in known.names}
    others = [name for name in _other_names(from_json(as_json(project))) if name not in named]
    instead = {known.id: f"Person {number}" for number, known in enumerate(people, 1)}
    more = [Known(f"name {number}", (name,)) for number, name in enumerate(others, 1)]
    instead |= {known.id: f"Name {number}" for number, known in enumerate(more, 1)}
    return instead, (*people, *more)


def _in_one_word(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))


def told(redacted: Redacted) -> Message:
    """What whoever sends such a copy must know."""
    places = number_of(redacted.places, "Names were replaced in 1 place.", "Names were replaced in {count} places.")
    return msg(
        "{places} Other hints may remain, such as a title, a name that is an ordinary word too at the beginning of a "
        "sentence, or what a text tells about somebody: read it before you send it.",
        places=places,
    )


def _other_names(project: Project) -> tuple[str, ...]:
    """Names of people that stand in a text of their own: authors, signers, and who withdrew or left."""
    found: dict[str, None] = {}
    for entry in project.log:
        found[entry.author] = None
        for change in entry.changes:
            for row in (change.before, change.after):
                if isinstance(row, Handover):
                    found[row.from_name] = None
                elif isinstance(row, Signature):
                    found[row.name] = None
                elif isinstance(row, Revision):
                    found[row.withdrawn_by] = None
    found |= dict.fromkeys(row.from_name for row in project.document.rows(Handover))
    found |= dict.fromkeys(row.name for row in project.document.rows(Signature))
    found |= dict.fromkeys(row.withdrawn_by for row in project.document.rows(Revision))
    return tuple(name for name in found if name)

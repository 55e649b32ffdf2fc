"""Erasing one person from a project: what goes, where they stand, and the same done to another copy of it.

What goes is the name in every form (app.revisions.redaction), the ways to reach them, and their drawn signatures; it
goes from the rows, the log and what the revisions kept. What stays is what they did and held, under “Erased person 1”.
The log says that somebody was erased, and when, and not who; undo stops there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.edits.generic import change_set
from app.errors import USAGE, AppError
from app.interchange import Plain, Project, canonical
from app.messages import Message, msg
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import fields_of
from app.model.ids import Mint
from app.model.log import Log
from app.model.names import erased_name, is_erased, same_name
from app.model.names import plain as plain_name
from app.model.room import Agent, Person
from app.model.row import as_plain, with_fields
from app.policy.names import everybody_called, person_called
from app.revisions import chain
from app.revisions.folding import folded
from app.revisions.past import shared
from app.revisions.redaction import Known, Redacted, Redaction, known_people
from app.revisions.spellings import Counts, key_of

LEFT_DOMAIN = b"ownermap left of the sign-off 1\n"

_HANDLES = (
    "And what user names are made of, such as {spellings}: those that may be another word only in mail addresses, "
    "paths, links and names of files."
)
_ORDINARY = (
    "Ordinary words too, and so looked for with a capital letter only: {spellings}. At the beginning of a sentence, "
    "without another part of the name, they are not taken for them: look for these by hand."
)


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to erase: everything that is known of them, and how they are called from then on.

    Somebody who was removed and added again is known more than once.
    """

    known: tuple[Known, ...]
    instead: str

    @property
    def name(self) -> str:
        """The name that they have now, or had last."""
        return self.known[0].names[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that they ever had."""
        return tuple(dict.fromkeys(name for known in self.known for name in known.names))

    def joined(self, here: Iterable[Known]) -> tuple[Known, ...]:
        """What is known of them, and what another copy knows of the same people."""
        ids = {known.id for known in self.known}
        also = [known for known in here if known.id in ids]
        both = [Known(k.id, tuple(n for n in k.names if not is_erased(n)), k.reached) for k in also]
        return (*self.known, *both)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: rows that name them, steps of the log, revisions, signatures, and places in all."""

    rows: int
    steps: int
    revisions: int
    signatures: int
    places: int

    def lines(self) -> tuple[Message, ...]:
        """The same in words, a line each."""
        told = (
            (self.rows, msg("Rows that name them: {count}", count=self.rows)),
            (self.steps, msg("Steps of the history that name them: {count}", count=self.steps)),
            (self.revisions, msg("Frozen revisions that name them: {count}", count=self.revisions)),
            (self.signatures, msg("Signatures of theirs, or that name them: {count}", count=self.signatures)),
        )
        return tuple(line for count, line in told if count)


@dataclass(frozen=True, slots=True)
class Looked:
    """The spellings in which a person is looked for, as people read them: those that are found anywhere, those that
    count with a capital letter only, ordinary words that count where they are written as a name, what user names are
    made of, and those that stay, because others share them."""

    anywhere: tuple[str, ...]
    capital: tuple[str, ...]
    ordinary: tuple[str, ...]
    handles: tuple[str, ...]
    shared: tuple[str, ...]

    def lines(self) -> tuple[Message, ...]:
        """The same in words, a line each."""
        told = (
            (self.anywhere, "Looked for, whatever the capitals, accents, apostrophes and hyphens: {spellings}"),
            (self.capital, "Looked for with a capital letter only: {spellings}"),
            (self.ordinary, _ORDINARY),
            (self.handles[:1], _HANDLES),
            (self.shared, "Left where they stand alone, because others share them: {spellings}"),
        )
        return tuple(msg(said, spellings=", ".join(spellings)) for spellings, said in told if spellings)


def target(project: Project, person: str) -> Target:
    """The one person whose name, "Name (Title)" or id this is, or was. An AppError when it is nobody, or several, with
    what to write instead."""
    document = project.document
    everybody = {known.id: known for known in known_people(project) if not is_erased(known.names[-1])}
    called = any(row.id in everybody for row in everybody_called(document, person))
    known = everybody[person_called(document, person).id] if called else _known_as(everybody.values(), person)
    name = plain_name(known.names[-1])
    here = [row.id for row in document.rows(Person) if plain_name(row.name) == name]
    if len(here) > 1 and not called and known.id != person:
        # It was a name that they had, or as a keyboard types it: several have what it stands for.
        person_called(document, name)
    same = [known]
    if len(here) < 2:
        # Somebody who was removed and added again.
        same = sorted(
            (each for each in everybody.values() if plain_name(each.names[-1]) == name),
            key=lambda each: each.id not in here,
        )
    number = (document.only(Agent).erasures or 0) + 1
    return Target(tuple(same), erased_name(number))


def _known_as(everybody: Iterable[Known], person: str) -> Known:
    """The one person of whom this is the id, or a name that they have or had, or either as a keyboard types it: without
    accents, with plain apostrophes and hyphens. Raises AppError; a spelling in which texts are searched is only asked
    about."""
    people = tuple(everybody)
    said, typed = plain_name(person), _folded(person)
    ways: tuple[Callable[[Known], bool], ...] = (
        lambda known: known.id == person,
        lambda known: said == plain_name(known.names[-1]),
        lambda known: said in map(plain_name, known.names),
        lambda known: typed == _folded(known.names[-1]),
        lambda known: typed in map(_folded, known.names),
    )
    for way in ways:
        found = [known for known in people if way(known)]
        names = _names_now(found)
        if len(names) > 1:
            raise AppError(
                msg("“{name}” may be any of: {people}.", name=person, people=", ".join(names)),
                msg("Write the name as the project does."),
                exit_code=USAGE,
            )
        if found:
            return found[0]
    key, advice = key_of(person), None
    meant = _names_now(known for known in people if any(each.key == key for each in known.spellings))
    if len(meant) == 1:
        advice = msg("Did you mean “{name}”? Then write the name so.", name=meant[0])
    elif listed := _names_now(people):
        advice = msg("There are: {people}.", people=", ".join(listed))
    raise AppError(msg("Nobody here is, or was, called “{name}”.", name=person), advice, exit_code=USAGE)


def _names_now(people: Iterable[Known]) -> tuple[str, ...]:
    """The names that they have now, or had last, each once."""
    return tuple({plain_name(known.names[-1]): known.names[-1] for known in people}.values())


def _folded(name: str) -> str:
    return " ".join(folded(name).split())


def without(project: Project, target: Target) -> Redacted:
    """The project without this person; the log does not say so yet (`noted`)."""
    return _redaction(project, target).project(project)


def typed_without(project: Project, target: Target) -> Callable[[str, str], str]:
    """What is left, without this person, of a text that was typed into the row with this id and that no field has taken
    yet: nothing, where the row is theirs, since it may be a name of theirs, or a way to reach them, by half."""
    redaction, theirs = _redaction(project, target), {known.id for known in target.known}
    return lambda row, text: "" if row in theirs else redaction.text(text)


def only_theirs(project: Project, target: Target) -> tuple[str, ...]:
    """The names that this person ever had, and that nobody else has now."""
    ids = {known.id for known in target.known}
    others = [row.name for row in project.document.rows(Person) if row.id not in ids]
    return tuple(name for name in target.names if not any(same_name(name, other) for other in others))


def names_in(project: Project, target: Target, path: str) -> bool:
    """Whether a path names this person."""
    return _redaction(project, target).in_file_name(path)


def looked_for(project: Project, target: Target) -> Looked:
    """In which spellings this person is looked for."""
    redaction = _redaction(project, target)

    def shown(*counts: Counts) -> tuple[str, ...]:
        found = (each.shown for each in redaction.looked_for if each.counts in counts and not each.handle)
        return tuple(dict.fromkeys(found))

    handles = tuple(dict.fromkeys(each.shown for each in redaction.looked_for if each.handle))
    shared = tuple(dict.fromkeys(each.shown for each in redaction.shared if not each.handle))
    named = shown(Counts.NAMED)
    # Several words of a name are no ordinary word.
    ordinary = tuple(each for each in named if " " not in each)
    capital = (*shown(Counts.CAPITAL), *(each for each in named if " " in each))
    return Looked(shown(Counts.ANYWHERE, Counts.ACCENT), capital, ordinary, handles, shared)


def _redaction(project: Project, target: Target) -> Redaction:
    here = known_people(project)
    instead = {known.id: target.instead for known in target.known}
    return Redaction(instead, target.joined(here), [known for known in here if known.id not in instead])


def noted(project: Project, mint: Mint) -> Project:
    """The project with the step that says that somebody was erased.

    The step carries the hash of what is left of the sign-off: a revision that is signed from then on binds the history,
    and so what was left, for good.
    """
    agent = project.document.only(Agent)
    after = with_fields(agent, {"erasures": (agent.erasures or 0) + 1})
    made = change_set(mint, msg("A person was erased", left=left(project.document)), [RowChange(agent, after)])
    assert made is not None
    return Project(project.document.apply(made), Log([*project.log, made]))


def standing(project: Project, target: Target) -> Standing:
    """Where this person stands, before anything is erased."""
    after = without(project, target)
    was, now = project.document, after.project.document
    changed = [row for row in was if now.find(row.id) != row]
    revisions = sum(isinstance(row, Revision) for row in changed)
    signatures = sum(isinstance(row, Signature) for row in changed)
    steps = sum(before != since for before, since in zip(project.log, after.project.log, strict=True))
    return Standing(len(changed) - revisions - signatures, steps, revisions, signatures, after.places)


@dataclass(frozen=True, slots=True)
class Noted:
    """The step that tells of the last erasure: its place in the shared history, counted from 1, and what was left."""

    place: int
    left: str


def last_noted(log: Iterable[ChangeSet]) -> Noted | None:
    """The last erasure that a history tells of; None where it tells of none."""
    found = None
    for place, step in enumerate(shared(log), 1):
        if any(change.before and isinstance(change.after, Agent) and change.final for change in step.changes):
            found = Noted(place, str(dict(step.label.params).get("left", "")))
    return found


def left(document: Document) -> str:
    """The hash, in hex, of every revision and signature from which names were taken out, as they stand.

    What may still come to them is left out: their place in lists, where a person points to, and a withdrawal that can
    be computed and so speaks for itself.
    """
    rows = [_left(document, row) for row in document.rows(Revision) if row.erased is not None]
    rows += [_left(document, row) for row in document.rows(Signature) if row.erased is not None]
    content = {"project": document.project_id, "rows": sorted(rows, key=lambda row: str(row["id"]))}
    return hashlib.sha256(LEFT_DOMAIN + canonical(content)).hexdigest()


def _left(document: Document, row: Revision | Signature) -> Plain:
    plain, declared = as_plain(row), fields_of(type(row))
    filled = {"id": row.id, **{name: plain[name] for name, f in declared.items() if row.value(name) != f.empty}}
    gone = {"person"}
    if isinstance(row, Revision) and row.withdrawn_entry == chain.withdrawal_digest(document.project_id, row):
        gone |= {name for name in filled if name.startswith("withdrawn_")}
    return {name: value for name, value in filled.items() if name not in gone}


def alike(copy: Project, project: Project) -> Project:
    """A copy from before, without those whom the project has erased since; the copy itself where there is nobody."""
    theirs = {known.id: known for known in known_people(copy)}
    for known in known_people(project):
        at_hand, instead = theirs.get(known.id), known.names[-1]
        if at_hand is not None and is_erased(instead) and not is_erased(at_hand.names[-1]):
            copy = without(copy, Target((at_hand,), instead)).project
    return copy

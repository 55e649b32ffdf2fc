"""Merging a second copy of a project, as the window and the command do it: read, compare, tell in words, take over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from app.edits import Edit
from app.errors import AppError
from app.interchange import Project
from app.messages import Message, in_one, msg, shown, words
from app.model.changes import ChangeSet, RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import fields_of
from app.model.ids import Mint
from app.model.log import Log
from app.model.room import Agent
from app.model.row import Row
from app.report.changes import title, told
from app.report.display import display, heading, moment_words
from app.report.material import Material
from app.revisions import signoff
from app.revisions.merging import RANK, Choices, Comparison, Item, Side, compare, merge, outcome
from app.revisions.seats import seat_called
from app.store.backups import Reason as Reason
from app.store.copies import mark_of
from app.store.opening import inspect
from app.verdict import key_words, lacks_its_key, signature_lines
from app.workspace import Workspace


class HasBackups(Protocol):
    """The open file, as a merge needs it."""

    def keep_backup(self, reason: Reason) -> None:
        """Keep the file as it is now. Raises AppError."""


@dataclass(frozen=True)
class Copy:
    """A second copy of a project: its file, what it holds, and how the log names it."""

    path: Path
    project: Project
    mark: str


@dataclass(frozen=True, slots=True)
class Told:
    """One difference in words: the row, the field or what happened to it, and what stands in each."""

    about: str
    what: str
    base: str
    ours: str
    theirs: str
    why: str = ""


def read_copy(path: Path) -> Copy:
    """The copy in a file; Unreadable when it holds no project."""
    found = inspect(path)
    return Copy(path, found.project, mark_of(found.sha256))


def unite(other: Document) -> Edit:
    """Take over the signatures of another copy of the same revision (app.revisions.signoff.unite).

    Raises AppError, besides, for a signature that lacks the key which is known here for its name: it would fill the
    seat of somebody who did not sign.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        made = signoff.unite(other)(document, mint)
        for change in made.changes if made is not None else ():
            if isinstance(change.after, Signature) and lacks_its_key(change.after):
                raise AppError(
                    msg(
                        "The signature of {name} for the seat “{seat}” was refused: {key}.",
                        name=change.after.name,
                        seat=seat_called(change.after.seat),
                        key=key_words(change.after),
                    ),
                    msg("Ask them whether they signed, and with which key. No signature was taken over."),
                )
        return made

    return edit


class Merging:
    """One copy set against the project of a workspace. Raises AppError when they are not the same project."""

    def __init__(self, workspace: Workspace, copy: Copy) -> None:
        self.copy = copy
        self.comparison: Comparison = compare(workspace.project, copy.project)
        self._workspace = workspace

    @property
    def refused(self) -> str:
        """Why signatures of the copy cannot join, in a sentence; empty where none is refused."""
        refusal = self._signatures[1]
        return words(refusal.problem) if refusal is not None else ""

    @property
    def refusal(self) -> str:
        """The same with what becomes of the copy, and what to do; empty where none is refused."""
        refusal = self._signatures[1]
        if refusal is None:
            return ""
        left = msg("No signature of the copy joins.") if self.brings else msg("Nothing was merged.")
        parts = (refusal.problem, left, refusal.advice)
        return words(in_one(part for part in parts if part is not None))

    @property
    def brings(self) -> bool:
        """Whether there is anything to take over, or to decide."""
        return bool(self.comparison.items) or self.new_signatures > 0

    @property
    def new_signatures(self) -> int:
        """How many signatures of the copy would join those of the same revision here."""
        return len(self.joining())

    def joining(self) -> tuple[str, ...]:
        """Those signatures, a line each: the seat, who signed it, when, and with which key."""
        made = self._signatures[0]
        return signature_lines(made, self.comparison.ours) if made else ()

    def revisions_apart(self) -> tuple[str, ...]:
        """The revisions that were signed in the copy alone, a sentence each."""
        return tuple(
            words(msg("Revision {number} was signed in the copy alone. It stays there.", number=revision.number or 0))
            for revision in self.comparison.revisions_apart
        )

    def apart(self) -> tuple[str, ...]:
        """What of the copy's sign-off stays there, and why, a sentence each."""
        return (*self.revisions_apart(), self.refused) if self.refused else self.revisions_apart()

    def last_change(self, side: Side) -> Message:
        """When a side was changed last, and by whom where that is known."""
        project = self._workspace.project if side is Side.THIS else self.copy.project
        last = project.log.last
        if last is None:
            return msg("never changed")
        when = moment_words(last.at, project.document.only(Agent).time_zone)
        if last.author:
            return msg("last changed {when} by {who}", when=when, who=last.author)
        return msg("last changed {when}", when=when)

    def told(self, item: Item) -> Told:
        """A difference in words."""
        return _Telling(self.comparison).told(item)

    def followers(self, choices: Choices) -> tuple[str, ...]:
        """What else changes with these choices, a line each."""
        after = outcome(self.comparison, choices)
        return tuple(_Telling(self.comparison).followed(after.document, after.followed))

    def starts_a_draft(self, choices: Choices) -> bool:
        """Whether these choices change what was signed, so that a new draft begins."""
        before, after = signoff.state(self.comparison.ours), outcome(self.comparison, choices).document
        return before.stands and signoff.state(after).changed

    def run(self, choices: Choices, file: HasBackups | None) -> None:
        """Keep a backup, unite the signatures, and take over what was chosen as one step that undo takes back.

        Raises AppError, and changes nothing, when something is undecided or the project was changed meanwhile.
        """
        outcome(self.comparison, choices)
        self._compared_again()
        if file is not None:
            file.keep_backup(Reason.MERGE)
        if self.new_signatures:
            self._workspace.run(unite(self.copy.project.document))
        again = self._compared_again()
        self._workspace.run(merge(again, choices, shown(self.copy.path.name), self.copy.mark), self)

    def _compared_again(self) -> Comparison:
        again = compare(self._workspace.project, self.copy.project)
        if again.items != self.comparison.items:
            raise AppError(msg("The project was changed since it was compared."), msg("Compare again."))
        return again

    @cached_property
    def _signatures(self) -> tuple[ChangeSet | None, AppError | None]:
        """The step that unites the signatures; else why those of a revision that both have cannot be united."""
        here = {revision.fingerprint for revision in self.comparison.ours.rows(Revision)}
        if not any(revision.fingerprint in here for revision in self.comparison.theirs.rows(Revision)):
            return None, None
        try:
            return unite(self.comparison.theirs)(self.comparison.ours, Mint()), None
        except AppError as refused:
            return None, refused


class _Telling:
    """Puts differences into words; each value is told in the state that it stands in."""

    def __init__(self, comparison: Comparison) -> None:
        self._has_base = comparison.base is not None
        self._ours = _material(comparison.ours)
        self._theirs = _material(comparison.theirs)
        self._base = _material(comparison.base) if comparison.base is not None else self._ours

    def told(self, item: Item) -> Told:
        about = title(self._ours if item.ours else self._theirs, item.row)
        sides = ((self._base, item.base), (self._ours, item.ours), (self._theirs, item.theirs))
        base, ours, theirs = (_value(material, row, item.fields) for material, row in sides)
        if not self._has_base:
            base = words("not known")
        return Told(about, _what(item), base, ours, theirs, _why(item))

    def followed(self, after: Document, changes: tuple[RowChange, ...]) -> Iterator[str]:
        now = _material(after)
        for change in changes:
            names = tuple(name for name in fields_of(type(change.row)) if name in change.fields())
            for about, what, before, later in told(now if change.after else self._ours, change, names):
                value = before if change.after is None else later
                line = msg("{about}, {what}: {value}", about=about, what=what, value=value or words("empty"))
                yield words(line)


def _material(document: Document) -> Material:
    standing = signoff.SignoffState(None, (), False, False, 1, None)
    return Material(document, Log(), (), "", standing, "", private=True)


def _what(item: Item) -> str:
    if not item.fields:
        return words("removed") if item.theirs is None else words("added") if item.base is None else words("changed")
    declared = fields_of(type(item.row))
    return ", ".join(heading(declared[name]) if name in declared else words("Order") for name in item.fields)


def _why(item: Item) -> str:
    """Why a conflict is one, where the values alone do not say it."""
    if item.twin:
        return words("This project got one of the same name as well: with that of the copy there are two.")
    if item.fields or not item.conflict:
        return ""
    if item.ours is None:
        return words("It was removed here, and the copy changed it or names it.")
    return words("It was removed in the copy, and this project changed it or names it.")


def _value(material: Material, row: Row | None, names: tuple[str, ...]) -> str:
    if row is None:
        return words("not there")
    if not names:
        (whole,) = told(material, RowChange(None, row))
        return whole.after or words("empty")
    if names == (RANK,):
        rows = material.document.rows(type(row))
        place = next(number for number, other in enumerate(rows, 1) if other.id == row.id)
        return words(msg("{place} of {count}", place=place, count=len(rows)))
    declared = fields_of(type(row))
    values = (display(material.document, declared[name], row.value(name), material.agent) for name in names)
    return ", ".join(value or words("empty") for value in values)

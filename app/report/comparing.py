"""Two states of the decisions side by side, in words: a revision beside another, or beside the draft as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.messages import Message, msg, words
from app.model import vocabulary as v
from app.model.commit import Revision
from app.model.document import Document
from app.model.fields import fields_of
from app.model.log import Log
from app.report.changes import in_full, told
from app.report.display import moment_words
from app.report.material import Material
from app.revisions.differences import DECISIONS, Difference, differences, frozen
from app.revisions.digest import short
from app.revisions.history import Listed
from app.revisions.signoff import SignoffState
from app.steps import BY_ID


@dataclass(frozen=True, slots=True)
class Side:
    """One state of the decisions, and what it is called: "Revision 1", "Draft 2"."""

    name: str
    document: Document


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: on which step and of which field it is (none where the row came or went), what it is about, and
    what stands on each side, in full."""

    step: str
    row_id: str
    field: str
    about: str
    what: str
    before: str
    after: str


def draft(document: Document, at_hand: SignoffState) -> Side:
    """The decisions as they stand."""
    return Side(words(at_hand.words()), document)


def revision_side(document: Document, revision: Revision) -> Side:
    """What a revision of this document froze. Raises AppError when it cannot be read."""
    return Side(words(called(revision)), frozen(revision, document).document)


def called(revision: Revision) -> Message:
    return msg("Revision {number}", number=revision.number or 0)


def compared(before: Side, after: Side, at_hand: SignoffState) -> tuple[Line, ...]:
    """What differs, in the order of the steps; each side is told by the names and in the currency of its time."""
    now = Material(after.document, Log(), (), "", at_hand, "")
    then = replace(now, document=before.document)
    found = differences(before.document, after.document, scopes=DECISIONS)
    lines = [line for each in found for line in _lines(then, now, each)]
    return tuple(sorted(lines, key=lambda line: BY_ID[line.step].number))


def _lines(then: Material, now: Material, difference: Difference) -> list[Line]:
    change = difference.change
    row = change.row
    if change.before is None or change.after is None:
        material = now if change.after else then
        ((_, said),) = in_full(material, [change])
        whole = "\n".join(said)
        sides = ("", whole) if change.before is None else (whole, "")
        (only,) = told(now, change, earlier=then)
        return [Line(row.spec.step, row.id, "", only.about, only.what, *sides)]
    declared = fields_of(type(row))
    found = told(now, change, difference.fields, earlier=then)
    return [
        Line(declared[name].step, row.id, name, each.about, each.what, each.before, each.after)
        for name, each in zip(difference.fields, found, strict=True)
    ]


def revision_parts(listed: Listed, zone: str) -> tuple[str, ...]:
    """One revision: its number, what became of it, its level, when it was frozen, and its fingerprint."""
    revision = listed.revision
    level = next((words(entry.label) for entry in v.LEVELS_OF_SIGNOFF if entry.value == revision.level), revision.level)
    frozen_at, fingerprint = moment_words(revision.frozen_at, zone), short(revision.fingerprint)
    return words(called(revision)), words(listed.words()), level, frozen_at, fingerprint

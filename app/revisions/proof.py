"""What can be proved of a revision beside its decisions: the past that it binds, and what is left where names were
taken out. What no signature covers is said, so that nobody takes it for signed.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.interchange import Project
from app.messages import Message, msg, number_of, words
from app.model.changes import ChangeSet
from app.model.commit import Revision, Signature
from app.revisions import chain, record
from app.revisions.audit import audit
from app.revisions.digest import short
from app.revisions.erasure import last_noted, left
from app.revisions.past import is_as_kept, kept_past, shared


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a revision that nothing was changed in.

    `fault` says what was changed of what it binds, if anything. `erased` says what can no longer be proved since names
    were taken out, if anything; `covered` is true where the revision was signed after that, and so binds what is left.
    `beneath` says what of the history and the operating record is signed and what is not.
    """

    fault: Message | None = None
    erased: Message | None = None
    covered: bool = False
    beneath: tuple[Message, ...] = ()


def proof(project: Project, revision: Revision) -> Proof:
    """What can be proved of a revision whose decisions, fingerprint and signatures hold."""
    if (fault := left_fault(project)) is not None:
        return Proof(fault)
    noted, kept = last_noted(project.log), kept_past(revision)
    whole = kept is not None and is_as_kept(project, kept)
    covered = whole and kept is not None and noted is not None and noted.place <= kept.steps
    number = revision.number or 0
    if kept is not None and not whole and (noted is None or noted.place <= kept.steps):
        said = "the history before revision {number}, or what was recorded by then, is not what it was when that froze."
        return Proof(msg(said, number=number))
    erased = None
    if marked := _marked(project):
        said = "{revisions} can no longer be proved: names were taken out, and no signature covers what is left."
        if covered:
            said = "{revisions} can no longer be proved: names were taken out before revision {number} was signed."
        erased = msg(said, revisions=marked, number=number)
    elif kept is not None and not whole:
        said = "Names were taken out of its history since, and no signature covers what is left of that."
        erased = msg(said)
    steps = kept.steps if kept is not None and whole else None
    return Proof(None, erased, covered, _beneath(project, revision, steps))


def warning_of(project: Project) -> Message | None:
    """What somebody must see before they rely on the sign-off of a project: the first thing in it that does not hold.

    It is no reason to refuse the file: the decisions can be read, and who signed what must be asked in any case.
    """
    fault = next(iter(audit(project.document)), None) or left_fault(project)
    if fault is not None:
        return msg(
            "The sign-off in this file does not hold: {fault} Ask those who signed before you rely on it.", fault=fault
        )
    if (marked := _marked(project)) and last_noted(project.log) is None:
        return msg(
            "{revisions} can no longer be proved: names were taken out, and the history tells of no erasure. Whoever "
            "had the file may have taken out, or put in, anything.",
            revisions=marked,
        )
    return None


def left_fault(project: Project) -> Message | None:
    """That what was left of the sign-off when names were last taken out was changed since; None where it was not, and
    where the history tells of no erasure."""
    noted = last_noted(project.log)
    if noted is None or noted.left == left(project.document):
        return None
    return msg("what was left of the sign-off when names were taken out of it was changed afterwards.")


def _marked(project: Project) -> str:
    """The revisions from which names were taken out, by their numbers; "" where there is none."""
    rows = sorted(project.document.rows(Revision), key=lambda row: row.number or 0)
    numbers = [str(row.number or 0) for row in rows if chain.is_erased(project.document, row)]
    if len(numbers) > 1:
        return words(msg("Revisions {numbers} and {last}", numbers=", ".join(numbers[:-1]), last=numbers[-1]))
    return words(msg("Revision {number}", number=numbers[0])) if numbers else ""


def _beneath(project: Project, revision: Revision, steps: int | None) -> tuple[Message, ...]:
    head = record.head(project.log)
    count, number = msg("{count}", count=head.count), revision.number or 0
    told = []
    # Its signatures come after the past that they bind, and are bound to each other.
    since = sum(not _signs(step, revision) for step in list(shared(project.log))[steps or 0 :])
    if steps is not None:
        said = "Signed with it: the history until revision {number} froze ({steps}), and what was recorded by then."
        told.append(msg(said, number=number, steps=number_of(steps, "1 step", "{count} steps")))
        if since:
            said = "Not signed: the steps since ({since}), and what they recorded."
            told.append(msg(said, since=number_of(since, "1 step", "{count} steps")))
        else:
            told.append(msg("Nothing was done since but signing it."))
    else:
        told.append(msg("Not signed: the history and the operating record."))
    said = "To see whether any of that was changed, compare it with a copy: ownermap verify FILE COPY."
    if steps is not None and not since:
        said = "To see whether any steps were left out, compare it with a copy: ownermap verify FILE COPY."
    told.append(msg(said))
    if head.count:
        told.append(msg("Entries of the operating record: {count}, head {head}.", count=count, head=short(head.digest)))
    return tuple(told)


def _signs(step: ChangeSet, revision: Revision) -> bool:
    """Whether a step does nothing but sign a revision, or freeze it."""
    added = [change.row for change in step.changes if change.before is None]
    return 0 < len(added) == len(step.changes) and all(
        row.id == revision.id or (isinstance(row, Signature) and row.revision == revision.id) for row in added
    )

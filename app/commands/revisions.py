"""The revisions of a project: which there are, what differs between two of them, and a new draft from one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.base import (
    Commands,
    add_author,
    add_file,
    add_json,
    mint_of,
    open_project,
    read_any,
    read_project,
    say,
    say_either,
)
from app.errors import NO, USAGE, AppError
from app.messages import msg, words

if TYPE_CHECKING:
    from app.model.document import Document
    from app.model.fields import Scope
    from app.revisions.history import Listed

DRAFT = "draft"
"""How a command names the decisions as they stand."""


def register(commands: Commands) -> None:
    diff = commands.add(
        "diff",
        _diff,
        "Say what differs between two projects or exports, or between two revisions of one; 1 if something does.",
    )
    diff.add_argument("a", type=Path, metavar="FILE", help=words("a project, or an export"))
    diff.add_argument(
        "b",
        nargs="?",
        default="",
        metavar="FILE|REVISION",
        help=words("another file, or the number of a revision; without it, the last signed one"),
    )
    diff.add_argument(
        "c",
        nargs="?",
        default=DRAFT,
        metavar="REVISION",
        help=words("the number of a later revision, or “draft” for the decisions as they stand (which is the default)"),
    )
    add_json(diff)

    revisions = commands.add("revisions", _revisions, "List the revisions: who signed each, when, what became of it.")
    add_file(revisions)
    add_json(revisions)

    redraft = commands.add("redraft", _redraft, "Start a new draft from a revision: its decisions come back.")
    add_file(redraft)
    redraft.add_argument("--from", type=int, required=True, dest="number", metavar="REVISION", help=words("its number"))
    redraft.add_argument("--dry-run", action="store_true", help=words("only list what would change"))
    add_author(redraft)


# --- diff --------------------------------------------------------------------------------------------------


def _diff(chosen: argparse.Namespace) -> int:
    from app import showing
    from app.revisions.differences import differences

    before, after, scopes = _sides(chosen)
    found = differences(before, after, scopes=scopes)
    lines = [showing.difference_lines(found, before, after)] if found else [words("Nothing differs.")]
    say_either(chosen, showing.differences_plain(found), lines)
    return NO if found else 0


def _sides(chosen: argparse.Namespace) -> tuple[Document, Document, frozenset[Scope]]:
    """The two states that are compared, and in which fields: two files in all but what is private, revisions in what
    they froze."""
    from app.model.fields import Scope
    from app.revisions.differences import DECISIONS

    document = read_any(chosen.a).document
    if chosen.b and chosen.b != DRAFT and not chosen.b.isdecimal():
        if chosen.c != DRAFT:
            raise AppError(
                msg("Two files are compared as they stand, and “{text}” is one thing too many.", text=chosen.c[:60]),
                msg("Name two files, or one file and up to two revisions."),
                exit_code=USAGE,
            )
        shared = frozenset({Scope.DECISION, Scope.RECORD, Scope.SIGNOFF})
        return document, read_any(Path(chosen.b)).document, shared
    return _state(document, chosen.b or _last_signed(document)), _state(document, chosen.c), DECISIONS


def _state(document: Document, named: str) -> Document:
    """The decisions of the revision with this number, or as they stand."""
    from app.revisions.differences import frozen
    from app.revisions.history import numbered

    if named == DRAFT:
        return document
    if not named.isdecimal():
        raise AppError(
            msg("“{text}” is no revision.", text=named[:60]),
            msg("Give its number, or “draft” for the decisions as they stand."),
            exit_code=USAGE,
        )
    return frozen(numbered(document, int(named)), document).document


def _last_signed(document: Document) -> str:
    from app.revisions import signoff

    last = signoff.state(document).last_signed
    if last is None:
        raise AppError(
            msg("No revision has been signed by every seat yet."),
            msg("Name a revision, or a second file to compare with; “ownermap revisions” lists the revisions."),
            exit_code=USAGE,
        )
    return str(last.number)


# --- revisions ---------------------------------------------------------------------------------------------


def _revisions(chosen: argparse.Namespace) -> int:
    from app import signers
    from app.model.room import Agent
    from app.report.comparing import revision_parts
    from app.revisions import signoff
    from app.revisions.history import history

    document = read_project(chosen.file).document
    at_hand = signoff.state(document)
    listed = history(document, at_hand)
    zone = document.only(Agent).time_zone
    lines = [words(msg("As it stands: {state}", state=at_hand.words()))]
    for each in listed:
        lines.append(" · ".join(revision_parts(each, zone)))
        lines += [f"    {line}" for line in signers.lines(each.signatures, zone)]
    if not listed:
        lines.append(words("Nobody has signed yet. The first signature freezes a revision."))
    plain = {
        "status": words(at_hand.words()),
        "does_not_hold": [words(fault) for fault in at_hand.faults],
        "changed": at_hand.changed,
        "draft": at_hand.draft,
        "revisions": [_plain(each) for each in listed],
    }
    say_either(chosen, plain, lines)
    return 0


def _plain(listed: Listed) -> dict[str, Any]:
    revision = listed.revision
    return {
        "number": listed.number,
        "level": revision.level,
        "state": listed.standing.value,
        "frozen_at": revision.frozen_at,
        "fingerprint": revision.fingerprint,
        "signed": listed.signed,
        "needed": listed.needed,
        "signatures": [
            {"seat": row.seat, "name": row.name, "signed_at": row.signed_at, "key": row.key}
            for row in listed.signatures
        ],
        "withdrawn_at": revision.withdrawn_at,
        "withdrawn_by": revision.withdrawn_by,
        "withdrawn_why": revision.withdrawn_why,
    }


# --- redraft -----------------------------------------------------------------------------------------------


def _redraft(chosen: argparse.Namespace) -> int:
    from app import showing
    from app.revisions import signoff
    from app.revisions.differences import DECISIONS, differences
    from app.revisions.history import numbered
    from app.revisions.redraft import planned, redraft
    from app.workspace import Workspace

    if chosen.dry_run:
        project = read_project(chosen.file)
        edit = redraft(chosen.number, project.log)
        made = edit(project.document, mint_of(chosen))
        before, after = project.document, project.document.apply(made) if made else project.document
        plan = planned(before, numbered(before, chosen.number), project.log)
    else:
        with open_project(chosen.file) as opened:
            workspace = Workspace(opened.project, opened, mint_of(chosen))
            before = workspace.document
            plan = planned(before, numbered(before, chosen.number), tuple(workspace.log))
            made = workspace.run(redraft(chosen.number, workspace.log))
            after = workspace.document
    if made is None:
        say(words(msg("The decisions are those of revision {number} already.", number=chosen.number)))
        return 0
    if chosen.dry_run:
        say(showing.difference_lines(differences(before, after, scopes=DECISIONS), before, after))
    else:
        now = signoff.state(after).words()
        say(words(msg("The decisions are those of revision {number} again. {state}.", number=chosen.number, state=now)))
    for note in plan.notes():
        say(words(note))
    return 0

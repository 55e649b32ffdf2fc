"""After the workshop: what is due, who takes over, what was recorded."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from app.commands.base import Commands, add_as_of, add_file, add_json, moment_of, place, read_project, say, say_either
from app.messages import msg, words
from app.model.ids import Mint

if TYPE_CHECKING:
    from app.edits.handover import Handed
    from app.interchange import Project
    from app.model.document import Document
    from app.policy.due import Due
    from app.revisions.record import Entry


def register(commands: Commands) -> None:
    due = commands.add("due", _due, "List what is due next, in order of date.")
    add_file(due)
    add_json(due)
    add_as_of(due, words("now"))

    replace = commands.add("replace", _replace, "Hand everything that a person holds to another, or leave it vacant.")
    add_file(replace)
    replace.add_argument("--who", required=True, metavar="NAME")
    replace.add_argument("--by", default="", metavar="NAME", help=words("without it the places stay vacant"))
    replace.add_argument("--why", default="", metavar="TEXT")
    replace.add_argument("--dry-run", action="store_true", help=words("only say what would be handed over"))

    record = commands.add("record", _record, "Print the operating record with its head.")
    add_file(record)
    add_json(record)


# --- due next ----------------------------------------------------------------------------------------------


def _due(chosen: argparse.Namespace) -> int:
    from app.policy.due import due_next

    document = read_project(chosen.file).document
    found = due_next(document, moment_of(chosen.as_of, document)[:10])
    lines = [_due_line(document, due) for due in found] or [words("Nothing is due.")]
    say_either(chosen, [_due_plain(document, due) for due in found], lines)
    return 0


def _due_line(document: Document, due: Due) -> str:
    from app.policy.due import KINDS

    mark = words("overdue") if due.overdue else ""
    who = document.called(due.who) or words("nobody named")
    return f"{due.on or '–':<10} {mark:<7}  {words(due.what)} · {words(KINDS[due.kind])} · {who}"


def _due_plain(document: Document, due: Due) -> dict[str, Any]:
    return {
        "on": due.on,
        "overdue": due.overdue,
        "kind": due.kind,
        "what": words(due.what),
        "who": document.called(due.who),
        **place(due.step, due.subject, due.field),
    }


# --- replace a person --------------------------------------------------------------------------------------


def _replace(chosen: argparse.Namespace) -> int:
    from app.edits.handover import preview, replace_person
    from app.policy.names import person_called
    from app.store import files
    from app.workspace import Workspace

    if chosen.dry_run:
        document = read_project(chosen.file).document
        who, by = _both(document, chosen)
        _say_handed(preview(document, who, by))
        return 0
    with files.open_for_editing(chosen.file) as opened:
        mint = Mint()
        workspace = Workspace(opened.project, opened, mint)
        who, by = _both(workspace.document, chosen)
        handed = preview(workspace.document, who, by)
        name = person_called(workspace.document, chosen.who).name
        workspace.run(replace_person(who, by, on=mint.moment()[:10], why=chosen.why.strip()))
    _say_handed(handed)
    if by is None:
        say(words(msg("{count} places that {who} held are vacant.", count=len(handed), who=name)))
    else:
        to = opened.project.document.called(by)
        say(words(msg("{count} places went from {who} to {by}.", count=len(handed), who=name, by=to)))
    return 0


def _both(document: Document, chosen: argparse.Namespace) -> tuple[str, str | None]:
    from app.policy.names import person_called

    who = person_called(document, chosen.who).id
    return who, person_called(document, chosen.by).id if chosen.by else None


def _say_handed(handed: Iterable[Handed]) -> None:
    for each in handed:
        say(f"{each.words} ({each.note})" if each.note else each.words)


# --- the operating record ----------------------------------------------------------------------------------


def _record(chosen: argparse.Namespace) -> int:
    from app.revisions import record

    project = read_project(chosen.file)
    found, head = record.entries(project.log), record.head(project.log)
    plain = {
        "entries": head.count,
        "head": head.digest,
        "record": [
            {"number": e.number, "at": e.at, "author": e.author, "what": words(e.label), "digest": e.digest}
            for e in found
        ],
    }
    say_either(chosen, plain, _record_lines(project, found))
    return 0


def _record_lines(project: Project, found: Iterable[Entry]) -> Iterator[str]:
    from app.model.room import Agent
    from app.report.display import fingerprint_words, moment_words
    from app.revisions import record
    from app.revisions.digest import short

    zone = project.document.only(Agent).time_zone
    for entry in found:
        who = entry.author or "–"
        yield f"{entry.number:>4}  {moment_words(entry.at, zone)}  {who}  {words(entry.label)}  [{short(entry.digest)}]"
    head = record.head(project.log)
    if head.count:
        yield words(msg("Entries: {count}. Head:", count=head.count))
        yield fingerprint_words(head.digest)
    else:
        yield words("Nothing has been recorded yet.")

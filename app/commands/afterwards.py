"""After the workshop: what is due, who takes over, what was recorded."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from app.commands.base import (
    Commands,
    add_as_of,
    add_author,
    add_file,
    add_json,
    mint_of,
    moment_of,
    open_project,
    place,
    read_project,
    say,
    say_either,
)
from app.errors import USAGE, AppError
from app.messages import msg, number_of, words
from app.model.ids import Mint, instant

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
    replace.add_argument("--who", required=True, metavar="NAME", help=words("a person, as “Name” or “Name (Title)”"))
    replace.add_argument("--by", default="", metavar="NAME", help=words("who takes over; without it: nobody"))
    replace.add_argument("--add", action="store_true", help=words("add whoever takes over, where nobody has that name"))
    replace.add_argument("--why", default="", metavar="TEXT", help=words("the reason, as the record then says"))
    add_author(replace)
    replace.add_argument("--dry-run", action="store_true", help=words("only say what would become of each place"))

    record = commands.add("record", _record, "Print the operating record with its head.")
    add_file(record)
    add_json(record)


# --- due next ----------------------------------------------------------------------------------------------


def _due(chosen: argparse.Namespace) -> int:
    from app.policy.due import due_next
    from app.policy.windows import day_at
    from app.rules.check import Checker
    from app.rules.finding import Context
    from app.rules.promises import kept

    document = read_project(chosen.file).document
    as_of = moment_of(chosen.as_of, document)
    answered = kept(document, Checker().findings(document, Context(as_of)))
    found = due_next(document, day_at(document, as_of), answered)
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
    from app.edits.handover import NEWCOMER, preview, replace_by_newcomer, replace_person
    from app.policy.names import person_called
    from app.policy.windows import day_of
    from app.workspace import Workspace

    if chosen.dry_run:
        document = read_project(chosen.file).document
        leaving = person_called(document, chosen.who)
        handed = preview(document, leaving.id, _taking(document, chosen))
        _say_handed(handed)
        say(words("Nothing was changed. This is what would come of it:"))
        _say_counts(handed, leaving.name, _name(chosen.by))
        return 0
    with open_project(chosen.file) as opened:
        mint = mint_of(chosen)
        workspace = Workspace(opened.project, opened, mint)
        leaving, by = person_called(workspace.document, chosen.who), _taking(workspace.document, chosen)
        handed = preview(workspace.document, leaving.id, by)
        on, why = day_of(workspace.document, instant(mint.moment())), chosen.why.strip()
        if by == NEWCOMER:
            workspace.run(replace_by_newcomer(leaving.id, _name(chosen.by), on=on, why=why))
        else:
            workspace.run(replace_person(leaving.id, by, on=on, why=why))
    _say_handed(handed)
    _say_counts(handed, leaving.name, _name(chosen.by))
    return 0


def _taking(document: Document, chosen: argparse.Namespace) -> str | None:
    """The id of whoever takes over, NEWCOMER for somebody who is to be added, None for nobody."""
    from app.edits.handover import NEWCOMER
    from app.model.room import Person
    from app.policy.names import everybody_called, person_called

    if not _name(chosen.by):
        if chosen.add:
            raise AppError(msg("There is nobody to add."), msg("Name whoever takes over with --by."), exit_code=USAGE)
        return None
    if everybody_called(document, chosen.by):
        return person_called(document, chosen.by).id
    if chosen.add:
        return NEWCOMER
    people = [person.name for person in document.rows(Person) if person.name]
    raise AppError(
        msg("Nobody here is called “{name}”.", name=_name(chosen.by)),
        msg("Add them with --add, or name one of: {people}.", people=", ".join(people)),
        exit_code=USAGE,
    )


def _name(typed: str) -> str:
    return " ".join(typed.split())


def _say_handed(handed: Iterable[Handed]) -> None:
    """What becomes of each place."""
    for each in handed:
        say(f"{each.words} ({each.note})" if each.note else each.words)


def _say_counts(handed: Iterable[Handed], who: str, by: str) -> None:
    """How many places went which way."""
    from app.edits.handover import Fate

    counts = Counter(each.fate for each in handed)
    sentences = {
        Fate.TAKEN: "{places} from {who} to {by}.",
        Fate.HAD: "{places} that {by} has already.",
        Fate.OTHERS: "{places} in which others go on.",
        Fate.VACANT: "{places} left vacant.",
    }
    for fate, sentence in sentences.items():
        if counts[fate]:
            say(words(msg(sentence, places=number_of(counts[fate], "1 place", "{count} places"), who=who, by=by)))


# --- the operating record ----------------------------------------------------------------------------------


def _record(chosen: argparse.Namespace) -> int:
    from app.revisions import record

    project = read_project(chosen.file)
    found, head = record.entries(project.log), record.head(project.log)
    plain = {
        "entries": head.count,
        "head": head.digest,
        "record": [
            {
                "number": entry.number,
                "at": entry.at,
                "author": entry.author,
                "what": words(entry.label),
                "changes": [record.content(change) for change in entry.changes],
                "digest": entry.digest,
            }
            for entry in found
        ],
    }
    say_either(chosen, plain, _record_lines(project, found))
    return 0


def _record_lines(project: Project, found: Iterable[Entry]) -> Iterator[str]:
    from app.report.changes import in_full
    from app.report.display import fingerprint_words
    from app.report.material import Material
    from app.revisions import record, signoff
    from app.revisions.digest import short

    document = project.document
    material = Material(document, project.log, (), "", signoff.state(document), Mint().moment())
    for entry in found:
        who, label = entry.author or "–", " ".join(words(entry.label).split())
        yield f"{entry.number:>4}  {material.moment(entry.at)}  {who}  {label}  [{short(entry.digest)}]"
        for about, said in in_full(material, entry.events):
            yield f"      {about}"
            yield from (f"        {line}" for each in said for line in each.splitlines())
    head = record.head(project.log)
    if head.count:
        yield words(msg("Entries: {count}. Head:", count=head.count))
        yield fingerprint_words(head.digest)
        if (others := record.beside(document, project.log)) is not None:
            yield words(others)
    else:
        yield words(record.nothing_yet(document, project.log))

"""Is the project, and is each copy, the signed revision? Nothing printed or stored is trusted: all is computed anew.

What it proves: this content is what was signed, unchanged since. What it does not: that a person really was that
person (product.md "Sign-off").
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from app import interchange
from app.errors import NO, Unreadable
from app.exporting import report_again
from app.interchange import Project, plain_change_set
from app.messages import Message, msg
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import Scope
from app.model.log import Log
from app.report.model import Report
from app.revisions import record, signoff
from app.revisions.differences import since
from app.revisions.digest import content_digest, short


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one file: `code` is 0 for yes, 1 for no, and `answer` says which and why."""

    path: Path
    code: int
    answer: Message


def verify_project(path: Path, project: Project) -> Verdict:
    """Whether the project as it stands is its last fully signed revision."""
    document = project.document
    if faults := signoff.audit(document):
        return Verdict(path, NO, msg("No: {fault}", fault=faults[0]))
    at_hand = signoff.state(document)
    if at_hand.revision is None:
        return Verdict(path, NO, msg("No: nobody has signed this project."))
    number = at_hand.revision.number or 0
    if at_hand.changed:
        count = len(since(at_hand.revision, document))
        return Verdict(
            path, NO, msg("No: {count} entries changed since revision {number} was frozen.", count=count, number=number)
        )
    if not at_hand.complete:
        return Verdict(path, NO, msg("No: revision {number} is {status}.", number=number, status=_lower(at_hand)))
    return Verdict(
        path,
        0,
        msg(
            "Yes: revision {number}, signed for {level}, fingerprint {fingerprint}, unchanged since.",
            number=number,
            level=at_hand.revision.level,
            fingerprint=short(at_hand.revision.fingerprint),
        ),
    )


def verify_copy(project: Project, path: Path) -> Verdict:
    """Whether a copy (pdf, xlsx or json) is the signed revision of the project.

    Raises Unreadable when the copy cannot be read at all.
    """
    read_bytes(path)
    copy, shown = _reader(path)(path)
    signed = signoff.state(project.document).last_signed
    if signed is None:
        return Verdict(path, NO, msg("No: the project has no fully signed revision to compare with."))
    if faults := signoff.audit(copy.document):
        return Verdict(path, NO, msg("No: {fault}", fault=faults[0]))
    if content_digest(copy.document) != signed.digest:
        return Verdict(path, NO, _other_content(project, copy, signed))
    if not _same_signatures(project, copy, signed):
        return Verdict(path, NO, msg("No: its content is signed, but its signatures are not those of the project."))
    if (other := _other_record(project, copy)) is not None:
        return Verdict(path, NO, other)
    if shown is not None:
        return Verdict(path, NO, shown)
    return Verdict(path, 0, _same(project, copy, signed))


def read_copy(path: Path) -> Project:
    """The project inside an export, whatever is shown around it; Unreadable when there is none."""
    return _reader(path)(path)[0]


# --- reading copies: the project inside, and what is wrong with what is shown --------------------------------

Read = tuple[Project, Message | None]


def _reader(path: Path) -> Callable[[Path], Read]:
    found = {".json": _read_json, ".xlsx": _read_xlsx, ".pdf": _read_pdf}.get(path.suffix.lower())
    if found is None:
        raise Unreadable(
            msg("“{path}” is none of PDF, XLSX and JSON.", path=str(path)), msg("Name a copy that Ownermap exported.")
        )
    return found


def _read_json(path: Path) -> Read:
    project = read_json(path)
    said = json.loads(read_bytes(path)).get("record")
    at_hand = record.head(project.log)
    if said is not None and said != {"entries": at_hand.count, "head": at_hand.digest}:
        return project, msg("No: the head that it states is not that of its operating record.")
    return project, None


def _read_xlsx(path: Path) -> Read:
    from exporters.xlsx import reader, writer

    project, report, other_layout = _rebuilt(reader.read_attachment(path))
    if other_layout is not None:
        return project, other_layout
    rebuilt = BytesIO()
    writer.write(report, rebuilt)
    difference = reader.compare(path, rebuilt)
    return project, msg("No: {what}", what=difference) if difference else None


def _read_pdf(path: Path) -> Read:
    from exporters.pdf import reader

    project, report, other_layout = _rebuilt(reader.read_attachment(path))
    if other_layout is not None:
        return project, other_layout
    difference = reader.compare(path, report)
    return project, msg("No: {what}", what=difference) if difference else None


def _rebuilt(text: str) -> tuple[Project, Report, Message | None]:
    project, options, report = report_again(text)
    if options.layout != report.layout:
        return project, report, msg("Cannot verify: this copy was made by another version of the layout.")
    return project, report, None


def read_json(path: Path) -> Project:
    """The project in an interchange document; an Unreadable that names the file."""
    try:
        return interchange.read(read_bytes(path))
    except Unreadable as fault:
        if path.name in str(fault):
            raise
        raise Unreadable(msg("“{path}”: {problem}", path=str(path), problem=fault.problem), fault.advice) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that a person named; an Unreadable in one sentence when there are none to read."""
    try:
        if path.is_dir():
            raise Unreadable(msg("“{path}” is a folder.", path=str(path)), msg("Name a file."))
        if path.stat().st_size > interchange.LARGEST:
            raise Unreadable(msg("“{path}” is too large to be a copy of a project.", path=str(path)))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(msg("There is no file “{path}”.", path=str(path)), msg("Check the name.")) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(msg("“{path}” cannot be read: {why}.", path=str(path), why=why)) from None


def _same(project: Project, copy: Project, signed: Revision) -> Message:
    """The answer for a copy that is the signed revision; its record may well be an older one."""
    yes = msg(
        "Yes: this copy is revision {number}, fingerprint {fingerprint}.",
        number=signed.number or 0,
        fingerprint=short(signed.fingerprint),
    )
    count = record.behind(copy.log, project.log)
    if not count:
        return yes
    if count == 1:
        return msg("{answer} Its operating record is 1 entry behind.", answer=yes)
    return msg("{answer} Its operating record is {count} entries behind.", answer=yes, count=count)


def _other_content(project: Project, copy: Project, signed: Revision) -> Message:
    digest = content_digest(copy.document)
    for revision in project.document.rows(Revision):
        if revision.digest == digest:
            return msg(
                "No: this copy is revision {number}; the signed one is {signed}.",
                number=revision.number or 0,
                signed=signed.number or 0,
            )
    if copy.document.project_id != project.document.project_id:
        return msg("No: this copy belongs to another project.")
    count = len(since(signed, copy.document))
    return msg("No: {count} entries differ from signed revision {number}.", count=count, number=signed.number or 0)


def _other_record(project: Project, copy: Project) -> Message | None:
    """What in the history or the operating record of a copy the project never said; None when it said all of it.

    A copy may be older than the project: its log is then the beginning of the project's, and its record is what the
    project held at that point.
    """
    if record.behind(copy.log, project.log) is None:
        return msg("No: its operating record is not a part of this project’s record.")
    theirs = [plain_change_set(entry, private=False) for entry in copy.log]
    ours = [(place, plain) for place, e in enumerate(project.log, 1) if (plain := plain_change_set(e, private=False))]
    if [plain for _, plain in ours[: len(theirs)]] != theirs:
        return msg("No: its history is not that of the project.")
    reached = ours[len(theirs) - 1][0] if theirs else 0
    then = _rewound(project, reached if len(ours) > len(theirs) else len(project.log))
    if _shared_rows(then) != _shared_rows(copy.document):
        return msg("No: its operating record (evidence, readings, tests, acceptances) is not that of the project.")
    return None


def _rewound(project: Project, length: int) -> Document:
    """The document as it stood after the first change sets of its log."""
    document = project.document
    for place in range(len(project.log) - 1, length - 1, -1):
        changes = [c for c in project.log[place].changes if c.row.spec.scope is not Scope.PRIVATE]
        back = [RowChange(change.after, change.before) for change in reversed(changes)]
        document = document.applying(back)
    return document


def _shared_rows(document: Document) -> object:
    return interchange.as_json(Project(document, Log()), private=False)["rows"]


def _same_signatures(project: Project, copy: Project, signed: Revision) -> bool:
    def of(document_of: Project) -> set[tuple[str, str, str, str]]:
        ids = {r.id for r in document_of.document.rows(Revision) if r.fingerprint == signed.fingerprint}
        rows = document_of.document.rows(Signature)
        return {(s.seat, s.name, s.signed_at, s.level) for s in rows if s.revision in ids}

    return of(project) == of(copy)


def _lower(at_hand: signoff.SignoffState) -> str:
    said = str(at_hand.words())
    return said[:1].lower() + said[1:]

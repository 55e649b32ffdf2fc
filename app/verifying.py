"""Is the project, and is each copy, the signed revision? Nothing printed or stored is trusted: all is computed anew.

The answers, and what they prove, are in app.verdict.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from app import inspecting, interchange, verdict
from app.errors import Unreadable
from app.interchange import Project, plain_change_set
from app.messages import Message, msg, number_of, shown, words
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import Scope
from app.model.log import Log
from app.report import attachment
from app.revisions import chain, erasure, record, signoff
from app.revisions.digest import content_digest, short
from app.revisions.erasure import last_noted
from app.revisions.proof import Proof, left_fault, proof
from app.verdict import Verdict


def verify_project(path: Path, project: Project, receipt: str | None = None) -> Verdict:
    """Whether the project as it stands is its last fully signed revision, and holds the state of a receipt."""
    document = project.document
    if faults := signoff.audit(document):
        return verdict.changed(path, faults[0], map(words, faults[1:]))
    if (other := record.contradiction(document, project.log)) is not None:
        return verdict.changed(path, msg("{fault}.", fault=other))
    held = verdict.receipt_line(document, receipt) if receipt is not None else ""
    if receipt is not None and not held:
        return verdict.changed(path, _NEVER_HELD)
    found = _standing(path, project).with_lines([held] if held else [])
    return found.with_lines(map(words, chain.erasures(document)))


def _standing(path: Path, project: Project) -> Verdict:
    document = project.document
    at_hand = signoff.state(document)
    if at_hand.revision is None:
        return verdict.cannot(path, msg("nobody has signed this project."))
    number = at_hand.revision.number or 0
    if at_hand.erased or (not at_hand.changed and chain.is_erased(document, at_hand.revision)):
        if (fault := left_fault(project)) is not None:
            return verdict.changed(path, fault)
        noted = last_noted(project.log) is not None
        return verdict.erased(path, document, at_hand.revision, noted=noted)
    if at_hand.changed:
        lines = verdict.differences(at_hand.revision, document)
        return verdict.changed(
            path, msg("the decisions are no longer those of revision {number}.", number=number), lines
        )
    if not at_hand.complete:
        return verdict.cannot(path, msg("revision {number} is {status}.", number=number, status=_lower(at_hand)))
    why = msg(
        "revision {number}, signed for {level}, fingerprint {fingerprint}.",
        number=number,
        level=at_hand.revision.level,
        fingerprint=short(at_hand.revision.fingerprint),
    )
    found = proof(project, at_hand.revision)
    return _unchanged(path, document, at_hand.revision, why, found).with_lines(map(words, found.beneath))


def _unchanged(path: Path, document: Document, revision: Revision, why: Message, found: Proof) -> Verdict:
    if found.fault is not None:
        return verdict.changed(path, found.fault)
    return verdict.unchanged(path, document, revision, why, found)


_NEVER_HELD = msg("the sign-off never was in the state of that receipt: signatures were dropped or replaced.")


def verify_copy(project: Project, path: Path) -> Verdict:
    """Whether a copy (pdf, xlsx or json) is the signed revision of the project.

    Raises Unreadable when the copy cannot be read at all.
    """
    read_bytes(path)
    copy, shown = _reader(path)(path)
    if shown is _WITHOUT_NAMES:
        return verdict.cannot(path, shown)
    signed = signoff.state(project.document).last_signed
    if signed is None:
        return verdict.cannot(path, msg("the project has no fully signed revision to compare with."))
    if faults := signoff.audit(copy.document):
        return verdict.changed(path, faults[0], map(words, faults[1:]))
    as_it_is, digest = copy, content_digest(copy.document)
    if digest != signed.digest and signed.erased is not None and digest == signoff.kept_digest(signed):
        return verdict.cannot(
            path,
            msg(
                "erased: this copy holds revision {number} as the project holds it since names were taken out of it.",
                number=signed.number or 0,
            ),
        )
    if digest != signed.digest:
        return _other_content(path, project, copy, signed)
    copy = erasure.alike(copy, project)
    if signed.erased is not None and not _kept_alike(signed, copy):
        return verdict.changed(
            path, msg("this copy is what was signed, and more than names differs in what the project kept of it.")
        )
    if not _same_signatures(project, copy, signed):
        return verdict.changed(path, msg("its content is signed, but its signatures are not those of the project."))
    if (other := _other_record(project, copy)) is not None:
        return verdict.changed(path, other)
    if shown is not None:
        return verdict.cannot(path, _OTHER_LAYOUT) if shown is _OTHER_LAYOUT else verdict.changed(path, shown)
    same = _same(project, copy, signed)
    if signed.erased is not None:
        same = msg(
            "{answer} What the project holds of it differs in nothing but the names that were erased.", answer=same
        )
    of_copy = next(row for row in as_it_is.document.rows(Revision) if row.fingerprint == signed.fingerprint)
    return _unchanged(path, project.document, signed, same, proof(as_it_is, of_copy))


def read_copy(path: Path) -> Project:
    """The project inside an export, whatever is shown around it; Unreadable when there is none."""
    return _reader(path)(path)[0]


# --- reading copies: the project inside, and what is wrong with what is shown --------------------------------

Read = tuple[Project, Message | None]

_WITHOUT_NAMES = msg("this copy is without names: it cannot be compared with the signed revision.")

_OTHER_LAYOUT = msg("this copy was made by another version of the layout.")

_LARGE = 5_000_000
"""Bytes of JSON, far above those of a large project, which may take a hundred times as many to be read."""


def _reader(path: Path) -> Callable[[Path], Read]:
    found = {".json": _read_json, ".xlsx": _read_export, ".pdf": _read_export}.get(path.suffix.lower())
    if found is None:
        raise Unreadable(
            msg("“{path}” is none of PDF, XLSX and JSON.", path=shown(path)), msg("Name a copy that Ownermap exported.")
        )
    return found


def _read_json(path: Path) -> Read:
    project = read_json(path)
    other = record_fault(path, project)
    if other is not None:
        return project, msg("{fault}.", fault=other)
    return project, _WITHOUT_NAMES if "without_names" in json.loads(read_bytes(path)) else None


def _read_export(path: Path) -> Read:
    found = inspecting.inspect(path)
    project, options = attachment.read(found.attachment)
    if not found.same_layout:
        return project, _OTHER_LAYOUT
    if found.difference:
        return project, msg("{what}", what=found.difference)
    return project, _WITHOUT_NAMES if options.without_names else None


def read_json(path: Path) -> Project:
    """The project in an interchange document; an Unreadable that names the file."""
    try:
        content = read_bytes(path)
        if len(content) > _LARGE:
            inspecting.try_json(path)
        return interchange.read(content)
    except Unreadable as fault:
        if path.name in str(fault):
            raise
        raise Unreadable(msg("“{path}”: {problem}", path=shown(path), problem=fault.problem), fault.advice) from None


def record_fault(path: Path, project: Project) -> Message | None:
    """How the operating record in an interchange document contradicts itself: its entries lead to another head than it
    states, or to other rows than it carries. None where they agree. `project` is what was read from `path`."""
    said = json.loads(read_bytes(path)).get("record")
    at_hand = record.head(project.log)
    if said is not None and said != {"entries": at_hand.count, "head": at_hand.digest}:
        return msg("the head that it states is not that of its operating record")
    return record.contradiction(project.document, project.log)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that a person named; an Unreadable in one sentence when there are none to read."""
    try:
        if path.is_dir():
            raise Unreadable(msg("“{path}” is a folder.", path=shown(path)), msg("Name a file."))
        if path.stat().st_size > interchange.LARGEST:
            raise Unreadable(msg("“{path}” is too large to be a copy of a project.", path=shown(path)))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(msg("There is no file “{path}”.", path=shown(path)), msg("Check the name.")) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(msg("“{path}” cannot be read: {why}.", path=shown(path), why=why)) from None


def _same(project: Project, copy: Project, signed: Revision) -> Message:
    """The answer for a copy that is the signed revision; its record may well be an older one."""
    same = msg(
        "this copy is revision {number}, fingerprint {fingerprint}.",
        number=signed.number or 0,
        fingerprint=short(signed.fingerprint),
    )
    count = record.behind(copy.log, project.log)
    if not count:
        return same
    return number_of(
        count,
        "{answer} Its operating record is 1 entry behind.",
        "{answer} Its operating record is {count} entries behind.",
        answer=same,
    )


def _kept_alike(signed: Revision, copy: Project) -> bool:
    """Whether a revision from which names were taken out keeps what is left of the same in a copy from before."""
    return any(
        row.fingerprint == signed.fingerprint and row.content == signed.content for row in copy.document.rows(Revision)
    )


def _other_content(path: Path, project: Project, copy: Project, signed: Revision) -> Verdict:
    digest = content_digest(copy.document)
    number = signed.number or 0
    for revision in project.document.rows(Revision):
        if revision.digest == digest:
            said = msg(
                "this copy is revision {number}; the signed one is {signed}.",
                number=revision.number or 0,
                signed=number,
            )
            return verdict.changed(path, said)
    if copy.document.project_id != project.document.project_id:
        return verdict.cannot(path, msg("this copy belongs to another project."))
    lines = verdict.differences(signed, copy.document)
    return verdict.changed(path, msg("its decisions are not those of signed revision {number}.", number=number), lines)


def _other_record(project: Project, copy: Project) -> Message | None:
    """What in the history or the operating record of a copy the project never said; None when it said all of it.

    A copy may be older than the project: its log is then the beginning of the project's, and its record is what the
    project held at that point.
    """
    if record.behind(copy.log, project.log) is None:
        return msg("its operating record is not a part of this project’s record.")
    theirs = [plain_change_set(entry, private=False) for entry in copy.log]
    ours = [(place, plain) for place, e in enumerate(project.log, 1) if (plain := plain_change_set(e, private=False))]
    if [plain for _, plain in ours[: len(theirs)]] != theirs:
        return msg("its history is not that of the project.")
    reached = ours[len(theirs) - 1][0] if theirs else 0
    then = _rewound(project, reached if len(ours) > len(theirs) else len(project.log))
    if _shared_rows(then) != _shared_rows(copy.document):
        return msg("its operating record (evidence, readings, tests, acceptances) is not that of the project.")
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
    def of(document_of: Project) -> set[tuple[str, ...]]:
        ids = {r.id for r in document_of.document.rows(Revision) if r.fingerprint == signed.fingerprint}
        rows = document_of.document.rows(Signature)
        return {(s.seat, s.name, s.signed_at, s.level, s.entry, s.seal) for s in rows if s.revision in ids}

    return of(project) == of(copy)


def _lower(at_hand: signoff.SignoffState) -> str:
    said = str(at_hand.words())
    return said[:1].lower() + said[1:]

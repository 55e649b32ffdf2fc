"""Is the project, and is each copy, the signed revision? Nothing printed or stored is trusted: all is computed anew.

The answers, and what they prove, are in app.verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app import inspecting, interchange, signers, verdict
from app.errors import Unreadable
from app.inspecting import Inspected
from app.interchange import Project, as_json, from_json, plain_change_set
from app.messages import Message, msg, number_of, shown, words
from app.model.changes import RowChange
from app.model.commit import Revision, Signature
from app.model.document import Document
from app.model.fields import Scope
from app.model.log import Log
from app.outside import read_bytes
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
        found = verdict.cannot(path, msg("revision {number} is {status}.", number=number, status=_lower(at_hand)))
        return found.with_lines(signers.so_far(document, at_hand))
    why = msg(
        "revision {number}, signed for {level}, fingerprint {fingerprint}.",
        number=number,
        level=at_hand.revision.level,
        fingerprint=short(at_hand.revision.fingerprint),
    )
    proved = proof(project, at_hand.revision)
    return _unchanged(path, document, at_hand.revision, why, proved).with_lines(map(words, proved.beneath))


def _unchanged(path: Path, document: Document, revision: Revision, why: Message, found: Proof) -> Verdict:
    if found.fault is not None:
        return verdict.changed(path, found.fault)
    return verdict.unchanged(path, document, revision, why, found)


_NEVER_HELD = msg("the sign-off never was in the state of that receipt: signatures were dropped or replaced.")


def verify_copy(project: Project, path: Path) -> Verdict:
    """Whether a copy (pdf, xlsx or json) is the signed revision of the project.

    What a PDF or XLSX carries is compared first, then what it shows: a difference in words is told, and where only
    the bytes differ from those that its data makes, nothing is proved. Raises Unreadable when the copy cannot be read
    at all.
    """
    found = _read(path)
    if found.without_names:
        return verdict.cannot(path, _WITHOUT_NAMES)
    copy = found.project
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
    if (other := _other_record(project, copy, private=found.private)) is not None:
        return verdict.changed(path, other)
    if found.fault is not None:
        return verdict.changed(path, msg("{fault}.", fault=found.fault))
    if found.shown is not None and not found.shown.untouched:
        return _touched(path, found.shown, signed)
    same = _same(project, copy, signed)
    if signed.erased is not None:
        same = msg(
            "{answer} What the project holds of it differs in nothing but the names that were erased.", answer=same
        )
    of_copy = next(row for row in as_it_is.document.rows(Revision) if row.fingerprint == signed.fingerprint)
    return _unchanged(path, project.document, signed, same, proof(as_it_is, of_copy))


def _touched(path: Path, found: Inspected, signed: Revision) -> Verdict:
    """The answer for a copy that carries the signed revision, and whose bytes are others than that makes."""
    if not found.same_layout:
        return verdict.cannot(path, msg("{why}.", why=found.maker))
    if found.difference:
        return verdict.changed(path, msg("{what}", what=found.difference), found.signs)
    number = signed.number or 0
    if found.maker:
        why = msg(
            "the words are those of revision {number}, but what the file shows cannot be proved here: {maker}.",
            number=number,
            maker=found.maker,
        )
    else:
        why = msg(
            "the words are those of revision {number}, but the file itself was changed or saved by another program "
            "since, so what it shows cannot be proved.",
            number=number,
        )
    return verdict.cannot(path, why).with_lines([*found.signs, words("Export it anew for a copy that can be proved.")])


def read_copy(path: Path) -> Project:
    """The project inside an export, whatever is shown around it; Unreadable when there is none."""
    return _read(path).project


# --- reading copies: the project inside, and what is wrong with what is shown --------------------------------


@dataclass(frozen=True, slots=True)
class _Copy:
    """What a copy carries, and whether that holds private rows and fields too, or pseudonyms.

    `shown` is what came of a PDF or XLSX, None for JSON, which shows nothing but what it carries; `fault` is how the
    operating record in JSON contradicts itself.
    """

    project: Project
    private: bool
    without_names: bool
    shown: Inspected | None = None
    fault: Message | None = None


_WITHOUT_NAMES = msg("this copy is without names: it cannot be compared with the signed revision.")

_LARGE = 5_000_000
"""Bytes of JSON, far above those of a large project, which may take a hundred times as many to be read."""


def _read(path: Path) -> _Copy:
    ending = path.suffix.lower()
    if ending == ".json":
        return _read_json(path)
    if ending not in (".xlsx", ".pdf"):
        raise Unreadable(
            msg("“{path}” is none of PDF, XLSX and JSON.", path=shown(path)), msg("Name a copy that Ownermap exported.")
        )
    found = inspecting.inspect(path)
    project, options = attachment.read(found.attachment)
    return _Copy(project, options.private, options.without_names, found)


def _read_json(path: Path) -> _Copy:
    found = read_json(path)
    return _Copy(found.project, _holds_private(found.project), found.without_names, fault=found.fault)


def _holds_private(project: Project) -> bool:
    """Whether a project has anything that an export leaves out unless it is asked for."""
    shared = from_json(as_json(project))
    return as_json(shared, private=True) != as_json(project, private=True)


@dataclass(frozen=True, slots=True)
class JsonCopy:
    """What an interchange document holds. `fault` says how its operating record contradicts itself: its entries lead to
    another head than it states, or to other rows than it carries; None where they agree."""

    project: Project
    without_names: bool
    fault: Message | None


def read_json(path: Path) -> JsonCopy:
    """The project in an interchange document; an Unreadable that names the file."""
    content = read_bytes(path, interchange.LARGEST)
    try:
        if len(content) > _LARGE:
            inspecting.try_json(path)
        plain = interchange.parse(content)
        project = from_json(plain)
    except Unreadable as fault:
        if path.name in str(fault):
            raise
        raise Unreadable(msg("“{path}”: {problem}", path=shown(path), problem=fault.problem), fault.advice) from None
    return JsonCopy(project, "without_names" in plain, _record_fault(plain.get("record"), project))


def _record_fault(said: object, project: Project) -> Message | None:
    at_hand = record.head(project.log)
    if said is not None and said != {"entries": at_hand.count, "head": at_hand.digest}:
        return msg("the head that it states is not that of its operating record")
    return record.contradiction(project.document, project.log)


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


def _other_record(project: Project, copy: Project, *, private: bool) -> Message | None:
    """What in the history, the operating record or the private notes of a copy the project never said; None when it
    said all of it.

    A copy may be older than the project: its log is then the beginning of the project's, and its record is what the
    project held at that point.
    """
    if record.behind(copy.log, project.log) is None:
        return msg("its operating record is not a part of this project’s record.")
    then = _as_it_was(project, copy.log, private=False)
    if then is None:
        return msg("its history is not that of the project.")
    if _rows(then, private=False) != _rows(copy.document, private=False):
        return msg("its operating record (evidence, readings, tests, acceptances) is not that of the project.")
    if private:
        then = _as_it_was(project, copy.log, private=True)
        if then is None or _rows(then, private=True) != _rows(copy.document, private=True):
            return msg("its private notes (votes, clock, parking lot, notes) are not those of the project.")
    return None


def _as_it_was(project: Project, log: Log, *, private: bool) -> Document | None:
    """The project's document as it stood at the end of a log that is the beginning of its own; None where it is not."""
    theirs = [plain for entry in log if (plain := plain_change_set(entry, private=private))]
    ours = [(place, plain) for place, e in enumerate(project.log, 1) if (plain := plain_change_set(e, private=private))]
    if [plain for _, plain in ours[: len(theirs)]] != theirs:
        return None
    reached = ours[len(theirs) - 1][0] if theirs else 0
    return _rewound(project, reached if len(ours) > len(theirs) else len(project.log), private=private)


def _rewound(project: Project, length: int, *, private: bool) -> Document:
    """The document as it stood after the first change sets of its log; what is private stays as it is, unless that is
    asked for."""
    document = project.document
    for place in range(len(project.log) - 1, length - 1, -1):
        changes = [c for c in project.log[place].changes if private or c.row.spec.scope is not Scope.PRIVATE]
        back = [RowChange(change.after, change.before) for change in reversed(changes)]
        document = document.applying(back)
    return document


def _rows(document: Document, *, private: bool) -> object:
    return as_json(Project(document, Log()), private=private)["rows"]


def _same_signatures(project: Project, copy: Project, signed: Revision) -> bool:
    def of(document_of: Project) -> set[tuple[str, ...]]:
        ids = {r.id for r in document_of.document.rows(Revision) if r.fingerprint == signed.fingerprint}
        rows = document_of.document.rows(Signature)
        return {(s.seat, s.name, s.signed_at, s.level, s.entry, s.seal) for s in rows if s.revision in ids}

    return of(project) == of(copy)


def _lower(at_hand: signoff.SignoffState) -> str:
    said = str(at_hand.words())
    return said[:1].lower() + said[1:]

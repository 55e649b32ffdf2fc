"""Reading back what left the program: an interchange document, or a workbook that somebody edited."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.edits import Edit
from app.edits.generic import set_fields, together
from app.edits.raci import set_letter
from app.errors import AppError, Unreadable
from app.files import refuse_existing
from app.inspecting import edited_cells
from app.merging import unite
from app.messages import Message, msg, number_of, shown, words
from app.model.document import Document
from app.model.fields import fields_of
from app.model.ids import Mint
from app.model.room import Agent
from app.report import attachment
from app.report.parse import parse
from app.revisions import signoff
from app.revisions.proof import warning_of
from app.store import files
from app.verdict import signature_lines
from app.verifying import read_json
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done, a sentence a line. `warning` says that the sign-off of the project does not hold, where that is
    so."""

    lines: tuple[str, ...]
    warning: Message | None


def import_json(source: Path, target: Path, *, force: bool, dry_run: bool = False) -> Imported:
    """Make a project of an interchange document, or unite the signatures of the same revision into one that is there.

    Raises AppError when the target is there and is something else, and
    when the operating record does not lead to the rows.
    """
    copy = read_json(source)
    project = copy.project
    if copy.fault is not None:
        raise Unreadable(
            msg("“{path}” contradicts itself: {fault}.", path=shown(source), fault=copy.fault),
            msg("Export it again from the project that it came from."),
        )
    if target.exists() and target.resolve() == source.resolve():
        raise Unreadable(msg("“{path}” is both source and target.", path=shown(target)), msg("Name another target."))
    if not target.exists() or force:
        warning = warning_of(project)
        if dry_run:
            said = msg("Would make {path} from {source}.", path=shown(target), source=shown(source))
            return Imported((words(said),), warning)
        told = files.create(target, project, force=force).told
        done = words(msg("Made {path} from {source}.", path=shown(target), source=shown(source)))
        return Imported((done, words(told)) if told is not None else (done,), warning)
    if files.read(target).document.project_id != project.document.project_id:
        refuse_existing(target, force=False)
    with files.open_for_editing(target) as opened:
        workspace = Workspace(opened.project, opened)
        edit = unite(project.document)
        made = edit(workspace.document, workspace.mint) if dry_run else workspace.run(edit)
        joined = signature_lines(made, workspace.document) if made else ()
        warning = warning_of(workspace.project)
    one, many = (
        ("1 signature would be new to {path}.", "{count} signatures would be new to {path}.")
        if dry_run
        else ("1 signature was new to {path}.", "{count} signatures were new to {path}.")
    )
    said = number_of(len(joined), one, many, path=shown(target))
    return Imported((words(said), *(f"  {line}" for line in joined)), warning)


def import_xlsx(source: Path, target: Path, *, dry_run: bool = False) -> Imported:
    """Apply what differs in an edited workbook to its project, as one step that can be undone.

    Each cell that shows one field of one row is read back; what cannot be applied is listed with the reason.
    """
    carried, cells = edited_cells(source)
    copy, _ = attachment.read(carried)
    lines: list[str] = []
    with files.open_for_editing(target) as opened:
        workspace = Workspace(opened.project, opened)
        document = workspace.document
        if document.project_id != copy.document.project_id:
            raise AppError(msg("That workbook belongs to another project."), msg("Name the project it came from."))
        edits: list[Edit] = []
        for cell in cells:
            where = f"{cell.sheet}!{cell.place}"
            try:
                if cell.moved:
                    raise AppError(msg("rows were sorted or swapped; put them back in their order."))
                edit = _edit_for(document, cell.origin, cell.now)
                if edit(document, Mint()) is not None:
                    edits.append(edit)
                    lines.append(f"{where}: “{cell.was}” → “{cell.now}”")
            except AppError as fault:
                lines.append(words(msg("{where} left out: {why}", where=where, why=str(fault))))
        was = signoff.state(document)
        if edits and not dry_run:
            workspace.run(together(msg("Apply an edited workbook"), *edits))
            now = signoff.state(workspace.document)
            if was.revision is not None and now.changed and was.stands:
                signed = msg(
                    "Revision {number} no longer stands: this is now {status}.",
                    number=was.revision.number or 0,
                    status=now.words(),
                )
                lines.append(words(signed))
        warning = warning_of(workspace.project)
    summary = (
        number_of(len(edits), "1 cell would change.", "{count} cells would change.")
        if dry_run
        else number_of(len(edits), "1 cell changed.", "{count} cells changed.")
    )
    return Imported((*lines, words(summary)), warning)


def _edit_for(document: Document, origin: str, text: str) -> Edit:
    place, _, name = origin.rpartition(".")
    if place.startswith("raci:"):
        return set_letter(place.removeprefix("raci:"), name, text, words("Changed in the workbook"))
    row = document.find(place)
    if row is None:
        raise AppError(msg("This cell is derived; change what it follows from."))
    field = fields_of(type(row))[name]
    return set_fields(place, **{name: parse(document, field, text, document.only(Agent))})

"""What changed since the last signed revision, and the change log."""

from __future__ import annotations

from dataclasses import replace

from app.messages import msg, number_of, words
from app.model.changes import ChangeSet
from app.model.commit import Revision, Signature
from app.report.changes import in_short, public, told
from app.report.details import table
from app.report.material import Material
from app.report.model import Block, Cell, Paragraph, Section, Table, Tone
from app.revisions.differences import DECISIONS, differences, frozen
from app.revisions.signoff import is_complete

ON_PAPER = 40
"""Entries of the change log that the PDF prints: about a page."""


def changed(material: Material) -> Section:
    """What changed since the last signed revision."""
    last = _compared_with(material)
    blocks: tuple[Block, ...]
    if last is None:
        blocks = (Paragraph(words("There is no signed revision before this one to compare with.")),)
    else:
        earlier = replace(material, document=frozen(last, material.document).document)
        found = [
            line
            for each in differences(earlier.document, material.document, scopes=DECISIONS)
            for line in told(material, each.change, each.fields, earlier=earlier)
        ]
        columns = (("About", 3), ("What", 2), ("Before", 3), ("After", 3))
        blocks = (table("changed", columns, found, empty="Nothing: the decisions are those that were signed."),)
    title = words("What changed since the last signed revision")
    intro = words(msg("Compared with revision {number}.", number=last.number or 0)) if last else ""
    return Section("changed", title, intro, blocks, sheet="Change log")


def _compared_with(material: Material) -> Revision | None:
    """The last signed revision; for a copy that is one itself, the signed one before it."""
    signoff = material.signoff
    if not signoff.signed:
        return signoff.last_signed
    earlier = [
        row
        for row in material.document.rows(Revision)
        if not row.withdrawn_at
        and (row.number or 0) < (signoff.revision.number or 0 if signoff.revision else 0)
        and is_complete(material.document, row)
    ]
    return max(earlier, key=lambda row: row.number or 0, default=None)


def recent(material: Material) -> Section:
    """The change log since the last signature, as far as a page goes."""
    signed = max((row.signed_at for row in material.document.rows(Signature)), default="")
    entries = [entry for entry in _entries(material) if entry.at > signed]
    blocks: list[Block] = [_log(material, entries[-ON_PAPER:], "recent_changes")]
    if len(entries) > ON_PAPER:
        more = number_of(
            len(entries) - ON_PAPER,
            "1 earlier change is in the workbook’s change log.",
            "{count} earlier changes are in the workbook’s change log.",
        )
        blocks.append(Paragraph(words(more), Tone.MUTED))
    intro = words("Since the last signature.") if signed else words("Since the project began.")
    return Section("recent", words("Latest changes"), intro, tuple(blocks))


def log(material: Material) -> Section:
    """The whole change log, for the workbook."""
    return Section(
        "log",
        words("Change log"),
        words("Every change in order, the latest first."),
        (_log(material, _entries(material), "change_log"),),
        sheet="Change log",
        printed=False,
    )


def _entries(material: Material) -> list[ChangeSet]:
    return [entry for entry in material.log if public(material, entry)]


def _log(material: Material, entries: list[ChangeSet], key: str) -> Table:
    rows = [
        (
            Cell(material.moment(entry.at), Tone.MUTED),
            entry.author,
            Cell(words(entry.label), Tone.STRONG),
            in_short(material, public(material, entry)),
        )
        for entry in reversed(entries)
    ]
    columns = (("When", 2), ("Who", 2), ("What", 3), ("In detail", 5))
    return table(key, columns, rows, empty="Nothing has been changed yet.")

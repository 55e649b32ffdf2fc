"""The operating record: what happened since the signature, and all of it for the workbook (domain.md 0.12)."""

from __future__ import annotations

from app.messages import number_of, words
from app.model.commit import Signature
from app.report.changes import LONGEST, in_full
from app.report.details import NOT_SAID, table
from app.report.display import fingerprint_words
from app.report.material import Material
from app.report.model import Block, Cell, Facts, Paragraph, Section, Table, Tone
from app.revisions.digest import short
from app.revisions.record import Entry, entries, nothing_yet

ON_PAPER = 40
"""Entries that the PDF prints: about a page."""


def section(material: Material) -> Section:
    """What was recorded since the last signature, with the number of entries and the head of the record."""
    every = entries(material.log)
    signed = max((row.signed_at for row in material.document.rows(Signature)), default="")
    since = [entry for entry in every if entry.at > signed]
    blocks: list[Block] = [
        Facts(
            (
                (words("Entries"), Cell(len(every))),
                (words("Since the last signature"), Cell(len(since) if signed else words("nobody has signed yet"))),
                (words("Head"), Cell(fingerprint_words(every[-1].digest)) if every else _none()),
            )
        ),
        _table(material, since[-ON_PAPER:], "recorded_since", LONGEST),
    ]
    if len(since) > ON_PAPER:
        more = number_of(
            len(since) - ON_PAPER,
            "1 earlier entry is in the workbook’s operating record.",
            "{count} earlier entries are in the workbook’s operating record.",
        )
        blocks.append(Paragraph(words(more), Tone.MUTED))
    return Section(
        "record",
        words("Operating record"),
        words(
            "What happened: evidence, reviews, tests, acceptances, absences and hand-overs. Each entry is bound to the "
            "one before it; adding to it voids no signature."
        ),
        tuple(blocks),
        sheet="Operating record",
    )


def whole(material: Material) -> Section:
    """Every entry, for the workbook."""
    return Section(
        "record_entries",
        words("Every entry of the operating record"),
        words("The latest first; the last column is the beginning of the hash that binds an entry to all before it."),
        (_table(material, list(entries(material.log)), "operating_record", 0),),
        sheet="Operating record",
        printed=False,
    )


def _table(material: Material, shown: list[Entry], key: str, longest: int) -> Table:
    rows = [
        (
            Cell(entry.number),
            Cell(material.moment(entry.at), Tone.MUTED),
            entry.author,
            Cell(words(entry.label), Tone.STRONG),
            _detail(material, entry, longest),
            Cell(short(entry.digest), Tone.MUTED),
        )
        for entry in reversed(shown)
    ]
    columns = (("No.", 1), ("When", 2), ("Who", 2), ("What", 3), ("In detail", 5), ("Chain", 2))
    return table(key, columns, rows, empty=nothing_yet(material.document, material.log))


def _detail(material: Material, entry: Entry, longest: int) -> str:
    """All that an entry says, a change a line."""
    return "\n".join(f"{about}: {'; '.join(said)}" for about, said in in_full(material, entry.events, longest))


def _none() -> Cell:
    return Cell(words(NOT_SAID), Tone.MUTED)

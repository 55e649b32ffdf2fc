"""What was decided, promised and met about; and the private notes of the workshop, only when asked for."""

from __future__ import annotations

from app.messages import msg, words
from app.model.commit import Commitment, Decision, ParkedItem
from app.model.owners import Vote
from app.model.room import AgendaItem, Sitting, Workshop
from app.report.details import Instead, facts, listing, table
from app.report.display import day_words
from app.report.material import Material
from app.report.model import Block, Cell, Section, Table, Tone
from app.report.sections.votes import agreement
from app.report.todo import todos
from app.rules.promises import kept


def section(material: Material) -> Section:
    """Decisions and open points."""
    blocks: list[Block] = [
        _todo_sheet(material),
        listing(material, Decision, "No decision is written down yet."),
        listing(
            material,
            Commitment,
            "Nothing is promised with a name and a date.",
            instead=_kept(material),
        ),
        listing(material, Sitting, "No sitting is recorded."),
    ]
    if material.private:
        blocks += [
            listing(material, ParkedItem, "Nothing is parked."),
            *agreement(material),
            listing(material, Vote, "Nobody has voted."),
            facts(material, material.document.only(Workshop), words("The workshop")),
            listing(material, AgendaItem, ""),
        ]
    return Section(
        "decisions",
        words("Decisions & open points"),
        words("What was decided and by whom, what was promised until when, and the sittings at which it happened."),
        tuple(blocks),
        sheet="Decisions & open points",
    )


def _kept(material: Material) -> Instead:
    """The promises that nobody has marked as done, and whose point is open no more."""
    said = msg("kept: no longer open on {day}", day=day_words(material.today))
    answered = kept(material.document, material.findings)
    rows = (row for row in material.document.rows(Commitment) if row.id in answered and not row.done_on)
    return {(row.id, "done_on"): Cell(words(said), Tone.OK) for row in rows}


def _todo_sheet(material: Material) -> Table:
    rows = [
        (
            Cell(material.name(todo.who), Tone.STRONG),
            todo.what,
            day_words(todo.by) or Cell(words("no day set"), Tone.MUTED),
        )
        for todo in todos(material.document, material.findings)
    ]
    columns = (("Who", 2), ("What", 6), ("By when", 2))
    return table("todo", columns, rows, caption="To do", empty="Nobody has anything left to do.")

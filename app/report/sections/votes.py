"""How far the silent votes agreed: only in an export that is asked for what is private (product.md, "The silent
vote")."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg, words
from app.model import vocabulary as v
from app.model.owners import OwnerAssignment
from app.policy.answers import figure, remark, verdict
from app.policy.consensus import Round, Tally, rounds
from app.report.details import table
from app.report.material import Material
from app.report.model import Block, Cell, Paragraph, Tone

LABELS = {str(entry.value): entry.label for entry in v.OWNER_TYPES}


def agreement(material: Material) -> Iterator[Block]:
    """Each round as a table, the most split question first, and what it says over all four."""
    columns = (("Question", 2), ("Agreement", 2), ("Beyond chance", 1), ("What was said", 5), ("Owner now", 2))
    for found in rounds(material.document):
        caption = words(msg("Silent vote, round {number}", number=found.number))
        rows = (_row(material, found, tally) for tally in found.tallies())
        yield table(f"votes_{found.number}", columns, rows, caption=caption)
        coefficient = found.coefficient()
        if coefficient is not None:
            yield Paragraph(
                words(
                    msg(
                        "Over all four, less what chance would give: {figure} (1 is full agreement, 0 is chance).",
                        figure=figure(coefficient),
                    )
                ),
                Tone.MUTED,
            )


def _row(material: Material, found: Round, tally: Tally) -> tuple[Cell, ...]:
    document = material.document
    share = msg("{top} of {all}", top=tally.top, all=tally.voters)
    beyond = found.beyond_chance(tally.question)
    owner = document.fixed(OwnerAssignment, tally.question)
    return (
        Cell(words(LABELS[tally.question]), Tone.STRONG),
        Cell(f"{words(share)} · {words(verdict(document, tally))}"),
        Cell(figure(beyond) if beyond is not None else ""),
        Cell(remark(document, tally)),
        Cell(material.name(owner.person)),
    )

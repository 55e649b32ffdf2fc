"""What the room accepted, promised, decided and parked."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.commit import AcceptedRisk, Commitment, Decision, DismissedPhrase, ParkedItem
from app.model.document import Document
from app.model.row import Row
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Part, titled
from ui.steps.sections import section_for
from ui.widgets.basic import column
from ui.widgets.form import editable
from ui.widgets.slot_line import Shown, Slot
from ui.widgets.slot_list import SlotList, Slots


class Kept(QWidget):
    """Four lists, and the wording that was dismissed; a part of the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.risks = _slots(desk, AcceptedRisk, risk_slots, "Reason", "expiry")
        self.commitments = _slots(desk, Commitment, commitment_slots, "What", "by_when")
        layout = column(self, spacing=14)
        layout.addWidget(titled(AcceptedRisk.spec.many, self.risks))
        layout.addWidget(titled(Commitment.spec.many, self.commitments))
        sections = [section_for(desk, kind, editable(kind)) for kind in (Decision, ParkedItem, DismissedPhrase)]
        for section in sections:
            layout.addWidget(section)
        self._parts: tuple[Part, ...] = (self.risks, self.commitments, *sections)

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        for part in self._parts:
            part.follow(change_set, initiator)

    def show_findings(self, findings: Findings) -> None:
        for part in self._parts:
            part.show_findings(findings)

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        found = (part.reveal(row_id, field) for part in self._parts)
        return next((control for control in found if control is not None), None)


def _slots(desk: Desk, row_class: type[Row], slots: Slots, heading: str, day: str) -> SlotList:
    return SlotList(
        desk,
        row_class,
        (Shown("code", 2), Shown("subject", 3, said=_about), Shown("who", 3, msg("nobody yet")), Shown(day, 3)),
        slots,
        heading=heading,
        invitation="",
    )


def risk_slots(document: Document) -> list[Slot]:
    """A line for each accepted risk."""
    return [Slot(row.id, row.why or words("No reason yet"), row.id) for row in document.rows(AcceptedRisk)]


def commitment_slots(document: Document) -> list[Slot]:
    """A line for each promise."""
    return [Slot(row.id, row.what or words("Nothing said yet"), row.id) for row in document.rows(Commitment)]


def _about(document: Document, row: Row) -> str:
    """What it is about, by name; the whole map where it names no row."""
    return words(document.called(str(row.value("subject"))))

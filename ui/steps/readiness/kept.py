"""What the room accepted, promised, decided and parked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.messages import Message, msg, words
from app.model.changes import ChangeSet
from app.model.commit import AcceptedRisk, Commitment, Decision, DismissedPhrase, ParkedItem
from app.model.document import Document
from app.model.fields import fields_of
from app.model.row import Row
from app.report.display import heading
from ui.desk import Desk
from ui.findings import Findings
from ui.steps.base import Part, Section, titled
from ui.steps.sections import section_for
from ui.widgets.basic import column
from ui.widgets.form import editable
from ui.widgets.row_list import RowList
from ui.widgets.slot_line import Shown, Slot
from ui.widgets.slot_list import SlotList, Slots

RISK = ("who", "why", "expiry")
PROMISE = ("what", "who", "by_when", "done_on")
PHRASE = ("why",)
"""What is edited of each. What an entry is about, and what it answers, was said by the open point that it came from: it
is shown in words and stays."""


class Kept(QWidget):
    """Four lists, and the wording that was dismissed; a part of the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.risks = _slots(desk, AcceptedRisk, risk_slots, RISK, "Reason", "expiry")
        self.commitments = _slots(desk, Commitment, commitment_slots, PROMISE, "What", "by_when")
        layout = column(self, spacing=14)
        layout.addWidget(titled(AcceptedRisk.spec.many, self.risks))
        layout.addWidget(titled(Commitment.spec.many, self.commitments))
        sections = [section_for(desk, kind, editable(kind)) for kind in (Decision, ParkedItem)]
        sections.append(_phrases(desk))
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


def _slots(desk: Desk, row_class: type[Row], slots: Slots, names: Sequence[str], title: str, day: str) -> SlotList:
    return SlotList(
        desk,
        row_class,
        (Shown("code", 2), Shown("subject", 3, said=_about), Shown("who", 3, msg("nobody yet")), Shown(day, 3)),
        slots,
        heading=title,
        invitation="",
        names=names,
        told=what_it_answers,
    )


def _phrases(desk: Desk) -> Section:
    """The wording that the room keeps. It is dismissed where it stands, so that nothing is added here."""

    def build() -> RowList:
        return RowList(desk, DismissedPhrase, PHRASE, called=called, tells=PHRASE, growing=False)

    def called(row: Row) -> str:
        phrase = cast(DismissedPhrase, row)
        return words(msg("“{phrase}”: {about}", phrase=phrase.words, about=about(desk.document, phrase.subject)))

    return Section(desk, DismissedPhrase.spec.many, DismissedPhrase, PHRASE, build)


def what_it_answers(document: Document, row: Row) -> Message:
    """The finding that an accepted risk or a promise answers, and the row that it is about, in words."""
    label, code = heading(fields_of(type(row))["code"]), str(row.value("code"))
    if not code:
        return msg("{label}: no open point", label=label)
    return msg("{label}: {code} · About: {about}", label=label, code=code, about=_about(document, row))


def about(document: Document, subject: str) -> str:
    """The row with this id by its name; the whole map where there is no id."""
    if not subject:
        return words("the whole map")
    row = document.find(subject)
    return words("an entry that was removed") if row is None else words(row.called()) or words(row.spec.one)


def risk_slots(document: Document) -> list[Slot]:
    """A line for each accepted risk."""
    return [Slot(row.id, row.why or words("No reason yet"), row.id) for row in document.rows(AcceptedRisk)]


def commitment_slots(document: Document) -> list[Slot]:
    """A line for each promise."""
    return [Slot(row.id, row.what or words("Nothing said yet"), row.id) for row in document.rows(Commitment)]


def _about(document: Document, row: Row) -> str:
    """What a finding that was answered is about; nothing where none was."""
    return about(document, str(row.value("subject"))) if row.value("code") else ""

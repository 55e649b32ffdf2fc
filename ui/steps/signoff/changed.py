"""What changed since the last signed revision, line by line, and which revisions there were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.messages import msg, number_of, words
from app.model import vocabulary as v
from app.model.commit import Revision
from app.report.changes import Told, told
from app.report.display import moment_words
from app.report.material import Material
from app.revisions.differences import DECISIONS, differences, frozen
from app.revisions.digest import short
from app.revisions.signoff import SignoffState
from ui.desk import Desk
from ui.widgets.basic import button, column, empty, label, set_text

MOST = 60
"""Lines that are shown; the workbook has them all."""

HEADINGS = ("About", "What", "Before", "After")


class ChangedPanel(QWidget):
    """The differences in four columns."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: tuple[Told, ...] | None = None
        layout = column(self, spacing=8)
        self.sentence = label("", "secondary", wrap=True)
        layout.addWidget(self.sentence)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        for place, share in enumerate((3, 2, 3, 3)):
            self._grid.setColumnStretch(place, share)
        layout.addLayout(self._grid)

    def show_changes(self, standing: SignoffState, as_of: str) -> None:
        """Compare the decisions with those that were signed last."""
        last = standing.last_signed
        if last is None:
            set_text(self.sentence, msg("No revision has been signed by every seat yet."))
            self._show(())
            return
        document = self.desk.document
        material = Material(document, self.desk.workspace.workspace.log, (), "", standing, as_of)
        earlier = replace(material, document=frozen(last, document).document)
        lines = (
            line
            for each in differences(earlier.document, document, scopes=DECISIONS)
            for line in told(material, each.change, each.fields, earlier=earlier)
        )
        found = tuple(islice(lines, MOST + 1))
        number = last.number or 0
        if not found:
            set_text(self.sentence, msg("Nothing: the decisions are those of revision {number}.", number=number))
        elif len(found) > MOST:
            said = "The first {most} differences from revision {number}; the workbook has all."
            set_text(self.sentence, msg(said, most=MOST, number=number))
        else:
            counted = number_of(
                len(found),
                "1 difference from revision {number}. Its signatures belong to what stood before.",
                "{count} differences from revision {number}. Its signatures belong to what stood before.",
                number=number,
            )
            set_text(self.sentence, counted)
        self._show(found[:MOST])

    def _show(self, lines: Sequence[Told]) -> None:
        if self._shown == tuple(lines):
            return
        self._shown = tuple(lines)
        empty(self._grid)
        for place, heading in enumerate(HEADINGS if lines else ()):
            self._grid.addWidget(label(heading, "caption"), 0, place)
        for row, line in enumerate(lines, 1):
            for place, text in enumerate(line):
                shown = label("", "secondary" if place else "", wrap=True)
                shown.setText(text or "–")
                self._grid.addWidget(shown, row, place, Qt.AlignmentFlag.AlignTop)


class RevisionList(QWidget):
    """One line for each revision: number, level, when, and what became of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        whole = column(self, spacing=10)
        self._layout = column(spacing=4)
        whole.addLayout(self._layout)
        self.compare = button("Compare, or start a new draft from one …")
        self.compare.clicked.connect(self._compare)
        whole.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self._shown: list[str] | None = None

    def show_revisions(self, zone: str) -> None:
        """Show the revisions, the latest first."""
        rows = sorted(self.desk.document.rows(Revision), key=lambda row: -(row.number or 0))
        self.compare.setVisible(bool(rows))
        lines = [revision_words(row, zone) for row in rows] or [words("No revision has been frozen yet.")]
        if lines != self._shown:
            self._shown = lines
            empty(self._layout)
            for text in lines:
                shown = label("", "secondary", wrap=True)
                shown.setText(text)
                self._layout.addWidget(shown)

    def _compare(self) -> None:
        self.desk.command_wanted.emit("revisions")


def revision_words(row: Revision, zone: str) -> str:
    """One revision in words."""
    level = next((words(entry.label) for entry in v.LEVELS_OF_SIGNOFF if entry.value == row.level), row.level)
    parts = [
        words(msg("Revision {number}", number=row.number or 0)),
        level,
        moment_words(row.frozen_at, zone),
        short(row.fingerprint),
    ]
    if row.withdrawn_at:
        withdrawn = msg("withdrawn by {name}: {why}", name=row.withdrawn_by, why=row.withdrawn_why)
        parts.append(words(withdrawn))
    return " · ".join(parts)

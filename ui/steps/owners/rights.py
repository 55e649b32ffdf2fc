"""Who decides what, where the Agent Product Owner is somebody other than the workflow owner."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.owners import OwnerAssignment, RoleAssignment, Rota
from app.model.room import Person
from app.policy.holders import column_label
from app.policy.reconciliation import lead_is_split, rights
from ui.desk import Desk
from ui.findings import Findings
from ui.widgets.basic import column, label, set_text

_SHOWS = frozenset(kind.spec.kind for kind in (OwnerAssignment, RoleAssignment, Rota, Person))


class RightsCard(QFrame):
    """Three lines: what is decided, and by whom. It is in sight only while two people lead."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "card")
        layout = column(self, margins=(18, 14, 18, 16), spacing=10)
        layout.addWidget(label("Two people lead: who decides what", "heading"))
        layout.addWidget(
            label(
                "The workflow owner is also the Agent Product Owner, unless somebody else is named in Roles.",
                "secondary",
                wrap=True,
            )
        )
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        layout.addWidget(lines)
        self.names: dict[str, QLabel] = {}
        for at, right in enumerate(rights(desk.document)):
            shown = label("", "name", wrap=True)
            self.names[right.key] = shown
            grid.addWidget(label(right.what, wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, at, 1)
        self._say()
        if not lead_is_split(desk.document):
            self.hide()

    def follow(self, change_set: ChangeSet | None, initiator: QObject | None) -> None:
        if change_set is not None and not change_set.kinds() & _SHOWS:
            return
        self._say()
        self.setVisible(lead_is_split(self.desk.document))

    def _say(self) -> None:
        for right in rights(self.desk.document):
            name = right.held.name or right.held.stand_in or words("Nobody yet")
            set_text(self.names[right.key], msg("{name}, {role}", name=name, role=column_label(right.column)))

    def show_findings(self, findings: Findings) -> None:
        """It shows what the cards say; the findings stand there."""

    def reveal(self, row_id: str, field: str) -> QWidget | None:
        return None

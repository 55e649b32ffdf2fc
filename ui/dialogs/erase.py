"""Erasing a person: who, where they stand, what it means, and a word that it is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.erasing import OUTSIDE, WARNING, Preview, preview
from app.errors import AppError
from app.messages import words
from app.model.room import Person
from app.policy.names import told_apart
from ui.desk import Desk
from ui.dialogs.dialog import Dialog
from ui.widgets.basic import button, column, label, line, set_text


class EraseDialog(Dialog):
    """Erasing somebody from the project at `path`. `erase` is called with what was shown of the person when
    somebody has agreed; `person` is the id of the one shown at first."""

    def __init__(self, desk: Desk, path: Path, person: str, erase: Callable[[Preview], None], parent: QWidget) -> None:
        super().__init__("Erase a person", parent)
        self.desk = desk
        self._path = path
        self._erase = erase
        self._people = tuple(desk.document.rows(Person))
        whole = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout = self.scrolled(whole, "What erasing them means")
        layout.addWidget(label("Take somebody out of this project for good", "heading", wrap=True))
        self.person = QComboBox()
        self.person.setAccessibleName(words("Person"))
        self.person.addItems(
            [told_apart(desk.document, row) or words("A person without a name") for row in self._people]
        )
        layout.addWidget(self.person)
        self.found = label("", wrap=True)
        layout.addWidget(self.found)
        layout.addWidget(label(WARNING, "warn", wrap=True))
        layout.addWidget(label(OUTSIDE, "secondary", wrap=True))
        self.agreed = QCheckBox(words("Erase them: nobody can bring them back"))
        layout.addStretch()
        whole.addWidget(self.agreed)
        self.erase_button = button("Erase")
        self.cancel = button("Cancel", "primary")
        buttons = line(spacing=8)
        buttons.addStretch()
        buttons.addWidget(self.erase_button)
        buttons.addWidget(self.cancel)
        whole.addLayout(buttons)
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.erase_button.clicked.connect(self._do)
        self.person.currentIndexChanged.connect(self._show)
        self.agreed.toggled.connect(self._follow)
        ids = [row.id for row in self._people]
        self.person.setCurrentIndex(ids.index(person) if person in ids else 0)
        self._show()
        self.make_room(desk.theme.px(560))
        self.person.setFocus()

    def _show(self) -> None:
        """Where the chosen person stands; another choice is agreed to anew."""
        self._before: Preview | None = None
        self.agreed.setChecked(False)
        if not self._people:
            set_text(self.found, "Nobody is in the project yet.")
        else:
            project = self.desk.workspace.workspace.project
            try:
                self._before = preview(project, self._people[self.person.currentIndex()].id, self._path)
            except AppError as error:
                set_text(self.found, str(error))
            else:
                set_text(self.found, "\n".join(map(words, self._before.lines())))
        self.grow()
        self._follow()

    def _follow(self) -> None:
        self.agreed.setEnabled(self._before is not None)
        self.erase_button.setEnabled(self._before is not None and self.agreed.isChecked())

    def _do(self) -> None:
        erase, before = self._erase, self._before
        assert before is not None
        self.accept()
        # This dialog goes with its window: what follows begins when it is no longer in the middle of a click.
        QTimer.singleShot(0, lambda: erase(before))

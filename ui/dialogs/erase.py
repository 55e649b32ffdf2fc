"""Erasing a person: who, where they stand, what it means, and a word that it is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFrame, QLabel, QScrollArea, QWidget

from app.erasing import OUTSIDE, WARNING, preview
from app.errors import AppError
from app.messages import words
from app.model.room import Person
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, set_text
from ui.widgets.reading_order import focus_next


class EraseDialog(QDialog):
    """Erasing somebody from the project at `path`. `erase` is called with the id of the person when somebody has
    agreed; `person` is the one shown at first."""

    def __init__(self, desk: Desk, path: Path, person: str, erase: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self._path = path
        self._erase = erase
        self._people = tuple(desk.document.rows(Person))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("Erase a person"))
        self.setMinimumWidth(desk.theme.px(520))
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label("Take somebody out of this project for good", "heading", wrap=True))
        self.person = QComboBox()
        self.person.setAccessibleName(words("Person"))
        self.person.addItems([row.name or words("A person without a name") for row in self._people])
        layout.addWidget(self.person)
        self.found = label("", wrap=True)
        layout.addWidget(
            self._scrolled(self.found, label(WARNING, "warn", wrap=True), label(OUTSIDE, "secondary", wrap=True)), 1
        )
        self.agreed = QCheckBox(words("Erase them; I know that nobody can bring them back"))
        layout.addWidget(self.agreed)
        self.erase_button = button("Erase")
        self.cancel = button("Cancel", "primary")
        buttons = line(spacing=8)
        buttons.addStretch()
        buttons.addWidget(self.erase_button)
        buttons.addWidget(self.cancel)
        layout.addLayout(buttons)
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.erase_button.clicked.connect(self._do)
        self.person.currentIndexChanged.connect(self._show)
        self.agreed.toggled.connect(self._follow)
        ids = [row.id for row in self._people]
        self.person.setCurrentIndex(ids.index(person) if person in ids else 0)
        self._show()
        self.resize(min(desk.theme.px(560), parent.width() - 40), min(desk.theme.px(560), parent.height() - 80))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next(self, forward=forward)

    def _scrolled(self, *told: QLabel) -> QScrollArea:
        """What may be long, and is read with the arrow keys too."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(words("What erasing them means"))
        inside = QWidget()
        layout = column(inside, spacing=10)
        for each in told:
            layout.addWidget(each)
        layout.addStretch()
        scroll.setWidget(inside)
        return scroll

    def _show(self) -> None:
        """Where the chosen person stands; another choice is agreed to anew."""
        self._may = False
        self.agreed.setChecked(False)
        if not self._people:
            set_text(self.found, "Nobody is in the project yet.")
        else:
            project = self.desk.workspace.workspace.project
            try:
                before = preview(project, self._people[self.person.currentIndex()].id, self._path)
            except AppError as error:
                set_text(self.found, str(error))
            else:
                self._may = True
                set_text(self.found, "\n".join(map(words, before.lines())))
        self._follow()

    def _follow(self) -> None:
        self.agreed.setEnabled(self._may)
        self.erase_button.setEnabled(self._may and self.agreed.isChecked())

    def _do(self) -> None:
        erase, person = self._erase, self._people[self.person.currentIndex()].id
        self.accept()
        # This dialog goes with its window: what follows begins when it is no longer in the middle of a click.
        QTimer.singleShot(0, lambda: erase(person))

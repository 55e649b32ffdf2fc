"""Paste a list of names: many people in one step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from app.edits.people import add_people, people_in
from app.errors import AppError
from app.messages import msg, words
from ui.desk import Desk
from ui.widgets.basic import button, column, label, line, say_on, set_text
from ui.widgets.editors.typing import Prose


class PastePeople(QDialog):
    """One person a line; what stands on the clipboard is there already when it looks like a list."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("Paste a list of names"))
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label("Who else?", "heading"))
        layout.addWidget(
            label(
                "One person a line: name, title, function. Names that are there already are left alone.",
                "secondary",
                wrap=True,
            )
        )
        self.text = Prose(8)
        self.text.setAccessibleName(words("Names, one a line"))
        self.text.setPlaceholderText("Ada Byron, Head of Support, Support\nLin Chen; Platform Lead; IT")
        self.text.textChanged.connect(self._count)
        self.told = label("", "bad", wrap=True)
        self.add = button("Add", "primary")
        self.add.clicked.connect(self.take)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        buttons = line()
        buttons.addWidget(self.told, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.add)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self.resize(desk.theme.px(520), self.sizeHint().height())
        clipboard = QGuiApplication.clipboard().text()
        if "\n" in clipboard.strip() and len(clipboard) < 10_000:
            self.text.setPlainText(clipboard.strip())
            self.text.selectAll()
        self._count()

    def take(self) -> None:
        """Add everybody and close; what is wrong with a line is said here."""
        try:
            made = self.desk.workspace.attempt(add_people(people_in(self.text.toPlainText())), self)
        except AppError as error:
            set_text(self.told, str(error))
            return
        if made is not None:
            self.desk.say(made.label)
        self.accept()

    def _count(self) -> None:
        found = len(people_in(self.text.toPlainText()))
        say_on(self.add, msg("Add {count}", count=found))
        self.add.setEnabled(found > 0)

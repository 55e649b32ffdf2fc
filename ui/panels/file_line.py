"""One line about the file itself: changed by someone else, gone, or another copy beside it, with what can be done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.messages import Message, msg
from app.workspace import Noticed, Underneath
from ui.icons import Icons
from ui.widgets.basic import button, label, line, say_on, set_role, set_text


class FileLine(QFrame):
    """Hidden while there is nothing to say. What was put away stays away until something else is noticed."""

    noticed = Signal(object)
    """A Noticed; may be emitted from any thread."""

    reopen_wanted = Signal()
    copy_wanted = Signal()
    compare_wanted = Signal(object)
    """The path of a copy."""

    def __init__(self, icons: Icons, path: Path) -> None:
        super().__init__()
        self._path = path
        self._found = Noticed()
        self._read_only: Message | None = None
        self.setProperty("role", "notice")
        self.setObjectName("fileLine")
        row = line(self, margins=(16, 5, 10, 5), spacing=10)
        self.sentence = label("", "", wrap=True)
        self.act = button("")
        self.away = button("", "quiet", name="Close this message")
        icons.put_on(self.away, "x")
        row.addWidget(self.sentence, 1)
        row.addWidget(self.act)
        row.addWidget(self.away)
        self.act.clicked.connect(self._act)
        self.away.clicked.connect(self.hide)
        self.noticed.connect(self.show_noticed)
        self.hide()

    def show_noticed(self, found: Noticed) -> None:
        """Say what became of the file, the most urgent first."""
        self._found = found
        if self._read_only is not None:
            self._show_looked_at(self._read_only)
            return
        name = self._path.name
        self.act.setVisible(found.file is not Underneath.GONE)
        if found.file is Underneath.CHANGED:
            set_text(
                self.sentence,
                msg("“{name}” was changed by someone else while it was open here. Both are kept.", name=name),
            )
            say_on(self.act, "Open it again and compare")
        elif found.file is Underneath.GONE:
            set_text(
                self.sentence,
                msg("“{name}” was deleted or moved away. It is written anew when you next save.", name=name),
            )
        elif found.copies:
            copy = found.copies[0].name
            set_text(self.sentence, msg("There is another copy of this project with other steps: “{name}”.", name=copy))
            say_on(self.act, "Compare …")
        set_role(self, "notice" if found.file is Underneath.SAME else "error")
        self.setAccessibleName(self.sentence.text())
        self.setVisible(found.file is not Underneath.SAME or bool(found.copies))

    def show_read_only(self, why: Message, warning: Message | None) -> None:
        """Say, for as long as the window is open, why nothing can be changed here, and what must be known about it."""
        self._read_only = msg("{why} {warning}", why=why, warning=warning) if warning is not None else why
        set_role(self, "notice" if warning is None else "error")
        self.away.hide()
        self._show_looked_at(self._read_only)
        self.show()

    def _show_looked_at(self, why: Message) -> None:
        name = self._path.name
        said = {
            Underneath.SAME: msg("Read-only. {why} Save a copy to change it there.", why=why),
            Underneath.CHANGED: msg("Read-only. “{name}” was saved anew since you opened it.", name=name),
            Underneath.GONE: msg(
                "Read-only. “{name}” was deleted or moved away. Save a copy to keep what you see.", name=name
            ),
        }
        set_text(self.sentence, said[self._found.file])
        say_on(self.act, "Load what is new" if self._found.file is Underneath.CHANGED else "Save a copy …")
        self.setAccessibleName(self.sentence.text())

    def show_warning(self, said: Message) -> None:
        """Say something about the file that somebody must have seen: it stays until they put it away."""
        set_text(self.sentence, said)
        self.act.hide()
        set_role(self, "error")
        self.setAccessibleName(self.sentence.text())
        self.show()

    def _act(self) -> None:
        if self._found.file is Underneath.CHANGED:
            self.reopen_wanted.emit()
        elif self._read_only is not None:
            self.copy_wanted.emit()
        else:
            self.compare_wanted.emit(self._found.copies[0])

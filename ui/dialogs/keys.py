"""Making a key at the table: its person types a name and a passphrase, twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app import keys
from app.errors import AppError
from app.messages import msg, words
from ui.desk import Desk
from ui.dialogs.dialog import Dialog
from ui.widgets.basic import button, column, label, line, set_text

MEANS = (
    "The key stays on this computer, outside the project, behind a passphrase that only you know. Nobody can bring "
    "a lost passphrase back; you would make a new key."
)


class Secret(QLineEdit):
    """A passphrase: never shown, never kept as a draft."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(words(name))
        self.setPlaceholderText(words(name))


class NewKey(Dialog):
    """Makes a key for one person; then shows its fingerprint, to be written down or read out."""

    made = Signal(object)
    """The key (app.keys.Key)."""

    def __init__(self, desk: Desk, name: str, parent: QWidget) -> None:
        super().__init__("Make a key", parent)
        self.desk = desk
        self.name = name
        layout = column(self, margins=(20, 18, 20, 18), spacing=10)
        layout.addWidget(label(msg("A key for {name}", name=name), "heading", wrap=True))
        self._means = label(MEANS, "secondary", wrap=True)
        self.passphrase = Secret("Passphrase")
        self.again = Secret("The same passphrase again")
        self.fault = label("", "bad", wrap=True)
        self.fault.hide()
        self.code = label("", "heading", wrap=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.hide()
        for part in (self._means, self.passphrase, self.again, self.fault, self.code):
            layout.addWidget(part)
        layout.addStretch()
        self.make_button = button("Make the key", "primary", tip="Ctrl+Return")
        self.send_with(self.make_button.click)
        self.make_button.clicked.connect(self.make)
        self.passphrase.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.make)
        self.cancel = button("Cancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.make_button.setAutoDefault(False)
        buttons = line()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.make_button)
        layout.addLayout(buttons)
        self.make_room(desk.theme.px(460))

    def make(self) -> None:
        """Make the key, or say what is missing; then show its fingerprint until the dialog is closed."""
        try:
            key = keys.make(self.name, self.passphrase.text(), self.again.text())
        except AppError as error:
            set_text(self.fault, str(error))
            self.fault.show()
            self.grow()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for part in (self.passphrase, self.again, self.fault, self.make_button):
            part.hide()
        self.passphrase.clear()
        self.again.clear()
        said = "Its fingerprint. Tell it to whoever will verify, and write it down: it tells your key from any other."
        set_text(self._means, words(said))
        set_text(self.code, key.fingerprint)
        self.code.setAccessibleName(words(msg("Fingerprint {code}", code=key.fingerprint)))
        self.code.show()
        self.cancel.setText(words("Close"))
        self.cancel.setAccessibleName(words("Close"))
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.made.emit(key)
